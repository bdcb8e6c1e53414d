"""Choosing related coverage for a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import related
from bot.model import Article, Coverage, Provider
from bot.related import choose
from bot.stories import Rarity, account_of, account_of_coverage, canonical_address

SEED = Path(__file__).parents[3] / "shared" / "corpus" / "seed"
NOW = datetime(2031, 3, 4, 9, tzinfo=UTC)
RARITY = Rarity.of(())
TITLE = "Harbour Authority of Veldmar signs deal with drone maker Quillon"
EXCERPT = "The Veldmar Harbour Authority has signed a two-year contract with Quillon Aero to inspect cranes."


def item(outlet: str, quality: int | None = 50, *, title: str = "", page: str = "a", same: bool = True) -> Coverage:
    """Related coverage of the same news under a headline of its own, or of something else."""
    if same:
        title, excerpt = title or f"{outlet} reports: Quillon drones for Veldmar harbour", EXCERPT
    else:
        title, excerpt = title or f"{outlet} on bees in Aldshire", "Beekeepers counted their winter losses."
    published = NOW + timedelta(hours=1)
    url = f"https://{outlet}.example/{page}"
    return Coverage(title, url, Provider(outlet.title(), f"{outlet}.example"), quality, published, excerpt)


def article(*related: Coverage, outlet: str = "post", url: str = "https://post.example/a") -> Article:
    provider = Provider(outlet.title(), f"{outlet}.example")
    return Article(
        "s", "a.md", TITLE, url, EXCERPT, published_at=NOW, quality=84, provider=provider, related=related
    )


def test_the_same_news_and_the_rest_are_told_apart_strongest_first() -> None:
    mixed = [
        item("echo", 40),
        item("hive", 70, same=False),
        item("wire", 90),
        item("herald", None),
        item("moss", 9, same=False),
    ]
    chosen = choose(article(*mixed), (), RARITY)
    assert [i.provider.name for i in chosen.same] == ["Wire", "Echo", "Herald"]
    assert [i.provider.name for i in chosen.other] == ["Hive", "Moss"]


def test_an_outlet_stands_once_among_the_same_news() -> None:
    chosen = choose(
        article(item("echo", 40), item("echo", 60, page="b", title="Quillon to fly over Veldmar")), (), RARITY
    )
    assert [(i.provider.name, i.quality) for i in chosen.same] == [("Echo", 60)]
    assert chosen.other == ()


def test_the_article_itself_and_its_own_outlet_are_left_out() -> None:
    itself = item("post", 84, page="a?utm_source=list", title=TITLE)
    again = item("post", 80, page="b", title="Veldmar harbour hires Quillon drones")
    assert choose(article(itself, again), (), RARITY).same == ()


def test_an_outlet_without_a_domain_is_known_by_its_name_or_link() -> None:
    def nameless(page: str) -> Coverage:
        return Coverage(
            f"Quillon drones, part {page}", f"https://echo.example/{page}", Provider(""), 5, NOW, EXCERPT
        )

    assert len(choose(article(nameless("a"), nameless("b")), (), RARITY).same) == 1


def test_repeats_by_address_and_by_title_are_left_out() -> None:
    repeated = [item("hive", 70, same=False), item("hive", 60, page="a/?fbclid=1", title="Bees!", same=False)]
    copied = [
        item("moss", 30, title="Weekly briefing", same=False),
        item("fern", 20, title="WEEKLY  briefing", same=False),
    ]
    chosen = choose(article(*repeated, *copied), (), RARITY)
    assert [i.quality for i in chosen.other] == [70, 30]


def test_a_link_that_cannot_be_opened_is_left_out() -> None:
    broken = Coverage("Quillon drones for Veldmar", "javascript:alert(1)", Provider("Echo"), 50, NOW, EXCERPT)
    assert choose(article(broken), (), RARITY) == choose(article(), (), RARITY)


def test_siblings_count_as_the_same_news_whatever_they_say() -> None:
    sibling = Article(
        "s",
        "b.md",
        "Cranes, inspected",
        "https://echo.example/x",
        "",
        published_at=NOW,
        quality=99,
        provider=Provider("Echo"),
    )
    [first] = choose(article(item("wire", 90, same=False)), [sibling], RARITY).same
    assert (first.title, first.url, first.provider.name, first.quality) == (sibling.title, sibling.url, "Echo", 99)


def test_a_sibling_that_is_also_listed_stands_once() -> None:
    listed = item("echo", 60, same=False)
    sibling = Article("s", "b.md", "Another headline", listed.url, quality=60, provider=listed.provider)
    chosen = choose(article(listed), [sibling], RARITY)
    assert len(chosen.same) == 1
    assert chosen.other == ()


def test_an_item_without_a_date_counts_as_published_with_the_article() -> None:
    listed = item("echo")
    undated = Coverage(listed.title, listed.url, listed.provider, listed.quality, None, listed.excerpt)
    assert choose(article(undated), (), RARITY).same == (undated,)


outlets = st.sampled_from(["echo", "wire", "post", "hive"])
items = st.builds(
    item,
    outlets,
    st.none() | st.integers(0, 240),
    title=st.text(max_size=30),
    page=st.sampled_from(["a", "b", "b/", "b?utm_source=x", "#"]),
    same=st.booleans(),
)


@given(st.lists(items, max_size=8))
def test_nothing_is_shown_twice_and_the_order_holds(related: list[Coverage]) -> None:
    chosen = choose(article(*related), (), RARITY)
    shown = chosen.same + chosen.other
    addresses = [canonical_address(i.url) for i in shown]
    assert len(set(addresses)) == len(addresses)
    assert len({i.provider.domain for i in chosen.same}) == len(chosen.same)
    for part in (chosen.same, chosen.other):
        strengths = [-1 if i.quality is None else i.quality for i in part]
        assert strengths == sorted(strengths, reverse=True)


def _seed() -> Article:
    if not SEED.is_dir():
        pytest.skip("../shared/corpus is absent")
    [file] = SEED.glob("*.md")
    fields = frontmatter.loads(file.read_text("utf-8")).metadata
    listed = fields["related"]
    assert isinstance(listed, list)
    related = tuple(
        Coverage(e["title"], e["webUrl"], Provider(**e["provider"]), e["quality"], _aware(e), e["excerpt"])
        for e in listed
    )
    provider = Provider("Wall Street Journal", "wsj.com")
    title, url, excerpt = (str(fields[key]) for key in ("title", "webUrl", "excerpt"))
    return Article(
        "s", file.name, title, url, excerpt, published_at=_aware(fields), provider=provider, related=related
    )


def _aware(entry: dict[str, object]) -> datetime:
    moment = entry["publishedDateTime"]
    assert isinstance(moment, datetime)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("read", [False, True], ids=["with nothing read", "with its list read"])
def test_two_of_the_six_items_of_the_seed_are_the_same_news(read: bool) -> None:
    seed = _seed()
    rarity = Rarity.of([account_of(seed), *map(account_of_coverage, seed.related)] if read else ())
    chosen = choose(seed, (), rarity)
    assert [(i.provider.name, i.quality) for i in chosen.same] == [("Gizmodo", 104), ("ZDNet", 82)]
    assert [i.quality for i in chosen.other] == [59, 39, 39, 33]


def test_a_list_of_nearly_equal_titles_counts_each_outlet() -> None:
    titles = (
        "Harbour Authority of Veldmar signs a deal with drone maker Quillon",
        "Harbour Authority of Veldmar signs deal with drone firm Quillon",
        "Veldmar Harbour Authority signs deal with drone maker Quillon",
        "Harbour Authority of Veldmar signs deal with Quillon, drone maker",
        "The Harbour Authority of Veldmar signs deal with drone maker Quillon: report",
        "Harbour Authority of Veldmar signs drone deal with maker Quillon",
    )
    items = [replace(item(f"o{n}", title=title), excerpt="") for n, title in enumerate(titles)]
    told = replace(article(*items), excerpt="")
    assert related.outlets((told,)) == 7
    assert related.outlets((replace(told, related=(*items, item("hive", same=False))),)) == 7
