"""The loopback Discord server takes what the rules allow, driven by the real discord.py over REST."""

from __future__ import annotations

import io

import discord
import pytest

from tests.conftest import Clock
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_client import (
    ALERTS,
    ANN,
    FORUM,
    GUILD,
    NEWS,
    THREAD,
    Client,
    addressed,
    logged_in,
)
from tests.emulators.discord_members import Permission
from tests.emulators.discord_records import Button, Post


def card() -> discord.ui.LayoutView:
    """A card of components: headline, section with a picture, gallery, buttons."""
    row = discord.ui.ActionRow[discord.ui.LayoutView](
        discord.ui.Button(label="Why this?", custom_id="tw:why:1"),
        discord.ui.Button(label="Read", url="https://news.example/a"),
    )
    section = discord.ui.Section[discord.ui.LayoutView](
        discord.ui.TextDisplay("Reuters · <t:1795780800:R> · quality 84"),
        accessory=discord.ui.Thumbnail("https://pictures.example/a.jpg"),
    )
    headline = discord.ui.TextDisplay[discord.ui.LayoutView]("### [Chips \\& law](<https://news.example/a>)")
    gallery = discord.ui.MediaGallery[discord.ui.LayoutView]()
    gallery.add_item(media="https://pictures.example/b.jpg")
    container = discord.ui.Container[discord.ui.LayoutView](headline, section, gallery, row, accent_colour=0x2ECC71)
    return discord.ui.LayoutView(timeout=None).add_item(container)


# ---------------------------------------------------------------- sending


async def test_login_needs_two_requests_and_sending_one(server: DiscordEmulator, bot: Client) -> None:
    message = await bot.get_partial_messageable(NEWS).send("**Chips** and law", silent=True)
    (sent,) = server.sent
    assert (sent.kind, sent.channel_id, sent.message_id) == ("channel", NEWS, message.id)
    assert (sent.text, sent.content, sent.flags) == ("Chips and law", "**Chips** and law", 4096)
    assert (sent.allowed_mentions, sent.at) == ({"parse": []}, server.clock())
    assert [request.route for request in server.requests] == [
        "GET /users/@me",
        "GET /oauth2/applications/@me",
        f"POST /channels/{NEWS}/messages",
    ]
    assert not server.refused


async def test_a_member_reads_a_card_of_components(server: DiscordEmulator, bot: Client) -> None:
    message = await bot.get_partial_messageable(NEWS).send(view=card())
    (sent,) = server.sent
    assert sent.text == "Chips & law\nReuters · 2026-11-27 12:00 UTC · quality 84"
    assert sent.buttons == (
        Button("Why this?", custom_id="tw:why:1", style=2),
        Button("Read", url="https://news.example/a", style=5),
    )
    (container,) = sent.components
    assert [part.kind for part in container.walk()] == [
        *("container", "text", "section", "text", "thumbnail", "gallery", "row", "button", "button"),
    ]
    assert (container.body["accent_color"], len(sent.parts("gallery"))) == (0x2ECC71, 1)
    assert sent.links == ("https://news.example/a", "https://news.example/a")
    assert message.flags.components_v2
    assert not server.refused


async def test_a_member_reads_an_embed_with_buttons(server: DiscordEmulator, bot: Client) -> None:
    embed = discord.Embed(title="Chips", url="https://news.example/a", description="Two _words_", colour=1)
    embed.add_field(name="Also covered by", value="[AP](https://ap.example/x) · 71").set_footer(text="#ai")
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="Mute", custom_id="tw:mute"))
    message = await bot.get_partial_messageable(ALERTS).send(embed=embed, view=view)
    (sent,) = server.sent
    assert sent.text == "Chips\nTwo words\nAlso covered by\nAP · 71\n#ai"
    assert (sent.labels, sent.links) == (("Mute",), ("https://news.example/a", "https://ap.example/x"))
    assert (message.embeds[0].title, len(message.components)) == ("Chips", 1)
    assert not server.refused


