"""The buttons under a card: all coverage, bar up and down."""

from __future__ import annotations

from datetime import datetime

from bot.commands.filters.filtering import wait
from bot.commands.latest import siblings_of
from bot.commands.parsing import HIGHEST_BAR, Bars
from bot.commands.reasons.explaining import judged
from bot.commands.reasons.why import case_of
from bot.commands.subscriptions.changing import Change, store
from bot.commands.subscriptions.confirming import changed_notice
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import LONGEST_NAME, LONGEST_TITLE, STEP, bars_of, paged, pages, rows, short
from bot.matching import Measure
from bot.messages import Answer, Span, Text
from bot.model import ANY, Coverage, Subscription, Topic
from bot.ports import Work
from bot.preferences import FEWEST_OUTLETS, MOST_OUTLETS
from bot.related import choose
from bot.stories import Rarity, account_of, canonical_address, strength
from bot.texts import bold, join, link

PAGE = 12  # outlets on a page: links and bold names stay far below the 100 entities of a message


async def press_coverage(turn: Turn, argument: str) -> Answer:
    """`cov:<article>[:<page>]`: who else reported, strongest first, and who was first."""
    article_id, page = numbers(argument, 1, 2)
    async with turn.storage.read() as work:
        stored = await work.articles.get(article_id or 0)
        if stored is None:
            raise Sorry("stale-button")
        siblings = [s.article for s in await siblings_of(work, stored)]
    article = stored.article
    chosen = choose(article, siblings, Rarity.of([account_of(a) for a in (article, *siblings)]))
    itself = Coverage(article.title, article.url, article.provider, article.quality, article.published_at)
    same = sorted((itself, *chosen.same), key=_strength)
    first = min((c for c in same if c.published_at), key=lambda c: c.published_at or turn.now, default=None)
    best = same[0] if same[0].quality is not None else None
    entries = [(c, c is best, c is first) for c in same] + [(c, False, False) for c in chosen.other]
    at, part, count = paged(len(entries), page or 0, PAGE)
    lines = [turn.say("coverage", count=len(same), page=at + 1, pages=count)]
    for number, (item, strongest, earliest) in enumerate(entries[part], at * PAGE):
        if number == len(same):
            lines.append(turn.say("coverage-around"))
        lines.append(_outlet(turn, item, strongest=strongest and len(same) > 1, first=earliest and len(same) > 1))
    keyboard = rows(pages(turn.texts, f"cov:{stored.id}", at, count))
    if turn.operates and (turn.request.private or turn.request.reader):  # elsewhere others read along
        keyboard += rows([turn.button("broadcast-on-message", f"bc:pick:{stored.id}")])
    return reply(join(lines), keyboard=keyboard, replaces=page is not None)


async def press_bar(turn: Turn, argument: str) -> Answer:
    """`bar:+:<article>` and `bar:-:<article>`: move the bar that decides about this article."""
    sign, _, rest = argument.partition(":")
    article_id = numbers(rest, 1)[0] or 0
    if sign not in {"+", "-"}:
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        stored = await work.articles.get(article_id)
        if stored is None:
            raise Sorry("stale-button")
        case = await case_of(turn, work, stored)
        window = judged(case).window
        if window is None:
            raise Sorry("toast-no-bar")
        topic = case.catalogue.by_id(window.topic_id)
        own = (await turn.subscriptions(work))[topic.id]
        if window.measure is Measure.OUTLETS:
            return await _wait(turn, work, own, topic, 1 if sign == "+" else -1)
        before = bars_of(own)
        bar = (before.alert or ANY) + (STEP if sign == "+" else -STEP)
        if before.alert == ANY and sign == "-":
            raise Sorry("toast-already-any", topic=short(topic.name, LONGEST_NAME))
        change = Change(topic, before, Bars(min(max(bar, ANY), HIGHEST_BAR), before.digest))
        await store(turn, work, change)
    return Answer((changed_notice(turn, case.catalogue, change),), toast=turn.texts.plain("toast-saved"))


async def _wait(turn: Turn, work: Work, own: Subscription, topic: Topic, more: int) -> Answer:
    """Where the number of outlets brought it, that number is the bar that moves."""
    count = (own.outlets_from or FEWEST_OUTLETS) + more
    if not FEWEST_OUTLETS <= count <= MOST_OUTLETS:
        raise Sorry("toast-outlets-end", topic=short(topic.name, LONGEST_NAME), count=count - more)
    return await wait(turn, work, own, topic, count)


def _strength(item: Coverage) -> tuple[float, datetime, str]:
    return strength(item.quality, item.published_at, canonical_address(item.url))


def _outlet(turn: Turn, item: Coverage, *, strongest: bool, first: bool) -> Text:
    title = short(item.title, LONGEST_TITLE)
    facts: list[Text] = [
        turn.say("card-unrated") if item.quality is None else turn.say("coverage-quality", quality=item.quality)
    ]
    if item.published_at:
        facts.append((Span(turn.texts.ago(item.published_at, turn.now)),))
    facts += [
        turn.say(key) for key, holds in (("coverage-strongest", strongest), ("coverage-first", first)) if holds
    ]
    return turn.say(
        "coverage-line",
        outlet=bold(short(item.provider.name or item.provider.domain, LONGEST_NAME)),
        title=link(title, item.url) if item.url else Span(title),
        facts=join(facts, " · "),
    )
