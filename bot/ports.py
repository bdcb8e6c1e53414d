"""What the use cases need of the outside, and what the outside may call: protocols, nothing else.

Storage is used through units of work: `async with storage.write() as work:` commits on a clean exit and rolls
back otherwise; `storage.read()` never writes. Every method takes `now` where time matters.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.matching import Criteria, Reader
from bot.messages import Answer, Content, MenuEntry, Request
from bot.model import (
    Address,
    Article,
    Batch,
    Destination,
    FileRead,
    FileStamp,
    Kind,
    Platform,
    State,
    StoredArticle,
    Subscription,
    Topic,
)
from bot.stories import Account
from bot.topics import Catalogue

# ---------------------------------------------------------------- the outside world


class Chat(Protocol):
    """The use cases behind a conversation, handed to every platform by bootstrap."""

    async def answer(self, request: Request) -> Answer:
        """Answer a command, free text or a pressed button. Never raises for what a person can type."""

    async def menu(self, locale: str) -> list[MenuEntry]:
        """The public commands, in the order in which a menu shows them."""

    async def unreachable(self, address: Address, reason: str) -> None:
        """The platform says that the chat was closed to us (blocked, removed): park it."""

    async def reachable(self, address: Address) -> None:
        """The platform says that the chat is open again: wake it."""


class Messenger(Protocol):
    """A chat platform: it converses on its own and sends what is owed."""

    platform: Platform
    rate: float  # messages a second for the token

    async def start(self, chat: Chat) -> None:
        """Connect and begin to converse; returns when ready. Raises TokenDead where the token is refused."""

    async def stop(self) -> None:
        """Stop conversing and close connections; what is being answered is finished."""

    async def send(
        self, address: Address, content: Content, *, locale: str, nonce: str, now: datetime
    ) -> str:
        """Send one message and return the platform's id of it. Raises a DeliveryError.

        `nonce` is the same for every try of one delivery: a platform that knows it does not repeat.
        """

    async def send_plain(self, address: Address, content: Content, *, locale: str, now: datetime) -> str:
        """The last resort after Rejected: the same content as bare text without picture or markup."""

    async def reachable(self) -> bool:
        """Is the platform there at all? Asked after an ambiguous answer."""

    def spacing(self, address: Address) -> float:
        """Seconds to leave between two messages to this chat."""


class ArticleSource(Protocol):
    """Where articles come from. The snapshot advances only by `commit`, after the batch was stored."""

    name: str

    def known(self, stamps: Mapping[str, FileStamp]) -> None:
        """What was stored of this source, given once at the start."""

    async def scan(self) -> Batch | None:
        """What changed since the last committed batch; None = nothing. Raises SourceUnavailable."""

    def commit(self, batch: Batch) -> None:
        """The batch is stored: do not report it again."""

    def changes(self) -> AsyncIterator[None]:
        """Wakes whenever a scan is worth while at once."""


# ---------------------------------------------------------------- records between use cases and storage


@dataclass(frozen=True, slots=True)
class Founder:
    """A story as a candidate: its founding article's account and its strength."""

    story_id: int
    account: Account
    quality: int | None


@dataclass(frozen=True, slots=True)
class Save:
    """One article to store: its content and what the ingest decided about it."""

    article: Article
    id: int | None  # None = new
    story_id: int | None  # None = founds its own, unless `counts` is false: then it has none yet
    counts: bool  # this version counts for "best quality before"
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Why nobody, or who, of the readers whose bar an article newly clears."""

    owed: int = 0  # new deliveries
    cleared: int = 0  # readers whose bar it newly clears, told or not
    told: int = 0  # of them: had been told the story
    paused: int = 0
    muted: int = 0
    lowest_bar: int | None = None  # the lowest alert bar on its topics, cleared or not


@dataclass(frozen=True, slots=True)
class Owed:
    """One claimed delivery, with all that is needed to send it."""

    id: int
    destination: Destination
    kind: Kind
    payload_id: int
    story_id: int | None
    attempts: int  # sends already tried with an ambiguous answer
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed delivery. PENDING = again later, not before `not_before`."""

    delivery_id: int
    destination_id: int
    state: State
    not_before: datetime  # earliest next message to this destination
    message_id: str = ""
    reason: str = ""
    attempts: int = 0
    parks: bool = False  # the whole destination, with `reason`
    moved_to: Address | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Leased deliveries, each with the moment at which the token's clock lets it go."""

    owed: tuple[Owed, ...]
    slots: tuple[datetime, ...]
    next_due: datetime | None  # when something else becomes due, if known


# ---------------------------------------------------------------- storage


class Storage(Protocol):
    def write(self) -> AbstractAsyncContextManager[Work]:
        """One transaction that may write. Raises StorageError where the database cannot serve."""

    def read(self) -> AbstractAsyncContextManager[Work]:
        """One consistent look that writes nothing."""

    async def migrate(self) -> None: ...

    async def close(self) -> None: ...


class Work(Protocol):
    """One unit of work: the tables by entity."""

    @property
    def topics(self) -> Topics: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def articles(self) -> Articles: ...
    @property
    def destinations(self) -> Destinations: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def told(self) -> Told: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def transcripts(self) -> Transcripts: ...


class Topics(Protocol):
    async def catalogue(self) -> Catalogue: ...

    async def put(self, topics: Iterable[Topic], *, from_file: bool) -> None:
        """Add or update; a topic seen in an article never overwrites one from a file."""


