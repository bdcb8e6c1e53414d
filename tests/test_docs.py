"""What the documentation says about the code is so: names, files, commands, options, words, links."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.sources import frontmatter, topics
from adapters.sources.frontmatter import read_article
from adapters.sources.topics import read_topics
from bot import ingest, matching, verdicts
from bot.cli import parser
from bot.commands import COMMANDS, Conversation
from bot.config import Settings
from bot.ingest import Rules, take
from bot.matching import Gate
from bot.messages import Alert, Request
from bot.model import Address, Batch, FileRead, FileStamp, Platform
from bot.texts import plain, texts
from storage.database import Database

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "samples" / "README.md"])
GUIDES = [page for page in PAGES if page.parent in {ROOT, ROOT / "docs"}]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
FIRST_CELL = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)
FILE = re.compile(r"\b(?:adapters|bot|docs|scripts|storage|tests)/[\w./-]*\w/?")


def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def section(page: str, heading: str) -> str:
    """The part of a page below a heading, up to the next one of any level."""
    return re.split(r"^#+ ", text_of(page).partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def listed(table: str) -> set[str]:
    """Every code span in the first column of a table."""
    return {span for cell in FIRST_CELL.findall(table) for span in SPAN.findall(cell)}


# ---------------------------------------------------------------- links and files


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target in (a or b for a, b in LINK.findall(FENCE.sub("", page.read_text()))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_a_guide_names_is_there(page: Path) -> None:
    for name in FILE.findall(page.read_text()):
        if "storage/migrations/versions" in name or "<" in name:
            continue
        assert (ROOT / name).exists(), name


def test_each_hop_is_where_the_architecture_says() -> None:
    hops = re.findall(r"^\| \d \| `(.+?)` \| `(\w+)` \|", text_of("docs/architecture.md"), re.MULTILINE)
    assert len(hops) == 8
    for file, name in hops:
        assert re.search(rf"^\s*(?:class|def|async def) {name}\b", text_of(file), re.MULTILINE), f"{name} in {file}"


def test_no_page_names_a_path_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(?:root|home|tmp|work|Users)\b", page.read_text()), page


def test_the_index_of_decisions_is_complete() -> None:
    folder = ROOT / "docs" / "adr"
    linked = re.findall(r"\[(\d{4})\]\((.+?)\) \| (.+?) \|", text_of("docs/adr/README.md"))
    assert {name for _, name, _ in linked} == {file.name for file in folder.glob("0*.md")}
    for number, name, title in linked:
        text = (folder / name).read_text()
        assert text.startswith(f"# {number}. {title}\n"), name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], name


# ---------------------------------------------------------------- settings, make, the command line


def test_settings_are_explained_in_the_example_file_alone() -> None:
    names = {name.upper() for name in Settings.model_fields}
    shown = re.findall(r"^#([A-Z_]+)=", text_of(".env.example"), re.MULTILINE)
    assert sorted(shown) == sorted(names)
    for page in GUIDES:
        text = page.read_text()
        mentioned = set(re.findall(r"`([A-Z]{3,}_[A-Z_]+)(?:=[^`]*)?`", text))
        assert mentioned <= names, page
        assert not listed(text) & names, f"{page.name} lists settings a second time"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    for page in PAGES:
        found = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(), re.MULTILINE)
        assert set(found) <= targets, page


def test_the_command_line_is_documented_as_it_is() -> None:
    top = parser()
    (commands,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    options = {name for each in (top, *commands.choices.values()) for name in each._option_string_actions}
    documented = text_of("docs/operating.md")
    assert set(re.findall(r"topicwire ([a-z]+)", documented)) == set(commands.choices)
    assert set(re.findall(r"`(?:[^`]* )?(--[a-z-]+)", documented)) == {o for o in options if o.startswith("--")}
    for page in GUIDES:
        assert set(re.findall(r"topicwire ([a-z]+)", page.read_text())) <= set(commands.choices), page


# ---------------------------------------------------------------- what the guides list


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


def test_the_readme_is_one_screen() -> None:
    assert len(text_of("README.md").splitlines()) <= 80


def test_the_hook_calls_recipes_that_the_gate_calls() -> None:
    hook = text_of(".githooks/pre-commit").rpartition("make ")[2].split()
    gate = re.search(r"no-print-directory (.+)", text_of("Makefile"))
    assert gate
    assert set(hook) - {"--no-print-directory"} < set(gate[1].split())
    assert subprocess.run(["sh", "-n", ROOT / ".githooks" / "pre-commit"], check=False).returncode == 0
