"""The command line: parse, call, print, exit code. 0 done, 1 failed with a message, 2 wrong usage."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import __version__
from bot.cli import broadcasts
from bot.cli.broadcasts import moment
from bot.errors import SettingsError, TopicwireError, UsageError

MOST_LISTED = 10_000
WIDEST = 80  # characters of a title in a list

Run = Callable[[argparse.Namespace], Coroutine[Any, Any, int]]


def main() -> None:
    """Entry of `topicwire` and `python -m bot`."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Carry out one command line; returns its exit code. Faults are printed to stderr in plain words."""
    options = parser().parse_args(arguments)
    try:
        run: Run = options.run
        return asyncio.run(run(options))
    except UsageError as fault:
        print(f"topicwire: {fault}", file=sys.stderr)
        return 2
    except SettingsError as fault:
        print("Topicwire cannot start with these settings:", file=sys.stderr)
        for problem in fault.problems:
            print(f"  - {problem}", file=sys.stderr)
        return 1
    except TopicwireError as fault:
        print(f"topicwire: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command and option, with the help a stranger needs."""
    top = argparse.ArgumentParser(
        prog="topicwire",
        description="A self-hosted chat bot that delivers topic alerts with their related coverage.",
        epilog="Settings come from the environment and .env; .env.example explains each. "
        "With none set, `topicwire run` shows a demo on http://127.0.0.1:8080.",
    )
    top.add_argument("--version", action="version", version=f"topicwire {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        return command

    add("run", _run, "Watch the sources, talk, and deliver, until stopped.")
    add("check", _check, "Look over settings, database, sources and tokens, and say what to do about each fault.")
    ingest = add("ingest", _ingest, "Take in a folder once and print a verdict for each file that changed.")
    ingest.add_argument("path", type=Path, metavar="PATH", help="the folder of articles")
    ingest.add_argument(
        "--now", type=moment, metavar="ISO", help="the time to judge by, for example 2020-01-05T12:00Z"
    )
    ingest.add_argument("--dry-run", action="store_true", help="print the verdicts and change nothing")
    why = add("why", _why, "Explain why an article was or was not told to a destination.")
    why.add_argument("article", metavar="ARTICLE", help="its link, title, or path in the source")
    why.add_argument("destination", metavar="DESTINATION", help="for example telegram:12345 or web:anna")
    preview = add("preview", _preview, "Show an article as a platform would get it.")
    preview.add_argument(
        "article", metavar="ARTICLE", help="a file, or the link, title or path of a stored article"
    )
    preview.add_argument("--platform", choices=("telegram", "discord", "web"), default="telegram")
    broadcasts.declare(add)
    add("stats", _stats, "Print figures as JSON: destinations, queue, sources and refused files.")
    sent = add("deliveries", _deliveries, "List what was sent to a destination, or was not, and why.")
    sent.add_argument("--destination", required=True, metavar="DESTINATION", help="for example telegram:12345")
    sent.add_argument("--limit", type=_count, default=20, metavar="N", help="how many, the newest first; 20")
    sent.add_argument("--json", action="store_true", help="as JSON, with all that is known of each")
    migrate = add("migrate", _migrate, "Bring the database to this version; a SQLite file is copied first.")
    migrate.add_argument(
        "--from",
        dest="source",
        metavar="URL",
        help="and bring in all that is in another database; this one must be empty",
    )
    add("export", _export, "Print all subscriptions as JSON.")
    bring = add("import", _import, "Take in an export; its destinations are active at once.")
    bring.add_argument("file", metavar="FILE", help="the export, or - for standard input")
    return top


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= MOST_LISTED:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST_LISTED}")
    return int(text)


# Each command imports what it needs: `topicwire --help` must not wait for a web framework.


async def _run(_options: argparse.Namespace) -> int:
    from bot import logs, runner  # noqa: PLC0415
    from bot.bootstrap import application  # noqa: PLC0415
    from bot.config import load_settings  # noqa: PLC0415

    settings = load_settings()
    secrets = [s.get_secret_value() for s in (*settings.tokens, settings.web_password) if s]
    logs.configure(settings.log_level, settings.log_format, secrets=tuple(secrets))
    stop = asyncio.Event()
    runner.stop_on_signals(stop)
    async with application(settings) as app:
        await runner.run(app, stop)
    return 0


async def _check(_options: argparse.Namespace) -> int:
    from bot.check import check  # noqa: PLC0415
    from bot.config import load_settings  # noqa: PLC0415

    faults = 0
    async for finding in check(load_settings()):
        faults += finding.mark == "fault"
        print(f"{finding.mark:8} {finding.text}")
    print("\nAll good." if not faults else f"\n{faults} to mend.")
    return 1 if faults else 0


async def _ingest(options: argparse.Namespace) -> int:
    from bot.offline import ingest_folder  # noqa: PLC0415

    if not options.path.is_dir():
        raise UsageError(f"{options.path} is no folder. Name the folder that holds the articles.")
    report = await ingest_folder(options.path, now=options.now, dry_run=options.dry_run)
    if report.baseline:
        print("First look at this folder: what is there is known, not owed.", file=sys.stderr)
    width = max((len(verdict.verdict) for verdict in report.verdicts), default=0)
    for verdict in report.verdicts:
        print(f"{verdict.verdict:{width}}  {verdict.path}  {verdict.detail}".rstrip())
    if not report.verdicts:
        print("Nothing changed since the last look.", file=sys.stderr)
    return 0


async def _why(options: argparse.Namespace) -> int:
    from bot.offline import why  # noqa: PLC0415

    print(await why(options.article, options.destination))
    return 0


async def _preview(options: argparse.Namespace) -> int:
    from bot.offline import preview  # noqa: PLC0415

    print(await preview(options.article, options.platform))
    return 0


async def _stats(_options: argparse.Namespace) -> int:
    from bot.offline import database  # noqa: PLC0415
    from bot.reports import stats  # noqa: PLC0415

    async with database() as storage:
        _print_json(await stats(storage))
    return 0


async def _deliveries(options: argparse.Namespace) -> int:
    from bot.offline import database  # noqa: PLC0415
    from bot.reports import address_of, deliveries  # noqa: PLC0415

    address = address_of(options.destination)
    async with database() as storage:
        found = await deliveries(storage, address, options.limit)
    if options.json:
        _print_json(found)
        return 0
    if not found:
        print("Nothing was ever owed to this destination, or it is pruned.", file=sys.stderr)
    else:
        print(f"{'when (UTC)':19}  {'kind':9}  {'state':9}  what")
    for one in found:
        print(_row(one))
    return 0


def _row(delivery: dict[str, Any]) -> str:
    """A delivery on one line: when it was sent or given up, or since when it is owed; and the reason, if any."""
    when = (delivery["done_at"] or delivery["owed_at"])[:19].replace("T", " ")
    reason = f"  ({delivery['reason']})" if delivery["reason"] else ""
    what = " ".join(delivery["what"].split())
    what = what if len(what) <= WIDEST else what[: WIDEST - 1] + "…"
    return f"{when}  {delivery['kind']:9}  {delivery['state']:9}  {what}{reason}"


async def _migrate(options: argparse.Namespace) -> int:
    from bot.offline import bring, database  # noqa: PLC0415

    if options.source:
        copied = await bring(options.source)
        print("\n".join(f"{name:15} {count:>9}" for name, count in sorted(copied.items())))
        print(f"Everything was brought in: {sum(copied.values())} rows.")
        return 0
    async with database(migrate=False) as storage:
        copy = await storage.migrate()
    print(f"The database is up to date. The file before: {copy}" if copy else "The database is up to date.")
    return 0


async def _export(_options: argparse.Namespace) -> int:
    from bot.offline import database  # noqa: PLC0415
    from bot.reports import export  # noqa: PLC0415

    async with database() as storage:
        _print_json(await export(storage))
    return 0


async def _import(options: argparse.Namespace) -> int:
    from bot.config import load_settings  # noqa: PLC0415
    from bot.offline import database  # noqa: PLC0415
    from bot.reports import import_  # noqa: PLC0415

    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8-sig")  # noqa: ASYNC240
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{options.file} cannot be read: {fault}.") from None
    settings = load_settings()
    async with database() as storage:
        destinations, subscriptions = await import_(
            storage,
            text,
            datetime.now(UTC),
            digest_minute=settings.digest_minute,
            let_in=settings.access == "allow",
        )
    print(f"Imported: destinations {destinations}, subscriptions {subscriptions}.")
    return 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))