class Sources(Protocol):
    async def stamps(self, source: str) -> dict[str, FileStamp]: ...

    async def baselined(self, source: str) -> bool: ...

    async def looked(self, source: str, now: datetime, *, fault: str = "", baselined: bool = False) -> None:
        """Note a look at a source: when, and what was wrong with it."""

    async def put_files(
        self, source: str, read: Sequence[FileRead], gone: Sequence[str], now: datetime
    ) -> None: ...

    async def report(self) -> list[dict[str, Any]]:
        """Per source: name, files, refused, looked_at, fault, and the refused files with their reasons."""


class Articles(Protocol):
    async def get(self, article_id: int) -> StoredArticle | None: ...

    async def at_paths(self, source: str, paths: Sequence[str]) -> dict[str, StoredArticle]: ...

    async def moved_from(
        self, source: str, base_name: str, address: str, title_key: str
    ) -> StoredArticle | None:
        """The vanished article of the same base name with the same address or title."""

    async def waiting(self, now: datetime) -> list[StoredArticle]:
        """Articles whose date has come."""

    async def put(self, saves: Sequence[Save], now: datetime) -> list[StoredArticle]: ...

    async def vanish(self, source: str, paths: Sequence[str], now: datetime) -> None: ...

    async def founders(
        self, since: datetime, addresses: Sequence[str], title_keys: Sequence[str]
    ) -> list[Founder]:
        """Stories that could be joined: founded since then, or of an equal address or title."""

    async def of_story(self, story_id: int) -> list[StoredArticle]: ...

    async def best(
        self, topic_ids: Sequence[int], *, since: datetime, bar: int, limit: int, by_date: bool = False
    ) -> list[StoredArticle]:
        """The strongest sendable article of each story on these topics, best (or newest) first."""

    async def find(self, text: str) -> list[StoredArticle]:
        """Articles by link (canonical address), path, or title (exact, then containing), newest first."""

    async def volume(self, topic_ids: Sequence[int], since: datetime) -> int:
        """How many articles on these topics were first seen since then."""


class Destinations(Protocol):
    async def get(self, address: Address) -> Destination | None: ...

    async def ensure(
        self, address: Address, *, title: str, locale: str, timezone: str, now: datetime
    ) -> Destination:
        """The destination of an address, made where it is not there yet."""

    async def all(self) -> list[Destination]: ...

    async def pause(self, destination_id: int, until: datetime, now: datetime) -> int:
        """Owe nothing until then; what was queued is cancelled and its pairs given back. Returns how many."""

    async def resume(self, destination_id: int) -> None: ...

    async def park(self, destination_id: int, reason: str) -> None: ...

    async def wake(self, destination_id: int) -> None: ...

    async def move(self, destination_id: int, to: Address) -> None: ...

    async def mute(self, destination_id: int, story_id: int, now: datetime) -> None: ...

    async def unmute(self, destination_id: int, story_id: int) -> None: ...

    async def forget(self, destination_id: int) -> None:
        """Delete the destination and every row that speaks of it."""

    async def record(self, destination_id: int) -> dict[str, Any]:
        """Everything stored about a destination, as plain JSON values, for /export."""


class Subscriptions(Protocol):
    async def of(self, destination_id: int) -> list[Subscription]: ...

    async def put(self, subscription: Subscription, now: datetime) -> None: ...

    async def remove(self, destination_id: int, topic_ids: Sequence[int]) -> int: ...


class Told(Protocol):
    async def tell(self, destination_id: int, stories: Mapping[int, int], now: datetime) -> None:
        """Stories (id -> the article shown) that a reply shows: the destination knows them from now on."""

    async def when(self, destination_id: int, story_id: int) -> tuple[datetime, int] | None:
        """When the destination was told the story, and by which article."""

    async def reader(self, destination: Destination, story_id: int | None, now: datetime) -> Reader:
        """What matching needs to know about one destination and one story."""

    async def last(self, destination_id: int) -> datetime | None:
        """When the last alert was sent there."""


class Deliveries(Protocol):
    async def owe(self, criteria: Criteria, payload: Mapping[str, Any], now: datetime) -> int:
        """Write the payload and a fan-out, and run its first range. Returns the fan-out's id."""

    async def fan_out(self, now: datetime, *, guard: int, limit: int) -> Mapping[int, int]:
        """Run the next range of every open fan-out: fan-out id -> deliveries written."""

    async def audience(self, criteria: Criteria, now: datetime) -> Audience: ...

    async def fold(self, now: datetime) -> int:
        """Make the digests of the flood guard whose hour is over; returns how many messages."""

    async def expire(self, now: datetime, *, older_than: datetime) -> int: ...

    async def settle_and_claim(
        self,
        platform: Platform,
        owner: str,
        outcomes: Sequence[Outcome],
        *,
        limit: int,
        lease: float,
        now: datetime,
    ) -> Claim:
        """Acknowledge a batch and lease the next in one transaction; `lease` in seconds."""

    async def payload(self, payload_id: int) -> dict[str, Any] | None: ...

    async def queue(self) -> dict[str, int]:
        """How many deliveries are in each state."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message in a web chat. `author` is "you" or "bot"; `body` is what the page needs to draw it."""

    id: int
    author: str
    body: dict[str, Any]
    at: datetime


class Transcripts(Protocol):
    """The web platform's own memory of its chats."""

    async def add(
        self, chat: str, author: str, body: Mapping[str, Any], now: datetime, *, nonce: str = ""
    ) -> int:
        """Append a message; the same nonce is stored once. Returns its id."""

    async def change(self, chat: str, line_id: int, body: Mapping[str, Any]) -> None: ...

    async def since(self, chat: str, line_id: int, limit: int = 200) -> list[Line]:
        """The newest `limit` messages after `line_id`, oldest first."""
