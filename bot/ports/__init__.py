"""What the use cases need of the outside, and what the outside may call: protocols and records, nothing else."""

from __future__ import annotations

from bot.ports.outside import ArticleSource, Chat, Demo, Messenger, Sample, Samples
from bot.ports.records import Audience, Claim, Founder, Line, Outcome, Owed, Pace, Save
from bot.ports.storage import (
    Articles,
    Deliveries,
    Destinations,
    Leases,
    Sources,
    Storage,
    Subscriptions,
    Told,
    Topics,
    Transcripts,
    Work,
)

__all__ = [
    "ArticleSource",
    "Articles",
    "Audience",
    "Chat",
    "Claim",
    "Deliveries",
    "Demo",
    "Destinations",
    "Founder",
    "Leases",
    "Line",
    "Messenger",
    "Outcome",
    "Owed",
    "Pace",
    "Sample",
    "Samples",
    "Save",
    "Sources",
    "Storage",
    "Subscriptions",
    "Told",
    "Topics",
    "Transcripts",
    "Work",
]
