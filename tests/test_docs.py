"""The documentation leads where it says: links, files, settings, make targets, the command line."""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

import pytest

from bot.cli import parser
from bot.config import Settings
from tests.pages import FENCE, GUIDES, PAGES, ROOT, listed, text_of

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
FILE = re.compile(r"\b(?:adapters|bot|docs|scripts|storage|tests)/[\w./-]*\w/?")


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
    documented = re.sub(r"^```sh\n.*?^```$", "", text_of("docs/operating.md"), flags=re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"topicwire ([a-z]+)", documented)) == set(commands.choices)
    assert set(re.findall(r"`(?:[^`]* )?(--[a-z-]+)", documented)) == {o for o in options if o.startswith("--")}
    for page in GUIDES:
        assert set(re.findall(r"topicwire ([a-z]+)", page.read_text())) <= set(commands.choices), page


def test_the_hook_calls_recipes_that_the_gate_calls() -> None:
    hook = text_of(".githooks/pre-commit").rpartition("make ")[2].split()
    gate = re.search(r"no-print-directory (.+)", text_of("Makefile"))
    assert gate
    assert set(hook) - {"--no-print-directory"} < set(gate[1].split())
    assert subprocess.run(["sh", "-n", ROOT / ".githooks" / "pre-commit"], check=False).returncode == 0
