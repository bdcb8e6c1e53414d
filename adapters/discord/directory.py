"""Which channel leads to a person, kept where it outlives the process."""

from __future__ import annotations

from structlog import get_logger

from bot.errors import StorageError
from bot.model import Address, Platform
from bot.ports import Storage

PERSON = "dm:"
"""An address whose chat begins so is a person, by user id; which channel that is, Discord says when asked."""

MOST_REMEMBERED = 20_000  # what is forgotten is read again

_log = get_logger(__name__)


class Directory:
    """What Discord told of people's channels. Opening many itself would get the bot blocked from it.

    https://docs.discord.com/developers/resources/user#create-dm. Without `storage` it remembers in memory alone.
    """

    def __init__(self, storage: Storage | None) -> None:
        self._storage = storage
        self._known: dict[str, int] = {}
        self._heard: dict[str, int] = {}
        self._read: set[str] = set()  # people whose channel was told to an earlier process, maybe of another bot
        self._doubted: set[str] = set()

    async def find(self, user: str) -> int | None:
        """The channel of a person, if it was ever told."""
        if user in self._known:
            return self._known[user]
        stored = None if user in self._doubted else await self._stored(user)
        if stored is not None:
            self._read.add(user)
            _remember(self._known, user, stored)
        elif user in self._heard:
            await self.keep(user, self._heard[user])
        return self._known.get(user)

    async def keep(self, user: str, channel: int) -> None:
        """Discord says so."""
        _remember(self._known, user, channel)
        self._read.discard(user)
        self._doubted.discard(user)
        if self._storage is None:
            return
        try:
            async with self._storage.write() as work:
                await work.destinations.put_route(_address(user), str(channel))
        except StorageError as fault:  # then it is asked for again after a restart
            _log.warning("discord_channel_not_kept", error=str(fault))

    def hear(self, user: str, channel: int) -> None:
        """The person spoke there; it is kept once something is sent to them."""
        _remember(self._heard, user, channel)

    def doubt(self, user: str) -> bool:
        """The channel seems to be wrong: whether it was only read, and is to be asked for."""
        if user not in self._read:
            return False
        self._read.discard(user)
        self._doubted.add(user)
        self._known.pop(user, None)
        return True

    async def _stored(self, user: str) -> int | None:
        if self._storage is None:
            return None
        try:
            async with self._storage.read() as work:
                route = await work.destinations.route(_address(user))
        except StorageError:
            return None
        return int(route) if route and route.isdecimal() else None


def _address(user: str) -> Address:
    return Address(Platform.DISCORD, f"{PERSON}{user}")


def _remember(memory: dict[str, int], key: str, value: int) -> None:
    """The oldest gives way when the memory is full."""
    if len(memory) >= MOST_REMEMBERED:
        del memory[next(iter(memory))]
    memory[key] = value
