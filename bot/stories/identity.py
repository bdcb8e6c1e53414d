"""The rule of story identity, with all its weights in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log1p

from bot.stories.account import Account
from bot.stories.rarity import Rarity
from bot.stories.words import CONTRARY, MARKET_REPORT

SAME_TITLE_WITHIN = timedelta(days=14)
SAME_EVENT_WITHIN = timedelta(hours=84)

# ---------------------------------------------------------------- weights
# Fitted by logistic regression on labelled pairs, then rounded; the signs were given. In units of log-odds.

_NAME_COUNTS = 2.0  # a shared name or acronym is worth two other words of the same rarity
_EVIDENCE = 2.3  # per log(1 + shared rare words): the tenth shared word adds less than the second
_HEADLINE = 1.9  # share of each headline that the other account tells too, both added: 0 to 2
_COPIED = 1.0  # share of the shorter excerpt's neighbouring words found in the other: agency copy
_RELATED = 0.4  # publishers' lists are loose (one link in four is the same news), so a link only tips
_CONTRARY = -4.5  # per contrary stance that only one headline takes: the protest against it is other news
_ANGLE = -2.5  # per other stance that only one headline takes: analysis, statement, court
_RIVAL = (
    -3.0
)  # each headline has a name, or each a number, that the other account lacks: another firm, place, model
_RARE = 0.5  # the least weight of a name that can be a rival
_SUBJECT = -4.0  # two market reports whose headlines differ in a telling word
_CAUTION = 1.0  # while the background stands in for articles, see `Rarity.doubt`: common words look rare then
_BAR = 5.6  # a little above the even point: silenced news is worse than a repeat


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0 or more where evidence decided for "same"; infinite where the address or title did.

    `reason` is one of "same address", "same title", "shared evidence" (same) and "too far apart",
    "another event", "little in common" (not the same).
    """

    same: bool
    score: float
    reason: str


_SAME_ADDRESS = Verdict(same=True, score=float("inf"), reason="same address")
_SAME_TITLE = Verdict(same=True, score=float("inf"), reason="same title")
_FAR_APART = Verdict(same=False, score=float("-inf"), reason="too far apart")


def same_story(a: Account, b: Account, rarity: Rarity) -> Verdict:
    """Whether a reader told of one would call an alert on the other a repeat; symmetric.

    Without a date on both sides only the address can decide.
    """
    if a.address and a.address == b.address:
        return _SAME_ADDRESS
    if a.published_at is None or b.published_at is None:
        return _FAR_APART
    apart = abs(a.published_at - b.published_at)
    if a.title_key and a.title_key == b.title_key and apart <= SAME_TITLE_WITHIN:
        return _SAME_TITLE
    if apart > SAME_EVENT_WITHIN:
        return _FAR_APART
    alike, apart_by = _likeness(a, b, rarity), _difference(a, b, rarity)
    if alike + apart_by >= 0:
        return Verdict(same=True, score=alike + apart_by, reason="shared evidence")
    return Verdict(same=False, score=alike + apart_by, reason="another event" if alike >= 0 else "little in common")


def place(account: Account, founders: Iterable[tuple[int, Account, int | None]], rarity: Rarity) -> int | None:
    """The story an article joins: the strongest one whose founding article is the same news.

    `founders` are (story id, account of the founding article, its quality). None means that the article
    founds a story of its own. Joined articles are never compared with, so that stories do not drift or merge.
    """
    matching = [founder for founder in founders if same_story(account, founder[1], rarity).same]
    if not matching:
        return None
    return min(matching, key=lambda founder: strength(founder[2], founder[1].published_at, founder[1].address))[0]


def strength(quality: int | None, published_at: datetime | None, address: str) -> tuple[float, datetime, str]:
    """A sort key, strongest first: quality (none is weakest), then the earlier date, then the address."""
    rated = float("inf") if quality is None else -quality
    return (rated, published_at or datetime.max.replace(tzinfo=UTC), address)


# ---------------------------------------------------------------- signals


def _likeness(a: Account, b: Account, rarity: Rarity) -> float:
    shared = a.words & b.words
    names = a.names | b.names

    def weigh(words: Iterable[str]) -> float:
        return sum(rarity.weight(word) * (_NAME_COUNTS if word in names else 1.0) for word in words)

    def told(headline: frozenset[str]) -> float:
        return weigh(headline & shared) / (weigh(headline) or 1.0)

    fewer = min(len(a.phrases), len(b.phrases)) or 1
    return (
        _EVIDENCE * log1p(weigh(shared))
        + _HEADLINE * (told(a.title_words) + told(b.title_words))
        + _COPIED * len(a.phrases & b.phrases) / fewer
        + _RELATED * (a.address in b.related_urls or b.address in a.related_urls)
        - _CAUTION * rarity.doubt
        - _BAR
    )


def _difference(a: Account, b: Account, rarity: Rarity) -> float:
    stances = a.stances ^ b.stances
    contrary = len(stances & CONTRARY)
    only_a, only_b = a.title_words - b.words, b.title_words - a.words
    names = frozenset(word for word in a.names | b.names if rarity.weight(word) > _RARE)
    rivals = (not names.isdisjoint(only_a) and not names.isdisjoint(only_b)) + (
        _has_number(only_a) and _has_number(only_b)
    )
    serial = MARKET_REPORT in a.stances & b.stances and a.title_words != b.title_words
    return _CONTRARY * contrary + _ANGLE * (len(stances) - contrary) + _RIVAL * rivals + _SUBJECT * serial


def _has_number(words: Iterable[str]) -> bool:
    return any(not word.isalpha() and any(map(str.isdigit, word)) for word in words)
