"""Channels and threads by REST: looked up, opened, changed."""

from __future__ import annotations

from tests.emulators.discord_errors import check_length, form_error, refusal
from tests.emulators.discord_http import Reply
from tests.emulators.discord_members import Permission
from tests.emulators.discord_messages import Messages
from tests.emulators.discord_places import POSTS, Channel, ChannelKind, Places
from tests.emulators.discord_records import Call, Json, Ledger, Post

MOST_TAGS = 5
NAME_LENGTH = 100
_HOLDS_THREADS = frozenset({"text", "announcement"})


class Threads:
    """https://docs.discord.com/developers/resources/channel."""

    def __init__(self, places: Places, messages: Messages, ledger: Ledger) -> None:
        self.places = places
        self.messages = messages
        self.ledger = ledger

    def get(self, call: Call) -> Reply:
        return Reply(200, self.places.channel(call.id("channel_id")).body())

    def open_dm(self, call: Call) -> Reply:
        """resources/user#create-dm: opening never fails for a person; writing may."""
        user = self.places.users.get(int(call.body.get("recipient_id") or 0))
        if user is None or user.bot:
            raise refusal(50033)
        self.ledger.opened.append(user.id)
        return Reply(200, self.places.dm_with(user).body())

    def start(self, call: Call) -> Reply:
        """#start-thread-in-forum-or-media-channel and #start-thread-without-message."""
        parent = self.places.channel(call.id("channel_id"))
        check_length(call.body.get("name"), NAME_LENGTH, "name", least=1)
        if parent.kind in POSTS:
            return self._post(call, parent)
        if parent.kind not in _HOLDS_THREADS:
            raise refusal(50024)
        return Reply(201, self._open(call, parent, ()).body())

    def start_from_message(self, call: Call) -> Reply:
        """#start-thread-from-message: the thread has the id of its message."""
        parent = self.places.channel(call.id("channel_id"))
        message_id = call.id("message_id")
        check_length(call.body.get("name"), NAME_LENGTH, "name", least=1)
        if (parent.id, message_id) not in self.messages.standing:
            raise refusal(10008)
        if message_id in self.places.channels:
            raise refusal(160004)
        return Reply(201, self._open(call, parent, (), message_id).body())

    def change(self, call: Call) -> Reply:
        """#modify-channel, as far as threads have it: archived, locked, name, applied_tags."""
        channel = self.places.channel(call.id("channel_id"))
        if not channel.is_thread:
            raise refusal(50013, commanded=True)
        asked: Json = call.body
        if "locked" in asked and Permission.MANAGE_THREADS not in channel.allowed:
            raise refusal(50013, commanded=True)
        if channel.archived and asked.get("archived") is not False:
            raise refusal(50083, commanded=True)
        if "name" in asked:
            check_length(asked["name"], NAME_LENGTH, "name", least=1)
            channel.name = asked["name"]
        channel.archived = bool(asked.get("archived", channel.archived))
        channel.locked = bool(asked.get("locked", channel.locked))
        if "applied_tags" in asked and channel.parent:
            channel.applied_tags = _tags(asked, channel.parent)
        self.places.emit("THREAD_UPDATE", channel.body())
        return Reply(200, channel.body())

    def join(self, call: Call) -> Reply:
        if not self.places.channel(call.id("channel_id")).is_thread:
            raise refusal(50024)
        return Reply(204)

    def active(self, call: Call) -> Reply:
        """The threads of a guild that are not archived."""
        guild = self.places.guild(call.id("guild_id"))
        return Reply(200, {"threads": guild.body()["threads"], "members": []})

    def archived(self, call: Call) -> Reply:
        parent = self.places.channel(call.id("channel_id"))
        found = [one.body() for one in self.places.channels.values() if one.parent is parent and one.archived]
        return Reply(200, {"threads": found, "members": [], "has_more": False})

    def _post(self, call: Call, parent: Channel) -> Reply:
        asked: Json = call.body
        if not isinstance(asked.get("message"), dict):
            raise form_error(("message",), "BASE_TYPE_REQUIRED", "This field is required")
        tags = _tags(asked, parent)
        if Permission.SEND_MESSAGES not in parent.allowed:
            raise refusal(50013, commanded=True)
        thread_id = self.places.next_id()
        thread = Channel(
            thread_id, "thread", asked["name"], parent.guild, parent=parent, applied_tags=tags, at=call.at
        )
        post = Post(thread.name, parent.id, tags, tuple(parent.tags[tag] for tag in tags))
        message = self.messages.write(thread, asked["message"], call.files, call.at, kind="forum", thread=post)
        self._announce(thread)
        return Reply(201, {**thread.body(), "message": dict(message.sent.body)})

    def _open(self, call: Call, parent: Channel, tags: tuple[int, ...], thread_id: int | None = None) -> Channel:
        if Permission.CREATE_PUBLIC_THREADS not in parent.allowed:
            raise refusal(50013, commanded=True)
        kind: ChannelKind = "announcement_thread" if parent.kind == "announcement" else "thread"
        thread = Channel(
            thread_id or self.places.next_id(),
            kind,
            call.body["name"],
            parent.guild,
            parent=parent,
            applied_tags=tags,
            at=call.at,
        )
        self._announce(thread)
        return thread

    def _announce(self, thread: Channel) -> None:
        self.places.channels[thread.id] = thread
        if thread.guild:
            thread.guild.channels[thread.id] = thread
        self.places.emit("THREAD_CREATE", {**thread.body(), "newly_created": True})


def _tags(asked: Json, parent: Channel) -> tuple[int, ...]:
    """At most 5, each of the forum, one at least where it says so. Raises Refused: 50035, 10087, 40067."""
    wanted = asked.get("applied_tags") or []
    check_length(wanted, MOST_TAGS, "applied_tags")
    tags = tuple(int(tag) for tag in wanted)
    if any(tag not in parent.tags for tag in tags):
        raise refusal(10087)
    if parent.require_tag and not tags:
        raise refusal(40067)
    return tags
