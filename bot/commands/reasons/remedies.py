"""What would have had an article told: the smallest change a reader can make, or who else can make one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.commands.reasons.explaining import (
    Case,
    Line,
    explain,
    filtered,
    in_digest,
    in_question,
    judged,
    told_by_itself,
)
from bot.commands.wording import LONGEST_LABEL, name_of, packed, short
from bot.matching import leaves, level
from bot.model import Topic
from bot.preferences import FEWEST_OUTLETS
from bot.texts import Value

OTHERS = {
    "gate-retracted": "who-retracted",
    "gate-draft": "who-draft",
    "gate-stale": "who-stale",
    "gate-no-topics": "who-no-topics",
    "gate-before-you": "who-old",
    "gate-known": "who-old",
}
"""Gates that nothing of the reader's opens, with who can, or what to do instead."""


HELD_BACK = frozenset(
    {"gate-paused", "gate-muted", "gate-exclude", "gate-muted-outlet", "gate-require", "gate-require-any"}
)
"""Closed by what the reader chose beyond topics and bars."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that opens a gate, as a button. `weighs`: the topic and the bar that it sets."""

    key: str
    action: str
    values: Mapping[str, Value] = field(default_factory=dict)
    weighs: tuple[int, int] | None = None


def fixes(case: Case) -> list[Fix]:
    """The smallest changes that would have had the article told; empty where none would."""
    if told_by_itself(case) or case.waits:
        return []
    if case.told is not None:
        return _follow(case)
    found = [_opening(case, line.key) for line in _closed(case)]
    # one gate opened is no help while another stays closed
    return [fix for openings in found for fix in openings] if all(found) else []


def others(case: Case) -> Line | None:
    """Who can change what the reader cannot; None where the reader can, or nothing needs changing."""
    if case.told is not None:
        return None
    return next(
        (Line(key, passed=False, values=line.values) for line in _closed(case) if (key := OTHERS.get(line.key))),
        None,
    )


def _closed(case: Case) -> list[Line]:
    return [line for line in explain(case)[1:] if not line.passed]


def _follow(case: Case) -> list[Fix]:
    """The story was told by another article; who follows it hears of each, unless all of it is held back."""
    reader = case.reader
    stopped = reader.follows or reader.barred or reader.paused or reader.muted or case.parked
    return [] if stopped else [Fix("fix-follow", packed("follow", case.stored.story_id))]


def _opening(case: Case, key: str) -> list[Fix]:
    """The changes that open a closed gate together; empty where the reader has none."""
    if key in HELD_BACK:
        return [] if case.parked else _release(case)
    fix = _fewer_outlets(case) if key == "gate-few-outlets" else _lower(case, key)
    return [fix] if fix else []


def _lower(case: Case, key: str) -> Fix | None:
    """The bar that would have let it pass, of alerts or of the digest, on a topic that is followed or not."""
    window, digest = judged(case).window, in_digest(case).window
    quality = level(case.stored.article.quality)
    bar = min(case.default, quality)
    match key:
        case "gate-below" | "gate-unrated" if window:
            return _bar("fix-lower", case.catalogue.by_id(window.topic_id), quality)
        case "gate-digest" if window:
            return _bar("fix-alerts", case.catalogue.by_id(window.topic_id), quality)
        case "gate-below-digest" | "gate-unrated" if digest:
            topic = case.catalogue.by_id(digest.topic_id)
            return Fix(
                "fix-lower", packed("set", topic.id, None, quality), {"topic": name_of(topic), "bar": quality}
            )
        case "gate-digest-only" if silent := in_question(case):
            return _bar("fix-alerts", case.catalogue.by_id(silent.topic_id), bar)
        case "gate-no-topic" | "gate-nothing-followed":
            found = leaves(case.stored.article.topics, case.catalogue)
            key = "button-subscribe-to" if bar == case.default else "fix-subscribe"
            return _bar(key, found[0], bar) if found else None
    return None


def _fewer_outlets(case: Case) -> Fix | None:
    window = judged(case).window
    if window is None:
        return None
    topic = case.catalogue.by_id(window.topic_id)
    if case.outlets < FEWEST_OUTLETS:
        return _bar("fix-alerts", topic, level(case.stored.article.quality))
    values: dict[str, Value] = {"topic": name_of(topic), "outlets": case.outlets}
    return Fix("fix-outlets", packed("wait", topic.id, case.outlets), values)


def _bar(key: str, topic: Topic, bar: int) -> Fix:
    return Fix(key, packed("set", topic.id, bar), {"topic": name_of(topic), "bar": bar}, (topic.id, bar))


def _release(case: Case) -> list[Fix]:
    """Undo all of the reader's own that holds the article back, whichever of it the gate names."""
    found = []
    if case.reader.paused:
        found.append(Fix("button-resume", "/resume"))
    if case.reader.muted:
        found.append(Fix("button-unmute", packed("unmute", case.stored.story_id)))
    kinds = {"exclude": "fix-exclude", "muted": "fix-outlet", "require": "fix-require"}
    for one in filtered(case):
        entry = short(one.hold.entry, LONGEST_LABEL)
        found.append(Fix(kinds[one.hold.kind], one.release, {"entry": entry}))
    return found
