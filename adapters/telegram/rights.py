"""What people and the bot may do in a room, asked of Telegram and remembered for a minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from structlog import get_logger
from telegram import (
    Bot,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatPermissions,
)
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from adapters.telegram.faults import fault, reason
from adapters.telegram.posting import thread_of
from bot.errors import Gone, RetryLater
from bot.model import Address

REMEMBERED = timedelta(seconds=60)
MOST_ROOMS = 1000  # remembered at once
PRESENT = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})

_NOT_A_MEMBER = ("user not found", "member not found", "participant_id_invalid", "user_not_participant")
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Admins:
    """A room's admins: their ids, and the names of those who are not anonymous."""

    ids: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


class Rights:
    """Rights as Telegram knows them: never taken from a message, and at most a minute old."""

    def __init__(self, bot: Bot, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[str, tuple[datetime, Admins]] = {}

    def changed(self, chat: str) -> None:
        """Something happened to rights there: ask again."""
        self._known.pop(chat, None)

    async def admins(self, chat: str) -> Admins:
        """Nobody where Telegram cannot be asked: a right that is not certain is not granted."""
        now = self._clock()
        at, found = self._known.get(chat, (None, Admins()))
        if at is not None and abs(now - at) < REMEMBERED:
            return found
        try:
            members = await self._bot.get_chat_administrators(chat)
        except TelegramError as error:
            _log.warning("telegram_rights_unknown", chat=chat, error=reason(error))
            return Admins()
        found = Admins(
            frozenset(str(member.user.id) for member in members),
            tuple(member.user.full_name for member in members if not _anonymous(member)),
        )
        if len(self._known) >= MOST_ROOMS:
            self._known.clear()
        self._known[chat] = now, found
        return found

    async def presence(self, chat: str, person: str) -> bool:
        """Whether a person is in a room. Raises a DeliveryError where Telegram does not tell."""
        if person in (await self.admins(chat)).ids:
            return True
        try:
            member = await self._bot.get_chat_member(chat, int(person))
        except TelegramError as error:
            if any(words in error.message.lower() for words in _NOT_A_MEMBER):
                return False
            raise fault(error) from error
        return member.status in PRESENT or (isinstance(member, ChatMemberRestricted) and member.is_member)


async def lacking(bot: Bot, address: Address) -> list[str]:
    """What the bot may not do there though it should: keys of permissions. Raises a DeliveryError.

    Sources: https://core.telegram.org/bots/api#chatmemberrestricted, #chatmemberadministrator, #chatpermissions.
    """
    if not address.chat.startswith("-"):
        return []
    try:
        chat = await bot.get_chat(address.chat)
        member = await bot.get_chat_member(address.chat, own_id(bot))
    except TelegramError as error:
        wrong = fault(error)
        if isinstance(wrong, Gone):
            return ["member"]
        raise wrong from error
    missing = missing_in(chat, member)
    if not missing and thread_of(address) is not None:
        missing = await _missing_in_topic(bot, address)
    return missing


def missing_in(chat: ChatFullInfo, member: ChatMember) -> list[str]:
    """What a member with these rights lacks in this room. Pure."""
    if member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return ["member"]
    if chat.type == ChatType.CHANNEL:
        posts = isinstance(member, ChatMemberAdministrator) and member.can_post_messages
        return [] if posts or isinstance(member, ChatMemberOwner) else ["post"]
    if isinstance(member, ChatMemberAdministrator | ChatMemberOwner):
        return []  # what is forbidden to all does not bind admins
    given: list[ChatMemberRestricted | ChatPermissions] = [chat.permissions] if chat.permissions else []
    if isinstance(member, ChatMemberRestricted):
        given.append(member)
    needed = {
        "send": "can_send_messages",
        "previews": "can_add_web_page_previews",
        "files": "can_send_documents",
    }
    missing = [key for key, right in needed.items() if any(getattr(rights, right) is False for rights in given)]
    return ["send"] if "send" in missing else missing


def own_id(bot: Bot) -> int:
    """The bot's user id: the number in front of its token, known before Telegram was asked."""
    return int(bot.token.partition(":")[0])


async def _missing_in_topic(bot: Bot, address: Address) -> list[str]:
    """No method tells of a topic's state; to seem to type there for a moment is the smallest thing that does."""
    try:
        await bot.send_chat_action(address.chat, ChatAction.TYPING, thread_of(address))
    except TelegramError as error:
        wrong, words = fault(error), error.message.lower()
        if "topic_closed" in words:
            return ["topic-closed"]
        if "thread not found" in words or "topic_deleted" in words:
            return ["topic-gone"]
        if isinstance(wrong, Gone):
            return ["send"]
        if isinstance(wrong, RetryLater):
            raise wrong from error
    return []


def _anonymous(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberAdministrator | ChatMemberOwner) and member.is_anonymous
