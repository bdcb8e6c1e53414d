"""The samples are what samples/README.md says: the format, every kind of article, enough of each topic."""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from struct import unpack
from typing import Any
from unicodedata import bidirectional
from zlib import decompress

import frontmatter
import yaml
from rapidfuzz.fuzz import token_set_ratio

from scripts.sample_pictures import MARKS, mark
from scripts.scenes import SCENES

SAMPLES = Path(__file__).parent.parent / "samples"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SIMILAR = 60  # of 100
KEYS = (
    "category title excerpt publishedDateTime sourceUrl originalUrl webUrl ampUrl ampWebUrl cdnAmpUrl cdnAmpWebUrl"
    " type quality heat published featuredContent provider topics images related secured"
)
RELATED_KEYS = (
    "title excerpt publishedDateTime sourceUrl webUrl ampUrl ampWebUrl cdnAmpUrl cdnAmpWebUrl"
    " type provider quality images"
)

Fields = dict[str, Any]


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


@cache
def read(folder: str) -> dict[str, Fields]:
    return {p.name: frontmatter.loads(text_of(p)).metadata for p in sorted((SAMPLES / folder).glob("*.md"))}


def everything() -> dict[str, Fields]:
    return read("articles") | read("later")


@cache
def topics() -> dict[str, Fields]:
    loaded = [next(yaml.safe_load_all(text_of(p))) for p in sorted((SAMPLES / "topics").glob("*.yaml"))]
    return {topic["name"]: topic for topic in loaded}


def link(item: Fields) -> str:
    return str(item.get("webUrl") or item.get("originalUrl") or item["sourceUrl"])


def names(condition: str) -> list[str]:
    """The files in articles/ whose text matches a regular expression."""
    return [p.name for p in (SAMPLES / "articles").glob("*.md") if re.search(condition, text_of(p), re.MULTILINE)]


# ---------------------------------------------------------------- format


def test_there_are_enough_articles_at_start_and_for_later() -> None:
    assert len(read("articles")) >= 34
    assert len(read("later")) >= 25  # 24 events, one of them in two versions


def test_every_file_is_front_matter_with_quoted_titles_and_an_empty_body() -> None:
    for folder in ("articles", "later"):
        for path in (SAMPLES / folder).glob("*.md"):
            text = text_of(path).replace("\r\n", "\n")
            assert text.startswith("---\ncategory: news\n"), path.name
            assert text.endswith("\n---\n\n"), path.name
            assert frontmatter.loads(text).content == "", path.name
            assert len(re.findall(r'^(?:  - |    )?(?:title|excerpt): "', text, re.MULTILINE)) >= 2, path.name
            assert "\t" not in text, path.name
            assert len(text.encode()) < 16_384, path.name


def test_keys_stand_in_the_order_of_real_files() -> None:
    for name, article in everything().items():
        assert list(article) == [key for key in KEYS.split() if key in article], name
        for item in article.get("related", ()):
            assert list(item) == [key for key in RELATED_KEYS.split() if key in item], name


def test_fields_have_the_types_of_real_files() -> None:
    for name, article in everything().items():
        assert article["type"] in {"article", "video"}, name
        assert set(article["provider"]) <= {"name", "domain", "images"}, name
        assert 1 <= len(article["topics"]) <= 7, name
        rated = {"quality": int, "heat": int, "published": bool}
        assert all(type(article[key]) is kind for key, kind in rated.items() if key in article), name
        for item in article.get("related", ()):
            assert type(item["quality"]) is int, name
            assert set(item["provider"]) == {"name", "domain"}, name
        cipher, vector = (b64decode(part, validate=True) for part in article["secured"].split(";"))
        assert (len(cipher) % 16, len(vector)) == (0, 16), name


def test_articles_are_dated_within_sixty_hours_and_named_by_their_day() -> None:
    for name, article in everything().items():
        at = article["publishedDateTime"]
        assert NOW - timedelta(hours=60) <= at < NOW, name
        assert name.startswith((f"{at:%Y-%m-%d}-", "rising.")), name
        for item in article.get("related", ()):
            assert at - timedelta(days=14) <= item["publishedDateTime"] <= NOW, name
    newest = max(article["publishedDateTime"] for article in read("articles").values())
    assert all(newest < article["publishedDateTime"] for article in read("later").values())


