"""One clock for all hosts: that of the database server."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Float, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection


class ServerClock:
    """Aware UTC now by the database server, followed on this host's monotonic clock between two looks at it.

    `host`, the host's own clock, stands in until the first look. Whatever that one says or does later, two
    processes that look at the same server agree to within the time of a query.
    """

    def __init__(self, host: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._host = host
        self._monotonic = monotonic
        self._seen: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        if self._seen is None:
            return self._host()
        moment, at = self._seen
        return moment + timedelta(seconds=self._monotonic() - at)

    async def read(self, connection: AsyncConnection) -> datetime:
        """What time it is there now, also in the middle of a transaction."""
        epoch = cast(func.extract("epoch", func.clock_timestamp()), Float)
        moment = datetime.fromtimestamp(float(await connection.scalar(select(epoch)) or 0.0), UTC)
        self._seen = moment, self._monotonic()
        return moment


async def moment(connection: AsyncConnection, clock: ServerClock | None, now: datetime) -> datetime:
    """The server's time where there is a server whose clock counts, else `now`."""
    return now if clock is None else await clock.read(connection)
