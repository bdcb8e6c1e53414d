"""The routes of the REST API that are played here, and the small answers about who is who."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.emulators.discord_commands import Commands
from tests.emulators.discord_errors import http_error, refusal
from tests.emulators.discord_http import Reply
from tests.emulators.discord_interactions import Interactions
from tests.emulators.discord_members import APPLICATION_ID, BOT, member_body
from tests.emulators.discord_messages import Messages
from tests.emulators.discord_places import Places
from tests.emulators.discord_records import Call, Json
from tests.emulators.discord_threads import Threads

Handler = Callable[[Call], Reply]

_BY_TOKEN_IN_PATH = ("/interactions/", "/webhooks/")


class Route(NamedTuple):
    """A handler under a path template of the specification."""

    method: str
    template: str
    handler: Handler

    @property
    def needs_token(self) -> bool:
        """Interactions carry theirs in the path, and are outside the limit of the token."""
        return not self.template.startswith(_BY_TOKEN_IN_PATH)

    @property
    def has_bucket(self) -> bool:
        """Writes to a channel are counted in a bucket of their own."""
        return self.method != "GET" and self.template.startswith("/channels/")


class Routes:
    """Finds the handler of a path."""

    def __init__(
        self,
        places: Places,
        messages: Messages,
        threads: Threads,
        commands: Commands,
        interactions: Interactions,
        gateway_url: Callable[[], str],
    ) -> None:
        self.places = places
        self._gateway_url = gateway_url
        by_template: dict[str, dict[str, Handler]] = {
            **self._accounts(),
            **_channels(messages, threads),
            **_commands(commands),
            **_interactions(interactions),
        }
        self._routes = [
            (_pattern(template), {name: Route(name, template, handler) for name, handler in methods.items()})
            for template, methods in by_template.items()
        ]

    @property
    def played(self) -> list[Route]:
        return [route for _, methods in self._routes for route in methods.values()]

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
        """The route and the ids in its path. Raises Refused: 404 or 405."""
        known = False
        for pattern, methods in self._routes:
            if match := pattern.fullmatch(path):
                if route := methods.get(method):
                    return route, match.groupdict()
                known = True
        raise http_error(405 if known else 404)

    def _accounts(self) -> dict[str, dict[str, Handler]]:
        return {
            "/users/@me": {"GET": lambda _: Reply(200, BOT.body())},
            "/users/@me/guilds": {"GET": self._guilds},
            "/users/{user_id}": {"GET": self._user},
            "/oauth2/applications/@me": {"GET": lambda _: Reply(200, application_body())},
            "/applications/@me": {"GET": lambda _: Reply(200, application_body())},
            "/gateway": {"GET": lambda _: Reply(200, {"url": self._gateway_url()})},
            "/gateway/bot": {"GET": self._gateway_bot},
            "/guilds/{guild_id}": {"GET": lambda call: Reply(200, self.places.guild(call.id("guild_id")).body())},
            "/guilds/{guild_id}/channels": {"GET": self._guild_channels},
            "/guilds/{guild_id}/members/{user_id}": {"GET": self._member},
        }

    def _guilds(self, _: Call) -> Reply:
        joined = [guild for guild in self.places.guilds.values() if guild.joined]
        return Reply(
            200,
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "permissions": str(int(guild.permissions)),
                    "features": [],
                }
                for guild in joined
            ],
        )

    def _user(self, call: Call) -> Reply:
        user = self.places.users.get(call.id("user_id"))
        if user is None:
            raise refusal(10013)
        return Reply(200, user.body())

    def _gateway_bot(self, _: Call) -> Reply:
        limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return Reply(200, {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit})

    def _guild_channels(self, call: Call) -> Reply:
        return Reply(200, self.places.guild(call.id("guild_id")).body()["channels"])

    def _member(self, call: Call) -> Reply:
        self.places.guild(call.id("guild_id"))
        user = self.places.users.get(call.id("user_id"))
        if user is None:
            raise refusal(10007)
        return Reply(200, member_body(user))


def _channels(messages: Messages, threads: Threads) -> dict[str, dict[str, Handler]]:
    message = "/channels/{channel_id}/messages/{message_id}"
    return {
        "/users/@me/channels": {"POST": threads.open_dm},
        "/channels/{channel_id}": {"GET": threads.get, "PATCH": threads.change},
        "/channels/{channel_id}/messages": {"GET": messages.history, "POST": messages.create},
        message: {"GET": messages.get, "PATCH": messages.edit, "DELETE": messages.delete},
        f"{message}/crosspost": {"POST": messages.crosspost},
        f"{message}/threads": {"POST": threads.start_from_message},
        "/channels/{channel_id}/threads": {"POST": threads.start},
        "/channels/{channel_id}/threads/archived/public": {"GET": threads.archived},
        "/channels/{channel_id}/thread-members/@me": {"PUT": threads.join},
        "/channels/{channel_id}/typing": {"POST": messages.typing},
        "/guilds/{guild_id}/threads/active": {"GET": threads.active},
    }


def _commands(commands: Commands) -> dict[str, dict[str, Handler]]:
    held: dict[str, dict[str, Handler]] = {}
    for root in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
        held[f"{root}/commands"] = {"GET": commands.list, "PUT": commands.replace, "POST": commands.add}
        held[f"{root}/commands/{{command_id}}"] = {
            "GET": commands.get,
            "PATCH": commands.change,
            "DELETE": commands.delete,
        }
    return held


def _interactions(interactions: Interactions) -> dict[str, dict[str, Handler]]:
    webhook = "/webhooks/{webhook_id}/{webhook_token}"
    return {
        "/interactions/{interaction_id}/{interaction_token}/callback": {"POST": interactions.callback},
        webhook: {"POST": interactions.follow_up},
        f"{webhook}/messages/@original": {
            "GET": interactions.get_original,
            "PATCH": interactions.edit_original,
            "DELETE": interactions.delete_original,
        },
        f"{webhook}/messages/{{message_id}}": {
            "GET": interactions.get_message,
            "PATCH": interactions.edit_message,
            "DELETE": interactions.delete_message,
        },
    }


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))


def application_body() -> Json:
    """https://docs.discord.com/developers/resources/application, with every field discord.py needs."""
    return {
        "id": str(APPLICATION_ID),
        "name": BOT.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "owner": {"id": "1", "username": "owner", "discriminator": "0", "avatar": None},
        "team": None,
    }
