"""Telegram's HTML dialect: text and entities, or the server's own words about what is wrong.

Written after parse_html in tdlib/td td/telegram/MessageEntity.cpp (2026-07-17) and
https://core.telegram.org/bots/api#html-style. Spans count code points; `telegram_entities` turns them into
UTF-16 units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from tests.emulators.telegram_links import checked_link, user_of_link
from tests.emulators.telegram_records import Refused

STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
}
OTHER_TAGS = frozenset({"a", "pre", "code", "blockquote", "tg-emoji", "tg-time"})
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPECIAL = re.compile(r"[<&]")
_NUMERIC = re.compile(r"&#(?:x([0-9a-fA-F]*)|([0-9]*))")
_LETTERS = re.compile(r"&([A-Za-z]*)")
_TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
_SPACES = re.compile(r"[ \t\r\n\0\v]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF_A_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
_LONGEST_REFERENCE = 9  # characters from & to the last digit


class Span(NamedTuple):
    """An entity over code points [start, end) of the parsed text. `argument`: URL, language, id."""

    type: str
    start: int
    end: int
    argument: str = ""


@dataclass(slots=True)
class _Open:
    name: str
    argument: str
    start: int  # code points of text so far


def parse_html(source: str) -> tuple[str, list[Span]]:
    """The text and the spans of `source`, in the order in which tags close.

    Raises Refused (400 "can't parse entities: ...") with the byte offset Telegram reports.
    """
    if not _SPECIAL.search(source):
        return source, []
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.spans: list[Span] = []

    def run(self) -> tuple[str, list[Span]]:
        at, source = 0, self.source
        while special := _SPECIAL.search(source, at):
            if special.start() > at:
                self.add(source[at : special.start()])
            at = special.start()
            if source[at] == "&":
                character, at = decode_reference(source, at)
                self.add(character)
            elif source.startswith("</", at):
                at = self.end_tag(at)
            else:
                at = self.start_tag(at)
        self.add(source[at:])
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        text = "".join(self.parts)
        if _SURROGATE.search(text):
            raise _unparsable(_HALF_A_PAIR)
        return text, self.spans

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def fail(self, words: str, at: int, rest: str = "") -> Refused:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return _unparsable(f"{words} at byte offset {offset}{rest}")

    def start_tag(self, begin: int) -> int:
        source = self.source
        name_end = _match_end(_TAG_NAME, source, begin + 1)
        if name_end == len(source):
            raise self.fail("Unclosed start tag", begin)
        name = source[begin + 1 : name_end].lower()
        if name not in STYLES and name not in OTHER_TAGS:
            raise self.fail(f'Unsupported start tag "{name}"', begin)
        argument, at = self.attributes(name, begin, name_end)
        if name == "span" and argument != "spoiler":
            raise self.fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(name, argument, self.length))
        return at + 1

    def attributes(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        source, argument = self.source, ""
        while source[at] != ">":
            at = _match_end(_SPACES, source, at)
            if source.startswith(">", at):
                break
            name_end = _match_end(_ATTRIBUTE_NAME, source, at)
            name = source[at:name_end]
            if not name:
                raise self.fail(f'Empty attribute name in the tag "{tag}"', begin)
            at = _match_end(_SPACES, source, name_end)
            value: str | None = None
            if source.startswith("=", at):
                at = _match_end(_SPACES, source, at + 1)
                if at < len(source):
                    value, at = self.attribute_value(begin, at)
            if at == len(source):
                raise self.fail(f'Unclosed start tag "{tag}"', begin)
            argument = _argument(tag, name, value, argument)
        return argument, at

    def attribute_value(self, begin: int, at: int) -> tuple[str, int]:
        source, quote = self.source, self.source[at]
        if quote not in "'\"":
            end = _match_end(_NAME_TOKEN, source, at)
            if end < len(source) and source[end] not in " \t\r\n\0\v>":
                raise self.fail("Unexpected end of name token", at)
        else:
            end = source.find(quote, at + 1) + 1
        if end in {0, len(source)}:
            raise self.fail("Unclosed start tag", begin)
        if quote not in "'\"":
            return source[at:end].lower(), end
        return decode_references(source[at + 1 : end - 1]), end

    def end_tag(self, begin: int) -> int:
        source = self.source
        if not self.open:
            raise self.fail("Unexpected end tag", begin)
        name_end = _match_end(_TAG_NAME, source, begin + 2)
        name = source[begin + 2 : name_end].lower()
        at = _match_end(_SPACES, source, name_end)
        if not source.startswith(">", at):
            raise self.fail("Unclosed end tag", begin)
        tag = self.open.pop()
        if name and name != tag.name:
            raise self.fail("Unmatched end tag", begin, f', expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.start:
            self.close(tag)
        return at + 1

    def close(self, tag: _Open) -> None:
        start, end, name = tag.start, self.length, tag.name
        if name in STYLES:
            self.spans.append(Span(STYLES[name], start, end))
        elif name == "a":
            self.close_link(tag)
        elif name in {"pre", "code"}:
            self.close_code(tag)
        elif name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self.spans.append(Span(kind, start, end))
        elif name == "tg-emoji":
            if not re.fullmatch(r"-?[0-9]{1,19}", tag.argument) or int(tag.argument) == 0:
                raise _unparsable("Invalid custom emoji identifier specified")
            self.spans.append(Span("custom_emoji", start, end, tag.argument))
        elif tag.argument.isdecimal() and int(tag.argument) > 0:
            self.spans.append(Span("date_time", start, end, tag.argument))

    def close_link(self, tag: _Open) -> None:
        url = tag.argument or "".join(self.parts)[tag.start :]
        if user := user_of_link(url):
            self.spans.append(Span("text_mention", tag.start, self.length, user))
        elif link := checked_link(url):
            self.spans.append(Span("text_link", tag.start, self.length, link))

    def close_code(self, tag: _Open) -> None:
        """<pre> and <code> around the same text are one block; the <code> names its language."""
        last = self.spans[-1] if self.spans else None
        if last and last.type in {"pre", "code"} and last[1:3] == (tag.start, self.length):
            self.spans[-1] = Span("pre", last.start, last.end, last.argument or tag.argument)
        else:
            self.spans.append(Span(tag.name, tag.start, self.length, tag.argument))


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """The character of the reference at the `&` in `source[at]`, and where reading goes on.

    Only lt, gt, amp, quot and numbers are known, with or without a semicolon; others stay text.
    """
    if numeric := _NUMERIC.match(source, at):
        hexadecimal, decimal = numeric.groups()
        code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
        known = 0 < code < 0x10FFFF and numeric.end() - at <= _LONGEST_REFERENCE
        character, end = chr(code) if known else "", numeric.end()
    else:
        letters = _match_end(_LETTERS, source, at)
        character, end = NAMED.get(source[at + 1 : letters], ""), letters
    if not character:
        return "&", at + 1
    return character, end + source.startswith(";", end)


def decode_references(value: str) -> str:
    """`value` with every known reference replaced."""
    parts, at = [], 0
    while (found := value.find("&", at)) >= 0:
        parts.append(value[at:found])
        character, at = decode_reference(value, found)
        parts.append(character)
    return "".join(parts) + value[at:]


def _argument(tag: str, name: str, value: str | None, argument: str) -> str:
    match tag, name:
        case "blockquote", "expandable":
            return "1"
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix") if value is not None:
            return value
        case "code", "class" if value is not None and value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value is not None and value.startswith("tg-"):
            return value.removeprefix("tg-")
    return argument


def _match_end(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return found.end() if found else at


def _unparsable(words: str) -> Refused:
    return Refused(400, f"Bad Request: can't parse entities: {words}")
