"""What the guides list is what the code has: commands, verdicts, log events, fields, figures."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.sources import frontmatter, topics
from adapters.sources.frontmatter import read_article
from adapters.sources.topics import read_topics
from bot import ingest, matching, verdicts
from bot.commands import COMMANDS, Conversation
from bot.commands.latest import EXAMPLES, LATEST, RECENT
from bot.commands.parsing import MOST_TOPICS, TOP_ABOVE_GOOD
from bot.commands.subscriptions.changing import MOST_SUBSCRIPTIONS
from bot.commands.wording import STEP
from bot.config import Settings
from bot.delivery import HORIZON, LEASE, LEAST_IN_FLIGHT
from bot.digests.composition import MOST_NEAR, MOST_NEW
from bot.digests.news import COVERAGE, NEAR
from bot.ingest import RANGE, Rules, take
from bot.matching import AHEAD, Gate
from bot.messages import Alert, Request
from bot.model import TRIES, Address, Batch, FileRead, FileStamp, Platform
from bot.stories.identity import SAME_EVENT_WITHIN, SAME_TITLE_WITHIN
from bot.texts import plain, texts
from bot.upkeep import TOO_OLD
from storage.database import Database
from storage.tokens import RECOVERY
from tests.pages import ROOT, SPAN, listed, section, text_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = {3: "three", 5: "five", 10: "ten", 20: "twenty"}


def test_every_chat_command_has_its_section_and_no_other() -> None:
    headings = re.findall(r"^## `(/.+)`$", text_of("docs/commands.md"), re.MULTILINE)
    english = texts("en")
    usages = [f"/{c.name} {english.plain(c.arguments) if c.arguments else ''}".strip() for c in COMMANDS]
    assert headings == usages


async def test_every_example_of_a_chat_command_is_understood(storage: Database) -> None:
    catalogue, _ = read_topics(ROOT / "samples" / "topics")
    files = sorted((ROOT / "samples" / "articles").glob("*.md"))
    read = [FileRead(f.name, FileStamp(1, 1), read_article("samples", f.name, f.read_bytes())) for f in files]
    async with storage.write() as work:
        await work.topics.put(catalogue, from_file=True)
    await take(storage, Batch("samples", tuple(read), baseline=True), Rules(72, False, 20), NOW)
    chat = Conversation(
        storage,
        clock=lambda: NOW,
        default_quality=70,
        default_timezone="UTC",
        default_locale="en",
        admins=frozenset({("web", "anna")}),
        fresh_hours=72,
        published_only=False,
    )
    examples = [
        span for span in SPAN.findall(text_of("docs/commands.md")) if re.match(r"/[a-z@]+(?: [^<\[]+)?$", span)
    ]
    assert len(examples) > len(COMMANDS)
    complaints = (
        "I did not get that",
        "I do not know",
        "I have no article",
        "something went wrong",
        "For how long?",
    )
    for example in examples:
        answer = await chat.answer(Request(Address(Platform.WEB, "anna"), sender="anna", text=example))
        said = " ".join(plain(m.text) for m in answer.messages if not isinstance(m, Alert))
        assert said, example
        assert not [words for words in complaints if words in said], f"{example}: {said}"


def test_the_verdicts_are_those_of_the_code() -> None:
    found = {Gate[name].value for gate in (matching.sendable, matching.fresh) for name in gates_in(gate)}
    for module in (verdicts, ingest):
        for call in calls(Path(str(module.__file__))):
            if isinstance(call.func, ast.Name) and call.func.id == "FileVerdict":
                found |= set(words_in(call.args[1]))
    assert listed(section("docs/news.md", "The verdicts")) == found


def gates_in(function: object) -> list[str]:
    return re.findall(r"Gate\.([A-Z_]+)", inspect.getsource(function))  # type: ignore[arg-type]


def words_in(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Gate":
            yield Gate[node.attr].value


def test_every_event_of_the_log_is_explained_with_its_level() -> None:
    rows = re.findall(r"^\| (`.+?`) \| ([a-z, ]+) \|", section("docs/operating.md", "Logs"), re.MULTILINE)
    explained = {event: levels for cell, levels in rows for event in SPAN.findall(cell)}
    everything = ""
    for file in sorted(
        path for package in ("bot", "adapters", "storage") for path in (ROOT / package).rglob("*.py")
    ):
        everything += file.read_text()
        for level, event in logged(file):
            assert level in explained.get(event, ""), f"{event} ({level}) in {file.relative_to(ROOT)}"
    for event in explained:
        assert f'"{event}"' in everything, event


def logged(file: Path) -> Iterator[tuple[str, str]]:
    """(level, event) of each line a module logs at info or above."""
    levels = {"info": "info", "warning": "warning", "error": "error", "exception": "error"}
    for call in calls(file):
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in levels and isinstance(function.value, ast.Name):
            event = call.args[0] if call.args else None
            if function.value.id in {"log", "_log"} and isinstance(event, ast.Constant):
                yield levels[function.attr], str(event.value)


def calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]


@pytest.mark.parametrize(("heading", "module"), [("An article", frontmatter), ("A topic", topics)])
def test_the_fields_listed_are_those_that_are_read(heading: str, module: object) -> None:
    source = inspect.getsource(module)  # type: ignore[arg-type]
    read = set(re.findall(r"fields\.get\(\"(\w+)\"\)", source)) | set(getattr(module, "_LINKS", ()))
    parts = {"name", "domain", "url", "width", "height"} if module is frontmatter else set()
    table = section("docs/articles.md", heading)
    assert listed(table) == read - parts
    assert all(f"`{part}`" in table for part in parts)


FIGURES = {
    "README.md": {f"http://127.0.0.1:{Settings.model_fields['web_port'].default}"},
    "docs/commands.md": {
        f"up to {WORDS[EXAMPLES]} of the best",
        f"Up to {WORDS[LATEST]} of the newest stories of the last {RECENT.days} days",
        f"At most {MOST_SUBSCRIPTIONS} topics a chat, {MOST_TOPICS} in one command",
        f"`top` is {TOP_ABOVE_GOOD} more",
        f"({Settings.model_fields['default_quality'].default} unless",
        f"deciding topic's bar, by {STEP};",
    },
    "docs/news.md": {
        f"up to {AHEAD // HOUR} hours ahead",
        f"within {SAME_TITLE_WITHIN.days} days",
        f"within {SAME_EVENT_WITHIN // HOUR} hours",
        f"not be sent for {TOO_OLD // HOUR} hours",
        f"Up to {WORDS[MOST_NEAR]} **near misses**, at most {WORDS[NEAR]} below",
        f"every doubling of its outlets counts like {WORDS[int(COVERAGE)]} points",
        f"More than {WORDS[MOST_NEW]} leave the rest",
    },
    "docs/operating.md": {
        f"lease of {LEASE:g} seconds",
        f"at most {LEAST_IN_FLIGHT} of them",
        f"waited {TOO_OLD // HOUR} hours",
    },
    "docs/architecture.md": {f"for the first {RANGE:,}"},
    "docs/adr/0002-the-outbox-is-in-the-database.md": {
        f"up to {RANGE:,} readers",
        f"max({LEAST_IN_FLIGHT}, {HORIZON:g} s",
        f"After {WORDS[TRIES]} sends",
    },
    "docs/adr/0007-the-queue.md": {
        f"at most {HORIZON:g} seconds",
        f"recovers by {round(RECOVERY * 100 - 100)} % a claim",
    },
}


@pytest.mark.parametrize("page", FIGURES)
def test_figures_are_those_of_the_code(page: str) -> None:
    text = " ".join(text_of(page).split())
    assert [figure for figure in FIGURES[page] if figure not in text] == []
