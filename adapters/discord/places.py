"""Where an address leads: to a channel or thread as it stands, to a direct message, to today's post of a forum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_date
from discord.http import MultipartParameters

from adapters.discord.faults import our_errors
from adapters.discord.markup import escape
from adapters.discord.transport import Transport
from adapters.discord.wording import subject
from adapters.hygiene import foreign
from bot.errors import Gone, MessageGone
from bot.messages import Content
from bot.model import Address
from bot.texts import texts
from bot.topics import slugify

PERSON = "dm:"
"""An address whose chat begins so is a person, by user id; which channel that is, Discord says when asked."""

FORUM, MEDIA = 15, 16  # https://docs.discord.com/developers/resources/channel#channel-object-channel-types
MOST_TAGS = 5
POST_NAME = 100  # characters
SLEEPS_AFTER = 1440  # minutes without a message until a post leaves the list
MOST_REMEMBERED = 20_000  # of each kind; what is forgotten is asked for again

_NO_CHANNEL = "not a channel id"


class Places:
    """Remembers what Discord said, in memory. `on_request(n)`: n requests were made beside the message itself."""

    def __init__(self, http: Transport, on_request: Callable[[int], None]) -> None:
        self._http = http
        self._on_request = on_request
        self._people: dict[str, int] = {}  # channel by user id
        self._forums: dict[str, bool] = {}  # by channel id
        self._posts: dict[tuple[str, str], int] = {}  # thread by forum and name

    async def channel(self, address: Address, content: Content, locale: str, now: datetime) -> int:
        """The id of the channel to write `content` into. Raises a DeliveryError."""
        if address.thread is not None:
            return _snowflake(address.thread)
        if address.chat.startswith(PERSON):
            return await self._person(address.chat.removeprefix(PERSON))
        seen = None
        if address.chat not in self._forums:
            seen = await self._look_up(address.chat)
            _remember(self._forums, address.chat, seen["type"] in {FORUM, MEDIA})
        if not self._forums[address.chat]:
            return _snowflake(address.chat)
        return await self._post(address.chat, seen, content, locale, now)

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

    def forget_post(self, channel_id: int) -> bool:
        """Whether the channel was a post of a forum; if so the next message finds or opens another."""
        posts = {key: thread for key, thread in self._posts.items() if thread != channel_id}
        forgotten = len(posts) < len(self._posts)
        self._posts = posts
        return forgotten

    def remember_person(self, user_id: int, channel_id: int) -> None:
        """A person spoke to us there; opening many conversations ourselves would get the bot blocked from it."""
        _remember(self._people, str(user_id), channel_id)

    async def _person(self, user: str) -> int:
        known = self._people.get(user)
        if known is None:
            user_id = _snowflake(user)
            self._on_request(1)
            with our_errors():
                channel = await self._http.start_private_message(user_id)
            known = int(channel["id"])
            _remember(self._people, user, known)
        return known

    async def _look_up(self, chat: str) -> Mapping[str, Any]:
        channel_id = _snowflake(chat)
        self._on_request(1)
        with our_errors():
            return await self._http.get_channel(channel_id)

    # ---------------------------------------------------------------- forums

    async def _post(
        self, forum: str, seen: Mapping[str, Any] | None, content: Content, locale: str, now: datetime
    ) -> int:
        """Today's post for the topic of `content`: remembered, found, or opened. `seen` is the forum as it is."""
        words = texts(locale)
        about = subject(content, words)
        name = foreign(f"{about} · {format_date(now.date(), 'long', locale=words.locale)}", POST_NAME)
        known = self._posts.get((forum, name))
        if known is None:
            channel = seen or await self._look_up(forum)
            known = await self._found(channel, name)
            if known is None:
                known = await self._opened(channel, name, about, words.plain("discord-forum-post", subject=about))
            _remember(self._posts, (forum, name), known)
        return known

    async def _found(self, forum: Mapping[str, Any], name: str) -> int | None:
        """One that was opened before a restart, or by a request whose answer was lost."""
        self._on_request(1)
        with our_errors():
            threads = (await self._http.get_active_threads(int(forum["guild_id"])))["threads"]
        return next(
            (int(t["id"]) for t in threads if t.get("parent_id") == forum["id"] and t["name"] == name), None
        )

    async def _opened(self, forum: Mapping[str, Any], name: str, about: str, opening: str) -> int:
        payload = {
            "name": name,
            "auto_archive_duration": SLEEPS_AFTER,
            "applied_tags": _tags(forum, about),
            "message": {"content": escape(opening), "allowed_mentions": {"parse": []}},
        }
        self._on_request(1)
        with our_errors():
            thread = await self._http.start_thread_in_forum(
                int(forum["id"]), params=MultipartParameters(payload, None, None)
            )
        return int(thread["id"])


def reference(address: Address, channel_id: int, message_id: str) -> str:
    """A message's id; in a forum with the post it stands in, which the address does not tell."""
    own = address.thread or address.chat
    return message_id if own == str(channel_id) or own.startswith(PERSON) else f"{channel_id}/{message_id}"


def _tags(forum: Mapping[str, Any], about: str) -> list[str]:
    """The ids of the tags that are named like the topic; where one is required, the first rather than none."""
    tags = [tag for tag in forum.get("available_tags") or () if not tag.get("moderated")]
    wanted = _letters(about)
    fitting = [str(tag["id"]) for tag in tags if _letters(str(tag["name"])) == wanted][:MOST_TAGS]
    required = bool(int(forum.get("flags") or 0) & 1 << 4)
    return fitting or ([str(tags[0]["id"])] if required and tags else [])


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
