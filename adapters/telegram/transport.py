"""python-telegram-bot over aiohttp: a tenth of the processor time of its default client, and no token in any error.

aiohttp's errors name the address they were about, and the address holds the token; so none of them leaves this
module. What leaves it says the one thing that matters: was the request sent or not? A refusal counts only in
Telegram's own form: the page of a proxy or of a network's login, whatever its status, says nothing about a chat,
a message or the token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    InvalidURL,
)
from aiohttp.payload import BytesPayload
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from adapters.connections import Connections, Warm

CONNECT = 5.0  # seconds to get a connection, waiting for a free one included
READ = 10.0  # seconds for the answer
UPLOAD = 20.0  # seconds more when a file goes along

SEND_TIMEOUT = CONNECT + READ
"""The longest a message without a file can take, in seconds; a lease must outlive it."""

FOREIGN = "an answer that is not Telegram's"

_WHOEVER_SAYS_IT = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS)
"""Refusals that a proxy in front of Telegram may speak for it."""

_NOT_SENT = (ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL)
_JSON = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}
_FORM = {"User-Agent": BaseRequest.USER_AGENT}


class NotSent(NetworkError):  # noqa: N818 - what became of the request
    """No connection came about: Telegram has not seen the request."""


class AnswerLost(NetworkError):  # noqa: N818
    """The request was on its way when the connection broke or time ran out: Telegram may have carried it out."""


class Foreign(NetworkError):  # noqa: N818
    """Whoever refused the request is not Telegram, which has not seen it."""


class AiohttpRequest(BaseRequest):
    """`connections` at most at a time; `proxies`: use those the environment names (HTTPS_PROXY, NO_PROXY).

    `warm` makes a cheap request over this transport, whenever nothing was asked for a while.

    The session opens with the first request, inside the running loop, and closes with `shutdown`.
    """

    def __init__(self, *, connections: int, proxies: bool, warm: Warm | None = None) -> None:
        self._connections = Connections(connections, proxies=proxies, warm=warm)
        self._closed = False

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        self._closed = False

    async def shutdown(self) -> None:
        self._closed = True
        await self._connections.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none; UPLOAD stands for it
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of connecting, see CONNECT
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NotSent, AnswerLost or Foreign."""
        if self._closed:
            raise NotSent("the connection to Telegram is closed")
        body, headers, upload = _body(request_data)
        connect, read = _seconds(connect_timeout, CONNECT), _seconds(read_timeout, READ)
        timeout = ClientTimeout(total=connect + read + upload, connect=connect, sock_read=read + upload)
        try:
            async with self._connections.session().request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except _NOT_SENT as error:
            raise NotSent(f"no connection to Telegram ({type(error).__name__})") from None
        except (ClientError, OSError) as error:  # TimeoutError is an OSError
            raise AnswerLost(f"no answer from Telegram ({type(error).__name__})") from None
        if (
            method == "POST"
            and answer.status >= HTTPStatus.MULTIPLE_CHOICES
            and not _refusal(answer.status, content)
        ):
            raise Foreign(f"{FOREIGN} (status {answer.status})")
        if method == "POST" and not content.startswith(b"{"):
            content = b""  # the page of a proxy: nothing in it helps, but it may quote the address
        return answer.status, content

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The JSON of an answer. Raises TelegramError; the library's own way logs a whole trace besides."""
        try:
            return json.loads(payload)
        except ValueError:
            raise TelegramError(FOREIGN) from None


@dataclass(frozen=True, slots=True)
class Encoded:
    """Parameters that are JSON already, in the place of the library's RequestData."""

    body: bytes


def encoded(parameters: Mapping[str, Any]) -> bytes:
    """Parameters of a method as a JSON object; what is no plain value is JSON within it."""
    return json.dumps(
        {name: value if isinstance(value, str | int) else json.dumps(value) for name, value in parameters.items()}
    ).encode()


async def call(bot: Bot, method: str, parameters: Mapping[str, Any], shared: bytes) -> Any:
    """The bare result of a method of the Bot API; raises what the library's own methods raise.

    `shared` is what many calls have in common, `encoded` once for all of them. The library makes objects of what is
    sent and of all that comes back, the whole message. For a message that goes to thousands of chats this takes
    twice as long as the request, and only the id is wanted of it.
    """
    body = encoded(parameters)[:-1] + b", " + shared[1:]
    try:
        return await bot.request.post(f"{bot.base_url}/{method}", cast("RequestData", Encoded(body)))
    except (LookupError, TypeError):
        raise TelegramError(FOREIGN) from None


def _refusal(status: int, content: bytes) -> bool:
    """Whether this is how Telegram refuses: https://core.telegram.org/bots/api#making-requests."""
    if status in _WHOEVER_SAYS_IT:
        return True
    try:
        body = json.loads(content)
    except ValueError:
        return False
    return isinstance(body, dict) and body.get("ok") is False and isinstance(body.get("description"), str)


def _body(data: RequestData | Encoded | None) -> tuple[BytesPayload | FormData | None, dict[str, str], float]:
    """The body, its headers, and the seconds more that it may take."""
    if data is None:
        return None, _FORM, 0
    if isinstance(data, Encoded):
        return BytesPayload(data.body), _JSON, 0
    if not data.contains_files:
        return BytesPayload(json.dumps(data.parameters).encode()), _JSON, 0
    form = FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    files: dict[str, Any] = data.multipart_data
    for name, (filename, content, mime) in files.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, _FORM, UPLOAD


def _seconds(given: Any, usual: float) -> float:
    return usual if given is None or given is BaseRequest.DEFAULT_NONE else float(given)
