"""What is said in web chats, kept in storage and shown live to whoever watches."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from bot.ports import Line, Storage

PER_CHAT = 5  # streams; a browser opens six connections to a host and needs one to talk
IN_TOTAL = 500
CATCH_UP = 500  # messages a stream that comes back is given: all that storage keeps of a chat
LOOK_SECONDS = 15  # streams look by themselves this often: another process may have written
CHANGES_KEPT = 200  # changes remembered for streams that were away


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that is new to the stream."""

    line: Line


@dataclass(frozen=True, slots=True)
class Changed:
    """A message that was shown before and reads differently now."""

    line: Line


@dataclass(frozen=True, slots=True)
class Removed:
    """A message that was shown before and is taken away."""

    line_id: int


@dataclass(frozen=True, slots=True)
class Emptied:
    """The chat was forgotten: what is on the page no longer exists."""


Event = Shown | Changed | Removed | Emptied


@dataclass(eq=False, slots=True)
class _Watcher:
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    news: deque[Event] = field(default_factory=lambda: deque(maxlen=CHANGES_KEPT))


class Transcript:
    """Appends to chats and wakes their streams. Message ids are those of storage."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._clock = clock
        self._watchers: defaultdict[str, set[_Watcher]] = defaultdict(set)
        self._open = 0
        self._changes: deque[tuple[str, Changed | Removed]] = deque(maxlen=CHANGES_KEPT)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._closed = False

    async def add(self, chat: str, author: str, body: Mapping[str, Any], *, nonce: str = "") -> int:
        """Append a message and show it; the same nonce is stored once. Raises StorageError."""
        # One writer a chat: where transactions run side by side, a later id could become visible before an
        # earlier one, and a stream that has passed the later one would never show the other.
        lock = self._locks.setdefault(chat, asyncio.Lock())
        async with lock, self._storage.write() as work:
            line_id = await work.transcripts.add(chat, author, body, self._clock(), nonce=nonce)
        self._tell(chat, None)
        return line_id

    async def change(self, chat: str, line: Line, body: Mapping[str, Any]) -> None:
        """Give a message another content, in place."""
        async with self._storage.write() as work:
            await work.transcripts.change(chat, line.id, body)
        self._note(chat, Changed(Line(line.id, line.author, dict(body), line.at)))

    async def remove(self, chat: str, line_id: int) -> bool:
        """Take a message away. Whether it was there. Raises StorageError."""
        async with self._storage.write() as work:
            there = await work.transcripts.remove(chat, line_id)
        if there:
            self._note(chat, Removed(line_id))
        return there

    async def get(self, chat: str, line_id: int) -> Line | None:
        async with self._storage.read() as work:
            lines = await work.transcripts.since(chat, line_id - 1, limit=CATCH_UP)
        return next((line for line in lines if line.id == line_id), None)

    async def recent(self, chat: str, limit: int) -> list[Line]:
        """The newest messages, oldest first."""
        async with self._storage.read() as work:
            return await work.transcripts.since(chat, 0, limit=limit)

    def emptied(self, chat: str) -> None:
        """Tell the open pages of a chat that it was forgotten."""
        self._changes = deque((c for c in self._changes if c[0] != chat), maxlen=CHANGES_KEPT)
        self._tell(chat, Emptied())

    # ------------------------------------------------------------ streams

    def has_room(self, chat: str) -> bool:
        """Whether one more stream may open."""
        watching = len(self._watchers[chat]) if chat in self._watchers else 0
        return not self._closed and watching < PER_CHAT and self._open < IN_TOTAL

    async def watch(self, chat: str, after: int) -> AsyncIterator[Event]:
        """What happens in a chat after message `after`; ends when `close` is called, at once without room."""
        if not self.has_room(chat):
            return
        with self._watcher(chat) as watcher:
            watcher.news.extend(change for where, change in self._changes if where == chat)
            newest = await self.recent(chat, 1)
            if after > (newest[0].id if newest else 0):  # forgotten meanwhile; ids may begin anew
                yield Emptied()
            while not self._closed:
                watcher.wake.clear()
                async with self._storage.read() as work:
                    lines = await work.transcripts.since(chat, after, limit=CATCH_UP)
                for line in lines:
                    after = line.id
                    yield Shown(line)
                while watcher.news:
                    yield watcher.news.popleft()
                try:
                    async with asyncio.timeout(LOOK_SECONDS):
                        await watcher.wake.wait()
                except TimeoutError:
                    continue

    def close(self) -> None:
        """End every stream, also those that are about to begin."""
        self._closed = True
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.wake.set()

    @contextmanager
    def _watcher(self, chat: str) -> Iterator[_Watcher]:
        watcher = _Watcher()
        self._watchers[chat].add(watcher)
        self._open += 1
        try:
            yield watcher
        finally:
            self._open -= 1
            self._watchers[chat].discard(watcher)
            if not self._watchers[chat]:
                del self._watchers[chat]

    def _note(self, chat: str, change: Changed | Removed) -> None:
        self._changes.append((chat, change))
        self._tell(chat, change)

    def _tell(self, chat: str, event: Event | None) -> None:
        for watcher in self._watchers.get(chat, ()):
            if event is not None:
                watcher.news.append(event)
            watcher.wake.set()
