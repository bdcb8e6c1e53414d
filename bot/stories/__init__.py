"""Story identity: are two articles the same news, and which story does a new article join?

Pure: values in, values out. The rule is gate 5 of what counts as news. It errs on the side of two stories,
because a repeat is a nuisance and silenced news is lost; both are measured on labelled pairs in the tests.
"""

from __future__ import annotations

from bot.stories.account import Account, account_of, account_of_coverage
from bot.stories.addresses import canonical_address
from bot.stories.identity import Verdict, place, same_story, strength, strength_of
from bot.stories.outlets import outlet_domain
from bot.stories.rarity import Rarity
from bot.stories.words import title_key

__all__ = [
    "Account",
    "Rarity",
    "Verdict",
    "account_of",
    "account_of_coverage",
    "canonical_address",
    "outlet_domain",
    "place",
    "same_story",
    "strength",
    "strength_of",
    "title_key",
]
