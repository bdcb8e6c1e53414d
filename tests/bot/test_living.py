"""A card that was sent changes where it stands when its story gains weight, and at nothing less."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from adapters.web.messenger import WebMessenger
from bot.delivery import Delivery
from bot.living import FEWEST_DOUBLED, MORE_OUTLETS, STRONGER, Weight, gained
from bot.model import Address, Coverage, Platform, Provider
from bot.preferences import Filters, Look
from storage.codec import load_payload
from storage.database import Database
from storage.tables import destinations
from tests.bot.newsroom import Newsroom, article, newsroom
from tests.conftest import Clock

WEIGHTS = st.builds(Weight, st.integers(1, 30), st.integers(1, 3), st.integers(0, 200))


# ---------------------------------------------------------------- what counts as a gain


@given(WEIGHTS, WEIGHTS)
def test_a_gain_is_three_outlets_or_twice_as_many_or_a_stronger_lead(shown: Weight, now: Weight) -> None:
    more = now.outlets - shown.outlets >= MORE_OUTLETS
    doubled = now.outlets >= 2 * shown.outlets and now.outlets >= FEWEST_DOUBLED
    stronger = now.lead != shown.lead and now.level - shown.level >= STRONGER
    assert gained(shown, now) is (more or doubled or stronger)


@given(WEIGHTS)
def test_what_has_not_changed_gained_nothing_and_less_is_no_gain(shown: Weight) -> None:
    assert not gained(shown, shown)
    assert not gained(shown, replace(shown, outlets=max(shown.outlets - 1, 1), level=shown.level + 50))


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [(1, 2, False), (1, 3, False), (1, 4, True), (2, 4, True), (5, 7, False), (5, 8, True)],
)
def test_a_second_outlet_is_no_news_yet(before: int, after: int, gain: bool) -> None:
    assert gained(Weight(before, 1, 80), Weight(after, 1, 80)) is gain


# ---------------------------------------------------------------- in the chats


@dataclass
class Town:
    """A newsroom whose readers sit at the chat page; `lines` are the messages of one of them."""

    room: Newsroom
    storage: Database
    delivery: Delivery
    clock: Clock

    async def carried(self, *outlets: str, path: str = "a.md", **changes: object) -> None:
        """The article is written anew, and lists these outlets as having its news too; everything is delivered."""
        one = article(path, **changes)
        related = tuple(
            Coverage(
                one.title,
                f"https://{name}.example/{path}",
                Provider(name, f"{name}.example"),
                60,
                one.published_at,
            )
            for name in outlets
        )
        await self.room.files(replace(one, related=related))
        await self.deliver()

    async def deliver(self) -> None:
        self.delivery.resume()
        work = asyncio.create_task(self.delivery.run())
        for _ in range(3000):
            async with self.storage.read() as found:
                if not (await found.deliveries.queue()).keys() & {"pending", "leased"}:
                    break
            await asyncio.sleep(0.01)
            self.clock.forward(milliseconds=20)  # slots that a busy machine missed come again
        self.delivery.stop()
        await work

    async def lines(self, chat: str = "cv") -> list[str]:
        """What each message says of how its story has grown: "" where it is as it came."""
        async with self.storage.read() as work:
            lines = await work.transcripts.since(chat, 0)
        cards = [line.body["content"]["card"] for line in lines]
        return [f"{card['grown'][0]} to {card['grown'][1]}" if "grown" in card else "" for card in cards]

    async def card(self, chat: str = "cv") -> dict[str, object]:
        async with self.storage.read() as work:
            card: dict[str, object] = (await work.transcripts.since(chat, 0))[-1].body["content"]["card"]
        return card

    async def edits(self) -> int:
        async with self.storage.read() as work:
            destination = await work.destinations.get(Address(Platform.WEB, "cv"))
            assert destination
            return sum(r.kind == "update" for r in await work.deliveries.of(destination.id, 100))


@pytest.fixture
async def town(storage: Database, clock: Clock) -> Town:
    messenger = WebMessenger(storage, host="127.0.0.1", port=0, password=None, clock=clock)
    delivery = Delivery(storage, messenger, owner="town", clock=clock)
    return Town(await newsroom(storage, clock), storage, delivery, clock)


@pytest.mark.sqlite
async def test_a_card_changes_in_place_when_outlets_join_and_says_so(town: Town) -> None:
    await town.carried("one")
    assert await town.lines() == [""]
    await town.carried("one", "two")
    assert await town.lines() == [""], "one more is no news"
    await town.carried("one", "two", "three", "four")
    assert await town.lines() == ["2 to 5"]
    assert len((await town.card())["coverage"]) == 3  # type: ignore[arg-type]
    assert await town.lines("ai") == ["2 to 5"], "whoever got it"


@pytest.mark.sqlite
async def test_lists_that_are_rewritten_without_new_outlets_change_nothing(town: Town) -> None:
    await town.carried("one", "two", "three", "four")
    for outlets in (("four", "one"), (), ("two", "three"), ("one", "two", "three", "four", "five")):
        await town.carried(*outlets, excerpt=f"Now listed: {len(outlets)}")
    assert await town.lines() == [""]
    await town.carried("six", "seven")
    assert await town.lines() == ["5 to 8"], "outlets count once for ever, listed or not"


@pytest.mark.sqlite
async def test_a_card_changes_three_times_at_most_and_only_while_it_is_recent(town: Town) -> None:
    names = [
        f"{first}{last}"
        for first in ("north", "south", "old", "new")
        for last in ("wick", "ham", "ford", "by", "ton")
    ]
    await town.carried(*names[:1])
    for count in range(4, 17, 3):
        await town.carried(*names[:count])
    assert await town.edits() == 3
    assert await town.lines() == ["2 to 11"]
    await town.carried("one", path="b.md")
    town.clock.forward(hours=49)
    await town.carried(*names, path="b.md")
    assert await town.lines() == ["2 to 11", ""]


@pytest.mark.sqlite
async def test_a_stronger_article_takes_the_lead_of_the_card(town: Town) -> None:
    await town.carried()
    await town.carried(path="else.md", title=article().title, url="https://else.example/x", quality=85)
    assert (await town.card())["article_id"] == 1, "five points are no reason"
    await town.carried(path="lead.md", title=article().title, url="https://lead.example/x", quality=97)
    card = await town.card()
    assert (card["url"], card["quality"]) == ("https://lead.example/x", 97)
    assert len(await town.lines()) == 1, "and nobody is told a second time"


@pytest.mark.sqlite
@pytest.mark.parametrize("state", ["still", "paused", "parked", "muted", "filtered", "quiet"])
async def test_who_wants_no_message_now_gets_no_change_either(town: Town, state: str) -> None:
    await town.carried("one")
    async with town.storage.write() as work:
        here = await work.destinations.get(Address(Platform.WEB, "cv"))
        assert here
        match state:
            case "still":
                await work.destinations.look(here.id, Look(living=False))
            case "paused":
                await work.destinations.pause(here.id, town.clock() + timedelta(hours=1), town.clock())
            case "parked":
                await work.destinations.park(here.id, "closed", town.clock())
            case "muted":
                await work.destinations.mute(here.id, 1, town.clock())
            case "filtered":
                await work.destinations.filter(here.id, Filters(exclude=("kites",)))
            case "quiet":
                hours = {"quiet_from": 0, "quiet_to": 780, "quiet_mode": "hold", "quiet_since": town.clock()}
                night = {**hours, "quiet_until": town.clock() + timedelta(hours=1)}
                await work._connection.execute(
                    update(destinations).where(destinations.c.id == here.id).values(night)
                )
    await town.carried("one", "two", "three", "four")
    assert await town.lines() == ["2 to 5" if state == "filtered" else ""]
    assert await town.lines("ai") == ["2 to 5"]
    if state == "filtered":  # its words let this article pass; nobody asked them about another
        await town.carried(path="lead.md", title=article().title, url="https://lead.example/x", quality=97)
        assert (await town.card())["article_id"] == 1
        assert (await town.card("ai"))["article_id"] == 2


@pytest.mark.sqlite
async def test_a_message_that_is_gone_costs_nothing(town: Town) -> None:
    await town.carried("one")
    async with town.storage.write() as work:
        (line,) = await work.transcripts.since("cv", 0)
        await work.transcripts.remove("cv", line.id)
    await town.carried("one", "two", "three", "four")
    assert await town.lines() == []
    async with town.storage.read() as work:
        here = await work.destinations.get(Address(Platform.WEB, "cv"))
        assert here
        assert here.parked is None
        assert await work.told.when(here.id, 1), "the story stays told"


@pytest.mark.sqlite
async def test_what_is_still_on_its_way_goes_out_as_the_story_stands(town: Town) -> None:
    await town.room.files(article())
    await town.carried("one", "two", "three", "four")
    assert await town.edits() == 0
    assert (await town.card())["more"] == 1, "three are named"


async def test_a_change_is_written_range_by_range_and_no_copy_gets_it_twice(town: Town) -> None:
    for number in range(7):
        await town.room.reader(f"r{number}", computer_vision=50)
    await town.room.files(article())
    async with town.storage.write() as work:
        await work._connection.exec_driver_sql("UPDATE deliveries SET state = 'sent', message_id = id")
        (card,) = await work.living.of([1], since=town.clock() - timedelta(hours=1), most_edits=3)
        body = (await work._connection.exec_driver_sql("SELECT body FROM payloads WHERE id = 1")).scalar_one()
        await work.living.change(replace(card, edits=1), load_payload(body), town.clock())
    written = []
    while True:
        async with town.storage.write() as work:  # as a process that stops after each
            found = await work.living.spread(town.clock(), limit=2)
        if found is None:
            break
        written.append(found)
    assert sum(written) == 9
    assert max(written) <= 2
