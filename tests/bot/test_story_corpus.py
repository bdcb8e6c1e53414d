"""Story identity on pairs of real articles, labelled by hand."""

from __future__ import annotations

import json
import lzma
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from bot.stories import Account, Rarity, canonical_address, place, same_story, strength

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "ai-2020"
LINK = re.compile(r"^( *)(?:- )?sourceUrl: (.+?)\r?$", re.MULTILINE)
LABELS = {"same": True, "different": False}  # and "unsure", left out


@dataclass(frozen=True, slots=True)
class Corpus:
    pairs: list[tuple[Account, Account, bool]]  # and whether they are the same story
    accounts: list[Account]  # of all articles and related items that were read
    rarity: Rarity


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    if not CORPUS.is_dir():
        pytest.skip("../shared/corpus is absent")
    labelled = json.loads((CORPUS / "story-pairs.json").read_text("utf-8"))["pairs"]
    related, texts = _history()
    entries = {entry["sourceUrl"]: entry for text in texts for entry in _entries(text)}

    def account(side: dict[str, str]) -> Account:
        # Two related items stand in no recorded version; of them only title, address and date are known.
        excerpt = entries.get(side["url"], {}).get("excerpt", "")
        published = datetime.fromisoformat(side["date"])
        return Account(side["title"], excerpt, side["url"], published, related.get(side["url"], frozenset()))

    read = [
        Account(
            e["title"], e["excerpt"], e["sourceUrl"], _aware(e["publishedDateTime"]), related.get(url, frozenset())
        )
        for url, e in entries.items()
    ]
    pairs = [(account(p["a"]), account(p["b"]), LABELS[p["label"]]) for p in labelled if p["label"] in LABELS]
    return Corpus(pairs, read, Rarity.of(read))


def _history() -> tuple[dict[str, frozenset[str]], list[str]]:
    """What each article ever listed as related, and so many versions that every address is in one of them."""
    related: dict[str, frozenset[str]] = {}
    texts: list[str] = []
    covered: set[str] = set()
    with lzma.open(CORPUS / "history.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for text in (file["text"] for file in json.loads(line)["files"] if file["op"] != "D"):
                own, *others = (url for _, url in LINK.findall(text))
                related[own] = related.get(own, frozenset()).union(map(canonical_address, others))
                if not covered.issuperset((own, *others)):
                    covered.update((own, *others))
                    texts.append(text)
    return related, texts


def _entries(text: str) -> Iterator[dict[str, Any]]:
    article: dict[str, Any] = dict(frontmatter.loads(text).metadata)
    yield article
    yield from article.get("related") or ()


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def test_labelled_pairs_reach_precision_and_recall(corpus: Corpus) -> None:
    found = [same for a, b, same in corpus.pairs if same_story(a, b, corpus.rarity).same]
    same = sum(same for _, _, same in corpus.pairs)
    print(f"\n{len(corpus.pairs)} labelled pairs: precision {sum(found) / len(found):.3f},", end=" ")
    print(f"recall {sum(found) / same:.3f}")
    assert sum(found) / len(found) >= 0.95
    assert sum(found) / same >= 0.7


def test_an_installation_that_has_read_nothing_is_as_precise(corpus: Corpus) -> None:
    found = [same for a, b, same in corpus.pairs if same_story(a, b, Rarity.of(())).same]
    same = sum(same for _, _, same in corpus.pairs)
    print(f"\nwith nothing read: precision {sum(found) / len(found):.3f}, recall {sum(found) / same:.3f}")
    assert sum(found) / len(found) >= 0.95
    assert sum(found) / same >= 0.7


def test_placing_finds_the_strongest_match_of_the_rule(corpus: Corpus) -> None:
    founders = [(n, account, n % 7 or None) for n, account in enumerate(corpus.accounts)]
    spent = 0.0
    for n in range(0, len(founders), 10):
        newcomer, others = founders[n][1], founders[:n] + founders[n + 1 :]
        matching = [f for f in others if same_story(newcomer, f[1], corpus.rarity).same]
        expected = min(matching, key=lambda f: strength(f[2], f[1].published_at, f[1].address), default=(None,))[0]
        begun = time.perf_counter()
        assert place(newcomer, others, corpus.rarity) == expected
        spent += time.perf_counter() - begun
    print(f"\nplaced among {len(founders)} founders in {spent / (len(founders) / 10) * 1000:.2f} ms")
