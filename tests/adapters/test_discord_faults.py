"""Every refusal of Discord has one meaning: told by the library's own exceptions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientConnectionResetError, ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey
from discord import (
    ClientException,
    ConnectionClosed,
    DiscordServerError,
    Forbidden,
    HTTPException,
    InvalidData,
    LoginFailure,
    NotFound,
    RateLimited,
)

from adapters.discord.faults import BLOCK, TABLE, Caught, fault, reason
from adapters.discord.transport import AnswerLost, Foreign, NotSent, TooManyRequests
from bot.errors import Ambiguous, DeliveryError, Gone, MessageGone, Rejected, RetryLater, TokenDead
from tests.emulators.discord import TOKEN

KEY = ConnectionKey("127.0.0.1", 9, False, True, None, None, None)
VIA = {"Via": "1.1 google"}


def answer(status: int, headers: dict[str, str] | None = None) -> Any:
    """A response as far as the library's exceptions look at it."""
    return SimpleNamespace(status=status, reason="Reason", headers=VIA if headers is None else headers)


def refused(status: int, code: int = 0, message: str = "words") -> HTTPException:
    kind = {403: Forbidden, 404: NotFound}.get(status, DiscordServerError if status >= 500 else HTTPException)
    return kind(answer(status), {"code": code, "message": message})


def limited(headers: dict[str, str] | None = None, **body: Any) -> TooManyRequests:
    return TooManyRequests(answer(429, headers), {"message": "You are being rate limited.", **body})


ROWS: list[tuple[Caught, type[DeliveryError], str]] = [
    (limited(code=20016, retry_after=9), RetryLater, "rate limited"),
    (refused(429, 20028), RetryLater, "20028"),
    (refused(429, 20029), RetryLater, "20029"),
    (limited(retry_after=2), RetryLater, "scope user"),
    (refused(429, 40003), RetryLater, "too many requests"),
    (RateLimited(3.0), RetryLater, "empty for 3.0 s"),
    (refused(404, 10062), Rejected, "10062"),
    (refused(401, 50027), Rejected, "50027"),
    (refused(401), TokenDead, "DISCORD_TOKEN"),
    (LoginFailure("Improper token has been passed."), TokenDead, "DISCORD_TOKEN"),
    (ConnectionClosed(SimpleNamespace(close_code=4004), shard_id=None), TokenDead, "DISCORD_TOKEN"),  # type: ignore[arg-type]
    (ConnectionClosed(SimpleNamespace(close_code=4000), shard_id=None), RetryLater, "4000"),  # type: ignore[arg-type]
    (refused(404, 10003), Gone, "the channel is deleted"),
    (refused(404, 10004), Gone, "removed from the server"),
    (refused(404, 10013), Gone, "no such person"),
    (refused(404, 10015), Gone, "the webhook is deleted"),
    (refused(403, 50001), Gone, "removed from the channel"),
    (refused(403, 50013), Gone, "no right to write"),
    (refused(403, 50007), Gone, "takes no messages"),
    (refused(403, 50278), Gone, "no server in common"),
    (refused(400, 50033), Gone, "no such person"),
    (refused(400, 50008), Gone, "not a channel for messages"),
    (refused(400, 50024), Gone, "not a channel for messages"),
    (refused(400, 50083), Gone, "the thread is archived"),
    (refused(403, 160005), Gone, "the thread is locked"),
    (refused(400, 40067), Gone, "wants a tag"),
    (refused(400, 200000), Gone, "moderation"),
    (refused(404, 10008), MessageGone, "10008"),
    (refused(403, 50005), MessageGone, "50005"),
    (refused(403, 50021), MessageGone, "50021"),
    (refused(400, 50035), Rejected, "50035"),
    (refused(400, 50006), Rejected, "50006"),
    (refused(413, 40005), Rejected, "40005"),
    (refused(400, 220001), Rejected, "220001"),
    (refused(503, 130000), RetryLater, "130000"),
    (refused(403, 40002), RetryLater, "40002"),
    (refused(403, 40333), RetryLater, "Cloudflare"),
    (refused(400, 160006), RetryLater, "160006"),
    (refused(500), RetryLater, "500"),
    (refused(502), RetryLater, "502"),
    (Forbidden(answer(403, {}), "<html>a proxy's page</html>"), RetryLater, "403"),
    (refused(404), RetryLater, "404"),
    (refused(403, 40001), Gone, "closed to the bot"),
    (refused(400, 30046), Rejected, "30046"),
    (NotSent("no connection to Discord (ClientConnectorError)"), RetryLater, "no connection"),
    (Foreign("an answer that is not Discord's (status 404)"), RetryLater, "DISCORD_API_URL"),
    (AnswerLost("no answer from Discord (TimeoutError)"), Ambiguous, "no answer"),
    (ClientConnectorError(KEY, OSError(111, "refused")), RetryLater, "Cannot connect"),
    (ServerDisconnectedError(), Ambiguous, "Server disconnected"),
    (TimeoutError(), Ambiguous, "TimeoutError"),
    (ClientConnectionResetError("reset"), Ambiguous, "reset"),
    (ConnectionResetError(104, "reset by peer"), Ambiguous, "reset by peer"),
    (ClientException("odd"), Rejected, "odd"),
    (InvalidData("odd"), Rejected, "odd"),
]


@pytest.mark.parametrize(("error", "kind", "words"), ROWS, ids=[f"{type(e).__name__}-{e}"[:60] for e, _, _ in ROWS])
def test_refusal_has_one_meaning(error: Caught, kind: type[DeliveryError], words: str) -> None:
    meant = fault(error)
    assert type(meant) is kind
    assert words in str(meant)


def test_every_row_of_the_table_is_met_by_an_error() -> None:
    met = {next(n for n, row in enumerate(TABLE) if row.fits(error)) for error, _, _ in ROWS}
    assert met == set(range(len(TABLE)))


@pytest.mark.parametrize(
    ("error", "after", "flood"),
    [
        (limited({**VIA, "X-RateLimit-Scope": "user"}, retry_after=2.5), 2.5, True),
        (limited({**VIA, "X-RateLimit-Scope": "shared"}, retry_after=4), 4.0, False),
        (limited({**VIA, "X-RateLimit-Scope": "global"}, retry_after=0.5, **{"global": True}), 0.5, True),
        (limited({**VIA, "Retry-After": "7"}), 7.0, True),
        (limited(retry_after="soon"), None, True),
        (limited({}, retry_after=3), BLOCK, True),
        (TooManyRequests(answer(429, {"Retry-After": "3"}), "<html>error 1015</html>"), BLOCK, True),
        (limited(code=20028, retry_after=30), 30.0, False),
        (RateLimited(3.5), 3.5, False),
    ],
)
def test_limit_says_how_long_and_whose_it_is(error: Caught, after: float | None, flood: bool) -> None:
    meant = fault(error)
    assert isinstance(meant, RetryLater)
    assert (meant.after, meant.flood) == (after, flood)


def test_only_limits_are_floods() -> None:
    floods = {str(e) for e, _, _ in ROWS if isinstance(meant := fault(e), RetryLater) and meant.flood}
    assert floods == {str(limited(retry_after=2)), str(refused(429, 40003)), str(refused(403, 40333))}


def test_reason_is_short_and_without_a_token() -> None:
    said = reason(RuntimeError(f"Bot {TOKEN}\nat /webhooks/1/aW50ZXJhY3Rpb246 " + "x" * 5000))
    assert TOKEN not in said
    assert "aW50ZXJhY3Rpb246" not in said
    assert "\n" not in said
    assert len(said) == 200
