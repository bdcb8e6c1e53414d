"""What people do in Discord, in the engine's words. Pure, but for the client's memory of servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from discord import ForumChannel, Interaction, Member, Thread
from discord.abc import GuildChannel

from adapters.discord.buttons import meant_by
from adapters.discord.commands import CHANNEL, ON_MESSAGE, TEXT
from adapters.discord.directory import PERSON
from bot.messages import Request
from bot.model import Address, Platform

LONGEST_TITLE = 100
RIGHT = "manage-channel"
"""What changing a channel takes: Manage Channel there (or the server's Manage Server)."""

AnyInteraction = Interaction[Any]
Room = GuildChannel | Thread


class NotThere(Exception):  # noqa: N818 - it ends a request with one sentence
    """Why a channel cannot be spoken of: a key of the catalogue, and how the channel was named."""

    def __init__(self, key: str, room: str) -> None:
        super().__init__(key)
        self.key = key
        self.room = room


def commanded(interaction: AnyInteraction) -> Request:
    """The request in an application command: as it would be typed elsewhere. Raises NotThere."""
    name = str(_data(interaction)["name"])
    if _data(interaction).get("type") == ON_MESSAGE:
        return _request(interaction, place=None, text=f"/{name.lower()}", replied=_actions(interaction))
    given = options(interaction)
    return _request(interaction, place=given.get(CHANNEL), text=f"/{name} {given.get(TEXT, '')}".strip())


def _actions(interaction: AnyInteraction) -> tuple[str, ...]:
    """What the buttons mean of the message that a command was chosen for, if it is one of ours."""
    data = _data(interaction)
    message = data.get("resolved", {}).get("messages", {}).get(data.get("target_id"), {})
    ours = interaction.client.user
    if ours is None or message.get("author", {}).get("id") != str(ours.id):
        return ()
    return tuple(action for custom_id in _custom_ids(message) if (action := meant_by(custom_id)[0]))


def _custom_ids(component: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(custom_id := component.get("custom_id"), str):
        yield custom_id
    for inner in component.get("components") or ():
        yield from _custom_ids(inner)


def pressed(interaction: AnyInteraction, action: str, place: str | None) -> Request:
    """The request behind a button; `place` is the channel it speaks of. Raises NotThere."""
    return _request(interaction, place=place, press=action)


def options(interaction: AnyInteraction) -> Mapping[str, str]:
    """The options that were given, by name."""
    return {option["name"]: str(option.get("value", "")) for option in _data(interaction).get("options") or ()}


def typing(interaction: AnyInteraction) -> tuple[str, str]:
    """The command whose option is being typed, and what stands in it so far."""
    return str(_data(interaction)["name"]), options(interaction).get(TEXT, "")


def private_chat(person: int) -> Address:
    """Where a person is alone with us."""
    return Address(Platform.DISCORD, f"{PERSON}{person}")


def address_of(room: Room) -> Address:
    """Where a channel or thread is."""
    if isinstance(room, Thread):
        return Address(Platform.DISCORD, str(room.parent_id), str(room.id))
    return Address(Platform.DISCORD, str(room.id))


def is_private(interaction: AnyInteraction) -> bool:
    """Whether the person speaks for themselves: in a direct message, or where only they installed the app."""
    return interaction.guild_id is None or not interaction.is_guild_integration()


def is_ephemeral(interaction: AnyInteraction) -> bool:
    """Whether answers are for this person alone, though others are there."""
    return not interaction.context.dm_channel


def _request(
    interaction: AnyInteraction,
    *,
    place: str | None,
    text: str | None = None,
    press: str | None = None,
    replied: tuple[str, ...] = (),
) -> Request:
    here = None if is_private(interaction) else _room_here(interaction)
    person = interaction.user
    if here is None:
        if place:
            raise NotThere("discord-no-channels", place)
        address, title = private_chat(person.id), person.display_name
        may_change = True
    else:
        room = _named(interaction, place) if place else here
        address, title = address_of(room), _title(room)
        rights = room.permissions_for(cast("Member", person)) if place else interaction.permissions
        if place and not rights.view_channel:
            raise NotThere("room-stranger", room.name)
        may_change = rights.administrator or rights.manage_channels or rights.manage_guild
    return Request(
        address,
        sender=str(person.id),
        text=text,
        press=press,
        title=title[:LONGEST_TITLE],
        locale=interaction.locale.value,
        private=here is None,
        may_change=may_change,
        right=RIGHT,
        handle=person.name,
        elsewhere=here is not None and address != address_of(here),
        reader=None if here is None else private_chat(person.id),
        replied=replied,
    )


def _room_here(interaction: AnyInteraction) -> Room:
    """The channel of an interaction in a server. Raises NotThere for one of a kind unknown to the library."""
    channel = interaction.channel
    if isinstance(channel, GuildChannel | Thread):
        return _subscribed(channel)
    raise NotThere("room-unknown", str(interaction.channel_id or ""))


def _named(interaction: AnyInteraction, place: str) -> Room:
    """A channel or thread of the same server, as the client remembers it. Raises NotThere."""
    guild, number = interaction.guild, place.rpartition("/")[2]
    room = guild.get_channel_or_thread(int(number)) if guild and number.isdecimal() else None
    if room is None:
        raise NotThere("room-unknown", f"<#{number}>")
    return _subscribed(room)


def _subscribed(room: Room) -> Room:
    """What somebody speaks of who stands there: in a post that we opened for a forum's news of a day, the forum."""
    if isinstance(room, Thread) and isinstance(room.parent, ForumChannel) and room.owner_id == room.guild.me.id:
        return room.parent
    return room


def _title(room: Room) -> str:
    return f"{room.guild.name} #{room.name}" if room.guild.name else f"#{room.name}"


def _data(interaction: AnyInteraction) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", interaction.data or {})
