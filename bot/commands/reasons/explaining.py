"""Why a chat was told an article, or was not: the gates in their order. Pure.

Matching itself is that of `bot.matching`; an article is judged here as if it had just arrived, which tells what
kept it away, or that only its age did: what was known before is never sent afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.commands.reasons.holding import Held, held
from bot.commands.wording import LONGEST_NAME, listed_names, name_of, short, title_of
from bot.filters import subject_of
from bot.matching import (
    Criteria,
    Gate,
    Measure,
    Reader,
    Verdict,
    Window,
    deciding,
    fresh,
    judge,
    level,
    outlet_windows,
    sendable,
    windows,
)
from bot.model import Kind, State, StoredArticle
from bot.ports import Carrier
from bot.stories import strength_of
from bot.texts import Value, code
from bot.topics import Catalogue

WHATEVER_THE_BAR: Mapping[Kind | None, str] = {
    Kind.BROADCAST: "why-told-broadcast",
    Kind.FOLLOW: "why-told-follow",
}
"""Messages that come for another reason than a bar, with the sentence that says so."""

UNSENT = frozenset({State.PENDING, State.LEASED, State.PARKED})


@dataclass(frozen=True, slots=True)
class Case:
    """One article, one chat, and what decides between them.

    `told` is when the chat was told the story and by which article, `carrier` the message that does it; `since` is
    when each subscription was made, by topic id; `default` is the bar of a subscription made without one; `outlets`
    carry the story now.
    """

    stored: StoredArticle
    reader: Reader
    catalogue: Catalogue
    now: datetime
    fresh_hours: float
    published_only: bool
    default: int
    told: tuple[datetime, StoredArticle] | None = None
    siblings: tuple[StoredArticle, ...] = ()
    since: Mapping[int, datetime] = field(default_factory=dict)
    parked: str | None = None
    chat: str = ""  # as its admission is decided about
    banned: bool = False  # where it is barred: by a ban, not for want of an invitation
    outlets: int = 1
    carrier: Carrier | None = None
    digest_bars: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """The story is owed, and counts as told, but nobody has seen it yet."""
        return self.told is not None and self.carrier is not None and self.carrier.state in UNSENT


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an explanation: a catalogue key with its values; a gate is open (`passed`) or not.

    A value that is a datetime is a point in time where its name is `at`, else a time ago.
    """

    key: str
    passed: bool
    values: Mapping[str, Value | datetime] = field(default_factory=dict)


def explain(case: Case) -> list[Line]:
    """The verdict in one sentence, then the gates in the order in which they are met."""
    gates = [_readable(case), _fresh(case), _bar(case), _quiet(case), _untold(case), _strongest(case)]
    if case.told is None and all(line.passed for line in gates):
        gates[2] = _known_before(case)
    gates.append(_guard(case))
    return [_verdict(case, gates), *gates]


def judged(case: Case, stored: StoredArticle | None = None) -> Verdict:
    """Gate 3 for an article that arrives now."""
    return judge(criteria_of(case, stored or case.stored), Reader(case.reader.bars, outlets=case.reader.outlets))


def criteria_of(case: Case, stored: StoredArticle) -> Criteria:
    """The article as if it had just arrived."""
    article = stored.article
    found = windows(article, case.catalogue, best_before=None)
    found += outlet_windows(article.topics, case.catalogue, best_before=0, now=case.outlets)
    return Criteria(stored.id, stored.story_id, found, subject_of(article))


# ---------------------------------------------------------------- the gates


def _readable(case: Case) -> Line:
    gate = sendable(case.stored.article, published_only=case.published_only)
    keys = {Gate.RETRACTED: "gate-retracted", Gate.DRAFT: "gate-draft"}
    return Line(keys[gate], passed=False) if gate else Line("gate-readable", passed=True)


def _fresh(case: Case) -> Line:
    """Judged at the moment it came here: a story does not become stale in hindsight."""
    dated = case.stored.article.published_at or case.stored.first_seen_at
    hours = round(case.fresh_hours)
    if fresh(dated, case.now, case.fresh_hours) is Gate.WAITING:
        return Line("gate-waiting", passed=False, values={"at": dated})
    if fresh(dated, max(case.stored.first_seen_at, dated), case.fresh_hours) is Gate.STALE:
        return Line("gate-stale", passed=False, values={"ago": dated, "hours": hours})
    return Line(
        "gate-fresh" if case.fresh_hours else "gate-any-age", passed=True, values={"ago": dated, "hours": hours}
    )


def _bar(case: Case) -> Line:
    verdict = judged(case)
    if verdict.window is None or verdict.bar is None:
        return _no_subscription(case)
    article = case.stored.article
    values: dict[str, Value | datetime] = {
        "topic": name_of(case.catalogue.by_id(verdict.window.topic_id)),
        "quality": level(article.quality),
        "bar": verdict.bar,
        "outlets": case.outlets,
    }
    if verdict.window.measure is Measure.OUTLETS:
        return Line("gate-few-outlets" if verdict.gate else "gate-outlets", verdict.gate is None, values)
    if verdict.gate is None:
        return Line("gate-any" if verdict.bar == 0 else "gate-clears", passed=True, values=values)
    digest = in_digest(case)
    if digest.bar is not None and digest.gate is None:
        return Line("gate-digest", passed=told_by_itself(case), values={**values, "digest": digest.bar})
    return Line("gate-unrated" if article.quality is None else "gate-below", passed=False, values=values)


