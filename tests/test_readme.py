"""The README's quick start, carried out as it is written, on a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.commands import COMMANDS
from bot.config import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
READY_SECONDS = 20
STOP_SECONDS = 10


def quick_start() -> list[str]:
    """The commands of the quick start, one a line."""
    block = re.search(r"^## Quick start$.*?^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert block
    return block[1].splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `git clone` would give, with what is not committed yet, and with an environment that is ready."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("the git repository is absent")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    copy = tmp_path / "topicwire"
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    # `make setup` would download: the environment of this test stands in, with a stamp newer than its inputs.
    (copy / ".venv").mkdir()
    (copy / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (copy / ".venv" / ".ready").touch()
    return copy


def test_the_quick_start_leads_to_a_chat_page_and_stops_when_asked(checkout: Path) -> None:
    clone, enter, start = quick_start()
    assert re.fullmatch(rf"git clone \S.* {checkout.name}", clone)
    assert enter == f"cd {checkout.name}"
    port = free_port()
    with started(start, checkout, port) as process:
        page = fetched(f"http://127.0.0.1:{port}/", process)
        assert [
            f"/{command.name}" for command in COMMANDS if not command.admin and f"/{command.name}" not in page
        ] == []
        assert re.search(r"type `(/subscribe [\w-]+)`", README)
        assert all(label in page for label in re.findall(r"press \*\*(.+?)\*\*", README))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        (program,) = (int(child) for child in children)
        asked = time.monotonic()
        os.kill(program, signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0, log_of(checkout)
        print(f"stopped in {time.monotonic() - asked:.1f} s")
    assert "stopped" in log_of(checkout)
    assert (checkout / "data" / "demo" / "articles").is_dir(), "the demo ran in the copy"


def test_the_address_in_the_readme_is_the_one_the_page_has_by_itself() -> None:
    default = Settings.model_fields
    assert f"http://{default['web_host'].default}:{default['web_port'].default}" in README


def test_the_readme_is_one_screen() -> None:
    assert len(README.splitlines()) <= 80


@contextmanager
def started(command: str, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the README as a newcomer would: no settings but a free port, the code of the copy."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TZ"}}
    environment = {**kept, "WEB_PORT": str(port), "PYTHONPATH": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command.split(), cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def fetched(url: str, process: subprocess.Popen[bytes]) -> str:
    """The page, once it is there. The wait is bounded by READY_SECONDS."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
                assert answer.status == 200
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise TimeoutError(f"no page at {url}; code {process.poll()}")


def log_of(folder: Path) -> str:
    return (folder / "log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
