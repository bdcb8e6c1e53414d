"""A message as Discord's client shows it, from what the loopback server recorded of the request."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from babel.dates import format_timedelta

from tests.emulators.discord_markdown import TOKENS
from tests.emulators.discord_records import Part, Sent

Picture = Callable[[str], str | None]
"""Where our copy of a picture is, by its address; None for an address that is no picture of ours."""

_BLOCKS = (("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ("-# ", "small"), ("- ", "li"))
_STYLES = {"bold": "b", "italic": "i", "slanted": "i", "underlined": "u", "struck": "s"}


def chat(sent: Sent, *, title: str, sign: str, picture: Picture, tags: tuple[str, ...] = ()) -> str:
    """The bottom of a channel: its name, and the message with its components; a forum's post has tags."""
    chips = "".join(f"<em>{escape(tag)}</em>" for tag in tags)
    head = f"<header><b>{escape(sign)}</b><span>{escape(title)}</span></header>"
    post = f'<section class="post"><h1>{escape(title)}</h1><p>{chips}</p></section>' if tags else ""
    who = f'<p class="who"><b>Topicwire</b><mark>APP</mark><time>Today at {sent.at:%H:%M}</time></p>'
    parts = "".join(_part(part, picture, sent.at) for part in sent.components)
    return f"{head}{post}<main><i>T</i><div>{who}{parts}</div></main>"


def _part(part: Part, picture: Picture, now: datetime) -> str:
    inside = "".join(_part(child, picture, now) for child in part.children)
    if part.kind == "container":
        colour = part.body.get("accent_color")
        return f'<div class="container" style="--accent:#{colour or 0:06x}">{inside}</div>'
    if part.kind == "text":
        return f'<div class="text">{_html(part.body["content"], now)}</div>'
    if part.kind == "gallery":
        shown = (picture(item["media"]["url"]) for item in part.body["items"])
        return "".join(f'<img src="{escape(one)}" alt="">' for one in shown if one)
    if part.kind == "thumbnail":
        one = picture(part.body["media"]["url"])
        return f'<img class="thumbnail" src="{escape(one)}" alt="">' if one else ""
    if part.kind == "button":
        return f'<button dir="auto">{escape(part.body["label"])}</button>'
    tag = {"separator": "hr", "row": "nav", "section": "section"}[part.kind]
    return "<hr>" if tag == "hr" else f"<{tag}>{inside}</{tag}>"


def _html(source: str, now: datetime) -> str:
    """Discord's markdown as HTML: blocks by line, then what stands in them."""
    out = []
    for line in source.split("\n"):
        mark, tag = next(((m, t) for m, t in _BLOCKS if line.startswith(m)), ("", "p"))
        out.append(f"<{tag}>{_inline(line.removeprefix(mark), now) or '<br>'}</{tag}>")
    return "".join(out)


def _inline(source: str, now: datetime) -> str:
    out, at = [], 0
    for token in TOKENS.finditer(source):
        out.append(escape(source[at : token.start()]))
        out.append(_token(token, now))
        at = token.end()
    out.append(escape(source[at:]))
    return "".join(out)


def _token(token: re.Match[str], now: datetime) -> str:
    if token["time"]:
        then = datetime.fromtimestamp(int(token["time"]), UTC)
        ago = format_timedelta(then - now, add_direction=True, locale="en")
        return f"<time>{escape(ago)}</time>"
    if token["label"]:
        return f"<a>{_inline(token['label'], now)}</a>"
    for name, tag in _STYLES.items():
        if token[name]:
            return f"<{tag}>{_inline(token[name], now)}</{tag}>"
    if token["code"]:
        return f"<code>{escape(token['code'])}</code>"
    return next(escape(token[name]) for name in ("escaped", "block", "quiet", "bare") if token[name])
