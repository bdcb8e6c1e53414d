"""What a database refuses, in words an operator can act on; faults of our own stay what they are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.event import listens_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StorageError

_WAITED_FOR = "Topicwire tries again by itself"
_START = f"Start the server, or correct DATABASE_URL; {_WAITED_FOR}."
_ROOM = f"Make room on the disk; {_WAITED_FOR}."
_RESTORE = "Stop Topicwire and restore the last back-up (docs/operating.md)."
_MIGRATE = "It is empty, or of another version: run `topicwire migrate`, or restore the last back-up."
_FILE = "DATABASE_URL must name a file in a folder that the user who runs Topicwire may write to."

# The codes of https://www.postgresql.org/docs/current/errcodes-appendix.html, or their beginnings; the longest that
# fits decides. What is not here (42: syntax, names; 22: bad data; 23: constraints) is a bug.
_READ_ONLY = "25006"
_POSTGRESQL = {
    "08": _START,  # the connection was lost or refused
    _READ_ONLY: "It is read-only: name the primary server in DATABASE_URL, not a standby.",
    "25P03": f"The process stood still within a transaction. {_WAITED_FOR}.",
    "28": "Correct the user and password in DATABASE_URL, and the server's pg_hba.conf.",
    "3D000": "Create the database, or correct its name in DATABASE_URL.",
    "40": f"Another process was in the way. {_WAITED_FOR}.",  # deadlock, serialization
    "42501": "Give the user of DATABASE_URL the rights to the tables: the easiest is to own the database.",
    "42703": _MIGRATE,  # unknown column
    "42P01": _MIGRATE,  # unknown table
    "53": f"The server is short of memory or storage. {_WAITED_FOR}.",
    "53100": _ROOM,
    "53300": f"Raise max_connections of the server, or run fewer processes; {_WAITED_FOR}.",
    "55P03": f"Another process holds a lock. {_WAITED_FOR}.",
    "57": f"The server ended the statement. {_WAITED_FOR}.",
    "57P": _START,  # shutting down, starting up
    "58": "The server cannot use its own files: look into its log.",
    "XX001": _RESTORE,  # data corrupted
    "XX002": _RESTORE,  # index corrupted
}

# The primary codes of https://www.sqlite.org/rescode.html. ERROR is a bug (syntax, say), but for the names below.
_SQLITE = {
    "BUSY": f"Another program writes to it; a copy or an open shell, perhaps. {_WAITED_FOR}.",
    "LOCKED": f"Another program writes to it; a copy or an open shell, perhaps. {_WAITED_FOR}.",
    "PROTOCOL": f"Another program writes to it; a copy or an open shell, perhaps. {_WAITED_FOR}.",
    "FULL": _ROOM,
    "NOMEM": f"Give the machine more memory; {_WAITED_FOR}.",
    "READONLY": "Give the user that runs Topicwire the right to write the file and its folder.",
    "PERM": "Give the user that runs Topicwire the right to write the file and its folder.",
    "AUTH": "Give the user that runs Topicwire the right to write the file and its folder.",
    "CANTOPEN": _FILE,
    "IOERR": "The disk fails, or is a network share, which SQLite cannot use safely: look into the system's log.",
    "CORRUPT": _RESTORE,
    "NOTADB": "DATABASE_URL names a file that is no SQLite database: correct it.",
}
_UNKNOWN = re.compile(r"no such (?:table|column)|has no column named")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raises StorageError for what an operator can mend: the database `where`, the cause, the next step."""
    try:
        yield
    except PoolTimeout as fault:
        raise _error(
            where, "all connections are in use", f"It is too slow, or stands still. {_WAITED_FOR}."
        ) from fault
    except DBAPIError as fault:
        if (step := _next_step(fault.orig, lost=fault.connection_invalidated)) is None:
            raise
        raise _error(where, str(fault.orig).rpartition(">: ")[2], step) from fault
    except sqlite3.Error as fault:  # of the few places that need no SQLAlchemy
        if (step := _next_step(fault)) is None:
            raise
        raise _error(where, str(fault), step) from fault


@contextmanager
def reached(where: str) -> Iterator[None]:
    """As `translated`, around connecting: there the driver also lets the system's errors through."""
    try:
        with translated(where):
            yield
    except OSError as fault:
        step = _FILE if where.startswith("sqlite") else _START
        raise _error(where, str(fault) or "no answer in time", step) from fault


def translate_breaks(engine: AsyncEngine, where: str) -> None:
    """A connection that breaks during a statement can show as an error of the system, too: it becomes ours.

    One that may only read is given up with all others: after a failover new ones may lead to the new primary.
    """

    @listens_for(engine.sync_engine, "handle_error")
    def name(context: ExceptionContext) -> None:
        fault = context.original_exception
        if getattr(fault, "sqlstate", None) == _READ_ONLY:
            context.is_disconnect = True
        if isinstance(fault, OSError):
            raise _error(where, str(fault) or "no answer in time", _START) from fault


def _error(where: str, cause: str, step: str) -> StorageError:
    return StorageError(f"The database {where} cannot serve: {cause.rstrip('.')}. {step}", away=step is _START)


def _next_step(fault: BaseException | None, *, lost: bool = False) -> str | None:
    if name := getattr(fault, "sqlite_errorname", None):
        code = name.split("_")[1]
        return _MIGRATE if code == "ERROR" and _UNKNOWN.search(str(fault)) else _SQLITE.get(code)
    if state := getattr(fault, "sqlstate", None):
        return next((_POSTGRESQL[state[:n]] for n in range(5, 1, -1) if state[:n] in _POSTGRESQL), None)
    return _START if lost else None
