"""`topicwire broadcast` and `topicwire broadcasts`: the editors' desk for operators and scripts."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.errors import UsageError

if TYPE_CHECKING:  # each command imports what it needs: `topicwire --help` must not wait for a database
    from bot.posting import Report

Run = Callable[[argparse.Namespace], Coroutine[Any, Any, int]]
Add = Callable[[str, Run, str], argparse.ArgumentParser]

ACTS = ("pause", "resume", "stop", "cancel", "recall")


def declare(add: Add) -> None:
    """Both commands with their options."""
    send = add("broadcast", _broadcast, "Send a stored article, however old, to many.")
    send.add_argument("article", metavar="ARTICLE", help="its link, title, or path in the source")
    audience = send.add_mutually_exclusive_group(required=True)
    audience.add_argument(
        "--topic",
        action="append",
        default=[],
        metavar="T",
        help="to those who follow it or a topic below it; repeatable",
    )
    audience.add_argument("--all", action="store_true", help="to everyone")
    send.add_argument(
        "--platform",
        action="append",
        default=[],
        choices=("telegram", "discord", "web"),
        help="there alone; repeatable",
    )
    send.add_argument(
        "--language", action="append", default=[], metavar="L", help="to chats in it alone, as in es; repeatable"
    )
    send.add_argument("--again", action="store_true", help="also to those who know the story")
    send.add_argument("--urgent", action="store_true", help="quiet hours do not hold it")
    send.add_argument("--at", type=moment, metavar="ISO", help="send it then, for example 2026-12-01T18:30Z")
    send.add_argument("--dry-run", action="store_true", help="count whom it reaches and send nothing")
    send.add_argument("--yes", action="store_true", help="do not ask, however many it reaches")
    send.add_argument("--json", action="store_true", help="print the figures as JSON")
    desk = add("broadcasts", _broadcasts, "List what was sent to many, look at one, and change it.")
    desk.add_argument("number", nargs="?", type=_number, metavar="NUMBER", help="that one alone")
    desk.add_argument("act", nargs="?", choices=ACTS, metavar="ACT", help=f"what to do: {', '.join(ACTS)}")
    desk.add_argument("--yes", action="store_true", help="do not ask before copies are taken back")
    desk.add_argument("--json", action="store_true", help="as JSON, with the trail and the places that were missed")


def moment(text: str) -> datetime:
    """An ISO time; one without a zone is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO time; write 2020-01-05T12:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):  # noqa: PLR2004 - an id of ours
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a broadcast; `topicwire broadcasts` lists them")
    return int(text)


async def _broadcast(options: argparse.Namespace) -> int:
    from bot.offline import database, rates  # noqa: PLC0415
    from bot.posting import THRESHOLD, audience, count, post, words  # noqa: PLC0415

    now = datetime.now(UTC)
    if options.at and options.at <= now:
        raise UsageError(
            f"--at {options.at.isoformat()} is over already. Name a later time, or none to send it now."
        )
    async with database() as storage:
        target = await audience(
            storage, options.topic, options.platform, options.language, again=options.again, urgent=options.urgent
        )
        order = await count(storage, options.article, target, now)
        recipients, number = order.radius.recipients, None
        figures = words(order, rates())
        print(figures, file=sys.stderr if options.json else sys.stdout)
        if not options.dry_run:
            if not recipients:
                raise UsageError("Nobody would get it now, so nothing is sent. Choose another audience.")
            many = recipients >= THRESHOLD and not options.yes
            if many and not await _typed("SEND", f"send it to {recipients} chats"):
                print("Not sent.", file=sys.stderr)
                return 1
            number = await post(storage, order, at=options.at)
    if options.json:
        _print_json({"broadcast": number, **order.figures(rates())})
    if number is not None:
        begun = f"is planned for {options.at.isoformat()}" if options.at else "has begun"
        print(f"Broadcast {number} {begun}; `topicwire run` sends it.", file=sys.stderr)
    return 0


async def _broadcasts(options: argparse.Namespace) -> int:
    from bot.offline import database  # noqa: PLC0415
    from bot.posting import act, copies, listed, report  # noqa: PLC0415

    async with database() as storage:
        if options.number is None:
            return _list(await listed(storage), as_json=options.json)
        if options.act == "recall" and not options.yes:
            standing = await copies(storage, options.number)
            if not await _typed("RECALL", f"take back {standing} messages"):
                print("Not taken back.", file=sys.stderr)
                return 1
        if options.act:
            await act(storage, options.number, options.act, datetime.now(UTC))
        one = await report(storage, options.number)
    if options.json:
        _print_json(one.figures())
    else:
        print("\n".join([one.line, *one.lines]))
    return 0


def _list(found: Sequence[Report], *, as_json: bool) -> int:
    if as_json:
        _print_json([one.figures() for one in found])
    elif found:
        print("\n".join(one.line for one in found))
    else:
        print("Nothing was sent to many yet.", file=sys.stderr)
    return 0


async def _typed(word: str, what: str) -> bool:
    print(f"Type {word} to {what}: ", end="", file=sys.stderr, flush=True)
    said: str = await asyncio.to_thread(sys.stdin.readline)
    return said.strip().casefold() == word.casefold()


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))
