"""The editors' desk: from a link or a text to a confirmed broadcast, in a conversation with real storage."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.broadcasts import course
from bot.broadcasts.progress import THRESHOLD
from bot.commands.latest import RECENT
from bot.messages import Alert, Notice, Request
from bot.model import Address, Platform, State, Subscription
from bot.ports import Stage
from bot.texts import plain
from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

ADMINS = frozenset({("telegram", "7"), ("telegram", "8")})
LENS = "A lens the size of a grain"


@pytest.fixture
async def storage(sqlite: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """SQLite alone: what the databases do differently is tested below tests/storage."""
    shutil.copy(sqlite, tmp_path / "desk.sqlite")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}")
    yield database
    await database.close()


@pytest.fixture
async def desk(storage: Database, clock: Clock) -> Talk:
    return await talk_of(storage, clock, admins=ADMINS)


async def readers(desk: Talk, count: int, topic: str = "computer-vision", locale: str = "en") -> list[int]:
    """That many readers of a topic who hear only of the best: nothing that a test publishes alerts them."""
    number = await desk.topic_id(topic)
    made = []
    async with desk.storage.write() as work:
        for at in range(count):
            address = Address(Platform.WEB, f"{topic}-{locale}-{at}")
            one = await work.destinations.ensure(address, title="", locale=locale, timezone="UTC", now=desk.clock())
            await work.subscriptions.put(Subscription(one.id, number, 500), desk.clock())
            made.append(one.id)
    return made


async def look(desk: Talk) -> None:
    await course.look(desk.storage, desk.clock(), admins=(), trusted=lambda author: author == "telegram:7")


async def stages(desk: Talk) -> list[Stage]:
    async with desk.storage.read() as work:
        return [one.stage for one in await work.broadcasts.listed(9)]


async def queue(desk: Talk) -> dict[State, int]:
    async with desk.storage.read() as work:
        return await work.deliveries.queue()


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
        ("/broadcast", "What is to be sent?"),
        ("/broadcast nowhere.md", "I know no article nowhere.md"),
        ("/broadcast https://nowhere.example/x", "I know no article https://nowhere.example/x"),
        ("/broadcast text:", "There are no words"),
        ("SEND", "There is no draft"),
        ("/broadcast send", "There is no draft"),
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
    assert "Left out: 1 know the story, 1 muted it, 1 paused, 1 closed to me" in words
    assert "Reaches 5 chats" in await desk.presses("Also who knows it")


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
        draft = await work.broadcasts.newest("telegram:7", Stage.DRAFT)
    assert draft is not None
    assert "Type SEND" in await desk.acts(f"bc:send:{draft.id}")  # a press that was forged
    assert "has begun" in await desk.says("send")


async def test_an_audience_that_grew_is_asked_for_again(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 3)
    await desk.says(f"/broadcast {LENS}")
    await readers(desk, 20)
    assert "you agreed to 3, now it would be 20" in await desk.presses("Send to 3")
    assert await stages(desk) == []
    assert "has begun" in await desk.presses("Send to 20")


# ---------------------------------------------------------------- later, cancelled, listed


async def test_a_broadcast_is_planned_moved_and_cancelled_in_the_admins_zone(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    async with desk.storage.write() as work:
        await work.destinations.ensure(desk.address, title="", locale="en", timezone="Europe/Berlin", now=clock())
    await desk.says(f"/broadcast {LENS}")
    assert "28 November 2026, 09:00 (Europe/Berlin)" in await desk.says("/broadcast at tomorrow 9:00")
    assert "to about 2" in await desk.says("/broadcasts")
    assert "1 December 2026, 18:30" in await desk.says("/broadcasts 1 at 2026-12-01 18:30")
    clock.forward(days=3)
    await look(desk)
    assert await stages(desk) == [Stage.SCHEDULED]
    assert "is cancelled" in await desk.presses("Cancel")
    clock.forward(days=3)
    await look(desk)
    assert await stages(desk) == [Stage.CANCELLED]
    assert (await queue(desk)) == {}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("at yesterday", "I cannot read a time"),
        ("at 2026-11-27 11:59", "is over already"),
        ("at 2030-01-01 9:00", "more than a year ahead"),
        ("at 2026-02-30 9:00", "I cannot read a time"),
    ],
)
async def test_an_impossible_time_changes_nothing(desk: Talk, typed: str, words: str) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    assert words in await desk.says(f"/broadcast {typed}")
    assert await stages(desk) == []


async def test_a_planned_one_leaves_at_its_time_to_those_who_are_there_then(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.says("/broadcast at in 2 hours")
    await readers(desk, 3, "computer-vision", "de")
    clock.forward(hours=2)
    await look(desk)
    await look(desk)
    async with desk.storage.read() as work:
        (found,) = await work.broadcasts.listed(5)
    assert (found.stage, found.total, found.written) == (Stage.RUNNING, 5, 5)


async def test_one_that_an_admin_of_the_past_planned_is_not_sent_and_the_admins_are_told(
    desk: Talk, clock: Clock
) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.says("/broadcast at in 2 hours")
    clock.forward(hours=2)
    other = Address(Platform.TELEGRAM, "8")
    await course.look(desk.storage, clock(), admins=(other,), trusted=lambda _: False)
    assert await stages(desk) == [Stage.CANCELLED]
    async with desk.storage.read() as work:
        told = await work.destinations.get(other)
        assert told is not None
        (record,) = await work.deliveries.of(told.id, 5)
    assert record.payload is not None
    assert record.payload.key == "broadcast-orphan"


# ---------------------------------------------------------------- who may


async def test_to_others_there_is_no_desk(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    desk.sender = "9"
    stranger = await desk.says("/nonsense")
    assert (await desk.says("/broadcast x")).replace("broadcast", "nonsense").split(".")[0] == stranger.split(".")[
        0
    ]
    assert "cannot" in (await desk.acts("bc:send:1")).casefold() or desk.last.toast
    assert "draft" not in (await desk.says("SEND")).casefold()
    assert await stages(desk) == []


async def test_in_a_group_of_telegram_nobody_reads_along(desk: Talk) -> None:
    desk.private = False
    assert "in our private chat" in await desk.says("/broadcast x y")


async def test_two_admins_at_once_send_it_once(desk: Talk) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    assert "has begun" in await desk.acts("bc:send:1")
    desk.sender = "8"
    assert "this broadcast is being sent by now" in await desk.acts("bc:send:1")
    assert "being sent" in await desk.acts("bc:cancel:1")
    assert await stages(desk) == [Stage.RUNNING]


async def test_the_trail_says_who_did_what_to_how_many(desk: Talk, clock: Clock) -> None:
    await publish(desk, LENS)
    await readers(desk, 2)
    await desk.says(f"/broadcast {LENS}")
    await desk.presses("Send to 2")
    await look(desk)
    clock.forward(minutes=1)
    desk.sender = "8"
    assert "Paused: 2 wait" in await desk.says("/broadcasts 1 pause")
    words = await desk.says("/broadcasts 1")
    assert "today 12:00 · telegram:7 sent it to 2" in words
    assert "today 12:01 · telegram:8 paused it" in words
    assert desk.labels() == ["Go on", "Stop", "Take back"]
    assert "It goes on" in await desk.presses("Go on")
    assert "paused" not in (await desk.says("/broadcasts")).casefold()
    assert "may stand pause" in await desk.says("/broadcasts 1 dance")


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
