"""What a chat is shown after its subscriptions changed."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.clock.wording import next_digest
from bot.commands.latest import cards_of, examples
from bot.commands.parsing import Bars, Order
from bot.commands.reasons.forecasting import Outlook, choices_of, lines_of, outlook, provisos, volume_of
from bot.commands.subscriptions.changing import MOST_SUBSCRIPTIONS, Change, Done
from bot.commands.subscriptions.choosing import suggestions, unknown_line
from bot.commands.turn import Turn, reply
from bot.commands.wording import bar_short, bar_words, label_of, listed, name_of, packed, rows, steps
from bot.messages import Answer, Button, Keyboard, Notice, Text
from bot.model import ANY, Subscription, Topic
from bot.ports import Work
from bot.texts import join
from bot.topics import Catalogue

NAMED = 5  # topics named in one sentence


async def confirmation(turn: Turn, work: Work, catalogue: Catalogue, change: Change, *, stated: bool) -> Notice:
    """One subscription: what it means, what it covers, and the best recent stories under it."""
    topic, after = change.topic, change.after
    destination = await turn.ensure(work)
    have = {s.topic_id: s for s in await work.subscriptions.of(destination.id)}
    key = "subscribed" if change.before is None else "rebarred" if change.before != after else "subscribed-already"
    lines = [
        turn.say(
            key,
            topic=name_of(topic),
            bars=bar_words(turn.texts, after),
            below=_below(turn, catalogue, topic),
        ),
        *_who_decides(turn, catalogue, topic, have),
    ]
    if after.digest is not None:
        lines += next_digest(turn, destination)
    if destination.paused_until and destination.paused_until > turn.now:
        lines.append(turn.say("but-paused"))
    bar = bar_in_question(after)
    expected = await outlook(turn, work, catalogue, topic, bar, have)
    if expected is not None:
        lines += (
            [turn.say("forecast-one", volume=volume_of(turn, expected)), *provisos(turn, expected)]
            if stated
            else lines_of(turn, expected)
        )
    elif not stated and change.before is None:
        lines.append(turn.say("how-to-change", command=f"/quality {topic.slug} {turn.defaults.quality + 10}"))
    found, below = await examples(turn, work, [t.id for t in catalogue.below(topic)], bar)
    lines += [(), turn.say("examples-below" if below else "examples" if found else "examples-none", bar=bar)]
    cards = await cards_of(work, found, catalogue)
    await turn.remember_shown(work, cards, destination)
    if expected is not None and not stated and expected.above is not None:  # one below the bar may yet rise
        await turn.remember_shown(work, await cards_of(work, [expected.above], catalogue), destination)
    return Notice(join(lines), items=cards, keyboard=_confirmation_buttons(turn, change, expected))


async def weighed(turn: Turn, work: Work, catalogue: Catalogue, change: Change) -> Notice:
    """One subscription in one sentence, what comes at its bar and at others, and buttons to take one of them."""
    have = await turn.subscriptions(work)
    expected = await outlook(turn, work, catalogue, change.topic, bar_in_question(change.after), have)
    notice = changed_notice(turn, catalogue, change)
    if expected is None:
        return notice
    return Notice(
        join([notice.text, *lines_of(turn, expected)]), keyboard=_confirmation_buttons(turn, change, expected)
    )


def bar_in_question(bars: Bars) -> int:
    """The bar that a forecast is about: that of alerts, where they are wanted."""
    return bars.alert if bars.alert is not None else bars.digest or ANY


def changed_notice(turn: Turn, catalogue: Catalogue, change: Change) -> Notice:
    """One subscription in one sentence, with its neighbouring bars and the way back."""
    key = "subscribed" if change.before is None else "rebarred" if change.before != change.after else "bar-now"
    text = turn.say(
        key,
        topic=name_of(change.topic),
        bars=bar_words(turn.texts, change.after),
        below=_below(turn, catalogue, change.topic) if change.before is None else (),
    )
    return Notice(text, keyboard=rows([*_steps(turn, change, "put"), *_undo(turn, change)]))


def grouped(turn: Turn, catalogue: Catalogue, order: Order, done: Done, *, verb: str) -> Answer:
    """One reply for many topics: what is new, changed, as it was, and not to be had."""
    lines = [
        *_group(turn, "group-new", (c for c in done.changes if c.before is None)),
        *_group(turn, "group-changed", (c for c in done.changes if c.before not in (None, c.after))),
        *_group(turn, "group-same", (c for c in done.changes if c.before == c.after)),
    ]
    if done.beyond:
        names = listed(turn.texts, [(name_of(topic),) for topic in done.beyond[:NAMED]])
        lines.append(turn.say("group-beyond", topics=names, most=MOST_SUBSCRIPTIONS))
    if done.strangers:
        names = listed(turn.texts, [(name_of(topic),) for topic, _ in done.strangers[:NAMED]])
        lines.append(turn.say("group-not-followed", topics=names))
    near = suggestions(catalogue, done.unknown, lambda wish, topic: completing(verb, topic, wish.bars))
    if done.unknown:
        lines.append(unknown_line(turn, done.unknown, found=bool(near)))
    if order.dropped:
        lines.append(turn.say("group-dropped", count=order.dropped))
    more = [
        turn.button("button-subscribe-to", completing("sub", topic, bars), topic=label_of(topic))
        for topic, bars in done.strangers[:3]
    ]
    if done.changes:
        more.append(turn.button("button-latest", "/latest"))
    elif not near and not more:
        more.append(turn.button("button-topics", "/topics"))
    return reply(join(lines), keyboard=near + rows(more))


def completing(verb: str, topic: Topic, bars: Bars | None) -> str:
    """The action that does for this topic what a command asked for one that was not found."""
    return packed(verb, topic.id, bars.alert if bars else None, bars.digest if bars else None)


def _group(turn: Turn, key: str, changes: Iterable[Change]) -> list[Text]:
    entries = [
        turn.say("topic-with-bar", topic=name_of(c.topic), bars=bar_short(turn.texts, c.after)) for c in changes
    ]
    return [turn.say(key, topics=listed(turn.texts, entries))] if entries else []


def _below(turn: Turn, catalogue: Catalogue, topic: Topic) -> Text:
    """What the topic covers below it, as part of a sentence; nothing where there is nothing below."""
    below = [other for other in catalogue.below(topic) if other.slug != topic.slug]
    if not below:
        return ()
    first = next(iter(catalogue.children(topic)), below[0])
    return turn.say("covers-below", topic=first.name, more=len(below) - 1)


def _who_decides(turn: Turn, catalogue: Catalogue, topic: Topic, have: dict[int, Subscription]) -> list[Text]:
    """Where a topic above or below is subscribed too: which bar decides."""
    lines = []
    above = next((t for t in catalogue.chain(topic)[1:] if t.id in have), None)
    if above is not None:
        bars = bar_short(turn.texts, Bars(have[above.id].alert_from, have[above.id].digest_from))
        lines.append(turn.say("parent-covers", parent=name_of(above), bars=bars, topic=topic.name))
    own = [t for t in catalogue.below(topic) if t.id in have and t.slug != topic.slug]
    if own:
        names = listed(turn.texts, [(name_of(t),) for t in own[:NAMED]])
        lines.append(turn.say("children-keep", topics=names, count=len(own)))
    return lines


def _confirmation_buttons(turn: Turn, change: Change, expected: Outlook | None) -> Keyboard:
    """Other bars, then the way back; where nothing is known of the topic yet, bars up and down."""
    topic, bars = change.topic, change.after
    latest = turn.button("button-latest", packed("latest", topic.id))
    if expected is None:
        return (*rows(_steps(turn, change, "tune")), *rows([*_undo(turn, change), latest]))

    def pick(bar: int) -> str:
        return packed("pick", topic.id, *((None, bar) if bars.alert is None else (bar, bars.digest)))

    replay = turn.button("button-simulate", packed("sim", topic.id, bar_in_question(bars)))
    second = rows([*_undo(turn, change, "pick"), latest, replay])
    return (*rows(choices_of(turn, expected, pick), width=2), *second)


def _steps(turn: Turn, change: Change, verb: str) -> list[Button]:
    bars = change.after
    if bars.alert is None:
        return []
    return [
        turn.button("button-bar", packed(verb, change.topic.id, bar, bars.digest), bar=bar)
        for bar in steps(bars.alert)
    ]


def _undo(turn: Turn, change: Change, verb: str = "put") -> list[Button]:
    """The way back. Its last number keeps it apart from a button that happens to offer the same bar."""
    if change.before == change.after:
        return []
    if change.before is None:
        return [turn.button("button-undo", packed("unsub", change.topic.id))]
    back = packed(verb, change.topic.id, change.before.alert, change.before.digest, 1)
    return [turn.button("button-undo", back)]
