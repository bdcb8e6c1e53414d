"""Strangers are refused: other hosts, other sites, guessed passwords."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.security import HEADERS, Gate, allowed_hosts, is_loopback
from bot.errors import SettingsError
from storage.database import Database
from tests.adapters.web_chat import NOW, SmallChat, Visitor, page, sqlite
from tests.conftest import Clock


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Database]:
    async with sqlite(tmp_path) as database:
        yield database


CHAT_POSTS = ("/say", "/press", "/publish")


# ---------------------------------------------------------------- hosts and origins


async def test_other_hosts_are_refused(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::1]", "x:y:z", ""):
            response = await visitor.client.get("/", headers={"Host": host})
            assert response.status_code == 421, host
            assert "set-cookie" not in response.headers


async def test_the_names_of_this_machine_are_ours(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        port = web.url.rpartition(":")[2]
        for name in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
            response = await visitor.client.get("/", headers={"Host": f"{name}:{port}"})
            assert response.status_code == 200, name


FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
)


async def test_a_request_from_another_site_is_refused(storage: Database) -> None:
    chat = SmallChat()
    async with page(storage, chat) as web, Visitor(web.url) as visitor:
        await visitor.page()
        for headers in FOREIGN:
            for path in CHAT_POSTS:
                response = await visitor.client.post(path, json={"text": "/help"}, headers=headers)
                assert response.status_code == 403, headers
            assert (await visitor.client.get("/events", headers=headers)).status_code == 403, headers
    assert chat.asked == []


async def test_a_post_without_any_origin_is_refused(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, httpx.AsyncClient(base_url=web.url) as client:
        await client.get("/")
        assert (await client.post("/say", json={"text": "/help"})).status_code == 403


async def test_our_own_page_is_heard_by_either_header(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, httpx.AsyncClient(base_url=web.url) as client:
        await client.get("/")
        for headers in ({"Origin": web.url}, {"Sec-Fetch-Site": "same-origin"}):
            response = await client.post("/say", json={"text": "/help"}, headers=headers)
            assert response.status_code == 202


async def test_a_visitor_from_another_site_keeps_the_chat_that_the_browser_holds_back(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        response = await visitor.client.get("/", headers={"Sec-Fetch-Site": "cross-site"})
        assert response.status_code == 200
        assert "set-cookie" not in response.headers
        assert 'content="0;url=/"' in response.text


async def test_another_site_cannot_choose_the_name_of_the_chat(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        response = await visitor.client.get("/?as=evil", headers={"Sec-Fetch-Site": "cross-site"})
        assert "set-cookie" not in response.headers


async def test_every_answer_carries_the_security_headers(storage: Database) -> None:
    async with page(storage, SmallChat(), password="horse") as web, Visitor(web.url) as visitor:
        for path in ("/", "/static/chat.js", "/nowhere", "/healthz", "/login", "/documents/x"):
            response = await visitor.client.get(path)
            wanted = dict(HEADERS)
            if path == "/login":  # else browsers would hide the origin of its form
                wanted["Referrer-Policy"] = "same-origin"
            assert {name: response.headers.get(name) for name in wanted} == wanted, path


async def test_the_chat_cookie_is_strict_and_hidden_from_scripts(storage: Database) -> None:
    async with page(storage, SmallChat()) as web, Visitor(web.url) as visitor:
        cookie = (await visitor.client.get("/")).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie


def test_hosts_are_matched_with_their_port() -> None:
    assert set(allowed_hosts("news.example", 8080) or ()) == {
        "news.example:8080", "127.0.0.1:8080", "localhost:8080", "[::1]:8080",
    }  # fmt: skip
    assert "news.example" in (allowed_hosts("news.example", 80) or ())
    assert "[fd00::1]:81" in (allowed_hosts("fd00::1", 81) or ())
    assert allowed_hosts("0.0.0.0", 8080) is None


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False),
     ("::", False), ("10.0.0.1", False), ("localhost.example", False), ("", False)],
)  # fmt: skip
def test_only_loopback_is_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local


async def test_a_reachable_host_needs_a_password(storage: Database) -> None:
    with pytest.raises(SettingsError, match="WEB_PASSWORD"):
        async with page(storage, SmallChat(), host="0.0.0.0"):
            pass


async def test_a_port_that_is_taken_is_named(storage: Database) -> None:
    async with page(storage, SmallChat()) as web:
        port = int(web.url.rpartition(":")[2])
        with pytest.raises(SettingsError, match="WEB_PORT"):
            async with page(storage, SmallChat(), port=port):
                pass


# ---------------------------------------------------------------- the password


async def test_without_the_password_there_is_only_the_door(storage: Database) -> None:
    chat = SmallChat()
    async with page(storage, chat, password="horse") as web, Visitor(web.url) as visitor:
        response = await visitor.client.get("/")
        assert (response.status_code, response.headers["location"]) == (303, "/login")
        assert (await visitor.client.get("/events")).status_code == 401
        assert (await visitor.client.get("/documents/x")).status_code == 401
        for path in CHAT_POSTS:
            assert (await visitor.post(path, text="/help")).status_code == 401
        assert (await visitor.client.get("/healthz")).status_code == 200
    assert chat.asked == []


async def test_the_password_opens_the_chat_and_names_cannot_be_chosen(storage: Database) -> None:
    async with page(storage, SmallChat(), password="hörse") as web, Visitor(web.url) as visitor:
        response = await visitor.client.post("/login", data={"password": "hörse"})
        assert response.status_code == 303
        await visitor.page("/?as=anna")
        assert len(visitor.client.cookies["topicwire_chat"]) == 22
        await visitor.say("/help")
        visitor.client.cookies.set("topicwire_chat", "anna", domain="127.0.0.1", path="/")
        forged = httpx.Cookies(visitor.client.cookies)
        forged.clear()
        forged.set("topicwire_chat", "anna")
        forged.set("topicwire_session", visitor.client.cookies["topicwire_session"])
        async with httpx.AsyncClient(base_url=web.url, cookies=forged, headers={"Origin": web.url}) as client:
            assert (await client.post("/say", json={"text": "/help"})).status_code == 403


async def test_five_wrong_passwords_lock_the_address_for_a_quarter_of_an_hour(
    storage: Database, clock: Clock
) -> None:
    async with page(storage, SmallChat(), password="horse", clock=clock) as web, Visitor(web.url) as visitor:
        wrong = [(await visitor.client.post("/login", data={"password": "cow"})).status_code for _ in range(6)]
        assert wrong == [401] * 5 + [429]
        assert (await visitor.client.post("/login", data={"password": "horse"})).status_code == 429
        clock.forward(minutes=15)
        assert (await visitor.client.post("/login", data={"password": "horse"})).status_code == 303


async def test_a_sign_in_sent_by_another_site_does_not_count(storage: Database) -> None:
    async with page(storage, SmallChat(), password="horse") as web, Visitor(web.url) as visitor:
        for _ in range(9):
            foreign = {"Origin": "https://evil.example"}
            response = await visitor.client.post("/login", data={"password": "cow"}, headers=foreign)
            assert response.status_code == 403
        assert (await visitor.client.post("/login", data={"password": "horse"})).status_code == 303


def test_wrong_passwords_are_bounded_over_all_addresses() -> None:
    gate = Gate("horse")
    for number in range(100):
        assert gate.enter("cow", f"10.0.{number}.1", NOW) is None
    assert gate.locked("192.0.2.1", NOW)
    assert not gate.locked("192.0.2.1", NOW + timedelta(minutes=15))


def test_addresses_of_one_ipv6_network_count_as_one() -> None:
    gate = Gate("horse")
    for number in range(5):
        gate.enter("cow", f"2001:db8::{number + 1}", NOW)
    assert gate.locked("2001:db8::ffff", NOW)
    assert not gate.locked("2001:db8:0:1::1", NOW)


def test_a_session_ends_after_a_month_and_with_its_password() -> None:
    gate = Gate("horse")
    session = gate.enter("horse", "192.0.2.1", NOW)
    assert gate.admits(session, NOW + timedelta(days=29))
    assert not gate.admits(session, NOW + timedelta(days=31))
    assert not Gate("cow").admits(session, NOW)
    assert Gate("horse").admits(session, NOW)  # a restart signs nobody out


@given(st.text() | st.from_regex(r"[0-9]{1,15}\.[0-9a-f]{64}", fullmatch=True))
def test_no_made_up_session_is_admitted(cookie: str) -> None:
    assert not GATE.admits(cookie, NOW)


GATE = Gate("horse")
