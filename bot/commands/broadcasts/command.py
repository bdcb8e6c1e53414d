"""`/broadcast`: what is to be sent, from whatever an admin has at hand, and the words that confirm it."""

from __future__ import annotations

from datetime import datetime

from bot.broadcasts.desk import Elsewhere, draft_story, draft_text, schedule, send
from bot.broadcasts.progress import changed_much
from bot.broadcasts.when import NoTime, Past, TooFar, parse_when
from bot.broadcasts.writing import written
from bot.cards import content_of
from bot.commands.broadcasts.draft import agreement, aimed, needs_typing, reach, screen
from bot.commands.parsing import parse_order
from bot.commands.turn import Sorry, Turn, reply
from bot.commands.wording import moment, rows, short
from bot.messages import Answer, Button
from bot.model import Address, Destination, Kind, Platform, StoredArticle
from bot.ports import Broadcast, Stage, Target, Work
from bot.texts import bold, code, join

CONFIRMATION = "send"
MOST_FOUND = 5
MOST_SEARCHED = 8  # words
OWN_WORDS = "text:"
SHORT = 5  # words; what is longer and begins with "at" or "to" is a text of its own
LONGEST_QUOTE = 60


async def broadcast(turn: Turn, argument: str) -> Answer:
    """`/broadcast <link, title, file or text>`, or as an answer to a card; `to`, `at` and `SEND` mean the draft."""
    check_private(turn)
    if turn.request.attached:
        raise Sorry("broadcast-attached")
    word, _, rest = argument.partition(" ")
    if word.casefold() == CONFIRMATION and not rest:
        return await agree(turn, "")
    if rest and word.casefold() in {"to", "at", "on"} and len(argument.split()) <= SHORT + 1:
        draft = await newest(turn)
        if draft is not None:
            return await (_to(turn, draft, rest) if word.casefold() == "to" else at(turn, draft, rest))
        if word.casefold() != "to" and _is_time(turn, rest):
            raise Sorry("broadcast-no-draft")
    if not argument:
        replied = next((a for a in turn.request.replied if a.startswith("why:")), "")
        number = replied.partition(":")[2]
        if number.isdecimal():
            return await pick(turn, int(number))
        card = turn.say(f"broadcast-from-{turn.request.address.platform}")
        return reply(turn.say("broadcast-how", card=card))
    return await _compose(turn, argument)


async def agree(turn: Turn, _text: str) -> Answer:
    """`SEND`, typed: the newest draft goes out."""
    draft = await newest(turn)
    if draft is None:
        raise Sorry("broadcast-no-draft")
    return await confirm(turn, draft, typed=True)


async def confirm(turn: Turn, draft: Broadcast, *, typed: bool, agreed: str = "") -> Answer:
    """Send, if the audience is still what was agreed to; else it is shown and asked for again.

    `agreed` is the `agreement` that a pressed button carries: another choice may have been made since.
    """
    async with turn.storage.write() as work:
        draft = (
            await work.broadcasts.lock(draft.id) or draft
        )  # the audience that is counted is the one that is sent to
        if draft.stage is not Stage.DRAFT:  # an old button of one that is planned by now, for instance
            raise elsewhere(turn, Elsewhere(draft.stage))
        stored = await work.articles.get(draft.article_id) if draft.article_id else None
        if stored and (stored.article.retracted or stored.article.deleted):
            raise Sorry("broadcast-retracted")
        radius = await work.broadcasts.radius(draft.target, draft.story_id, turn.now, level=draft.level)
        if not radius.recipients:
            raise Sorry("broadcast-nobody")
        other = agreed not in ("", agreement(draft.target, draft.shown))
        grown = needs_typing(radius.recipients) and not typed
        if other or grown or changed_much(draft.shown, radius.recipients):
            key = "broadcast-other" if other else "broadcast-changed"
            head = turn.say(key, before=draft.shown, now=radius.recipients)
            return Answer((await screen(turn, work, draft, draft.target, head=head),), replaces=not typed)
        try:
            await send(work, draft, author_of(turn), turn.now, recipients=radius.recipients)
        except Elsewhere as wrong:
            raise elsewhere(turn, wrong) from None
    text = turn.say("broadcast-begun", id=draft.id, title=bold(short(draft.title, 60)), count=radius.recipients)
    return reply(text, replaces=not typed)


