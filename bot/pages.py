"""One ordered pass over destinations, a page in a transaction; one that fails costs nobody but itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.errors import StorageError
from bot.model import Destination
from bot.ports import Storage, Work

log = structlog.get_logger(__name__)

FIRST = 20  # so that the first messages leave at once
PAGE = 500

Place = TypeVar("Place")


async def in_pages(
    storage: Storage,
    *,
    begin: Place,
    place: Callable[[Destination], Place],
    take: Callable[[Work, Place, int], Awaitable[list[Destination]]],
    serve: Callable[[Work, list[Destination]], Awaitable[None]],
    written: Callable[[], None],
    most: int = PAGE,
) -> None:
    """Take pages after a place in the order, serve and commit each, and call `written`. Raises StorageError.

    `most` destinations are in a page: nothing can be sent to them, nor any outcome recorded, until it is committed.
    A page that fails is served again one by one; what fails alone is left as it was, for the next pass.
    """
    after, limit, singly = begin, FIRST, 0
    while True:
        page: list[Destination] = []
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
        after, limit, singly = place(page[-1]), most, max(singly - 1, 0)
