"""The screen on which an admin chooses the audience of a draft and sees whom it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from zlib import crc32

from babel import Locale, UnknownLocaleError

from bot.broadcasts.desk import aim
from bot.broadcasts.progress import THRESHOLD, seconds_needed
from bot.commands.subscriptions.choosing import topic_by_id
from bot.commands.turn import Sorry, Turn
from bot.commands.wording import label_of, listed, name_of, rows, short
from bot.messages import Button, Keyboard, Notice, Text
from bot.model import Platform, Topic
from bot.ports import Broadcast, Radius, Target, Work
from bot.texts import bold, join
from bot.topics import Catalogue

T = TypeVar("T")

MOST_LANGUAGES = 6  # offered as buttons
MOST_TOPICS = 6
LONGEST_TITLE = 60


def needs_typing(recipients: int) -> bool:
    return recipients >= THRESHOLD


def agreement(target: Target, recipients: int) -> str:
    """What the button that sends says of the audience it was shown with."""
    return f"{recipients}-{crc32(repr(target).encode()):08x}"


async def screen(turn: Turn, work: Work, draft: Broadcast, target: Target, *, head: Text = ()) -> Notice:
    """The draft with this audience, counted now; what is shown is what its confirmation is held against."""
    catalogue = await work.topics.catalogue()
    for topic in target.topics:
        topic_by_id(catalogue, topic)  # a button that somebody made up
    draft, radius = await aim(work, draft, target, turn.now)
    offered = await _topics(work, draft, catalogue)
    languages = await work.broadcasts.languages()
    lines = [*([head] if head else []), *reach(turn, draft, radius, catalogue)]
    lines.append(_ask(turn, radius))
    return Notice(join(lines), keyboard=_keyboard(turn, draft, radius, offered, languages))


def reach(turn: Turn, draft: Broadcast, radius: Radius, catalogue: Catalogue) -> list[Text]:
    """Whom it reaches: by platform and topic, who is left out and why, who waits, and how long it takes."""
    target = draft.target
    lines = [
        turn.say("broadcast-draft", id=draft.id, title=bold(short(draft.title, LONGEST_TITLE))),
        turn.say("broadcast-to", audience=_audience(turn, target, catalogue)),
    ]
    platforms: list[Text] = [
        turn.say("broadcast-count", name=turn.say(f"platform-{name}"), count=n)
        for name, n in sorted(radius.platforms.items(), key=lambda pair: -pair[1])
    ]
    lines.append(turn.say("broadcast-reaches", count=radius.recipients))
    if platforms:
        lines.append(join(platforms, " · "))
    if len(radius.topics) > 1:
        counts = [
            turn.say("broadcast-count", name=name_of(catalogue.by_id(topic)), count=n)
            for topic, n in radius.topics.items()
        ]
        lines.append(join(counts, " · "))
    left = {"told": radius.told, "muted": radius.muted, "paused": radius.paused}
    left |= {"parked": radius.parked, "barred": radius.barred}
    parts = [turn.say(f"broadcast-left-{name}", count=n) for name, n in left.items() if n]
    if parts:
        lines.append(turn.say("broadcast-left-out", reasons=join(parts, turn.texts.plain("between-names"))))
    if radius.quiet:
        lines.append(turn.say("broadcast-quiet", count=radius.quiet))
    if radius.recipients:
        rates = {messenger.platform: messenger.rate for messenger in turn.messengers}
        seconds = seconds_needed(radius, rates)
        lines.append(turn.say("broadcast-takes", minutes=round(seconds / 60)))
    return lines


def _audience(turn: Turn, target: Target, catalogue: Catalogue) -> Text:
    named: list[Text] = [(name_of(catalogue.by_id(topic)),) for topic in target.topics]
    parts = [
        turn.say("broadcast-followers", topics=listed(turn.texts, named), below=int(target.below))
        if named
        else turn.say("broadcast-everyone")
    ]
    if target.platforms:
        names = [turn.say(f"platform-{platform}") for platform in target.platforms]
        parts.append(turn.say("broadcast-on", platforms=listed(turn.texts, names)))
    if target.languages:
        names = [turn.say("broadcast-name", name=tongue(turn, code)) for code in target.languages]
        parts.append(turn.say("broadcast-in", languages=listed(turn.texts, names)))
    parts += [turn.say("broadcast-urgent")] if target.urgent else []
    parts += [turn.say("broadcast-again")] if target.again else []
    return join(parts, turn.texts.plain("between-names"))


def _ask(turn: Turn, radius: Radius) -> Text:
    if not radius.recipients:
        return turn.say("broadcast-nobody")
    if needs_typing(radius.recipients):
        slash = turn.request.address.platform is Platform.DISCORD
        return turn.say("broadcast-type-command" if slash else "broadcast-type", count=radius.recipients)
    return turn.say("broadcast-press")


def tongue(turn: Turn, code: str) -> str:
    """The name of a language in the words of the reader."""
    try:
        return Locale.parse(code).get_display_name(turn.texts.locale) or code
    except (ValueError, UnknownLocaleError):
        return code


async def _topics(work: Work, draft: Broadcast, catalogue: Catalogue) -> list[Topic]:
    """What is offered: the article's own topics, and those chosen by hand."""
    stored = await work.articles.get(draft.article_id) if draft.article_id else None
    names = stored.article.topics if stored else ()
    own = [topic for name in names if (topic := catalogue.find(name))]
    chosen = [topic for topic in catalogue if topic.id in draft.target.topics]
    return list(dict.fromkeys([*own, *chosen]))[:MOST_TOPICS]


