"""The editors' desk: from a link or a text to a confirmed broadcast, in a conversation with real storage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.broadcasts.progress import THRESHOLD
from bot.commands.latest import RECENT
from bot.messages import Alert, Notice, Request
from bot.model import State
from bot.ports import Stage
from bot.texts import plain
from storage.database import Database
from tests.bot.editors import ADMINS, LENS, look, queue, readers, stages
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def desk(storage: Database, clock: Clock) -> Talk:
    return await talk_of(storage, clock, admins=ADMINS)


# ---------------------------------------------------------------- from an article or a text to a draft


async def test_a_story_is_shown_with_its_audience_and_sent_by_a_press(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 3)
    words = await desk.says(f"/broadcast {LENS}")
    assert isinstance(desk.last.messages[0], Alert)
    assert "Reaches 3 chats" in words
    assert "those who follow Computer Vision" in words
    assert "has begun" in await desk.presses("Send to 3")
    await look(desk)
    assert await queue(desk) == {State.PENDING: 4}  # three copies, and the progress
    assert await stages(desk) == [Stage.RUNNING]


@pytest.mark.parametrize(
    "named", [LENS, "https://www.outlet.example/a-lens-the-size-of-a-grain?utm_source=x", "lens size"]
)
async def test_a_story_is_found_however_old_by_title_link_or_a_few_words(
    desk: Talk, clock: Clock, named: str
) -> None:
    await publish(desk, LENS)
    clock.forward(days=RECENT.days * 3)
    assert "Draft" in await desk.says(f"/broadcast {named}")
    assert isinstance(desk.last.messages[0], Alert)


async def test_an_answer_to_a_card_means_that_story(desk: Talk) -> None:
    stored = await publish(desk, LENS)
    request = Request(desk.address, "7", text="/broadcast", replied=(f"cov:{stored.id}", f"why:{stored.id}"))
    answer = await desk.conversation.answer(request)
    assert isinstance(answer.messages[0], Alert)
    assert answer.messages[0].card.title == LENS


async def test_an_admin_begins_from_the_coverage_of_a_card_and_others_do_not_see_that(desk: Talk) -> None:
    stored = await publish(desk, LENS)
    await desk.acts(f"cov:{stored.id}")
    assert "Draft" in await desk.presses("Broadcast")
    desk.sender = "9"
    await desk.acts(f"cov:{stored.id}")
    assert "Broadcast" not in desk.labels()
    desk.sender, desk.private = "7", False
    await desk.acts(f"cov:{stored.id}")
    assert "Broadcast" not in desk.labels()


async def test_of_several_stories_one_is_chosen(desk: Talk) -> None:
    for title in ("Lamps that read the tide", "Lamps that count the seals"):
        await publish(desk, title, excerpt=title)
    assert "Which one?" in await desk.says("/broadcast lamps")
    assert "Lamps that count the seals" in await desk.presses("Lamps that count the seals")


async def test_own_words_keep_their_links_and_their_picture(desk: Talk) -> None:
    await readers(desk, 2)
    text = "Good day! [The harbour](https://harbour.example/a) opens, see https://harbour.example/b.\n"
    words = await desk.says(f"/broadcast {text}https://pictures.example/harbour.png")
    shown = desk.notices()[0]
    assert [(span.text, span.url) for span in shown.text if span.url] == [
        ("The harbour", "https://harbour.example/a"),
        ("https://harbour.example/b", "https://harbour.example/b"),
    ]
    assert shown.image is not None
    assert shown.image.url == "https://pictures.example/harbour.png"
    assert "pictures.example" not in plain(shown.text)
    assert "To everyone" in words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/broadcast", "begin from a card: answer it with /broadcast."),
        ("/broadcast nowhere.md", "I know no article nowhere.md"),
        ("/broadcast https://nowhere.example/x", "I know no article https://nowhere.example/x"),
        ("/broadcast text:", "There are no words"),
        ("SEND", "There is no draft"),
        ("/broadcast send", "There is no draft"),
        ("/broadcast at tomorrow 9:00", "There is no draft"),
        ("/broadcasts", "Nothing was sent to many yet"),
        ("/broadcasts 5", "There is no broadcast 5"),
        ("/broadcasts x pause", "There is no broadcast x"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(desk: Talk, typed: str, words: str) -> None:
    assert words in await desk.says(typed)


async def test_a_withdrawn_article_is_not_sent(desk: Talk) -> None:
    await publish(desk, LENS)
    await publish(desk, LENS, retracted=True)
    assert "was withdrawn by its publisher" in await desk.says(f"/broadcast {LENS}")


# ---------------------------------------------------------------- the audience


async def test_the_numbers_follow_every_choice(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 3)
    await readers(desk, 2, "face-recognition")
    await readers(desk, 4, "space", "es")
    assert "Reaches 3 chats" in await desk.says(f"/broadcast {LENS}")
    assert "Reaches 5 chats" in await desk.presses("Topics below too")
    assert "Reaches 10 chats" in await desk.presses("Everyone")  # the desk is a chat too
    assert "Reaches 4 chats" in await desk.presses("Spanish")
    assert "in Spanish" in await desk.presses("Urgent")
    assert "Reaches 4 chats" in await desk.says("/broadcast to space")
    assert "I know no topic oceans" in await desk.says("/broadcast to oceans")


async def test_whoever_is_left_out_is_counted_with_the_reason(desk: Talk, clock: Clock) -> None:
    stored = await publish(desk, LENS)
    ids = await readers(desk, 8)
    async with desk.storage.write() as work:
        await work.told.tell(ids[0], {stored.story_id: stored.id}, clock())
        await work.destinations.mute(ids[1], stored.story_id, clock())
        await work.destinations.pause(ids[2], clock() + timedelta(days=1), clock())
        await work.destinations.park(ids[3], "blocked by the user", clock())
    words = await desk.says(f"/broadcast {LENS}")
    assert "Reaches 4 chats" in words
    assert "Left out: 1 knows the story, 1 muted it, 1 paused, 1 closed to me" in words
    assert "Reaches 5 chats" in await desk.presses("Also who knows it")


async def test_languages_of_three_letters_are_no_others(desk: Talk) -> None:
    for locale, count in (("fi", 2), ("fil-PH", 3), ("pt-BR", 4)):
        await readers(desk, count, locale=locale)
    await desk.says("/broadcast text: Good morning")
    assert {"Finnish", "Filipino", "Portuguese"} <= set(desk.labels())
    assert "Reaches 2 chats" in await desk.presses("Finnish")


async def test_an_audience_that_nobody_offered_is_refused_and_a_choice_can_be_taken_back(desk: Talk) -> None:
    await readers(desk, 2)
    await desk.says("/broadcast text: Good morning")
    assert "out of date" in await desk.acts("bc:topic.999:1")
    assert "Reaches nobody" in await desk.acts("bc:language.de:1")
    assert "Reaches 3 chats" in await desk.presses("✓ German")


async def test_an_audience_of_nobody_cannot_be_sent_to(desk: Talk) -> None:
    await publish(desk, LENS)
    assert "Nobody would get it now" in await desk.says(f"/broadcast {LENS}")
    assert not any(label.startswith("Send to") for label in desk.labels())
    assert "Nobody would get it now" in await desk.says("SEND")
    assert await stages(desk) == []


async def test_above_the_threshold_send_has_to_be_typed(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, THRESHOLD)
    words = await desk.says(f"/broadcast {LENS}")
    assert f"Type SEND to send it to {THRESHOLD} chats" in words
    assert not any(label.startswith("Send to") for label in desk.labels())
    async with desk.storage.read() as work:
        draft = await work.broadcasts.newest("telegram:7")
    assert draft is not None
    assert "Type SEND" in await desk.acts(f"bc:send:{draft.id}")  # a press that was forged
    assert "has begun" in await desk.says("send")


async def test_a_second_send_does_not_send_an_older_draft(desk: Talk) -> None:
    await readers(desk, THRESHOLD)
    await desk.says("/broadcast text: An idea that was put aside")
    await desk.says("/broadcast text: What is to be sent")
    assert "Broadcast 2 has begun" in await desk.says("SEND")
    assert "There is no draft" in await desk.says("SEND")
    assert await stages(desk) == [Stage.RUNNING]


async def test_a_button_sends_to_the_audience_it_was_shown_with_or_asks_again(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 3)
    await readers(desk, 3, topic="space")
    await desk.says(f"/broadcast {LENS}")
    old = next(button.action or "" for button in desk.buttons() if button.label == "Send to 3")
    await desk.says("/broadcast to space")
    words = await desk.acts(old)
    assert "Another audience was chosen since" in words
    assert "those who follow Space" in words
    assert await stages(desk) == []
    assert "has begun" in await desk.presses("Send to 3")


async def test_an_audience_that_grew_is_asked_for_again(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 3)
    await desk.says(f"/broadcast {LENS}")
    await readers(desk, 20)
    assert "you agreed to 3, now it would be 20" in await desk.presses("Send to 3")
    assert await stages(desk) == []
    assert "has begun" in await desk.presses("Send to 20")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("none", "There is no picture at"),
        ("large", "larger than 5 MB"),
        ("away", "cannot be fetched now"),
        ("private", "is not an address on the internet"),
    ],
)
async def test_a_picture_that_is_none_or_too_large_is_named_and_nothing_is_drafted(
    storage: Database, clock: Clock, fault: str, words: str
) -> None:
    asked = []

    async def look_at(url: str) -> str:
        asked.append(url)
        return fault

    desk = await talk_of(storage, clock, admins=ADMINS, look=look_at)
    said = await desk.says("/broadcast text: Good day\nhttps://pictures.example/harbour.png")
    assert words in said
    assert "https://pictures.example/harbour.png" in said
    assert asked == ["https://pictures.example/harbour.png"]
    assert "There is no draft" in await desk.says("SEND")


async def test_an_attached_picture_is_not_silently_left_out(desk: Talk) -> None:
    request = Request(desk.address, "7", text="/broadcast text: Good day", attached=True)
    answer = await desk.conversation.answer(request)
    (notice,) = answer.messages
    assert isinstance(notice, Notice)
    assert "Put the address of a picture" in plain(notice.text)
    assert await stages(desk) == []
