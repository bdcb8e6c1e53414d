"""A conversation: interactions become requests, acknowledged at once and answered beside the outbox."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from weakref import WeakValueDictionary

from discord.app_commands import Choice
from structlog import get_logger

from adapters.discord.faults import CAUGHT, fault
from adapters.discord.replies import give
from adapters.discord.translate import (
    AnyInteraction,
    NotThere,
    commanded,
    is_ephemeral,
    pressed,
    private_chat,
    typing,
)
from bot.messages import Answer, Notice, Request
from bot.ports import Chat
from bot.texts import code, texts

MOST_WAITING = 20  # interactions of one person in hand; who is faster than we are gets no answer to the rest
CHOICE = 100  # characters: https://docs.discord.com/developers/interactions/application-commands

_log = get_logger(__name__)


class Conversation:
    """Everything the bot hears. `remember(user, channel)`: that is where direct messages to this person go."""

    def __init__(self, chat: Chat, *, clock: Callable[[], datetime], remember: Callable[[int, int], None]) -> None:
        self._chat = chat
        self._clock = clock
        self._remember = remember
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[int] = Counter()
        self._answering: set[asyncio.Task[object]] = set()

    async def take_command(self, interaction: AnyInteraction) -> None:
        """A command. What only the person may see is decided with the acknowledgement: in rooms everything."""
        await self._take(interaction, lambda: commanded(interaction), thinking=True)

    async def take_press(self, interaction: AnyInteraction, action: str, place: str | None) -> None:
        """A pressed button; its message stays as it is unless the answer takes its place."""
        await self._take(interaction, lambda: pressed(interaction, action, place), thinking=False)

    async def complete(self, interaction: AnyInteraction) -> None:
        """Somebody is typing: offer what it could become. Nothing is offered where that fails."""
        command, text = typing(interaction)
        try:
            found = await self._chat.complete(command, text, interaction.locale.value)
            offered = [Choice(name=words, value=words) for words in found if 0 < len(words) <= CHOICE]
            await interaction.response.autocomplete(offered)
        except CAUGHT as error:  # most often the person typed on
            _log.debug("discord_not_completed", error=str(fault(error)))

    async def finish(self, seconds: float) -> None:
        """Wait for what is being answered, but not longer than `seconds`."""
        if self._answering:
            _, late = await asyncio.wait(self._answering, timeout=seconds)
            if late:
                _log.warning("discord_answers_given_up", seconds=seconds, count=len(late))

    async def _take(self, interaction: AnyInteraction, read: Callable[[], Request], *, thinking: bool) -> None:
        """Acknowledge first, then answer in the person's turn."""
        person, task = interaction.user.id, asyncio.current_task()
        if self._waiting[person] >= MOST_WAITING:
            _log.warning("discord_person_floods", person=person, waiting=self._waiting[person])
            return
        self._waiting[person] += 1
        if task:
            self._answering.add(task)
        try:
            ephemeral = is_ephemeral(interaction)
            await interaction.response.defer(ephemeral=ephemeral and thinking, thinking=thinking)
            async with self._turns.setdefault(person, asyncio.Lock()):
                await self._answer(interaction, read)
        except CAUGHT as error:  # Discord told the person that we did not respond, so nothing may happen
            _log.warning("discord_interaction_missed", error=str(fault(error)))
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person]
            if task:
                self._answering.discard(task)

    async def _answer(self, interaction: AnyInteraction, read: Callable[[], Request]) -> None:
        if not is_ephemeral(interaction) and interaction.channel_id:
            self._remember(interaction.user.id, interaction.channel_id)
        request: Request | None = None
        try:
            request = read()
            answer = await self._chat.answer(request)
        except NotThere as wrong:
            asker = private_chat(interaction.user.id)
            told = Request(asker, str(interaction.user.id), locale=interaction.locale.value)
            locale = await self._chat.language(told)
            answer = Answer((Notice(texts(locale).text(wrong.key, room=code(wrong.room))),), locale=locale)
        except Exception:  # noqa: BLE001 - it promises not to raise; a fault of ours may not leave a person waiting
            _log.exception("discord_answer_failed", person=interaction.user.id)
            answer = Answer()
        await give(interaction, answer, request, self._clock())
