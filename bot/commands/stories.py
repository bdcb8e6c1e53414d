"""Following and muting a story: the buttons under a card."""

from __future__ import annotations

from bot.commands.turn import Sorry, Turn, numbers, reply
from bot.commands.wording import LONGEST_TITLE, packed, rows, short
from bot.matching import STORY_ENDS
from bot.messages import Answer
from bot.model import StoredArticle
from bot.ports import Work
from bot.texts import Value

MOST_FOLLOWED = 50  # stories of one chat


async def press_follow(turn: Turn, argument: str) -> Answer:
    """`follow:<story>`: hear of every new article in this story, whatever the bars, until it ends."""
    story = numbers(argument, 1)[0] or 0
    async with turn.storage.write() as work:
        founder = await _founder(work, story)
        destination = await turn.ensure(work)
        followed = {one.story_id for one in await work.follows.of(destination.id, turn.now)}
        muted = {one.story_id for one in await work.follows.muted(destination.id)}
        if story not in followed and len(followed) >= MOST_FOLLOWED:
            raise Sorry("follows-too-many", most=MOST_FOLLOWED)
        await work.follows.put(destination.id, story, turn.now)
    undo = packed("mute", story) if story in muted else packed("unfollow", story, 1)
    return _done(turn, "followed", "toast-followed", undo, title=_title(founder), days=STORY_ENDS.days)


async def press_unfollow(turn: Turn, argument: str) -> Answer:
    """`unfollow:<story>[:1]`; with the 1 in the message that said it is followed."""
    story, undo = numbers(argument, 1, 2)
    if turn.destination is None:
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        await work.follows.remove(turn.destination.id, story or 0)
    return _undone(turn, "unfollowed", "toast-unfollowed", packed("follow", story), here=undo is not None)


async def press_mute(turn: Turn, argument: str) -> Answer:
    """`mute:<story>`: nothing more on this story."""
    story = numbers(argument, 1)[0] or 0
    async with turn.storage.write() as work:
        founder = await _founder(work, story)
        destination = await turn.ensure(work)
        followed = {one.story_id for one in await work.follows.of(destination.id, turn.now)}
        await work.follows.remove(destination.id, story)
        await work.destinations.mute(destination.id, story, turn.now)
    undo = packed("follow", story) if story in followed else packed("unmute", story, 1)
    return _done(turn, "muted", "toast-muted", undo, title=_title(founder))


async def press_unmute(turn: Turn, argument: str) -> Answer:
    """`unmute:<story>[:1]`; with the 1 in the message that said it was muted."""
    story, undo = numbers(argument, 1, 2)
    if turn.destination is None:
        raise Sorry("stale-button")
    async with turn.storage.write() as work:
        await work.destinations.unmute(turn.destination.id, story or 0)
    return _undone(turn, "unmuted", "toast-unmuted", packed("mute", story), here=undo is not None)


def _done(turn: Turn, said: str, toast: str, undo: str, **values: Value) -> Answer:
    """What was done to a story, with the way back."""
    buttons = [turn.button("button-undo", undo), turn.button("button-settings-stories", "see:stories:0")]
    return reply(turn.say(said, **values), keyboard=rows(buttons), toast=turn.texts.plain(toast))


def _undone(turn: Turn, said: str, toast: str, again: str, *, here: bool) -> Answer:
    """The way back was taken: `here`, in the message that offered it, or from another one."""
    keyboard = () if here else rows([turn.button("button-undo", again)])
    return reply(turn.say(said), keyboard=keyboard, replaces=here, toast=turn.texts.plain(toast))


async def _founder(work: Work, story: int) -> StoredArticle:
    """The article that founded a story, or another of it. Raises Sorry where none is kept."""
    found = await work.articles.of_story(story)
    if not found:
        raise Sorry("stale-button")
    return next((stored for stored in found if stored.id == story), found[0])


def _title(founder: StoredArticle) -> str:
    return f"“{short(founder.article.title, LONGEST_TITLE)}”"
