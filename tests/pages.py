"""The documentation as text: its pages, and the pieces that tests look at."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "samples" / "README.md"])
GUIDES = [page for page in PAGES if page.parent in {ROOT, ROOT / "docs"}]

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
FIRST_CELL = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def section(page: str, heading: str) -> str:
    """The part of a page below a heading, up to the next one of any level."""
    return re.split(r"^#+ ", text_of(page).partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def listed(table: str) -> set[str]:
    """Every code span in the first column of a table."""
    return {span for cell in FIRST_CELL.findall(table) for span in SPAN.findall(cell)}
