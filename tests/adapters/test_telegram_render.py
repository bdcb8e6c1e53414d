"""What Telegram would receive: handsome, harmless, and within every limit, whatever an article says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.telegram.render import Rendered, keyboard_of, render
from bot.messages import Alert, Button, Card, Notice, Span
from bot.model import Coverage, Image, Provider
from tests.emulators.telegram_rules import formatted_text

NOW = datetime(2026, 11, 27, 12, 0, 30, tzinfo=UTC)
CARD = Card(
    article_id=5,
    story_id=3,
    title="Lens the size of a grain maps a coral reef",
    url="https://wiredharbor.example/lens",
    excerpt="A camera no larger than a grain of salt has drawn the first map of a reef at night.",
    provider=Provider("Wired Harbor", "wiredharbor.example"),
    published_at=NOW - timedelta(hours=3),
    quality=84,
    hashtags=("#ComputerVision", "#Oceans"),
    coverage=(
        Coverage("Reef drawn in the dark", "https://deepcurrent.example/reef", Provider("Deep Current"), 78),
        Coverage("Tiny eye under water", "https://fieldnote.example/eye", Provider("Field Note")),
    ),
    more=4,
    image=Image("https://pictures.example/reef.png", 1200, 630),
)
KEYBOARD = ((Button("All coverage", "cov:5"), Button("Why this?", "why:5")),)


def shown(rendered: Rendered) -> str:
    """The text a reader sees, by the emulator's reading of the HTML."""
    return formatted_text(rendered.html, "HTML", None).text


def alert(**changes: Any) -> Rendered:
    return render(Alert(replace(CARD, **changes), KEYBOARD), "en", NOW)


# ---------------------------------------------------------------- a card


def test_card_shows_everything_in_its_place() -> None:
    assert shown(alert()) == (
        "Lens the size of a grain maps a coral reef\n\n"
        "A camera no larger than a grain of salt has drawn the first map of a reef at night.\n\n"
        "Wired Harbor · 3 hours ago · quality 84\n#ComputerVision #Oceans\n\n"
        "Also covered by\n"
        "• Deep Current: Reef drawn in the dark\u00a0·\u00a078\n"
        "• Field Note: Tiny eye under water\n"
        "and 4 more"
    )


def test_title_is_a_bold_link_and_coverage_is_linked() -> None:
    rendered = alert()
    assert rendered.html.startswith(
        '<b><a href="https://wiredharbor.example/lens">Lens the size of a grain maps a coral reef</a></b>'
    )
    assert '<a href="https://deepcurrent.example/reef">Reef drawn in the dark</a>' in rendered.html


def test_video_and_second_look_are_marked() -> None:
    text = shown(alert(kind="video", second_look=True))
    assert text.startswith("▶ Lens the size")
    assert "Video · Wired Harbor · 3 hours ago · quality 84\n↗ Second look: this story has gained weight\n" in text


def test_bare_article_is_a_title_and_what_is_known() -> None:
    bare = Card(1, 1, "Just a title", "https://wiredharbor.example/")
    assert shown(render(Alert(bare), "en", NOW)) == "Just a title\n\nnot rated yet"


def test_excerpt_that_repeats_the_title_is_left_out() -> None:
    assert shown(alert(excerpt=CARD.title)).count(CARD.title) == 1


def test_article_from_this_moment_or_the_future_is_as_new_as_can_be() -> None:
    for published_at in (NOW, NOW + timedelta(hours=2)):
        assert "Wired Harbor · just now · quality 84" in shown(alert(published_at=published_at))


def test_long_excerpt_is_cut_at_a_word() -> None:
    text = shown(alert(excerpt="lighthouse " * 90))
    line = text.splitlines()[2]
    assert line.endswith("lighthouse…")
    assert len(line) <= 420


def test_card_is_drawn_once_within_a_minute() -> None:
    assert alert() is render(Alert(CARD, KEYBOARD), "en", NOW + timedelta(seconds=20))


# ---------------------------------------------------------------- the picture


def test_good_picture_stands_large_above_the_text() -> None:
    assert alert().preview.to_dict() == {
        "url": "https://pictures.example/reef.png",
        "prefer_large_media": True,
        "show_above_text": True,
    }


@pytest.mark.parametrize(
    "image",
    [
        None,
        Image("https://pictures.example/icon.png", 120, 120),
        Image("http://127.0.0.1/reef.png", 1200, 630),
        Image("ftp://pictures.example/reef.png", 1200, 630),
    ],
)
def test_without_a_good_picture_the_article_is_previewed_small(image: Image | None) -> None:
    assert alert(image=image).preview.to_dict() == {"url": CARD.url, "prefer_small_media": True}


def test_nothing_is_previewed_without_an_address_in_the_open_net() -> None:
    assert alert(image=None, url="http://localhost:8080/x").preview.is_disabled
    assert render(Notice((Span("Hello"),), items=(CARD,)), "en", NOW).preview.is_disabled


# ---------------------------------------------------------------- what strangers write


def test_markup_in_an_article_stays_text() -> None:
    text = shown(alert(title="<b>5 > 3</b> & <script>", provider=Provider("R&D <i>")))
    assert text.startswith("<b>5 > 3</b> & <script>\n")
    assert "R&D <i> · 3 hours ago" in text


def test_hidden_and_turning_characters_never_pass() -> None:
    text = shown(alert(title="sa\u202efe\u200b ti\x00t\ufeffle\U000e0041", excerpt="a\u2028b\tc\x07"))
    assert text.startswith("safe title\n\na b c\n")


