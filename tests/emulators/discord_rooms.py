"""The rooms of the loopback Discord server: made, shared with the bot, taken away; the gateway tells of it."""

from __future__ import annotations

from typing import Literal

from tests.emulators.discord_gateway import GUILDS, Session
from tests.emulators.discord_members import APPLICATION_ID, BOT, User
from tests.emulators.discord_places import Channel, Guild, Places
from tests.emulators.discord_routes import application_body


class Rooms:
    """Servers, channels and people, as whoever owns them changes them."""

    places: Places

    def add_guild(
        self, guild_id: int, name: str = "A server", *, permissions: int | None = None, joined: bool = True
    ) -> Guild:
        """A server the bot is in; `permissions` are the bot's in all of it. A connected bot hears of it.

        With `joined=False` the bot is not in it (yet: `invite`); a person who installed the app may use it there.
        """
        guild = Guild(guild_id, name, self.places, joined=joined)
        if permissions is not None:
            guild.permissions = permissions
        self.places.guilds[guild_id] = guild
        if joined:
            self.places.emit("GUILD_CREATE", guild.body())
        return guild

    def add_user(
        self, user_id: int, name: str = "Ann", *, dm: Literal["open", "closed", "stranger"] = "open"
    ) -> User:
        """A person; `dm` "closed" refuses messages of the bot (50007), "stranger" shares no server (50278)."""
        user = self.places.users[user_id] = User(user_id, name, dm)
        return user

    # ---------------------------------------------------------------- rooms

    async def invite(self, guild: Guild) -> None:
        """Someone adds the bot to a server, with all its channels."""
        guild.joined = True
        self.places.emit("GUILD_CREATE", guild.body())

    async def remove_guild(self, guild: Guild) -> None:
        """The bot is removed from a server: its channels answer 50001 from now on."""
        guild.joined = False
        self.places.emit("GUILD_DELETE", {"id": str(guild.id)})

    async def remove_channel(self, channel: Channel) -> None:
        """A channel or thread is deleted, with the threads under it: 10003 from now on."""
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        body = channel.body()
        channel.deleted = True
        for thread in self.places.channels.values():
            if thread.parent is channel:
                thread.deleted = True
        self.places.emit(event, body)

    async def set_permissions(self, place: Guild | Channel, permissions: int) -> None:
        """What the bot may do in a channel, or in a server where its channels say nothing else."""
        place.permissions = permissions
        if isinstance(place, Guild):
            self.places.emit("GUILD_ROLE_UPDATE", {"guild_id": str(place.id), "role": place.role_body()})
        else:
            self.places.emit("CHANNEL_UPDATE", place.body())

    async def set_thread(self, thread: Channel, *, archived: bool = False, locked: bool = False) -> None:
        """Someone archives or locks a thread, or wakes it."""
        thread.archived, thread.locked = archived, locked
        self.places.emit("THREAD_UPDATE", thread.body())

    def _hello(self, session: Session, gateway_url: str) -> None:
        """READY, then every server the bot is in."""
        joined = [guild for guild in self.places.guilds.values() if guild.joined]
        session.tell(
            "READY",
            {
                "v": 10,
                "user": BOT.body(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in joined],
                "session_id": session.id,
                "resume_gateway_url": gateway_url,
                "application": {"id": str(APPLICATION_ID), "flags": application_body()["flags"]},
            },
        )
        if session.intents & GUILDS:
            for guild in joined:
                session.tell("GUILD_CREATE", {**guild.body(), "unavailable": False})
