"""`/export` names and `/forget` deletes every row about a chat, in every table, also in one made tomorrow."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.matching import Criteria, Window
from bot.messages import Mention, Payload
from bot.model import Address, Admission, Kind, Platform
from bot.ports import Parcel
from storage.columns import Instant
from storage.database import Database
from storage.tables import deliveries, destinations, metadata, told
from tests.conftest import Clock
from tests.storage.queue import alert, readers

ANNA = Address(Platform.WEB, "anna-of-the-test")
BERT = Address(Platform.WEB, "bert-of-the-test")

NOT_ABOUT_A_CHAT = {
    "fanouts.destination_id": "how far the fan-out has come: a cursor",
}

IN_THE_EXPORT = {
    "access": "access",
    "deliveries": "deliveries",
    "follows": "follows",
    "managers": "managers",
    "mutes": "muted",
    "subscriptions": "subscriptions",
    "told": "told",
    "transcripts": "transcript",
}
"""Table -> where its rows are in the export."""


def about_a_chat() -> dict[str, sa.Column[Any]]:
    """Table -> the column that says which chat a row is about."""
    found = {}
    for table in metadata.sorted_tables:
        for name in ("destination_id", "chat"):
            if name in table.c and f"{table.name}.{name}" not in NOT_ABOUT_A_CHAT:
                found[table.name] = table.c[name]
    return found


def fill(connection: Connection, destination_id: int, address: Address) -> None:
    """A row about this chat in every table that can hold one, and the rows these refer to."""
    for table in metadata.sorted_tables:
        if table.name == "destinations" or table.name not in {"topics", *about_a_chat()}:
            continue
        values: dict[str, Any] = {}
        for column in table.columns:
            if column.name == "destination_id":
                values["destination_id"] = destination_id
            elif column.name in {"chat", "platform"}:
                values[column.name] = getattr(address, column.name)
            elif not column.nullable and not (column.primary_key and column.autoincrement is True):
                values[column.name] = value_of(column, destination_id)
        connection.execute(table.insert().values(values))


def value_of(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, Instant):
        return datetime(2026, 11, 27, 12, tzinfo=UTC)
    if isinstance(kind, sa.JSON):
        return []
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, (sa.Integer, sa.Float)):
        return number
    assert isinstance(kind, sa.String), f"{column}: how should a test fill {kind!r}?"
    return {"admission": "allowed", "state": "pending", "kind": "alert", "body": "{}"}.get(
        column.name, f"x{number}"
    )


def rows_about(connection: Connection, destination_id: int, address: Address) -> dict[str, int]:
    """Table -> how many rows are about this chat."""
    found = {}
    for table, column in about_a_chat().items():
        value = destination_id if column.name == "destination_id" else address.chat
        count = sa.select(sa.func.count()).select_from(column.table).where(column == value)
        found[table] = connection.execute(count).scalar_one()
    return found


async def two_chats(storage: Database, clock: Clock) -> tuple[int, int]:
    async with storage.write() as work:
        ids = []
        for address in (ANNA, BERT):
            made = await work.destinations.ensure(address, title="", locale="en", timezone="UTC", now=clock())
            ids.append(made.id)
            await work._connection.run_sync(fill, made.id, address)
    return ids[0], ids[1]


async def test_forgetting_a_chat_leaves_no_row_of_it_in_any_table_and_all_of_another(
    storage: Database, clock: Clock
) -> None:
    anna, bert = await two_chats(storage, clock)
    async with storage.write() as work:
        before = await work._connection.run_sync(rows_about, anna, ANNA)
        assert min(before.values()) == 1, "every table has something to forget"
        others = await work._connection.run_sync(rows_about, bert, BERT)
        await work.destinations.forget(anna)
    async with storage.write() as work:
        assert await work._connection.run_sync(rows_about, anna, ANNA) == dict.fromkeys(before, 0)
        assert await work._connection.run_sync(rows_about, bert, BERT) == others


async def test_the_export_of_a_chat_names_every_table_that_knows_it(storage: Database, clock: Clock) -> None:
    anna, _ = await two_chats(storage, clock)
    assert set(IN_THE_EXPORT) == set(about_a_chat()) - {"destinations"}, (
        "a new table: is it exported and forgotten?"
    )
    async with storage.read() as work:
        record = await work.destinations.record(anna)
    assert {table: len(record[name]) for table, name in IN_THE_EXPORT.items()} == dict.fromkeys(IN_THE_EXPORT, 1)
    assert BERT.chat not in json.dumps(record), "nothing of another chat"


async def test_a_new_table_about_chats_would_turn_this_red() -> None:
    made = sa.Table("diaries", metadata, sa.Column("destination_id", sa.Integer))
    try:
        assert set(IN_THE_EXPORT) != set(about_a_chat()) - {"destinations"}
    finally:
        metadata.remove(made)


async def test_what_admins_decided_stays_while_another_thread_of_the_chat_is_there(
    storage: Database, clock: Clock
) -> None:
    room = Address(Platform.TELEGRAM, "-100123")
    thread = Address(Platform.TELEGRAM, "-100123", "7")
    async with storage.write() as work:
        ids = [
            (await work.destinations.ensure(a, title="", locale="en", timezone="UTC", now=clock())).id
            for a in (room, thread)
        ]
        await work.access.put(room, Admission.ALLOWED, clock())
        await work.destinations.forget(ids[1])
        assert await work.access.of(room) is Admission.ALLOWED
        await work.destinations.move(ids[0], Address(Platform.TELEGRAM, "-100999"))
        assert await work.access.of(room) is None
        assert await work.access.of(Address(Platform.TELEGRAM, "-100999")) is Admission.ALLOWED
        await work.destinations.forget(ids[0])
        assert await work.access.decided(Admission.ALLOWED) == []


# ---------------------------------------------------------------- the two tables without a foreign key to the chats


async def orphans(storage: Database) -> int:
    """Rows of them whose chat is not there."""
    found = 0
    async with storage.reading() as connection:
        for table in (deliveries, told):
            there = sa.exists().where(destinations.c.id == table.c.destination_id)
            found += await connection.scalar(sa.select(sa.func.count()).select_from(table).where(~there)) or 0
    return found


async def written(storage: Database) -> int:
    async with storage.reading() as connection:
        return await connection.scalar(sa.select(sa.func.count()).select_from(deliveries)) or 0


async def forget(storage: Database, destination_id: int, go_on: asyncio.Event | None = None) -> None:
    async with storage.write() as work:
        await work.destinations.forget(destination_id)
        if go_on:
            await go_on.wait()


async def waits(storage: Database, task: asyncio.Task[None]) -> None:
    """Until the task stands before a lock; on SQLite whoever writes second does from the start."""
    while not storage.sqlite and not task.done():
        async with storage.reading() as connection:
            if await connection.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                break
    await asyncio.sleep(0)
    assert not task.done()


async def test_a_chat_that_is_forgotten_while_alerts_are_written_leaves_nothing(
    storage: Database, clock: Clock
) -> None:
    ann, _ = await readers(storage, clock, 2)
    async with storage.write() as work:
        topic = (await work.topics.catalogue()).find("ai")
        assert topic is not None
        await work.deliveries.owe(Criteria(1, 1, (Window(topic.id, topic.id, 0, -1, 80),)), Payload(), clock())
        await work.deliveries.fan_out(clock(), guard=0, limit=100)
        forgetting = asyncio.create_task(forget(storage, ann.id))
        await waits(storage, forgetting)
    await forgetting
    assert await written(storage) == 1, "the other reader is owed it"
    assert await orphans(storage) == 0


async def test_nothing_is_written_for_a_chat_that_is_being_forgotten(storage: Database, clock: Clock) -> None:
    ann, _ = await readers(storage, clock, 2)
    go_on = asyncio.Event()
    forgetting = asyncio.create_task(forget(storage, ann.id, go_on))
    await asyncio.sleep(0)
    alerting = asyncio.create_task(alert(storage, clock, 1))
    await waits(storage, alerting)
    go_on.set()
    await asyncio.gather(forgetting, alerting)
    assert await written(storage) == 1
    assert await orphans(storage) == 0


async def test_what_is_told_to_a_chat_that_is_no_more_is_not_written(storage: Database, clock: Clock) -> None:
    ann, bert = await readers(storage, clock, 2)
    await forget(storage, ann.id)
    async with storage.write() as work:
        for reader in (ann, bert):
            await work.told.tell(reader.id, {3: 5}, clock())
            await work.deliveries.notify(reader.id, Payload(), clock(), subject=1)
        [edition] = await work.digests.store([[Payload(mentions=(Mention(4, 6, 1),))]], clock())
        parcel = Parcel(edition, 7, [(ann.id, None), (bert.id, None)])
        await work.digests.owe([parcel], kind=Kind.DIGEST, now=clock())
        assert await work.told.when(bert.id, 3) == (clock(), 5)
    assert await written(storage) == 2, "a notice and a digest"
    assert await orphans(storage) == 0


def test_only_the_outbox_writes_into_the_tables_without_foreign_keys() -> None:
    """It is there that writing and forgetting wait for each other."""
    modules = (Path(__file__).parents[2] / "storage").glob("*.py")
    writes = re.compile(r"\binsert\([^)]*\b(deliveries|told)\)|\b(deliveries|told)\.insert\(")
    assert {module.stem for module in modules if writes.search(module.read_text())} == {"outbox"}
