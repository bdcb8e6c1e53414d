"""One value into one field: what is usable, and what falls back to nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.fields import MAX_URL, flag, host, instant, text, url, whole
from adapters.sources.plainyaml import Plain

FAMILY = "\U0001f469\u200d\U0001f4bb codes \u2764\ufe0f\u200d\U0001f525"  # emoji built with joiners
JOINED = (
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # Sinhala, Persian: spelling
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("84", 84), (" 84 ", 84), ("84.0", 84), ("84.", 84), ("0", 0), ("-1", -1), ("+7", 7), ("0123", 123),
        ("84.5", None), ("true", None), ("high", None), ("", None), (None, None), (["84"], None), ({}, None),
        ("1:30", None), ("0x54", None), ("1e3", None), (".inf", None), ("1_000", None), ("\u0668\u0664", None),
        ("9" * 9, 999_999_999), ("9" * 10, None), ("9" * 100_000, None),
    ],
)  # fmt: skip
def test_a_number_is_whole_or_none(written: Plain, number: int | None) -> None:
    assert whole(written) == number


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2020-08-15T05:52:00Z", datetime(2020, 8, 15, 5, 52, tzinfo=UTC)),
        ("2020-08-15t05:52:00z", datetime(2020, 8, 15, 5, 52, tzinfo=UTC)),
        ("2020-08-15T05:52:00+02:00", datetime(2020, 8, 15, 3, 52, tzinfo=UTC)),
        ("2020-08-15 05:52:00 -0700", datetime(2020, 8, 15, 12, 52, tzinfo=UTC)),
        ("2020-08-15 05:52:00 Z", datetime(2020, 8, 15, 5, 52, tzinfo=UTC)),
        ("2020-08-15 05:52", datetime(2020, 8, 15, 5, 52, tzinfo=UTC)),
        ("2020-08-15T05:52:00.123456Z", datetime(2020, 8, 15, 5, 52, 0, 123456, tzinfo=UTC)),
        ("2020-08-15", datetime(2020, 8, 15, tzinfo=UTC)),
        ("2026-02-31", None),
        ("2026-02-31T10:00:00Z", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("20200815", None),
        ("1597470720", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (["2020-08-15"], None),
    ],
)
def test_a_date_is_an_instant_in_utc_or_none(written: Plain, moment: datetime | None) -> None:
    found = instant(written)
    assert found == moment
    assert found is None or found.tzinfo is UTC


@settings(deadline=None)
@given(st.datetimes(), st.timezones())
def test_every_iso_date_is_understood(moment: datetime, zone: object) -> None:
    del zone
    assert instant(moment.isoformat()) == moment.replace(tzinfo=UTC)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.integers(-1439, 1439))  # noqa: DTZ001
def test_an_offset_is_subtracted(moment: datetime, minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    found = instant(f"{moment.isoformat()}{offset}")
    assert found is not None
    assert (moment.replace(tzinfo=UTC) - found).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("Yes", True), ("on", True), ("false", False), ("NO", False), ("1", None), ("perhaps", None),
     (None, None), ([], None)],
)  # fmt: skip
def test_a_flag_is_said_in_words_or_none(written: Plain, value: bool | None) -> None:
    assert flag(written) is value


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  a\r\n\tb\u00a0c\u2028d ", "a b c d"),
        ("Q&amp;A &lt;b&gt; &#8217;s &#x1F600;", "Q&A <b> \u2019s \U0001f600"),
        ("&amp;amp;", "&amp;"),
        ("R&D AT&T ?a=1&copy=2 &notanentity;", "R&D AT&T ?a=1&copy=2 &notanentity;"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 2998),
        ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        ("&#x202E;abc", "abc"),
        ("Clear\u200bview\u200d A\u00adI\ufeff", "Clearview AI"),
        ("nul\x00 bell\x07 esc\x1b[1m c1\x9b", "nul bell esc[1m c1"),
        (FAMILY, FAMILY),
        (JOINED, JOINED),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        (None, ""),
        (["a"], ""),
    ],
)  # fmt: skip
def test_text_is_one_visible_line(written: Plain, shown: str) -> None:
    assert text(written, 3000) == shown


@settings(deadline=None)
@given(st.text(), st.integers(1, 50))
def test_any_text_stays_within_its_limit_on_one_line(written: str, limit: int) -> None:
    shown = text(written, limit)
    assert len(shown) <= limit
    assert shown == " ".join(shown.split())
    assert not set(shown) & set("\x00\x07\x7f\u202e\u2066\u200b\ufeff")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://news.example/a?b=1&c=2#d", "https://news.example/a?b=1&c=2#d"),
        (" https://news.example/ ", "https://news.example/"),
        ("HTTPS://News.Example:8443/A", "https://news.example:8443/A"),
        ("https://apnews.example/Wired Release/1", "https://apnews.example/Wired%20Release/1"),
        ("https://news.example/FaceMe\u00ae", "https://news.example/FaceMe%C2%AE"),
        ("https://m\u00fcller.example/", "https://xn--mller-kva.example/"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("http://localhost/x", "http://localhost/x"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://news.example/", None),
        ("//news.example/a", None),
        ("news.example/a", None),
        ("/a", None),
        ("https:///a", None),
        ("https://?a", None),
        ("https://user:secret@news.example/", None),
        ("https://news.example@evil.example/", None),
        ("https://a b.example/", None),
        ("http://...../", None),
        ("http://[::1/", None),
        ("https://news.example:99999/", None),
        ("https://news.example/" + "a" * MAX_URL, None),
        ("", None),
        (None, None),
        (["https://news.example/"], None),
    ],
)
def test_an_address_is_http_with_a_host_or_none(written: Plain, address: str | None) -> None:
    assert url(written) == address


@settings(deadline=None)
@given(
    st.text()
    | st.text().map(lambda rest: f"https://{rest}")
    | st.text().map(lambda rest: f"http://a.example/{rest}")
)
def test_any_address_that_is_taken_is_plain_and_goes_one_way(written: str) -> None:
    address = url(written)
    if address is not None:
        assert address.isascii()
        assert not set(address) & set(' "<>\n\r\t')
        parts = urlsplit(address)
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert parts.username is None
        assert len(address) <= MAX_URL
        assert url(address) == address


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("wsj.com", "wsj.com"),
        ("WSJ.com ", "wsj.com"),
        ("https://wsj.com/", ""),
        ("a b", ""),
        (None, ""),
        ("<b>", ""),
    ],
)
def test_a_provider_domain_is_a_bare_host(written: Plain, name: str) -> None:
    assert host(written) == name
