"""What the loopback Discord server remembers, and the one exception it answers with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]

Kind = Literal["channel", "thread", "forum", "dm", "interaction"]


class Refused(Exception):  # noqa: N818 - the words of the server, not a fault of the emulator
    """A request is not accepted: HTTP `status`, Discord's `code` (0 = none), `message`, and `errors` by field.

    `commanded` marks what a test asked for (a removed channel, a closed thread): no rule was broken.
    `extra` joins the JSON body; with `page` the answer is that page instead, and not Discord's own.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: Json | None = None,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        page: str | None = None,
        commanded: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.extra = extra or {}
        self.headers = headers or {}
        self.page = page
        self.commanded = commanded

    def body(self) -> Json:
        """The error object of https://docs.discord.com/developers/reference#error-messages."""
        errors = {"errors": self.errors} if self.errors else {}
        return {"message": self.message, "code": self.code, **errors, **self.extra}


@dataclass(frozen=True, slots=True)
class Button:
    """A button: `url` for a link, else `custom_id`. `style` is 1-4 (primary to danger) or 5 (link)."""

    label: str
    custom_id: str | None = None
    url: str | None = None
    style: int = 1
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a message; `kind` in words (container, section, text, gallery, row, button, ...).

    `body` is the component as it was sent; the accessory of a section is its last child.
    """

    kind: str
    body: Mapping[str, Any]
    children: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Part]:
        """This part and all within it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Post:
    """The thread a forum message opens: `tags` are the names behind `applied_tags`."""

    name: str
    parent_id: int
    applied_tags: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a member of the channel sees it.

    `text` is all a person reads, without markup: content, embeds, text displays, in order. `links` are the
    addresses behind words and buttons. `files` are the names of uploads, `uploads` their bytes. `body` is the
    message object of the API. For a forum post `channel_id` is the new thread's.
    """

    kind: Kind
    channel_id: int
    message_id: int
    text: str
    content: str
    embeds: tuple[Json, ...]
    components: tuple[Part, ...]
    buttons: tuple[Button, ...]
    links: tuple[str, ...]
    flags: int
    allowed_mentions: Mapping[str, Any] | None
    author: int
    at: datetime
    nonce: str | None = None
    thread: Post | None = None
    ephemeral: bool = False
    interaction_id: int | None = None
    reply_to: int | None = None
    uploads: Mapping[str, bytes] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for button in self.buttons)

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(self.uploads)

    def parts(self, kind: str) -> tuple[Part, ...]:
        """Every component of one kind, however deep."""
        return tuple(part for top in self.components for part in top.walk() if part.kind == kind)


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it came in; `path` is relative to the REST root."""

    method: str
    path: str
    body: Any
    at: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)
    token: str | None = None

    @property
    def route(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that found its route: `template` as the specification writes it, `ids` by parameter name."""

    template: str
    ids: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[str, bytes]
    at: datetime

    def id(self, name: str) -> int:
        """A snowflake of the path; what is no number is nobody's."""
        text = self.ids[name]
        return int(text) if text.isascii() and text.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that broke a rule, or that a test made fail.

    `accepted`: noted only, the client got its answer (mentions left open; rates under "record").
    """

    route: str
    body: Any
    status: int
    code: int
    message: str
    at: datetime
    errors: Json | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    channel_id: int
    message_id: int
    at: datetime


@dataclass(slots=True)
class Ledger:
    """Everything that happened, in order.

    `refused` broke a rule; `failed` is what a test asked for. `commands` are as the last PUT (or what was
    added since) left them, by guild id (None: global); `syncs` counts the PUTs; `opened` are users whose
    direct messages were opened; `invalid` the times of answers that count towards Cloudflare's block.
    """

    requests: list[Request] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)
    deletions: list[Deletion] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    commands: dict[int | None, list[Json]] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)
    invalid: list[datetime] = field(default_factory=list)
    syncs: int = 0
