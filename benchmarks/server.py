"""A thin Bot API on loopback that keeps up with a thousand messages a second on a part of one core.

`python -m benchmarks.server` prints its port and serves until its standard input closes.
Unlike the strict emulator of the tests it looks at nothing but the limits: a token bucket for the token, one
message a second for a chat, and, where asked for, a flood lock after each overrun. It also answers the few calls of
Discord's REST that a sender makes.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

CHAT = re.compile(rb'chat_id(?:=|": ?"?)(-?\d+)|/channels/(\d+)/messages')
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
LINK = {"type": "text_link", "offset": 0, "length": 40, "url": "https://news.example/a/story-of-the-day"}
ECHO = {
    "from": {"id": 1234, "is_bot": True, "first_name": "Topicwire", "username": "topicwire_bot"},
    "date": 1_795_780_800,
    "text": "A headline of about forty characters, and" + " some more words of the excerpt" * 8,
    "entities": [
        {"type": "bold", "offset": 0, "length": 40},
        LINK,
        *({**LINK, "offset": 60 + n} for n in range(3)),
    ],
    "link_preview_options": {"url": "https://news.example/a/story-of-the-day", "prefer_small_media": True},
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "Why this?", "callback_data": "why:1"}],
            [{"text": text, "callback_data": "bar:1"} for text in ("Mute story", "Fewer", "More")],
        ]
    },
}
"""What Telegram sends back of a card: the whole message. A client pays for reading it."""
TAIL = json.dumps(ECHO)[1:].encode()
ME = {"id": 1234, "is_bot": True, "first_name": "Topicwire", "username": "topicwire_bot", "bot": True}

USER = {"id": "1234", "username": "topicwire", "discriminator": "0", "avatar": None, "global_name": None}
APPLICATION = {
    **USER,
    "name": "Topicwire",
    "description": "",
    "icon": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": USER,
    "verify_key": "",
    "bot": True,
}
"""What Discord says of a bot and of its application, in one."""
DISCORD = json.dumps(
    {
        "type": 0,
        "content": "x" * 300,
        "author": {
            "id": "1234",
            "username": "topicwire",
            "discriminator": "0",
            "avatar": None,
            "global_name": None,
        },
        "attachments": [],
        "embeds": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": "2026-11-27T12:00:00+00:00",
        "edited_timestamp": None,
        "flags": 0,
        "components": [],
    }
)[1:].encode()


@dataclass(slots=True)
class Limits:
    """`rate` messages a second for the token with `burst` at once; `lock`: seconds of silence after an overrun."""

    rate: float = 1e9
    burst: float = 1e9
    latency: float = 0.06  # seconds between a request and its answer
    lock: float = 0.0


@dataclass(slots=True)
class Report:
    """What arrived: accepted messages as (monotonic time, chat), and the times of what was refused."""

    sent: list[tuple[float, int]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)


class Api:
    def __init__(self) -> None:
        self.limit(Limits())

    def limit(self, limits: Limits) -> None:
        """Begin anew under these limits."""
        self.limits = limits
        self.report = Report()
        self._bucket, self._filled = limits.burst, time.monotonic()
        self._chats: dict[int, float] = {}
        self._locked = 0.0

    def send(self, chat: int) -> int:
        """Accept a message; returns 0, or the seconds to wait."""
        now, limits = time.monotonic(), self.limits
        self._bucket = min(limits.burst, self._bucket + (now - self._filled) * limits.rate)
        self._filled = now
        if now >= self._locked and self._bucket >= 1 and self._chats.get(chat, 0.0) <= now:
            self._bucket -= 1
            self._chats[chat] = now + 1
            self.report.sent.append((now, chat))
            return 0
        self.report.refused.append(now)
        if now >= self._locked:
            self._locked = now + limits.lock
        return max(1, round(self._locked - now + 0.5))

    def answer(self, head: bytes, body: bytes) -> tuple[float, bytes]:
        """The seconds until the answer, and the answer."""
        path = head.split(b" ", 2)[1]
        if path == b"/control":
            self.limit(Limits(**json.loads(body)))
            return 0.0, respond(b"{}")
        if path == b"/count":
            return 0.0, respond(b"%d" % len(self.report.sent))
        if path == b"/report":
            return 0.0, respond(json.dumps(asdict(self.report)).encode())
        if path.endswith((b"/sendMessage", b"/messages")):
            return self.limits.latency, self._sent(path, body)
        if path.endswith(b"/getUpdates"):
            wait = re.search(rb'timeout(?:=|": ?"?)(\d+)', body)
            return (float(wait[1]) if wait else 0.0), respond(b'{"ok":true,"result":[]}')
        if b"/api/v10/" in path:
            return self.limits.latency, respond(json.dumps(APPLICATION).encode())
        result: Any = ME if path.endswith(b"/getMe") else [] if path.endswith(b"/getMyCommands") else True
        return self.limits.latency, respond(json.dumps({"ok": True, "result": result}).encode())

    def _sent(self, path: bytes, body: bytes) -> bytes:
        found = CHAT.search(body) or CHAT.search(path)
        chat = int(found[1] or found[2]) if found else 0
        wait = self.send(chat)
        if wait:
            words = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
            words |= {"parameters": {"retry_after": wait}, "retry_after": wait, "global": True, "message": "slower"}
            return respond(json.dumps(words).encode(), b"429 Too Many Requests\r\nVia: 1.1 discord")
        number = len(self.report.sent)
        if not path.startswith(b"/bot"):
            return respond(b'{"id":"%d","channel_id":"%d",%s' % (number, chat, DISCORD))
        chat_json = b'{"id":%d,"type":"private","first_name":"Reader"}' % chat
        return respond(b'{"ok":true,"result":{"message_id":%d,"chat":%s,%s}' % (number, chat_json, TAIL))


def respond(body: bytes, status: bytes = b"200 OK") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    return head + body


class Connection(asyncio.Protocol):
    """One keep-alive connection: as much of HTTP/1.1 as clients on loopback use."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._data = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, rest = self._data.partition(b"\r\n\r\n")
        if not end:
            return
        length = LENGTH.search(head)
        size = int(length[1]) if length else 0
        if len(rest) < size:
            return
        self._data = rest[size:]
        seconds, answer = self._api.answer(head, rest[:size])
        if seconds:
            self._loop.call_later(seconds, self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def serve() -> None:
    """Serve on a free port until the standard input ends; ahead of other processes, so that it counts in time."""
    with suppress(PermissionError):
        os.nice(-15)
    loop = asyncio.get_running_loop()
    api = Api()
    server = await loop.create_server(lambda: Connection(api), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
