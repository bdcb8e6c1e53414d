"""Trouble on the way to Discord: refusals over the wire, places that are closed, limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.discord.messenger import DiscordMessenger
from bot.errors import Ambiguous, DeliveryError, Gone, Rejected, RetryLater, TokenDead
from bot.messages import Notice, Span
from bot.model import Address
from tests.adapters.discord_chat import (
    ALERTS,
    ANN,
    FORUM,
    GUILD,
    NEWS,
    THREAD,
    messenger_of,
    place,
    send,
    small_server,
)
from tests.adapters.telegram_chat import NOW
from tests.emulators.discord import TOKEN, DiscordEmulator
from tests.emulators.discord_members import BOT_PERMISSIONS, Permission
from tests.emulators.discord_rules import Rules


@pytest.fixture
async def messenger(discord: DiscordEmulator) -> AsyncIterator[DiscordMessenger]:
    ours = messenger_of(discord)
    yield ours
    await ours.stop()


async def meant(messenger: DiscordMessenger, address: Address | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        await send(messenger, address or place(NEWS))
    assert TOKEN not in f"{raised.value!r} {raised.value.__cause__!r}"
    return raised.value


def posts(discord: DiscordEmulator) -> int:
    return sum(request.method == "POST" for request in discord.requests)


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        ({"status": 429, "retry_after": 7}, RetryLater, "scope user"),
        ({"status": 429, "scope": "shared"}, RetryLater, "scope shared"),
        ({"status": 429, "scope": "global"}, RetryLater, "scope global"),
        ({"status": 429, "scope": "cloudflare"}, RetryLater, "Cloudflare"),
        ({"code": 20028}, RetryLater, "20028"),
        ({"code": 50001}, Gone, "removed from the channel"),
        ({"code": 50013}, Gone, "no right to write"),
        ({"code": 10003}, Gone, "the channel is deleted"),
        ({"code": 160005}, Gone, "the thread is locked"),
        ({"code": 200000}, Gone, "moderation"),
        ({"code": 130000, "status": 503}, RetryLater, "130000"),
        ({"status": 401}, TokenDead, "DISCORD_TOKEN"),
        ({"status": 403, "html": True}, RetryLater, "403"),
        ({"status": 413, "code": 40005}, Rejected, "40005"),
        ({"status": 500}, RetryLater, "500"),
        ({"status": 502, "html": True}, RetryLater, "502"),
        ({"reset": True}, Ambiguous, "no answer from Discord"),
        ({"reset": True, "after_accept": True}, Ambiguous, "no answer from Discord"),
    ],
)
async def test_answer_on_the_wire_has_one_meaning(
    discord: DiscordEmulator,
    messenger: DiscordMessenger,
    failure: dict[str, Any],
    kind: type[DeliveryError],
    words: str,
) -> None:
    times = 2 if kind is Rejected else 1
    discord.fail("POST /channels/*/messages", times=times, **failure)
    error = await meant(messenger)
    assert type(error) is kind
    assert words in str(error)
    assert posts(discord) == times  # never repeated on its own, but as an embed
    assert not discord.refused


async def test_components_that_are_refused_become_an_embed(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    discord.fail("POST /channels/*/messages", status=400, code=50035)
    await send(messenger, place(NEWS))
    (sent,) = discord.sent
    assert [embed["title"] for embed in sent.embeds] == ["Lens the size of a grain maps a coral reef"]
    assert sent.labels == ("All coverage", "Why this?", "Mute story")


async def test_plain_message_shows_no_preview_and_calls_nobody(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    text = Notice((Span("@everyone <@7> **loud** https://evil.example"),))
    await messenger.send_plain(place(NEWS), text, locale="en", now=NOW)
    (sent,) = discord.sent
    assert sent.text.replace("\u2060", "") == "@everyone <@7> **loud** https://evil.example"
    assert (sent.flags & 4, sent.links, sent.allowed_mentions) == (4, (), {"parse": []})


async def test_nobody_listens_is_not_sent(discord: DiscordEmulator) -> None:
    ours = DiscordMessenger(TOKEN, api_url="http://127.0.0.1:9/api/v10", clock=lambda: NOW)
    error = await meant(ours)
    assert isinstance(error, RetryLater)
    assert not error.flood
    assert not await ours.reachable()
    await ours.stop()
    assert isinstance(await meant(ours), RetryLater)  # closed: nothing leaves any more
    assert not discord.requests


async def test_slow_answer_is_ambiguous(
    discord: DiscordEmulator, messenger: DiscordMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(messenger, place(NEWS), "d0")
    monkeypatch.setattr("adapters.discord.transport.CONNECT", 0.1)
    monkeypatch.setattr("adapters.discord.transport.READ", 0.1)
    discord.fail("POST /channels/*/messages", status=200, delay=0.6)
    assert isinstance(await meant(messenger), Ambiguous)
    assert len(discord.sent) == 2


async def test_wrong_token_is_dead(discord: DiscordEmulator) -> None:
    ours = messenger_of(discord, "MTAwMDAw.WRONG.another-token-entirely")
    error = await meant(ours)
    assert isinstance(error, TokenDead)
    assert "WRONG" not in str(error)
    assert await ours.reachable()  # it refuses, so it is there
    await ours.stop()


def test_missing_token_is_dead() -> None:
    with pytest.raises(TokenDead, match="DISCORD_TOKEN"):
        DiscordMessenger("", clock=lambda: NOW)


# ---------------------------------------------------------------- places that are closed


async def test_right_taken_away_is_gone(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    await discord.set_permissions(discord.places.channels[NEWS], BOT_PERMISSIONS & ~Permission.SEND_MESSAGES)
    assert str(await meant(messenger)) == "no right to write"
    await discord.set_permissions(discord.places.channels[NEWS], 0)
    assert str(await meant(messenger)) == "removed from the channel"


async def test_deleted_channel_and_left_server_are_gone(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    await discord.remove_channel(discord.places.channels[ALERTS])
    assert str(await meant(messenger, place(ALERTS))) == "the channel is deleted"
    await discord.remove_guild(discord.places.guilds[GUILD])
    assert str(await meant(messenger)) == "removed from the channel"


async def test_locked_thread_is_gone_and_a_sleeping_one_wakes_up(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    thread = discord.places.channels[THREAD]
    await discord.set_thread(thread, archived=True)
    await send(messenger, place(NEWS, THREAD), "d0")
    await discord.set_thread(thread, locked=True)
    assert str(await meant(messenger, place(NEWS, THREAD))) == "the thread is locked"


@pytest.mark.parametrize(("dm", "why"), [("closed", "takes no messages"), ("stranger", "no server in common")])
async def test_person_who_takes_no_messages_is_gone(
    discord: DiscordEmulator, messenger: DiscordMessenger, dm: Any, why: str
) -> None:
    discord.add_user(ANN, dm=dm)
    assert why in str(await meant(messenger, place(f"dm:{ANN}")))


@pytest.mark.parametrize("address", [place("anna"), place("dm:x"), place("9" * 30), place("\u0667")])
async def test_address_that_cannot_be_one_is_gone(messenger: DiscordMessenger, address: Address) -> None:
    assert isinstance(await meant(messenger, address), Gone)


async def test_stranger_and_unknown_channel_are_gone(messenger: DiscordMessenger) -> None:
    assert str(await meant(messenger, place("dm:999"))) == "no such person"
    assert str(await meant(messenger, place(999))) == "the channel is deleted"


async def test_forum_that_wants_a_tag_it_does_not_have_is_gone(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    forum = discord.places.channels[FORUM]
    forum.tags, forum.require_tag = {}, True
    assert "wants a tag" in str(await meant(messenger, place(FORUM)))


# ---------------------------------------------------------------- limits are known before they are broken


async def test_empty_bucket_is_not_asked_again_and_holds_up_nobody() -> None:
    rules = Rules(bucket_seconds=30)
    async with small_server(rules) as discord:
        messenger = messenger_of(discord)
        for number in range(5):
            await send(messenger, place(NEWS), f"d{number}")
        error = await meant(messenger)
        assert isinstance(error, RetryLater)
        assert not error.flood
        assert error.after is not None
        assert 25 < error.after <= 30
        await send(messenger, place(ALERTS), "d6")
        assert len(discord.sent) == 6
        assert not discord.refused
        await messenger.stop()


async def test_global_limit_stops_the_whole_token_without_another_request(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    discord.fail("POST /channels/*/messages", scope="global", retry_after=20)
    first = await meant(messenger)
    asked = len(discord.requests)
    second = await meant(messenger, place(ALERTS))
    assert isinstance(first, RetryLater)
    assert first.flood
    assert isinstance(second, RetryLater)
    assert len(discord.requests) == asked
