"""Whatever an article or a sentence holds, Discord accepts what is rendered, and none of it becomes markup."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord import markup
from adapters.discord.render import render
from adapters.hygiene import clean
from bot.messages import Card, Content, Digest, Group, Item, Span, Text
from tests.adapters.hostile import DIGESTS, HOSTILE, LINKS, TEXTS, contents
from tests.emulators.discord_components import IS_COMPONENTS_V2
from tests.emulators.discord_markdown import links, mentions, plain
from tests.emulators.discord_rules import Written, written

NOW = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)


def forms(content: Content) -> list[Written]:
    """The three forms of a message as the server reads them; raises Refused where it would not take one."""
    rendered = render(content, "en", NOW)
    embed = {"embeds": [rendered.embed], "components": rendered.rows}
    return [
        written({"components": rendered.components}, {}, IS_COMPONENTS_V2),
        written(embed, {}, 0),
        written({"content": rendered.plain}, {}, 0),
    ]


@settings(max_examples=150, deadline=None)
@given(contents(items=10, rows=20, wide=7))
def test_discord_accepts_whatever_is_rendered(content: Content) -> None:
    for form in forms(content):
        assert form.text.strip()
        assert not mentions(form.text)


@settings(max_examples=40, deadline=None)
@given(DIGESTS)
def test_a_digest_shows_all_its_items_whatever_is_in_them(digest: Digest) -> None:
    items = [item for group in digest.groups for item in group.items]
    for form in forms(digest)[:2]:
        assert all(form.text.count(item.card.provider.name) in {1, 2} for item in items)
        assert form.text.endswith("and more")
        assert not mentions(form.text)


def test_an_ordinary_part_of_a_digest_keeps_its_links_and_whole_titles() -> None:
    title = "Harbour robots learn to sort mussels by their singing, and divers follow them to the last reef"
    cards = [Card(n, n, title, f"https://outlet.example/{n}?{'x' * 60}", quality=70 + n) for n in range(13)]
    digest = Digest((Span("Your digest"),), (Group((Span("AI"),), tuple(Item(card, 3) for card in cards)),))
    for form in forms(digest)[:2]:
        assert form.text.count(title) == 13
        assert len(form.links) == 13


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
@example("1. one\n- two\n+ three\n> four\n# five\n-# six")
@example("see https://evil.example and [a](https://evil.example/b) <@1> @everyone `code` ||no||")
def test_escaped_text_reads_as_it_was_written_and_leads_nowhere(text: str) -> None:
    shown = clean(text)
    escaped = markup.escape(shown)
    assert plain(escaped).replace("\u2060", "") == shown
    assert not links(escaped)
    assert not mentions(escaped)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(20, 600))
def test_fitted_text_is_never_longer_and_never_empty(text: Text, limit: int) -> None:
    shown = markup.fitted(text, limit)
    assert shown.strip()
    assert len(shown) <= limit


@settings(max_examples=200, deadline=None)
@given(HOSTILE, LINKS)
def test_link_leads_where_it_says_or_nowhere(label: str, url: str) -> None:
    found = links(markup.linked(label, url))
    assert found in {(), (url.replace("(", "%28").replace(")", "%29"),)}
