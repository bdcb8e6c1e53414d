"""Telegram's HTML and entities as the loopback server reads them."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.telegram_entities import MOST_ENTITIES, STYLE_NAMES, format_text
from tests.emulators.telegram_html import Span, parse_html
from tests.emulators.telegram_records import Refused
from tests.emulators.telegram_rules import formatted_text

PIECES = [
    *(
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        '<a href="https://a.example/">',
        "</a>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
    ),
    *(
        "<blockquote expandable>",
        "</blockquote>",
        '<code class="language-py">',
        '<span class="tg-spoiler">',
        "</span>",
    ),
    *(
        "</>",
        "<",
        ">",
        "&",
        "&lt;",
        "&#x1F600;",
        "&#55357;",
        "&nope;",
        '"',
        "=",
        "<x",
        " ",
        "\n",
        "\r",
        "é",
        "😀",
        "a",
    ),
]
sources = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
points = st.integers(0, 30)
spans = st.lists(
    st.builds(
        lambda kind, start, length: Span(kind, start, start + length),
        st.sampled_from(["bold", "italic", "spoiler", "text_link", "code", "blockquote"]),
        points,
        st.integers(1, 10),
    ),
    max_size=12,
)


# ---------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é<u", "Unclosed start tag at byte offset 2"),
        ("😀<br/>", 'Unsupported start tag "br/" at byte offset 4'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</B", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
        ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_unparsable_html_is_named_with_its_byte_offset(source: str, words: str) -> None:
    with pytest.raises(Refused, match=re.escape(f"Bad Request: can't parse entities: {words}")):
        parse_html(source)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;&gt;&amp;&quot;&#38;&#x26", '<>&"&&', []),
        ("&nbsp; &apos; &copy; &ltx & &#0;", "&nbsp; &apos; &copy; &ltx & &#0;", []),
        ("<B>a</b> <STRONG>b</>", "a b", [("bold", 0, 1), ("bold", 2, 1)]),
        ("<b></b>x", "x", []),
        (" \n <b> x </b> \n", " x", [("bold", 0, 2)]),
        ("a\rb\tc\u202ed\u0000e", "ab cd e", []),
        ("<a href='https://E.example?a=1&amp;b=2'>x</a>", "x", [("text_link", 0, 1)]),
        ("<a href='nowhere'>x</a><a href='http://localhost/'>y</a>", "xy", []),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<code><b>x</b></code><b>y</b>", "xy", [("code", 0, 1), ("bold", 1, 1)]),
        ("<b>a<i>b</i>c</b>", "abc", [("bold", 0, 1), ("bold", 1, 2), ("italic", 1, 1)]),
        (
            "<blockquote expandable>q<blockquote>r</blockquote></blockquote>",
            "qr",
            [("expandable_blockquote", 0, 2)],
        ),
        ("<b>😀</b><i>x</i>", "😀x", [("bold", 0, 2), ("italic", 2, 1)]),
        ("\u200b \u00a0", "", []),
    ],
)
def test_html_reads_as_telegram_shows_it(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    formatted = formatted_text(source, "HTML", None)
    assert formatted.text == text
    assert [(one["type"], one["offset"], one["length"]) for one in formatted.entities] == entities


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(sources)
def test_any_source_is_parsed_or_refused_and_never_grows(source: str) -> None:
    try:
        text, found = parse_html(source)
    except Refused as refused:
        text, found = "", []
        reason = refused.description
    else:
        reason = "Bad Request: can't parse entities: none"
    assert reason.startswith("Bad Request: can't parse entities: ")
    assert len(text.encode()) <= len(source.encode())
    assert all(0 <= span.start < span.end <= len(text) for span in found)


# ---------------------------------------------------------------- entities


@given(st.text("ab\n 😀é", min_size=40, max_size=40), spans)
def test_entities_lie_inside_the_text_and_never_split_a_character(text: str, found: list[Span]) -> None:
    formatted = format_text(text, found)
    encoded = formatted.text.encode("utf-16-le")
    for entity in formatted.entities:
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        assert 0 <= start < end <= len(encoded)
        encoded[start:end].decode("utf-16-le")  # half a surrogate pair raises


@given(spans)
def test_settling_keeps_every_style_outside_code(found: list[Span]) -> None:
    formatted = format_text("x" * 40, found)
    shown = {
        (one["type"], at)
        for one in formatted.entities
        for at in range(one["offset"], one["offset"] + one["length"])
    }
    code = {at for kind, at in shown if kind == "code"}
    wanted = {(one.type, at) for one in found if one.type in STYLE_NAMES for at in range(one.start, one.end)}
    assert {(kind, at) for kind, at in shown if kind in STYLE_NAMES} == {
        (kind, at) for kind, at in wanted if at not in code
    }


@given(spans)
def test_links_and_code_never_overlap(found: list[Span]) -> None:
    entities = format_text("x" * 40, found).entities
    solid = sorted((one["offset"], one["length"]) for one in entities if one["type"] in {"text_link", "code"})
    assert all(one[0] + one[1] <= other[0] for one, other in pairwise(solid))


@given(st.integers(1, 150), st.integers(0, 150))
def test_a_hundred_entities_stay_links_before_styles(links: int, bold: int) -> None:
    source = "<a href='https://a.example/'>x</a> " * links + "<b>y</b> " * bold
    formatted = formatted_text(source, "HTML", None)
    kinds = [one["type"] for one in formatted.entities]
    assert (len(kinds), formatted.lost) == (min(links + bold, MOST_ENTITIES), max(0, links + bold - MOST_ENTITIES))
    assert kinds.count("text_link") == min(links, MOST_ENTITIES)
