"""Commands, buttons and forms on the loopback Discord server, answered by the real discord.py."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_client import ANN, GUILD, NEWS, Client, connected
from tests.emulators.discord_members import MEMBER_PERMISSIONS, Permission


class Mute(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"tw:mute:(?P<story>\d+)"):
    """A button that survives restarts: its custom id is all there is to it."""

    def __init__(self, story: int) -> None:
        super().__init__(discord.ui.Button(label="Mute story", custom_id=f"tw:mute:{story}"))
        self.story = story

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["story"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"Story {self.story} is muted.", view=None)
        await interaction.followup.send("Undo within a day.", ephemeral=True)


class Ask(discord.ui.Modal, title="Confirm"):
    """A form with one line."""

    word: discord.ui.TextInput[Self] = discord.ui.TextInput(label="Type SEND", custom_id="word")

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        await interaction.response.send_message(f"You typed {self.word.value}.")


class Bot(Client):
    """A few commands, each answering in a way of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.add_dynamic_items(Mute)
        self.faults: list[BaseException] = []
        self.tree.on_error = self._note  # type: ignore[method-assign]
        add = self.tree.command
        add(name="subscribe", description="Follow topics")(app_commands.autocomplete(text=_topics)(_subscribe))
        add(name="topics", description="What there is")(_at_once)
        add(name="late", description="Answers after the time is over")(_late)
        add(name="confirm", description="Asks in a form")(_confirm)
        admins = discord.Permissions(manage_guild=True)
        app_commands.default_permissions(admins)(add(name="stats", description="Figures")(_stats))

    async def _note(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.faults.append(error.__cause__ or error)


async def _topics(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed} {number}", value=str(number)) for number in range(25)]


@app_commands.describe(text="topics and bar")
async def _subscribe(interaction: discord.Interaction, text: str = "") -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(content=f"{text} in {interaction.locale}, {interaction.guild_id}")
    await interaction.followup.send("Three examples", ephemeral=True)


async def _at_once(interaction: discord.Interaction) -> None:
    view = discord.ui.View(timeout=None).add_item(Mute(17))
    await interaction.response.send_message("Here they are", view=view)


late = asyncio.Event()


async def _late(interaction: discord.Interaction) -> None:
    await late.wait()
    await interaction.response.send_message("too late")


async def _confirm(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Ask())


async def _stats(interaction: discord.Interaction) -> None:
    await interaction.response.defer()
    file = discord.File(io.BytesIO(b"a,b"), "stats.csv")
    await interaction.followup.send("Figures", file=file)


@pytest.fixture
async def bot(server: DiscordEmulator) -> AsyncIterator[Bot]:
    late.clear()
    client = Bot()
    async with connected(server, client):
        await client.tree.sync()
        yield client


@pytest.mark.usefixtures("bot")
async def test_a_command_is_deferred_answered_and_followed_up_for_one_person(
    server: DiscordEmulator, clock: Clock
) -> None:
    news = server.places.channels[NEWS]
    interaction = await server.slash(news, "subscribe", {"text": "ai 80"}, locale="de")
    ack = await interaction.acked()
    answer = await interaction.answered()
    await server.wait_until(lambda: interaction.followups)
    assert (ack.kind, ack.seconds, ack.ephemeral, ack.at) == ("deferred", 0, True, clock())
    assert (answer.text, answer.ephemeral, answer.kind) == (f"ai 80 in de, {GUILD}", True, "interaction")
    assert (interaction.followups[0].text, interaction.followups[0].ephemeral) == ("Three examples", True)
    assert [sent.interaction_id for sent in server.sent] == [interaction.id] * 2
    assert interaction.deferred
    assert not server.refused


@pytest.mark.usefixtures("bot")
async def test_a_direct_message_is_its_own_context(server: DiscordEmulator) -> None:
    ann = server.places.users[ANN]
    interaction = await server.slash(ann, "subscribe", {"text": "ai"})
    assert (await interaction.answered()).text == "ai in en-US, None"
    assert interaction.guild_id is None


@pytest.mark.usefixtures("bot")
async def test_choices_are_shown_while_typing(server: DiscordEmulator) -> None:
    choices = await server.autocomplete("subscribe", "text", "a")
    assert (len(choices), choices[0]) == (25, {"name": "a 0", "value": "0"})
    assert not server.refused


@pytest.mark.usefixtures("bot")
async def test_a_button_edits_its_message_and_tells_the_one_who_pressed(server: DiscordEmulator) -> None:
    shown = await (await server.slash(server.places.channels[NEWS], "topics")).answered()
    assert (shown.ephemeral, shown.labels) == (False, ("Mute story",))
    click = await server.press(shown, "Mute story")
    await server.wait_until(lambda: click.followups)
    assert (click.ack and click.ack.kind, click.original and click.original.text) == (
        "deferred_update",
        "Story 17 is muted.",
    )
    assert (click.followups[0].text, click.followups[0].ephemeral) == ("Undo within a day.", True)
    assert server.shown(NEWS)[0].text == "Story 17 is muted."
    assert not server.refused


@pytest.mark.usefixtures("bot")
async def test_a_button_of_a_message_that_is_gone_can_still_be_pressed(server: DiscordEmulator) -> None:
    first = await server.slash(server.places.channels[NEWS], "topics")
    shown = await first.answered()
    assert first.holder
    server.messages.remove(first.holder, server.clock())
    click = await server.press(shown, "tw:mute:17")
    await server.wait_until(lambda: server.refused)
    assert ((await click.acked()).kind, server.refused[0].code) == ("deferred_update", 10008)
    with pytest.raises(LookupError, match="Mute story"):
        await server.press(shown, "No such button")


@pytest.mark.usefixtures("bot")
async def test_a_form_is_shown_filled_in_and_answered(server: DiscordEmulator) -> None:
    asked = await server.slash(server.places.channels[NEWS], "confirm")
    await asked.acked()
    assert asked.modal
    assert asked.modal["title"] == "Confirm"
    answer = await (await server.submit_modal(asked, {"word": "SEND"})).answered()
    assert answer.text == "You typed SEND."
    assert not server.refused


@pytest.mark.usefixtures("bot")
async def test_the_first_follow_up_takes_the_place_of_a_deferred_answer(server: DiscordEmulator) -> None:
    permissions = MEMBER_PERMISSIONS | Permission.MANAGE_GUILD
    stats = await server.slash(server.places.channels[NEWS], "stats", permissions=permissions)
    answer = await stats.answered()
    assert (answer.files, answer.uploads["stats.csv"], stats.followups) == (("stats.csv",), b"a,b", [])
    assert stats.original == answer


async def test_an_answer_after_three_seconds_is_refused(server: DiscordEmulator, bot: Bot, clock: Clock) -> None:
    interaction = await server.slash(server.places.channels[NEWS], "late")
    clock.forward(seconds=3.1)
    late.set()
    await server.wait_until(lambda: server.refused)
    assert (server.refused[0].code, server.unanswered, server.sent) == (10062, [interaction], [])
    async with asyncio.timeout(5):
        while not bot.faults:
            await asyncio.sleep(0)
    assert isinstance(bot.faults[0], discord.NotFound)


@pytest.mark.usefixtures("bot")
async def test_an_interaction_is_acknowledged_once_and_lives_fifteen_minutes(
    server: DiscordEmulator, clock: Clock
) -> None:
    interaction = await server.slash(server.places.channels[NEWS], "topics")
    await interaction.answered()
    message: dict[str, Any] = {"content": "x", "allowed_mentions": {"parse": []}}
    callback = f"{server.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
    webhook = f"{server.api_url}/webhooks/100000000000000001/{interaction.token}"
    codes = []
    async with aiohttp.ClientSession() as session:

        async def post(url: str, body: dict[str, Any]) -> None:
            async with session.post(url, json=body) as response:
                codes.append((response.status, (await response.json()).get("code")))

        await post(callback, {"type": 4, "data": message})
        await post(webhook, message)
        clock.forward(minutes=15, seconds=1)
        await post(webhook, message)
    assert codes == [(400, 40060), (200, None), (401, 50027)]


@pytest.mark.usefixtures("bot")
async def test_an_answer_must_fit_what_was_asked(server: DiscordEmulator) -> None:
    interaction = await server.slash(server.places.channels[NEWS], "late")
    too_many = [{"name": str(number), "value": "x"} for number in range(26)]
    callback = f"{server.api_url}/interactions/{interaction.id}/{interaction.token}/callback"
    async with aiohttp.ClientSession() as session:
        for body in ({"type": 7, "data": {"content": "x"}}, {"type": 8, "data": {"choices": too_many}}):
            async with session.post(callback, json=body) as response:
                assert (response.status, (await response.json())["code"]) == (400, 50035)
        async with session.post(
            f"{server.api_url}/webhooks/100000000000000001/{interaction.token}", json={}
        ) as response:
            assert (await response.json())["code"] == 10015
    assert interaction.ack is None


@pytest.mark.usefixtures("bot")
async def test_an_app_of_one_person_follows_up_five_times(server: DiscordEmulator) -> None:
    elsewhere = server.add_guild(888, "Not ours", joined=False).add_channel(889)
    interaction = await server.slash(elsewhere, "topics", user_install=True, forged=True)
    await interaction.answered()
    webhook = f"{server.api_url}/webhooks/100000000000000001/{interaction.token}"
    async with aiohttp.ClientSession() as session:
        for _ in range(6):
            body = {"content": "x", "allowed_mentions": {"parse": []}}
            async with session.post(webhook, json=body) as response:
                answer = await response.json()
    assert (answer["code"], len(interaction.followups)) == (40094, 5)


@pytest.mark.usefixtures("bot")
async def test_a_person_gives_only_what_is_offered(server: DiscordEmulator) -> None:
    news = server.places.channels[NEWS]
    not_ours = server.add_guild(888, joined=False).add_channel(889)
    for place, command, options, reason in (
        (news, "nothing", {}, "no command /nothing"),
        (news, "stats", {}, "needs the permissions"),
        (news, "subscribe", {"other": "x"}, "no option"),
        (news, "subscribe", {"text": 5}, "does not take 5"),
        (news, "subscribe now", {}, "no subcommand"),
        (not_ours, "topics", {}, "the bot is not in this server"),
    ):
        with pytest.raises(LookupError, match=reason):
            await server.slash(place, command, options)
    assert server.places.guilds[GUILD].joined
