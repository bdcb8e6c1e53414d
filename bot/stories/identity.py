"""The rule of story identity, with all its weights in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf, log1p

from bot.model import Article
from bot.stories.account import Account
from bot.stories.addresses import canonical_address
from bot.stories.rarity import Rarity
from bot.stories.words import CONTRARY, MARKET_REPORT

SAME_TITLE_WITHIN = timedelta(days=14)
SAME_EVENT_WITHIN = timedelta(hours=84)

# ---------------------------------------------------------------- weights
# In log-odds: fitted by logistic regression on labelled pairs, then rounded. The penalties were set by hand,
# since labelled pairs of turned events are few and a missed turn silences news.

_NAME_COUNTS = 2.0  # a shared name or acronym is worth two other words of the same rarity
_EVIDENCE = 2.3  # per log(1 + shared rare words): the tenth shared word adds less than the second
_HEADLINE = 1.9  # share of each headline that the other account tells too, both added: 0 to 2
_COPIED = 1.0  # share of the shorter excerpt's neighbouring words found in the other: agency copy
_RELATED = 0.4  # publishers' lists are loose (one link in four is the same news), so a link only tips
_CONTRARY = -4.5  # per contrary stance that only one headline takes: the protest against it is other news
_ANGLE = -2.5  # per other stance that only one headline takes: analysis, statement, court
_RIVAL = -3.0  # each headline has a name, or each a number, that the other account lacks: other firm, place, model
_SUBJECT = -4.0  # two market reports whose headlines differ in a telling word
_CAUTION = -1.6  # times the doubt of the rarity: before enough was read, common words look rare
_BAR = 5.5  # a little above the even point: silenced news is worse than a repeat

_FEWEST_SHARED = 3  # with fewer words of some rarity in common there is no evidence to weigh
_SOME_RARITY = 0.3  # the weight of such a word: in less than a fourteenth of 2,000 texts
_NAME_RARITY = 0.5  # the weight from which a name is a rival and not the place or firm that all news is about


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is 0 or more where evidence decided for "same"; infinite where the address, title or date decided.

    `reason` is one of "same address", "same title", "shared evidence" (same) and "too far apart",
    "another event", "little in common" (not the same).
    """

    same: bool
    score: float
    reason: str


_SAME_ADDRESS = Verdict(same=True, score=inf, reason="same address")
_SAME_TITLE = Verdict(same=True, score=inf, reason="same title")
_FAR_APART = Verdict(same=False, score=-inf, reason="too far apart")
_UNLIKE = Verdict(same=False, score=-inf, reason="little in common")


def same_story(a: Account, b: Account, rarity: Rarity) -> Verdict:
    """Whether a reader told of one would call an alert on the other a repeat; symmetric.

    Where a date is missing only the address can decide.
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
    shared = a.words & b.words
    if len(rarity.rare(shared, _SOME_RARITY)) < _FEWEST_SHARED:
        return _UNLIKE
    likeness = _likeness(a, b, shared, rarity)
    score = likeness + _difference(a, b, rarity)
    if score >= 0:
        return Verdict(same=True, score=score, reason="shared evidence")
    return Verdict(same=False, score=score, reason="another event" if likeness >= 0 else "little in common")


def place(account: Account, founders: Iterable[tuple[int, Account, int | None]], rarity: Rarity) -> int | None:
    """The story an article joins: the strongest one whose founding article is the same news.

    `founders` are (story id, account of the founding article, its quality). None means that the article
    founds a story of its own. Articles that joined a story are never compared with, so that stories do not
    drift or merge.
    """
    rare = rarity.rare(account.words, _SOME_RARITY)  # looked up once: most founders share hardly a word
    matching = [
        (strength(quality, founder.published_at, founder.address), story_id)
        for story_id, founder, quality in founders
        if (
            len(rare & founder.words) >= _FEWEST_SHARED
            or founder.address == account.address
            or founder.title_key == account.title_key
        )
        and same_story(account, founder, rarity).same
    ]
    return min(matching)[1] if matching else None


def strength(quality: int | None, published_at: datetime | None, address: str) -> tuple[float, datetime, str]:
    """A sort key, strongest first: quality (none is weakest), then the earlier date, then the address."""
    return (inf if quality is None else -quality, published_at or datetime.max.replace(tzinfo=UTC), address)


def strength_of(article: Article) -> tuple[float, datetime, str]:
    """The sort key of an article, strongest first."""
    return strength(article.quality, article.published_at, canonical_address(article.url))


# ---------------------------------------------------------------- signals


def _likeness(a: Account, b: Account, shared: frozenset[str], rarity: Rarity) -> float:
    names = a.names | b.names

    def weigh(words: frozenset[str]) -> float:
        return rarity.weigh(words) + (_NAME_COUNTS - 1.0) * rarity.weigh(words & names)

    def told(headline: frozenset[str]) -> float:
        return weigh(headline & shared) / (weigh(headline) or 1.0)

    shorter = min(len(a.phrases), len(b.phrases)) or 1
    return (
        _EVIDENCE * log1p(weigh(shared))
        + _HEADLINE * (told(a.title_words) + told(b.title_words))
        + _COPIED * len(a.phrases & b.phrases) / shorter
        + _RELATED * (a.address in b.related_urls or b.address in a.related_urls)
        + _CAUTION * rarity.doubt
        - _BAR
    )


def _difference(a: Account, b: Account, rarity: Rarity) -> float:
    stances = a.stances ^ b.stances
    contrary = len(stances & CONTRARY)
    only_a, only_b = a.title_words - b.words, b.title_words - a.words
    names = rarity.rare((a.names | b.names) & (only_a | only_b), _NAME_RARITY)
    rival_names = not names.isdisjoint(only_a) and not names.isdisjoint(only_b)
    rival_numbers = _has_number(only_a) and _has_number(only_b)
    serial = MARKET_REPORT in a.stances & b.stances and a.title_words != b.title_words
    return (
        _CONTRARY * contrary
        + _ANGLE * (len(stances) - contrary)
        + _RIVAL * (rival_names + rival_numbers)
        + _SUBJECT * serial
    )


def _has_number(words: Iterable[str]) -> bool:
    return any(not word.isalpha() and any(map(str.isdigit, word)) for word in words)