async def at(turn: Turn, broadcast: Broadcast, text: str) -> Answer:
    """Send it at a time of the admin's zone; a scheduled one is moved."""
    zone = await zone_of(turn)
    moment_ = read_moment(turn, text, zone)
    async with turn.storage.read() as work:
        radius = await work.broadcasts.radius(broadcast.target, broadcast.story_id, turn.now, level=broadcast.level)
        catalogue = await work.topics.catalogue()
    if not radius.recipients:
        raise Sorry("broadcast-nobody")
    try:
        await schedule(turn.storage, broadcast, moment_, author_of(turn), turn.now, recipients=radius.recipients)
    except Elsewhere as wrong:
        raise elsewhere(turn, wrong) from None
    lines = reach(turn, broadcast, radius, catalogue)
    lines.append(turn.say("broadcast-scheduled", at=bold(moment(turn.texts, moment_, zone))))
    buttons = [
        turn.button("button-broadcast-later", f"bc:later:{broadcast.id}"),
        turn.button("button-broadcast-cancel", f"bc:cancel:{broadcast.id}"),
    ]
    return reply(join(lines), keyboard=rows(buttons))


def _is_time(turn: Turn, words: str) -> bool:
    """Whether they name a time, and are no text of their own."""
    try:
        parse_when(words, turn.now, turn.defaults.timezone)
    except NoTime:
        return False
    except (Past, TooFar, OverflowError):
        pass
    return True


def read_moment(turn: Turn, text: str, zone: str) -> datetime:
    """The moment that is meant in a zone. Raises Sorry with what is wrong and how to write it."""
    try:
        return parse_when(text, turn.now, zone)
    except NoTime:
        raise Sorry("broadcast-no-time", typed=code(short(text, LONGEST_QUOTE))) from None
    except Past:
        raise Sorry("broadcast-past", typed=code(short(text, LONGEST_QUOTE)), zone=zone) from None
    except (TooFar, OverflowError):
        raise Sorry("broadcast-too-far", typed=code(short(text, LONGEST_QUOTE))) from None


async def pick(turn: Turn, article_id: int) -> Answer:
    """A draft of one article."""
    async with turn.storage.write() as work:
        stored = await work.articles.get(article_id)
        if stored is None:
            raise Sorry("broadcast-article-gone")
        return await _drafted(turn, work, stored)


async def newest(turn: Turn) -> Broadcast | None:
    """The draft that the admin began last; none once it was sent, so that a second SEND does not send another."""
    async with turn.storage.read() as work:
        found = await work.broadcasts.newest(author_of(turn))
    return found if found is not None and found.stage is Stage.DRAFT else None


async def named_articles(work: Work, words: str) -> list[StoredArticle]:
    """The articles that the words name; empty where they are a text of their own. Raises Sorry.

    A few words are looked for within titles too; more are taken for a text, unless they are a whole title.
    """
    found = await work.articles.find(words)
    if len(words.split()) > MOST_SEARCHED:
        found = [stored for stored in found if stored.article.title.casefold() == words.casefold()]
    if not found and len(words.split()) == 1:
        raise Sorry("broadcast-unknown", typed=code(short(words, LONGEST_QUOTE)))
    return found


async def check_picture(turn: Turn, words: str) -> None:
    """Raises Sorry where the picture that goes with a text is none, too large, or cannot be had."""
    picture = written(words)[1]
    fault = await turn.look(picture.url) if picture else ""
    if picture and fault:
        raise Sorry(f"broadcast-picture-{fault}", address=code(short(picture.url, LONGEST_QUOTE)))


async def desk_of(turn: Turn, work: Work) -> Destination:
    """The admin's private chat, where progress and receipt are shown."""
    here = _desk_address(turn)
    locale, zone = turn.request.locale or turn.defaults.locale, turn.defaults.timezone
    title = turn.request.title if turn.request.private else ""
    return await work.destinations.ensure(here, title=title, locale=locale, timezone=zone, now=turn.now)


