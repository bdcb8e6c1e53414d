"""Messages: written, edited, deleted, each within the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.emulators.discord_components import IS_COMPONENTS_V2
from tests.emulators.discord_errors import refusal
from tests.emulators.discord_http import Reply
from tests.emulators.discord_members import APPLICATION_ID, BOT, Permission
from tests.emulators.discord_places import POSTS, Channel, Places
from tests.emulators.discord_records import Call, Deletion, Json, Kind, Ledger, Post, Refusal, Sent
from tests.emulators.discord_rules import (
    EPHEMERAL,
    Rules,
    Written,
    check_allowed_mentions,
    check_nonce,
    may_mention,
    written,
)

LOADING = 1 << 7
_ONLY_POSTS_OR_NOTHING = POSTS | {"category"}


@dataclass(slots=True)
class Message:
    """A message that stands in a channel; an ephemeral one only its interaction can reach."""

    channel: Channel
    sent: Sent


class Messages:
    """What channels read."""

    def __init__(self, places: Places, ledger: Ledger, rules: Rules) -> None:
        self.places = places
        self.ledger = ledger
        self.rules = rules
        self.standing: dict[tuple[int, int], Message] = {}
        self._by_nonce: dict[str, Message] = {}

    # ---------------------------------------------------------------- REST

    def create(self, call: Call) -> Reply:
        """https://docs.discord.com/developers/resources/message#create-message."""
        channel = self.places.channel(call.id("channel_id"))
        if channel.kind in _ONLY_POSTS_OR_NOTHING:
            raise refusal(50008)
        nonce = check_nonce(call.body)
        if again := self._same_nonce(call, nonce):
            return Reply(200, dict(again.sent.body))
        kind: Kind = "dm" if channel.recipient else "thread" if channel.is_thread else "channel"
        message = self.write(channel, call.body, call.files, call.at, kind=kind, nonce=nonce)
        if nonce is not None:
            self._by_nonce[nonce] = message
        return Reply(200, dict(message.sent.body))

    def edit(self, call: Call) -> Reply:
        message = self._find(call)
        if message.channel.archived:
            raise refusal(50083, commanded=True)
        if message.sent.author != BOT.id:
            raise refusal(50005)
        return Reply(200, dict(self.rewrite(message, call.body, call.files, call.at).body))

    def delete(self, call: Call) -> Reply:
        self.remove(self._find(call), call.at)
        return Reply(204)

    def get(self, call: Call) -> Reply:
        return Reply(200, dict(self._find(call).sent.body))

    def history(self, call: Call) -> Reply:
        """The newest messages first, at most `limit` (50)."""
        channel = self.places.channel(call.id("channel_id"))
        if Permission.READ_MESSAGE_HISTORY not in channel.allowed:
            return Reply(200, [])
        held = [message for (place, _), message in self.standing.items() if place == channel.id]
        shown = [dict(message.sent.body) for message in reversed(held) if not message.sent.ephemeral]
        return Reply(200, shown[: int(call.query.get("limit", 50))])

    def crosspost(self, call: Call) -> Reply:
        message = self._find(call)
        if message.channel.kind != "announcement":
            raise refusal(50024)
        if message.sent.flags & 1:
            raise refusal(40033)
        message.sent = replace(message.sent, flags=message.sent.flags | 1)
        message.sent = replace(message.sent, body={**message.sent.body, "flags": message.sent.flags})
        return Reply(200, dict(message.sent.body))

    def typing(self, call: Call) -> Reply:
        self.places.channel(call.id("channel_id"))
        return Reply(204)

    # ---------------------------------------------------------------- writing

    def write(
        self,
        channel: Channel,
        body: Json,
        files: Mapping[str, bytes],
        at: datetime,
        *,
        kind: Kind,
        nonce: str | None = None,
        thread: Post | None = None,
        interaction_id: int | None = None,
        ephemeral: bool = False,
    ) -> Message:
        """A new message in `channel`. Raises Refused: rules, then permissions (not those of interactions)."""
        flags = (body.get("flags") or 0) | (EPHEMERAL if ephemeral else 0)
        said = written(body, files, flags)
        check_allowed_mentions(body)
        reply_to = (body.get("message_reference") or {}).get("message_id")
        if reply_to and (channel.id, int(reply_to)) not in self.standing:
            raise refusal(10008)
        if kind != "interaction":
            self.places.check_may_write(channel, embeds=bool(said.embeds), files=bool(said.uploads))
            self._wake(channel)
        sent = Sent(
            kind=kind,
            channel_id=channel.id,
            message_id=self.places.next_id(),
            text=said.text,
            content=said.content,
            embeds=said.embeds,
            components=said.components,
            buttons=said.buttons,
            links=said.links,
            flags=flags,
            allowed_mentions=body.get("allowed_mentions"),
            author=BOT.id,
            at=at,
            nonce=nonce,
            thread=thread,
            ephemeral=bool(flags & EPHEMERAL),
            interaction_id=interaction_id,
            reply_to=int(reply_to) if reply_to else None,
            uploads=said.uploads,
        )
        message = Message(channel, replace(sent, body=message_body(sent, body, channel)))
        self.standing[channel.id, sent.message_id] = message
        self.ledger.sent.append(message.sent)
        self._note_mentions(message.sent, body)
        return message

    def rewrite(self, message: Message, body: Json, files: Mapping[str, bytes], at: datetime) -> Sent:
        """Change what `body` names and keep the rest; IS_COMPONENTS_V2 stays once it is set.

        Source: https://docs.discord.com/developers/resources/message#edit-message and components/reference.
        """
        before = message.sent
        wanted = body.get("flags")
        flags = before.flags if wanted is None else wanted | (before.flags & (EPHEMERAL | IS_COMPONENTS_V2))
        kept: Json = {name: before.body.get(name) for name in ("content", "embeds", "components")}
        if flags & IS_COMPONENTS_V2 and not before.flags & IS_COMPONENTS_V2:
            kept = {"components": kept["components"]}
        uploads = dict(files) if files or "attachments" in body else dict(before.uploads)
        merged = {**kept, **body}
        said = written(merged, uploads, flags & ~LOADING)
        check_allowed_mentions(body)
        after = _said_again(before, said, body)
        stamped = {**before.body, **_told(merged, said), "flags": said.flags, "edited_timestamp": at.isoformat()}
        message.sent = replace(after, body=stamped)
        self.ledger.edits.append(message.sent)
        self._note_mentions(message.sent, body)
        return message.sent

    def remove(self, message: Message, at: datetime) -> None:
        sent = message.sent
        del self.standing[sent.channel_id, sent.message_id]
        self.ledger.deletions.append(Deletion(sent.channel_id, sent.message_id, at))

    def forget(self) -> None:
        self.standing.clear()
        self._by_nonce.clear()

    # ---------------------------------------------------------------- within

    def _find(self, call: Call) -> Message:
        channel = self.places.channel(call.id("channel_id"))
        message = self.standing.get((channel.id, call.id("message_id")))
        if message is None or message.sent.ephemeral:
            raise refusal(10008)
        return message

    def _same_nonce(self, call: Call, nonce: str | None) -> Message | None:
        """`enforce_nonce`: the bot's message of the past minutes with the same nonce, instead of a new one."""
        if nonce is None or not call.body.get("enforce_nonce"):
            return None
        found = self._by_nonce.get(nonce)
        if found and call.at - found.sent.at <= timedelta(seconds=self.rules.nonce_seconds):
            return found
        return None

    def _wake(self, channel: Channel) -> None:
        if channel.archived:
            channel.archived = False
            self.places.emit("THREAD_UPDATE", channel.body())

    def _note_mentions(self, sent: Sent, body: Json) -> None:
        """See Rules.mentions: accepted, but told to the test."""
        if self.rules.mentions and may_mention(body.get("allowed_mentions")):
            told = "allowed_mentions leaves mentions open"
            refusal_ = Refusal(f"message {sent.message_id}", body, 200, 0, told, sent.at, accepted=True)
            self.ledger.refused.append(refusal_)


