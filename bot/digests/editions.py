"""The digests that a round has stored: readers of the same matches share one."""

from __future__ import annotations

from collections.abc import Hashable

from bot.ports import Edition


class Editions:
    """Editions by what is in them.

    Other units of work may use one only when that which stored it is committed: its payloads are not there before.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Edition] = {}
        self._fresh: dict[Hashable, Edition] = {}

    def get(self, content: Hashable) -> Edition | None:
        """The edition, from units of work before or from this one."""
        return self._kept.get(content) or self._fresh.get(content)

    def put(self, content: Hashable, edition: Edition) -> None:
        self._fresh[content] = edition

    def begin(self) -> None:
        """A unit of work begins: what the last one stored was not committed, unless `keep` was called."""
        self._fresh = {}

    def keep(self) -> None:
        """The unit of work is committed."""
        self._kept |= self._fresh
        self._fresh = {}
