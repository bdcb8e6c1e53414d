"""A chat small enough to read, for the tests of the chat page: real answers, no storage of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import httpx

from adapters.web.messenger import WebMessenger
from bot.messages import Alert, Answer, Button, Card, MenuEntry, Notice, Request, Span
from bot.model import Address, Coverage, Image, Platform, Provider
from bot.ports import Chat, Line, Storage
from storage.database import Database

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PICTURES = Path(__file__).parents[2] / "samples" / "pictures"

CARD = Card(
    article_id=7,
    story_id=3,
    title="Camera trap learns to tell sleeping owls from tree bark",
    url="https://quarrynews.example/owls",
    excerpt="Two winters of blurred pictures taught the model what ornithologists miss at dusk.",
    provider=Provider("Quarry News", "quarrynews.example"),
    published_at=NOW - timedelta(hours=3),
    quality=84,
    hashtags=("#ComputerVision", "#AI"),
    coverage=(
        Coverage("Owls found by the texture of their feathers", "https://dusk.example/1", Provider("Dusk"), 104),
        Coverage("A model for owls", "https://perch.example/2", Provider("Perch"), None),
    ),
    more=2,
    image=Image("https://pictures.example/lens.png", 1200, 630),
)

HOSTILE = replace(
    CARD,
    title="<script>alert(1)</script><img src=x onerror=alert(2)> \u202etxt.exe " + "long" * 1250,
    url="javascript:alert(3)",
    excerpt='"><svg onload=alert(4)> \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 </article></div>\x00',
    provider=Provider("<b>Evil</b> {{ 7 * 7 }}"),
    hashtags=("#<i>", "#" + "x" * 500),
    coverage=(Coverage("<style>*{display:none}</style>", "data:text/html,x", Provider("</ul>"), 2**63 - 1),),
    image=Image("https://pictures.example/../../etc/passwd", 1200, 630),
)

KEYBOARD = (
    (Button("Why this?", "why:7"), Button("Mute story", "mute:3")),
    (Button("Source", url="https://quarrynews.example/"),),
)
ALERT = Alert(CARD, KEYBOARD)
ANNA = Address(Platform.WEB, "anna")


def notice(text: str) -> Notice:
    return Notice((Span(text),))


class SmallChat:
    """Answers a handful of commands; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def answer(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.press is not None:
            return self._pressed(request.press)
        word, _, rest = (request.text or "").partition(" ")
        match word:
            case "/subscribe":
                text = (Span("You follow "), Span(rest, bold=True), Span(" from quality 70."))
                buttons = ((Button("Bar down", "down"), Button("Undo", "undo")),)
                return Answer(
                    (Notice(text, items=(CARD,), closing=(Span("Change it any time."),), keyboard=buttons),)
                )
            case "/export":
                return Answer(
                    (Notice((Span("Here is everything."),)),), document=("topicwire.json", b'{"destinations": []}')
                )
            case "/hostile":
                return Answer(
                    (
                        Alert(HOSTILE, ((Button("<b>x</b>", "x"),),)),
                        Notice((Span(HOSTILE.title, url="javascript:x"),)),
                    )
                )
            case "/forget":
                return Answer((Notice((Span("Sure?"),), keyboard=((Button("Forget", "forget"),),)),))
            case "/silent":
                return Answer()
            case _:
                return Answer((Notice((Span(f"I do not know {word}. Try /help."),)),))

    def _pressed(self, action: str) -> Answer:
        if action == "undo":
            return Answer((Notice((Span("Undone."),)),), replaces=True, toast="Undone")
        return Answer(toast="That button is old.")

    async def complete(self, _command: str, _text: str, _locale: str) -> list[str]:
        raise AssertionError("the web page completes nothing")

    async def language(self, request: Request) -> str:
        return request.locale or "en"

    async def menu(self, locale: str, *, admin: bool = False) -> list[MenuEntry]:
        assert locale
        assert not admin
        return [
            MenuEntry("subscribe", "Follow topics"),
            MenuEntry("subscriptions", "What you follow"),
            MenuEntry("topics", "All topics"),
            MenuEntry("help", "What I can do"),
        ]

    async def unreachable(self, address: Address, reason: str) -> None:
        raise AssertionError(f"the web page never closes a chat: {address} {reason}")

    async def reachable(self, address: Address) -> None:
        raise AssertionError(f"the web page never opens a chat: {address}")

    async def moved(self, address: Address, to: Address) -> None:
        raise AssertionError(f"the web page never moves a chat: {address}, {to}")


class SmallDemo:
    """Publishes nothing, says so."""

    async def publish(self, address: Address, _locale: str, *, wanted: bool) -> Answer:
        return Answer((Notice((Span(f"Published for {address}: {'wanted' if wanted else 'unwanted'}"),)),))


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Database]:
    """A database for tests that are about something else: one kind is enough."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'topicwire.sqlite'}")
    await database.migrate()
    yield database
    await database.close()


@asynccontextmanager
async def page(storage: Storage, chat: Chat, **settings: Any) -> AsyncIterator[WebMessenger]:
    """A chat page that serves on a free port of loopback."""
    defaults: dict[str, Any] = {"host": "127.0.0.1", "port": 0, "password": None, "clock": lambda: NOW}
    messenger = WebMessenger(storage, **{**defaults, **settings})
    await messenger.start(chat)
    try:
        yield messenger
    finally:
        await messenger.stop()


class Visitor:
    """A browser as far as HTTP shows one: it keeps cookies and tells its origin."""

    def __init__(self, url: str, **headers: str) -> None:
        self.client = httpx.AsyncClient(base_url=url, headers={"Origin": url, **headers}, timeout=10)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def page(self, path: str = "/") -> str:
        response = await self.client.get(path, follow_redirects=True)
        assert response.status_code == 200, response.text
        return response.text

    async def post(self, path: str, **values: Any) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        return await self.client.post(path, content=json.dumps(values), headers=headers)

    async def say(self, text: str) -> None:
        response = await self.post("/say", text=text)
        assert response.status_code == 202, response.text

    @asynccontextmanager
    async def events(self, after: int = 0, **headers: str) -> AsyncIterator[AsyncIterator[Event]]:
        """The stream of this visitor's chat."""
        async with self.client.stream("GET", f"/events?after={after}", headers=headers) as response:
            assert response.status_code == 200
            yield _events(response)


@dataclass(frozen=True)
class Event:
    name: str
    id: str
    data: dict[str, Any]


async def _events(response: httpx.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in response.aiter_lines():
        name, _, value = line.partition(":")
        if line:
            fields[name] = value.strip()
        elif "event" in fields:
            yield Event(fields["event"], fields.get("id", ""), json.loads(fields.get("data") or "{}"))
            fields = {}


async def take(events: AsyncIterator[Event], count: int) -> list[Event]:
    """The next events; fails when they do not come."""
    async with asyncio.timeout(5):
        return [await anext(events) for _ in range(count)]


async def lines_of(storage: Storage, visitor: Visitor) -> list[Line]:
    """What the transcript holds of a visitor's chat."""
    async with storage.read() as work:
        return await work.transcripts.since(visitor.client.cookies["topicwire_chat"], 0)