async def desk_id_of(turn: Turn) -> int:
    """Where the progress of what this admin decides now is shown."""
    async with turn.storage.write() as work:
        return (await desk_of(turn, work)).id


async def zone_of(turn: Turn) -> str:
    """The admin's own time zone: that of the private chat, wherever the command was given."""
    async with turn.storage.read() as work:
        desk = await work.destinations.get(_desk_address(turn))
    return desk.timezone if desk else turn.defaults.timezone


def _desk_address(turn: Turn) -> Address:
    here = turn.request.address
    if here.platform is Platform.DISCORD and not turn.request.private:
        return Address(Platform.DISCORD, f"dm:{turn.request.sender}")
    return here


def author_of(turn: Turn) -> str:
    return f"{turn.request.address.platform}:{turn.request.sender}"


def elsewhere(turn: Turn, wrong: Elsewhere) -> Sorry:
    """Somebody was faster, or the button is old."""
    if wrong.stage is None:
        return Sorry("broadcast-gone")
    return Sorry("broadcast-elsewhere", stage=turn.texts.plain(f"stage-{wrong.stage}"))


def check_private(turn: Turn) -> None:
    """On Telegram everybody in a group would read along; in Discord answers are for one person. Raises Sorry."""
    if not turn.request.private and turn.request.address.platform is Platform.TELEGRAM:
        raise Sorry("broadcast-private")


async def _compose(turn: Turn, words: str) -> Answer:
    await check_picture(turn, words)  # before the transaction, which must not wait for somebody's server
    async with turn.storage.write() as work:
        own = words.casefold().startswith(OWN_WORDS)
        found = [] if own else await named_articles(work, words)
        words = words[len(OWN_WORDS) :].strip() if own else words
        if not words:
            raise Sorry("broadcast-empty")
        if len(found) == 1:
            return await _drafted(turn, work, found[0])
        if found:
            buttons = [
                Button(short(stored.article.title, LONGEST_QUOTE), f"bc:pick:{stored.id}")
                for stored in found[:MOST_FOUND]
            ]
            return reply(turn.say("broadcast-which", count=len(found)), keyboard=rows(buttons, 1))
        desk = await desk_of(turn, work)
        draft = await draft_text(work, words, turn.now, author=author_of(turn), desk_id=desk.id)
        return await _shown(turn, work, draft)


async def _drafted(turn: Turn, work: Work, stored: StoredArticle) -> Answer:
    if stored.article.retracted or stored.article.deleted:
        raise Sorry("broadcast-retracted")
    desk = await desk_of(turn, work)
    draft = await draft_story(work, stored, turn.now, author=author_of(turn), desk_id=desk.id)
    return await _shown(turn, work, draft)


async def _shown(turn: Turn, work: Work, draft: Broadcast) -> Answer:
    """The message as it will look here, then the choice of its audience."""
    payload = await work.broadcasts.payload(draft)
    content = content_of(Kind.BROADCAST, payload, turn.texts)
    return Answer((content, await screen(turn, work, draft, draft.target)))


async def _to(turn: Turn, draft: Broadcast, words: str) -> Answer:
    """`/broadcast to <topics>`: another audience for the newest draft."""
    async with turn.storage.write() as work:
        if words.casefold() in {"all", "everyone"}:
            return Answer((await screen(turn, work, draft, aimed(draft.target, "everyone")),))
        catalogue = await work.topics.catalogue()
        order = parse_order(words, catalogue, turn.defaults.quality)
        unknown = [wish.name for wish in order.wishes if wish.topic is None]
        topics = tuple(wish.topic.id for wish in order.wishes if wish.topic)
        if unknown or not topics:
            raise Sorry("broadcast-no-topic", typed=code(short(", ".join(unknown) or words, LONGEST_QUOTE)))
        target = Target(
            topics, True, draft.target.platforms, draft.target.languages, draft.target.urgent, draft.target.again
        )
        return Answer((await screen(turn, work, draft, target),))
