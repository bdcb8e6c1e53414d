"""What Discord's refusals mean for a delivery: one table, read from the top, the first row that fits decides.

Codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from aiohttp import ClientConnectorError, ClientError
from discord import ConnectionClosed, DiscordException, HTTPException, LoginFailure, RateLimited

from adapters.discord.transport import CLOUDFLARE, FOREIGN, AnswerLost, Foreign, NotSent, TooManyRequests
from bot.errors import Ambiguous, DeliveryError, Gone, MessageGone, Rejected, RetryLater, TokenDead

NO_RIGHTS = "no right to write"
REMOVED = "removed from the channel"
DELETED = "the channel is deleted"
LEFT = "removed from the server"
LOCKED = "the thread is locked"

BLOCK = 600.0
"""Seconds that Cloudflare counts refused requests of an address over; it does not say how long it blocks it."""

ON_THE_WAY = "check the proxy or network on the way, and DISCORD_API_URL where it is set"

UNAUTHORIZED = (
    "Discord refuses the token. Set DISCORD_TOKEN to the one the developer portal shows under Bot; "
    "where DISCORD_API_URL is set, it must lead to Discord's API."
)

Caught = DiscordException | ClientError | OSError
CAUGHT = (DiscordException, ClientError, OSError)
"""What the library lets out; TimeoutError is an OSError."""

UNREADABLE = (AttributeError, KeyError, TypeError)
"""What reading an answer of another shape ends in."""

_SECRET = re.compile(r"(?:[\w-]{20,}\.[\w-]{4,}\.[\w-]{6,})|(?<=/webhooks/)\S+|(?<=/interactions/)\S+")
_LONGEST_REASON = 200


class Row(NamedTuple):
    """`error`, with one of `codes` and of `statuses` where any are named, becomes what `meaning` makes of it."""

    error: type[Exception]
    statuses: tuple[int, ...]
    codes: tuple[int, ...]
    meaning: Callable[[Exception], DeliveryError]

    def fits(self, error: Exception) -> bool:
        if not isinstance(error, self.error):
            return False
        status, code = getattr(error, "status", 0), getattr(error, "code", 0)
        return (not self.statuses or status in self.statuses) and (not self.codes or code in self.codes)


def _gone(why: str) -> Callable[[Exception], DeliveryError]:
    return lambda _: Gone(why)


def _rejected(error: Exception) -> DeliveryError:
    return Rejected(reason(error))


def _no_message(error: Exception) -> DeliveryError:
    return MessageGone(reason(error))


def _ambiguous(error: Exception) -> DeliveryError:
    return Ambiguous(reason(error))


def _later(error: Exception) -> DeliveryError:
    return RetryLater(reason(error))


def _foreign(error: Exception) -> DeliveryError:
    return RetryLater(f"{reason(error)}; {ON_THE_WAY}")


def _limited(error: Exception) -> DeliveryError:
    """A bucket that is known to be empty was not asked: nothing of a flood."""
    seconds = cast("RateLimited", error).retry_after
    return RetryLater(f"the bucket is empty for {seconds:.1f} s", after=seconds)


def _place(error: Exception) -> DeliveryError:
    """A limit of the channel or server, which others use up as well: it says nothing about the token."""
    return RetryLater(reason(error), after=getattr(error, "retry_after", None))


def _blocked(_: Exception) -> DeliveryError:
    """Whatever its form and status, and whichever channel met it: it is about our address."""
    return RetryLater("Cloudflare blocks this address for a while", after=BLOCK, flood=True, token=True)


def _flood(error: Exception) -> DeliveryError:
    scope, after = getattr(error, "scope", "user"), getattr(error, "retry_after", None)
    if scope == CLOUDFLARE:
        return _blocked(error)
    whole = scope == "global"
    return RetryLater(f"too many requests, scope {scope}", after=after, flood=scope != "shared", token=whole)


def _dead(_: Exception) -> DeliveryError:
    return TokenDead(UNAUTHORIZED)


def _http(code: int | tuple[int, ...], meaning: Callable[[Exception], DeliveryError]) -> Row:
    return Row(HTTPException, (), code if isinstance(code, tuple) else (code,), meaning)


TABLE = (
    # limits
    _http((20016, 20022, 20028, 20029), _place),  # slow mode, announcements, writes to a channel, to a server
    Row(TooManyRequests, (), (), _flood),
    Row(HTTPException, (429,), (), _flood),
    Row(RateLimited, (), (), _limited),
    # the token, and that of an interaction which is over
    _http((10062, 50027), _rejected),
    Row(HTTPException, (401,), (), _dead),
    Row(LoginFailure, (), (), _dead),
    Row(ConnectionClosed, (), (4004,), _dead),
    Row(ConnectionClosed, (), (), _later),
    # the place is closed to us
    _http(10003, _gone(DELETED)),
    _http(10004, _gone(LEFT)),
    _http(10013, _gone("no such person")),
    _http(10015, _gone("the webhook is deleted")),
    _http(50001, _gone(REMOVED)),
    _http(50013, _gone(NO_RIGHTS)),
    _http(50007, _gone("the person takes no messages from the bot")),
    _http(50278, _gone("no server in common")),
    _http(50033, _gone("no such person")),
    _http((50008, 50024), _gone("not a channel for messages")),
    _http(50083, _gone("the thread is archived")),
    _http(160005, _gone(LOCKED)),
    _http(40067, _gone("the forum wants a tag on every post, and has none to give")),
    _http((200000, 200001), _gone("stopped by the server's moderation rules")),
    # a message that was to be changed: unknown, somebody else's, the channel's own
    _http((10008, 50005, 50021), _no_message),
    # the message itself: wrong form, empty, too large, a webhook's rules, a tag that is no more
    _http((50035, 50006, 50109, 40005, 10087, 220001, 220002, 220003), _rejected),
    # the service
    _http(40333, _blocked),
    _http((130000, 40002, 40004, 40006, 110001), _later),  # overloaded; held back for a while
    _http((160006, 160007), _later),  # a server's threads are used up until some fall asleep
    Row(HTTPException, tuple(range(500, 600)), (), _later),
    Row(HTTPException, (403, 404), (0,), _later),  # without a code it is not about the place
    Row(HTTPException, (403,), (), _gone("closed to the bot")),
    Row(HTTPException, (), (), _rejected),
    # the way there
    Row(NotSent, (), (), _later),
    Row(Foreign, (), (), _foreign),
    Row(AnswerLost, (), (), _ambiguous),
    Row(ClientConnectorError, (), (), _later),
    Row(ClientError, (), (), _ambiguous),
    Row(TimeoutError, (), (), _ambiguous),
    Row(OSError, (), (), _ambiguous),
    Row(DiscordException, (), (), _rejected),
)


def fault(error: Caught) -> DeliveryError:
    """The library's error in our words."""
    return next(row for row in TABLE if row.fits(error)).meaning(error)


def gone_with(error: BaseException | None, *codes: int) -> bool:
    """Whether `error` came from a refusal with one of these codes."""
    return isinstance(error, HTTPException) and error.code in codes


@contextmanager
def our_errors() -> Iterator[None]:
    """Inside it the library's errors leave as DeliveryErrors."""
    try:
        yield
    except CAUGHT as error:
        raise fault(error) from error
    except UNREADABLE as error:
        raise Ambiguous(FOREIGN) from error


def reason(error: Exception) -> str:
    """The library's message, short, on one line, and without anything that looks like a token."""
    return _SECRET.sub("<token>", " ".join(str(error).split()) or type(error).__name__)[:_LONGEST_REASON]
