"""Pages of `/settings`: the words and outlets of a filter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.reasons.holding import KINDS, mark_of
from bot.commands.subscriptions.choosing import topic_by_id
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import LONGEST_LABEL, LONGEST_NAME, listed, name_of, packed, paged, pages, rows, short
from bot.messages import Notice, Span, Text
from bot.model import Topic
from bot.ports import Work
from bot.preferences import FIRST_LOOK, NO_FILTERS, Filters, Look
from bot.texts import code, join

BACK = "see:main"
PAGE = 8  # topics, words or stories, each with its button
NAMED = 3  # words or outlets of each kind that one line names


async def words_page(turn: Turn, work: Work, topic_id: int, page: int) -> Notice:
    """The words and outlets of one filter, a button for each to take it out. Topic 0: those of the whole chat."""
    filters, look, topic = await scope_of(turn, work, topic_id)
    entries = [(kind, entry) for kind in KINDS for entry in entries_of(filters, look, kind)]
    page, part, count = paged(len(entries), page, PAGE)
    name: Text = (name_of(topic),) if topic else ()
    heading = turn.say("settings-words-of" if topic else "settings-words", topic=name)
    prefix = f"{topic.slug}: " if topic else ""
    lines = [heading, *filter_lines(turn, filters, look)]
    if not entries:
        lines.append(turn.say("settings-words-none"))
    words, outlet = code(f"/filter {prefix}-rumour, +battery"), code(f"/filter {prefix}-from:outlet.com")
    lines.append(turn.say("settings-words-hint", words=words, outlet=outlet))
    buttons = [
        turn.button(f"button-drop-{kind}", packed("opt", "drop", topic_id, KINDS[kind], mark_of(entry), page),
                    entry=short(entry, LONGEST_LABEL))
        for kind, entry in entries[part]
    ]  # fmt: skip
    moves = list(pages(turn.texts, f"see:words:{topic_id}", page, count))
    up = packed("see", "topic", topic.id, 0) if topic else BACK
    back = turn.button("button-back-topic" if topic else "button-settings", up)
    return Notice(join(lines), keyboard=(*rows(buttons, width=2), *rows([*moves, back])))


def filter_lines(turn: Turn, filters: Filters, look: Look) -> list[Text]:
    """A line for each kind of words and outlets there are."""
    lines = []
    for kind in KINDS:
        entries = entries_of(filters, look, kind)
        if entries:
            names: list[Text] = [(Span(f"“{short(entry, LONGEST_NAME)}”"),) for entry in entries[:NAMED]]
            if len(entries) > NAMED:
                names.append(turn.say("and-more", count=len(entries) - NAMED))
            lines.append(turn.say(f"filter-{kind}", entries=listed(turn.texts, names)))
    return lines


def entries_of(filters: Filters, look: Look, kind: str) -> Sequence[str]:
    found: Sequence[str] = look.preferred if kind == "preferred" else getattr(filters, kind)
    return found


async def scope_of(turn: Turn, work: Work, topic_id: int) -> tuple[Filters, Look, Topic | None]:
    """The filters of a subscription, or with topic 0 of the whole chat. Raises Sorry where there is none."""
    if topic_id == 0:
        here = await work.destinations.get(turn.request.address)
        return (here.filters, here.look, None) if here else (NO_FILTERS, FIRST_LOOK, None)
    topic = topic_by_id(await work.topics.catalogue(), topic_id)
    own = (await turn.subscriptions(work)).get(topic.id)
    if own is None:
        raise Sorry("toast-not-followed", topic=short(topic.name, LONGEST_NAME))
    return own.filters, FIRST_LOOK, topic
