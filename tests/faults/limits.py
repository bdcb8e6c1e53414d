"""Answers 429 of every scope: about one chat, about what others use up, about the whole token."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import inf

from tests.faults.scene import Scene

Scenario = Callable[[Scene], Awaitable[None]]

LOCK = 3.0  # seconds for which a token gets nothing but 429


async def one_chat(scene: Scene, articles: int = 4) -> None:
    """Telegram tells one chat to wait, three times in a row, and does not say that it is about this chat alone."""
    scene.telegram.fail("sendMessage", times=3, chat_id=scene.arrivals.chats[0], parameters={"retry_after": 2})
    await scene.flow(articles)
    _note(scene)


async def flood_lock(scene: Scene, articles: int = 4) -> None:
    """Telegram locks the token: whatever is sent within three seconds is told to wait for three more."""
    await _flowing(scene)
    scene.telegram.fail("sendMessage", times=inf, parameters={"retry_after": 3})
    await _locked(scene, articles)


async def bucket(scene: Scene, articles: int = 4) -> None:
    """Discord's own limit of a channel, met by ten channels: it says nothing about the token."""
    for channel in scene.arrivals.chats[:10]:
        _on_discord(scene, channel, scope="user")
    await scene.flow(articles)
    _note(scene)


async def shared(scene: Scene, articles: int = 4) -> None:
    """A limit of ten channels that others used up."""
    for channel in scene.arrivals.chats[:10]:
        _on_discord(scene, channel, scope="shared")
    await scene.flow(articles)
    _note(scene)


async def whole_token(scene: Scene, articles: int = 4) -> None:
    """Discord's limit of the whole token: every request within three seconds is told to wait for one more."""
    assert scene.discord is not None
    await _flowing(scene)
    scene.discord.fail(times=inf, retry_after=1, scope="global")
    await _locked(scene, articles)


async def _locked(scene: Scene, articles: int) -> None:
    if articles > 1:
        scene.news.publish()
    await asyncio.sleep(LOCK)
    scene.platform.mend()
    await scene.flow(articles - 2)
    _note(scene)


async def _flowing(scene: Scene) -> None:
    """The lock comes in the middle of sending."""
    scene.news.publish()
    await scene.sends()


def _on_discord(scene: Scene, channel: int, *, scope: str) -> None:
    assert scene.discord is not None
    scene.discord.fail(f"POST /channels/{channel}/messages", times=1, retry_after=2, scope=scope)


def _note(scene: Scene) -> None:
    scene.faults = len(scene.platform.failed)
    scene.notes.append(f"{scene.faults} answers 429")


LIMITS: dict[str, Scenario] = {
    "429 to one chat": one_chat,
    "429 to all for 3 s: a flood lock": flood_lock,
    "Discord, 429 of scope user to ten channels": bucket,
    "Discord, 429 of scope shared to ten channels": shared,
    "Discord, 429 of scope global for 3 s": whole_token,
}
ON_DISCORD = (bucket, shared, whole_token)