async def test_a_file_arrives_with_its_bytes(server: DiscordEmulator, bot: Client) -> None:
    file = discord.File(io.BytesIO(b"{}"), "export.json")
    message = await bot.get_partial_messageable(NEWS).send("Yours", file=file)
    assert (server.sent[0].files, server.sent[0].uploads["export.json"]) == (("export.json",), b"{}")
    assert message.attachments[0].size == 2
    assert not server.refused


async def test_a_thread_and_a_direct_message_are_told_apart(server: DiscordEmulator, bot: Client) -> None:
    await bot.get_partial_messageable(THREAD).send("in the thread")
    user = await bot.fetch_user(ANN)
    await user.send("for you")
    await bot.get_partial_messageable((await bot.create_dm(user)).id).send("and again")
    assert [(sent.kind, sent.text) for sent in server.sent] == [
        ("thread", "in the thread"),
        ("dm", "for you"),
        ("dm", "and again"),
    ]
    assert (server.opened, server.sent[1].channel_id) == ([ANN], server.sent[2].channel_id)
    assert not server.refused


async def test_a_forum_takes_posts_with_tags_and_messages_inside(server: DiscordEmulator, bot: Client) -> None:
    forum = await bot.fetch_channel(FORUM)
    assert isinstance(forum, discord.ForumChannel)
    tags = [tag for tag in forum.available_tags if tag.name == "AI"]
    post = await forum.create_thread(name="AI, 27 November", view=card(), applied_tags=tags)
    await post.thread.send("a second story")
    first, second = server.sent
    assert first.thread == Post("AI, 27 November", FORUM, (tags[0].id,), ("AI",))
    assert (first.kind, first.channel_id, second.kind) == ("forum", post.thread.id, "thread")
    assert second.channel_id == post.thread.id
    assert not server.refused


async def test_an_edit_changes_what_it_names_and_a_deletion_is_seen(server: DiscordEmulator, bot: Client) -> None:
    channel = bot.get_partial_messageable(NEWS)
    message = await channel.send("first", embed=discord.Embed(title="stays"))
    await message.edit(content="second")
    assert [sent.text for sent in server.shown(NEWS)] == ["second\nstays"]
    assert (await channel.fetch_message(message.id)).content == "second"
    await message.delete()
    assert (server.shown(NEWS), server.deletions[0].message_id) == ([], message.id)
    assert [sent.text for sent in server.edits] == ["second\nstays"]
    server.forget()
    assert (server.requests, server.sent, server.edits, server.deletions) == ([], [], [], [])


async def test_a_card_of_components_stays_one_when_it_is_edited(server: DiscordEmulator, bot: Client) -> None:
    message = await bot.get_partial_messageable(NEWS).send(view=card())
    with pytest.raises(discord.HTTPException, match="cannot be used when using MessageFlags"):
        await message.edit(content="plain")
    muted = discord.ui.LayoutView(timeout=None).add_item(discord.ui.TextDisplay("Muted."))
    await message.edit(view=muted)
    assert [sent.text for sent in server.shown(NEWS)] == ["Muted."]


async def test_an_announcement_can_be_crossposted_once(bot: Client) -> None:
    message = await bot.get_partial_messageable(ALERTS).send("news")
    await message.publish()
    with pytest.raises(discord.HTTPException) as refused:
        await message.publish()
    assert refused.value.code == 40033


# ---------------------------------------------------------------- nonce


async def test_the_same_nonce_returns_the_same_message_for_a_few_minutes(
    server: DiscordEmulator, bot: Client, clock: Clock
) -> None:
    channel = bot.get_partial_messageable(NEWS)
    first = await channel.send("once", nonce="delivery-1")
    clock.forward(minutes=2)
    again = await channel.send("once", nonce="delivery-1")
    clock.forward(minutes=2)
    later = await channel.send("once", nonce="delivery-1")
    assert (first.id, len(server.sent)) == (again.id, 2)
    assert later.id != first.id
    assert server.sent[0].nonce == "delivery-1"


# ---------------------------------------------------------------- who and where


