"""Storage by entity, used through units of work.

`async with storage.write() as work:` commits on a clean exit and rolls back otherwise; `storage.read()` never
writes. Every method takes `now` where time matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from bot.errors import StorageError
from bot.model import (
    Address,
    Article,
    Destination,
    FileRead,
    FileStamp,
    Platform,
    StoredArticle,
    Topic,
)
from bot.ports.access import Access
from bot.ports.archive import Archive
from bot.ports.broadcasts import Broadcasts
from bot.ports.deliveries import Deliveries
from bot.ports.digests import Digests
from bot.ports.figures import Alarms, SourceState
from bot.ports.leases import Leases
from bot.ports.living import Living
from bot.ports.reading import Follows, Subscriptions
from bot.ports.records import Founder, Save
from bot.ports.rooms import Managers
from bot.ports.schedules import Schedules
from bot.ports.told import Told
from bot.ports.transcripts import Transcripts
from bot.preferences import Filters, Look
from bot.topics import Catalogue


class Storage(Protocol):
    fault: StorageError | None  # why the last unit of work that may write came to nothing; None where it did not

    def write(self) -> AbstractAsyncContextManager[Work]:
        """One transaction that may write. Raises StorageError where the database cannot serve."""

    def read(self) -> AbstractAsyncContextManager[Work]:
        """One consistent look that writes nothing."""

    async def revision(self) -> tuple[str | None, str]:
        """The schema's revision that is there (None: none yet) and that of this version. Raises StorageError."""

    def edition(self) -> int | None: ...  # another number once anybody wrote; None where only a server could tell

    async def migrate(self) -> str | None:
        """Bring the schema to this version. Returns the copy made of a SQLite file before it was changed."""

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
    def archive(self) -> Archive: ...
    @property
    def living(self) -> Living: ...
    @property
    def destinations(self) -> Destinations: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def follows(self) -> Follows: ...
    @property
    def access(self) -> Access: ...
    @property
    def managers(self) -> Managers: ...
    @property
    def told(self) -> Told: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def broadcasts(self) -> Broadcasts: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def transcripts(self) -> Transcripts: ...


class Topics(Protocol):
    async def catalogue(self) -> Catalogue: ...

    async def put(self, topics: Iterable[Topic], *, from_file: bool) -> None:
        """Add or update; a topic seen in an article never overwrites one from a file."""


class Sources(Protocol):
    async def stamps(self, source: str) -> dict[str, FileStamp]: ...

    async def baselined(self, source: str) -> bool: ...

    async def looked(self, source: str, now: datetime, *, fault: str = "", baselined: bool | None = None) -> None:
        """Note a look at a source: when, what was wrong, and whether all in it is known (None = as before)."""

    async def put_files(
        self, source: str, read: Sequence[FileRead], gone: Sequence[str], now: datetime
    ) -> None: ...

    async def states(self, *, counted: bool = False) -> tuple[SourceState, ...]:
        """Every source as last looked at; `counted` with the numbers of its files, which reads all of them."""

    async def report(self) -> list[dict[str, Any]]:
        """Per source: name, files, refused, looked_at, fault, and the refused files with their reasons."""


class Articles(Protocol):
    async def get(self, article_id: int) -> StoredArticle | None: ...

    async def at_paths(self, source: str, paths: Sequence[str]) -> dict[str, StoredArticle]: ...

    async def moved_from(self, article: Article, *, taken: Collection[int] = ()) -> StoredArticle | None:
        """The vanished article of the same source and base name with the same address or title."""

    async def waiting(self, now: datetime) -> list[StoredArticle]:
        """Articles whose date has come."""

    async def put(self, saves: Sequence[Save], now: datetime) -> list[StoredArticle]: ...

    async def vanish(self, source: str, paths: Sequence[str], now: datetime) -> None: ...

    async def founders(
        self, periods: Sequence[tuple[datetime, datetime]], addresses: Sequence[str], title_keys: Sequence[str]
    ) -> list[Founder]:
        """Stories that could be joined: founded within these periods, or of an equal address or title."""

    async def replaced(self, article_id: int, now: datetime) -> None:
        """Another article stands at its path now: it is gone, and its path is free."""

    async def withdraw(self, article_id: int) -> None:
        """Its versions so far count for nothing: put right later, it is new then."""

    async def of_story(self, story_id: int) -> list[StoredArticle]: ...

    async def carried(self, story_id: int, outlets: int) -> None:
        """So many independent outlets carry a story now; the most it ever had is what is kept."""

    async def uncounted(self, story_ids: Sequence[int]) -> None:
        """These stories changed, and how many outlets carry them was not counted."""

    async def volumes(self, since: datetime) -> dict[int, int]:
        """How many of the newest articles since then each topic has, by topic id."""

    async def sendable(self, stories: Collection[int]) -> dict[int, list[StoredArticle]]:
        """The articles of these stories that could be sent now, by story; a story without any is left out."""

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

    async def in_chat(self, address: Address) -> list[Destination]:
        """The destination of a chat and those of its threads."""

    async def all(self) -> list[Destination]: ...

    async def count(self) -> dict[Platform, int]: ...

    async def parked(self) -> dict[Address, str]:
        """Those that nothing can be sent to, with the reason."""

    async def speak(self, destination_id: int, locale: str, *, chosen: bool) -> None:
        """The language of a chat from now on; `chosen` by its people, not told by the platform."""

    async def pause(self, destination_id: int, until: datetime, now: datetime) -> int:
        """Owe nothing until then; what was queued is cancelled and its pairs given back. Returns how many."""

    async def resume(self, destination_id: int) -> None: ...

    async def route(self, address: Address) -> str | None:
        """What the platform itself calls this place, where that is another name and was learned."""

    async def put_route(self, address: Address, route: str) -> None:
        """Learn it, for a destination that is there."""

    async def park(self, destination_id: int, reason: str, now: datetime) -> None: ...

    async def wake(self, destination_id: int) -> None: ...

    async def move(self, destination_id: int, to: Address) -> None: ...

    async def mute(self, destination_id: int, story_id: int, now: datetime) -> None: ...

    async def unmute(self, destination_id: int, story_id: int) -> None: ...

    async def look(self, destination_id: int, look: Look) -> None:
        """How messages look and sound there from now on."""

    async def filter(self, destination_id: int, filters: Filters) -> None:
        """What holds stories back on all its subscriptions, made now or later."""

    async def forget(self, destination_id: int) -> None:
        """Delete the destination and every row that speaks of it."""

    async def record(self, destination_id: int) -> dict[str, Any]:
        """Everything stored about a destination, as plain JSON values, for /export."""
