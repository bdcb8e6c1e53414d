"""Messages out over HTTP, without any power to mention; changed and taken away. Each raises a DeliveryError."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from discord import MessageFlags
from discord.http import MultipartParameters
from structlog import get_logger

from adapters.discord.faults import our_errors
from adapters.discord.render import Rendered
from adapters.discord.transport import Transport
from bot.errors import Rejected
from bot.model import Address

COMPONENTS_V2 = MessageFlags(components_v2=True).value
NO_PREVIEWS = MessageFlags(suppress_embeds=True).value
NO_SOUND = MessageFlags(suppress_notifications=True).value
NO_MENTIONS: Mapping[str, list[str]] = {"parse": []}

_log = get_logger(__name__)


def nonce_of(address: Address, nonce: str) -> str:
    """At most 25 characters, the same for every try of one delivery and for no other.

    Within some minutes Discord answers a nonce it knows with the message it has:
    https://docs.discord.com/developers/resources/message#create-message.
    """
    return blake2b(f"{address} {nonce}".encode(), digest_size=12).hexdigest()


def body_of(rendered: Rendered) -> Mapping[str, Any]:
    """The message as it is asked for first: https://docs.discord.com/developers/resources/message#create-message."""
    return {"flags": COMPONENTS_V2, "components": rendered.components, "allowed_mentions": NO_MENTIONS}


async def post(http: Transport, channel_id: int, rendered: Rendered, nonce: str, *, silent: bool = False) -> str:
    """Send `rendered`, as an embed where components are refused, and return the message id."""
    try:
        return await _post(http, channel_id, body_of(rendered), nonce, silent=silent)
    except Rejected as refusal:
        _log.warning("discord_components_refused", channel=channel_id, error=str(refusal))
    return await _post(
        http, channel_id, {"embeds": [rendered.embed], "components": rendered.rows}, nonce, silent=silent
    )


async def post_plain(http: Transport, channel_id: int, rendered: Rendered, *, silent: bool = False) -> str:
    """Send the bare text of `rendered`, without buttons and previews, and return the message id."""
    return await _post(http, channel_id, {"content": rendered.plain, "flags": NO_PREVIEWS}, None, silent=silent)


async def change(http: Transport, channel_id: int, message_id: int, rendered: Rendered) -> None:
    """Put `rendered` in the place of a message, whatever form that had.

    What components cannot stand beside has to be taken out by name:
    https://docs.discord.com/developers/components/reference#component-reference.
    """
    whole = {"content": None, "embeds": [], "components": rendered.components, "flags": COMPONENTS_V2}
    payload = {**whole, "allowed_mentions": NO_MENTIONS}
    with our_errors():
        await http.edit_message(channel_id, message_id, params=MultipartParameters(payload, None, None))


async def take_away(http: Transport, channel_id: int, message_id: int) -> None:
    """Delete a message."""
    with our_errors():
        await http.delete_message(channel_id, message_id)


async def awaken(http: Transport, thread_id: int) -> None:
    """Open an archived thread again: nothing in it can be changed otherwise."""
    with our_errors():
        await http.edit_channel(thread_id, archived=False)


async def _post(
    http: Transport, channel_id: int, message: Mapping[str, Any], nonce: str | None, *, silent: bool
) -> str:
    payload = {**message, "allowed_mentions": NO_MENTIONS}
    if silent:
        payload["flags"] = payload.get("flags", 0) | NO_SOUND
    if nonce is not None:
        payload |= {"nonce": nonce, "enforce_nonce": True}
    with our_errors():
        sent = await http.send_message(channel_id, params=MultipartParameters(payload, None, None))
        return str(sent["id"])
