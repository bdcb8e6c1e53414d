"""Pages of `/settings`: the topics of a chat, and one of them with all its bars."""

from __future__ import annotations

from bot.commands.clock.wording import next_digest
from bot.commands.parsing import TOP_ABOVE_GOOD
from bot.commands.settings.words import BACK, PAGE, filter_lines
from bot.commands.subscriptions.choosing import topic_by_id, tree
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import (
    LONGEST_ACTION,
    LONGEST_LABEL,
    LONGEST_NAME,
    bar_short,
    bar_words,
    bars_of,
    marked,
    name_of,
    packed,
    paged,
    pages,
    rows,
    short,
    steps,
)
from bot.messages import Button, Notice, Text
from bot.model import ANY, Subscription, Topic
from bot.ports import Work
from bot.preferences import FEWEST_OUTLETS, FIRST_LOOK, NO_FILTERS
from bot.texts import join
from bot.topics import Catalogue

WAITED_FOR = (FEWEST_OUTLETS, 3, 5)  # outlets, as buttons


async def topics_page(turn: Turn, work: Work, page: int, text: str, *more: Button) -> Notice:
    """What the chat follows, a button for each, and `more`; those with `text` in a name, where it is given."""
    catalogue = await work.topics.catalogue()
    have = await turn.subscriptions(work)
    own = own_topics(catalogue, have, text)
    back = turn.button("button-settings", BACK)
    if not own:
        key = "settings-topics-none" if have else "nothing-followed"
        other = ("button-settings-topics", "see:topics:0") if have else ("button-topics", "/topics")
        return Notice(
            turn.say(key, text=short(text, LONGEST_NAME)), keyboard=rows([*more, turn.button(*other), back])
        )
    page, part, count = paged(len(own), page, PAGE)
    heading = turn.say("settings-topics-page", count=len(own), page=page + 1, pages=count)
    lines = [
        turn.say("topic-with-bar", topic=name_of(topic), bars=refined_words(turn, have[topic.id]))
        for topic in own[part]
    ]
    buttons = [Button(short(t.name, LONGEST_LABEL), packed("see", "topic", t.id, page)) for t in own[part]]
    moves = [b for b in pages(turn.texts, "see:topics", page, count, text) if fits(b)]
    return Notice(join([heading, *lines]), keyboard=(*rows(buttons, width=2), *rows([*moves, *more, back])))


async def topic_page(turn: Turn, work: Work, topic_id: int, page: int) -> Notice:
    """One subscription: its bars, the outlets it waits for, and its words."""
    catalogue = await work.topics.catalogue()
    topic = topic_by_id(catalogue, topic_id)
    own = (await turn.subscriptions(work)).get(topic.id)
    if own is None:
        raise Sorry("toast-not-followed", topic=short(topic.name, LONGEST_NAME))
    lines = [turn.say("settings-topic", topic=name_of(topic), bars=bar_words(turn.texts, bars_of(own)))]
    if own.alert_from is None and own.digest_from is None:
        lines = [turn.say("settings-topic-silent", topic=name_of(topic))]
    if own.outlets_from is not None:
        lines.append(turn.say("settings-outlets", count=own.outlets_from))
    lines += filter_lines(turn, own.filters, FIRST_LOOK)
    if own.digest_from is not None:
        here = await work.destinations.get(turn.request.address)
        lines += (next_digest(turn, here) if here else []) or [turn.say("settings-topic-no-digest")]
    last = [
        turn.button("button-settings-words", packed("see", "words", topic.id, 0)),
        turn.button("button-unsubscribe", packed("opt", "end", topic.id, page)),
        turn.button("button-settings-topics", f"see:topics:{page}"),
    ]
    keyboard = (*rows(_bars(turn, topic, own, page), width=2), *rows(_ways(turn, topic, own, page)))
    return Notice(join(lines), keyboard=(*keyboard, tuple(_outlets(turn, topic, own, page)), *rows(last)))


def own_topics(catalogue: Catalogue, have: dict[int, Subscription], text: str) -> list[Topic]:
    """The topics of a chat in the order of the tree; those that `text` finds, where it is given."""
    found = {topic.id for topic in catalogue.search(text)} if text else have.keys()
    return [topic for _, topic in tree(catalogue) if topic.id in have and topic.id in found]


def refined_words(turn: Turn, subscription: Subscription) -> Text:
    """The bars in a list, and whether there is more to them."""
    parts = [bar_short(turn.texts, bars_of(subscription))] if lowest_bar(subscription) is not None else []
    if subscription.outlets_from is not None:
        parts.append(turn.say("outlets-short", count=subscription.outlets_from))
    if subscription.filters != NO_FILTERS:
        parts.append(turn.say("filtered-short"))
    return join(parts, turn.texts.plain("between-names")) or turn.say("silent-short")


def lowest_bar(subscription: Subscription) -> int | None:
    return min((b for b in (subscription.alert_from, subscription.digest_from) if b is not None), default=None)


def fits(button: Button) -> bool:
    return len((button.action or "").encode()) <= LONGEST_ACTION


def _bars(turn: Turn, topic: Topic, own: Subscription, page: int) -> list[Button]:
    """The neighbouring bars, and the named ones."""
    good = turn.defaults.quality
    now = own.alert_from
    near = [] if now is None else steps(now)
    wanted = sorted({*near, ANY, good, good + TOP_ABOVE_GOOD} - ({now} if now is not None else set()))
    return [turn.button("button-bar", packed("opt", "bar", topic.id, bar, page), bar=bar) for bar in wanted]


def _ways(turn: Turn, topic: Topic, own: Subscription, page: int) -> list[Button]:
    """Alerts and digest, each on or off."""
    good = turn.defaults.quality
    alert = None if own.alert_from is not None else good
    digest = None if own.digest_from is not None else good
    return [
        turn.button(marked("button-alerts", on=alert is None), packed("opt", "bar", topic.id, alert, page)),
        turn.button(marked("button-in-digest", on=digest is None), packed("opt", "digest", topic.id, digest, page)),
    ]


def _outlets(turn: Turn, topic: Topic, own: Subscription, page: int) -> list[Button]:
    wanted = [count for count in WAITED_FOR if count != own.outlets_from]
    buttons = [
        turn.button("button-outlets", packed("opt", "outlets", topic.id, count, page), count=count)
        for count in wanted
    ]
    if own.outlets_from is not None:
        buttons.append(turn.button("button-outlets-off", packed("opt", "outlets", topic.id, 0, page)))
    return buttons
