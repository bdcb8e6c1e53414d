"""The nouns of the engine: frozen values without behaviour that reaches outside.

Times are aware UTC datetimes. Quality is an open-ended integer (real data: 0 to 240); nothing assumes 0-100.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.preferences import FIRST_LOOK, NO_FILTERS, Filters, Look

ANY = 0
"""The bar that every article clears, rated or not; written `any` in chats."""


# ---------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class Provider:
    """The outlet that published an article. `domain` is a bare host, for example `wsj.com`."""

    name: str
    domain: str = ""


NO_PROVIDER = Provider("")


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    width: int = 0  # pixels, 0 = unknown
    height: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One item of related coverage: what another outlet published around the same news."""

    title: str
    url: str
    provider: Provider
    quality: int | None = None
    published_at: datetime | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One front-matter file as it reads now. Its key is source + path (relative, with forward slashes).

    `published`, `heat` and `quality` are None where the file does not carry the field.
    """

    source: str
    path: str
    title: str
    url: str
    excerpt: str = ""
    kind: str = "article"  # or "video"
    published_at: datetime | None = None
    quality: int | None = None
    heat: int | None = None
    published: bool | None = None
    retracted: bool = False
    deleted: bool = False
    provider: Provider = NO_PROVIDER
    topics: tuple[str, ...] = ()  # names, as the publisher writes them
    images: tuple[Image, ...] = ()
    related: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What a directory listing tells of a file without opening it; unequal stamps mean: read it again."""

    size: int  # bytes
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file that cannot become an article: which one, why, and what its author can do about it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file that was added or changed, and what reading it gave."""

    path: str
    stamp: FileStamp
    content: Article | FileRefused


@dataclass(frozen=True, slots=True)
class Batch:
    """What changed in a source between two moments of rest.

    `baseline` marks the first look at a source, or the look after it was gone: known, not owed.
    """

    source: str
    read: tuple[FileRead, ...] = ()
    gone: tuple[str, ...] = ()  # paths that vanished
    baseline: bool = False


# ---------------------------------------------------------------- topics


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


# ---------------------------------------------------------------- destinations and subscriptions


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


# ---------------------------------------------------------------- deliveries


class Kind(StrEnum):
    ALERT = "alert"
    FOLLOW = "follow"  # news on a story that somebody follows: a new message
    UPDATE = "update"  # a message that was sent before, changed or taken away
    DIGEST = "digest"
    RECAP = "recap"
    BROADCAST = "broadcast"
    NOTICE = "notice"


class Priority(IntEnum):
    """The classes of the queue, most urgent first. Replies skip the queue and have none."""

    NOTICE = 0
    ALERT = 1
    UPDATE = 2
    FOLLOW = UPDATE
    DIGEST = 3
    RECAP = DIGEST
    BROADCAST = 4
    EDIT = 5  # of a card that was sent; an editor's correction is an UPDATE


class State(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    PARKED = "parked"
    REJECTED = "rejected"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


TRIES = 3
"""Sends of one message whose answer was lost, before it is called uncertain."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the database knows it, with what earlier versions taught.

    `best_quality` is the highest quality of any version that counted (None: no version counted yet);
    `ever_topics` are the slugs of all topics it ever had.
    """

    id: int
    article: Article
    story_id: int
    first_seen_at: datetime
    best_quality: int | None = None
    ever_topics: frozenset[str] = field(default_factory=frozenset)
    waits_until: datetime | None = None
    gone: bool = False
    best_outlets: int | None = 0  # of a founding article: the most its story ever had; None: not counted
