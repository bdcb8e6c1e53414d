"""A chat with the real Conversation over real storage, and articles that arrive the real way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.commands import Conversation
from bot.ingest import Rules, take
from bot.messages import Answer, Button, Notice, Request
from bot.model import (
    Address,
    Article,
    Batch,
    Coverage,
    Destination,
    FileRead,
    FileStamp,
    Platform,
    Provider,
    StoredArticle,
    Topic,
)
from bot.ports import Storage
from bot.texts import plain

TOPICS = (
    Topic("ai", "AI", hashtags=("#AI",)),
    Topic("computer-vision", "Computer Vision", "ai", aliases=("CV",), hashtags=("#ComputerVision",)),
    Topic("face-recognition", "Face Recognition", "computer-vision"),
    Topic("image-search", "Image Search", "computer-vision"),
    Topic("medical-imaging", "Medical Imaging", "computer-vision"),
    Topic("power-apps", "Power Apps"),
    Topic("power-apps-365", "Power Apps 365"),
    Topic("space", "Space"),
)
ANNA = Address(Platform.TELEGRAM, "12345")
RULES = Rules(fresh_hours=72, published_only=False, flood_guard=20)


@dataclass
class Talk:
    """One person's chat. `last` is what the bot answered last."""

    storage: Storage
    clock: Callable[[], datetime]
    conversation: Conversation
    address: Address = ANNA
    private: bool = True
    may_change: bool = True
    sender: str = "7"
    locale: str = "en"
    reader: Address | None = None
    last: Answer = field(default_factory=Answer)

    async def says(self, text: str) -> str:
        """Type something; returns the words of the answer."""
        return await self._ask(self._request(text=text))

    async def presses(self, label: str) -> str:
        """Press the button with this label under the last answer; returns the words of the answer to that."""
        actions = {button.label: button.action for button in self.buttons()}
        assert label in actions, f"{label} is not among {list(actions)}"
        return await self.acts(actions[label] or "")

    async def acts(self, action: str) -> str:
        return await self._ask(self._request(press=action))

    def buttons(self) -> list[Button]:
        return [button for notice in self.notices() for row in notice.keyboard for button in row]

    def labels(self) -> list[str]:
        return [button.label for button in self.buttons()]

    def notices(self) -> list[Notice]:
        return [message for message in self.last.messages if isinstance(message, Notice)]

    def titles(self) -> list[str]:
        return [card.title for notice in self.notices() for card in notice.items]

    async def bars(self) -> dict[str, tuple[int | None, int | None]]:
        """What is stored: slug -> (alert_from, digest_from)."""
        async with self.storage.read() as work:
            destination = await work.destinations.get(self.address)
            catalogue = await work.topics.catalogue()
            found = await work.subscriptions.of(destination.id) if destination else []
        return {catalogue.by_id(s.topic_id).slug: (s.alert_from, s.digest_from) for s in found}

    async def told(self) -> set[str]:
        """Titles of the articles by which this chat was told something."""
        async with self.storage.read() as work:
            destination = await work.destinations.get(self.address)
            if destination is None:
                return set()
            rows = (await work.destinations.record(destination.id))["told"]
            found = [await work.articles.get(row["article_id"]) for row in rows]
        return {stored.article.title for stored in found if stored}

    async def known(self) -> bool:
        """Whether anything is stored of this chat."""
        async with self.storage.read() as work:
            return await work.destinations.get(self.address) is not None

    async def destination(self) -> Destination:
        """What is stored of this chat itself."""
        async with self.storage.read() as work:
            destination = await work.destinations.get(self.address)
        assert destination is not None
        return destination

    async def topic_id(self, slug: str) -> int:
        async with self.storage.read() as work:
            topic = (await work.topics.catalogue()).get(slug)
        assert topic is not None
        return topic.id

    async def _ask(self, request: Request) -> str:
        self.last = await self.conversation.answer(request)
        return "\n".join(
            [
                *(plain((*n.text, *n.closing)) for n in self.notices()),
                *([self.last.toast] if self.last.toast else []),
            ]
        )

    def _request(self, text: str | None = None, press: str | None = None) -> Request:
        return Request(
            self.address,
            self.sender,
            text=text,
            press=press,
            title="Anna",
            private=self.private,
            may_change=self.may_change,
            locale=self.locale,
            reader=self.reader,
        )


def conversation_of(storage: Storage, clock: Callable[[], datetime], **changes: object) -> Conversation:
    settings: dict[str, object] = {
        "default_quality": 70,
        "default_timezone": "UTC",
        "default_locale": "en",
        "fresh_hours": 72,
        "published_only": False,
    }
    return Conversation(storage, clock=clock, **{**settings, **changes})  # type: ignore[arg-type]


async def talk_of(storage: Storage, clock: Callable[[], datetime], **changes: object) -> Talk:
    """A chat that has said nothing yet, in a world whose topics are known."""
    async with storage.write() as work:
        await work.topics.put(TOPICS, from_file=True)
    return Talk(storage, clock, conversation_of(storage, clock, **changes))


async def publish(talk: Talk, title: str, *, baseline: bool = False, **changes: object) -> StoredArticle:
    """Let an article arrive now, through the real ingest."""
    now = talk.clock()
    values: dict[str, object] = {
        "source": "news",
        "path": f"{title.lower().replace(' ', '-')[:80]}.md",
        "title": title,
        "url": f"https://outlet.example/{title.lower().replace(' ', '-')}",
        "excerpt": f"What is known about {title}.",
        "published_at": now - timedelta(hours=1),
        "quality": 84,
        "provider": Provider("Harbour Post", "harbour.example"),
        "topics": ("Computer Vision",),
    }
    article = Article(**{**values, **changes})  # type: ignore[arg-type]
    read = FileRead(article.path, FileStamp(len(title), 1), article)
    await take(talk.storage, Batch(article.source, read=(read,), baseline=baseline), RULES, now)
    async with talk.storage.read() as work:
        return (await work.articles.at_paths(article.source, [article.path]))[article.path]


def coverage(outlet: str, title: str, quality: int, at: datetime) -> Coverage:
    slug = title.lower().replace(" ", "-")
    return Coverage(
        title, f"https://{outlet.lower().replace(' ', '-')}.example/{slug}", Provider(outlet), quality, at
    )