def test_related_coverage_is_sorted_and_heat_follows_from_it() -> None:
    for name, article in everything().items():
        related = [item["quality"] for item in article.get("related", ())]
        assert related == sorted(related, reverse=True), name
        if "heat" in article:
            quality, superseded = article["quality"], bool(related) and related[0] >= article["quality"]
            heat = -1 if superseded else quality + 10 * len(related) * (quality >= 50)
            assert (article["heat"], article["published"]) == (heat, heat >= 70), name


def test_every_address_is_invented_and_every_article_has_its_own() -> None:
    for folder in ("articles", "later"):
        for path in (SAMPLES / folder).glob("*.md"):
            hosts = re.findall(r'https?://([^/"\s]+)', text_of(path))
            assert all(host.endswith(".example") for host in hosts), path.name
    links = [link(article) for name, article in everything().items() if name != "rising.1.md"]
    assert len(links) == len(set(links))
    assert all(link(article) not in map(link, article.get("related", ())) for article in everything().values())


# ---------------------------------------------------------------- kinds


def test_every_kind_of_article_is_there() -> None:
    articles = read("articles")
    counts = {len(article.get("related", ())) for article in articles.values()}
    assert {0, 2, 9} <= counts <= {0, *range(2, 10)}
    superseded = {name for name, article in articles.items() if article.get("heat") == -1}
    assert len(superseded) >= 2
    drafts = [a for a in articles.values() if a.get("published") is False and "heat" not in a]
    assert len(drafts) >= 2
    unrated = [a for a in articles.values() if not {"quality", "heat", "published"} & set(a)]
    assert len(unrated) >= 2
    videos = [article for article in articles.values() if article["type"] == "video"]
    assert len(videos) >= 2
    assert all("webUrl" not in a and "<iframe" in a["featuredContent"] for a in videos)
    assert sum("images" not in article for article in articles.values()) >= 1


def test_every_oddity_of_writing_is_there() -> None:
    titles = [article["title"] for article in read("articles").values()]
    assert any(len(title) >= 140 for title in titles)
    assert any(any(bidirectional(letter) in {"R", "AL"} for letter in title) for title in titles)
    assert any("\U0001f41d" in title for title in titles)
    assert any(all(sign in title for sign in ("<b>", "&", "&amp;", "*", "_", "[", '"')) for title in titles)
    assert len(names(r"^sourceUrl: https")) == 1
    assert len([p for p in (SAMPLES / "articles").glob("*.md") if b"\r\n" in p.read_bytes()]) == 1


def test_one_story_comes_from_three_outlets() -> None:
    moths = [
        a for a in read("articles").values() if "Computer Vision" in a["topics"] and "moth" in a["title"].lower()
    ]
    assert len(moths) == len({article["provider"]["domain"] for article in moths}) == 3
    for article in moths:
        listed = {item["webUrl"] for item in article["related"]}
        assert {link(other) for other in moths} - {link(article)} <= listed


def test_a_superseded_article_can_name_a_stronger_one_that_is_not_here() -> None:
    here = {link(article) for article in everything().values()}
    strongest = [a["related"][0]["webUrl"] for a in read("articles").values() if a.get("heat") == -1]
    assert any(address not in here for address in strongest)
    assert any(address in here for address in strongest)


def test_the_rising_article_keeps_its_face_and_gains_quality_and_coverage() -> None:
    first, second = (read("later")[f"rising.{version}.md"] for version in (1, 2))
    for key in ("title", "excerpt", "webUrl", "publishedDateTime", "topics", "provider"):
        assert first[key] == second[key]
    assert (first["quality"], second["quality"]) == (41, 96)
    assert len(first["related"]) < len(second["related"])


# ---------------------------------------------------------------- topics


def test_topics_stand_on_three_levels_and_keys_follow_from_names() -> None:
    assert 10 <= len(topics()) <= 14
    depths = Counter[int]()
    for name, topic in topics().items():
        assert topic["taxonomy"] == "topic"
        assert topic["_id"] == name.lower().replace(" ", "-")
        depth, above = 1, topic.get("parent")
        while above:
            depth, above = depth + 1, topics()[above].get("parent")
        depths[depth] += 1
    assert set(depths) == {1, 2, 3}
    assert topics()["Computer Vision"]["parent"] == "AI"
    assert "cv" in topics()["Computer Vision"]["aliases"]


