"""What the bot may do in a channel, as the client computes it from the roles and overwrites it is told of."""

from __future__ import annotations

from collections.abc import Iterator

from discord import CategoryChannel, ClientException, ForumChannel, Guild, Permissions, Role, Thread

from adapters.discord.faults import NO_RIGHTS, REMOVED
from adapters.discord.translate import Room


def lacking(room: Room) -> list[str]:
    """What the bot may not do there though it should: keys of permissions, `missing-<key>` in the catalogue.

    Source: https://docs.discord.com/developers/topics/permissions. In a forum Send Messages opens posts, and the
    client calls it Create Posts.
    """
    rights = _rights(room)
    if rights is None or not rights.view_channel:
        return ["view"]
    needed = {"send": rights.send_messages}
    if isinstance(room, Thread):
        needed = {"threads": rights.send_messages_in_threads}
    elif isinstance(room, ForumChannel):
        needed = {"create-threads": rights.send_messages, "threads": rights.send_messages_in_threads}
    missing = [key for key, given in needed.items() if not given]
    return missing or ([] if rights.embed_links else ["embeds"])  # who may not write has no other right either


def closed(room: Room) -> str | None:
    """Why nothing can be written there; None where it can."""
    missing = lacking(room)
    if "view" in missing:
        return REMOVED
    return NO_RIGHTS if {"send", "threads", "create-threads"} & set(missing) else None


def rooms_of(guild: Guild) -> Iterator[Room]:
    """Every channel that messages could go to; their threads are closed and opened with them."""
    return (channel for channel in guild.channels if not isinstance(channel, CategoryChannel))


def gives_more(before: Role, after: Role) -> bool:
    """Whether the bot may do something that it could not before."""
    return after in after.guild.me.roles and bool(after.permissions.value & ~before.permissions.value)


def _rights(room: Room) -> Permissions | None:
    try:
        return room.permissions_for(room.guild.me)
    except ClientException:  # a thread whose channel is hidden from us
        return None
