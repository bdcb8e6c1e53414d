"""Spans as Discord's markdown, escaped by construction. Pure.

Source: https://docs.discord.com/developers/reference#message-formatting; what the client's parser takes for markup
is wider (masked links, headings, lists, subtext), and a backslash takes the meaning from any sign of it.
"""

from __future__ import annotations

import re

from adapters.hygiene import blank, clean, cut, isolate, link
from bot.messages import MARKS, RIGHT_TO_LEFT, Span, Text

LONGEST_LINK = 1024
"""Characters of an address in a text: addresses count against the text's limit, and longer ones would eat it up."""

SMALL = "-# "
"""Begins a line in small type."""

_SIGNS = re.compile(r"[\\*_~|`\[\]<>#]")
_LINE_START = re.compile(r"^(\s*)([-+])|^(\s*\d+)(?=\.)", re.MULTILINE)
_SCHEME = re.compile(r"\b([a-z][a-z0-9+.-]*:)//", re.IGNORECASE)  # an address in a text becomes a link by itself
_CALL = re.compile(r"@(?=[\w!&])")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_JOINER = "\u2060"  # nothing to see, and no word character
_BRACKETS = str.maketrans("[]", "()")  # the parser counts brackets in a label, escaped or not
_PARENTHESES = str.maketrans({"(": "%28", ")": "%29"})  # one of them would end the address
_ENDS = "*_`"
_LEFTWARD = "\u2067"  # keeps the rest of a line in order, even where the client runs every line to the right


def escape(text: str) -> str:
    """`text` so that Discord shows just that: no style, list, link, mention, timestamp or emoji comes of it."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = _SCHEME.sub(r"\1\\//", text)
    text = _LINE_START.sub(_at_line_start, text)
    return _CALL.sub(f"@{_JOINER}", text)


def linked(label: str, url: str | None, *, leftward: bool = False) -> str:
    """`label` as a link to `url`; bare where a reader may not be sent there, or the label shows nothing."""
    address = link(url)
    label = _WEB.sub("", clean(label)).translate(_BRACKETS)
    if address is None or len(address) > LONGEST_LINK or blank(label):
        return escape(label)
    return f"[{escape(isolate(label, leftward=leftward))}]({address.translate(_PARENTHESES)})"


def markdown(text: Text) -> str:
    """`text` with its styles and links. A mark between two that touch keeps them apart."""
    out = ""
    for span in text:
        piece = _piece(span)
        if out and piece and out[-1] in _ENDS and piece[0] in _ENDS:
            out += _JOINER
        out += piece
    return out


def fitted(text: Text, limit: int) -> str:
    """The markdown of `text` in at most `limit` characters: first without links, then cut at a word.

    An empty text becomes an ellipsis, because Discord refuses a message in which nothing can be seen.
    """
    shown = markdown(text).strip()
    if len(shown) > limit:
        text = tuple(Span(span.text, span.bold, span.italic, span.code) for span in text)
        shown = markdown(text).strip()
    room = limit
    while len(shown) > limit:
        shown = markdown(cut(text, room)).strip()
        room -= max(len(shown) - limit, 1)
    return "…" if blank(shown.replace(_JOINER, "")) else shown


def _piece(span: Span) -> str:
    if span == RIGHT_TO_LEFT:
        return f"{span.text}{_LEFTWARD}"
    if span in MARKS:
        return span.text
    return _code(span) if span.code else "\n".join(_styled(span, line) for line in clean(span.text).split("\n"))


def _at_line_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[3]}\\"


def _code(span: Span) -> str:
    """Inside code nothing is escaped, so the one sign that ends it must go."""
    shown = " ".join(clean(span.text).replace("`", "ˋ").split())
    return f"`{_CALL.sub(f'@{_JOINER}', shown)}`" if shown else ""


def _styled(span: Span, line: str) -> str:
    """One line in the style of `span`; white space stays outside of it, or the style would not begin or end."""
    core = line.strip()
    if blank(core):
        return line
    before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    shown = linked(core, span.url) if span.url else escape(core)
    if span.italic:
        shown = f"_{shown}_" if span.bold else f"*{shown}*"
    return f"{before}{f'**{shown}**' if span.bold else shown}{after}"
