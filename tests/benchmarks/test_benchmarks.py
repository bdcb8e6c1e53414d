"""The benchmarks count rightly, and their page is what their record says. No speed is asserted here."""

from __future__ import annotations

import json

import httpx
import pytest

from benchmarks import rescan
from benchmarks.processes import bot_api
from benchmarks.records import Curve
from benchmarks.report import PAGE, PICTURE, RECORD, page, picture
from benchmarks.sending import Run, ours
from benchmarks.server import Api, Limits, Report


def test_a_bucket_and_a_flood_lock_refuse_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("benchmarks.server.time.monotonic", lambda: now)
    api = Api()
    api.limit(Limits(rate=30, burst=3, lock=5))
    assert [api.send(chat) for chat in range(3)] == [0, 0, 0]
    assert api.send(3) > 0
    now += 1
    assert api.send(4) > 0  # locked
    now += 5
    assert api.send(5) == 0
    assert api.send(5) > 0  # one a second to a chat
    assert (len(api.report.sent), len(api.report.refused)) == (4, 3)


def test_the_server_answers_as_telegram_does_and_counts() -> None:
    with bot_api() as api:
        api.limit(Limits(latency=0.0))
        answer = httpx.post(f"{api.root}/bot1:x/sendMessage", json={"chat_id": "77", "text": "x"}).json()
        assert answer["ok"]
        assert answer["result"]["chat"]["id"] == 77
        assert [chat for _, chat in api.report().sent] == [77]
        assert api.sent() == 1


def test_a_run_tells_rate_lost_repeated_and_the_fullest_second() -> None:
    sent = [(number / 8, number) for number in range(16)] + [(2.0, 15)]
    run = Run(Report(sent, []), count=18, rate=8, cpu=0.017)
    assert run.percent == pytest.approx(100)
    assert (run.lost, run.repeated, run.busiest) == (2, 1, 8)
    assert run.milliseconds == pytest.approx(1)
    assert run.curve("x", 1.0).rates == [8, 8]


def test_the_program_sends_a_file_to_everybody_in_a_tiny_run() -> None:
    run = ours(20, 100)
    assert (run.lost, run.repeated, run.report.refused) == (0, 0, [])
    assert run.cpu > 0


def test_the_rescan_finds_nothing_new_in_a_tiny_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescan, "FOLDERS", 2)
    (row,) = rescan.measure(files=100).rows
    assert row.figures["ratio"] > 0


def test_the_page_is_what_the_record_says() -> None:
    record = json.loads(RECORD.read_text())
    assert page(record) == PAGE.read_text()
    curves = [Curve(**curve) for part in record.values() for curve in part["curves"]]
    assert picture(curves) == PICTURE.read_text()
