"""Messages as HTML: complete, harmless, and the same after a round through the transcript."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.web.render import TITLE, Pages, bare, body_of, clean, handed, level, typed, version, web_link
from bot.messages import Alert, Button, Card, Content, Notice, Span
from bot.model import Coverage, Image, Provider
from bot.ports import Line
from bot.preferences import Form
from tests.adapters.web_chat import ALERT, CARD, HOSTILE, NOW

HARMLESS = {
    "article",
    "span",
    "div",
    "img",
    "p",
    "h2",
    "h3",
    "a",
    "ul",
    "li",
    "time",
    "button",
    "b",
    "i",
    "bdi",
    "code",
}


class Page(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def links(self) -> list[str | None]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]


def draw(content: Content, pictures: Path | None = None) -> Page:
    body = json.loads(json.dumps(body_of(content, "en")))
    return Page(Pages(pictures).line(Line(5, "bot", body, NOW), NOW))


def draw_body(body: dict[str, Any], author: str = "bot") -> Page:
    return Page(Pages().line(Line(5, author, body, NOW), NOW))


# ---------------------------------------------------------------- what is on a card


def test_a_card_shows_title_outlet_age_quality_coverage_and_hashtags() -> None:
    page = draw(ALERT)
    for part in (
        CARD.title,
        CARD.excerpt,
        "Quarry News",
        "3 hours ago",
        "84",
        "Also covered by",
        "Dusk",
        "Owls found by the texture of their feathers",
        "104",
        "and 2 more",
        "#ComputerVision",
        "Why this?",
    ):
        assert part in page.text
    assert CARD.url in page.links()


def test_every_link_opens_elsewhere_and_tells_nothing() -> None:
    for tag, attributes in draw(ALERT).tags:
        if tag == "a":
            assert attributes["target"] == "_blank"
            assert attributes["rel"] == "noopener noreferrer nofollow"


def test_a_second_look_an_unrated_article_and_a_video_say_so() -> None:
    card = replace(CARD, second_look=True, quality=None, kind="video")
    text = draw(Alert(card)).text
    assert "Second look" in text
    assert "not rated yet" in text
    assert "Video" in text


def test_one_line_says_what_is_new_about_it_too() -> None:
    grown = Alert(replace(CARD, grown=(2, 5)), form=Form.COMPACT)
    assert "Now 5 outlets, 2 when it came" in draw(grown).text
    assert "when it came" not in draw(Alert(CARD, form=Form.COMPACT)).text


def test_buttons_carry_their_action_and_links_only_lead_to_the_web() -> None:
    rows = (
        (Button("Mute", "mute:1"), Button("Read", url="https://a.example/"), Button("Bad", url="javascript:1")),
    )
    page = draw(Notice((Span("x"),), keyboard=rows))
    assert [a["data-action"] for tag, a in page.tags if tag == "button"] == ["mute:1"]
    assert page.links() == ["https://a.example/"]


def test_a_notice_keeps_its_lines_and_styles_without_stray_blanks() -> None:
    text = (
        Span("one\n"),
        Span("two", bold=True),
        Span(" three", italic=True),
        Span(" /four", code=True),
        Span("."),
    )
    page = draw(Notice(text, closing=(Span("end"),)))
    assert "one\ntwo three /four." in "".join(page.words)
    assert {"b", "i", "code"} <= {tag for tag, _ in page.tags}


def test_what_was_typed_is_shown_as_typed() -> None:
    page = draw_body(typed("<b>/subscribe</b>\nai"), author="you")
    assert "<b>/subscribe</b>\nai" in "".join(page.words)


def test_a_document_is_offered_once() -> None:
    assert "/documents/abc" in draw_body(handed("me.json", 2048, "abc", "en")).links()
    done = draw_body(handed("me.json", 2048, "", "en"))
    assert done.links() == []
    assert "Downloaded" in done.text


def test_a_message_of_another_version_does_not_spoil_the_page() -> None:
    page = draw_body({"locale": "en", "content": {"hologram": 3}})
    assert "another version" in page.text


def test_an_unknown_locale_falls_back_to_english() -> None:
    assert "Also covered by" in Page(Pages().line(Line(1, "bot", body_of(ALERT, "tlh"), NOW), NOW)).text


def test_bare_text_keeps_titles_and_addresses() -> None:
    text = "".join(span.text for span in bare(ALERT).text)
    assert CARD.title in text
    assert CARD.url in text
    notice = bare(Notice((Span("Hello"),), items=(CARD,), closing=(Span("Bye"),)))
    assert [part in notice.text[0].text for part in ("Hello", CARD.title, "Bye")] == [True] * 3


# ---------------------------------------------------------------- pictures


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    (tmp_path / "lens.png").write_bytes(b"png")
    (tmp_path.parent / "secret.png").write_bytes(b"png")
    return tmp_path


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://pictures.example/lens.png", "/pictures/lens.png"),
        ("https://pictures.example/gone.png", None),
        ("https://pictures.example/../secret.png", None),
        ("https://pictures.example/%2e%2e/secret.png", None),
        ("https://elsewhere.example/lens.png", None),
        ("https://pictures.example.evil.example/lens.png", None),
        ("file:///lens.png", None),
        ("https://[broken/lens.png", None),
        ("", None),
    ],
)
def test_only_our_own_pictures_are_shown(pictures: Path, url: str, shown: str | None) -> None:
    assert Pages(pictures).picture(Image(url)) == shown


def test_without_a_folder_there_are_no_pictures() -> None:
    assert not [tag for tag, _ in draw(ALERT).tags if tag == "img"]


# ---------------------------------------------------------------- hostile text


def test_a_hostile_card_is_text_and_nothing_else() -> None:
    page = draw(Alert(HOSTILE, ((Button('"><script>', "x"),),)))
    assert "<script>alert(1)</script>" in page.text
    assert {tag for tag, _ in page.tags} <= HARMLESS
    assert page.links() == []
    assert not page.open


def test_what_turns_the_reading_order_around_is_taken_out() -> None:
    page = draw(Alert(HOSTILE))
    assert not {"\u202e", "\x00"} & set(page.text)


TEXTS = st.text(st.characters(exclude_categories=()), max_size=600) | st.sampled_from(
    ["<script>x</script>", "'\"><img src=x onerror=1>", "javascript:1", "\u202e\u2066", "{{ 1 }}", "\ud800"]
)
URLS = TEXTS | st.sampled_from(
    ["https://a.example/?a=1&b='\"<>", "http://[", "//a.example", "HTTPS://A.example", "https://a.example/\ud800"]
)
CARDS = st.builds(
    Card,
    article_id=st.integers(1, 2**63 - 1),
    story_id=st.just(1),
    title=TEXTS,
    url=URLS,
    excerpt=TEXTS,
    kind=st.sampled_from(["article", "video"]),
    provider=st.builds(Provider, TEXTS),
    published_at=st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    quality=st.none() | st.integers(-(2**63), 2**63 - 1),
    hashtags=st.lists(TEXTS, max_size=2).map(tuple),
    coverage=st.lists(st.builds(Coverage, TEXTS, URLS, st.builds(Provider, TEXTS)), max_size=2).map(tuple),
    more=st.integers(0, 3),
)
SPANS = st.lists(st.builds(Span, TEXTS, st.booleans(), st.booleans(), st.booleans(), st.none() | URLS), max_size=3)
CONTENTS = st.builds(Alert, CARDS) | st.builds(
    Notice, SPANS.map(tuple), st.lists(CARDS, max_size=2).map(tuple), SPANS.map(tuple)
)


@settings(max_examples=150, deadline=None)
@given(CONTENTS)
def test_whatever_strangers_write_the_html_stays_ours(content: Content) -> None:
    body = body_of(content, "en")
    html = Pages().line(Line(5, "bot", json.loads(json.dumps(body)), NOW), NOW)
    html.encode()  # what cannot be sent would break the page
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= HARMLESS
    assert not page.open
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert all(web_link(link) for link in page.links())


@given(TEXTS, st.integers(1, 400))
def test_clean_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit + 1  # the ellipsis
    assert "\n" not in line
    assert clean(line, limit + 1) == line


def test_long_text_is_cut_at_a_word() -> None:
    assert clean("seven owls sleep in bark", 14) == "seven owls…"
    assert clean("x" * 999, TITLE) == "x" * TITLE + "…"


# ---------------------------------------------------------------- small decisions


@pytest.mark.parametrize(
    ("quality", "name"),
    [(None, "unrated"), (-1, "low"), (39, "low"), (40, "fair"), (70, "good"), (100, "top"), (240, "top")],
)
def test_the_badge_follows_the_quality(quality: int | None, name: str) -> None:
    assert level(quality) == name


def test_a_version_changes_with_the_content_and_not_with_time() -> None:
    body = body_of(ALERT, "en")
    assert version(body) == version(json.loads(json.dumps(body)))
    assert version(body) != version(body_of(Alert(replace(CARD, title="Other")), "en"))
    pages, line = Pages(), Line(1, "bot", body, NOW)
    assert "4 hours ago" in pages.line(line, NOW + timedelta(hours=1))
