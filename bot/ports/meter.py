"""What is counted while the program works. What the database knows is not counted here, but read when asked for."""

from __future__ import annotations

from typing import Protocol

from bot.model import Kind, Platform, State


class Meter(Protocol):
    """Counts what happens in this process. Its methods neither wait nor fail."""

    def sent(self, platform: Platform, kind: Kind, seconds: float) -> None:
        """A message arrived, `seconds` after it was first owed."""

    def failed(self, platform: Platform, kind: Kind, state: State) -> None:
        """A try did not succeed. `state`: what the message is in now, or parked together with its chat."""

    def flooded(self, platform: Platform) -> None:
        """The platform answered that too much is sent (429)."""

    def replied(self, platform: Platform, count: int) -> None:
        """Messages sent beside the queue, as answers."""

    def read(self, source: str, articles: int, refused: int) -> None:
        """Files of a source were read and stored: so many as articles, so many refused."""


class Unmetered:
    """A Meter that counts nothing."""

    def sent(self, platform: Platform, kind: Kind, seconds: float) -> None: ...

    def failed(self, platform: Platform, kind: Kind, state: State) -> None: ...

    def flooded(self, platform: Platform) -> None: ...

    def replied(self, platform: Platform, count: int) -> None: ...

    def read(self, source: str, articles: int, refused: int) -> None: ...
