"""The chat page's addresses: what each accepts and answers."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.conversation import Conversation
from adapters.web.health import Health
from adapters.web.render import Pages, version, visible
from adapters.web.requests import (
    Refused,
    answer_fault,
    answer_refused,
    answer_storage,
    client_of,
    locale_of,
    read_form,
    read_json,
)
from adapters.web.security import SESSION, SESSION_DAYS, Gate, Limiter
from adapters.web.transcript import Emptied, Removed, Shown, Transcript
from bot.errors import StorageError
from bot.texts import texts

CHAT = "topicwire_chat"
CHAT_DAYS = 400  # the longest that browsers keep a cookie
ACTION_LIMIT = 64  # bytes, as bot.messages.Button promises
POSTS, POSTS_SECONDS = 20, 10
SHOWN_AT_FIRST = 100
SUGGESTIONS = ("/subscribe computer-vision", "/topics", "/help")

_STATIC = Path(__file__).parent / "static"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RANDOM = re.compile(r"[A-Za-z0-9_-]{22}")  # what secrets.token_urlsafe(16) gives
_PRIVATE = {"Cache-Control": "no-store"}


class ChatPage:
    """The endpoints. `named` lets a visitor choose the chat's name: on loopback, without a password."""

    def __init__(
        self,
        conversation: Conversation,
        transcript: Transcript,
        pages: Pages,
        gate: Gate,
        clock: Callable[[], datetime],
        *,
        named: bool,
        health: Health,
    ) -> None:
        self._conversation = conversation
        self._transcript = transcript
        self._pages = pages
        self._gate = gate
        self._clock = clock
        self._named = named
        self._health = health
        self._posts = Limiter(POSTS, POSTS_SECONDS)

    def app(self, pictures: Path | None) -> Starlette:
        routes: list[BaseRoute] = [
            Route("/", self.page),
            Route("/events", self.events),
            Route("/say", self.say, methods=["POST"]),
            Route("/press", self.press, methods=["POST"]),
            Route("/publish", self.publish, methods=["POST"]),
            Route("/documents/{token}", self.document),
            Route("/login", self.login, methods=["GET", "POST"]),
            *self._health.routes(),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ]
        if pictures is not None:
            routes.append(Mount("/pictures", StaticFiles(directory=pictures)))
        answers = {HTTPException: answer_refused, StorageError: answer_storage, Exception: answer_fault}
        return Starlette(routes=routes, exception_handlers=answers)

    # ------------------------------------------------------------ looking

    async def page(self, request: Request) -> Response:
        locale, foreign = locale_of(request), request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
        name = request.query_params.get("as")
        if name is not None and self._named and not foreign:
            if not _NAME.fullmatch(name):
                return PlainTextResponse(texts(locale).plain("web-name") + "\n", 400)
            return _remembering(RedirectResponse("/", 303), request, CHAT, name, CHAT_DAYS)
        chat = self._chat_of(request)
        if chat is None and foreign:
            return HTMLResponse(self._pages.page("again.html", locale), headers=_PRIVATE)
        chat = chat or secrets.token_urlsafe(16)
        locale = await self._conversation.language(chat, locale)
        lines = await self._transcript.recent(chat, SHOWN_AT_FIRST)
        now = self._clock()
        html = self._pages.page(
            "chat.html",
            locale,
            lines=[self._pages.drawn(line, now) for line in lines],
            last=lines[-1].id if lines else 0,
            menu=await self._conversation.menu(locale),
            suggestions=SUGGESTIONS,
            demo=self._conversation.has_demo,
        )
        return _remembering(HTMLResponse(html, headers=_PRIVATE), request, CHAT, chat, CHAT_DAYS)

    async def events(self, request: Request) -> Response:
        chat = self._chat_of(request)
        if chat is None:
            raise Refused(403, "web-no-chat")
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")
        number = int(after) if re.fullmatch(r"[0-9]{1,18}", after) else 0
        return EventSourceResponse(
            self._stream(chat, number),
            sep="\n",
            ping=15,
            ping_message_factory=lambda: ServerSentEvent("", event="ping", sep="\n"),
        )

    async def _stream(self, chat: str, after: int) -> AsyncIterator[ServerSentEvent]:
        if not self._transcript.has_room(chat):
            # Said inside the stream: a page cannot read the status of an EventSource that was refused.
            yield ServerSentEvent("", event="full", sep="\n")
            return
        yield ServerSentEvent(comment="here", retry=1000, sep="\n")
        try:
            async for event in self._transcript.watch(chat, after):
                if isinstance(event, Emptied):
                    yield ServerSentEvent("", event="reset", sep="\n")
                    continue
                if isinstance(event, Removed):
                    yield ServerSentEvent(json.dumps({"id": event.line_id}), event="remove", sep="\n")
                    continue
                line, name = event.line, "line" if isinstance(event, Shown) else "change"
                html = self._pages.line(line, self._clock())
                data = {"id": line.id, "html": html, "author": line.author, "version": version(line.body)}
                last = str(line.id) if name == "line" else None
                yield ServerSentEvent(json.dumps(data), event=name, id=last, sep="\n")
        except StorageError:
            return  # the page comes back by itself, from where it was

    # ------------------------------------------------------------ talking

    async def say(self, request: Request) -> Response:
        chat, values = await self._posted(request)
        text = values.get("text")
        if not isinstance(text, str) or not visible(text).strip():
            raise Refused(400, "web-refused")
        return await _accepted(self._conversation.say(chat, text, locale_of(request)))

    async def press(self, request: Request) -> Response:
        chat, values = await self._posted(request)
        action, message = values.get("action"), values.get("message")
        if not isinstance(action, str) or not 0 < len(action.encode("utf-8", "replace")) <= ACTION_LIMIT:
            raise Refused(400, "web-refused")
        if type(message) is not int or not 0 < message < 2**63:
            raise Refused(400, "web-refused")
        return await _accepted(self._conversation.press(chat, action, message, locale_of(request)))

    async def publish(self, request: Request) -> Response:
        chat, values = await self._posted(request)
        wanted = values.get("wanted")
        if not isinstance(wanted, bool) or not self._conversation.has_demo:
            raise Refused(400, "web-refused")
        return await _accepted(self._conversation.publish(chat, locale_of(request), wanted=wanted))

    async def document(self, request: Request) -> Response:
        chat = self._chat_of(request)
        found = await self._conversation.hand_over(chat, request.path_params["token"]) if chat else None
        if found is None:
            return PlainTextResponse(texts(locale_of(request)).plain("web-gone") + "\n", 410)
        name, content = found
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        headers = {**_PRIVATE, "Content-Disposition": disposition}
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def _posted(self, request: Request) -> tuple[str, dict[str, Any]]:
        chat = self._chat_of(request)
        if chat is None:
            raise Refused(403, "web-no-chat")
        now = self._clock()
        if self._posts.full(chat, now):
            raise Refused(429, "web-too-fast")
        self._posts.add(chat, now)
        return chat, await read_json(request)

    def _chat_of(self, request: Request) -> str | None:
        chat = request.cookies.get(CHAT, "")
        return chat if (_NAME if self._named else _RANDOM).fullmatch(chat) else None

    # ------------------------------------------------------------ entering

    async def login(self, request: Request) -> Response:
        if not self._gate.closed:
            return RedirectResponse("/", 303)
        problem, status, now = "", 200, self._clock()
        if request.method == "POST":
            client = client_of(request)
            if self._gate.locked(client, now):
                problem, status = "web-locked", 429
            elif session := self._gate.enter((await read_form(request)).get("password", ""), client, now):
                return _remembering(RedirectResponse("/", 303), request, SESSION, session, SESSION_DAYS)
            else:
                problem, status = "web-wrong-password", 401
        # Browsers tell a form's origin only where the page may tell its address: without it, over plain HTTP,
        # the sign-in could not be told from one that another site sends.
        headers = {**_PRIVATE, "Referrer-Policy": "same-origin"}
        return HTMLResponse(self._pages.page("login.html", locale_of(request), problem=problem), status, headers)


async def _accepted(toast: Awaitable[str]) -> Response:
    return JSONResponse({"toast": await toast}, 202)


def _remembering(response: Response, request: Request, name: str, value: str, days: int) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=days * 24 * 3600,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response
