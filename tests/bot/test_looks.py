"""One alert, many chats in one claim: each gets it as it wants to see and hear it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.errors import Rejected
from bot.messages import Alert, Content
from bot.model import Address
from bot.preferences import FIRST_LOOK, Form, Look
from storage.database import Database
from tests.bot.stage import Stage, settled, working
from tests.conftest import Clock
from tests.storage.queue import alert, readers

LOOKS = (FIRST_LOOK, Look(Form.COMPACT), Look(Form.PICTURE, silent=True), Look(silent=True), FIRST_LOOK)


class Gallery(Stage):
    """Records how each chat's alert looked and sounded, and whether the bare text after it made a sound."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, tuple[Form, bool]] = {}
        self.plainly: dict[str, bool] = {}

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        assert isinstance(content, Alert)
        self.seen[address.chat] = (content.form, silent)
        return await super().send(address, content, locale=locale, nonce=nonce, now=now)

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        self.plainly[address.chat] = silent
        return await super().send_plain(address, content, locale=locale, now=now)


@pytest.fixture
async def people(storage: Database, clock: Clock) -> None:
    made = await readers(storage, clock, len(LOOKS))
    async with storage.write() as work:
        for person, look in zip(made, LOOKS, strict=True):
            await work.destinations.look(person.id, look)
    await alert(storage, clock, 1)


@pytest.mark.usefixtures("people")
async def test_each_chat_of_a_claim_gets_the_alert_in_its_own_look(storage: Database, clock: Clock) -> None:
    gallery = Gallery()
    async with working(storage, gallery, clock):
        await settled(storage, clock, sent=len(LOOKS))
    assert gallery.seen == {f"r{number}": (look.form, look.silent) for number, look in enumerate(LOOKS)}


@pytest.mark.usefixtures("people")
async def test_the_bare_text_after_a_refusal_is_as_silent(storage: Database, clock: Clock) -> None:
    gallery = Gallery()
    gallery.script = {f"r{number}": [Rejected("can't parse")] for number in range(len(LOOKS))}
    async with working(storage, gallery, clock):
        await settled(storage, clock, sent=len(LOOKS))
    assert gallery.plainly == {f"r{number}": look.silent for number, look in enumerate(LOOKS)}
