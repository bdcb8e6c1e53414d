"""`/why`: finds the article that is meant and explains it."""

from __future__ import annotations

import re
from datetime import datetime

from bot.cards import why_closed
from bot.commands.admission import whole_chat
from bot.commands.latest import siblings_of
from bot.commands.reasons.explaining import Case, Line, explain
from bot.commands.reasons.forecasting import expected
from bot.commands.reasons.remedies import Fix, fixes, others
from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import LONGEST_NAME, day_and_time, moment, name_of, packed, rows, short, title_of
from bot.matching import Reader
from bot.messages import Answer, Button, Span, Text
from bot.model import Admission, Kind, StoredArticle
from bot.ports import Work
from bot.related import outlets
from bot.texts import Value, join

MOST_FOUND = 6  # articles offered where a title fits several
LONGEST_TITLE = 42  # characters on a button that has a row of its own

_LINK = re.compile(r"https?://[^\s<>\"“”]+")


async def why(turn: Turn, argument: str) -> Answer:
    """`/why [link or title]`: without argument the last news sent here."""
    async with turn.storage.read() as work:
        if not argument:
            return await _last_news(turn, work)
        link = _LINK.search(argument)
        wanted = link[0].rstrip(".,;!?)") if link else argument.strip("<>\"'“”„«»‘’.,;!? ")
        found = await work.articles.find(wanted)
        if not found:
            return reply(turn.say("why-not-found", wanted=f"“{short(wanted, LONGEST_NAME)}”"))
        if len(found) == 1:
            return await _explanation(turn, work, found[0])
    buttons = [Button(short(s.article.title, LONGEST_TITLE), packed("why", s.id)) for s in found[:MOST_FOUND]]
    return reply(turn.say("why-which", count=len(found)), keyboard=rows(buttons, width=1))


async def press_why(turn: Turn, argument: str) -> Answer:
    """`why:<article>`"""
    async with turn.storage.read() as work:
        stored = await work.articles.get(numbers(argument, 1)[0] or 0)
        if stored is None:
            raise Sorry("stale-button")
        return await _explanation(turn, work, stored)


async def case_of(turn: Turn, work: Work, stored: StoredArticle) -> Case:
    """Everything that decides between this article and this chat."""
    destination = turn.destination
    story = stored.story_id or None
    told = await work.told.when(destination.id, story) if destination and story else None
    by = await work.articles.get(told[1]) if told else None
    carrier = await work.told.carrier(destination.id, story) if destination and story and by else None
    news = await work.told.news(destination.id, stored.id) if destination and told else None
    if told and news and told[1] != stored.id:  # the story was told by another, and this one came after it
        told, by, carrier = (news[0], stored.id), stored, news[1]
    reader = await work.told.reader(destination, story, turn.now, stored.id) if destination else Reader({})
    subscriptions = await work.subscriptions.of(destination.id) if destination else []
    siblings = tuple(await siblings_of(work, stored))
    return Case(
        stored=stored,
        reader=reader,
        catalogue=await work.topics.catalogue(),
        now=turn.now,
        fresh_hours=turn.defaults.fresh_hours,
        published_only=turn.defaults.published_only,
        default=turn.defaults.quality,
        told=(told[0], by) if told and by else None,
        carrier=carrier,
        digest_bars={s.topic_id: s.digest_from for s in subscriptions},
        siblings=siblings,
        since={s.topic_id: s.created_at for s in subscriptions if s.created_at},
        parked=destination.parked if destination else None,
        chat=str(whole_chat(turn.request.address)),
        banned=reader.barred and await work.access.of(turn.request.address) is Admission.BANNED,
        outlets=outlets([one.article for one in (stored, *siblings)]),
    )


def say(turn: Turn, line: Line) -> Text:
    """One line of an explanation in words."""
    return turn.say(line.key, **{name: _value(turn, name, value) for name, value in line.values.items()})


async def _explanation(turn: Turn, work: Work, stored: StoredArticle) -> Answer:
    case = await case_of(turn, work, stored)
    verdict, *gates = explain(case)
    outlet = short(stored.article.provider.name, LONGEST_NAME)
    facts = ((title_of(stored.article),), *(((Span(outlet),),) if outlet else ()))
    about = (*turn.texts.line_start, *join([turn.texts.apart(fact) for fact in facts], " · "))
    text = join([say(turn, verdict), about, ()])
    marks = [(Span("✓ " if gate.passed else "✗ "), *say(turn, gate)) for gate in gates]
    found = fixes(case)
    buttons = [turn.button(fix.key, fix.action, **fix.values) for fix in found]
    who = others(case)
    closing = (
        [(), say(turn, who)] if who else [line for fix in found for line in await _weighed(turn, work, case, fix)]
    )
    return reply(join([text, *marks, *closing]), keyboard=rows(buttons, width=1))


async def _weighed(turn: Turn, work: Work, case: Case, fix: Fix) -> list[Text]:
    """What a lower bar would bring beside the one story it is lowered for."""
    if fix.weighs is None:
        return []
    topic, bar = case.catalogue.by_id(fix.weighs[0]), fix.weighs[1]
    now = case.reader.bars.get(topic.id)
    bars = [bar] if now is None else [bar, now]
    volumes = await expected(turn, work, case.catalogue, topic, bars, case.reader)
    if not volumes:
        return []
    if now is None:
        return [(), turn.say("fix-weighed", topic=name_of(topic), volume=volumes[0])]
    return [(), turn.say("fix-weighed-now", topic=name_of(topic), volume=volumes[0], now=volumes[1])]


async def _last_news(turn: Turn, work: Work) -> Answer:
    """The story that the last message here told; where it told many, which of them is meant."""
    last = await work.told.last(turn.destination.id) if turn.destination else None
    found = [await work.articles.get(article_id) for article_id in (last.articles if last else ())]
    told = [stored for stored in found if stored is not None]
    if last is None or not told or turn.destination is None:
        return reply(turn.say("why-usage"))
    if len(told) == 1:
        return await _explanation(turn, work, told[0])
    when = day_and_time(turn.texts, last.at, turn.now, turn.destination.timezone)
    buttons = [Button(short(s.article.title, LONGEST_TITLE), packed("why", s.id)) for s in told[:MOST_FOUND]]
    of = "why-of-recap" if last.kind is Kind.RECAP else "why-of-digest"
    return reply(turn.say(of, when=when), keyboard=rows(buttons, width=1))


def _value(turn: Turn, name: str, value: Value | datetime) -> Value:
    if name == "reason":
        return why_closed(turn.texts, str(value))
    if not isinstance(value, datetime):
        return value
    if name == "at":
        zone = turn.destination.timezone if turn.destination else turn.defaults.timezone
        return moment(turn.texts, value, zone)
    return turn.texts.ago(value, turn.now)
