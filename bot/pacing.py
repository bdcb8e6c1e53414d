"""What a worker's pace follows from beside the token's clock: shares, 429s, its slowness, its bookings. Pure.

Moments are seconds on the monotonic clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.errors import RetryLater
from bot.model import Kind, Priority
from bot.ports import Claim

SHARES = {Priority.UPDATE: 0.08, Priority.DIGEST: 0.08, Priority.BROADCAST: 0.04}
"""The parts of the slots that are kept for classes below alerts while they have anything due."""

FLOODS = 2  # chats answering 429 within FLOOD_WINDOW before the whole token rests
FLOOD_WINDOW = 5.0  # seconds
TOKEN_FLOOD = 60.0  # seconds; a longer 429 is about the token, whichever chat got it

LONGEST_LEAD = 2.0  # seconds
LEAD_KEPT = 0.9  # of the longest lead so far is expected of the next claim


class Shares:
    """Which of the lower classes has places coming to it in the next claim."""

    def __init__(self) -> None:
        self._credit = dict.fromkeys(SHARES, 0.0)

    def next(self, places: int) -> tuple[Priority, int]:
        """The class with the most credit, and how many of so many places are kept for it."""
        for priority, share in SHARES.items():
            self._credit[priority] += places * share
        favoured = max(self._credit, key=self._credit.__getitem__)
        return favoured, int(self._credit[favoured])

    def took(self, favoured: Priority, kinds: Iterable[Kind]) -> None:
        """What the claim brought: a class without anything due saves nothing up."""
        got = [Priority[kind.name] for kind in kinds if kind.name in Priority.__members__]
        if favoured not in got and self._credit[favoured] >= 1:
            self._credit[favoured] = 0.0
        for priority in got:
            if priority in self._credit:
                self._credit[priority] = max(self._credit[priority] - 1, 0.0)


class Floods:
    """Rate-limit answers (429), of which Telegram does not say whether they are about the chat or the token.

    The token is slowed once for each flood: not for what was on its way when the rest began, not for a lock that
    outlasts it, and not again and again for one chat, which has a limit of its own.
    """

    def __init__(self) -> None:
        self._chats: dict[str, float] = {}
        self._slowed_by = ""  # the chat whose answer last slowed the token
        self._through = True  # something got through since then
        self.until = float("-inf")  # nothing is sent before
        self.slower = False  # something came since this was last set back

    def note(self, chat: str, answer: RetryLater, now: float) -> None:
        after = answer.after or 1.0
        self._chats = {other: at for other, at in self._chats.items() if at > now - FLOOD_WINDOW}
        if answer.token is False:
            return
        self._chats[chat] = now
        if now >= self.until and self._through and (answer.token or chat != self._slowed_by):
            self.slower, self._through, self._slowed_by = True, False, chat
        if answer.token or after > TOKEN_FLOOD or len(self._chats) >= FLOODS:
            self.until = max(self.until, now + after)

    def passed(self, left: float) -> None:
        """A message that left at this moment got through."""
        self._through |= left >= self.until

    def rest(self, now: float) -> float:
        """Seconds for which the whole token must rest."""
        return max(self.until - now, 0.0)


class Lead:
    """How long a claim takes: no message can leave sooner, so no slot is booked sooner."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def took(self, seconds: float) -> None:
        self.seconds = min(max(seconds, self.seconds * LEAD_KEPT), LONGEST_LEAD)


class Bookings:
    """The slots of the token that a worker booked one after the other: as long as nobody else booked any between or
    behind them, those that it does not use can be free again. Moments are seconds since 1970.
    """

    def __init__(self, rate: float) -> None:
        self._half = 0.5 / rate  # seconds; a gap that is less is none
        self._begin = 0.0
        self.end = 0.0  # where the token's clock stood after the last claim
        self.free_from = 0.0  # that can be set back to here; 0: it cannot

    def took(self, claim: Claim) -> None:
        first = claim.now.timestamp() + claim.slots[0] if claim.slots else self.end
        if abs(first - self.end) > self._half:
            self._begin = first
        self.end, self.free_from = claim.booked, 0.0

    def give_back(self, slots: Iterable[float]) -> None:
        """Nothing leaves at these, nor at any later one."""
        self.free_from = min((slot for slot in slots if slot > self._begin - self._half), default=self.free_from)
