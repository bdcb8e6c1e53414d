"""People and permissions: who acts, and what the bot or a member may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import Literal

from tests.emulators.discord_records import Json

APPLICATION_ID = 100_000_000_000_000_001


class Permission(IntFlag):
    """https://docs.discord.com/developers/topics/permissions, those that matter here."""

    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


MEMBER_PERMISSIONS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
BOT_PERMISSIONS = MEMBER_PERMISSIONS


@dataclass(slots=True)
class User:
    """A person. `dm`: whether the bot may write: "open", "closed" (50007) or "stranger" (50278)."""

    id: int
    name: str
    dm: Literal["open", "closed", "stranger"] = "open"
    bot: bool = False

    def body(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name.lower().replace(" ", "_"),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


BOT = User(APPLICATION_ID, "Topicwire", bot=True)


def member_body(user: User, permissions: int | None = None) -> Json:
    """A guild member; `permissions` are resolved ones, as interactions tell them."""
    told = {} if permissions is None else {"permissions": str(int(permissions))}
    joined = "2026-01-01T00:00:00+00:00"
    rest = {"roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0, "nick": None}
    return {"user": user.body(), **rest, **told}
