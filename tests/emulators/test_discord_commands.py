"""What may be registered as an application command, and what Discord keeps of it."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_client import GUILD, Client
from tests.emulators.discord_command_rules import check_command
from tests.emulators.discord_records import Refused

Json = dict[str, Any]


async def _answer(interaction: discord.Interaction, text: str) -> None:
    await interaction.response.send_message(text)


class German(app_commands.Translator):
    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _: app_commands.TranslationContextTypes
    ) -> str | None:
        return "abonnieren" if locale is discord.Locale.german and str(string) == "subscribe" else None


def command(**fields: Any) -> Json:
    return {"name": "subscribe", "description": "Follow topics", **fields}


def option(**fields: Any) -> Json:
    return {"type": 3, "name": "text", "description": "topics", **fields}


async def put(bot: Client, commands: list[Json], guild: int | None = None) -> Any:
    scope = "" if guild is None else f"/guilds/{guild}"
    route = discord.http.Route("PUT", f"/applications/100000000000000001{scope}/commands")
    return await bot.http.request(route, json=commands)


async def test_a_sync_is_one_put_and_a_command_keeps_its_id(server: DiscordEmulator, bot: Client) -> None:
    bot.tree.command(name=app_commands.locale_str("subscribe"), description="Follow topics")(_answer)
    await bot.tree.set_translator(German())
    (first,) = await bot.tree.sync()
    (second,) = await bot.tree.sync()
    fetched = await bot.tree.fetch_commands()
    assert (server.syncs, first.id, [one.id for one in fetched]) == (2, second.id, [first.id])
    (held,) = server.commands[None]
    assert held["name_localizations"] == {"de": "abonnieren"}
    assert held["options"] == [{"name": "text", "description": "…", "required": True, "type": 3}]
    assert server.requests[-1].route.endswith("/commands")
    assert not server.refused


async def test_a_guild_has_commands_of_its_own(server: DiscordEmulator, bot: Client) -> None:
    await put(bot, [command(name="here")], GUILD)
    assert (list(server.commands), server.commands[GUILD][0]["guild_id"]) == ([GUILD], str(GUILD))
    assert [one.name for one in await bot.tree.fetch_commands(guild=discord.Object(GUILD))] == ["here"]
    (held,) = await bot.tree.fetch_commands(guild=discord.Object(GUILD))
    changed = await held.edit(description="Changed")
    await changed.delete()
    assert (changed.description, server.commands[GUILD]) == ("Changed", [])


async def test_translations_come_back_only_when_they_are_asked_for(bot: Client) -> None:
    await put(bot, [command(name_localizations={"de": "abonnieren"}, options=[option(required=False)])])
    route = discord.http.Route("GET", "/applications/100000000000000001/commands")
    (short,) = await bot.http.request(route)
    (long,) = await bot.http.request(route, params={"with_localizations": "true"})
    assert "name_localizations" not in short
    assert (long["name_localizations"], long["options"]) == ({"de": "abonnieren"}, [option()])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ([command(name="Subscribe")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="two words")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="x" * 33)], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(name="")], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(type=3)], "APPLICATION_COMMAND_CONTEXT_MENU_BARE"),
        ([command(type=3, name="x" * 33, description="")], "BASE_TYPE_BAD_LENGTH"),
        ([command(), command(type=3, description="", options=[option()])], "APPLICATION_COMMAND_CONTEXT_MENU_BARE"),
        ([command(description="")], "BASE_TYPE_REQUIRED"),
        ([command(description="x" * 101)], "BASE_TYPE_BAD_LENGTH"),
        ([command(), command()], "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ([command(name_localizations={"xx": "x"})], "ENUM_TYPE_COERCE"),
        ([command(name_localizations={"de": "Zwei Wörter"})], "APPLICATION_COMMAND_INVALID_NAME"),
        ([command(options=[option(name=f"o{number}") for number in range(26)])], "BASE_TYPE_MAX_LENGTH"),
        ([command(options=[option(), option()])], "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        (
            [command(options=[option(), option(name="must", required=True)])],
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            [command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "a"}])])],
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
        ),
        (
            [command(options=[option(choices=[{"name": str(number), "value": "a"} for number in range(26)])])],
            "BASE_TYPE_MAX_LENGTH",
        ),
    ],
)
async def test_a_command_that_breaks_a_rule_is_refused(
    server: DiscordEmulator, bot: Client, wrong: list[Json], code: str
) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await put(bot, wrong)
    assert (refused.value.code, server.syncs, server.commands) == (50035, 0, {})
    assert code in str(server.refused[0].errors)


async def test_five_commands_in_the_menu_of_a_message_are_kept_beside_the_others(
    server: DiscordEmulator, bot: Client
) -> None:
    def on_message(count: int) -> list[Json]:
        return [{"type": 3, "name": f"subscribe {number}"} for number in range(count)]

    with pytest.raises(discord.HTTPException) as refused:
        await put(bot, on_message(6))
    assert refused.value.code == 30032
    await put(bot, [command(), {"type": 3, "name": "subscribe"}, *on_message(4)])
    assert [held["type"] for held in server.commands[None]] == [1, 3, 3, 3, 3, 3]


async def test_a_hundred_commands_are_kept_and_two_hundred_made_a_day(
    server: DiscordEmulator, bot: Client, clock: Clock
) -> None:
    def numbered(first: int, count: int) -> list[Json]:
        return [command(name=f"c{number}") for number in range(first, first + count)]

    codes = []
    for first, count in ((0, 101), (0, 100), (100, 100), (200, 1)):
        try:
            await put(bot, numbered(first, count))
        except discord.HTTPException as refused:
            codes.append(refused.code)
    clock.forward(days=1)
    await put(bot, numbered(200, 1))
    assert (codes, len(server.commands[None])) == ([30032, 30034], 1)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=100))
def test_a_command_is_taken_exactly_within_eight_thousand_characters(lengths: list[int]) -> None:
    choices = [{"name": "n" * length, "value": "v" * length} for length in lengths]
    groups = [choices[start : start + 25] for start in range(0, len(choices), 25)]
    options = [option(name=f"o{number}", choices=held) for number, held in enumerate(groups)]
    total = len("subscribe" + "Follow topics") + len(options) * len("o0topics") + 2 * sum(lengths)
    if total <= 8000:
        check_command(command(options=options), ())
        return
    with pytest.raises(Refused) as refused:
        check_command(command(options=options), ())
    assert "APPLICATION_COMMAND_TOO_LARGE" in str(refused.value.errors)
