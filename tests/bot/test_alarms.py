"""Alarms on a virtual clock: each once a day, and one word when it is fine again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.alarms import AGAIN, CAUSES, FINE_FOR, Alarm, alarms_of, watch
from bot.cards import content_of
from bot.delivery import Delivery
from bot.errors import Rejected, TokenDead
from bot.messages import Notice
from bot.model import Address, Article, FileRead, FileStamp, Kind, Platform, State
from bot.ports import SourceState, Troubles
from bot.texts import plain, texts
from storage.database import Database
from tests.bot.stage import Stage, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers

ADMIN = Address(Platform.TELEGRAM, "1")
OTHER = Address(Platform.WEB, "operator")
MINUTE = timedelta(minutes=1)


class Post:
    """The minute tick, and what admins have been owed since the last look."""

    def __init__(self, storage: Database, clock: Clock) -> None:
        self.storage = storage
        self.clock = clock
        self._seen: dict[Address, int] = {}

    async def told(self, address: Address = ADMIN) -> list[str]:
        """Tick, and give the first words of each new message to this admin."""
        admins = (ADMIN, OTHER)
        await watch(self.storage, ["news"], self.clock(), admins=admins, quiet_hours=24)
        async with self.storage.read() as work:
            admin = await work.destinations.get(address)
            found = await work.deliveries.of(admin.id, 100) if admin else []
        new = found[: len(found) - self._seen.get(address, 0)]
        self._seen[address] = len(found)
        said = []
        for record in reversed(new):
            assert record.kind is Kind.NOTICE
            assert record.payload is not None
            content = content_of(record.kind, record.payload, texts("en"))
            assert isinstance(content, Notice)
            said.append(plain(content.text).strip().partition("\n")[0])
        return said

    async def told_within(self, span: timedelta, step: timedelta = 10 * MINUTE) -> list[str]:
        """What is told while the clock runs."""
        said: list[str] = []
        end = self.clock() + span
        while self.clock() < end:
            self.clock.now = min(self.clock() + step, end)
            said += await self.told()
        return said

    async def looked(self, fault: str = "") -> None:
        async with self.storage.write() as work:
            await work.sources.looked("news", self.clock(), fault=fault, baselined=not fault)

    async def read(self) -> None:
        article = Article("news", "a.md", "A", "https://a.example")
        async with self.storage.write() as work:
            file = FileRead("a.md", FileStamp(1, 1), article)
            await work.sources.put_files("news", [file], [], self.clock())


@pytest.fixture
def post(storage: Database, clock: Clock) -> Post:
    return Post(storage, clock)


async def test_a_source_that_is_gone_is_told_at_once_then_daily_then_that_it_is_back(post: Post) -> None:
    await post.looked()
    assert await post.told() == []
    await post.looked("the folder news is not there")
    assert await post.told() == ["A source cannot be read: news."]
    assert await post.told_within(AGAIN - MINUTE) == []
    post.clock.forward(minutes=1)
    assert await post.told() == ["A source cannot be read: news."]
    await post.looked()
    await post.read()
    assert await post.told_within(FINE_FOR) == []
    assert await post.told_within(10 * MINUTE) == ["It is fine again: the source news can be read."]
    assert await post.told_within(timedelta(hours=3)) == []


async def test_a_source_that_comes_and_goes_is_one_alarm(post: Post) -> None:
    said = []
    for _ in range(6):
        await post.looked("gone")
        said += await post.told_within(20 * MINUTE)
        await post.looked()
        said += await post.told_within(20 * MINUTE)
    assert said == ["A source cannot be read: news."]


async def test_a_silent_source_is_told_after_as_many_hours_as_the_setting_says(post: Post) -> None:
    await post.looked()
    assert await post.told_within(timedelta(hours=23, minutes=59)) == []
    [said] = await post.told_within(MINUTE)
    assert said.startswith("No new article. Nothing in the source news is new or changed for 24 hours.")
    await post.looked()  # a look that finds nothing new changes nothing
    assert await post.told_within(timedelta(hours=2)) == []
    await post.read()
    said_again = await post.told_within(FINE_FOR + 20 * MINUTE)
    assert said_again == ["It is fine again: articles are coming from the source news."]


async def test_silence_can_be_switched_off_and_sources_that_are_not_watched_are_no_alarm(
    post: Post, clock: Clock
) -> None:
    await post.looked()
    clock.forward(days=30)
    async with post.storage.read() as work:
        troubles = await work.alarms.troubles(clock())
    assert [alarm.cause for alarm in alarms_of(troubles, ["news"], clock(), quiet_hours=24)] == ["quiet"]
    assert alarms_of(troubles, ["news"], clock(), quiet_hours=0) == []
    assert alarms_of(troubles, ["other"], clock(), quiet_hours=24) == []


async def test_a_dead_token_is_told_on_the_other_platforms_until_it_is_mended(
    post: Post, storage: Database, clock: Clock
) -> None:
    class Telegram(Stage):
        platform = Platform.TELEGRAM

    dead = Telegram()
    dead.fault = TokenDead("Telegram refuses the token.")
    delivery = Delivery(storage, dead, owner="w", clock=clock)
    await delivery._round()
    assert await post.told(OTHER) == ["Nothing can be sent over telegram."]
    assert await post.told(ADMIN) == []
    await Delivery(storage, Telegram(), owner="v", clock=clock)._round()
    clock.forward(minutes=1)
    assert await post.told(OTHER) == []
    clock.forward(hours=1)
    assert await post.told(OTHER) == ["It is fine again: the token for telegram is accepted."]


async def test_a_token_refused_while_sending_is_noted_with_the_outcome(
    post: Post, storage: Database, clock: Clock
) -> None:
    await readers(storage, clock, 1)
    await alert(storage, clock, 1)
    stage = Stage()
    stage.script["r0"] = [TokenDead("refused")]
    async with working(storage, stage, clock) as delivery:
        while delivery.fault is None:
            await post.looked()
    async with storage.read() as work:
        assert (await work.alarms.troubles(clock())).dead_tokens == {Platform.WEB: "refused"}


async def test_chats_that_close_in_numbers_are_told_and_a_few_are_not(
    post: Post, storage: Database, clock: Clock
) -> None:
    people = await readers(storage, clock, 54)
    async with storage.write() as work:
        for person in people[:10]:
            await work.destinations.park(person.id, "blocked by the user", clock())
    assert await post.told() == []
    async with storage.write() as work:
        await work.destinations.park(people[10].id, "chat not found", clock())
    assert await post.told() == []  # more than ten, for two reasons
    async with storage.write() as work:
        await work.destinations.park(people[11].id, "blocked by the user", clock())
    [said] = await post.told()
    assert said == (
        "Many chats were closed to the bot: 11 within an hour, with the same reason "
        "(web: the bot was blocked there)."
    )
    assert await post.told_within(timedelta(hours=2, minutes=20)) == [
        "It is fine again: no more chats are being closed in numbers (web: the bot was blocked there)."
    ]


async def test_lost_messages_are_told(post: Post, storage: Database, clock: Clock) -> None:
    await readers(storage, clock, 2)
    await alert(storage, clock, 1)
    stage = Stage()
    stage.script = {f"r{number}": [Rejected("no"), Rejected("no")] for number in range(2)}
    delivery = Delivery(storage, stage, owner="w", clock=clock)
    for _ in range(20):
        await delivery._round()
        clock.forward(seconds=1)
        async with storage.read() as work:
            if (await work.deliveries.queue()).get(State.REJECTED) == 2:
                break
    [said] = await post.told()
    assert said.startswith("2 messages were refused by web within the last hour.")


# ---------------------------------------------------------------- the pure part


@pytest.mark.parametrize(("parked", "chats", "raised"), [(10, 20, 0), (11, 20, 1), (11, 55, 0), (11, 54, 1)])
def test_many_is_more_than_ten_and_more_than_a_fifth(clock: Clock, parked: int, chats: int, raised: int) -> None:
    troubles = Troubles(
        sources=(),
        dead_tokens={},
        parked={(Platform.TELEGRAM, "blocked"): parked},
        destinations={Platform.TELEGRAM: chats},
        lost={},
    )
    assert len(alarms_of(troubles, [], clock(), quiet_hours=24)) == raised


def test_a_source_that_cannot_be_read_is_not_called_silent_as_well(clock: Clock) -> None:
    long_ago = clock() - timedelta(days=9)
    source = SourceState("news", 1, 0, long_ago, long_ago, "gone")
    found = alarms_of(Troubles((source,), {}, {}, {}, {}), ["news"], clock(), quiet_hours=24)
    assert found == [Alarm("source", "news", {"reason": "other"}, "gone")]


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_has_its_two_sentences(cause: str) -> None:
    english = texts("en")
    assert english.plain(f"alarm-{cause}", name="news", reason="why", closed="why", count=2, hours=24)
    assert "fine again" in english.plain(f"alarm-{cause}-over", name="news", closed="why")


@pytest.mark.parametrize("storage", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("The folder news of source news cannot be read: No such file or directory.", "Su carpeta no está."),
        ("The folder news of source news cannot be read: Permission denied.", "No puedo leer su carpeta."),
        ("The folder news of source news cannot be read: Input/output error.", "Los detalles están en el registro"),
    ],
)
async def test_the_reason_is_in_the_language_of_the_admin(
    post: Post, storage: Database, clock: Clock, fault: str, told: str
) -> None:
    await post.looked()
    await post.looked(fault)
    people = await readers(storage, clock, 20)
    async with storage.write() as work:
        for person in people:
            await work.destinations.park(person.id, "blocked by the user", clock())
    assert len(await post.told()) == 2
    async with storage.read() as work:
        admin = await work.destinations.get(ADMIN)
        assert admin
        found = await work.deliveries.of(admin.id, 10)
    said = [plain(content_of(r.kind, r.payload, texts("es")).text) for r in found if r.payload]  # type: ignore[union-attr]
    assert all("folder" not in text and "blocked" not in text for text in said)
    assert sum(told in text for text in said) == 1
    assert sum("(web: allí bloquearon al bot)" in text for text in said) == 1
