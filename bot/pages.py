"""One ordered pass over chats, a page in a transaction; one that fails costs nobody but itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import structlog

from bot.errors import StorageError
from bot.model import Address
from bot.ports import Storage, Work

log = structlog.get_logger(__name__)

FIRST = 20  # so that the first messages leave at once
PAGE = 1000  # half a tenth of a second of digests

Place = TypeVar("Place")


class Addressed(Protocol):
    """A chat, as much of it as a pass needs."""

    @property
    def address(self) -> Address: ...


Chat = TypeVar("Chat", bound=Addressed)


async def in_pages(
    storage: Storage,
    *,
    begin: Place,
    place: Callable[[Chat], Place],
    take: Callable[[Work, Place, int], Awaitable[list[Chat]]],
    serve: Callable[[Work, list[Chat]], Awaitable[None]],
    written: Callable[[], None],
) -> None:
    """Take pages after a place in the order, serve and commit each, and call `written`. Raises StorageError.

    Nothing can be sent to the chats of a page, nor any outcome of theirs recorded, until it is committed.
    A page that fails is served again one by one; what fails alone is left as it was, for the next pass.
    """
    after, limit, singly = begin, FIRST, 0
    while True:
        page: list[Chat] = []
        try:
            async with storage.write() as work:
                page += await take(work, after, 1 if singly else limit)
                await serve(work, page)
        except StorageError:
            raise
        except Exception:
            if len(page) > 1:
                singly = len(page)
                continue
            if not page:
                raise
            log.exception("destination failed", destination=str(page[0].address))
        if not page:
            return
        written()
        after, limit, singly = place(page[-1]), PAGE, max(singly - 1, 0)
