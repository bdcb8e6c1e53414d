"""The pages of `/settings`: each is one message, drawn afresh from what is stored when a button is pressed."""

from __future__ import annotations

from bot.commands.clock.times import clock
from bot.commands.clock.wording import days_in_words, zone_name
from bot.commands.languages import language_name
from bot.commands.pausing import UNTIL_RESUMED
from bot.commands.settings.words import BACK, PAGE, filter_lines
from bot.commands.turn import Turn
from bot.commands.wording import (
    LONGEST_LABEL,
    marked,
    moment,
    packed,
    paged,
    pages,
    rows,
    short,
    title_of,
)
from bot.messages import Button, Notice, Span, Text
from bot.model import Destination
from bot.ports import Work
from bot.preferences import FIRST_LOOK, NO_FILTERS, FollowedStory, Form, Look
from bot.texts import join
from bot.zones import zone_of

SNOOZES = ("1h", "8h", "tomorrow", "ever")
COMMANDS = ("digest", "quiet", "timezone", "language")  # whose pages are those of their commands


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
        turn.say("settings-living" if look.living else "settings-still"),
        turn.say("settings-snoozed" if _asleep(turn, here) else "settings-awake"),
        *filter_lines(turn, filters, look),
    ]
    if followed or muted:
        lines.append(turn.say("settings-stories", followed=len(followed), muted=len(muted)))
    lines += [*_clock_lines(turn, here), turn.say("settings-language", language=language_name(turn))]
    sound = turn.button(
        "button-loud" if look.silent else "button-silent", packed("opt", "silent", int(not look.silent))
    )
    living = turn.button(
        "button-still" if look.living else "button-living", packed("opt", "living", int(not look.living))
    )
    places = [
        turn.button("button-settings-topics", "see:topics:0"),
        turn.button("button-settings-words", "see:words:0:0"),
        turn.button("button-settings-stories", "see:stories:0"),
        turn.button("button-settings-snooze", "see:snooze"),
        sound,
        living,
    ]
    commands = [turn.button(f"button-settings-{name}", f"see:{name}") for name in COMMANDS]
    return Notice(join(lines), keyboard=(_forms(turn, look), *rows(places), *rows(commands, width=2)))


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


def _asleep(turn: Turn, here: Destination | None) -> bool:
    return here is not None and here.paused_until is not None and here.paused_until > turn.now


def _clock_lines(turn: Turn, here: Destination | None) -> list[Text]:
    """When the digest comes, when it is quiet, and by whose clock."""
    zone = here.timezone if here else turn.defaults.timezone
    digest, quiet = (here.digest, here.quiet) if here else (None, None)
    lines = [turn.say("settings-digest-none"), turn.say("settings-quiet-none")]
    if digest is not None:
        lines[0] = turn.say("settings-digest", days=days_in_words(turn, digest.days), time=clock(digest.minute))
    if quiet is not None:
        hours = {"start": clock(quiet.start), "end": clock(quiet.end)}
        lines[1] = turn.say(f"settings-quiet-{quiet.mode}", **hours, bar=quiet.bar)
    time = f"{turn.now.astimezone(zone_of(zone)):%H:%M}"
    return [*lines, turn.say("settings-zone", zone=zone_name(turn, zone), time=time)]


def _forms(turn: Turn, look: Look) -> tuple[Button, ...]:
    return tuple(
        turn.button(marked(f"button-form-{form}", on=look.form is form), packed("opt", "form", form))
        for form in Form
    )


async def _story(turn: Turn, work: Work, story: FollowedStory) -> tuple[Text, str]:
    stored = await work.articles.get(story.story_id)
    if stored is None:
        gone = turn.texts.plain("story-gone")
        return (Span(gone),), gone
    return (title_of(stored.article),), short(stored.article.title, LONGEST_LABEL)
