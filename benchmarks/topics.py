"""The topics that digests and recaps are measured with: a few that many follow, and many that few do."""

from __future__ import annotations

from bot.model import Topic
from bot.ports import Work

COUNT, ROOTS = 300, 40
NAMES = [f"topic-{number}" for number in range(COUNT)]
WEIGHTS = [1 / (rank + 1) for rank in range(COUNT)]
"""How often each is chosen: Zipf's distribution."""

BARS = (0, 50, 60, 60, 70, 70, 70, 80, 90)
"""Of readers; one that stands here twice is chosen twice as often."""


async def put_topics(work: Work) -> dict[str, int]:
    """Store them, all but the first ones below one of those. Returns their ids by name."""
    await work.topics.put(
        [
            Topic(name, name.title(), NAMES[number % ROOTS] if number >= ROOTS else None)
            for number, name in enumerate(NAMES)
        ],
        from_file=True,
    )
    return {topic.slug: topic.id for topic in await work.topics.catalogue()}
