"""What is there: guilds, channels, threads, direct messages, and what the bot may do in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal

from tests.emulators.discord_errors import refusal
from tests.emulators.discord_members import BOT, BOT_PERMISSIONS, Permission, User, member_body
from tests.emulators.discord_records import Json

EPOCH_MS = 1_420_070_400_000  # https://docs.discord.com/developers/reference#snowflakes

ChannelKind = Literal[
    "text", "dm", "voice", "category", "announcement", "announcement_thread", "thread", "forum", "media"
]
TYPES: dict[ChannelKind, int] = {
    "text": 0,
    "dm": 1,
    "voice": 2,
    "category": 4,
    "announcement": 5,
    "announcement_thread": 10,
    "thread": 11,
    "forum": 15,
    "media": 16,
}
POSTS = frozenset({"forum", "media"})
"""Kinds that take threads only."""


Emit = Callable[[str, Json], None]


@dataclass(slots=True)
class Channel:
    """A channel, thread or direct message. `permissions` of the bot; None = those of the guild (or parent).

    `tags` are names by id (forums). A test may set `archived`, `locked`, `deleted`, `require_tag`.
    """

    id: int
    kind: ChannelKind
    name: str
    guild: Guild | None = None
    permissions: int | None = None
    tags: dict[int, str] = field(default_factory=dict)
    require_tag: bool = False
    parent: Channel | None = None
    applied_tags: tuple[int, ...] = ()
    archived: bool = False
    locked: bool = False
    deleted: bool = False
    recipient: User | None = None
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    @property
    def is_thread(self) -> bool:
        return self.parent is not None

    @property
    def allowed(self) -> Permission:
        """What the bot may do here."""
        if self.permissions is not None:
            return Permission(self.permissions)
        if self.parent is not None:
            return self.parent.allowed
        return Permission(self.guild.permissions) if self.guild else BOT_PERMISSIONS

    def body(self) -> Json:
        """The channel object, with every field discord.py needs."""
        held: Json = {"id": str(self.id), "type": TYPES[self.kind], "name": self.name, "flags": 0}
        held["last_message_id"] = None
        if self.recipient:
            del held["name"]
            return {**held, "recipients": [self.recipient.body()]}
        if self.guild:
            held["guild_id"] = str(self.guild.id)
        if self.parent:
            return {**held, **self._thread_fields(self.parent)}
        parent = {"parent_id": None, "position": 0, "nsfw": False, "topic": None, "rate_limit_per_user": 0}
        held |= parent | {"permission_overwrites": self._overwrites()}
        if self.kind == "voice":
            held |= {"bitrate": 64000, "user_limit": 0}
        if self.kind in POSTS:
            held["flags"] = 1 << 4 if self.require_tag else 0
            held["available_tags"] = [
                {"id": str(tag), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
                for tag, name in self.tags.items()
            ]
        return held

    def _thread_fields(self, parent: Channel) -> Json:
        stamp = self.at.isoformat()
        return {
            "parent_id": str(parent.id),
            "owner_id": str(BOT.id),
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "applied_tags": [str(tag) for tag in self.applied_tags],
            "thread_metadata": {
                "archived": self.archived,
                "locked": self.locked,
                "auto_archive_duration": 1440,
                "archive_timestamp": stamp,
                "create_timestamp": stamp,
            },
        }

    def _overwrites(self) -> list[Json]:
        """The bot's permissions as an overwrite for everyone, so that clients compute the same."""
        if self.permissions is None or not self.guild:
            return []
        allow = int(self.permissions)
        return [{"id": str(self.guild.id), "type": 0, "allow": str(allow), "deny": str((1 << 50) - 1 & ~allow)}]


