"""What an interaction is and becomes: the record a test reads, and the bodies that tell of it.

Source: https://docs.discord.com/developers/interactions/receiving-and-responding.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tests.emulators.discord_members import BOT
from tests.emulators.discord_messages import LOADING, Message
from tests.emulators.discord_places import Channel
from tests.emulators.discord_records import Json, Sent
from tests.emulators.discord_rules import EPHEMERAL

InteractionKind = Literal["command", "component", "autocomplete", "modal"]
AckKind = Literal["message", "deferred", "deferred_update", "update", "choices", "modal"]

TYPES: dict[InteractionKind, int] = {"command": 2, "component": 3, "autocomplete": 4, "modal": 5}
ACKS: dict[int, AckKind] = {
    4: "message",
    5: "deferred",
    6: "deferred_update",
    7: "update",
    8: "choices",
    9: "modal",
}
ON_MESSAGE = frozenset({"deferred_update", "update"})

Until = Callable[[Callable[[], Any], float], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Ack:
    """The one acknowledgement: `seconds` after the person acted; `ephemeral` binds a deferred answer."""

    kind: AckKind
    at: datetime
    seconds: float
    ephemeral: bool


@dataclass(slots=True, eq=False)
class Interaction:
    """What a person did, and all that came of it.

    `original` is the answer itself as it reads now (None while deferred, or deleted); for a button that edits
    its message it is that message. `responses` are answers as first shown, `followups` and `edits` what came
    after. `owners` are who installed the app: {"0": guild} and {"1": user}.
    """

    id: int
    kind: InteractionKind
    name: str
    data: Json
    user_id: int
    channel: Channel
    locale: str
    at: datetime
    owners: Mapping[str, str]
    until: Until = field(repr=False)
    pressed: Sent | None = None
    ack: Ack | None = None
    choices: list[Json] | None = None
    modal: Json | None = None
    responses: list[Sent] = field(default_factory=list)
    followups: list[Sent] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)
    holder: Message | None = field(default=None, repr=False)

    @property
    def token(self) -> str:
        return f"interaction-{self.id}"

    @property
    def guild_id(self) -> int | None:
        return self.channel.guild.id if self.channel.guild else None

    @property
    def deferred(self) -> bool:
        return self.ack is not None and self.ack.kind in {"deferred", "deferred_update"}

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who acted sees the answer."""
        return bool(self.original and self.original.ephemeral) or bool(self.ack and self.ack.ephemeral)

    @property
    def original(self) -> Sent | None:
        return self.holder.sent if self.holder else None

    @property
    def answers(self) -> list[Sent]:
        """All that was shown, in order, as first written."""
        return [*self.responses, *self.edits, *self.followups]

    async def acked(self, seconds: float = 3) -> Ack:
        """The acknowledgement, when it comes. Raises TimeoutError."""
        ack: Ack = await self.until(lambda: self.ack, seconds)
        return ack

    async def answered(self, seconds: float = 5) -> Sent:
        """The first thing to read: the answer, the edited message, or a follow-up. Raises TimeoutError."""
        sent: Sent = await self.until(
            lambda: next(iter(self.responses or self.edits or self.followups), None), seconds
        )
        return sent


def fits(kind: AckKind, interaction: Interaction) -> bool:
    """#interaction-response-object-interaction-callback-type: which answer is open to which interaction."""
    if interaction.kind == "autocomplete" or kind == "choices":
        return interaction.kind == "autocomplete" and kind == "choices"
    if kind in ON_MESSAGE:
        return interaction.pressed is not None
    return not (kind == "modal" and interaction.kind == "modal")


def loading_body(interaction: Interaction) -> Json:
    flags = LOADING | (EPHEMERAL if interaction.ephemeral else 0)
    return {
        "id": str(interaction.id + 1),
        "channel_id": str(interaction.channel.id),
        "type": 20,
        "content": "",
        "author": BOT.body(),
        **{name: [] for name in ("embeds", "components", "attachments", "mentions", "mention_roles")},
        **dict.fromkeys(("mention_everyone", "pinned", "tts"), False),
        "timestamp": interaction.at.isoformat(),
        "edited_timestamp": None,
        "flags": flags,
    }


def callback_body(interaction: Interaction, kind: int) -> Json:
    """#interaction-callback-response-object."""
    told: Json = {"id": str(interaction.id), "type": TYPES[interaction.kind]}
    told |= {"response_message_ephemeral": interaction.ephemeral, "response_message_loading": kind == 5}
    body: Json | None = loading_body(interaction) if kind == 5 else None
    if interaction.original:
        body = dict(interaction.original.body)
    if body:
        told["response_message_id"] = body["id"]
    resource = {"type": kind, **({"message": body} if body else {})}
    return {"interaction": told, "resource": resource} if kind in {4, 5, 7} else {"interaction": told}
