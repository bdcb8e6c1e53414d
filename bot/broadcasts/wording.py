"""What the desk reads of a broadcast: its progress, and the receipt at its end. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from bot.broadcasts.progress import Pace, bar, pace, percent, reasons
from bot.messages import Payload
from bot.ports import WORKING, Broadcast, Missed, Stage, Tally
from bot.texts import Texts

LONGEST_PLACE = 60  # characters
_WORD = re.compile(r"[a-z]+")


def receipt(broadcast: Broadcast, tally: Tally, places: Collection[Missed], now: datetime, texts: Texts) -> Payload:
    """What became of it, and where it did not arrive."""
    failed = sum(tally.failed.values()) + tally.uncertain
    seconds = (now - (broadcast.started_at or now)).total_seconds()
    buttons: list[tuple[str, str]] = []
    if broadcast.stage is not Stage.RECALLING and broadcast.payload_id and tally.sent:
        buttons.append(("button-broadcast-recall", f"bc:recall:{broadcast.id}"))
    if failed:
        buttons.append(("button-broadcast-missed", f"bc:missed:{broadcast.id}"))
    lines = [f"{_place(one)}: {in_words(one.reason, texts)}" for one in places]
    if failed > len(lines):
        lines.append("…")
    values: dict[str, str | int] = {
        "id": broadcast.id,
        "title": broadcast.title,
        "sent": tally.sent,
        "failed": failed,
        "minutes": round(seconds / 60),
        "places": "\n".join(lines),
    }
    return Payload(key=f"broadcast-receipt-{broadcast.stage}", values=values, buttons=tuple(buttons))


def _place(missed: Missed) -> str:
    return f"{missed.title} ({missed.address})"[:LONGEST_PLACE] if missed.title else str(missed.address)


def in_words(reason: str, texts: Texts) -> str:
    """Why a copy did not arrive. Reasons that are not ours are words of the platform, and for the file alone."""
    key = "missed-" + "-".join(_WORD.findall(reason.casefold()))
    return texts.plain(key if texts.has(key) else "missed-refused")


def progress(broadcast: Broadcast, tally: Tally, now: datetime, texts: Texts) -> Payload:
    """How far it is, with what can be done about it."""
    total, going = max(broadcast.total, tally.finished), pace(broadcast, tally, now)
    verbs = {Stage.RUNNING: ("pause", "stop"), Stage.PAUSED: ("resume", "stop")}.get(broadcast.stage, ())
    failed = sum(tally.failed.values()) + tally.uncertain
    over = broadcast.stage not in (*WORKING, Stage.PAUSED) or (broadcast.spread and not tally.open)
    values: dict[str, str | int] = {
        "id": broadcast.id,
        "title": broadcast.title,
        "bar": bar(tally.finished, total),
        "percent": percent(tally.finished, total),
        "sent": tally.sent,
        "failed": failed,
        "left": max(total - tally.finished - tally.held, 0),
        "quiet": tally.held,
        "rate": round(going.rate),
        "minutes": _minutes(broadcast, going, tally, total),
        "reasons": reasons(_reasons(tally, texts)),
    }
    key = "broadcast-progress-over" if over else f"broadcast-progress-{broadcast.stage}"
    shown = () if over else tuple((f"button-broadcast-{verb}", f"bc:{verb}:{broadcast.id}") for verb in verbs)
    return Payload(key=key, values=values, buttons=shown)


def _reasons(tally: Tally, texts: Texts) -> Counter[str]:
    found = Counter({texts.plain("missed-no-answer"): tally.uncertain} if tally.uncertain else {})
    for reason, count in tally.failed.items():
        found[in_words(reason, texts)] += count
    return found


def _minutes(broadcast: Broadcast, going: Pace, tally: Tally, total: int) -> int:
    """Until the last that nothing holds.

    -1: not known yet, -2: nothing but what quiet hours hold is left, -3: nothing left since the last look.
    """
    if tally.held and tally.finished + tally.held >= total:
        return -2
    if going.minutes is None:
        return -3 if broadcast.progress_at else -1
    return going.minutes
