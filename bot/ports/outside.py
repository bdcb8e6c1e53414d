"""The outside world as the engine sees it: chat platforms and article sources."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import DeliveryError
from bot.messages import Answer, Content, MenuEntry, Request
from bot.model import (
    Address,
    Batch,
    FileStamp,
    Platform,
)


class Chat(Protocol):
    """The use cases behind a conversation, handed to every platform by bootstrap."""

    async def answer(self, request: Request) -> Answer:
        """Answer a command, free text or a pressed button. Never raises for what a person can type."""

    async def language(self, request: Request) -> str:
        """The locale in which a request would be answered: what was chosen there, else what it tells itself."""

    async def menu(self, locale: str, *, admin: bool = False) -> list[MenuEntry]:
        """The public commands, in the order in which a menu shows them; with `admin` the operators' as well."""

    async def complete(self, command: str, text: str, locale: str) -> list[str]:
        """What the arguments of a command could become while they are typed: at most 25, best first."""

    async def unreachable(self, address: Address, reason: str) -> None:
        """The platform says that the chat was closed to us (blocked, removed): park it, with all its threads."""

    async def reachable(self, address: Address) -> None:
        """The platform says that the chat is open again, or the one thread that is named: wake it."""

    async def moved(self, address: Address, to: Address) -> None:
        """The platform says that the chat continues under another address."""


class Messenger(Protocol):
    """A chat platform: it converses on its own and sends what is owed."""

    platform: Platform
    bot: str  # the platform's id of the bot that the token is of; empty where there is none
    alone: bool  # only one process at a time may converse
    rate: float  # messages a second for the token
    on_reply: Callable[[int], None]  # called with the number of messages sent beside the queue

    @property
    def fault(self) -> DeliveryError | None:
        """Why there is no connection now, as far as is known without asking; None where there is one."""

    async def start(self, chat: Chat) -> None:
        """Connect and begin to converse; returns when ready. Raises TokenDead where the token is refused."""

    async def hush(self) -> None:
        """Stop conversing, because another process does; sending goes on."""

    async def stop(self) -> None:
        """Stop conversing and close connections; what is being answered is finished."""

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime, silent: bool = False
    ) -> str:
        """Send one message and return the platform's id of it. Raises a DeliveryError.

        `nonce` is the same for every try of one delivery: a platform that knows it does not repeat. `silent`: it
        arrives without a sound, where the platform can do that.
        """

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        """The last resort after Rejected: the same content as bare text without picture or markup."""

    async def edit(
        self, address: Address, message_id: str, content: Content, *, locale: str, now: datetime
    ) -> None:
        """Put `content` in the place of a message that `send` gave this id; that it stands there already is fine.

        Raises a DeliveryError: MessageGone where there is no such message (any more).
        """

    async def delete(self, address: Address, message_id: str) -> None:
        """Take a message away. Raises a DeliveryError: MessageGone, or Undeletable where it can only be edited."""

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:
        """The words of a message as they would stand there, within the platform's limits."""

    async def reachable(self) -> bool:
        """Is the platform there at all? Asked after an ambiguous answer."""

    async def identify(self) -> str:
        """As whom we are known there. Raises a DeliveryError where the token is refused or nobody answers."""

    def spacing(self, address: Address) -> float:
        """Seconds to leave between two messages to this chat."""

    async def abilities(self, address: Address) -> list[str]:
        """What we lack there to do our work: keys of permissions, each with a sentence `missing-<key>`.

        Empty where all is well. Raises a DeliveryError where the platform could not be asked.
        """


class Demo(Protocol):
    """What the chat page's demo bar needs."""

    async def publish(self, address: Address, locale: str, *, wanted: bool) -> Answer:
        """Publish a sample that this chat would be told, or one that it would not; says which and why."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample article that is not published yet; `path` is where it will be in its source."""

    path: str
    title: str
    topics: tuple[str, ...]
    quality: int | None


class Samples(Protocol):
    """The sample articles the demo can publish."""

    def later(self) -> list[Sample]:
        """Those not published at the start, in the order in which they are to be used."""

    def publish(self, path: str, now: datetime, quality: int) -> None:
        """Write the sample into the watched folder, dated now, with this quality."""


class ArticleSource(Protocol):
    """Where articles come from. The snapshot advances only by `commit`, after the batch was stored."""

    name: str

    def known(self, stamps: Mapping[str, FileStamp], *, baselined: bool) -> None:
        """What was stored of this source and whether its baseline was ever taken; given once at the start."""

    async def scan(self, paths: Collection[str] | None = None, *, patient: bool = True) -> Batch | None:
        """What changed since the last committed batch (of these paths); None = nothing more.

        `patient` leaves a file that looks half-written for a later scan. Raises SourceUnavailable.
        """

    def commit(self, batch: Batch) -> None:
        """The batch is stored: do not report it again."""

    def changes(self) -> AsyncGenerator[Collection[str], None]:
        """Wakes whenever a scan is worth while at once, with the paths to look at."""
