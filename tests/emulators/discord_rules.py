"""The rules a message must keep, each with its source.

Sources: DOC = https://docs.discord.com/developers; MSG = DOC/resources/message; CMP = DOC/components/reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.emulators.discord_components import (
    IS_COMPONENTS_V2,
    buttons_of,
    check_rows,
    check_tree,
    check_url,
    text_of,
)
from tests.emulators.discord_errors import check_length, form_error, refusal
from tests.emulators.discord_markdown import links, plain
from tests.emulators.discord_records import Button, Json, Part

EPHEMERAL = 1 << 6
CONTENT_LENGTH = 2000
MOST_EMBEDS = 10
EMBED_TOTAL = 6000
NONCE_LENGTH = 25
MOST_FILES = 10

_V2_EXCLUDES = ("content", "embeds", "poll", "sticker_ids")


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the server; a test lowers one to meet it sooner. Times in seconds of the emulator's clock.

    `rates`: "refuse" answers 429, "record" accepts and notes a Refusal, "off" does not count and sends no
    rate-limit headers. `strict`: check requests against the specification, unknown fields included.
    `mentions`: note a Refusal for every message whose allowed_mentions do not rule out all mentions (a rule of
    this project: nothing it sends may ring somebody's phone by name).
    """

    rates: Literal["refuse", "record", "off"] = "refuse"
    global_per_second: int = 50  # DOC/topics/rate-limits#global-rate-limit
    bucket_limit: int = 5  # observed on messages of a channel by client authors; not to be relied on
    bucket_seconds: float = 5
    invalid_limit: int = 10_000  # DOC/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
    invalid_seconds: float = 600
    nonce_seconds: float = 180  # MSG#create-message: "in the past few minutes"
    ack_seconds: float = 3  # DOC/interactions/receiving-and-responding
    token_seconds: float = 900
    user_followups: int = 5  # the same page, apps that are not installed in the guild
    body_bytes: int = 25 * 2**20  # MSG#create-message: request size
    heartbeat_seconds: float = 41.25
    strict: bool = True
    mentions: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """What a message says, its rules checked."""

    content: str
    embeds: tuple[Json, ...]
    components: tuple[Part, ...]
    buttons: tuple[Button, ...]
    text: str
    links: tuple[str, ...]
    flags: int
    uploads: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.content.strip() or self.embeds or self.components or self.uploads)


def written(body: Json, files: Mapping[str, bytes], flags: int) -> Written:
    """The message in `body`, under `flags`. Raises Refused: 50006 (empty) or 50035 with the field at fault.

    Lengths are in code points, without the white space around: MSG#embed-object-embed-limits.
    """
    content = body.get("content") or ""
    embeds = tuple(body.get("embeds") or ())
    components: Sequence[Json] = body.get("components") or ()
    uploads = _uploads(body, files)
    if flags & IS_COMPONENTS_V2:
        _check_alone(body)
        parts = check_tree(components)
    else:
        check_length(content, CONTENT_LENGTH, "content")
        _check_embeds(embeds)
        parts = check_rows(components) if components else ()
    buttons = buttons_of(parts)
    sources = [content, *(text for embed in embeds for text in embed_texts(embed))]
    sources += [part.body["content"] for top in parts for part in top.walk() if part.kind == "text"]
    addresses = [*_embed_links(embeds), *(one for source in sources for one in links(source))]
    result = Written(
        content=content,
        embeds=embeds,
        components=parts,
        buttons=buttons,
        text="\n".join([text for text in (plain(content), *(map(plain, _texts(embeds)))) if text] + text_of(parts)),
        links=(*addresses, *(button.url for button in buttons if button.url)),
        flags=flags,
        uploads=uploads,
    )
    if result.empty:
        raise refusal(50006)
    return result


def _check_alone(body: Json) -> None:
    """CMP#component-reference, the flag IS_COMPONENTS_V2: no content, embeds, poll or stickers beside it."""
    for name in _V2_EXCLUDES:
        if body.get(name):
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            raise form_error((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _check_embeds(embeds: Sequence[Json]) -> None:
    """MSG#embed-object-embed-limits: by field, and 6,000 characters over all embeds of a message."""
    check_length(list(embeds), MOST_EMBEDS, "embeds")
    for index, embed in enumerate(embeds):
        at = ("embeds", index)
        check_length(embed.get("title"), 256, *at, "title")
        check_length(embed.get("description"), 4096, *at, "description")
        check_length((embed.get("footer") or {}).get("text"), 2048, *at, "footer", "text")
        check_length((embed.get("author") or {}).get("name"), 256, *at, "author", "name")
        fields = embed.get("fields") or []
        check_length(fields, 25, *at, "fields")
        for number, one in enumerate(fields):
            check_length(one.get("name"), 256, *at, "fields", number, "name", least=1)
            check_length(one.get("value"), 1024, *at, "fields", number, "value", least=1)
        _check_addresses(embed, at)
    if sum(len(text.strip()) for text in _texts(embeds)) > EMBED_TOTAL:
        message = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        raise form_error(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _check_addresses(embed: Json, at: tuple[str | int, ...]) -> None:
    if embed.get("url"):
        check_url(embed["url"], ("http", "https"), (*at, "url"), most=2048)
    for name in ("image", "thumbnail"):
        if holder := embed.get(name):
            check_url(holder.get("url"), ("http", "https", "attachment"), (*at, name, "url"), most=2048)


def embed_texts(embed: Json) -> list[str]:
    """The texts of an embed in the order in which they are shown."""
    texts = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    for one in embed.get("fields") or ():
        texts += [one.get("name"), one.get("value")]
    texts.append((embed.get("footer") or {}).get("text"))
    return [text for text in texts if text]


def _texts(embeds: Sequence[Json]) -> list[str]:
    return [text for embed in embeds for text in embed_texts(embed)]


def _embed_links(embeds: Sequence[Json]) -> list[str]:
    return [embed["url"] for embed in embeds if embed.get("url")]


def _uploads(body: Json, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Files by name. MSG#create-message-jsonform-params: at most 10; `attachments` names them."""
    if len(files) > MOST_FILES:
        message = f"Must be {MOST_FILES} or fewer in length."
        raise form_error(("attachments",), "BASE_TYPE_MAX_LENGTH", message)
    held = set(files)
    for index, one in enumerate(body.get("attachments") or ()):
        if one.get("filename") and one["filename"] not in held:
            message = "The attachment's file is not in the request"
            raise form_error(("attachments", index), "MESSAGE_ATTACHMENT_NOT_FOUND", message)
    return files


def check_nonce(body: Json) -> str | None:
    """At most 25 characters, or a number. MSG#create-message-jsonform-params."""
    nonce = body.get("nonce")
    if nonce is None:
        return None
    check_length(str(nonce), NONCE_LENGTH, "nonce")
    return str(nonce)


def check_allowed_mentions(body: Json) -> None:
    """MSG#allowed-mentions-object: a kind may not be in `parse` and listed as well. Raises Refused (50035)."""
    allowed: Json = body.get("allowed_mentions") or {}
    for name in ("users", "roles"):
        if name in (allowed.get("parse") or ()) and allowed.get(name):
            message = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            raise form_error(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def may_mention(allowed: Any) -> bool:
    """Whether these allowed_mentions let a message mention anybody; absent = everything is parsed.

    Source: MSG#allowed-mentions-object.
    """
    if not isinstance(allowed, dict):
        return True
    if any(allowed.get(name) for name in ("parse", "users", "roles", "replied_user")):
        return True
    return "parse" not in allowed
