"""Topics to choose from, as buttons: what is offered, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.commands.parsing import Bars, Wish
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import LONGEST_NAME, label_of, listed, packed, rows, short
from bot.messages import Answer, Button, Keyboard, Span, Text
from bot.model import Topic
from bot.topics import Catalogue

OFFERED = 9  # topics as buttons: three rows
NEAREST = 3  # suggestions for one unknown name
UNKNOWN_NAMED = 5  # unknown names that get suggestions; a longer list only says how many more

Act = Callable[[Topic], str]


def tree(catalogue: Catalogue) -> list[tuple[int, Topic]]:
    """All topics with their depths, by name, children right below their parent."""
    below: dict[str | None, list[Topic]] = {}
    for topic in sorted(catalogue, key=lambda topic: topic.name.casefold(), reverse=True):
        parent = topic.parent if topic.parent and catalogue.get(topic.parent) else None
        below.setdefault(parent, []).append(topic)
    found: dict[str, tuple[int, Topic]] = {}
    waiting = [(0, topic) for topic in below.get(None, [])]
    while waiting:
        depth, topic = waiting.pop()
        found[topic.slug] = (depth, topic)
        waiting += [(depth + 1, child) for child in below.get(topic.slug, [])]
    circling = [
        (0, topic) for topic in catalogue if topic.slug not in found
    ]  # files that name each other as parent
    return [*found.values(), *circling]


def general_first(catalogue: Catalogue) -> list[Topic]:
    """All topics, those without a parent first."""
    return [topic for _, topic in sorted(tree(catalogue), key=lambda pair: pair[0])]


def topic_by_id(catalogue: Catalogue, topic_id: int | None) -> Topic:
    """The topic a button speaks of. Raises Sorry where it is no more."""
    try:
        return catalogue.by_id(topic_id or 0)
    except KeyError:
        raise Sorry("stale-button") from None


def topic_buttons(
    catalogue: Catalogue, act: Act, *, limit: int = OFFERED, without: Collection[int] = ()
) -> Keyboard:
    """The most general topics as buttons, but for those `without`."""
    offered = [topic for topic in general_first(catalogue) if topic.id not in without]
    return rows([Button(label_of(topic), act(topic)) for topic in offered[:limit]])


def offer(turn: Turn, catalogue: Catalogue, bars: Bars | None, without: Collection[int] = ()) -> Answer:
    """What `/subscribe` alone answers: topics as buttons."""
    if not len(catalogue):
        return reply(turn.say("no-topics-yet"))
    bars = bars or Bars()
    buttons = topic_buttons(catalogue, lambda t: packed("sub", t.id, bars.alert, bars.digest), without=without)
    all_topics = rows([turn.button("button-topics", "/topics")])
    return reply(turn.say("subscribe-which"), keyboard=buttons + all_topics)


def unknown(turn: Turn, catalogue: Catalogue, wishes: Sequence[Wish], act: Act) -> Answer:
    """No topic of a command was found: the nearest ones as buttons that complete it."""
    if not wishes:
        return offer(turn, catalogue, None)
    missing = [wish for wish in wishes if wish.topic is None]
    buttons = suggestions(catalogue, missing, lambda _wish, topic: act(topic))
    return reply(
        unknown_line(turn, missing, found=bool(buttons)),
        keyboard=buttons or rows([turn.button("button-topics", "/topics")]),
    )


def suggestions(catalogue: Catalogue, missing: Sequence[Wish], act: Callable[[Wish, Topic], str]) -> Keyboard:
    """A row of the nearest topics for each name that was not found."""
    found: list[tuple[Button, ...]] = []
    offered: set[str] = set()
    for wish in missing[:UNKNOWN_NAMED]:
        near = [topic for topic in catalogue.nearest(wish.name, NEAREST) if topic.slug not in offered]
        offered.update(topic.slug for topic in near)
        if near:
            found.append(tuple(Button(label_of(topic), act(wish, topic)) for topic in near))
    return tuple(found)


def unknown_line(turn: Turn, missing: Sequence[Wish], *, found: bool) -> Text:
    """The sentence that names what was not found."""
    names: list[Text] = [(Span(f"“{short(wish.name, LONGEST_NAME)}”"),) for wish in missing[:UNKNOWN_NAMED]]
    if len(missing) > UNKNOWN_NAMED:
        names.append(turn.say("and-more", count=len(missing) - UNKNOWN_NAMED))
    key = "unknown-topics-near" if found else "unknown-topics"
    return turn.say(key, names=listed(turn.texts, names), count=len(missing))
