"""Each refusal of Telegram has one meaning: by the library's real exceptions, and by real answers on the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram.faults import TABLE, fault, reason, unmodified
from adapters.telegram.messenger import TelegramMessenger
from adapters.telegram.transport import FOREIGN, AnswerLost, Foreign, NotSent
from bot.errors import (
    Ambiguous,
    DeliveryError,
    Gone,
    MessageGone,
    Moved,
    Rejected,
    RetryLater,
    TokenDead,
    Undeletable,
)
from bot.messages import Button, Notice, Span
from bot.model import Address, Platform
from tests.emulators.telegram import TOKEN, TelegramEmulator

# Making a RetryAfter warns that its number will be a timedelta one day.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

ANN, GROUP, SUPERGROUP, FORUM = 7, -200, -100200, -100300
HELLO = Notice((Span("Hello"),), keyboard=((Button("Yes", "yes"),),))


def bad(words: str) -> BadRequest:
    return BadRequest(f"Bad Request: {words}")


ROWS: list[tuple[TelegramError, type[DeliveryError], str]] = [
    (Forbidden("Forbidden: bot was blocked by the user"), Gone, "blocked by the user"),
    (Forbidden("Forbidden: user is deactivated"), Gone, "the account is deleted"),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Gone, "never started"),
    (Forbidden("Forbidden: bot can't send messages to bots"), Gone, "a bot"),
    (Forbidden("Forbidden: bot was kicked from the group chat"), Gone, "removed from the chat"),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Gone, "removed from the chat"),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Gone, "removed from the chat"),
    (Forbidden("Forbidden: the group chat was deleted"), Gone, "the chat is deleted"),
    (Forbidden("Forbidden: something new"), Gone, "closed to the bot"),
    (bad("chat not found"), Gone, "chat not found"),
    (bad("private chat not found"), Gone, "chat not found"),
    (bad("user not found"), Gone, "chat not found"),
    (bad("PEER_ID_INVALID"), Gone, "chat not found"),
    (bad("CHANNEL_PRIVATE"), Gone, "removed from the chat"),
    (bad("group chat was deactivated"), Gone, "the chat is deleted"),
    (bad("INPUT_USER_DEACTIVATED"), Gone, "the account is deleted"),
    (bad("USER_IS_BLOCKED"), Gone, "blocked by the user"),
    (bad("TOPIC_CLOSED"), Gone, "the topic is closed"),
    (bad("TOPIC_DELETED"), Gone, "the topic is deleted"),
    (bad("not enough rights to send text messages to the chat"), Gone, "no right to write"),
    (bad("have no rights to send a message"), Gone, "no right to write"),
    (bad("have no write access to the chat"), Gone, "no right to write"),
    (bad("need administrator rights in the channel chat"), Gone, "no right to write"),
    (bad("CHAT_WRITE_FORBIDDEN"), Gone, "no right to write"),
    (bad("CHAT_ADMIN_REQUIRED"), Gone, "no right to write"),
    (bad("CHAT_SEND_PLAIN_FORBIDDEN"), Gone, "no right to write"),
    (bad("CHAT_RESTRICTED"), Gone, "no right to write"),
    (bad("message thread not found"), RetryLater, "Message thread not found"),
    (bad("message to edit not found"), MessageGone, "not found"),
    (bad("message to delete not found"), MessageGone, "not found"),
    (bad("MESSAGE_ID_INVALID"), MessageGone, "Message_id_invalid"),
    (bad("message can't be edited"), MessageGone, "can't be edited"),
    (bad("MESSAGE_AUTHOR_REQUIRED"), MessageGone, "Message_author_required"),
    (bad("message can't be deleted for everyone"), Undeletable, "can't be deleted"),
    (bad("MESSAGE_DELETE_FORBIDDEN"), Undeletable, "Message_delete_forbidden"),
    (bad("can't parse entities: Unexpected end tag at byte offset 3"), Rejected, "Can't parse entities"),
    (bad("message is too long"), Rejected, "Message is too long"),
    (bad("BUTTON_DATA_INVALID"), Rejected, "Button_data_invalid"),
    (bad("wrong type of the web page content"), Rejected, "Wrong type"),
    (NetworkError("Request Entity Too Large"), Rejected, "Request Entity Too Large"),
    (EndPointNotFound("no such method"), Rejected, "no such method"),
    (InvalidToken("Unauthorized"), TokenDead, "TELEGRAM_TOKEN"),
    (Conflict("Conflict: terminated by other getUpdates request"), RetryLater, "terminated"),
    (NetworkError("Bad Gateway"), RetryLater, "Bad Gateway"),
    (NetworkError("Internal Server Error"), RetryLater, "Internal Server Error"),
    (NetworkError("Too Many Requests: slow down"), RetryLater, "Too Many Requests"),
    (NotSent("no connection to Telegram (ClientConnectorError)"), RetryLater, "no connection"),
    (AnswerLost("no answer from Telegram (ServerDisconnectedError)"), Ambiguous, "no answer"),
    (TimedOut(), Ambiguous, "Timed out"),
    (NetworkError("Unknown error in HTTP implementation: ValueError()"), Ambiguous, "Unknown error"),
    (TelegramError(FOREIGN), Ambiguous, "not Telegram's"),
    (Foreign("an answer that is not Telegram's (status 404)"), RetryLater, "TELEGRAM_API_URL"),
]


@pytest.mark.parametrize(("error", "kind", "words"), ROWS, ids=[f"{type(e).__name__}-{e}" for e, _, _ in ROWS])
def test_refusal_has_one_meaning(error: TelegramError, kind: type[DeliveryError], words: str) -> None:
    meant = fault(error)
    assert type(meant) is kind
    assert words in str(meant)


def test_every_row_of_the_table_is_met_by_an_error() -> None:
    errors = [error for error, _, _ in ROWS] + [RetryAfter(5), ChatMigrated(SUPERGROUP)]
    met = {
        next(n for n, row in enumerate(TABLE) if isinstance(e, row.error) and row.words in e.message.lower())
        for e in errors
    }
    assert met == set(range(len(TABLE)))


def test_flood_names_its_seconds_as_a_number_and_as_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in ("false", "true"):
        monkeypatch.setenv("PTB_TIMEDELTA", setting)
        meant = fault(RetryAfter(timedelta(seconds=17)))
        assert isinstance(meant, RetryLater)
        assert (meant.after, meant.flood) == (17.0, True)


def test_only_rate_limits_are_floods() -> None:
    floods = [error for error, _, _ in ROWS if isinstance(meant := fault(error), RetryLater) and meant.flood]
    assert [str(error) for error in floods] == ["Too Many Requests: slow down"]


def test_lost_thread_is_tried_again_in_an_hour() -> None:
    meant = fault(bad("message thread not found"))
    assert isinstance(meant, RetryLater)
    assert meant.after == 3600


def test_moved_chat_names_its_new_address() -> None:
    meant = fault(ChatMigrated(SUPERGROUP))
    assert isinstance(meant, Moved)
    assert meant.to == Address(Platform.TELEGRAM, str(SUPERGROUP))


def test_edit_that_changes_nothing_is_recognised() -> None:
    assert unmodified(bad("message is not modified: specified new message content is exactly the same"))
    assert not unmodified(bad("message to edit not found"))


def test_reason_is_short_and_without_a_token() -> None:
    said = reason(NetworkError(f"POST /bot{TOKEN}/sendMessage " + "x" * 5000))
    assert TOKEN not in said
    assert len(said) == 200


# ---------------------------------------------------------------- on the wire


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        for chat in (ANN, GROUP):
            emulator.add_chat(chat)
        emulator.add_chat(FORUM, is_forum=True).threads[5] = "open"
        yield emulator


@pytest.fixture
async def messenger(telegram: TelegramEmulator) -> AsyncIterator[TelegramMessenger]:
    ours = TelegramMessenger(TOKEN, api_url=telegram.root, clock=lambda: datetime.now(UTC))
    yield ours
    await ours.stop()


async def meant(messenger: TelegramMessenger, chat: int = ANN, thread: str | None = None) -> DeliveryError:
    address = Address(Platform.TELEGRAM, str(chat), thread)
    with pytest.raises(DeliveryError) as raised:
        await messenger.send(address, HELLO, locale="en", nonce="1", now=datetime.now(UTC))
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"
    return raised.value


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        ({"status": 429, "parameters": {"retry_after": 7}}, RetryLater, "7 s to wait"),
        ({"status": 429, "description": "Too Many Requests"}, RetryLater, "Too Many Requests"),
        ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, Gone, "blocked by the user"),
        ({"status": 403, "description": "Forbidden: user is deactivated"}, Gone, "the account is deleted"),
        ({"status": 400, "description": "Bad Request: chat not found"}, Gone, "chat not found"),
        ({"status": 400, "description": "Bad Request: TOPIC_CLOSED"}, Gone, "the topic is closed"),
        (
            {"status": 400, "description": "Bad Request: have no rights to send a message"},
            Gone,
            "no right to write",
        ),
        ({"status": 400, "description": "Bad Request: can't parse entities: oh"}, Rejected, "Can't parse entities"),
        ({"status": 401}, TokenDead, "TELEGRAM_TOKEN"),
        ({"status": 404}, TokenDead, "TELEGRAM_TOKEN"),
        ({"status": 413}, Rejected, "Request Entity Too Large"),
        ({"status": 413, "html": True}, Rejected, "Request Entity Too Large"),
        ({"status": 500}, RetryLater, "Internal Server Error"),
        ({"status": 502, "html": True}, RetryLater, "(status 502)"),
        ({"status": 502, "html": True, "description": f"/bot{TOKEN}/sendMessage"}, RetryLater, "(status 502)"),
        ({"reset": True}, Ambiguous, "no answer from Telegram"),
        ({"reset": True, "after_accept": True}, Ambiguous, "no answer from Telegram"),
    ],
)
async def test_answer_on_the_wire_has_one_meaning(
    telegram: TelegramEmulator,
    messenger: TelegramMessenger,
    failure: dict[str, Any],
    kind: type[DeliveryError],
    words: str,
) -> None:
    telegram.fail("sendMessage", **failure)
    error = await meant(messenger)
    assert type(error) is kind
    assert words in str(error)
    assert len([r for r in telegram.requests if r.method == "sendMessage"]) == 1  # never repeated on its own
    assert not telegram.refused


async def test_nobody_listens_is_not_sent(telegram: TelegramEmulator) -> None:
    ours = TelegramMessenger(TOKEN, api_url="http://127.0.0.1:9", clock=lambda: datetime.now(UTC))
    error = await meant(ours)
    assert isinstance(error, RetryLater)
    assert not error.flood
    assert not await ours.reachable()
    await ours.stop()
    assert isinstance(await meant(ours), RetryLater)  # closed: nothing leaves any more
    assert not telegram.requests


async def test_slow_answer_is_ambiguous(
    telegram: TelegramEmulator, messenger: TelegramMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.telegram.transport.READ", 0.2)
    telegram.fail("sendMessage", status=200, delay=0.6)
    assert isinstance(await meant(messenger), Ambiguous)
    assert len(telegram.sent) == 1


async def test_blocked_chat_is_gone(telegram: TelegramEmulator, messenger: TelegramMessenger) -> None:
    telegram.block(ANN)
    assert str(await meant(messenger)) == "blocked by the user"


async def test_unknown_chat_is_gone(messenger: TelegramMessenger) -> None:
    assert str(await meant(messenger, 999)) == "chat not found"


async def test_migrated_group_has_moved(telegram: TelegramEmulator, messenger: TelegramMessenger) -> None:
    telegram.migrate(GROUP, SUPERGROUP)
    error = await meant(messenger, GROUP)
    assert isinstance(error, Moved)
    assert error.to == Address(Platform.TELEGRAM, str(SUPERGROUP))


async def test_unknown_thread_is_tried_later(messenger: TelegramMessenger) -> None:
    error = await meant(messenger, FORUM, "77")
    assert isinstance(error, RetryLater)
    assert error.after == 3600


async def test_closed_topic_is_gone(telegram: TelegramEmulator, messenger: TelegramMessenger) -> None:
    telegram.add_chat(FORUM).threads[5] = "closed"
    assert isinstance(await meant(messenger, FORUM, "5"), Gone)


async def test_wrong_token_is_dead(telegram: TelegramEmulator) -> None:
    ours = TelegramMessenger("1234:wrong-token", api_url=telegram.root, clock=lambda: datetime.now(UTC))
    error = await meant(ours)
    assert isinstance(error, TokenDead)
    assert "wrong-token" not in str(error)
    assert await ours.reachable()  # it refuses, so it is there
    await ours.stop()


def test_missing_token_is_dead() -> None:
    with pytest.raises(TokenDead, match="TELEGRAM_TOKEN"):
        TelegramMessenger("", clock=lambda: datetime.now(UTC))