def _keyboard(
    turn: Turn, draft: Broadcast, radius: Radius, offered: Sequence[Topic], languages: dict[str, int]
) -> Keyboard:
    target = draft.target

    def toggle(label: str, verb: str, *, on: bool) -> Button:
        return Button(f"✓ {label}" if on else label, f"bc:{verb}:{draft.id}")

    topics = [toggle(label_of(t), f"topic.{t.id}", on=t.id in target.topics) for t in offered]
    everyone = [toggle(turn.texts.plain("button-broadcast-everyone"), "everyone", on=not target.topics)]
    if target.topics:
        everyone.append(toggle(turn.texts.plain("button-broadcast-below"), "below", on=target.below))
    present = [messenger.platform for messenger in turn.messengers]
    platforms = [
        toggle(turn.texts.plain(f"platform-{p}"), f"platform.{p}", on=p in target.platforms) for p in present
    ]
    common = [*target.languages, *sorted(languages, key=lambda code: -languages[code])]
    common = list(dict.fromkeys(common))[
        : max(MOST_LANGUAGES, len(target.languages))
    ]  # what is chosen can be undone
    tongues = [toggle(tongue(turn, code), f"language.{code}", on=code in target.languages) for code in common]
    flags = [toggle(turn.texts.plain("button-broadcast-urgent"), "urgent", on=target.urgent)]
    if draft.story_id:
        flags.append(toggle(turn.texts.plain("button-broadcast-again"), "again", on=target.again))
    acts = [turn.button("button-broadcast-cancel", f"bc:cancel:{draft.id}")]
    if radius.recipients:
        acts.insert(0, turn.button("button-broadcast-later", f"bc:later:{draft.id}"))
    if radius.recipients and not needs_typing(radius.recipients):
        action = f"bc:send.{agreement(target, radius.recipients)}:{draft.id}"
        acts.insert(0, turn.button("button-broadcast-send", action, count=radius.recipients))
    others = [p for p in present if p is not turn.request.address.platform]
    shown = [
        turn.button("button-broadcast-as", f"bc:as.{p}:{draft.id}", platform=turn.texts.plain(f"platform-{p}"))
        for p in others
    ]
    return (
        *rows(topics),
        *rows(everyone),
        *(rows(platforms) if len(platforms) > 1 or target.platforms else ()),
        *(rows(tongues) if len(tongues) > 1 or target.languages else ()),
        *rows(flags),
        *rows(shown),
        *rows(acts),
    )


def aimed(target: Target, what: str) -> Target:
    """The target after a press: topics, platforms and languages are switched on and off. Raises Sorry."""
    name, _, value = what.partition(".")
    if name == "everyone":
        return replace(target, topics=())
    if name == "below":
        return replace(target, below=not target.below)
    if name == "urgent":
        return replace(target, urgent=not target.urgent)
    if name == "again":
        return replace(target, again=not target.again)
    if name == "topic" and value.isdecimal():
        return replace(target, topics=_switched(target.topics, int(value)))
    if name == "platform" and value in set(Platform):
        return replace(target, platforms=_switched(target.platforms, Platform(value)))
    if name == "language" and value.isalpha():
        return replace(target, languages=_switched(target.languages, value))
    raise Sorry("stale-button")


def _switched(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    return tuple(c for c in chosen if c != one) if one in chosen else (*chosen, one)
