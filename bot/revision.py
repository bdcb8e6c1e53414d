"""Cards that were sent are drawn anew when their stories have gained real weight.

Whoever got the card finds it changed where it stands: no message, no sound. What is gained is decided in
`bot/living.py`; who gets it is decided where it is written, in the transaction of the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.cards import card_of
from bot.living import MOST_EDITS, RECENT, Weight, gained
from bot.matching import level, sendable
from bot.messages import Payload
from bot.model import StoredArticle
from bot.ports import LivingCard, Work
from bot.related import carriers
from bot.stories import strength_of
from bot.topics import Catalogue
from bot.verdicts import Judged


async def revise(
    work: Work, judged: Sequence[Judged], catalogue: Catalogue, *, published_only: bool, now: datetime
) -> int:
    """Owe what follows for cards that were sent from what a batch brought to their stories; returns how many."""
    touched = {one.stored.story_id for one in judged if one.stored is not None and one.counts}
    if not touched:
        return 0
    changed = 0
    members: dict[int, list[StoredArticle]] = {}
    for card in await work.living.of(touched, since=now - RECENT, most_edits=MOST_EDITS):
        if card.story_id not in members:
            found = await work.articles.of_story(card.story_id)
            members[card.story_id] = [
                one for one in found if sendable(one.article, published_only=published_only) is None
            ]
        changed += await _revise(work, card, members[card.story_id], catalogue, now)
    return changed


async def _revise(
    work: Work, card: LivingCard, members: list[StoredArticle], catalogue: Catalogue, now: datetime
) -> bool:
    told = next((one for one in members if one.id == card.article_id), None)
    if told is None:  # taken back: what was sent of it is not to be dressed up
        return False
    outlets = card.outlets | carriers([one.article for one in members])
    lead = min(members, key=lambda one: strength_of(one.article))
    if not gained(card.shown, Weight(0, lead.id, level(lead.article.quality))):  # no stronger one: who led goes on
        lead = next((one for one in members if one.id == card.shown.lead), told)
    weight = Weight(len(outlets), lead.id, level(lead.article.quality))
    after = replace(card, outlets=outlets, shown=weight, edits=card.edits + 1)
    if gained(card.shown, weight):
        drawn = replace(card_of(lead, members, catalogue), grown=(card.first, weight.outlets))
        await work.living.change(after, Payload(cards=(drawn,)), now)
        return True
    if outlets != card.outlets:
        await work.living.remember(replace(card, outlets=outlets))
    return False
