"""Reading one file: what becomes an article, what is refused and with which words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.frontmatter import MAX_EXCERPT, MAX_RELATED, MAX_TITLE, MAX_TOPICS, read_article
from adapters.sources.plainyaml import MAX_BYTES
from bot.model import Article, FileRefused, Image, Provider

HOSTILE = Path(__file__).parents[2] / "samples" / "hostile"


def file_of(front_matter: str, body: str = "") -> bytes:
    return f"---\n{front_matter}\n---\n{body}".encode()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 -- equal values are written out
        return True


def article_file(**fields: Any) -> bytes:
    """The smallest good article with `fields` on top; None removes a field."""
    whole = {"title": "Robots learn to fold", "webUrl": "https://news.example/fold"} | fields
    kept = {key: value for key, value in whole.items() if value is not None}
    return file_of(yaml.dump(kept, Dumper=_Dumper))


def read(data: bytes) -> Article:
    content = read_article("wire", "a.md", data)
    assert isinstance(content, Article), content
    return content


def reason(data: bytes) -> str:
    content = read_article("wire", "a.md", data)
    assert isinstance(content, FileRefused), content
    assert content.path == "a.md"
    return content.reason


# ---------------------------------------------------------------- whole files


def test_a_full_article_is_read_field_by_field() -> None:
    article = read(
        file_of(
            """\
category: news
title: "Clearview &amp; ICE"
excerpt: "One\\r\\n  two\\u00a0three"
publishedDateTime: 2020-08-15T05:52:00Z
webUrl: "https://news.example/a?id=1&utm_source=x"
type: video
quality: 84
heat: -1
published: false
retracted: true
secured: "c2VjcmV0;c2VjcmV0"
provider:
  name: Wall Street Journal
  domain: wsj.com
topics:
  - Computer Vision
  - AI
images:
  - url: "https://img.example/1.jpg"
    width: 1280
    height: 640
related:
  - title: "The same news"
    webUrl: "https://other.example/b"
    quality: 104
    publishedDateTime: 2020-08-15T08:19:00Z
    provider: {name: Gizmodo, domain: gizmodo.com}
