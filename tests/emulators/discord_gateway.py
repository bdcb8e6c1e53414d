"""The gateway of the loopback Discord server: sessions that survive a broken connection, and their events.

Source: https://docs.discord.com/developers/events/gateway. Frames are text; nothing is compressed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.web_request import BaseRequest

from tests.emulators.discord_records import Json
from tests.emulators.loopback import reset

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS = 1 << 0
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content

_OTHERS = frozenset({3, 4, 8, 31, 43})  # presence, voice, members: taken, without an answer


@dataclass(slots=True)
class Session:
    """One IDENTIFY. Events wait in `told` while no connection is there, and are replayed on RESUME."""

    id: str
    intents: int
    seq: int = 0
    told: list[Json] = field(default_factory=list)
    connection: Connection | None = None

    def tell(self, event: str, data: Any) -> None:
        self.seq += 1
        frame = {"op": DISPATCH, "t": event, "s": self.seq, "d": data}
        self.told.append(frame)
        if self.connection:
            self.connection.send(frame)


class Connection:
    """One websocket; frames leave in order, in a task of their own."""

    def __init__(self, request: BaseRequest, socket: web.WebSocketResponse) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        self._frames: asyncio.Queue[Json] = asyncio.Queue()

    def send(self, frame: Json) -> None:
        self._frames.put_nowait(frame)

    async def write(self) -> None:
        """Runs until it is cancelled or the connection is gone."""
        while not self.socket.closed:
            frame = await self._frames.get()
            try:
                await self.socket.send_str(json.dumps(frame))
            except ConnectionError:
                return

    async def close(self, code: int, *, broken: bool = False) -> None:
        """A close frame with `code`, or a reset without one."""
        if self.session and self.session.connection is self:
            self.session.connection = None
        if broken:
            reset(self.request)
        else:
            await self.socket.close(code=code)


class Gateway:
    """Every session and connection. `hello` makes READY and the guilds that follow it."""

    def __init__(self, token: str, heartbeat_seconds: float, hello: Callable[[Session], None]) -> None:
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies = 0
        self.resumes = 0
        self.open = True
        """False: connections are turned away with 503."""
        self._token = token
        self._heartbeat = heartbeat_seconds
        self._hello = hello
        self._ids = count(1)
        self.on_change: Callable[[], None] = lambda: None

    def emit(self, event: str, data: Any, *, intent: int = GUILDS) -> None:
        """Tell every session that asked for this kind of event; intent 0 = whoever is there."""
        for session in self.sessions.values():
            if not intent or session.intents & intent:
                session.tell(event, data)

    async def serve(self, request: BaseRequest) -> web.StreamResponse:
        """One connection from its first to its last frame."""
        if not self.open:
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.append(connection)
        writer = asyncio.create_task(connection.write())
        connection.send({"op": HELLO, "d": {"heartbeat_interval": int(self._heartbeat * 1000)}, "s": None})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._take(connection, message.data)
        finally:
            writer.cancel()
            self._gone(connection)
        return socket

    def _gone(self, connection: Connection) -> None:
        self.connections.remove(connection)
        session = connection.session
        if session and session.connection is connection:
            session.connection = None
            if connection.socket.close_code in {1000, 1001}:  # the client meant it: the session is over
                self.sessions.pop(session.id, None)
        self.on_change()

    async def _take(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            operation, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            await connection.close(4002)
            return
        if operation == HEARTBEAT:
            connection.send({"op": HEARTBEAT_ACK})
        elif operation == IDENTIFY:
            await self._identify(connection, data)
        elif operation == RESUME:
            await self._resume(connection, data)
        elif operation not in _OTHERS:
            await connection.close(4001)
        elif connection.session is None:
            await connection.close(4003)
        self.on_change()

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies += 1
        if connection.session:
            await connection.close(4005)
        elif data.get("token") != self._token:
            await connection.close(4004)
        elif data.get("intents", 0) & PRIVILEGED:  # not enabled for this application
            await connection.close(4014)
        else:
            session = Session(f"session-{next(self._ids)}", data["intents"], connection=connection)
            connection.session = self.sessions[session.id] = session
            self._hello(session)

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data.get("session_id", ""))
        if data.get("token") != self._token:
            await connection.close(4004)
        elif session is None or (data.get("seq") or 0) > session.seq:
            connection.send({"op": INVALID_SESSION, "d": False})
        else:
            self.resumes += 1
            connection.session, session.connection = session, connection
            for frame in session.told[data.get("seq") or 0 :]:
                connection.send(frame)
            session.tell("RESUMED", {})

    async def drop(self, code: int, *, broken: bool, forget: bool, ask: bool) -> None:
        """End every connection; with `forget` their sessions too; `ask` sends RECONNECT and lets them go."""
        if forget:
            self.sessions.clear()
        for connection in tuple(self.connections):
            if ask:
                connection.send({"op": RECONNECT, "d": None})
            else:
                await connection.close(code, broken=broken)
