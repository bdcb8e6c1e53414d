"""The order of answers: one chat's updates one after another, different chats side by side."""

from __future__ import annotations

from asyncio import Lock, Task, current_task, wait
from collections.abc import Awaitable
from inspect import iscoroutine
from typing import Any
from weakref import WeakValueDictionary

from structlog import get_logger
from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 4096  # updates in hand; far above MOST_WAITING, so that no single chat can use them up
MOST_WAITING = 20  # updates of one chat in hand; whoever sends faster than they are answered loses the rest
GIVE_UP_WITHIN = 0.5  # seconds

_log = get_logger(__name__)


class OrderByChat(BaseUpdateProcessor):
    """PTB's own concurrency loses the order within a chat; without it a slow chat holds up all others."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._locks: WeakValueDictionary[int, Lock] = WeakValueDictionary()
        self._waiting: dict[int, int] = {}
        self._tasks: set[Task[Any]] = set()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Give up what is still in hand."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await wait(tasks, timeout=GIVE_UP_WITHIN)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine` when the earlier updates of its chat are done."""
        chat = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else 0
        waiting = self._waiting.get(chat, 0)
        if waiting >= MOST_WAITING:
            _log.warning("telegram_chat_floods", chat=chat, waiting=waiting)
            if iscoroutine(coroutine):
                coroutine.close()
            return
        self._waiting[chat] = waiting + 1
        task = current_task()
        if task:
            self._tasks.add(task)
        try:
            async with self._locks.setdefault(chat, Lock()):
                await coroutine
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat]
            if task:
                self._tasks.discard(task)
