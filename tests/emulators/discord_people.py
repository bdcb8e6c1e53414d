"""What people do on the loopback Discord server; the bot hears of it over the gateway."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from tests.emulators.discord_acts import TYPES, Interaction, Until
from tests.emulators.discord_commands import ON_MESSAGE, SLASH
from tests.emulators.discord_gateway import Gateway
from tests.emulators.discord_interactions import Interactions
from tests.emulators.discord_members import APPLICATION_ID, MEMBER_PERMISSIONS, User, member_body
from tests.emulators.discord_options import filled_options, offered
from tests.emulators.discord_places import Channel, Guild
from tests.emulators.discord_records import Json, Sent
from tests.emulators.discord_rooms import Rooms

Place = Guild | Channel | User


class People(Rooms):
    """Everyone who is not the bot. Ann (user 7) acts where nobody is named."""

    gateway: Gateway
    interactions: Interactions
    clock: Callable[[], datetime]
    _find_command: Callable[[str, int | None, int], Json]
    _until: Until

    # ---------------------------------------------------------------- interactions

    async def slash(
        self,
        place: Place,
        command: str,
        options: Mapping[str, Any] | None = None,
        *,
        user: User | None = None,
        locale: str = "en-US",
        permissions: int = MEMBER_PERMISSIONS,
        user_install: bool = False,
        forged: bool = False,
    ) -> Interaction:
        """Someone gives a command: "subscribe", or "digest now" for a subcommand. Returns at once.

        `place` is a channel, a server (its first channel) or a person (a direct message). `permissions` are the
        member's. `user_install`: the app is there only because this person installed it. Raises LookupError
        where the command is not registered or not offered (place, permissions, options), unless `forged`.
        """
        channel = self._channel(place)
        data = self._command_data(channel, command, options or {}, permissions, forged=forged)
        return self._act(
            "command", command, data, channel, self._who(channel, user), locale, permissions, alone=user_install
        )

    async def choose(
        self,
        sent: Sent,
        command: str,
        *,
        user: User | None = None,
        locale: str = "en-US",
        permissions: int = MEMBER_PERMISSIONS,
    ) -> Interaction:
        """Someone chooses a command in the menu of a message. Raises LookupError where it is not offered."""
        channel = self.places.channels[sent.channel_id]
        found = self._find_command(command, channel.guild.id if channel.guild else None, ON_MESSAGE)
        offered(found, channel, permissions)
        resolved = {"messages": {str(sent.message_id): dict(sent.body)}}
        data = {"id": found["id"], "name": command, "type": ON_MESSAGE}
        data |= {"target_id": str(sent.message_id), "resolved": resolved}
        return self._act("command", command, data, channel, self._who(channel, user), locale, permissions)

    async def autocomplete(
        self,
        command: str,
        option: str,
        value: str,
        *,
        place: Place | None = None,
        user: User | None = None,
        locale: str = "en-US",
        permissions: int = MEMBER_PERMISSIONS,
    ) -> list[Json]:
        """Someone types `value` into an option: the choices shown. Raises TimeoutError after 3 s, LookupError."""
        channel = self._channel(place or next(iter(self.places.guilds.values())))
        data = self._command_data(channel, command, {option: value}, permissions, typing=option)
        interaction = self._act(
            "autocomplete", command, data, channel, self._who(channel, user), locale, permissions
        )
        await interaction.acked()
        return interaction.choices or []

    async def press(
        self,
        sent: Sent,
        button: str,
        *,
        user: User | None = None,
        locale: str = "en-US",
        permissions: int = MEMBER_PERMISSIONS,
        forged: bool = False,
    ) -> Interaction:
        """Someone presses a button of `sent`, by label or custom id, as it was then. Returns at once.

        The message itself is told as it stands now, or as it was if it is gone. Raises LookupError for a button
        that is not there, unless `forged`: then `button` is sent as a custom id that no button carried.
        """
        found = [one for one in sent.buttons if one.custom_id and button in {one.label, one.custom_id}]
        if not found and not forged:
            raise LookupError(f"no button {button!r} among {list(sent.labels)}")
        custom_id = found[0].custom_id if found else button
        channel = self.places.channels[sent.channel_id]
        data = {"component_type": 2, "custom_id": custom_id, "id": 1}
        who = self._who(channel, user)
        return self._act("component", custom_id or button, data, channel, who, locale, permissions, pressed=sent)

    async def submit_modal(
        self,
        interaction: Interaction,
        values: Mapping[str, str],
        *,
        permissions: int = MEMBER_PERMISSIONS,
    ) -> Interaction:
        """The person sends the form that `interaction` was answered with; `values` by custom id."""
        if interaction.modal is None:
            raise LookupError("no form was shown")
        inputs = [_filled(component, values) for component in interaction.modal["components"]]
        custom_id = interaction.modal["custom_id"]
        data = {"custom_id": custom_id, "components": inputs}
        user = self.places.users[interaction.user_id]
        return self._act(
            "modal",
            custom_id,
            data,
            interaction.channel,
            user,
            interaction.locale,
            permissions,
            pressed=interaction.pressed,
        )

    # ---------------------------------------------------------------- within

    def _channel(self, place: Place) -> Channel:
        if isinstance(place, Guild):
            return next(iter(place.channels.values()))
        return self.places.dm_with(place) if isinstance(place, User) else place

    def _who(self, channel: Channel, user: User | None) -> User:
        return user or channel.recipient or self.places.users.get(7) or self.add_user(7)

    def _command_data(
        self,
        channel: Channel,
        name: str,
        given: Mapping[str, Any],
        permissions: int,
        *,
        forged: bool = False,
        typing: str | None = None,
    ) -> Json:
        first, *inner = name.split()
        guild_id = channel.guild.id if channel.guild else None
        command = self._find_command(first, guild_id, SLASH)
        if not forged:
            offered(command, channel, permissions)
        options = filled_options(command, inner, given, typing=typing)
        told: Json = {"id": command["id"], "name": first, "type": 1, "options": options}
        if "guild_id" in command:
            told["guild_id"] = command["guild_id"]
        return told

    def _act(
        self,
        kind: Literal["command", "component", "autocomplete", "modal"],
        name: str,
        data: Json,
        channel: Channel,
        user: User,
        locale: str,
        permissions: int,
        *,
        pressed: Sent | None = None,
        alone: bool = False,
    ) -> Interaction:
        if not self.gateway.sessions:
            raise LookupError("the bot is not connected: Discord shows that it did not respond")
        guild = channel.guild
        owners = {"1": str(user.id)} if alone or guild is None or not guild.joined else {"0": str(guild.id)}
        interaction = Interaction(
            id=self.places.next_id(),
            kind=kind,
            name=name,
            data=data,
            user_id=user.id,
            channel=channel,
            locale=locale,
            at=self.clock(),
            owners=owners if guild else {"0": "0", **owners},
            until=self._until,
            pressed=pressed,
        )
        self.interactions.begin(interaction)
        self.gateway.emit("INTERACTION_CREATE", self._event(interaction, user, permissions), intent=0)
        return interaction

    def _event(self, interaction: Interaction, user: User, permissions: int) -> Json:
        """https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object."""
        channel, guild = interaction.channel, interaction.channel.guild
        event: Json = {
            "id": str(interaction.id),
            "application_id": str(APPLICATION_ID),
            "type": TYPES[interaction.kind],
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": channel.body(),
            "token": interaction.token,
            "version": 1,
            "locale": interaction.locale,
            "app_permissions": str(int(channel.allowed)),
            "entitlements": [],
            "authorizing_integration_owners": dict(interaction.owners),
            "context": 0 if guild else 1,
            "attachment_size_limit": 10 * 2**20,
        }
        if guild:
            event |= {"guild_id": str(guild.id), "guild_locale": guild.locale}
            event["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
            event["member"] = member_body(user, permissions)
        else:
            event["user"] = user.body()
        if sent := interaction.pressed:
            standing = self.interactions.messages.standing.get((sent.channel_id, sent.message_id))
            event["message"] = dict((standing.sent if standing else sent).body)
        return event


def _filled(component: Json, values: Mapping[str, str]) -> Json:
    """A row or label of a form with what was typed into it."""
    if "component" in component:
        return {"type": component["type"], "id": 1, "component": _filled(component["component"], values)}
    if "components" in component:
        return {
            "type": component["type"],
            "id": 1,
            "components": [_filled(one, values) for one in component["components"]],
        }
    typed = values.get(component.get("custom_id", ""), component.get("value") or "")
    return {"type": component["type"], "id": 1, "custom_id": component.get("custom_id", ""), "value": typed}
