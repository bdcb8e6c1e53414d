"""A message as a Telegram client shows it, from what the loopback server recorded of the request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from tests.emulators.telegram_records import Sent

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "text_link": "a",
    "url": "a",
    "hashtag": "a",
    "mention": "a",
    "bot_command": "a",
}
"""Entity types of https://core.telegram.org/bots/api#messageentity that a card or notice can have."""

Picture = Callable[[str], str | None]
"""Where our copy of a picture is, by its address; None for an address that is no picture of ours."""


def chat(sent: Sent, *, title: str, kind: str, picture: Picture) -> str:
    """The bottom of a chat: its name, and the message with its preview and its buttons."""
    broadcast = kind.startswith("channel")
    name = "" if broadcast or sent.chat_id > 0 else '<p class="name">Topicwire</p>'
    preview = _preview(sent, picture)
    above = sent.preview is not None and sent.preview.above
    seen = "1.2K views · " if broadcast else ""
    time = f'<p class="time">{seen}{sent.at:%H:%M}</p>'
    text = f'<div class="text">{_html(sent.text, sent.entities)}</div>'
    inside = f"{name}{preview if above else ''}{text}{'' if above else preview}{time}"
    pictured = "pictured" if above and preview else ""
    return (
        f"<header><i>{escape(title[:1])}</i><div><b>{escape(title)}</b><span>{escape(kind)}</span></div></header>"
        f'<main><article class="{pictured}">{inside}</article>{_keyboard(sent)}</main>'
    )


def _html(text: str, entities: tuple[Mapping[str, Any], ...]) -> str:
    """Offsets count UTF-16 units; entities nest and never cross."""
    units = text.encode("utf-16-le")
    edges: list[tuple[int, int, str]] = []
    for order, entity in enumerate(sorted(entities, key=lambda e: (e["offset"], -e["length"]))):
        tag = _TAGS[entity["type"]]
        start, end = entity["offset"], entity["offset"] + entity["length"]
        edges.append((start, 1_000 + order, f"<{tag}>"))
        edges.append((end, -order, f"</{tag}>"))
    out, at = [], 0
    for place, _, tag in sorted(edges):
        out.append(_plain(units[at * 2 : place * 2]))
        out.append(tag)
        at = place
    out.append(_plain(units[at * 2 :]))
    return "".join(out)


def _plain(units: bytes) -> str:
    """Text between entities; the server itself makes entities of hashtags."""
    return re.sub(r"#\w+", r"<a>\g<0></a>", escape(units.decode("utf-16-le"), quote=False))


def _preview(sent: Sent, picture: Picture) -> str:
    """A picture alone, or the article behind the link with its host: what it says there we do not know."""
    if sent.preview is None:
        return ""
    if address := picture(sent.preview.url):
        return f'<img class="{sent.preview.size or "small"}" src="{escape(address)}" alt="">'
    host = sent.preview.url.split("/")[2]
    return f"<blockquote><b>{escape(host)}</b><span>{escape(sent.text.splitlines()[0])}</span></blockquote>"


def _keyboard(sent: Sent) -> str:
    rows = (
        "<div>" + "".join(f'<button dir="auto">{escape(button.text)}</button>' for button in row) + "</div>"
        for row in sent.buttons
    )
    return f"<nav>{''.join(rows)}</nav>" if sent.buttons else ""
