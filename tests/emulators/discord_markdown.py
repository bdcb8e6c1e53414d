"""What a person reads of a text with Discord's markup, and where its links lead."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_LINES = re.compile(r"^(?:#{1,3}|-#|>>>|>) +", re.MULTILINE)
TOKENS = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|```(?:\w+\n)?(?P<block>.+?)```"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<masked><https?://[^\s<>]+>|https?://[^\s<>()]+(?:\([^\s<>()]*\))*[^\s<>()]*)\)"
    r"|<(?P<quiet>https?://[^\s<>]+)>"
    r"|(?P<bare>https?://[^\s<>]+)"
    r"|<t:(?P<time>-?\d{1,13})(?::[tTdDfFsSR])?>"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|__(?P<underlined>(?:\\.|[^\\])+?)__"
    r"|~~(?P<struck>(?:\\.|[^\\])+?)~~"
    r"|\|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|"
    r"|\*(?=\S)(?P<italic>(?:\\.|[^\\*])+?)\*"
    r"|(?<!\w)_(?P<slanted>(?:\\.|[^\\_])+?)_(?!\w)",
    re.DOTALL,
)
_MENTION = re.compile(r"<@[!&]?\d+>|@everyone|@here")


def plain(source: str) -> str:
    """The words without markup; a timestamp as `2026-11-27 12:00 UTC`, a masked link as its label.

    Source: https://docs.discord.com/developers/reference#message-formatting and the public support article on
    markdown (headings, subtext, masked links); a backslash takes the meaning from any sign.
    """
    return TOKENS.sub(_plain_token, _LINES.sub("", source))


def links(source: str) -> tuple[str, ...]:
    """The addresses a reader can press, in order."""
    found: list[str] = []
    for token in TOKENS.finditer(source):
        if address := token["masked"] or token["quiet"] or token["bare"]:
            found.append(address.strip("<>"))
        elif inner := _inner(token):
            found.extend(links(inner))
    return tuple(found)


def mentions(source: str) -> tuple[str, ...]:
    """Whatever the server could take for a mention, escaped or not."""
    return tuple(_MENTION.findall(source))


def _inner(token: re.Match[str]) -> str | None:
    names = ("bold", "underlined", "struck", "spoiler", "italic", "slanted")
    return next((token[name] for name in names if token[name]), None)


def _plain_token(token: re.Match[str]) -> str:
    if token["time"]:
        return _time(int(token["time"]), token[0])
    if token["label"]:
        return plain(token["label"])
    if inner := _inner(token):
        return plain(inner)
    return next(token[name] for name in ("escaped", "block", "code", "quiet", "bare") if token[name])


def _time(seconds: int, source: str) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return source
