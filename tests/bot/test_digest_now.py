"""`/digest now`: at once, beside the queue, and the rest of a digest that was too long."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.clock.digest_now import digest_now
from bot.commands.turn import Defaults, Turn
from bot.digests import Held, write_held
from bot.digests.held import MOST_HELD
from bot.messages import Alert, Answer, Digest, Notice, Request
from bot.model import Address, Kind, Platform
from bot.texts import plain
from storage.database import Database
from tests.bot.morning import Morning, morning, words
from tests.bot.newsroom import TITLES, article
from tests.conftest import Clock

A, B, C, D = TITLES.values()


pytestmark = pytest.mark.sqlite


@pytest.fixture
async def room(storage: Database, clock: Clock) -> Morning:
    return await morning(storage, clock)


async def asked(room: Morning, who: str = "ann", *, elsewhere: bool = False) -> Answer:
    address = Address(Platform.WEB, who)
    async with room.storage.read() as work:
        destination = await work.destinations.get(address)
    turn = Turn(
        Request(address, "1", text="/digest now", elsewhere=elsewhere),
        room.storage,
        Defaults(70, "UTC", "en", 72, published_only=False),
        "en",
        room.clock(),
        (),
        destination,
    )
    return await digest_now(turn)


def said(answer: Answer) -> str:
    shown = [message for message in answer.messages if not isinstance(message, Alert)]
    return "\n".join(words(one) if isinstance(one, Digest) else plain(one.text) for one in shown)


async def test_it_shows_what_was_not_told_yet_and_tells_it(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"), article("b.md"))
    first = said(await asked(room))
    assert "Your digest so far · Fri 27 November\n2 stories that you were not told yet." in first
    assert A in first
    assert await room.knows(ann) == {A, B}
    assert said(await asked(room)).startswith("Nothing new")


async def test_it_uses_up_no_date_and_waits_behind_nothing(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    await asked(room)
    await room.files(article("b.md"))
    assert await room.handed() == []  # it was an answer, not a delivery
    assert await room.write(ann) == 1
    async with room.storage.read() as work:
        assert [d.kind for d in await work.deliveries.of(ann.id, 9)] == [Kind.DIGEST]


async def test_it_brings_the_rest_of_a_digest_that_was_too_long(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=0)
    many = [replace(article(f"{n}.md", quality=100 - n), title=f"Number {n} of them") for n in range(25)]
    await room.files(*many)
    await room.write(ann)
    shown = [part for part in await room.handed() if part]
    assert [button.action for row in shown[-1].keyboard for button in row] == ["/digest now"]
    rest = said(await asked(room))
    assert [line for line in rest.splitlines() if line.startswith("Number")] == [
        f"Number {n} of them ({100 - n}, 1)" for n in range(20, 25)
    ]


async def test_a_chat_without_digest_bars_is_shown_what_its_alert_bars_let_through(room: Morning) -> None:
    await room.subscriber("ann", ai=(70, None))
    async with room.storage.write() as work:
        ann = await work.destinations.get(Address(Platform.WEB, "ann"))
        assert ann
        await work.destinations.pause(ann.id, room.clock() + timedelta(hours=1), room.clock())
    await room.files(article("a.md"), article("b.md", quality=60))
    [digest] = (await asked(room)).messages  # paused: nothing comes by itself, but who asks is answered
    assert isinstance(digest, Digest)
    assert A in words(digest)
    [[button]] = digest.keyboard
    assert button.label == "Lower AI to 60"
    assert re.fullmatch(r"set:\d+:60", button.action or "")  # the bar of alerts: it decided


async def test_it_brings_the_rest_of_a_recap_also_where_other_topics_are_for_the_digest(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=(70, None), space=50)
    many = [replace(article(f"{n}.md", quality=199 - n), title=f"Number {n} of them") for n in range(MOST_HELD + 2)]
    await room.files(*many, article("a.md", quality=65), article("b.md", quality=45, topics=("Space",)))
    async with room.storage.write() as work:
        stories = [row["story_id"] for row in (await work.destinations.record(ann.id))["told"]]
        catalogue = await work.topics.catalogue()
        held = [Held(ann.id, stories, 1)]
        await write_held(work, held, key="recap", kind=Kind.RECAP, catalogue=catalogue, now=room.clock())
    rest = said(await asked(room))
    assert [line for line in rest.splitlines() if line.startswith("Number")] == [
        f"Number {n} of them ({199 - n}, 1)" for n in range(MOST_HELD, MOST_HELD + 2)
    ]
    assert B in rest
    assert A not in rest  # just below the bar of alerts: a button would put the topic into the digest
    assert [line for line in rest.splitlines() if line.startswith("[")] == ["[Lower Space to 45]"]


async def test_what_is_read_elsewhere_is_not_told_to_the_room_it_is_about(room: Morning) -> None:
    ann = await room.subscriber("ann", ai=50)
    await room.files(article("a.md"))
    assert A in said(await asked(room, elsewhere=True))
    assert await room.knows(ann) == set()


async def test_a_chat_that_follows_nothing_is_offered_topics(room: Morning) -> None:
    answer = await asked(room, "nobody")
    assert said(answer).startswith("You follow no topics yet.")
    assert isinstance(answer.messages[0], Notice)
    assert answer.messages[0].keyboard
