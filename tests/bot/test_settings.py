"""Settings as one message: what each page shows, what a press changes, and what a stale or strange press does."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from bot.model import Subscription, Topic
from bot.preferences import Filters, Form, Look
from storage.database import Database
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

pytestmark = pytest.mark.sqlite


async def own(talk: Talk, slug: str) -> Subscription:
    topic_id = await talk.topic_id(slug)
    async with talk.storage.read() as work:
        return next(s for s in await work.subscriptions.of((await talk.destination()).id) if s.topic_id == topic_id)


async def crowd(talk: Talk, count: int) -> None:
    """So many subscriptions, as an import can bring them."""
    await talk.says("/subscribe space 70")
    destination = await talk.destination()
    async with talk.storage.write() as work:
        await work.topics.put([Topic(f"topic-{n:04}", f"Topic {n:04}") for n in range(count - 1)], from_file=True)
        for topic in await work.topics.catalogue():
            if topic.slug.startswith("topic-"):
                await work.subscriptions.put(Subscription(destination.id, topic.id, 70), talk.clock())


# ---------------------------------------------------------------- tuning


async def test_one_message_is_tuned_press_by_press(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80")
    assert "Topics: one" in await anna.says("/settings")
    assert not anna.last.replaces
    assert "Saved" in await anna.presses("One line")
    assert anna.last.replaces
    assert "✓ One line" in anna.labels()
    assert "Sound: off" in await anna.presses("Sound off")
    assert (await anna.destination()).look == Look(Form.COMPACT, silent=True)
    assert "Sound: on" in await anna.presses("Sound on")
    assert "Pick one" in await anna.presses("Topics")
    assert "stories rated 80 and above" in await anna.presses("AI")
    await anna.presses("Bar 90")
    await anna.presses("Digest: off")
    await anna.presses("Or 3 outlets")
    tuned = await own(anna, "ai")
    assert (tuned.alert_from, tuned.digest_from, tuned.outlets_from) == (90, 70, 3)
    assert "once 3 independent outlets" in await anna.presses("✓ Alerts")
    assert (await own(anna, "ai")).alert_from is None
    await anna.presses("Rating alone")
    await anna.presses("✓ Digest")
    assert "no alerts by rating" in "".join(s.text for s in anna.notices()[0].text)
    await anna.presses("Unsubscribe")
    assert await anna.bars() == {}
    assert "Undo" in anna.labels()
    assert "Topics: none yet" in await anna.presses("‹ Settings")


async def test_snooze_lasts_as_long_as_its_button_says(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80")
    for label, wanted in (
        ("1 hour", "27 November 2026, 13:00"),
        ("8 hours", "20:00"),
        ("Until tomorrow", "28 November 2026, 08:00"),
    ):
        await anna.says("/settings")
        await anna.presses("Pause")
        assert wanted in await anna.presses(label)
        assert "Pause alerts" in await anna.presses("Resume")
        assert (await anna.destination()).paused_until is None
    await anna.presses("Until I resume")
    await publish(anna, "Lens grows eyes", quality=90)
    assert await anna.told() == set()
    assert "28 November 2026, 08:00" in await anna.says("/pause tomorrow")


async def test_words_are_added_by_a_command_and_taken_out_by_buttons(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe computer vision 70")
    said = await anna.says("/filter -moths, -from:wire.example, from:BBC News")
    assert "Never with: “moths”" in said
    assert "Named first: “BBC News”" in said
    await publish(anna, "Moths read faces", quality=90)
    assert await anna.told() == set()
    why = await anna.says("/why moths")
    assert "because it holds “moths”, which you excluded" in why
    assert "no longer filtered by “moths”" in await anna.presses("Let “moths” through")
    assert (await anna.destination()).filters == Filters(muted=("wire.example",))
    await anna.presses("Undo")
    assert (await anna.destination()).filters.exclude == ("moths",)
    await anna.says("/filter cv: +lenses, outlets:3")
    refined = await own(anna, "computer-vision")
    assert (refined.filters, refined.outlets_from) == (Filters(require=("lenses",)), 3)
    await anna.says("/settings")
    await anna.presses("Words, outlets")
    await anna.presses("✕ −moths")
    await anna.presses("✕ BBC News")
    await anna.presses("✕ −wire.example")
    assert "No words and no outlets" in "".join(s.text for s in anna.notices()[0].text)
    changed = await anna.destination()
    assert (changed.filters, changed.look) == (Filters(), Look())
    await anna.says("/filter cv: off")
    assert (await own(anna, "computer-vision")).outlets_from is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/filter -/(/", "I cannot look for “/(/”"),
        ("/filter visoin: -x", "Did you mean"),
        ("/filter qqqq: -x", "I do not understand “qqqq”"),
        ("/filter ai: outlets:1", "From 2 to 50"),
        ("/filter outlets:٣", "once 3 independent outlets"),
        ("/filter outlets:off", "Outlets are not counted"),
        ("/filter ai: from:bbc.com", "without a topic"),
        ("/filter space: -x", "Space is not among your topics"),
        ("/filter " + ",".join(f"-w{n}" for n in range(51)), "A filter holds 50"),
        ("/filter", "Words and outlets"),
        ("/subscriptions vison", "None of your topics looks like"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_sentence(
    storage: Database, clock: Clock, typed: str, said: str
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe power apps 80")
    await anna.says("/subscribe ai 80")
    assert said in await anna.says(typed)


# ---------------------------------------------------------------- long lists


async def test_a_thousand_subscriptions_page_and_are_found(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await crowd(anna, 1000)
    assert "(1,000, page 1 of 50)" in await anna.says("/subscriptions")
    assert "(9)" in await anna.says("/subscriptions topic 099"), "0990 to 0998"
    assert "page 1 of 125" in await anna.acts("see:topics:0")
    assert sum(label.startswith(("Topic ", "Space")) for label in anna.labels()) == 8
    assert "page 125 of 125" in await anna.acts("see:topics:999999")
    await anna.presses(next(label for label in anna.labels() if label.startswith("Topic")))
    await anna.presses("Bar 100")
    await anna.presses("Topics")
    assert "page 125 of 125" in "".join(s.text for s in anna.notices()[0].text), "back on the page it was on"
    for button in anna.buttons():
        assert len((button.action or "").encode()) <= 64


# ---------------------------------------------------------------- who may, and what is stale


async def test_what_two_people_change_at_once_is_changed_by_both(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    people = [replace(anna, sender=str(number)) for number in range(6)]
    await anna.says("/filter -crypto, from:BBC News")
    typed = [one.says(f"/filter -w{number}, from:o{number}.example") for number, one in enumerate(people)]
    pressed = [people[0].acts("opt:silent:1"), people[1].acts("opt:form:compact"), people[2].acts("opt:living:0")]
    await asyncio.gather(*typed, *pressed)
    found = await anna.destination()
    assert sorted(found.filters.exclude) == ["crypto", *(f"w{number}" for number in range(6))]
    assert len(found.look.preferred) == 7
    assert (found.look.silent, found.look.form, found.look.living) == (True, Form.COMPACT, False)


async def test_in_a_room_all_may_look_and_those_with_the_right_may_change(storage: Database, clock: Clock) -> None:
    room = await talk_of(storage, clock)
    room.private = False
    await room.says("/subscribe ai 80")
    room.may_change = False
    assert "Topics: one" in await room.says("/settings")
    await room.presses("Topics")
    await room.presses("AI")
    assert room.last.replaces
    refused = await room.presses("Bar 90")
    assert "admin" in refused
    assert not room.last.messages, "one sentence, and the message stays"
    assert await room.bars() == {"ai": (80, None)}
    for action in ("opt:silent:1", "opt:end:1:0", "follow:1", "drop:0:x:all", "wait:1:3", "take:1:70:1"):
        assert "admin" in await room.acts(action)
    assert (await room.destination()).look == Look()


@pytest.mark.parametrize(
    "action",
    [
        "see:", "see:x", "see:topic:1", "see:topic:999:0", "see:topics:x", "see:words:999:0", "see:words:",
        "opt:", "opt:form:huge", "opt:silent:2", "opt:snooze:9h", "opt:bar:1:70:0", "opt:bar:999:70:0",
        "opt:outlets:1:1:0", "opt:digest:1:999999:0", "opt:drop:0:x:00000000:0", "opt:drop:0:q:all:0",
        "opt:drop:::", "opt:end:x:0", "opt:unmute::", "opt:" + "9" * 60, "drop:0:x:ffffffff", "wait:1:0",
        "wait:999:3", "begin:999", "begin:x", "begin:topics:x", "take:1:70:4", "take:1:999999:1", "take:1",
    ],
)  # fmt: skip
async def test_a_stale_or_forged_press_is_one_sentence_and_changes_nothing(
    storage: Database, clock: Clock, action: str
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe space 80")
    before = await anna.bars()
    said = await anna.acts(action)
    assert re.search("out of date|not among your topics", said), said
    assert (await anna.bars(), (await anna.destination()).look) == (before, Look())


async def test_a_press_whose_topic_was_unsubscribed_meanwhile_says_so(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe ai 80")
    await anna.acts(f"see:topic:{await anna.topic_id('ai')}:0")
    opened = anna.last
    await anna.says("/unsubscribe ai")
    anna.last = opened
    assert "out of date" in await anna.presses("Bar 90")
    assert await anna.bars() == {}
