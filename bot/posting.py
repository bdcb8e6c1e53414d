"""A broadcast from the command line: counted, confirmed, and handed to the process that sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.broadcasts.desk import COMMAND_LINE, draft_story, send
from bot.broadcasts.progress import THRESHOLD
from bot.errors import UsageError
from bot.matching import level
from bot.model import StoredArticle
from bot.ports import Radius, Storage, Target
from bot.texts import FALLBACK, plain, texts

__all__ = ["THRESHOLD", "Order", "count", "post", "words"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent to whom, counted at `at`. `topics` are slugs by id."""

    stored: StoredArticle
    target: Target
    radius: Radius
    topics: dict[int, str]
    at: datetime

    def figures(self) -> dict[str, Any]:
        """As plain JSON values."""
        radius = self.radius
        return {
            "article": self.stored.article.title,
            "recipients": radius.recipients,
            "platforms": {platform.value: n for platform, n in radius.platforms.items()},
            "topics": {self.topics[topic]: n for topic, n in radius.topics.items()},
            "held_by_quiet_hours": radius.quiet,
            "left_out": {
                "told": radius.told,
                "muted": radius.muted,
                "paused": radius.paused,
                "parked": radius.parked,
                "barred": radius.barred,
            },
        }


async def count(
    storage: Storage, article: str, topics: Sequence[str], *, again: bool = False, urgent: bool = False
) -> Order:
    """Whom it would reach now; no topics = everyone. Raises UsageError for what is not known."""
    now = datetime.now(UTC)
    async with storage.read() as work:
        found = await work.articles.find(article)
        if not found:
            raise UsageError(f"No article {article!r}: it is neither the link, title nor path of a stored one.")
        if found[0].article.retracted or found[0].article.deleted:
            raise UsageError(f"{article!r} was withdrawn by its publisher, so it is not sent.")
        catalogue = await work.topics.catalogue()
        chosen: dict[int, str] = {}
        for name in topics:
            topic = catalogue.find(name)
            if topic is None:
                near = ", ".join(other.slug for other in catalogue.nearest(name)) or "none is like it"
                raise UsageError(f"No topic {name!r}. Near it: {near}.")
            chosen[topic.id] = topic.slug
        target = Target(topics=tuple(chosen), again=again, urgent=urgent)
        radius = await work.broadcasts.radius(
            target, found[0].story_id or 0, now, level=level(found[0].article.quality)
        )
        return Order(found[0], target, radius, chosen, now)


async def post(storage: Storage, order: Order) -> int:
    """Begin to send it; returns the number of the broadcast."""
    async with storage.write() as work:
        draft = await draft_story(work, order.stored, order.at, author=COMMAND_LINE, target=order.target)
        await send(work, draft, COMMAND_LINE, order.at, recipients=order.radius.recipients)
    return draft.id


def words(order: Order) -> str:
    """The figures in sentences."""
    english, radius = texts(FALLBACK), order.radius
    left = {"told": radius.told, "muted": radius.muted, "paused": radius.paused}
    left |= {"parked": radius.parked, "barred": radius.barred}
    lines = [order.stored.article.title, english.plain("broadcast-reaches", count=radius.recipients)]
    lines += [f"  {platform}: {n}" for platform, n in radius.platforms.items()]
    lines += [f"  {order.topics[topic]}: {n}" for topic, n in radius.topics.items()]
    lines += [plain(english.text(f"broadcast-left-{name}", count=n)) for name, n in left.items() if n]
    return "\n".join(lines)
