"""One request being answered, and the definitions that say who answers it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Answer, Button, Card, Keyboard, Notice, Request, Text
from bot.model import Address, Destination, Subscription
from bot.ports import Messenger, Storage, Work
from bot.texts import Texts, Value, texts

_NUMBER = re.compile(r"[0-9]{1,15}")  # every id and bar of ours fits; nothing longer reaches the database


class Sorry(Exception):  # noqa: N818 - it ends a turn politely, it is not a fault
    """Ends a turn with one sentence; the unit of work it leaves is rolled back."""

    def __init__(self, key: str, /, **values: Value) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Defaults:
    """The operator's choices that answers depend on (settings of the same names)."""

    quality: int
    timezone: str
    locale: str
    fresh_hours: float
    published_only: bool
    demo: bool = False
    invited_only: bool = False
    digest_minute: int = 480  # of the day
    admins: frozenset[tuple[str, str]] = frozenset()  # pairs of platform and id there, "*" for everybody


Abilities = Callable[[Address], Awaitable[Sequence[str]]]
"""What the bot lacks in a chat: keys of permissions, `missing-<key>` in the catalogue. Raises a DeliveryError."""


Looker = Callable[[str], Awaitable[str]]
"""What is wrong with the picture at an address, as in `broadcast-picture-<fault>`; "" where it is fine."""


async def unlooked(_url: str) -> str:
    """For where nothing outside may be asked."""
    return ""


async def unlimited(_address: Address) -> Sequence[str]:
    """For platforms on which nothing can be lacking."""
    return ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What a handler is given. `destination` is None for a chat of which nothing is stored yet.

    `locale` is that of the answer.
    """

    request: Request
    storage: Storage
    defaults: Defaults
    locale: str
    now: datetime
    commands: tuple[Command, ...]  # those this person may know of
    destination: Destination | None = None
    abilities: Abilities = unlimited
    messengers: Sequence[Messenger] = ()
    look: Looker = unlooked

    @property
    def texts(self) -> Texts:
        return texts(self.locale)

    @property
    def operates(self) -> bool:
        """Whether this person is one of the operators."""
        return any(command.admin for command in self.commands)

    @property
    def shown_there(self) -> bool:
        """Whether the chat that is spoken of reads the answer, and not only whoever asked in it or about it."""
        return not self.request.elsewhere and self.request.reader is None

    def say(self, key: str, /, **values: Value) -> Text:
        return self.texts.text(key, **values)

    def button(self, key: str, action: str, /, **values: Value) -> Button:
        return Button(self.texts.plain(key, **values), action)

    async def ensure(self, work: Work) -> Destination:
        """The destination of this chat, for when something must be remembered."""
        return await work.destinations.ensure(
            self.request.address,
            title=self.request.title,
            locale=self.locale,
            timezone=self.defaults.timezone,
            now=self.now,
        )

    async def subscriptions(self, work: Work) -> dict[int, Subscription]:
        """What this chat subscribes to, by topic id."""
        if self.destination is None:
            return {}
        return {s.topic_id: s for s in await work.subscriptions.of(self.destination.id)}

    async def remember_shown(self, work: Work, cards: tuple[Card, ...], destination: Destination | None) -> None:
        """Stories that a reply shows are told from now on; a chat of which nothing is stored stays so."""
        if destination is not None and self.shown_there:
            await work.told.tell(destination.id, {c.story_id: c.article_id for c in cards}, self.now)


Handler = Callable[[Turn, str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Command:
    """One chat command; menus, help and dispatch all come from this definition.

    `arguments`, `summary` and `details` are keys of the catalogue ("" = none). `changes`: only those who may
    change what the chat receives. `admin`: to everybody else the command does not exist. `rooms`: of use there
    too, and in their menus. `completes`: its arguments begin with topics, which a platform may offer. `on_message`:
    its name in the menu of a message, a key as well.
    """

    name: str
    handler: Handler
    arguments: str
    summary: str
    changes: bool = False
    admin: bool = False
    details: str = ""
    rooms: bool = True
    completes: bool = False
    on_message: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does: the word before the first colon of its action; the rest goes to the handler.

    `admin`: for everybody else there is no such button.
    """

    verb: str
    handler: Handler
    changes: bool = False
    admin: bool = False


def numbers(argument: str, least: int, most: int | None = None) -> list[int | None]:
    """The numbers of a button's action ("12::70"); an empty place is None. Raises Sorry for anything else."""
    parts = argument.split(":")
    if not least <= len(parts) <= (most or least):
        raise Sorry("stale-button")
    if not all(part == "" or _NUMBER.fullmatch(part) for part in parts) or not parts[0]:
        raise Sorry("stale-button")
    found = [int(part) if part else None for part in parts]
    return found + [None] * ((most or least) - len(found))


def reply(
    text: Text,
    *,
    items: tuple[Card, ...] = (),
    closing: Text = (),
    keyboard: Keyboard = (),
    replaces: bool = False,
    toast: str = "",
) -> Answer:
    """An answer of one notice."""
    return Answer((Notice(text, items, closing, keyboard),), replaces=replaces, toast=toast)
