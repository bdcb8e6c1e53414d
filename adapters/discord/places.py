"""Where an address leads: to a channel or thread as it stands, to a direct message, to today's post of a forum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date
from discord.http import MultipartParameters

from adapters.discord.directory import PERSON, Directory
from adapters.discord.faults import our_errors
from adapters.discord.markup import escape
from adapters.discord.transport import Transport
from adapters.discord.wording import subjects
from adapters.hygiene import foreign
from bot.errors import Gone, MessageGone
from bot.messages import Content
from bot.model import Address
from bot.texts import texts
from bot.topics import slugify

FORUM, MEDIA = 15, 16  # https://docs.discord.com/developers/resources/channel#channel-object-channel-types
MOST_TAGS = 5
POST_NAME = 100  # characters
SLEEPS_AFTER = 1440  # minutes without a message until a post leaves the list
MOST_REMEMBERED = 20_000  # of each kind; what is forgotten is asked for again

REQUIRE_TAG = 1 << 4  # flag of a forum

_NO_CHANNEL = "not a channel id"


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum as it was when Discord was asked: its `tags` are pairs of id and name that we may give."""

    chat: str
    guild_id: int
    tags: tuple[tuple[str, str], ...]
    wants_tag: bool

    @classmethod
    def of(cls, channel: Mapping[str, Any]) -> Forum:
        tags = (tag for tag in channel.get("available_tags") or () if not tag.get("moderated"))
        return cls(
            str(channel["id"]),
            int(channel["guild_id"]),
            tuple((str(tag["id"]), str(tag["name"])) for tag in tags),
            bool(int(channel.get("flags") or 0) & REQUIRE_TAG),
        )

    def subject(self, names: Sequence[str]) -> str:
        """The topic to sort by: the first of these that has a tag, for so the forum is arranged."""
        tags = {_letters(name): name for _, name in self.tags}
        return next((tags[_letters(name)] for name in names if _letters(name) in tags), names[0])

    def tags_for(self, about: str) -> list[str]:
        """The ids of the tags that are named like the topic; where one is required, the first rather than none."""
        fitting = [tag for tag, name in self.tags if _letters(name) == _letters(about)][:MOST_TAGS]
        return fitting or ([self.tags[0][0]] if self.wants_tag and self.tags else [])


