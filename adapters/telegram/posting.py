"""Messages out: the four calls that put something into a chat. Each raises a DeliveryError."""

from __future__ import annotations

from telegram import Bot, InputFile
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError

from adapters.telegram.faults import our_errors, unmodified
from adapters.telegram.render import PREVIEW_OFF, Rendered
from bot.model import Address

GENERAL = "1"
"""The id of a forum's General topic, which is addressed without one (GENERAL_FORUM_TOPIC_ID in tdlib)."""


async def post(bot: Bot, address: Address, rendered: Rendered, *, paid: bool = False) -> str:
    """Send `rendered` and return the message id; `paid` spends Stars to go beyond the free rate."""
    with our_errors():
        message = await bot.send_message(
            address.chat,
            rendered.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=rendered.preview,
            reply_markup=rendered.keyboard,
            message_thread_id=_thread(address),
            allow_paid_broadcast=paid or None,
        )
    return _id(message)


async def post_plain(bot: Bot, address: Address, rendered: Rendered) -> str:
    """Send the bare text of `rendered`, without buttons and preview, and return the message id."""
    with our_errors():
        message = await bot.send_message(
            address.chat, rendered.plain, link_preview_options=PREVIEW_OFF, message_thread_id=_thread(address)
        )
    return _id(message)


async def post_document(bot: Bot, address: Address, name: str, content: bytes) -> str:
    """Send a file and return the message id."""
    with our_errors():
        message = await bot.send_document(
            address.chat, InputFile(content, filename=name), message_thread_id=_thread(address)
        )
    return _id(message)


async def change(bot: Bot, address: Address, message_id: int, rendered: Rendered) -> None:
    """Put `rendered` in the place of a message; that it stands there already is no error."""
    try:
        await bot.edit_message_text(
            rendered.html,
            address.chat,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=rendered.preview,
            reply_markup=rendered.keyboard,
        )
    except TelegramError as error:
        if not unmodified(error):
            with our_errors():
                raise


def _thread(address: Address) -> int | None:
    return int(address.thread) if address.thread and address.thread != GENERAL else None


def _id(message: TelegramMessage) -> str:
    return str(message.message_id)
