"""Where messages go, and what people want there: topics, chats and their clocks, subscriptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.preferences import FIRST_LOOK, NO_FILTERS, Filters, Look

ANY = 0
"""The bar that every article clears, rated or not; written `any` in chats."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject people subscribe to. `slug` is the key; `parent` is the slug of the topic above, if any."""

    slug: str
    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()  # with their #
    id: int = 0  # 0 = not stored yet


class Platform(StrEnum):
    TELEGRAM = "telegram"
    DISCORD = "discord"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go: written `telegram:12345`, `telegram:-100123/7` (thread), `web:anna`."""

    platform: Platform
    chat: str
    thread: str | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """The address that is written like this. Raises ValueError."""
        platform, _, rest = text.partition(":")
        chat, _, thread = rest.partition("/")
        if not chat:
            raise ValueError(f"{text!r} names no chat")
        return cls(Platform(platform), chat, thread or None)

    def __str__(self) -> str:
        return f"{self.platform}:{self.chat}" + (f"/{self.thread}" if self.thread else "")


EVERY_DAY = 0b1111111
"""All weekdays as a set of bits: Monday is 1, Tuesday 2, Sunday 64."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a chat wants its digest, by its own clock. `days` is a set of bits, see EVERY_DAY."""

    minute: int  # of the local day, 0 to 1439
    days: int = EVERY_DAY


class QuietMode(StrEnum):
    """What quiet hours do to alerts: keep them for a recap, send them without a sound, let only the best pass."""

    HOLD = "hold"
    SILENCE = "silent"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours by a chat's own clock, from `start` to `end`, which may be on the next day."""

    start: int  # minute of the local day
    end: int
    mode: QuietMode = QuietMode.HOLD
    bar: int = 0  # with BAR: the quality from which alerts come nevertheless


@dataclass(frozen=True, slots=True)
class Destination:
    """A chat and its settings. `paused_until` far in the future means: until resumed.

    `locale` is the chat's language: with `locale_chosen` by /language, else as its platform told.
    `barred`: banned, or not let in where that is needed; nothing is owed then, as in a pause.
    `digest_on` is the last local date that is settled: its digest was written, or the chat was told that there is
    none. `digest_since` is what the last digest covered up to. `quiet_since` and `quiet_until` are the quiet hours
    that run now or come next. `filters` hold for all its subscriptions.
    """

    id: int
    address: Address
    title: str = ""
    locale: str = "en"
    locale_chosen: bool = False
    timezone: str = "UTC"
    paused_until: datetime | None = None
    parked: str | None = None  # the reason nothing can be sent there now
    created_at: datetime | None = None
    barred: bool = False
    digest: Schedule | None = None
    digest_on: date | None = None
    digest_since: datetime | None = None
    digest_due: datetime | None = None  # when the clock looks at it next
    quiet: Quiet | None = None
    quiet_since: datetime | None = None
    quiet_until: datetime | None = None
    look: Look = FIRST_LOOK
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Subscription:
    """destination x topic x two optional bars. A bar is the lowest quality that is told; 0 = any.

    `outlets_from`: a story is told as well, whatever its rating, once so many independent outlets carry it.
    """

    destination_id: int
    topic_id: int
    alert_from: int | None = None
    digest_from: int | None = None
    created_at: datetime | None = field(default=None, compare=False)
    outlets_from: int | None = None
    filters: Filters = NO_FILTERS


class Admission(StrEnum):
    """What an admin decided about a chat."""

    ALLOWED = "allowed"
    BANNED = "banned"