def test_piled_up_marks_are_thinned() -> None:
    assert shown(alert(title="z" + "\u0301" * 200)).splitlines()[0] in {
        "z\u0301\u0301\u0301",
        "ź\u0301\u0301\u0301",
    }


def test_mentions_and_commands_of_an_article_do_nothing() -> None:
    line = shown(alert(excerpt="Ask @durov, tap /forget, see km/h, a@b.example and and/or.")).splitlines()[2]
    assert line == "Ask @\u2060durov, tap /\u2060forget, see km/h, a@b.example and and/or."


def test_nobody_is_called_by_what_a_sentence_repeats() -> None:
    said = Notice((Span("@durov and ", bold=True), Span("“@anna”, "), Span("/managers add @anna", code=True)))
    assert render(said, "en", NOW).plain == "@\u2060durov and “@\u2060anna”, /managers add @anna"


def test_right_to_left_words_are_isolated_inside_a_line() -> None:
    hebrew = "שלום"
    item = Coverage(hebrew, "https://fieldnote.example/1", Provider("Field Note"), 60)
    text = shown(alert(provider=Provider(hebrew), coverage=(item,)))
    assert f"\u2068{hebrew}\u2069 · 3 hours ago" in text
    assert f"• Field Note: \u200e\u2068{hebrew}\u2069\u00a0·\u00a060" in text
    assert shown(alert(title=hebrew)).startswith(f"{hebrew}\n")  # alone on its line it has its own direction


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\u2800\u2800", "\x00\x01"])
def test_title_in_which_nothing_can_be_seen_gives_way_to_the_outlet(title: str) -> None:
    assert shown(alert(title=title)).startswith("Wired Harbor\n")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://",
        "tg://user?id=1",
        "https://good.example@evil.example/",
        'https://a.example/"x',
    ],
)
def test_address_that_is_not_plain_http_is_no_link(url: str) -> None:
    assert "href" not in alert(url=url, coverage=()).html


def test_hashtags_too_long_are_left_out_not_cut() -> None:
    assert shown(alert(hashtags=("#ok", "#" + "x" * 80, "no tag", "#"))).count("\n#ok\n") == 1


# ---------------------------------------------------------------- notices


def test_notice_numbers_its_items() -> None:
    closing = (Span("Nothing old will arrive."),)
    notice = Notice((Span("Computer Vision", bold=True), Span(" is on.")), (CARD, CARD), closing)
    assert shown(render(notice, "en", NOW)) == (
        "Computer Vision is on.\n\n"
        "1. Lens the size of a grain maps a coral reef\nWired Harbor · 3 hours ago · quality 84\n\n"
        "2. Lens the size of a grain maps a coral reef\nWired Harbor · 3 hours ago · quality 84\n\n"
        "Nothing old will arrive."
    )


def test_items_give_way_from_the_end_when_the_sentences_need_the_room() -> None:
    notice = Notice((Span("word " * 750),), (CARD,) * 10, (Span("The end."),))
    text = shown(render(notice, "en", NOW))
    assert "\n3. " in text
    assert "\n4. " not in text
    assert text.endswith("\n\nand 7 more\n\nThe end.")


def test_sentences_longer_than_a_message_are_cut_at_a_word_and_the_closing_stays() -> None:
    text = shown(render(Notice((Span("word " * 2000),), (CARD,), (Span("The end."),)), "en", NOW))
    assert text.endswith("word…\n\nThe end.")
    assert len(text) <= 4096


def test_links_outlive_styles_when_there_are_too_many_entities() -> None:
    spans = tuple(Span(f"{n} ", bold=True, url=f"https://a.example/{n}") for n in range(80))
    html = render(Notice(spans), "en", NOW).html
    assert html.count("<a href=") == 80
    assert html.count("<b>") == 20
    assert formatted_text(html, "HTML", None).lost == 0


def test_notice_without_anything_to_see_is_an_ellipsis() -> None:
    assert shown(render(Notice((Span("\u200b "),)), "en", NOW)) == "…"


# ---------------------------------------------------------------- bare text


def test_plain_text_carries_the_addresses() -> None:
    plain = alert().plain
    assert plain.startswith("Lens the size of a grain maps a coral reef (https://wiredharbor.example/lens)\n")
    assert "<" not in plain


def test_plain_text_leaves_out_addresses_there_is_no_room_for() -> None:
    items = tuple(replace(CARD, url="https://a.example/" + "x" * 1900) for _ in range(4))
    plain = render(Notice((Span("Hello"),), items), "en", NOW).plain
    assert len(plain) <= 4096
    assert plain.count("https://") == 1
    assert "3. Lens" in plain


# ---------------------------------------------------------------- buttons


def test_row_of_five_becomes_rows_of_three() -> None:
    keyboard = keyboard_of((tuple(Button(str(n), f"a:{n}") for n in range(5)),))
    assert keyboard is not None
    assert [[b.text for b in row] for row in keyboard.inline_keyboard] == [["0", "1", "2"], ["3", "4"]]


def test_buttons_telegram_would_refuse_are_left_out() -> None:
    wrong = (
        Button("local", url="http://127.0.0.1:8080/"),
        Button("private", url="https://10.0.0.1/"),
        Button("script", url="javascript:alert(1)"),
        Button("name", url="http://localhost/"),
        Button("long", "é" * 33),
        Button("", "a"),
        Button("nothing"),
    )
    right = keyboard_of((wrong, (Button("open", url="https://wiredharbor.example/"), Button("L" * 90, "a"))))
    assert right is not None
    assert [[b.text for b in row] for row in right.inline_keyboard] == [["open", "L" * 63 + "…"]]
    assert keyboard_of((wrong,)) is None
