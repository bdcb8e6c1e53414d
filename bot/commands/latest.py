"""Stories shown as examples and on request: `/latest`, and the best recent ones after `/subscribe`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.cards import card_of
from bot.commands.parsing import Order
from bot.commands.subscriptions.changing import read_order
from bot.commands.subscriptions.choosing import topic_buttons, topic_by_id, unknown
from bot.commands.turn import Turn, numbers, reply
from bot.commands.wording import listed, name_of, packed, rows
from bot.matching import Criteria, Reader, judge, windows
from bot.messages import Answer, Card
from bot.model import ANY, StoredArticle, Subscription, Topic
from bot.ports import Work
from bot.topics import Catalogue

EXAMPLES = 3
LATEST = 5
RECENT = timedelta(days=14)  # where the last FRESH_HOURS hold too few examples
LOOKED_AT = 60  # newest stories that /latest judges by the bars of all subscriptions


async def latest(turn: Turn, argument: str) -> Answer:
    """`/latest [topic]`: the newest stories at or above the bars of this chat."""
    unit = turn.storage.write() if turn.destination else turn.storage.read()
    async with unit as work:
        catalogue = await work.topics.catalogue()
        subscriptions = await turn.subscriptions(work)
        order = read_order(turn, argument, catalogue)
        if order.wishes:
            topics = [wish.topic for wish in order.wishes if wish.topic]
            if not topics:
                return unknown(turn, catalogue, order.wishes, lambda topic: packed("latest", topic.id))
            return await _of_topics(
                turn, work, catalogue, topics, _bar(turn, topics, subscriptions, catalogue, order)
            )
        if not subscriptions:
            text = turn.say("nothing-followed")
            return reply(text, keyboard=topic_buttons(catalogue, lambda t: packed("sub", t.id), limit=6))
        return await _of_subscriptions(turn, work, catalogue, subscriptions)


async def press_latest(turn: Turn, argument: str) -> Answer:
    """`latest:<topic>`"""
    (topic_id,) = numbers(argument, 1)
    unit = turn.storage.write() if turn.destination else turn.storage.read()
    async with unit as work:
        catalogue = await work.topics.catalogue()
        topic = topic_by_id(catalogue, topic_id)
        bar = _bar(turn, [topic], await turn.subscriptions(work), catalogue, Order())
        return await _of_topics(turn, work, catalogue, [topic], bar)


async def examples(
    turn: Turn, work: Work, ids: Sequence[int], bar: int, *, limit: int = EXAMPLES, by_date: bool = False
) -> tuple[list[StoredArticle], bool]:
    """The best (or newest) recent stories on these topics, and whether they are all below the bar."""
    spans = [timedelta(hours=turn.defaults.fresh_hours), RECENT] if turn.defaults.fresh_hours else [RECENT]
    found: list[StoredArticle] = []
    for span in spans:
        since = turn.now - span
        found = await work.articles.best(ids, since=since, bar=bar, limit=limit, by_date=by_date)
        if len(found) >= limit:
            break
    if found or bar == ANY:
        return found, False
    below = await work.articles.best(ids, since=turn.now - RECENT, bar=ANY, limit=limit)
    return below, bool(below)


async def cards_of(work: Work, found: Iterable[StoredArticle], catalogue: Catalogue) -> tuple[Card, ...]:
    """These articles as cards, each with the coverage of its story."""
    return tuple([card_of(s, await siblings_of(work, s), catalogue) for s in found])


async def siblings_of(work: Work, stored: StoredArticle) -> list[StoredArticle]:
    """The other stored articles of its story."""
    if not stored.story_id:
        return []
    return [other for other in await work.articles.of_story(stored.story_id) if other.id != stored.id]


def deciding_bar(topic: Topic, subscriptions: dict[int, Subscription], catalogue: Catalogue) -> int | None:
    """The bar of the nearest subscription at or above the topic, whichever of its two bars is lower."""
    for above in catalogue.chain(topic):
        if (subscription := subscriptions.get(above.id)) is not None:
            return lowest(subscription)
    return None


def lowest(subscription: Subscription) -> int | None:
    bars = [b for b in (subscription.alert_from, subscription.digest_from) if b is not None]
    return min(bars, default=None)


def _bar(
    turn: Turn, topics: list[Topic], subscriptions: dict[int, Subscription], catalogue: Catalogue, order: Order
) -> int:
    """The bar given in the command, else the one in force, else the default one."""
    if order.bars and order.bars.alert is not None:
        return order.bars.alert
    bars = [bar for t in topics if (bar := deciding_bar(t, subscriptions, catalogue)) is not None]
    return min(bars, default=turn.defaults.quality)


async def _of_topics(turn: Turn, work: Work, catalogue: Catalogue, topics: list[Topic], bar: int) -> Answer:
    ids = list({below.id for topic in topics for below in catalogue.below(topic)})
    found, below = await examples(turn, work, ids, bar, limit=LATEST, by_date=True)
    names = listed(turn.texts, [(name_of(topic),) for topic in topics[:5]])
    if not found:
        return reply(turn.say("latest-nothing", topics=names, days=RECENT.days))
    cards = await cards_of(work, found, catalogue)
    await turn.remember_shown(work, cards, turn.destination)
    key = "latest-below" if below else "latest-topics"
    return reply(turn.say(key, topics=names, bar=bar, days=RECENT.days), items=cards)


async def _of_subscriptions(
    turn: Turn, work: Work, catalogue: Catalogue, subscriptions: dict[int, Subscription]
) -> Answer:
    bars = {topic_id: lowest(s) for topic_id, s in subscriptions.items()}
    known = {topic.id for topic in catalogue}
    ids = list({b.id for i in subscriptions if i in known for b in catalogue.below(catalogue.by_id(i))})
    newest = await work.articles.best(
        ids,
        since=turn.now - RECENT,
        bar=min((bar for bar in bars.values() if bar is not None), default=ANY),
        limit=LOOKED_AT,
        by_date=True,
    )
    found = [s for s in newest if clears(s, catalogue, bars)][:LATEST]
    if not found:
        return reply(
            turn.say("latest-nothing-at-all", days=RECENT.days),
            keyboard=rows([turn.button("button-list", "/subscriptions")]),
        )
    cards = await cards_of(work, found, catalogue)
    await turn.remember_shown(work, cards, turn.destination)
    return reply(turn.say("latest-all", count=len(cards)), items=cards)


def clears(stored: StoredArticle, catalogue: Catalogue, bars: dict[int, int | None]) -> bool:
    """Whether the article would be told to a reader of these bars if it arrived now."""
    found = windows(stored.article, catalogue, best_before=None)
    return judge(Criteria(stored.id, stored.story_id, found), Reader(bars)).gate is None
