"""One address for one page."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import canonical_address

PAGE = "example.org/news/42"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/42",
        "http://example.org/news/42",
        "https://WWW.Example.ORG/news/42",
        "https://m.example.org/news/42",
        "https://amp.example.org/news/42",
        "https://mobile.example.org/news/42",
        "https://www.m.example.org/news/42",
        "https://example.org:443/news/42",
        "http://example.org:80/news/42",
        "https://example.org/news/42/",
        "https://example.org/news/42#comments",
        "https://example.org./news/42",
        "https://reader:secret@example.org/news/42",
        "  https://example.org/news/42\n",
        "https://example.org/news/42?utm_source=a&utm_medium=b&utm_anything=c",
        "https://example.org/news/42?fbclid=x&gclid=y&CMP=z&itm_source=w",
        "https://example.org/news/42?mc_cid=1&igshid=2&msclkid=3",
        "https://example.org/news/42?source=rss----7219b4dc6c4c---4",
        "https://example.org/news/42?partner=feedburner",
        "https://example.org/news/../news/42",
    ],
)
def test_links_to_one_page_have_one_address(url: str) -> None:
    assert canonical_address(url) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://youtube.com/watch?v=aaaaaaaaaaa", "https://youtube.com/watch?v=bbbbbbbbbbb"),
        ("https://example.org/a.cfm?c_id=3&objectid=1", "https://example.org/a.cfm?c_id=3&objectid=2"),
        ("https://example.org/a?source=agency", "https://example.org/a?source=desk"),
        ("https://example.org/a;x=1", "https://example.org/a;x=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://en.example.org/a", "https://de.example.org/a"),
        ("https://example.org/A", "https://example.org/a"),
    ],
)
def test_links_to_two_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_address("https://example.org/?b=2&a=1") == canonical_address("https://example.org?a=1&b=2")


def test_a_domain_called_like_a_prefix_stays_whole() -> None:
    assert canonical_address("https://m.com/a") == "m.com/a"
    assert canonical_address("https://www.amp.dev/a") == "amp.dev/a"


def test_an_international_host_is_equal_in_both_spellings() -> None:
    assert canonical_address("https://müller.example/straße") == canonical_address(
        "https://xn--mller-kva.example/stra%C3%9Fe"
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news/42",
        "//example.org/a",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "data:text/html,hello",
        "http://",
        "http:///a",
        "http://[::1",
        "http://a b/",
        "http://example.org:99999/",
        "http://example.org:port/",
        "http://\u202e.example/",
    ],
)
def test_what_is_no_web_address_is_empty(url: str) -> None:
    assert canonical_address(url) == ""


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.org/{text}", f"https://example.org/?{text}"):
        address = canonical_address(url)
        assert not address.startswith(("http:", "https:", "www."))
        assert "#" not in address


hosts = st.from_regex(r"[a-z][a-z0-9]{2,12}\.(?:example|org|co\.uk)", fullmatch=True)
paths = st.lists(st.text(string.ascii_letters + string.digits + "-_é日", min_size=1), max_size=4).map("/".join)
pairs = st.dictionaries(
    st.sampled_from(["id", "v", "page", "q", "lang"]), st.text(string.ascii_letters + string.digits), max_size=4
)
noise = st.sampled_from(["utm_source=a", "fbclid=b", "GCLID=c", "CMP=d", "itm_medium=e", "mc_eid=f"])


@given(hosts, paths, pairs, st.lists(noise, max_size=3), st.sampled_from(["", "www.", "m.", "amp."]), st.booleans())
def test_noise_never_changes_and_content_always_stays(
    host: str, path: str, query: dict[str, str], noise: list[str], label: str, slash: bool
) -> None:
    kept = [f"{name}={value}" for name, value in query.items()]
    plain = canonical_address(f"https://{host}/{path}?{'&'.join(kept)}")
    noisy = f"http://{label}{host}/{path}{'/' if slash else ''}?{'&'.join(noise + kept[::-1])}#part"
    assert canonical_address(noisy) == plain
    assert all(pair in plain for pair in kept)


@given(hosts, paths, pairs)
def test_an_address_is_its_own_address(host: str, path: str, query: dict[str, str]) -> None:
    address = canonical_address(f"https://{host}/{path}?{'&'.join(map('='.join, query.items()))}")
    assert canonical_address(f"https://{address}") == address
