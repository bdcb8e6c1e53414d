"""What a command changes: topics and the bars of their subscriptions."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.commands.clock.setting import begin_digest
from bot.commands.parsing import HIGHEST_BAR, BarOutOfRange, Bars, Order, Wish, parse_order
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import bars_of, packed
from bot.model import Subscription, Topic
from bot.ports import Work
from bot.preferences import FEWEST_OUTLETS, MOST_OUTLETS
from bot.topics import Catalogue

MOST_SUBSCRIPTIONS = 100  # of one chat


def waited_for(count: int | None) -> int | None:
    """The outlets to wait for that a button names; 0 is none. Raises Sorry for a number out of range."""
    if count == 0:
        return None
    if count is None or not FEWEST_OUTLETS <= count <= MOST_OUTLETS:
        raise Sorry("stale-button")
    return count


def restoring(ended: Subscription) -> str:
    """The action that brings a subscription back, but for its words and outlets."""
    return packed("put", ended.topic_id, ended.alert_from, ended.digest_from, 1, ended.outlets_from)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one subscription. `before` None = there was none; equal bars = nothing new."""

    topic: Topic
    before: Bars | None
    after: Bars


@dataclass(slots=True)
class Done:
    """What became of all wishes of a command."""

    changes: list[Change] = field(default_factory=list)
    unknown: list[Wish] = field(default_factory=list)
    beyond: list[Topic] = field(default_factory=list)  # there was no room for them
    strangers: list[tuple[Topic, Bars | None]] = field(
        default_factory=list
    )  # not subscribed to, though asked to be


def read_order(turn: Turn, argument: str, catalogue: Catalogue) -> Order:
    """The topics and bars of a command. Raises Sorry for a bar out of range."""
    try:
        return parse_order(argument, catalogue, turn.defaults.quality)
    except BarOutOfRange:
        raise Sorry("bar-out-of-range", highest=HIGHEST_BAR) from None


async def carry_out(turn: Turn, work: Work, order: Order, *, existing_only: bool = False) -> Done:
    """Store the bars of every topic that was found, as far as there is room for them."""
    have = {topic_id: bars_of(s) for topic_id, s in (await turn.subscriptions(work)).items()}
    done = Done()
    for wish in order.wishes:
        topic = wish.topic
        if topic is None:
            done.unknown.append(wish)
        elif existing_only and topic.id not in have:
            done.strangers.append((topic, wish.bars))
        elif topic.id not in have and len(have) >= MOST_SUBSCRIPTIONS:
            done.beyond.append(topic)
        else:
            before = have.get(topic.id)
            have[topic.id] = after = merged(before, wish.bars, turn.defaults.quality)
            done.changes.append(Change(topic, before, after))
    for change in done.changes:
        await store(turn, work, change)
    return done


async def store(turn: Turn, work: Work, change: Change) -> None:
    """Write one change; the destination is made with its first subscription."""
    if change.before != change.after:
        destination = await turn.ensure(work)
        bars = change.after
        await work.subscriptions.put(
            Subscription(destination.id, change.topic.id, bars.alert, bars.digest), turn.now
        )
        if bars.digest is not None:
            await begin_digest(turn, work, destination)


def merged(before: Bars | None, given: Bars | None, default: int) -> Bars:
    """The bars after a command: what it does not speak of stays as it was."""
    if before is None:
        return given or Bars(alert=default)
    if given is None:
        return before
    return Bars(
        before.alert if given.alert is None else given.alert,
        before.digest if given.digest is None else given.digest,
    )