def message_body(sent: Sent, body: Json, channel: Channel) -> Json:
    """The message object, with every field discord.py needs."""
    of_interaction = sent.interaction_id is not None
    told: Json = {
        "id": str(sent.message_id),
        "channel_id": str(channel.id),
        "type": 20 if of_interaction else 19 if sent.reply_to else 0,
        "content": sent.content,
        "author": BOT.body(),
        "embeds": [{"type": "rich", **embed} for embed in sent.embeds],
        "components": body.get("components") or [],
        "attachments": _attachments(sent.uploads),
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": sent.at.isoformat(),
        "edited_timestamp": None,
        "flags": sent.flags,
    }
    if sent.nonce is not None:
        told["nonce"] = sent.nonce
    if of_interaction:
        told |= {"webhook_id": str(APPLICATION_ID), "application_id": str(APPLICATION_ID)}
    return told


def _attachments(uploads: Mapping[str, bytes]) -> list[Json]:
    return [
        {
            "id": str(index + 1),
            "filename": name,
            "size": len(content),
            "url": f"https://cdn.example/{index + 1}/{name}",
            "proxy_url": f"https://media.example/{index + 1}/{name}",
        }
        for index, (name, content) in enumerate(uploads.items())
    ]


def _told(merged: Json, said: Written) -> Json:
    return {
        "content": said.content,
        "embeds": [{"type": "rich", **embed} for embed in said.embeds],
        "components": merged.get("components") or [],
        "attachments": _attachments(said.uploads),
    }


def _said_again(before: Sent, said: Written, body: Json) -> Sent:
    changes: dict[str, Any] = {
        name: getattr(said, name)
        for name in ("text", "content", "embeds", "components", "buttons", "links", "flags", "uploads")
    }
    return replace(before, **changes, allowed_mentions=body.get("allowed_mentions"))
