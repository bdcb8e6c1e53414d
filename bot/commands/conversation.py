"""A conversation with one bot: from what was typed or pressed to the handler, and never an exception back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from weakref import WeakValueDictionary

import structlog

from bot.commands.admission import Banned, check_admission
from bot.commands.broadcasts.command import CONFIRMATION, agree
from bot.commands.completing import completed
from bot.commands.greeting import free_text, unknown_command
from bot.commands.languages import locale_of
from bot.commands.parsing import clean, split_command
from bot.commands.reasons.why import why
from bot.commands.registry import ACTIONS, COMMANDS
from bot.commands.rights import NotAllowed, check_right
from bot.commands.turn import Action, Command, Defaults, Handler, Looker, Sorry, Turn, reply, unlimited, unlooked
from bot.errors import StorageError
from bot.messages import Answer, MenuEntry, Request
from bot.model import Address
from bot.ports import Messenger, Storage
from bot.texts import language_of, texts

LONGEST_INPUT = 2_000  # characters that are read; the grammar needs far fewer

log = structlog.get_logger(__name__)


class Conversation:
    """The use cases behind every chat platform (`bot.ports.Chat`)."""

    def __init__(
        self,
        storage: Storage,
        *,
        clock: Callable[[], datetime],
        default_quality: int,
        default_timezone: str,
        default_locale: str,
        fresh_hours: float,
        published_only: bool,
        digest_minute: int = 480,
        admins: frozenset[tuple[str, str]] = frozenset(),
        demo: bool = False,
        invited_only: bool = False,
        commands: tuple[Command, ...] = COMMANDS,
        messengers: Sequence[Messenger] = (),
        look: Looker = unlooked,
    ) -> None:
        """`clock` gives aware UTC times; `admins` are pairs of platform and id there, "*" for everybody.

        With `invited_only` chats that no admin let in get one sentence and nothing else.
        """
        self._storage = storage
        self._clock = clock
        self._defaults = Defaults(
            quality=default_quality,
            timezone=default_timezone,
            locale=default_locale,
            fresh_hours=fresh_hours,
            published_only=published_only,
            digest_minute=digest_minute,
            demo=demo,
            invited_only=invited_only,
            admins=admins,
        )
        self._commands = commands
        self._messengers = messengers
        self._look = look
        self._abilities = {messenger.platform: messenger.abilities for messenger in messengers}
        self._actions = {action.verb: action for action in ACTIONS}
        self._turns: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, request: Request) -> Answer:
        """Answer a command, free text or a pressed button. Never raises for what a person can type."""
        turn = self._turn(request)
        try:
            turn = await self._acquainted(turn)
            if request.press is not None:
                answer = await self._pressed(turn, request.press)
            else:
                answer = await self._typed(turn, request.text or "")
        except Banned:
            answer = Answer()
        except Sorry as sorry:
            answer = self._one_sentence(turn, sorry)
        except StorageError as fault:
            log.error("answer failed", fault=str(fault), address=str(request.address))
            answer = self._one_sentence(turn, Sorry("storage-fault"))
        except Exception:  # the last line: a fault of ours must not silence the chat
            log.exception("answer failed", address=str(request.address))
            answer = self._one_sentence(turn, Sorry("own-fault"))
        silent = answer == Answer()
        return answer if silent or answer.locale else replace(answer, locale=turn.locale)

    async def language(self, request: Request) -> str:
        """The locale in which this request would be answered."""
        turn = self._turn(request)
        try:
            return (await self._acquainted(turn)).locale
        except StorageError as fault:
            log.error("language not looked up", fault=str(fault))
            return turn.locale

    async def menu(self, locale: str, *, admin: bool = False) -> list[MenuEntry]:
        """The public commands, in the order in which a menu shows them; with `admin` the operators' as well."""
        words = texts(locale)
        return [
            MenuEntry(
                c.name,
                words.plain(c.summary),
                changes=c.changes,
                rooms=c.rooms,
                arguments=words.plain(c.arguments) if c.arguments else "",
                completes=c.completes,
                admin=c.admin,
                on_message=words.plain(c.on_message) if c.on_message else "",
            )
            for c in self._commands
            if admin or not c.admin
        ]

    async def complete(self, command: str, text: str, locale: str) -> list[str]:  # noqa: ARG002 - topics have one name
        """Topics for the last part of what is typed; nothing for a command that takes none."""
        if not any(c.name == command and c.completes for c in self._commands):
            return []
        try:
            async with self._storage.read() as work:
                return completed(text[:LONGEST_INPUT], await work.topics.catalogue())
        except StorageError as fault:
            log.error("not completed", fault=str(fault))
            return []

    async def why(self, address: Address, article: str) -> Answer:
        """What `/why <article>` answers in that chat, for operators: nothing is woken. Raises StorageError."""
        turn = self._turn(Request(address, sender="", text=""))
        async with self._storage.read() as work:
            destination = await work.destinations.get(address)
        return await why(replace(turn, destination=destination), article)

    async def unreachable(self, address: Address, reason: str) -> None:
        """The platform says that the chat was closed to us: what is owed waits, the subscriptions stay."""
        await self._mark(address, reason)

    async def reachable(self, address: Address) -> None:
        """The platform says that the chat is open again."""
        await self._mark(address, None)

    async def moved(self, address: Address, to: Address) -> None:
        """The platform says that the chat continues under another address, with all its threads."""
        try:
            async with self._storage.write() as work:
                for destination in await work.destinations.in_chat(address):
                    await work.destinations.move(destination.id, replace(to, thread=destination.address.thread))
        except StorageError as fault:
            log.error("move not noted", fault=str(fault), address=str(address))

    # ------------------------------------------------------------ from words to handlers

    async def _typed(self, turn: Turn, typed: str) -> Answer:
        text = clean(typed[: LONGEST_INPUT * 8])
        found = split_command(text)
        command = self._command(turn, found[0]) if found else None
        if command is None and not (turn.request.private or turn.request.elsewhere):
            return Answer()
        await self._admit(turn)
        if len(text) > LONGEST_INPUT:
            return reply(turn.say("too-long", most=LONGEST_INPUT))
        if found is None:
            agrees = text.casefold() == CONFIRMATION and self._is_admin(turn.request)
            return await self._handle(turn, agree if agrees else free_text, text)
        name, argument = found
        if command is None:
            return await self._handle(turn, unknown_command, f"/{name} {argument}".strip())
        return await self._handle(turn, command.handler, argument, changes=command.changes)

    async def _pressed(self, turn: Turn, action: str) -> Answer:
        if action.startswith("/"):  # a button that types a command
            return await self._typed(turn, action)
        await self._admit(turn)
        verb, _, argument = action.partition(":")
        found: Action | None = self._actions.get(verb)
        if found is None or (found.admin and not self._is_admin(turn.request)):
            raise Sorry("stale-button")
        return await self._handle(turn, found.handler, argument, changes=found.changes)

    async def _admit(self, turn: Turn) -> None:
        if not self._is_admin(turn.request):
            await check_admission(turn)

    async def _handle(self, turn: Turn, handler: Handler, argument: str, *, changes: bool = False) -> Answer:
        """One after another in a chat: of two people who change it at once, each changes what the other left."""
        lock = self._turns.setdefault(turn.request.address, asyncio.Lock())
        waits = lock.locked()
        async with lock:
            if waits:  # the one before may have changed what is known of the chat
                turn = await self._acquainted(turn)
            if changes:
                await check_right(turn)
            return await handler(await self._heard(turn), argument)

    async def _heard(self, turn: Turn) -> Turn:
        """A chat that speaks can be reached, and what it is sent is in the language that it speaks now."""
        destination = turn.destination
        if destination is None or turn.request.elsewhere:
            return turn
        alone = turn.request.private and turn.request.reader is None
        moved = alone and language_of(turn.locale) != language_of(destination.locale)
        if destination.parked is None and not moved:
            return turn
        async with self._storage.write() as work:
            if destination.parked is not None:
                await work.destinations.wake(destination.id)
            if moved:
                await work.destinations.speak(destination.id, turn.locale, chosen=False)
        locale = turn.locale if moved else destination.locale
        return replace(turn, destination=replace(destination, parked=None, locale=locale))

    async def _acquainted(self, turn: Turn) -> Turn:
        """With what is stored of the chat, and in the language of whoever reads the answer."""
        reader = turn.request.reader
        async with self._storage.read() as work:
            destination = await work.destinations.get(turn.request.address)
            there = await work.destinations.get(reader) if reader else destination
        return replace(turn, destination=destination, locale=locale_of(turn.request, there, turn.locale))

    def _turn(self, request: Request) -> Turn:
        request = replace(request, title=clean(request.title), locale=clean(request.locale)[:20])
        return Turn(
            request=request,
            storage=self._storage,
            defaults=self._defaults,
            locale=request.locale or self._defaults.locale,
            now=self._clock(),
            commands=tuple(c for c in self._commands if not c.admin or self._is_admin(request)),
            abilities=self._abilities.get(request.address.platform, unlimited),
            messengers=self._messengers,
            look=self._look,
        )

    def _is_admin(self, request: Request) -> bool:
        platform = request.address.platform.value
        return not self._defaults.admins.isdisjoint({(platform, request.sender), (platform, "*")})

    @staticmethod
    def _command(turn: Turn, name: str) -> Command | None:
        return next((command for command in turn.commands if command.name == name), None)

    @staticmethod
    def _one_sentence(turn: Turn, sorry: Sorry) -> Answer:
        """A sentence for what was typed, a toast for what was pressed or may not be done."""
        press = turn.request.press
        if press is not None and (isinstance(sorry, NotAllowed) or not press.startswith("/")):
            return Answer(toast=turn.texts.plain(sorry.key, **sorry.values))
        return reply(turn.say(sorry.key, **sorry.values))

    async def _mark(self, address: Address, reason: str | None) -> None:
        """Park or wake the chat with its threads, or the one named; a report must never stop the platform."""
        try:
            async with self._storage.write() as work:
                for destination in await work.destinations.in_chat(address):
                    if address.thread not in (None, destination.address.thread):
                        continue
                    if reason is None:
                        await work.destinations.wake(destination.id)
                    else:
                        await work.destinations.park(destination.id, reason, self._clock())
        except StorageError as fault:
            log.error("reachability not noted", fault=str(fault), address=str(address))
