"""Whatever an article or a sentence holds, Telegram accepts what is rendered of it."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters import hygiene
from adapters.telegram.render import render
from bot.messages import Alert, Button, Card, Content, Digest, Group, Item, Notice, Span, Text
from bot.model import Coverage, Image, Provider
from tests.emulators.telegram_rules import Rules, check_text, formatted_text, inline_buttons

NOW = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&\"'@/#_*`[]()\\ \n\t\u202e\u2066\u200f\u200b\u0301\ud800\U000e0041👩\u200d"),
        st.characters(exclude_categories=()),
    ),
    max_size=700,
) | st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=12), st.integers(1, 500))
LINKS = st.one_of(
    HOSTILE,
    st.builds(lambda path: f"https://outlet.example/{path}", HOSTILE),
    st.builds(lambda size: f"https://outlet.example/?q=<&{'y' * size}", st.integers(0, 3000)),
    st.builds(lambda size: f"https://outlet.example/{'é&' * size}", st.integers(0, 1100)),
)
PROVIDERS = st.builds(Provider, HOSTILE, HOSTILE)
QUALITIES = st.none() | st.integers()
TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
CARDS = st.builds(
    Card,
    article_id=st.just(1),
    story_id=st.just(1),
    title=HOSTILE,
    url=LINKS,
    excerpt=HOSTILE,
    kind=st.sampled_from(["article", "video"]),
    provider=PROVIDERS,
    published_at=TIMES,
    quality=QUALITIES,
    hashtags=st.lists(HOSTILE.map("#".__add__), max_size=12).map(tuple),
    coverage=st.lists(st.builds(Coverage, HOSTILE, LINKS, PROVIDERS, QUALITIES), max_size=3).map(tuple),
    more=st.integers(-1, 10**6),
    image=st.none() | st.builds(Image, LINKS, st.integers(0, 4000), st.integers(0, 4000)),
    second_look=st.booleans(),
)
SPANS = st.builds(Span, HOSTILE, st.booleans(), st.booleans(), st.booleans(), st.none() | LINKS)
TEXTS: st.SearchStrategy[Text] = st.lists(SPANS, max_size=8).map(tuple) | st.builds(
    lambda spans, times: tuple(spans * times), st.lists(SPANS, min_size=1, max_size=3), st.integers(1, 60)
)
KEYBOARDS = st.lists(
    st.lists(st.builds(Button, HOSTILE, st.none() | HOSTILE, st.none() | LINKS), max_size=5).map(tuple), max_size=4
).map(tuple)
CONTENTS: st.SearchStrategy[Content] = st.builds(Alert, CARDS, KEYBOARDS) | st.builds(
    Notice, TEXTS, st.lists(CARDS, max_size=4).map(tuple), TEXTS, KEYBOARDS
)


@settings(max_examples=150, deadline=None)
@given(CONTENTS)
def test_telegram_accepts_whatever_is_rendered(content: Content) -> None:
    rendered = render(content, "en", NOW)
    formatted = formatted_text(rendered.html, "HTML", None)  # raises where it cannot be parsed
    check_text(rendered.html, formatted, Rules())
    assert formatted.lost == 0
    assert sum(len(entity.get("url", "").encode()) for entity in formatted.entities) < 9500
    bare = formatted_text(rendered.plain, None, None)
    check_text(rendered.plain, bare, Rules())
    inline_buttons(rendered.keyboard.to_dict() if rendered.keyboard else None)
    assert not hygiene._UNWANTED.search(_without_own_marks(formatted.text))


PIECES = [
    "<",
    "&",
    "*",
    "[a](https://evil.example)",
    "@everyone ",
    "\\",
    "\u202e",
    "\u05d0",
    "👩",
    "# ",
    "word ",
    "\n",
]
TITLES = st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(0, 300))
ADDRESSES = st.builds(lambda size: f"https://outlet.example/?q=({'y' * size}", st.integers(0, 2100)) | st.just("")
DIGESTS = st.lists(st.tuples(TITLES, ADDRESSES), min_size=1, max_size=20).map(
    lambda found: Digest(
        (Span("Your digest"),),
        tuple(
            Group(
                (Span(f"Topic {number}", bold=True),),
                tuple(
                    Item(Card(n, n, title, url, provider=Provider(f"Outlet {n};")), n)
                    for n, (title, url) in enumerate(found)
                    if n % 3 == number
                ),
            )
            for number in range(3)
        ),
        (Span("and more"),),
    )
)


@settings(max_examples=40, deadline=None)
@given(DIGESTS)
def test_a_digest_shows_all_its_items_whatever_is_in_them(digest: Digest) -> None:
    rendered = render(digest, "en", NOW)
    formatted = formatted_text(rendered.html, "HTML", None)
    check_text(rendered.html, formatted, Rules())
    assert formatted.lost == 0
    items = [item for group in digest.groups for item in group.items]
    assert all(formatted.text.count(item.card.provider.name) in {1, 2} for item in items)
    assert formatted.text.endswith("and more")


def test_an_ordinary_part_of_a_digest_keeps_its_links_and_whole_titles() -> None:
    title = "Harbour robots learn to sort mussels by their singing, and divers follow them to the last reef"
    cards = [Card(n, n, title, f"https://outlet.example/{n}?{'x' * 60}", quality=70 + n) for n in range(13)]
    digest = Digest((Span("Your digest"),), (Group((Span("AI"),), tuple(Item(card, 3) for card in cards)),))
    formatted = formatted_text(render(digest, "en", NOW).html, "HTML", None)
    assert formatted.text.count(title) == 13
    assert sum(entity["type"] == "text_link" for entity in formatted.entities) == 13


def _without_own_marks(text: str) -> str:
    return text.replace("\u200e\u2068", "").replace("\u2069", "").replace("\u2060", "")


@given(HOSTILE, st.integers(1, 400))
def test_shortened_text_is_a_beginning_and_never_longer(text: str, limit: int) -> None:
    short = hygiene.shorten(text, limit)
    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    assert short == text or short.endswith("…")
