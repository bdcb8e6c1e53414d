"""Messages: what puts one into a chat, changes it, and takes it away. Each call raises a DeliveryError."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from telegram import Bot, InputFile
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import TelegramError

from adapters.telegram.faults import has_picture, our_errors, unmodified
from adapters.telegram.render import PREVIEW_OFF, Rendered
from adapters.telegram.transport import FOREIGN, call
from bot.errors import MessageGone
from bot.model import Address

GENERAL = "1"
"""The id of a forum's General topic, which is addressed without one (GENERAL_FORUM_TOPIC_ID in tdlib)."""


async def post(
    bot: Bot,
    address: Address,
    rendered: Rendered,
    *,
    paid: bool = False,
    reply_to: int | None = None,
    silent: bool = False,
) -> str:
    """Send `rendered` and return the message id; `paid` spends Stars to go beyond the free rate.

    `silent` makes no sound. `reply_to` is the message it answers; without that one it is sent all the same.
    """
    parameters: dict[str, Any] = {"chat_id": address.chat}
    if (thread := thread_of(address)) is not None:
        parameters["message_thread_id"] = thread
    if paid:
        parameters["allow_paid_broadcast"] = True
    if silent:
        parameters["disable_notification"] = True
    if reply_to:
        parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
    with our_errors():
        message = await call(bot, "sendMessage", parameters, rendered.body)
        if not isinstance(message, dict) or "message_id" not in message:
            raise TelegramError(FOREIGN)
    return str(message["message_id"])


async def post_plain(bot: Bot, address: Address, rendered: Rendered, *, silent: bool = False) -> str:
    """Send the bare text of `rendered`, without buttons and preview, and return the message id."""
    with our_errors():
        message = await bot.send_message(
            address.chat,
            rendered.plain,
            link_preview_options=PREVIEW_OFF,
            message_thread_id=thread_of(address),
            disable_notification=silent or None,
        )
    return _id(message)


async def post_document(bot: Bot, address: Address, name: str, content: bytes) -> str:
    """Send a file and return the message id."""
    with our_errors():
        message = await bot.send_document(
            address.chat, InputFile(content, filename=name), message_thread_id=thread_of(address)
        )
    return _id(message)


async def change(bot: Bot, address: Address, message_id: int, rendered: Rendered) -> None:
    """Put `rendered` in the place of a message; that it stands there already is no error.

    Of a message with a picture the caption is changed, and the picture stays.
    """
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
        if has_picture(error):
            await _unless_unmodified(
                bot.edit_message_caption(
                    address.chat,
                    message_id,
                    caption=rendered.caption,
                    parse_mode=ParseMode.HTML,
                    reply_markup=rendered.keyboard,
                )
            )
        elif not unmodified(error):
            with our_errors():
                raise


async def change_plain(bot: Bot, address: Address, message_id: int, rendered: Rendered) -> None:
    """Put the bare text of `rendered` in the place of a message, without buttons and preview."""
    await _unless_unmodified(
        bot.edit_message_text(rendered.plain, address.chat, message_id, link_preview_options=PREVIEW_OFF)
    )


async def take_away(bot: Bot, address: Address, message_id: int) -> None:
    """Delete a message."""
    with our_errors():
        await bot.delete_message(address.chat, message_id)


def number_of(message_id: str) -> int:
    """A message id of Telegram's. Raises MessageGone for what cannot be one."""
    if not (message_id.isascii() and message_id.isdecimal()):
        raise MessageGone("no message of Telegram's")
    return int(message_id)


async def _unless_unmodified(edit: Awaitable[Any]) -> None:
    try:
        await edit
    except TelegramError as error:
        if not unmodified(error):
            with our_errors():
                raise


def thread_of(address: Address) -> int | None:
    """`message_thread_id` on the wire."""
    return int(address.thread) if address.thread and address.thread != GENERAL else None


def _id(message: TelegramMessage) -> str:
    return str(message.message_id)
