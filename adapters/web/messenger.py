"""The chat page as a platform: it serves the page and puts what is owed into the chats."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import uvicorn

from adapters.web.app import ChatPage
from adapters.web.conversation import Conversation
from adapters.web.health import Exposition, Health, Unready
from adapters.web.render import Pages, bare, body_of
from adapters.web.security import Gate, Guard, allowed_hosts, is_loopback
from adapters.web.transcript import Transcript
from bot.errors import MessageGone, RetryLater, SettingsError, StorageError
from bot.messages import Content
from bot.model import Address, Platform
from bot.ports import Chat, Demo, Storage

STOP_SECONDS = 2  # for answers that are under way; stopping takes less than a second more
CONNECTIONS = 1000  # streams and requests at once
NOT_THERE = "the message is not there any more"


class WebMessenger:
    """`bot.ports.Messenger` over HTTP and server-sent events.

    `port` 0 takes a free one; `url` tells which. `pictures` is served as the host pictures.example of the
    sample articles. `unready` tells /readyz what is missing; `metrics`, set before the start, gives /metrics its
    text. `on_reply(n)` is called when n messages were shown as answers.
    """

    platform = Platform.WEB
    bot = ""
    alone = False
    fault = None  # whoever can ask reaches the page
    rate = 200.0  # messages a second; there is no platform behind it that could mind

    def __init__(
        self,
        storage: Storage,
        *,
        host: str,
        port: int,
        password: str | None,
        clock: Callable[[], datetime],
        demo: Demo | None = None,
        pictures: Path | None = None,
    ) -> None:
        self.unready: Unready = _nothing_missing
        self.metrics: Exposition | None = None
        self.url = _address(host, port)
        self.on_reply: Callable[[int], None] = lambda _: None
        self._host, self._port = host, port
        self._password = password or None
        self._clock = clock
        self._demo = demo
        self._pictures = pictures
        self._transcript = Transcript(storage, clock)
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self, chat: Chat) -> None:
        """Serve the page. Raises SettingsError for a port that is taken, or a host without its password."""
        loopback = is_loopback(self._host)
        if not loopback and self._password is None:
            problem = (
                f"WEB_PASSWORD is not set, but WEB_HOST is {self._host}, which others can reach. "
                "Set a password, or WEB_HOST=127.0.0.1."
            )
            raise SettingsError([problem])
        listener = _listen(self._host, self._port)
        port: int = listener.getsockname()[1]
        self.url = _address(self._host, port)
        gate = Gate(self._password)
        page = ChatPage(
            Conversation(chat, self._demo, self._transcript, self._clock, self._replied),
            self._transcript,
            Pages(self._pictures),
            gate,
            self._clock,
            named=loopback and not gate.closed,
            health=Health(gate, self._clock, unready=self._unready, metrics=self.metrics),
        )
        app = Guard(page.app(self._pictures), allowed_hosts(self._host, port), gate, self._clock)
        self._server = _Server(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                date_header=False,
                limit_concurrency=CONNECTIONS,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._serving = asyncio.create_task(self._server.serve([listener]), name="web")
        while not self._server.started:
            if self._serving.done():
                self._serving.result()
                raise SettingsError([f"The chat page could not be served at {self.url}."])
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        self._transcript.close()
        if self._server is not None and self._serving is not None:
            self._server.asked_to_stop.set()
            await self._serving

    async def hush(self) -> None:
        """Nothing to stop: any number of processes may serve the page."""

    async def send(
        self,
        address: Address,
        content: Content,
        *,
        locale: str,
        nonce: str,
        now: datetime,  # noqa: ARG002
        silent: bool = False,  # noqa: ARG002 - the page makes no sound
    ) -> str:
        """Put a message into a chat, whether or not anybody looks. The same nonce is shown once."""
        try:
            return str(await self._transcript.add(address.chat, "bot", body_of(content, locale), nonce=nonce))
        except StorageError as fault:
            raise RetryLater(str(fault)) from fault

    async def send_plain(
        self, address: Address, content: Content, *, locale: str, now: datetime, silent: bool = False
    ) -> str:
        return await self.send(address, bare(content), locale=locale, nonce="", now=now, silent=silent)

    async def edit(
        self,
        address: Address,
        message_id: str,
        content: Content,
        *,
        locale: str,
        now: datetime,  # noqa: ARG002
    ) -> None:
        """Put `content` in the place of a message, on open pages too. Raises MessageGone and RetryLater."""
        try:
            line = await self._transcript.get(address.chat, _number(message_id))
            if line is None:
                raise MessageGone(NOT_THERE)
            await self._transcript.change(address.chat, line, body_of(content, locale))
        except StorageError as fault:
            raise RetryLater(str(fault)) from fault

    async def delete(self, address: Address, message_id: str) -> None:
        """Take a message away, from open pages too. Raises MessageGone and RetryLater."""
        try:
            if not await self._transcript.remove(address.chat, _number(message_id)):
                raise MessageGone(NOT_THERE)
        except StorageError as fault:
            raise RetryLater(str(fault)) from fault

    def preview(self, content: Content, *, locale: str, now: datetime) -> str:  # noqa: ARG002
        """The words of a message; the page has no limit of its own."""
        return "".join(span.text for span in bare(content).text)

    async def reachable(self) -> bool:
        return self._server is not None and self._server.started and not self._server.asked_to_stop.is_set()

    async def identify(self) -> str:
        """The address of the page."""
        return self.url

    def spacing(self, address: Address) -> float:  # noqa: ARG002
        return 0.0

    async def abilities(self, address: Address) -> list[str]:  # noqa: ARG002
        """Nothing can be lacking on a page of our own."""
        return []

    async def _unready(self) -> Sequence[str]:
        return await self.unready()  # looked up now, as below

    def _replied(self, count: int) -> None:
        self.on_reply(count)  # looked up now: it may be set after the start


class _Server(uvicorn.Server):
    """uvicorn inside a process that is not its own: signals are the runner's, and nothing is polled.

    Its own loop wakes ten times a second to look for signals and to renew the Date header, which alone would
    use more than an idle process may (0.2% of a core).
    """

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.asked_to_stop = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)  # makes the headers of all answers, once
        await self.asked_to_stop.wait()


async def _nothing_missing() -> Sequence[str]:
    return ()


def _number(message_id: str) -> int:
    if not (message_id.isascii() and message_id.isdecimal()):
        raise MessageGone(NOT_THERE)
    return int(message_id)


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
        except OSError:
            listener.close()
            raise
    except OSError as fault:
        problem = (
            f"WEB_HOST and WEB_PORT: cannot listen on {host}:{port} ({fault.strerror or fault}). "
            "Set WEB_PORT to a free port, or to 0 to do without the chat page."
        )
        raise SettingsError([problem]) from fault
    return listener