class Places:
    """Remembers what Discord said. `on_request(n)`: n requests were made beside the message itself."""

    def __init__(self, http: Transport, on_request: Callable[[int], None], people: Directory) -> None:
        self._http = http
        self._on_request = on_request
        self._people = people
        self._forums: dict[str, Forum] = {}  # by channel id; what is none of them takes messages as it stands
        self._posts: dict[tuple[str, str], int] = {}  # thread by forum and name

    async def channel(
        self, address: Address, content: Content, locale: str, now: datetime, *, fresh: bool = False
    ) -> int:
        """The id of the channel to write `content` into. Raises a DeliveryError.

        Nobody is asked what kind of channel it is: a forum refuses messages, and is looked up then.
        `fresh`: that was just now.
        """
        if address.thread is not None:
            return _snowflake(address.thread)
        if address.chat.startswith(PERSON):
            return await self._person(address.chat.removeprefix(PERSON))
        forum = self._forums.get(address.chat)
        if forum is None:
            return _snowflake(address.chat)
        return await self._post(forum, content, locale, now, fresh=fresh)

    async def of_message(self, address: Address, message_id: str) -> tuple[int, int]:
        """The channel and the id of a message, as `reference` wrote it. Raises a DeliveryError."""
        channel, _, number = message_id.rpartition("/")
        if not number.isdecimal():
            raise MessageGone("no message of Discord's")
        if channel:
            return _snowflake(channel), int(number)
        if address.thread is None and address.chat.startswith(PERSON):
            return await self._person(address.chat.removeprefix(PERSON)), int(number)
        return _snowflake(address.thread or address.chat), int(number)

    async def is_forum(self, address: Address) -> bool:
        """Whether what refused a message does so because messages go into its posts. Raises a DeliveryError."""
        if address.thread is not None or address.chat.startswith(PERSON):
            return False
        return await self._look_up(address.chat) is not None

    def forget(self, address: Address, channel_id: int) -> bool:
        """The channel an address led to is not there: whether asking anew could lead to another."""
        if address.chat.startswith(PERSON):
            return self._people.doubt(address.chat.removeprefix(PERSON))
        posts = {key: thread for key, thread in self._posts.items() if thread != channel_id}
        forgotten = len(posts) < len(self._posts)
        self._posts = posts
        return forgotten

    def remember_person(self, user_id: int, channel_id: int) -> None:
        """A person spoke to us there."""
        self._people.hear(str(user_id), channel_id)

    async def _person(self, user: str) -> int:
        user_id = _snowflake(user)
        known = await self._people.find(user)
        if known is None:
            self._on_request(1)
            with our_errors():
                known = int((await self._http.start_private_message(user_id))["id"])
            await self._people.keep(user, known)
        return known

    async def _look_up(self, chat: str) -> Forum | None:
        """What Discord says of a channel now; None for one that takes messages as it stands."""
        channel_id = _snowflake(chat)
        self._on_request(1)
        with our_errors():
            channel = await self._http.get_channel(channel_id)
            forum = Forum.of(channel) if channel["type"] in {FORUM, MEDIA} else None
        if forum is not None:
            _remember(self._forums, chat, forum)
        return forum

    # ---------------------------------------------------------------- forums

    async def _post(self, forum: Forum, content: Content, locale: str, now: datetime, *, fresh: bool) -> int:
        """Today's post for the topic of `content`: remembered, found, or opened. `fresh`: just looked up."""
        words = texts(locale)
        about = forum.subject(subjects(content, words))
        name = foreign(f"{about} · {format_date(now.date(), 'medium', locale=words.dates)}", POST_NAME)
        known = self._posts.get((forum.chat, name))
        if known is not None:
            return known
        if not fresh and (again := await self._look_up(forum.chat)) is not None:  # its tags may be others now
            return await self._post(again, content, locale, now, fresh=True)
        known = await self._found(forum, name)
        if known is None:
            known = await self._opened(forum, name, about, words.plain("discord-forum-post", subject=about))
        _remember(self._posts, (forum.chat, name), known)
        return known

    async def _found(self, forum: Forum, name: str) -> int | None:
        """One that was opened before a restart, or by a request whose answer was lost."""
        self._on_request(1)
        with our_errors():
            threads = (await self._http.get_active_threads(forum.guild_id))["threads"]
        return next((int(t["id"]) for t in threads if t.get("parent_id") == forum.chat and t["name"] == name), None)

    async def _opened(self, forum: Forum, name: str, about: str, opening: str) -> int:
        payload = {
            "name": name,
            "auto_archive_duration": SLEEPS_AFTER,
            "applied_tags": forum.tags_for(about),
            "message": {"content": escape(opening), "allowed_mentions": {"parse": []}},
        }
        self._on_request(1)
        with our_errors():
            thread = await self._http.start_thread_in_forum(
                int(forum.chat), params=MultipartParameters(payload, None, None)
            )
            return int(thread["id"])


def reference(address: Address, channel_id: int, message_id: str) -> str:
    """A message's id; in a forum with the post it stands in, which the address does not tell."""
    own = address.thread or address.chat
    return message_id if own == str(channel_id) or own.startswith(PERSON) else f"{channel_id}/{message_id}"


def _letters(name: str) -> str:
    """A name without what a hashtag cannot keep of it: "Computer Vision" is #ComputerVision."""
    return slugify(name).replace("-", "")


def _snowflake(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 20):  # noqa: PLR2004 - 64 bits
        raise Gone(_NO_CHANNEL)
    return int(text)


def _remember(memory: dict[Any, Any], key: Any, value: Any) -> None:
    """The oldest gives way when the memory is full."""
    if len(memory) >= MOST_REMEMBERED:
        del memory[next(iter(memory))]
    memory[key] = value