async def test_the_bot_learns_its_rooms_and_rights(server: DiscordEmulator, bot: Client) -> None:
    await server.set_permissions(server.places.channels[NEWS], Permission.VIEW_CHANNEL)
    guild = await bot.fetch_guild(GUILD)
    channels = await guild.fetch_channels()
    assert bot.user
    news = next(channel for channel in channels if channel.id == NEWS)
    allowed = news.permissions_for(await guild.fetch_member(bot.user.id))
    assert (guild.name, len(channels)) == ("A server", 3)
    assert (allowed.view_channel, allowed.send_messages) == (True, False)
    assert not server.refused


async def test_a_wrong_token_is_401_and_counts_as_invalid(server: DiscordEmulator) -> None:
    async with logged_in(server) as client:
        client.http.token = "wrong"
        with pytest.raises(discord.HTTPException) as refused:
            await client.get_partial_messageable(NEWS).send("hi")
    assert (refused.value.status, refused.value.code, refused.value.text) == (401, 0, "401: Unauthorized")
    assert (server.sent, server.invalid_requests) == ([], 1)


async def test_a_login_with_a_wrong_token_fails(server: DiscordEmulator) -> None:
    client = Client()
    with addressed(server), pytest.raises(discord.LoginFailure):
        await client.login("wrong")
    await client.close()
    assert [refusal.status for refusal in server.refused] == [401]


async def test_a_route_that_is_not_played_is_404(server: DiscordEmulator, bot: Client) -> None:
    with pytest.raises(discord.NotFound) as refused:
        await bot.http.request(discord.http.Route("GET", "/nothing"))
    assert (refused.value.code, server.refused[0].route) == (0, "GET /nothing")


# ---------------------------------------------------------------- places that do not take it


async def test_places_refuse_with_their_own_codes_and_break_no_rule(server: DiscordEmulator, bot: Client) -> None:
    guild = server.places.guilds[GUILD]
    gone, mute, dark, locked = (guild.add_channel(number, "text", "x") for number in range(910, 914))
    no_embeds = guild.add_channel(914, "text", "x", permissions=guild.permissions & ~Permission.EMBED_LINKS)
    left = server.add_guild(999).add_channel(915)
    await server.remove_channel(gone)
    await server.set_permissions(mute, Permission.VIEW_CHANNEL)
    await server.set_permissions(dark, 0)
    await server.remove_guild(server.places.guilds[999])
    thread = guild.add_thread(920, locked.id, locked=True)
    closed = server.add_user(8, "Bob", dm="closed")
    stranger = server.add_user(9, "Eve", dm="stranger")
    expected = [
        (gone.id, discord.NotFound, 10003),
        (mute.id, discord.Forbidden, 50013),
        (no_embeds.id, discord.Forbidden, 50013),
        (dark.id, discord.Forbidden, 50001),
        (left.id, discord.Forbidden, 50001),
        (thread.id, discord.Forbidden, 160005),
        (server.places.dm_with(closed).id, discord.Forbidden, 50007),
        (server.places.dm_with(stranger).id, discord.Forbidden, 50278),
    ]
    for place, kind, code in expected:
        with pytest.raises(kind) as refused:
            await bot.get_partial_messageable(place).send(embed=discord.Embed(title="x"))
        assert isinstance(refused.value, discord.HTTPException)
        assert refused.value.code == code
    assert ([failure.code for failure in server.failed], server.refused, server.sent) == (
        [code for _, _, code in expected],
        [],
        [],
    )


async def test_an_archived_thread_wakes_up_for_a_message_but_not_for_an_edit(
    server: DiscordEmulator, bot: Client
) -> None:
    thread = server.places.channels[THREAD]
    message = await bot.get_partial_messageable(THREAD).send("before")
    await server.set_thread(thread, archived=True)
    with pytest.raises(discord.HTTPException) as refused:
        await message.edit(content="after")
    assert refused.value.code == 50083
    await bot.get_partial_messageable(THREAD).send("awake")
    assert not thread.archived
    assert not server.refused
