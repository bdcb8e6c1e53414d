"""The pages of `/settings`: each is one message, drawn afresh from what is stored when a button is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.choosing import topic_by_id, tree
from bot.commands.filter_grammar import FEWEST_OUTLETS
from bot.commands.holding import KINDS, mark_of
from bot.commands.parsing import TOP_ABOVE_GOOD
from bot.commands.pausing import UNTIL_RESUMED
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import (
    LONGEST_ACTION,
    LONGEST_LABEL,
    LONGEST_NAME,
    STEP,
    bar_short,
    bar_words,
    bars_of,
    listed,
    moment,
    name_of,
    packed,
    paged,
    pages,
    rows,
    short,
    title_of,
)
from bot.messages import Button, Notice, Span, Text
from bot.model import ANY, Destination, Subscription, Topic
from bot.ports import Work
from bot.preferences import FIRST_LOOK, NO_FILTERS, Filters, FollowedStory, Form, Look
from bot.texts import code, join
from bot.topics import Catalogue

PAGE = 8  # topics, words or stories, each with its button
WAITED_FOR = (FEWEST_OUTLETS, 3, 5)  # outlets, as buttons
SNOOZES = ("1h", "8h", "tomorrow", "ever")
NAMED = 3  # words or outlets of each kind that one line names
ELSEWHERE = ("digest", "quiet", "timezone")  # settings with a command of their own

BACK = "see:main"


async def main_page(turn: Turn, work: Work) -> Notice:
    """All settings at a glance, with the way to each."""
    here = await work.destinations.get(turn.request.address)
    look = here.look if here else FIRST_LOOK
    filters = here.filters if here else NO_FILTERS
    have = await work.subscriptions.of(here.id) if here else []
    followed = await work.follows.of(here.id, turn.now) if here else []
    muted = await work.follows.muted(here.id) if here else []
    lines = [
        turn.say("settings"),
        turn.say("settings-topics", count=len(have)),
        turn.say("settings-form", form=turn.say(f"form-{look.form}")),
        turn.say("settings-silent" if look.silent else "settings-loud"),
        turn.say("settings-snoozed" if _asleep(turn, here) else "settings-awake"),
        *filter_lines(turn, filters, look),
    ]
    if followed or muted:
        lines.append(turn.say("settings-stories", followed=len(followed), muted=len(muted)))
    lines.append(turn.say("settings-zone", zone=here.timezone if here else turn.defaults.timezone))
    sound = turn.button(
        "button-loud" if look.silent else "button-silent", packed("opt", "silent", int(not look.silent))
    )
    places = [
        turn.button("button-settings-topics", "see:topics:0"),
        turn.button("button-settings-words", "see:words:0:0"),
        turn.button("button-settings-stories", "see:stories:0"),
        turn.button("button-settings-snooze", "see:snooze"),
        sound,
    ]
    known = {command.name for command in turn.commands}
    commands = [turn.button(f"button-settings-{name}", f"/{name}") for name in ELSEWHERE if name in known]
    return Notice(join(lines), keyboard=(_forms(turn, look), *rows(places), *rows(commands)))


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
    last = [
        turn.button("button-settings-words", packed("see", "words", topic.id, 0)),
        turn.button("button-unsubscribe", packed("opt", "end", topic.id, page)),
        turn.button("button-settings-topics", f"see:topics:{page}"),
    ]
    keyboard = (*rows(_bars(turn, topic, own, page), width=2), *rows(_ways(turn, topic, own, page)))
    return Notice(join(lines), keyboard=(*keyboard, tuple(_outlets(turn, topic, own, page)), *rows(last)))


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


async def stories_page(turn: Turn, work: Work, page: int) -> Notice:
    """The stories that are followed or muted, each with its undo."""
    here = await work.destinations.get(turn.request.address)
    followed = await work.follows.of(here.id, turn.now) if here else []
    muted = await work.follows.muted(here.id) if here else []
    every = [("unfollow", story) for story in followed] + [("unmute", story) for story in muted]
    page, part, count = paged(len(every), page, PAGE)
    back = turn.button("button-settings", BACK)
    if not every:
        return Notice(turn.say("stories-none"), keyboard=rows([back]))
    lines = [turn.say("stories", followed=len(followed), muted=len(muted), page=page + 1, pages=count)]
    buttons = []
    for verb, story in every[part]:
        title, label = await _story(turn, work, story)
        lines.append(turn.say(f"stories-{verb}", title=title))
        action = packed("opt", verb, story.story_id, page)
        buttons.append(turn.button(f"button-story-{verb}", action, title=label))
    moves = pages(turn.texts, "see:stories", page, count)
    return Notice(join(lines), keyboard=(*rows(buttons, width=1), *rows([*moves, back])))


async def snooze_page(turn: Turn, work: Work) -> Notice:
    """Rest for a while, or alerts again."""
    here = await work.destinations.get(turn.request.address)
    back = turn.button("button-settings", BACK)
    until = here.paused_until if here else None
    if here is None or until is None or until <= turn.now:
        buttons = [turn.button(f"button-snooze-{word}", packed("opt", "snooze", word)) for word in SNOOZES]
        return Notice(turn.say("snooze"), keyboard=(*rows(buttons, width=2), (back,)))
    awake = turn.button("button-resume", "opt:snooze:0")
    if until >= UNTIL_RESUMED:
        return Notice(turn.say("snoozed"), keyboard=rows([awake, back]))
    at = moment(turn.texts, until, here.timezone)
    return Notice(turn.say("snoozed-until", until=at), keyboard=rows([awake, back]))


# ---------------------------------------------------------------- parts


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
    return join(parts, ", ") or turn.say("silent-short")


def lowest_bar(subscription: Subscription) -> int | None:
    return min((b for b in (subscription.alert_from, subscription.digest_from) if b is not None), default=None)


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


def fits(button: Button) -> bool:
    return len((button.action or "").encode()) <= LONGEST_ACTION


def _asleep(turn: Turn, here: Destination | None) -> bool:
    return here is not None and here.paused_until is not None and here.paused_until > turn.now


def _forms(turn: Turn, look: Look) -> tuple[Button, ...]:
    return tuple(
        turn.button(_marked(f"button-form-{form}", on=look.form is form), packed("opt", "form", form))
        for form in Form
    )


def _bars(turn: Turn, topic: Topic, own: Subscription, page: int) -> list[Button]:
    """The neighbouring bars, and the named ones."""
    good = turn.defaults.quality
    now = own.alert_from
    near = [] if now is None else [max(now - STEP, ANY), now + STEP]
    wanted = sorted({*near, ANY, good, good + TOP_ABOVE_GOOD} - ({now} if now is not None else set()))
    return [turn.button("button-bar", packed("opt", "bar", topic.id, bar, page), bar=bar) for bar in wanted]


def _ways(turn: Turn, topic: Topic, own: Subscription, page: int) -> list[Button]:
    """Alerts and digest, each on or off."""
    good = turn.defaults.quality
    alert = None if own.alert_from is not None else good
    digest = None if own.digest_from is not None else good
    return [
        turn.button(_marked("button-alerts", on=alert is None), packed("opt", "bar", topic.id, alert, page)),
        turn.button(
            _marked("button-in-digest", on=digest is None), packed("opt", "digest", topic.id, digest, page)
        ),
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


def _marked(key: str, *, on: bool) -> str:
    """The key of a button that is one of several choices: `-on` for the one in force."""
    return f"{key}-on" if on else key


async def _story(turn: Turn, work: Work, story: FollowedStory) -> tuple[Text, str]:
    stored = await work.articles.get(story.story_id)
    if stored is None:
        gone = turn.texts.plain("story-gone")
        return (Span(gone),), gone
    return (title_of(stored.article),), short(stored.article.title, LONGEST_LABEL)