"""
        )
    )
    assert (article.source, article.path, article.title) == ("wire", "a.md", "Clearview & ICE")
    assert article.excerpt == "One two three"
    assert article.url == "https://news.example/a?id=1&utm_source=x"
    assert article.published_at == datetime(2020, 8, 15, 5, 52, tzinfo=UTC)
    assert (article.kind, article.quality, article.heat, article.published) == ("video", 84, -1, False)
    assert (article.retracted, article.deleted) == (True, False)
    assert article.provider == Provider("Wall Street Journal", "wsj.com")
    assert article.topics == ("Computer Vision", "AI")
    assert article.images == (Image("https://img.example/1.jpg", 1280, 640),)
    (related,) = article.related
    assert (related.title, related.url, related.quality) == ("The same news", "https://other.example/b", 104)
    assert related.published_at == datetime(2020, 8, 15, 8, 19, tzinfo=UTC)
    assert related.provider.name == "Gizmodo"
    assert "c2VjcmV0" not in repr(article)


def test_what_an_article_does_not_carry_stays_unknown() -> None:
    article = read(article_file())
    assert (article.quality, article.heat, article.published, article.published_at) == (None, None, None, None)
    assert (article.retracted, article.deleted, article.kind) == (False, False, "article")
    assert (article.topics, article.images, article.related, article.provider) == ((), (), (), Provider(""))


@pytest.mark.parametrize("change", ["\r\n", "bom", "blank lines", "long dashes", "trailing blanks"])
def test_the_frame_may_vary(change: str) -> None:
    data = article_file(quality=70)
    varied = {
        "\r\n": data.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + data,
        "blank lines": b"\n\n" + data,
        "long dashes": data.replace(b"---", b"-----"),
        "trailing blanks": data.replace(b"---", b"--- \t"),
    }[change]
    assert read(varied) == read(data)


def test_dashes_inside_values_and_in_the_body_close_nothing() -> None:
    link = "https://news.example/x?source=rss----7219---4"
    assert read(article_file(webUrl=link) + b"\n---\nmore\n---\n").url == link


def test_of_equal_keys_the_last_one_holds() -> None:
    assert read(file_of("title: One\ntitle: Two\nwebUrl: https://news.example/")).title == "Two"


def test_the_keys_content_and_handler_are_ordinary() -> None:
    assert read(article_file(content="x", handler="y", metadata="z", text="t")).title == "Robots learn to fold"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"# Shopping\n", "no front matter"),
        (b"text\n---\ntitle: x\n---\n", "no front matter"),
        (b"---\ntitle: x\n", "not closed"),
        (b"---\ntitle: x\n--", "not closed"),
        (b"---\n---\n", "is empty"),
        (b"---\n- a\n- b\n---\n", "is a list"),
        (b"---\njust words\n---\n", "is plain text"),
        (b"---\ntitle: 'x\n---\n", "YAML is not valid"),
        (b'---\na: 1\ntitle: "a\\uD83D"\n---\n', "at line 3"),
        (b"---\ntitle: caf\xe9\n---\n", "not UTF-8"),
        (b"---\ntitle: a\x00b\n---\n", "YAML is not valid"),
        (b"---\na: &a [x]\nb: *a\n---\n", "Line 3 uses the YAML alias `*a`"),
        (b"---\na: &a [*a]\n---\n", "alias"),
        (b"x" * (MAX_BYTES + 1), "more than 1,048,576 bytes"),
        (article_file(title=None), "no title"),
        (article_file(title=" \u202e\u200b "), "no title"),
        (article_file(title=["a"]), "no title"),
        (article_file(webUrl=None), "no usable link"),
    ],
)
def test_a_refusal_names_the_cause(data: bytes, words: str) -> None:
    said = reason(data)
    assert words in said
    assert said[-1] in ".?"


@pytest.mark.parametrize("written", ["null", "~", ""])
def test_a_null_is_no_title_unless_it_is_quoted(written: str) -> None:
    assert "no title" in reason(file_of(f"title: {written}\nwebUrl: https://news.example/"))
    assert read(file_of("title: 'null'\nwebUrl: https://news.example/")).title == "null"


def test_the_reading_of_a_field_spares_the_others() -> None:
    article = read(article_file(publishedDateTime="2026-02-31", quality="84", heat=True, published="perhaps"))
    assert (article.published_at, article.quality, article.heat, article.published) == (None, 84, None, None)
    assert read(article_file(quality=-5)).quality == 0


def test_an_anchor_that_nothing_refers_to_is_harmless() -> None:
    assert read(file_of("title: &t Hello\nwebUrl: https://news.example/")).title == "Hello"


# ---------------------------------------------------------------- single fields


def test_the_link_is_the_first_usable_of_three() -> None:
    links = {"originalUrl": "https://b.example/", "sourceUrl": "https://c.example/"}
    assert read(article_file(**links)).url == "https://news.example/fold"
    assert read(article_file(webUrl="javascript:alert(1)", **links)).url == "https://b.example/"
    assert read(article_file(webUrl=5, originalUrl="https:///x", sourceUrl="https://c.example/")).url.endswith(
        "c.example/"
    )


def test_words_that_yaml_takes_for_other_types_stay_words() -> None:
    article = read(file_of("title: 2001\nwebUrl: https://news.example/\ntopics: [No, 5G, 2020-01-01, AI]"))
    assert (article.title, article.topics) == ("2001", ("No", "5G", "2020-01-01", "AI"))


def test_topics_are_distinct_bounded_names() -> None:
    assert read(article_file(topics="AI, Robots")).topics == ("AI", "Robots")
    assert read(article_file(topics=["AI", "AI", "", None, ["x"], {"a": 1}, "x" * 101, "b" * 100])).topics == (
        "AI",
        "b" * 100,
    )
    assert len(read(article_file(topics=[f"t{n}" for n in range(500)])).topics) == MAX_TOPICS


def test_long_text_is_bounded() -> None:
    article = read(article_file(title="t" * 9999, excerpt="e" * 99_999))
    assert (len(article.title), len(article.excerpt)) == (MAX_TITLE, MAX_EXCERPT)


def test_broken_related_items_are_dropped_and_the_rest_kept() -> None:
    good = {"title": "Good", "sourceUrl": "http://o.example/1", "quality": "50"}
    broken = [
        "text",
        5,
        None,
        ["a"],
        {"title": "No link"},
        {"webUrl": "https://o.example/2"},
        good | {"sourceUrl": "x:y"},
    ]
    article = read(article_file(related=[*broken, good]))
    assert [(item.title, item.url, item.quality) for item in article.related] == [
        ("Good", "http://o.example/1", 50)
    ]
    assert len(read(article_file(related=[good] * 500)).related) == MAX_RELATED


def test_related_that_is_no_list_is_no_reason_to_refuse() -> None:
    assert read(article_file(related="none", images={"a": 1}, provider=["x"])).related == ()


def test_images_without_an_address_are_dropped() -> None:
    images = [
        "https://i.example/1.png",
        {"url": "/local.png"},
        {"url": "https://i.example/2.png", "width": True, "height": -4},
    ]
    assert read(article_file(images=images)).images == (
        Image("https://i.example/1.png"),
        Image("https://i.example/2.png"),
    )


# ---------------------------------------------------------------- anything at all

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_keys = st.sampled_from(
    [
        "title",
        "webUrl",
        "quality",
        "heat",
        "published",
        "publishedDateTime",
        "topics",
        "related",
        "images",
        "provider",
    ]
)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda inner: b"---\n" + inner + b"\n---\n"))
def test_any_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    assert isinstance(read_article("wire", "a.md", data), Article | FileRefused)


@settings(deadline=None)
@given(st.dictionaries(_keys, _values))
def test_any_values_give_an_article_within_its_limits(fields: dict[str, Any]) -> None:
    content = read_article("wire", "a.md", article_file(**fields))
    if isinstance(content, FileRefused):
        assert content.reason
        return
    assert 0 < len(content.title) <= MAX_TITLE
    assert content.title.isprintable() or "\u200d" in content.title or not content.title.isascii()
    assert content.url.startswith(("http://", "https://"))
    assert content.quality is None or (type(content.quality) is int and content.quality >= 0)
    assert content.published_at is None or content.published_at.tzinfo is UTC
    assert content.published in {None, True, False}
    assert len(content.topics) <= MAX_TOPICS
    assert len(content.related) <= MAX_RELATED


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.md")), ids=lambda path: path.stem)
def test_a_hostile_sample_is_refused_or_tamed_as_its_list_says(path: Path) -> None:
    listed = (HOSTILE.parent / "README.md").read_text(encoding="utf-8").split("| Refused |")[1].splitlines()[2]
    refused = listed.split("|")[1]
    content = read_article("hostile", path.name, path.read_bytes())
    assert isinstance(content, FileRefused) == (f"`{path.stem}`" in refused)