def _no_subscription(case: Case) -> Line:
    names = listed_names(case.stored.article.topics)
    if not case.stored.article.topics:
        return Line("gate-no-topics", passed=False)
    if not case.reader.bars:
        return Line("gate-nothing-followed", passed=False, values={"topics": names})
    window = in_question(case)
    if window is None:
        return Line("gate-no-topic", passed=False, values={"topics": names})
    digest, quality = in_digest(case), case.stored.article.quality
    values: dict[str, Value | datetime] = {
        "topic": name_of(case.catalogue.by_id(window.topic_id)),
        "quality": level(quality),
        "bar": digest.bar or 0,
        "digest": digest.bar or 0,
    }
    if digest.gate is Gate.BELOW_BAR:
        return Line("gate-unrated" if quality is None else "gate-below-digest", passed=False, values=values)
    return Line("gate-digest-only", passed=told_by_itself(case), values=values)


def in_digest(case: Case) -> Verdict:
    """Gate 3 by the bars of the digest."""
    return judge(criteria_of(case, case.stored), Reader(case.digest_bars))


def in_question(case: Case) -> Window | None:
    """The window whose bar decides, or would if it had one; None where no topic of the article is followed."""
    if (window := judged(case).window or in_digest(case).window) is not None:
        return window
    silent = deciding(criteria_of(case, case.stored), case.reader.bars)
    return silent[0][0] if silent else None


def filtered(case: Case) -> list[Held]:
    """All that the chat's filters keep the article for."""
    window = in_question(case)
    return held(criteria_of(case, case.stored), case.reader, window.topic_id if window else 0)


def _known_before(case: Case) -> Line:
    """Every gate is open and yet it was not told: nothing about it was new when it could have been."""
    window = judged(case).window
    topic = case.catalogue.by_id(window.topic_id) if window else None
    made = case.since.get(topic.id) if topic else None
    seen = case.stored.first_seen_at
    if topic and made and seen < made:
        return Line("gate-before-you", passed=False, values={"topic": name_of(topic), "ago": seen})
    return Line("gate-known", passed=False, values={"ago": seen})


def _quiet(case: Case) -> Line:
    if told_by_itself(case):
        return Line("gate-quiet-then", passed=True)
    if case.reader.barred:
        key = "gate-banned" if case.banned else "gate-uninvited"
        return Line(key, passed=False, values={"order": code(f"/allow {case.chat}")})
    if case.reader.paused:
        return Line("gate-paused", passed=False)
    if case.reader.muted:
        return Line("gate-muted", passed=False)
    if found := filtered(case):
        hold = found[0].hold
        keys = {"exclude": "gate-exclude", "muted": "gate-muted-outlet", "require": "gate-require"}
        key = keys[hold.kind] if hold.entry else "gate-require-any"
        return Line(key, passed=False, values={"entry": short(hold.entry, LONGEST_NAME)})
    if case.parked:
        return Line("gate-parked", passed=False, values={"reason": case.parked})
    if case.waits and case.carrier and case.carrier.kind in (Kind.ALERT, Kind.FOLLOW) and case.carrier.due_at:
        return Line("gate-held", passed=False, values={"at": case.carrier.due_at})
    return Line("gate-quiet", passed=True)


def _untold(case: Case) -> Line:
    if case.told is None:
        return Line("gate-untold", passed=True)
    at, by = case.told
    if case.waits:
        return Line("gate-owed", passed=True, values={"ago": at})
    if by.id == case.stored.id:
        return Line("gate-told", passed=True, values={"ago": at})
    return Line("gate-same-story", passed=False, values={"title": title_of(by.article), "ago": at, "at": at})


def _strongest(case: Case) -> Line:
    if told_by_itself(case) or case.waits or not case.siblings:
        return Line(
            "gate-strongest" if case.siblings else "gate-alone", passed=True, values={"count": len(case.siblings)}
        )
    own = strength_of(case.stored.article)
    stronger = [s for s in case.siblings if strength_of(s.article) < own and _competes(case, s)]
    if not stronger:
        return Line("gate-strongest", passed=True, values={"count": len(case.siblings)})
    leader = min(stronger, key=lambda s: strength_of(s.article))
    values: dict[str, Value | datetime] = {
        "title": title_of(leader.article),
        "quality": level(leader.article.quality),
    }
    return Line("gate-weaker", passed=False, values=values)


def _guard(case: Case) -> Line:
    if case.waits and case.carrier and case.carrier.kind is None:
        return Line("gate-flood", passed=False)
    return Line("gate-guard", passed=True)


def _competes(case: Case, stored: StoredArticle) -> bool:
    return (
        sendable(stored.article, published_only=case.published_only) is None and judged(case, stored).gate is None
    )


# ---------------------------------------------------------------- the verdict


def told_by_itself(case: Case) -> bool:
    """Whether it was this very article that the chat was told."""
    return case.told is not None and case.told[1].id == case.stored.id and not case.waits


def _verdict(case: Case, gates: list[Line]) -> Line:
    if case.waits:
        holds = next((line for line in gates[3:] if not line.passed), Line("why-owed", passed=False))
        return Line(holds.key.replace("gate", "why", 1), passed=False, values=holds.values)
    if case.told is not None and told_by_itself(case):
        kind = case.carrier.kind if case.carrier else None
        if kind in WHATEVER_THE_BAR:
            return Line(WHATEVER_THE_BAR[kind], passed=True, values={"at": case.told[0]})
        bar = gates[2]
        keys = {"gate-clears": "why-told-because", "gate-any": "why-told-any", "gate-outlets": "why-told-outlets"}
        keys |= dict.fromkeys(("gate-digest", "gate-digest-only"), "why-told-digest")
        return Line(keys.get(bar.key, "why-told"), passed=True, values={"at": case.told[0], **bar.values})
    closed = [line for line in gates if not line.passed]
    decisive = next((line for line in closed if line.key == "gate-same-story"), closed[0])
    return Line(decisive.key.replace("gate", "why", 1), passed=False, values=decisive.values)
