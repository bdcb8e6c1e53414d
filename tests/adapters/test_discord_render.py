"""What Discord would receive: handsome, harmless, and in the words of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.markup import markdown
from adapters.discord.render import LOW, UNRATED, Rendered, colour, render
from bot.messages import Alert, Button, Card, Notice, Span
from bot.model import Image
from tests.adapters.discord_chat import ALERT
from tests.adapters.telegram_chat import NOW
from tests.emulators.discord_components import IS_COMPONENTS_V2
from tests.emulators.discord_records import Part
from tests.emulators.discord_rules import Written, written

CARD = ALERT.card


def alert(**changes: Any) -> Rendered:
    return render(Alert(replace(CARD, **changes), ALERT.keyboard), "en", NOW)


def read(rendered: Rendered) -> Written:
    """The message as the emulator reads it."""
    return written({"components": rendered.components}, {}, IS_COMPONENTS_V2)


def parts(rendered: Rendered, kind: str) -> list[Part]:
    return [part for top in read(rendered).components for part in top.walk() if part.kind == kind]


def source(rendered: Rendered) -> str:
    return "\n".join(part.body["content"] for part in parts(rendered, "text"))


# ---------------------------------------------------------------- a card


def test_card_shows_everything_in_its_place() -> None:
    assert read(alert()).text == (
        "Lens the size of a grain maps a coral reef\n"
        "Wired Harbor · 2026-11-27 09:00 UTC · quality 84\n"
        "A camera no larger than a grain of salt has drawn the first map of a reef at night.\n"
        "Also covered by\n"
        "- Deep Current: Reef drawn in the dark\u00a0·\u00a078\n"
        "- Field Note: Tiny eye under water\n"
        "and 4 more\n"
        "#ComputerVision #Oceans"
    )


def test_an_age_in_the_words_of_the_app_does_not_reorder_a_line_that_runs_to_the_left() -> None:
    arabic = source(render(Alert(CARD, ALERT.keyboard), "ar", NOW))
    assert "\u2069 · \u2068<t:1795770000:R>\u2069 · " in arabic
    assert "\u2068<t:" not in source(alert())


def test_title_and_coverage_lead_to_their_articles() -> None:
    assert read(alert()).links == (
        "https://wiredharbor.example/lens",
        "https://deepcurrent.example/reef",
        "https://fieldnote.example/eye",
    )


def test_age_is_told_by_the_readers_own_client_and_never_lies_ahead() -> None:
    assert "<t:1795770000:R>" in source(alert())
    assert f"<t:{int(NOW.timestamp())}:R>" in source(alert(published_at=NOW + timedelta(hours=2)))


@pytest.mark.parametrize(
    ("quality", "shade"),
    [(None, UNRATED), (-5, LOW), (39, LOW), (40, 0xC9A227), (70, 0x3B82C4), (100, 0x2E8B57), (240, 0x2E8B57)],
)
def test_colour_tells_the_quality(quality: int | None, shade: int) -> None:
    assert colour(quality) == shade
    (container,) = parts(alert(quality=quality), "container")
    assert container.body["accent_color"] == shade


def test_video_and_second_look_are_marked() -> None:
    text = read(alert(kind="video", second_look=True)).text
    assert text.startswith("▶ Lens the size")
    assert "Video · Wired Harbor" in text
    assert "↗ Second look: this story has gained weight" in text


def test_bare_article_is_a_title_and_what_is_known() -> None:
    bare = Card(1, 1, "Just a title", "https://wiredharbor.example/")
    assert read(render(Alert(bare), "en", NOW)).text == "Just a title\nnot rated yet"


def test_wide_picture_stands_large_below_the_text() -> None:
    (gallery,) = parts(alert(), "gallery")
    assert gallery.body["items"][0]["media"]["url"] == "https://pictures.example/reef.png"
    assert not parts(alert(), "thumbnail")


@pytest.mark.parametrize("size", [(0, 0), (400, 300), (900, 1600)])
def test_other_picture_stands_small_beside_it(size: tuple[int, int]) -> None:
    (thumbnail,) = parts(alert(image=Image("https://pictures.example/reef.png", *size)), "thumbnail")
    assert thumbnail.body["media"]["url"] == "https://pictures.example/reef.png"


@pytest.mark.parametrize(
    "image",
    [
        Image("https://pictures.example/icon.png", 120, 120),
        Image("http://pictures.example/reef.png", 1200, 630),
        Image("https://127.0.0.1/reef.png", 1200, 630),
        Image("javascript:alert(1)", 1200, 630),
    ],
)
def test_bad_picture_is_left_out(image: Image) -> None:
    rendered = alert(image=image)
    assert not parts(rendered, "gallery") + parts(rendered, "thumbnail")


def test_card_is_drawn_once_within_a_minute() -> None:
    assert alert() is render(Alert(CARD, ALERT.keyboard), "en", NOW + timedelta(seconds=20))


def test_long_addresses_give_way_before_the_words_do() -> None:
    covered = tuple(replace(item, url=item.url + "?" + "x" * 950) for item in CARD.coverage * 2)
    rendered = alert(coverage=covered[:3], url=CARD.url + "?" + "x" * 950)
    assert len(read(rendered).links) == 1
    assert "Deep Current: Reef drawn in the dark\u00a0·\u00a078" in read(rendered).text


# ---------------------------------------------------------------- what strangers write


def test_marks_of_strangers_are_shown_and_do_nothing() -> None:
    title = "**[Win](https://evil.example)** <@123> @everyone `x` || <t:1:R> # 1. - > _a_ https://evil.example"
    rendered = alert(title=title, excerpt=f"{title} !", coverage=(), hashtags=())
    shown = read(rendered)
    assert set(shown.links) == {"https://wiredharbor.example/lens"}
    assert title in shown.text.replace("\u2060", "")  # the excerpt reads as it was written
    assert "@everyone" not in source(rendered)
    assert "<@123>" not in source(rendered)


def test_brackets_of_a_title_become_parentheses() -> None:
    assert source(alert(title="[Video] a ] b [ c")).startswith(
        "### [(Video) a ) b ( c](https://wiredharbor.example/lens)"
    )


def test_parentheses_of_an_address_do_not_end_it() -> None:
    assert "(https://a.example/x_%28y%29)" in source(alert(url="https://a.example/x_(y)"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://user@evil.example/", "nonsense", ""])
def test_title_that_leads_nowhere_is_plain(url: str) -> None:
    assert source(alert(url=url)).startswith("### Lens the size of a grain")


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ((Span("a ", bold=True), Span("b")), "**a** b"),
        ((Span("a", bold=True), Span("b", italic=True)), "**a**\u2060*b*"),
        ((Span("a", bold=True, italic=True),), "**_a_**"),
        ((Span("a\nb", bold=True),), "**a**\n**b**"),
        ((Span(" ", bold=True),), " "),
        ((Span("/topics `x`", code=True),), "`/topics ˋxˋ`"),
        ((Span("a*b", bold=True, url="https://a.example/"),), r"**[a\*b](https://a.example/)**"),
        ((Span("1. x\n- y\n+ z"),), "1\\. x\n\\- y\n\\+ z"),
    ],
)
def test_styles_are_written_so_that_they_hold(spans: tuple[Span, ...], shown: str) -> None:
    assert markdown(spans) == shown


# ---------------------------------------------------------------- a notice


def test_notice_shows_sentences_items_and_buttons() -> None:
    notice = Notice(
        (Span("Computer Vision", bold=True), Span(" is on.")),
        (CARD, CARD),
        (Span("Nothing old will arrive."),),
        ((Button("Undo", "undo"),),),
    )
    shown = read(render(notice, "en", NOW))
    item = "Lens the size of a grain maps a coral reef\nWired Harbor · 2026-11-27 09:00 UTC · quality 84"
    assert shown.text == f"Computer Vision is on.\n\n1. {item}\n\n2. {item}\n\nNothing old will arrive."
    assert [(button.label, button.custom_id) for button in shown.buttons] == [("Undo", "tw:undo")]


def test_items_give_way_from_the_end_when_the_sentences_need_the_room() -> None:
    text = read(render(Notice((Span("word " * 720),), (CARD,) * 10, (Span("The end."),)), "en", NOW)).text
    assert "2. Lens" in text or "1. Lens" in text
    assert "10. Lens" not in text
    assert text.endswith("more\n\nThe end.")


def test_sentences_longer_than_a_message_are_cut_at_a_word_and_the_closing_stays() -> None:
    text = read(render(Notice((Span("word " * 2000),), (CARD,), (Span("The end."),)), "en", NOW)).text
    assert text.endswith("word…\n\nThe end.")
    assert len(text) <= 4000


# ---------------------------------------------------------------- buttons


def test_many_buttons_are_put_in_full_rows_and_then_cut() -> None:
    keyboard = tuple((Button(str(n), f"a:{n}"),) for n in range(60))
    rows = parts(render(Notice((Span("x"),), keyboard=keyboard), "en", NOW), "row")
    assert [len(row.children) for row in rows][:6] == [5, 5, 5, 5, 5, 5]
    assert sum(1 + len(row.children) for row in rows) <= 39


def test_buttons_discord_would_refuse_are_left_out() -> None:
    wrong = (
        Button("local", url="http://127.0.0.1:8080/"),
        Button("script", url="javascript:alert(1)"),
        Button("long", url="https://a.example/" + "x" * 500),
        Button("long", "x" * 99),
        Button("", "a"),
        Button("nothing"),
    )
    right = (Button("open", url="https://wiredharbor.example/"), Button("L" * 90, "a"), Button("again", "a"))
    shown = read(render(Notice((Span("x"),), keyboard=(wrong, right)), "en", NOW))
    assert [button.label for button in shown.buttons] == ["open", "L" * 79 + "…"]


# ---------------------------------------------------------------- the other forms


def test_embed_says_the_same_as_the_components() -> None:
    rendered = alert()
    shown = written({"embeds": [rendered.embed], "components": rendered.rows}, {}, 0)
    assert shown.text.split() == read(rendered).text.split()
    assert rendered.embed["url"] == "https://wiredharbor.example/lens"
    assert rendered.embed["color"] == 0x3B82C4
    assert rendered.embed["image"]["url"] == "https://pictures.example/reef.png"
    assert shown.buttons == read(rendered).buttons


def test_bare_text_has_the_title_with_its_link_and_no_style() -> None:
    rendered = render(Notice((Span("Hello", bold=True),), (CARD,), (Span("Bye"),)), "en", NOW)
    assert rendered.plain == (
        "Hello\n\n[Lens the size of a grain maps a coral reef](https://wiredharbor.example/lens)\n\nBye"
    )
