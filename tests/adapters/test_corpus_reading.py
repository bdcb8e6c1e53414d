"""Real articles, where they are present: every one is read, and as the plain YAML library reads it."""

from __future__ import annotations

import json
import lzma
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.sources.frontmatter import read_article
from adapters.sources.topics import read_topics
from bot.model import Article

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FRAME = re.compile(r"^-{3,}\s*$", re.MULTILINE)

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is absent")


@cache
def versions() -> list[tuple[str, bytes]]:
    """Every version of every file in the recorded history."""
    with lzma.open(CORPUS / "ai-2020" / "history.jsonl.xz", "rt", encoding="utf-8", newline="\n") as lines:
        entries = [entry for line in lines for entry in json.loads(line)["files"]]
    return [(entry["path"], entry["text"].encode()) for entry in entries if "text" in entry]


def as_the_library_reads(data: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = yaml.load(FRAME.split(data.decode(), 2)[1], Loader=yaml.CSafeLoader)
    return fields


def article(path: str, data: bytes) -> Article:
    content = read_article("corpus", path, data)
    assert isinstance(content, Article), content
    return content


def test_every_file_of_the_two_sites_is_read() -> None:
    paths = [*(CORPUS / "power-apps" / "_news").glob("*.md"), *(CORPUS / "seed").glob("*.md")]
    assert len(paths) > 90
    read = [article(path.name, path.read_bytes()) for path in paths]
    assert {one.kind for one in read} == {"article", "video"}
    assert all(one.published_at and one.topics and one.provider.name for one in read)


def test_the_seed_is_read_as_it_was_described() -> None:
    (path,) = (CORPUS / "seed").glob("*.md")
    seed = article(path.name, path.read_bytes())
    assert (seed.published, seed.heat, seed.quality) == (False, -1, 84)
    assert len(seed.related) == 6
    assert seed.related[0].quality == 104


def test_every_version_of_a_history_is_read() -> None:
    refused = [
        content for path, data in versions() if not isinstance(content := read_article("c", path, data), Article)
    ]
    assert len(versions()) > 2_000
    assert refused == []


def test_fields_are_those_that_the_library_reads() -> None:
    for path, data in versions()[::40]:
        ours, theirs = article(path, data), as_the_library_reads(data)
        for name in ("quality", "heat", "published"):
            assert getattr(ours, name) == theirs[name], path
        assert ours.published_at == theirs["publishedDateTime"], path
        assert ours.topics == tuple(theirs["topics"]), path
        related = theirs.get("related") or []
        assert [(item.quality, item.published_at) for item in ours.related] == [
            (item["quality"], item["publishedDateTime"]) for item in related
        ], path


def test_every_cut_of_a_real_article_is_refused_or_whole() -> None:
    path, data = versions()[0]
    closing = data.rindex(b"---")
    for length in range(0, len(data), 7):
        whole = isinstance(read_article("c", path, data[:length]), Article)
        assert whole == (length >= closing + 3), length


def test_the_topic_files_are_read() -> None:
    topics, refused = read_topics(CORPUS / "power-apps" / "_data" / "topics")
    assert refused == []
    assert len(topics) == 7
    assert {topic.parent for topic in topics} == {None, "power-apps"}


def test_the_speed_of_reading_beside_splitting_and_loading() -> None:
    sample = versions()[::40]
    seconds: dict[str, float] = {}
    for name in ("loader", "reader", "loader", "reader"):
        start = time.process_time()
        for path, data in sample:
            if name == "loader":
                as_the_library_reads(data)
            else:
                read_article("c", path, data)
        seconds[name] = min(seconds.get(name, 1e9), time.process_time() - start)
    rates = {name: len(sample) / spent for name, spent in seconds.items()}
    size = sum(len(data) for _, data in sample) / len(sample) / 1024
    print(f"articles/s of {size:.0f} KiB: {rates['reader']:.0f}, split + CSafeLoader {rates['loader']:.0f}")
    print(f"ratio {rates['reader'] / rates['loader']:.2f} (goal 0.85)")
    assert rates["reader"] > 0
