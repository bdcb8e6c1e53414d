"""The pinned rules of the loopback Telegram server: links, rates, parameters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.telegram_links import WrongLink, check_link, is_public, user_of_link
from tests.emulators.telegram_rates import Rates
from tests.emulators.telegram_records import Refused
from tests.emulators.telegram_rules import Rules
from tests.emulators.telegram_schema import full_schema, pinned_schema

# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("link", "stored"),
    [
        ("HTTPS://News.Example", "https://news.example/"),
        ("news.example/a?b#c", "http://news.example/a?b#c"),
        ("https://u:p@news.example:8443/a b", "https://u:p@news.example:8443/a%20b"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("https://münchen.example/", "https://münchen.example/"),
    ],
)
def test_a_good_link_is_stored_in_full(link: str, stored: str) -> None:
    assert check_link(link) == check_link(stored) == stored


@pytest.mark.parametrize(
    "link",
    [
        "",
        "nowhere",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://a b.example/",
        "http://x.example:99999/",
        "tg:https://x.example/",
        "http://[zz]/",
    ],
)
def test_a_bad_link_is_not_taken(link: str) -> None:
    with pytest.raises(WrongLink):
        check_link(link)


def test_private_hosts_are_not_public_and_people_are_found() -> None:
    private = ["http://127.0.0.1:8080/", "http://[::1]/", "http://10.0.0.8/", "http://chat.localhost/"]
    assert not any(is_public(link) for link in private)
    assert is_public("https://news.example/")
    assert (user_of_link("tg://user?id=42"), user_of_link("https://t.me/x")) == ("42", "")


@given(st.text(max_size=40))
def test_any_link_is_stored_or_not_taken(link: str) -> None:
    is_public(link)
    try:
        stored = check_link(link)
    except WrongLink:
        return
    assert check_link(stored) == stored


# ---------------------------------------------------------------- rates


@given(st.lists(st.tuples(st.sampled_from([1, 2, -5]), st.floats(0, 2)), max_size=120))
def test_no_window_holds_more_than_its_limit_and_waiting_as_told_helps(sends: list[tuple[int, float]]) -> None:
    rates, now, accepted = Rates(Rules(per_second=4, group_per_minute=6)), 0.0, list[tuple[int, float]]()
    for chat, pause in sends:
        now += pause
        wait = rates.retry_after("t", chat, now, paid=False)
        if wait > 0:
            now += wait + 1e-6
            assert rates.retry_after("t", chat, now, paid=False) == 0
        rates.count("t", chat, now)
        accepted.append((chat, now))
    for _, at in accepted:
        assert sum(at <= time < at + 0.99 for _, time in accepted) <= 4
        assert sum(at <= time < at + 59.9 for chat, time in accepted if chat == -5) <= 6
        assert sum(at <= time < at + 9.9 for chat, time in accepted if chat == 1) <= 3 + 10


def test_after_an_overrun_a_flood_lock_holds_the_whole_token() -> None:
    rates = Rates(Rules(per_second=1, flood_lock=5))
    rates.count("t", 1, 100.0)
    assert rates.retry_after("t", 2, 100.1, paid=False) == 5
    assert rates.retry_after("t", 3, 103.1, paid=False) == pytest.approx(2)
    assert rates.retry_after("other", 3, 103.1, paid=False) == 0
    assert rates.retry_after("t", 3, 105.2, paid=False) == 0


# ---------------------------------------------------------------- parameters


def test_what_is_pinned_agrees_with_the_specification() -> None:
    full, pinned = full_schema(), pinned_schema()
    if full is None:
        pytest.skip("../shared/specs/telegram-bot-api.json.gz is absent")
    for ours, theirs in ((pinned.methods, full.methods), (pinned.types, full.types)):
        for name, fields in ours.items():
            assert fields == theirs[name], name


@pytest.mark.parametrize(
    ("method", "given_", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 5, "text": ""}, "message text is empty"),
        ("sendPhoto", {"chat_id": "5"}, "there is no photo in the request"),
        ("getFile", {}, 'parameter "file_id" is required'),
        ("deleteMessage", {"chat_id": 5, "message_id": "x"}, 'wrong parameter "message_id": Integer expected'),
        ("deleteMessage", {"chat_id": True, "message_id": 1}, 'wrong parameter "chat_id": Integer expected'),
        ("getUpdates", {"allowed_updates": "message"}, 'can\'t parse parameter "allowed_updates" JSON object'),
        ("getUpdates", {"allowed_updates": "[1]"}, 'wrong parameter "allowed_updates": String expected, got 1'),
        ("setMyCommands", {"commands": '[{"command": "a"}]'}, 'field "description" of BotCommand is missing'),
        ("getMe", {"verbose": "1"}, 'getMe has no parameter "verbose"'),
    ],
)
@pytest.mark.parametrize("schema", ["pinned", "full"])
def test_a_wrong_parameter_is_named(schema: str, method: str, given_: dict[str, Any], words: str) -> None:
    checker = pinned_schema() if schema == "pinned" else full_schema()
    if checker is None:
        pytest.skip("../shared/specs/telegram-bot-api.json.gz is absent")
    with pytest.raises(Refused) as refused:
        checker.check(method, given_, ())
    assert words in refused.value.description


def test_parameters_come_back_as_values_whatever_way_they_came() -> None:
    as_text = {
        "chat_id": "5",
        "text": "7",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard": []}',
    }
    as_json = {"chat_id": 5, "text": "7", "disable_notification": True, "reply_markup": {"inline_keyboard": []}}
    assert pinned_schema().check("sendMessage", as_text, ()) == as_json
    assert pinned_schema().check("sendMessage", as_json, ()) == as_json
    assert "made_up" not in pinned_schema().check("getMe", {"made_up": 1}, (), strict=False)
