"""What tests of the Telegram adapter share: a small chat, the real messenger, sleep that only notes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.telegram.messenger import TelegramMessenger
from bot.delivery import Delivery
from bot.messages import Answer, Button, MenuEntry, Notice, Request, Span
from bot.model import Address, Platform
from bot.ports import Chat
from storage.database import Database
from tests.bot.talk import Talk, conversation_of, talk_of
from tests.conftest import Clock
from tests.emulators.telegram import TOKEN, TelegramEmulator

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANN, BEN, GROUP, FORUM = 7, 8, -200, -100300
ANNS_CHAT = Address(Platform.TELEGRAM, str(ANN))


def notice(text: str, *actions: str) -> Notice:
    """A sentence with a button for each action, labelled like it."""
    return Notice((Span(text),), keyboard=(tuple(Button(action, action) for action in actions),))


class Script:
    """A ports.Chat that repeats what it hears, but for what a test wants said, raised or waited for."""

    def __init__(self) -> None:
        self.heard: list[Request] = []
        self.says: dict[str, Answer | Exception] = {}
        self.waits: dict[str, asyncio.Event] = {}
        self.doors: list[tuple[str, str]] = []
        self.entries = [MenuEntry("start", "Begin"), MenuEntry("topics", "What there is")]

    async def answer(self, request: Request) -> Answer:
        self.heard.append(request)
        words = request.text if request.text is not None else request.press or ""
        if words in self.waits:
            await self.waits[words].wait()
        said = self.says.get(words, Answer((notice(f"You said: {words}"),)))
        if isinstance(said, Exception):
            raise said
        return said

    async def language(self, request: Request) -> str:
        return request.locale

    async def menu(self, _locale: str, *, admin: bool = False) -> list[MenuEntry]:
        return [entry for entry in self.entries if admin or not entry.admin]

    async def complete(self, command: str, text: str, _locale: str) -> list[str]:
        return [f"{text} of {command}"]

    async def unreachable(self, address: Address, reason: str) -> None:
        self.doors.append((str(address), reason))

    async def reachable(self, address: Address) -> None:
        self.doors.append((str(address), "open"))

    async def moved(self, address: Address, to: Address) -> None:
        self.doors.append((str(address), f"moved to {to}"))


class Naps:
    """Sleep that only notes how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


def messenger_of(
    telegram: TelegramEmulator,
    token: str = TOKEN,
    naps: Naps | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
    monotonic: Callable[[], float] = time.monotonic,
) -> TelegramMessenger:
    return TelegramMessenger(token, api_url=telegram.root, clock=clock, sleep=naps or Naps(), monotonic=monotonic)


@asynccontextmanager
async def conversing(
    telegram: TelegramEmulator,
    chat: Chat,
    naps: Naps,
    clock: Callable[[], datetime] = lambda: NOW,
    monotonic: Callable[[], float] = time.monotonic,
) -> AsyncIterator[TelegramMessenger]:
    """The messenger, started and stopped."""
    messenger = messenger_of(telegram, naps=naps, clock=clock, monotonic=monotonic)
    await messenger.start(chat)
    try:
        yield messenger
    finally:
        await messenger.stop()


@dataclass
class Line:
    """The whole way: real commands, storage, queue and library. Whoever sleeps there lets the time pass for all."""

    telegram: TelegramEmulator
    messenger: TelegramMessenger
    talk: Talk
    delivery: Delivery
    clock: Clock


@asynccontextmanager
async def line(storage: Database) -> AsyncIterator[Line]:
    """A line to the bot, which is conversing; Ann created the group, and Ben is in it."""
    clock = Clock(NOW)

    async def sleep(seconds: float) -> None:
        clock.forward(seconds=seconds)
        await asyncio.sleep(0)

    def seconds() -> float:
        return clock.now.timestamp()

    async with TelegramEmulator(clock=clock) as telegram:
        messenger = TelegramMessenger(TOKEN, api_url=telegram.root, clock=clock, sleep=sleep, monotonic=seconds)
        talk = await talk_of(storage, clock)
        talk.conversation = conversation_of(storage, clock, messengers=(messenger,))
        delivery = Delivery(storage, messenger, owner="test", clock=clock)
        messenger.on_reply = delivery.replied
        telegram.add_chat(GROUP, title="The desk").members.update({ANN: "creator", BEN: "member"})
        await messenger.start(talk.conversation)
        yield Line(telegram, messenger, talk, delivery, clock)
        await messenger.stop()
