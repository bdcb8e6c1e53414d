"""What the docs show in `console` blocks is run, in a folder like the one they describe, and must print just that.

In an expected line `…` stands for anything on that line; on a line of its own, for any lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sources.frontmatter import read_article
from adapters.sources.topics import read_topics
from bot.model import Article

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ARTICLE_ROW = re.compile(r"^\| `([\w-]+\.md)` \| (.*?) ?\| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
FILE = re.compile(r"`([\w./-]+)`:\n\n```ya?ml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_what_counts_as_news_is_decided_as_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    play("news.md", tmp_path)


def test_an_operators_commands_print_what_the_page_shows(tmp_path: Path) -> None:
    for path, text in FILE.findall((DOCS / "articles.md").read_text()):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".env").write_text("ARTICLES=news\nTOPICS=topics\n")
    play("operating.md", tmp_path)


def test_the_example_article_is_read_whole() -> None:
    article = read_article("news", "example.md", shown("news/").encode())
    assert isinstance(article, Article)
    assert (article.quality, article.topics, article.provider.domain) == (
        84,
        ("Computer Vision", "Oceans"),
        "harbourpost.example",
    )
    assert article.images[0].width == 1200
    assert [item.quality for item in article.related] == [71]


def test_the_example_topic_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "topic.yaml").write_text(shown("topics/"))
    (topic,), refused = read_topics(tmp_path)
    assert not refused
    assert (topic.slug, topic.parent, topic.aliases) == ("computer-vision", "ai", ("cv", "machine vision"))
    assert topic.hashtags == ("#ComputerVision",)


def shown(folder: str) -> str:
    """The example file of articles.md that lies in this folder."""
    (text,) = (text for path, text in FILE.findall((DOCS / "articles.md").read_text()) if path.startswith(folder))
    return str(text)


def play(page: str, folder: Path) -> None:
    """Follow a page from top to bottom: run its console blocks, write the articles its tables describe."""
    text = (DOCS / page).read_text()
    parts = sorted([*CONSOLE.finditer(text), *ARTICLE_ROW.finditer(text)], key=re.Match.start)
    assert parts, page
    for part in parts:
        if part.re is ARTICLE_ROW:
            write_article(folder / "news" / part[1], *part.groups()[1:])
            continue
        for command, expected in commands(part[1]):
            printed = run(command, folder)
            if not re.fullmatch(pattern(expected), printed):
                pytest.fail(f"{page}: $ {command}\nprints\n{printed}\nand the page shows\n{expected}")


def write_article(file: Path, title: str, quality: str, more: str) -> None:
    """An article of a table in news.md; one without a title is any other file."""
    extra = more.strip("`")
    fields = {"title": f'"{title}"', "webUrl": f"https://news.example/{file.stem}", "quality": quality}
    fields |= {"publishedDateTime": "2026-03-02T11:00:00Z", "topics": "[Computer Vision]"}
    lines = [f"{name}: {value}" for name, value in fields.items() if value and not extra.startswith(f"{name}:")]
    file.write_text("\n".join(["---", *lines, extra, "---", ""]) if title else "Milk, bread\n")


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each `$ command` of a block with the lines that follow it."""
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = piece.partition("\n")
        yield command, expected


def pattern(expected: str) -> str:
    lines = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*?") + r"\n"
        for line in expected.splitlines()
    ]
    return "".join(lines)


def run(command: str, folder: Path) -> str:
    """What a command prints, on both streams, with the `topicwire` of this checkout."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": programs, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout
