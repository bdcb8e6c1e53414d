"""Files made to hurt: they end in a refusal, quickly, and never take the process with them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from adapters.sources.frontmatter import read_article
from adapters.sources.plainyaml import MAX_BYTES, MAX_DEPTH, Unreadable, load_first
from bot.model import Article, FileRefused

ROOT = Path(__file__).parents[2]
HEAD = b'---\ntitle: "T"\nwebUrl: "https://news.example/"\n'
N = 100_000
SMALL_STACK = 256 * 1024  # bytes; threads have less than the main program

NESTED = {
    "brackets": b"a: " + b"[" * N,
    "brackets on lines": b"a: " + b"[\n" * N,
    "braces": b"a: " + b"{" * N,
    "braces with keys": b"a: " + b"{a: " * N,
    "mixed": b"a: " + b"[{a: " * (N // 2),
    "sequences in a line": b"a:\n" + b"- " * N,
    "keys in a line": b"? " * N,
    "deep blocks": b"".join(b" " * level + b"a:\n" for level in range(1_300)),
    "deep lists": b"a:\n" + b"".join(b" " * level + b"-\n" for level in range(1_300)),
}


def file_of(front_matter: bytes) -> bytes:
    data = HEAD + front_matter + b"\n---\n"
    assert len(data) <= MAX_BYTES
    return data


def test_100_000_open_brackets_leave_the_process_alive(tmp_path: Path) -> None:
    for name, front_matter in NESTED.items():
        (tmp_path / f"{name}.md").write_bytes(file_of(front_matter))
    program = f"""
import sys, threading
from pathlib import Path
from adapters.sources.frontmatter import read_article
def read():
    for path in sorted(Path(sys.argv[1]).iterdir(), key=lambda path: path.stem):
        print(path.stem, "|", read_article("s", path.name, path.read_bytes()).reason)
read()
threading.stack_size({SMALL_STACK})
thread = threading.Thread(target=read)
thread.start(); thread.join()
"""
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told = [line.split(" | ") for line in run.stdout.splitlines()]
    assert [name for name, _ in told] == sorted(NESTED) * 2
    assert all("levels deep" in reason or "nesting depth" in reason for _, reason in told), run.stdout


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_the_depth_that_is_allowed_is_read_and_one_more_is_not(opened: str, closed: str) -> None:
    value = load_first(opened * MAX_DEPTH + "x" + closed * MAX_DEPTH)
    depth = 0
    while isinstance(value, list | dict):
        value = value[0] if isinstance(value, list) else value["a"]
        depth += 1
    assert (value, depth) == ("x", MAX_DEPTH)
    with pytest.raises(Unreadable, match=f"more than {MAX_DEPTH} levels"):
        load_first(opened * (MAX_DEPTH + 1) + "x" + closed * (MAX_DEPTH + 1))


def test_alias_bombs_and_merge_bombs_are_refused_at_their_first_alias() -> None:
    laughs = b"a0: &a0 [x, x]\n" + b"".join(
        b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 99)
    )
    merges = b"a0: &a0 {x: y}\n" + b"".join(
        b"a%d: &a%d {<<: [*a%d, *a%d]}\n" % (n, n, n - 1, n - 1) for n in range(1, 99)
    )
    for bomb in (laughs, merges):
        content = read_article("s", "a.md", file_of(bomb))
        assert isinstance(content, FileRefused)
        assert "alias `*a0`" in content.reason


def test_a_tag_builds_nothing() -> None:
    content = read_article(
        "s", "a.md", file_of(b'excerpt: !!python/object/apply:os.system ["exit 1"]\nquality: !!int "7"')
    )
    assert isinstance(content, Article)
    assert (content.excerpt, content.quality) == ("", 7)


def test_of_several_documents_the_first_is_read() -> None:
    assert load_first("a: 1\n---\n- [") == {"a": "1"}
    assert load_first("") is None


def test_every_largest_file_is_done_in_moments() -> None:
    room = MAX_BYTES - len(HEAD) - 100
    files = {
        "many items": b"a: [" + b"1," * (room // 2) + b"]",
        "many lists": b"a: [" + b"[]," * (room // 3) + b"]",
        "one key, often": b"k: 1\n" * (room // 5),
        "anchors": b"a: [" + b"&a 1," * (room // 5) + b"]",
        "entities": b'excerpt: "' + b"&amp;" * (room // 5) + b'"',
        "one long entity": b'excerpt: "&#' + b"9" * room + b';"',
        "invisible": b'excerpt: "' + "\u200d".encode() * (room // 3) + b'"',
        "a long number": b"quality: " + b"9" * room,
        "a long date": b"publishedDateTime: " + b"9" * room,
        "topics": b'topics: "' + b"a," * (room // 2) + b'"',
        "dashes": b"--- x\n" * (room // 6),
        "related": b"related:\n" + b"- {title: t, webUrl: 'https://news.example/\xc3\xa4'}\n" * (room // 60),
    }
    for name, front_matter in files.items():
        start = time.perf_counter()
        content = read_article("s", "a.md", file_of(front_matter))
        print(f"{name}: {(time.perf_counter() - start) * 1e3:.0f} ms")
        assert isinstance(content, Article), (name, content)
