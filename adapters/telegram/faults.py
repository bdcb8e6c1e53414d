"""What Telegram's refusals mean for a delivery: one table, read from the top, the first row that fits decides.

Words are compared in lower case within the library's message, which has lost its "Bad Request: ". BadRequest is a
subclass of NetworkError, so its rows stand first. Texts: tdlib/telegram-bot-api Client.cpp (fail_query_with_error)
and the error names of core.telegram.org/api/errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple, cast

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

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
from bot.model import Address, Platform

BLOCKED = "blocked by the user"
REMOVED = "removed from the chat"
NO_RIGHTS = "no right to write"

THREAD_RETRY = 3600.0
"""Seconds: "thread not found" can be false for a living topic (tdlib/telegram-bot-api#596)."""

ON_THE_WAY = "check the proxy or network on the way, and TELEGRAM_API_URL where it is set"

UNAUTHORIZED = (
    "Telegram refuses the token. Set TELEGRAM_TOKEN to the one @BotFather gave; "
    "where TELEGRAM_API_URL is set, it must be the root of a Bot API server."
)

UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""What reading an answer of another shape ends in."""

_TOKEN = re.compile(r"\d+:[\w-]{6,}")
_LONGEST_REASON = 200


class Row(NamedTuple):
    """`error` with `words` in its message becomes what `meaning` makes of it."""

    error: type[TelegramError]
    words: str
    meaning: Callable[[TelegramError], DeliveryError]


def _gone(reason: str) -> Callable[[TelegramError], DeliveryError]:
    return lambda _: Gone(reason)


def _no_message(error: TelegramError) -> DeliveryError:
    return MessageGone(reason(error))


def _undeletable(error: TelegramError) -> DeliveryError:
    return Undeletable(reason(error))


def _later(*, after: float | None = None, flood: bool = False) -> Callable[[TelegramError], DeliveryError]:
    return lambda error: RetryLater(reason(error), after=after, flood=flood)


def _ambiguous(error: TelegramError) -> DeliveryError:
    return Ambiguous(reason(error))


def _rejected(error: TelegramError) -> DeliveryError:
    return Rejected(reason(error))


def _foreign(error: TelegramError) -> DeliveryError:
    return RetryLater(f"{reason(error)}; {ON_THE_WAY}")


def _flood(error: TelegramError) -> DeliveryError:
    wait = cast("RetryAfter", error).retry_after  # an int, or a timedelta with PTB_TIMEDELTA set
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return RetryLater(f"too many requests: {seconds:.0f} s to wait", after=seconds, flood=True)


def _moved(error: TelegramError) -> DeliveryError:
    return Moved(Address(Platform.TELEGRAM, str(cast("ChatMigrated", error).new_chat_id)))


TABLE = (
    Row(RetryAfter, "", _flood),
    Row(ChatMigrated, "", _moved),
    Row(InvalidToken, "", lambda _: TokenDead(UNAUTHORIZED)),
    Row(Conflict, "", _later()),
    # the chat is closed to us
    Row(Forbidden, "blocked by the user", _gone(BLOCKED)),
    Row(Forbidden, "user is deactivated", _gone("the account is deleted")),
    Row(Forbidden, "can't initiate conversation", _gone("never started")),
    Row(Forbidden, "can't send messages to bots", _gone("a bot")),
    Row(Forbidden, "was kicked", _gone(REMOVED)),
    Row(Forbidden, "not a member", _gone(REMOVED)),
    Row(Forbidden, "was deleted", _gone("the chat is deleted")),
    Row(Forbidden, "", _gone("closed to the bot")),
    Row(BadRequest, "chat not found", _gone("chat not found")),
    Row(BadRequest, "user not found", _gone("chat not found")),
    Row(BadRequest, "peer_id_invalid", _gone("chat not found")),
    Row(BadRequest, "channel_private", _gone(REMOVED)),
    Row(BadRequest, "chat was deactivated", _gone("the chat is deleted")),
    Row(BadRequest, "user_deactivated", _gone("the account is deleted")),
    Row(BadRequest, "user_is_blocked", _gone(BLOCKED)),
    Row(BadRequest, "topic_closed", _gone("the topic is closed")),
    Row(BadRequest, "topic_deleted", _gone("the topic is deleted")),
    Row(BadRequest, "not enough rights", _gone(NO_RIGHTS)),
    Row(BadRequest, "no rights to send", _gone(NO_RIGHTS)),
    Row(BadRequest, "no write access", _gone(NO_RIGHTS)),
    Row(BadRequest, "need administrator rights", _gone(NO_RIGHTS)),
    Row(BadRequest, "chat_write_forbidden", _gone(NO_RIGHTS)),
    Row(BadRequest, "chat_admin_required", _gone(NO_RIGHTS)),
    Row(BadRequest, "chat_send_plain_forbidden", _gone(NO_RIGHTS)),
    Row(BadRequest, "chat_restricted", _gone(NO_RIGHTS)),
    # the message thread may be there all the same
    Row(BadRequest, "thread not found", _later(after=THREAD_RETRY)),
    # a message that was to be changed: https://core.telegram.org/bots/api#deletemessage names the 48 hours
    Row(BadRequest, "message to edit not found", _no_message),
    Row(BadRequest, "message to delete not found", _no_message),
    Row(BadRequest, "message_id_invalid", _no_message),
    Row(BadRequest, "message can't be edited", _no_message),
    Row(BadRequest, "message_author_required", _no_message),
    Row(BadRequest, "message can't be deleted", _undeletable),
    Row(BadRequest, "message_delete_forbidden", _undeletable),
    # the message itself: can't parse entities, too long, button_*_invalid, wrong file, ...
    Row(BadRequest, "", _rejected),
    Row(NetworkError, "entity too large", _rejected),
    # the way there
    Row(NotSent, "", _later()),
    Row(Foreign, "", _foreign),
    Row(AnswerLost, "", _ambiguous),
    Row(TimedOut, "", _ambiguous),
    Row(NetworkError, "unknown error in http implementation", _ambiguous),
    Row(NetworkError, "too many requests", _later(flood=True)),
    Row(NetworkError, "", _later()),  # 5xx, and pages of a proxy
    Row(TelegramError, "not telegram's", _ambiguous),  # "yes", but not in Telegram's words
    Row(TelegramError, "", _rejected),
)


def fault(error: TelegramError) -> DeliveryError:
    """The library's error in our words."""
    words = error.message.lower()
    meaning = next(row.meaning for row in TABLE if isinstance(error, row.error) and row.words in words)
    return meaning(error)


def unmodified(error: TelegramError) -> bool:
    """An edit that changed nothing is refused, and is what was wanted."""
    return isinstance(error, BadRequest) and "message is not modified" in error.message.lower()


def has_picture(error: TelegramError) -> bool:
    """Its words cannot be edited as a text: they are the caption of a picture or a file."""
    return isinstance(error, BadRequest) and "no text in the message to edit" in error.message.lower()


@contextmanager
def our_errors() -> Iterator[None]:
    """Inside it the library's errors leave as DeliveryErrors."""
    try:
        yield
    except TelegramError as error:
        raise fault(error) from error
    except UNREADABLE as error:  # the library takes it for granted that "yes" comes with what was asked for
        raise Ambiguous(FOREIGN) from error


def reason(error: TelegramError) -> str:
    """The library's message, short, and without anything that looks like a token."""
    return _TOKEN.sub("<token>", error.message)[:_LONGEST_REASON]
