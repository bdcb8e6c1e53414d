"""Answers: shown at once through the interaction's own token, which no limit of the bot's token touches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from discord import File
from structlog import get_logger

from adapters.discord.faults import CAUGHT, fault
from adapters.discord.render import layout, render
from adapters.discord.translate import AnyInteraction, is_ephemeral
from bot.errors import DeliveryError, Rejected
from bot.messages import Alert, Answer, Content, Notice, Request, Span
from bot.model import Address
from bot.texts import bold, join, texts

GIVE_UP_AFTER = 30.0  # seconds; the library waits out what Discord asks it to wait

_log = get_logger(__name__)


async def give(interaction: AnyInteraction, answer: Answer, request: Request | None, now: datetime) -> None:
    """Show `answer` where `interaction` was acknowledged.

    A command's first message takes the place of the acknowledgement; a button's that of its message, where the
    answer says so. Everything else follows below. A toast is shown where nothing else is: Discord has no toasts.
    """
    asked = interaction.message is None
    messages = list(_worded(answer, request))
    replaced = asked or answer.replaces
    for content in messages:
        if replaced and await _edited(interaction, content, request, answer.locale, now):
            replaced = False
            continue
        replaced = False
        if not await _followed(interaction, content, request, answer.locale, now):
            return
    if answer.document:
        await _handed_over(interaction, *answer.document)
    elif asked and not messages:
        await _said(interaction.delete_original_response)


def _worded(answer: Answer, request: Request | None) -> tuple[Content, ...]:
    """The messages; what is said of another channel begins with its name."""
    if not answer.messages:
        return (Notice((Span(answer.toast),)),) if answer.toast else ()
    first = answer.messages[0]
    if request is None or not request.elsewhere or isinstance(first, Alert):
        return answer.messages
    head = texts(answer.locale).text("room-about", room=bold(request.title))
    return (replace(first, text=join([head, first.text])), *answer.messages[1:])


async def _edited(
    interaction: AnyInteraction, content: Content, request: Request | None, locale: str, now: datetime
) -> bool:
    view = layout(content, locale, now, _place(request))
    wrong = await _said(lambda: interaction.edit_original_response(view=view))
    return wrong is None


async def _followed(
    interaction: AnyInteraction, content: Content, request: Request | None, locale: str, now: datetime
) -> bool:
    ephemeral = is_ephemeral(interaction)
    view = layout(content, locale, now, _place(request))
    wrong = await _said(lambda: interaction.followup.send(view=view, ephemeral=ephemeral))
    if isinstance(wrong, Rejected):
        plain = render(content, locale, now).plain
        wrong = await _said(lambda: interaction.followup.send(plain, ephemeral=ephemeral, suppress_embeds=True))
    return wrong is None


async def _handed_over(interaction: AnyInteraction, name: str, content: bytes) -> None:
    ephemeral = is_ephemeral(interaction)
    await _said(lambda: interaction.followup.send(file=File(BytesIO(content), name), ephemeral=ephemeral))


def _place(request: Request | None) -> str | None:
    """What the buttons of an answer speak of, where it is not the channel they stand in."""
    if request is None or not request.elsewhere:
        return None
    return _written(request.address)


def _written(address: Address) -> str:
    return f"{address.chat}/{address.thread}" if address.thread else address.chat


async def _said(call: Callable[[], Awaitable[object]]) -> DeliveryError | None:
    """Carry out `call`; what went wrong is logged and returned."""
    try:
        async with asyncio.timeout(GIVE_UP_AFTER):
            await call()
    except CAUGHT as error:
        wrong = fault(error)
        _log.warning("discord_reply_failed", error=str(wrong), kind=type(wrong).__name__)
        return wrong
    return None
