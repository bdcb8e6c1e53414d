"""Texts on the loopback Discord server are read as a person reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.discord_markdown import links, mentions, plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Title\n-# small\n> quoted", "Title\nsmall\nquoted"),
        ("**bold _and_ slanted** ~~gone~~ ||secret||", "bold and slanted gone secret"),
        ("[Chips & law](<https://a.example/x_(y)>) read", "Chips & law read"),
        ("[Chips](https://a.example/x_(y)) read", "Chips read"),
        (r"\[not a link\](https://a.example) \*stars\*", "[not a link](https://a.example) *stars*"),
        ("snake_case_word and 2 * 3 * 4", "snake_case_word and 2 * 3 * 4"),
        ("<https://a.example/?a=1> `co*d*e`", "https://a.example/?a=1 co*d*e"),
        ("<t:1795780800:R>", "2026-11-27 12:00 UTC"),
        ("<t:9999999999999:R>", "<t:9999999999999:R>"),
    ],
)
def test_markup_is_read_away(source: str, expected: str) -> None:
    assert plain(source) == expected


def test_links_and_mentions_are_found_wherever_they_hide() -> None:
    source = "**[a](https://a.example/1)** <https://b.example> https://c.example/x \\<@7> <@&8> @here"
    assert links(source) == ("https://a.example/1", "https://b.example", "https://c.example/x")
    assert mentions(source) == ("<@7>", "<@&8>", "@here")


_PUNCTUATION = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""


@given(st.text(st.sampled_from("ab1 \n" + _PUNCTUATION), max_size=40))
def test_a_text_with_every_sign_escaped_reads_as_it_was(source: str) -> None:
    escaped = "".join(f"\\{sign}" if sign in _PUNCTUATION else sign for sign in source)
    assert (plain(escaped), links(escaped)) == (source, ())
