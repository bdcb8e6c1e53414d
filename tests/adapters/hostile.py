"""Whatever an article, a sentence or a button could hold, and what means something to one platform or another."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from bot.messages import Alert, Button, Card, Content, Digest, Group, Item, Notice, Span, Text
from bot.model import Coverage, Image, Provider

MARKS = r"*_~|`[]()<>#-+.\:/@!&1 e" + "\"'\n\t"
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(MARKS + "\u202e\u2066\u200f\u200b\u0301\ud800\U000e0041👩\u200d\u05d0"),
        st.characters(exclude_categories=()),
    ),
    max_size=500,
) | st.builds(
    lambda piece, times: piece * times,
    st.sampled_from(
        ["@everyone ", "<@123>", "[a](https://evil.example)", "https://evil.example/ ", "**", "\\", "# x\n"]
    )
    | st.text(min_size=1, max_size=12),
    st.integers(1, 400),
)
LINKS = st.one_of(
    HOSTILE,
    st.builds(lambda path: f"https://outlet.example/{path}", HOSTILE),
    st.builds(lambda size: f"https://outlet.example/?q=({'y' * size})", st.integers(0, 3000)),
    st.builds(lambda size: f"https://outlet.example/?q=<&{'y' * size}", st.integers(0, 3000)),
    st.builds(lambda size: f"https://outlet.example/{'é&' * size}", st.integers(0, 1100)),
)
PROVIDERS = st.builds(Provider, HOSTILE, HOSTILE)
QUALITIES = st.none() | st.integers()
CARDS = st.builds(
    Card,
    article_id=st.just(1),
    story_id=st.just(1),
    title=HOSTILE,
    url=LINKS,
    excerpt=HOSTILE,
    kind=st.sampled_from(["article", "video"]),
    provider=PROVIDERS,
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
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


def contents(*, items: int, rows: int, wide: int) -> st.SearchStrategy[Content]:
    """Alerts and notices: with at most so many items, rows of buttons, and buttons in a row."""
    button = st.builds(Button, HOSTILE, st.none() | HOSTILE, st.none() | LINKS)
    keyboards = st.lists(st.lists(button, max_size=wide).map(tuple), max_size=rows).map(tuple)
    cards = st.lists(CARDS, max_size=items).map(tuple)
    return st.builds(Alert, CARDS, keyboards) | st.builds(Notice, TEXTS, cards, TEXTS, keyboards)