def test_topic_files_have_the_oddities_of_real_ones() -> None:
    stray = [p for p in (SAMPLES / "topics").glob("*.yaml") if text_of(p).endswith("\n---\n")]
    assert len(stray) == 1
    assert any(" #" in tag for topic in topics().values() for tag in topic["hashtags"])


def test_quality_is_spread_and_topics_are_covered() -> None:
    articles = read("articles").values()
    rated = sorted(article["quality"] for article in articles if "quality" in article)
    assert (rated[0], rated[-1]) == (12, 180)
    counts = Counter(topic for article in articles for topic in article["topics"])
    assert set(counts) == set(topics())
    assert min(counts.values()) >= 3
    assert counts["Computer Vision"] >= 8


def test_later_covers_each_leaf_twice_and_computer_vision_six_times() -> None:
    events = {name: article for name, article in read("later").items() if name != "rising.1.md"}
    assert all(60 <= article["quality"] <= 150 for article in events.values())
    counts = Counter(topic for article in events.values() for topic in article["topics"])
    leaves = set(topics()) - {topic.get("parent") for topic in topics().values()}
    assert all(counts[leaf] >= 2 for leaf in leaves)
    assert counts["Computer Vision"] >= 6


def test_no_later_event_reads_like_another_or_like_one_of_the_start() -> None:
    events = [article["title"] for name, article in read("later").items() if name != "rising.1.md"]
    start = [article["title"] for article in read("articles").values()]
    pairs = [*combinations(events, 2), *((event, old) for event in events for old in start)]
    alike = [pair for pair in pairs if token_set_ratio(*pair) >= SIMILAR]
    assert alike == []


# ---------------------------------------------------------------- pictures and hostile files


def test_every_picture_that_is_named_exists_in_its_size_and_none_is_idle() -> None:
    named = set()
    for article in everything().values():
        for holder in (article, article["provider"], *article.get("related", ())):
            for image in holder.get("images", ()):
                name = image["url"].removeprefix("https://pictures.example/")
                data = (SAMPLES / "pictures" / name).read_bytes()
                assert unpack(">II", data[16:24]) == (image["width"], image["height"]), name
                named.add(name)
    stored = {path.name: path.stat().st_size for path in (SAMPLES / "pictures").glob("*.png")}
    assert named == set(stored)
    assert len([name for name in stored if not name.startswith("outlet-")]) >= 10
    assert max(stored.values()) <= 40_960


def test_stored_pictures_are_what_the_script_draws() -> None:
    drawn = {f"outlet-{outlet}": mark(*colours).png() for outlet, colours in MARKS.items()}
    drawn["words"] = next(scene for scene in SCENES if scene.__name__ == "words")().png()
    for name, data in drawn.items():
        stored = (SAMPLES / "pictures" / f"{name}.png").read_bytes()
        # pixels, because another zlib may pack the same ones differently
        assert decompress(data[41:-16]) == decompress(stored[41:-16]), name


def test_hostile_files_are_small_and_are_what_their_names_say() -> None:
    hostile = {path.stem: path.read_bytes() for path in (SAMPLES / "hostile").iterdir()}
    listed = re.findall(r"`([a-z0-9-]+)`", text_of(SAMPLES / "README.md").split("## Hostile files")[1])
    assert sorted(hostile) == sorted(listed)
    assert max(map(len, hostile.values())) < 8_192
    assert hostile["empty"] == b""
    assert b"\0" in hostile["binary"]
    assert hostile["bom"].startswith(b"\xef\xbb\xbf---\n")
    assert hostile["crlf"].count(b"\n") == hostile["crlf"].count(b"\r\n") > 10
    assert hostile["brackets"].count(b"[") == hostile["brackets"].count(b"]") == 60
    assert hostile["cut-off"].count(b"---") == 1
    assert len(str(frontmatter.loads(hostile["markup"].decode())["title"])) == 5_000
    assert frontmatter.loads(hostile["duplicate-keys"].decode())["title"] == "The last title wins"
    assert frontmatter.loads(hostile["retracted"].decode())["retracted"] is True
