"""A folder of topic files into Topics."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.plainyaml import Unreadable, load_first
from adapters.sources.topics import read_topics
from bot.errors import SourceUnavailable
from bot.model import FileRefused, Topic


def topics_of(folder: Path, **files: str) -> tuple[list[Topic], list[FileRefused]]:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return read_topics(folder)


def only(folder: Path, content: str) -> Topic:
    topics, refused = topics_of(folder, topic=content)
    assert refused == []
    (topic,) = topics
    return topic


def refusal(folder: Path, content: str | bytes) -> str:
    (folder / "topic.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    topics, refused = read_topics(folder)
    assert topics == []
    assert [one.path for one in refused] == ["topic.yaml"]
    return refused[0].reason


def test_a_topic_is_read_key_by_key(tmp_path: Path) -> None:
    topics, refused = topics_of(
        tmp_path,
        a="_id: ai\nname: Artificial Intelligence\nshortname: AI\naliases: [Machine minds]\n",
        b="""
taxonomy: topic
_id: computer-vision
name: Computer Vision
shortname: Computer Vision
parent: Artificial Intelligence
keywords:
  - computer vision
  - image recognition
  - computer vision
hashtags:
  - "#ComputerVision #CV"
  - Vision
services:
  news: https://news.example/
""",
    )
    assert refused == []
    assert topics == [
        Topic("ai", "Artificial Intelligence", aliases=("Machine minds",)),
        Topic(
            "computer-vision",
            "Computer Vision",
            parent="ai",
            keywords=("computer vision", "image recognition"),
            hashtags=("#ComputerVision", "#CV", "#Vision"),
        ),
    ]


def test_a_short_name_that_is_neither_slug_nor_name_is_an_alias(tmp_path: Path) -> None:
    assert only(tmp_path, "_id: common-data-service\nname: Common Data Service\nshortname: CDS").aliases == ("CDS",)


def test_without_an_id_the_name_makes_the_slug(tmp_path: Path) -> None:
    assert only(tmp_path, "name: Speech & Sound").slug == "speech-sound"


def test_a_stray_end_or_a_second_document_is_not_looked_at(tmp_path: Path) -> None:
    assert only(tmp_path, "name: Robots\n---\n").name == "Robots"
    assert only(tmp_path, "---\nname: Robots\n---\nname: [").name == "Robots"


def test_single_values_stand_for_lists(tmp_path: Path) -> None:
    topic = only(tmp_path, "name: Robots\nkeywords: robot\nhashtags: '#Robots'\naliases: Androids")
    assert (topic.keywords, topic.hashtags, topic.aliases) == (("robot",), ("#Robots",), ("Androids",))


def test_names_that_yaml_takes_for_other_types_stay_names(tmp_path: Path) -> None:
    assert only(tmp_path, "name: No\nkeywords: [1984, yes, 2020-01-01]").keywords == ("1984", "yes", "2020-01-01")


@pytest.mark.parametrize("parent", ["Artificial Intelligence", "artificial intelligence", "ai"])
def test_a_parent_is_found_by_name_or_slug(tmp_path: Path, parent: str) -> None:
    topics, _ = topics_of(tmp_path, a=f"name: Robots\nparent: {parent}", b="_id: ai\nname: Artificial Intelligence")
    assert [topic.parent for topic in topics] == ["ai", None]


def test_a_parent_without_a_file_stays(tmp_path: Path) -> None:
    assert only(tmp_path, "name: Robots\nparent: Everything New").parent == "everything-new"


def test_parents_in_a_circle_are_cut_and_reported(tmp_path: Path) -> None:
    topics, refused = topics_of(
        tmp_path, a="name: A\nparent: B", b="name: B\nparent: A", c="name: C\nparent: C", d="name: D\nparent: A"
    )
    assert {topic.slug: topic.parent for topic in topics} == {"a": None, "b": None, "c": None, "d": "a"}
    assert [one.path for one in refused] == ["a.yaml", "b.yaml", "c.yaml"]


def test_a_slug_belongs_to_the_first_file_that_takes_it(tmp_path: Path) -> None:
    topics, refused = topics_of(tmp_path, a="_id: ai\nname: First", b="_id: ai\nname: Second")
    assert [topic.name for topic in topics] == ["First"]
    assert [one.path for one in refused] == ["b.yaml"]
    assert "a.yaml" in refused[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("- a", "no fields"),
        ("name: '!!'", "no name"),
        ("_id: x", "no name"),
        ("name: [", "not valid"),
        ("name: &a x\nparent: *a", "alias"),
        ("name: " + "[" * 100_000, "nesting depth"),
        (b"name: caf\xe9", "not UTF-8"),
        (b"#" * 2_000_000, "more than"),
    ],
)
def test_a_broken_file_is_refused_with_its_cause(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in refusal(tmp_path, content)


def test_other_files_hidden_files_and_links_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    (tmp_path / ".hidden.yaml").write_text("name: Hidden")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "real.yml").write_text("name: Real")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yml")
    topics, refused = read_topics(tmp_path)
    assert ([topic.name for topic in topics], refused) == (["Real"], [])


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"No such file.*TOPICS"):
        read_topics(tmp_path / "nowhere")


def test_the_samples_are_topics_on_three_levels() -> None:
    topics, refused = read_topics(Path(__file__).parents[2] / "samples" / "topics")
    parents = {topic.slug: topic.parent for topic in topics}
    assert refused == []
    assert any(parents.get(parent) for parent in parents.values() if parent)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_loaded_or_unreadable(text: str) -> None:
    try:
        value = load_first(text)
    except Unreadable:
        return
    assert value is None or isinstance(value, str | list | dict)
