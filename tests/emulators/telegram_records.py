"""What the loopback Telegram server remembers, and the one exception it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - the words of the server, not a fault of the emulator
    """A request is not accepted: HTTP `status`, `description` as Telegram words it, response `parameters`.

    `commanded` marks what a test asked for (a blocked chat, a closed topic): no rule was broken.
    """

    def __init__(
        self, status: int, description: str, *, parameters: Json | None = None, commanded: bool = False
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters
        self.commanded = commanded


def bad_request(reason: str) -> Refused:
    """400 with the server's prefix; a sentence starts in lower case, an error code stays.

    Source: fail_query_with_error in tdlib/telegram-bot-api Client.cpp.
    """
    is_code = len(reason) > 1 and (reason[1] == "_" or "A" <= reason[1] <= "Z")
    return Refused(400, f"Bad Request: {reason if is_code else reason[:1].lower() + reason[1:]}")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data` (callback), `url` or `copy` is set."""

    text: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The link preview below (or above) a text. `size` is `small`, `large` or None: Telegram's choice."""

    url: str
    size: str | None = None
    above: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a member of the chat sees it. For a photo or a file `text` is the caption.

    `entities` are Bot API MessageEntity objects (offsets in UTF-16 units); `html` is the source as the bot
    wrote it; `photo` is a URL or a file id, `document` a file id.
    """

    method: str
    chat_id: int
    thread_id: int | None
    message_id: int
    text: str
    entities: tuple[Json, ...]
    html: str
    buttons: tuple[tuple[Button, ...], ...]
    photo: str | None
    silent: bool
    preview: Preview | None
    at: datetime
    reply_markup: Json | None = None
    reply_to: int | None = None
    token: str = ""
    document: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses behind the words, in order."""
        return tuple(entity["url"] for entity in self.entities if entity["type"] == "text_link")

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.text for row in self.buttons for button in row)


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it came in: parameters as the client wrote them; `files` are the names of uploads."""

    token: str
    method: str
    parameters: Mapping[str, Any]
    at: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One checked request: parameters as JSON values, uploads by field name."""

    token: str
    method: str
    parameters: Json
    files: Mapping[str, bytes]
    at: datetime

    @property
    def bot(self) -> Json:
        """The account behind the token, as getMe tells it."""
        return bot_of(self.token)


def bot_of(token: str) -> Json:
    """The user a token belongs to; its id is the number before the colon."""
    bot_id = int(token.partition(":")[0])
    return {"id": bot_id, "is_bot": True, "first_name": "Topicwire", "username": "topicwire_test_bot"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that broke a rule, or that a test made fail.

    `accepted`: noted only, the client got its answer (more than 100 entities; rates under "record").
    """

    method: str
    parameters: Mapping[str, Any]
    status: int
    description: str
    at: datetime
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person saw after pressing a button."""

    callback_query_id: str
    text: str
    alert: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Deletion:
    chat_id: int
    message_id: int
    at: datetime


@dataclass(slots=True)
class Ledger:
    """Everything that happened, in order.

    `refused` broke a rule; `failed` is what a test asked for (fail, block, a closed topic, ...).
    `commands` and `descriptions` stand under (scope, language) and (kind, language); "" = no language.
    """

    requests: list[Request] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)
    deletions: list[Deletion] = field(default_factory=list)
    answered: list[Answer] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    failed: list[Refusal] = field(default_factory=list)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
