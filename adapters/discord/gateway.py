"""The gateway: what people do, and what happens to servers and channels. Delivery needs none of it."""

from __future__ import annotations

import asyncio
from typing import Any

from discord import (
    AllowedMentions,
    Client,
    Guild,
    Intents,
    InteractionType,
    Member,
    MemberCacheFlags,
    RawThreadDeleteEvent,
    Role,
    Thread,
    VoiceClient,
)
from discord.abc import GuildChannel
from structlog import get_logger

from adapters.discord.buttons import meant_by
from adapters.discord.conversation import Conversation
from adapters.discord.directory import PERSON
from adapters.discord.faults import DELETED, LEFT, REMOVED
from adapters.discord.rooms import closed, gives_more, lacking, rooms_of
from adapters.discord.translate import AnyInteraction, Room, address_of
from bot.errors import RetryLater
from bot.model import Address, Platform
from bot.ports import Chat

VoiceClient.warn_nacl = VoiceClient.warn_dave = False  # no voice is wanted

GATHERING = 2.0  # seconds after connecting in which servers that come in are those we were in before

_log = get_logger(__name__)


class Gateway(Client):
    """One connection for one process. It keeps servers, channels and roles in memory; no members, no messages.

    `online` is set while there is a session.
    """

    def __init__(self, chat: Chat, conversation: Conversation, online: asyncio.Event) -> None:
        super().__init__(
            intents=Intents(guilds=True),
            max_messages=None,
            member_cache_flags=MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=AllowedMentions.none(),
            guild_ready_timeout=GATHERING,
        )
        self._online = online
        self._chat = chat
        self._conversation = conversation

    async def abilities(self, address: Address) -> list[str]:
        """What the bot may not do there though it should. Raises RetryLater while there is no connection."""
        if address.chat.startswith(PERSON):
            return []
        if not self._online.is_set():
            raise RetryLater("no connection to Discord's gateway")
        room = self._room(address)
        return ["view"] if room is None else lacking(room)

    def _room(self, address: Address) -> Room | None:
        """A thread that sleeps is not in memory: its channel stands for it."""
        for number in (address.thread, address.chat):
            room = self.get_channel(int(number)) if number and number.isdecimal() else None
            if isinstance(room, GuildChannel | Thread):
                return room
        return None

    # ---------------------------------------------------------------- the connection

    async def on_connect(self) -> None:
        """A new session: Discord has told who we are and where we are in."""
        self._online.set()

    async def on_resumed(self) -> None:
        """The old session goes on."""
        self._online.set()

    async def on_disconnect(self) -> None:
        self._online.clear()

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """A fault of ours while an event was handled costs that event alone."""
        _log.exception("discord_event_failed", event_method=event_method)

    # ---------------------------------------------------------------- people

    async def on_interaction(self, interaction: AnyInteraction) -> None:
        """A command, something being typed, or a pressed button."""
        if interaction.type is InteractionType.application_command:
            await self._conversation.take_command(interaction)
        elif interaction.type is InteractionType.autocomplete:
            await self._conversation.complete(interaction)
        elif interaction.type is InteractionType.component:
            await self._conversation.take_press(interaction, *meant_by(interaction.custom_id or ""))

    # ---------------------------------------------------------------- servers and channels

    async def on_guild_remove(self, guild: Guild) -> None:
        """The bot was removed, or the server is no more."""
        for room in rooms_of(guild):
            await self._chat.unreachable(address_of(room), LEFT)

    async def on_guild_join(self, guild: Guild) -> None:
        """The bot is there (again)."""
        await self._wake(guild)

    async def on_guild_channel_delete(self, channel: GuildChannel) -> None:
        await self._chat.unreachable(address_of(channel), DELETED)

    async def on_guild_channel_update(self, before: GuildChannel, after: GuildChannel) -> None:
        """Overwrites changed. Without the right to send, a channel's threads may be open still: sending tells."""
        was, now = closed(before), closed(after)
        if now == REMOVED and was != now:
            await self._chat.unreachable(address_of(after), now)
        elif was and not now:
            await self._chat.reachable(address_of(after))

    async def on_guild_role_update(self, before: Role, after: Role) -> None:
        if gives_more(before, after):
            await self._wake(after.guild)

    async def on_member_update(self, before: Member, after: Member) -> None:
        """Roles of the bot itself: of nobody else anything is told."""
        if set(after.roles) - set(before.roles):
            await self._wake(after.guild)

    async def on_raw_thread_delete(self, event: RawThreadDeleteEvent) -> None:
        thread = Address(Platform.DISCORD, str(event.parent_id), str(event.thread_id))
        await self._chat.unreachable(thread, DELETED)

    async def on_thread_update(self, before: Thread, after: Thread) -> None:
        if before.locked and not after.locked:
            await self._chat.reachable(address_of(after))

    async def on_thread_join(self, thread: Thread) -> None:
        """It can be seen (again): opened, woken up, or the bot was let in."""
        await self._chat.reachable(address_of(thread))

    async def _wake(self, guild: Guild) -> None:
        for room in rooms_of(guild):
            if not closed(room):
                await self._chat.reachable(address_of(room))