@dataclass(slots=True)
class Guild:
    """A server. `joined`: the bot is in it; in others an app that a person installed answers that person."""

    id: int
    name: str
    places: Places = field(repr=False)
    permissions: int = BOT_PERMISSIONS
    joined: bool = True
    locale: str = "en-US"
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)

    def add_channel(
        self,
        channel_id: int,
        kind: ChannelKind = "text",
        name: str = "news",
        *,
        permissions: int | None = None,
        tags: Sequence[str] = (),
        require_tag: bool = False,
    ) -> Channel:
        """A channel; `permissions` of the bot in it, None = the guild's. Tags get ids of their own."""
        held = {self.places.next_id(): tag for tag in tags}
        channel = Channel(channel_id, kind, name, self, permissions, held, require_tag)
        return self._add(channel, "CHANNEL_CREATE")

    def add_thread(
        self,
        thread_id: int,
        parent_id: int,
        name: str = "a thread",
        *,
        archived: bool = False,
        locked: bool = False,
    ) -> Channel:
        """A thread under a channel of this guild."""
        parent = self.channels[parent_id]
        kind: ChannelKind = "announcement_thread" if parent.kind == "announcement" else "thread"
        thread = Channel(thread_id, kind, name, self, parent=parent, archived=archived, locked=locked)
        return self._add(thread, "THREAD_CREATE")

    def _add(self, channel: Channel, event: str) -> Channel:
        self.channels[channel.id] = self.places.channels[channel.id] = channel
        if self.joined:
            self.places.emit(event, channel.body())
        return channel

    def role_body(self) -> Json:
        role: Json = {"id": str(self.id), "name": "@everyone", "permissions": str(int(self.permissions))}
        return role | {
            "color": 0,
            "hoist": False,
            "position": 0,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }

    def body(self) -> Json:
        """The guild as GUILD_CREATE tells of one that is new."""
        present = [channel for channel in self.channels.values() if not channel.deleted]
        here: Any = [channel.body() for channel in present if not channel.is_thread]
        threads = [channel.body() for channel in present if channel.is_thread and not channel.archived]
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "preferred_locale": self.locale,
            "member_count": 2,
            "roles": [self.role_body()],
            "channels": here,
            "threads": threads,
            "members": [member_body(BOT)],
            "features": [],
        }


class Places:
    """What exists, by id. `emit` tells the gateway; snowflakes are of the emulator's clock."""

    def __init__(self, emit: Emit, clock: Callable[[], datetime]) -> None:
        self.emit = emit
        self._clock = clock
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.users: dict[int, User] = {BOT.id: BOT}
        self._increments = count(1)

    def next_id(self) -> int:
        """A snowflake: milliseconds since 2015, then a running number."""
        since = int(self._clock().timestamp() * 1000) - EPOCH_MS
        return (since << 22) + next(self._increments) % (1 << 22)

    def channel(self, channel_id: int) -> Channel:
        """Raises Refused: 10003 (unknown or deleted), 50001 (the bot is not in the guild, or cannot see it)."""
        channel = self.channels.get(channel_id)
        if channel is None or channel.deleted:
            raise refusal(10003, commanded=channel is not None)
        if channel.guild and not channel.guild.joined:
            raise refusal(50001, commanded=True)
        if Permission.VIEW_CHANNEL not in channel.allowed:
            raise refusal(50001, commanded=True)
        return channel

    def guild(self, guild_id: int) -> Guild:
        """Raises Refused: 10004."""
        guild = self.guilds.get(guild_id)
        if guild is None or not guild.joined:
            raise refusal(10004, commanded=guild is not None)
        return guild

    def dm_with(self, user: User) -> Channel:
        """The one channel with a person, opened when it is not yet."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.next_id(), "dm", user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def check_may_write(self, channel: Channel, *, embeds: bool, files: bool) -> None:
        """Raises Refused where the bot may not write.

        Threads need a permission of their own; an archived one wakes up, but for a locked one:
        https://docs.discord.com/developers/topics/threads#editing--deleting-threads.
        """
        if channel.recipient:
            if channel.recipient.dm != "open":
                raise refusal(50007 if channel.recipient.dm == "closed" else 50278, commanded=True)
            return
        allowed = channel.allowed
        needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        needed |= Permission.EMBED_LINKS if embeds else Permission(0)
        needed |= Permission.ATTACH_FILES if files else Permission(0)
        if needed not in allowed:
            raise refusal(50013, commanded=True)
        if channel.locked and Permission.MANAGE_THREADS not in allowed:
            raise refusal(160005, commanded=True)
