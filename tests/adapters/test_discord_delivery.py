"""What is owed goes over HTTP alone to channels, threads, forums and people, each message once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.messenger import DiscordMessenger
from adapters.discord.posting import nonce_of
from bot.errors import Ambiguous
from bot.messages import Content
from bot.model import Address
from tests.adapters.discord_chat import (
    ALERT,
    ALERTS,
    ANN,
    FORUM,
    HELLO,
    NEWS,
    THREAD,
    messenger_of,
    place,
    send,
    small_server,
)
from tests.adapters.telegram_chat import NOW
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_rules import Rules


@pytest.fixture
async def messenger(discord: DiscordEmulator) -> AsyncIterator[DiscordMessenger]:
    ours = messenger_of(discord)
    yield ours
    await ours.stop()


def asked(discord: DiscordEmulator, route: str) -> int:
    return sum(request.route == route for request in discord.requests)


def refused(discord: DiscordEmulator) -> list[tuple[str, int]]:
    return [(refusal.route, refusal.code) for refusal in discord.refused]


async def test_alert_goes_to_every_kind_of_place(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    places = [place(NEWS), place(ALERTS), place(NEWS, THREAD), place(FORUM), place(f"dm:{ANN}")]
    ids = [await send(messenger, address, f"d{number}") for number, address in enumerate(places)]
    cards = [sent for sent in discord.sent if sent.buttons]
    post = cards[3].channel_id  # in a forum the post is part of the id
    assert [str(sent.message_id) for sent in cards] == [id_.removeprefix(f"{post}/") for id_ in ids]
    assert [sent.kind for sent in cards] == ["channel", "channel", "thread", "thread", "dm"]
    assert {sent.text for sent in cards} == {cards[0].text}
    assert all(sent.allowed_mentions == {"parse": []} and sent.nonce for sent in cards)
    assert not [request for request in discord.requests if "crosspost" in request.path]
    assert refused(discord) == [(f"POST /channels/{FORUM}/messages", 50008)], "a forum: it is looked up then"


async def test_sending_needs_no_gateway(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    await send(messenger, place(NEWS))
    assert not discord.gateway.sessions
    assert messenger.fault is None


async def test_lost_answer_is_not_repeated_by_a_second_try(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    discord.fail("POST /channels/*/messages", reset=True, after_accept=True)
    with pytest.raises(Ambiguous):
        await send(messenger, place(NEWS), "d7")
    message_id = await send(messenger, place(NEWS), "d7")
    assert [str(sent.message_id) for sent in discord.sent] == [message_id]


def test_nonce_is_short_and_tells_deliveries_apart() -> None:
    nonces = {nonce_of(address, f"d{n}") for address in (place(NEWS), place(ALERTS)) for n in range(50)}
    assert len(nonces) == 100
    assert all(len(nonce) <= 25 for nonce in nonces)
    assert nonce_of(place(NEWS), "d1") == nonce_of(place(NEWS), "d1")


async def test_last_token_of_a_bucket_holds_up_nobody() -> None:
    async with small_server(Rules(bucket_limit=1, bucket_seconds=60)) as discord:
        messenger = messenger_of(discord)
        async with asyncio.timeout(5):
            await send(messenger, place(NEWS))
            await send(messenger, place(ALERTS))
        await messenger.stop()


async def test_one_message_of_a_channel_is_under_way_at_a_time(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    discord.fail("POST /channels/*/messages", status=200, delay=0.1)
    first = asyncio.create_task(send(messenger, place(NEWS), "d1"))
    await discord.wait_until(lambda: asked(discord, f"POST /channels/{NEWS}/messages"))
    second = asyncio.create_task(send(messenger, place(NEWS), "d2"))
    await send(messenger, place(ALERTS), "d3")
    assert asked(discord, f"POST /channels/{NEWS}/messages") == 1
    assert [await first, await second] == [str(s.message_id) for s in discord.sent if s.channel_id == NEWS]


async def test_channels_are_written_to_without_asking_what_they_are(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    for number, channel in enumerate((NEWS, ALERTS)):
        await send(messenger, place(channel), f"d{number}")
    assert len(discord.requests) == 2


# ---------------------------------------------------------------- people


async def test_direct_messages_are_opened_once(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    for number in range(3):
        await send(messenger, place(f"dm:{ANN}"), f"d{number}")
    assert discord.opened == [ANN]
    assert [sent.kind for sent in discord.sent] == ["dm"] * 3


async def test_requests_beside_the_message_are_counted_for_the_clock_of_the_token(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    counted: list[int] = []
    messenger.on_reply = counted.append
    for number, address in enumerate((place(NEWS), place(NEWS), place(FORUM), place(f"dm:{ANN}"))):
        await send(messenger, address, f"d{number}")
    assert sum(counted) == len(discord.requests) - 4


# ---------------------------------------------------------------- forums


async def post(messenger: DiscordMessenger, content: Content, nonce: str, days: int = 0) -> None:
    await messenger.send(place(FORUM), content, locale="en", nonce=nonce, now=NOW + timedelta(days=days))


async def test_forum_gets_one_post_for_a_topic_and_day(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    for nonce, content, days in (("d1", ALERT, 0), ("d2", ALERT, 0), ("d3", HELLO, 0), ("d4", ALERT, 1)):
        await post(messenger, content, nonce, days)
    opened = [sent.thread for sent in discord.sent if sent.thread]
    assert [(one.name, one.tags) for one in opened] == [
        ("Computer Vision · 27 Nov 2026", ("Computer Vision",)),
        ("News · 27 Nov 2026", ()),
        ("Computer Vision · 28 Nov 2026", ("Computer Vision",)),
    ]
    assert discord.sent[0].text == "All of this day on Computer Vision."
    first = discord.sent[0].channel_id
    assert [sent.channel_id for sent in discord.sent[1:3]] == [first, first]
    assert refused(discord) == [(f"POST /channels/{FORUM}/messages", 50008)], "it is looked up once, and remembered"


async def test_forum_is_sorted_by_its_tags_and_by_those_it_gets_later(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    forum = discord.places.channels[FORUM]
    forum.tags = {1: "Oceans"}
    await post(messenger, ALERT, "d1")
    forum.tags = {2: "computer vision"}
    await post(messenger, ALERT, "d2", 1)
    opened = [sent.thread for sent in discord.sent if sent.thread]
    assert [(one.name, one.tags) for one in opened] == [
        ("Oceans · 27 Nov 2026", ("Oceans",)),
        ("computer vision · 28 Nov 2026", ("computer vision",)),
    ]
    assert len(refused(discord)) == 1


async def test_post_is_found_again_after_a_restart(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    await post(messenger, ALERT, "d1")
    later = messenger_of(discord)
    await post(later, ALERT, "d2")
    await later.stop()
    assert len([sent for sent in discord.sent if sent.thread]) == 1
    assert len({sent.channel_id for sent in discord.sent}) == 1


async def test_post_whose_opening_was_not_answered_is_found_by_the_next_try(
    discord: DiscordEmulator, messenger: DiscordMessenger
) -> None:
    discord.fail(f"POST /channels/{FORUM}/threads", reset=True, after_accept=True)
    with pytest.raises(Ambiguous):
        await post(messenger, ALERT, "d1")
    await post(messenger, ALERT, "d1")
    assert len([sent for sent in discord.sent if sent.thread]) == 1
    assert len([sent for sent in discord.sent if sent.buttons]) == 1


async def test_deleted_post_is_opened_anew(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    await post(messenger, ALERT, "d1")
    await discord.remove_channel(discord.places.channels[discord.sent[0].channel_id])
    await post(messenger, ALERT, "d2")
    assert len([sent for sent in discord.sent if sent.thread]) == 2
    assert discord.sent[-1].channel_id != discord.sent[0].channel_id


async def test_forum_that_wants_a_tag_gets_one(discord: DiscordEmulator, messenger: DiscordMessenger) -> None:
    discord.places.channels[FORUM].require_tag = True
    await post(messenger, HELLO, "d1")
    thread = discord.sent[0].thread
    assert thread
    assert thread.tags == ("Oceans",)


# ---------------------------------------------------------------- the rest of a messenger


async def test_bot_is_known_by_its_name(messenger: DiscordMessenger) -> None:
    assert await messenger.identify() == "@topicwire"
    assert await messenger.reachable()


@pytest.mark.parametrize("address", [place(NEWS), place(FORUM), place(f"dm:{ANN}")])
def test_channels_get_a_message_a_second(address: Address) -> None:
    messenger = DiscordMessenger("token", clock=lambda: NOW)
    assert messenger.spacing(address) == 1.05
