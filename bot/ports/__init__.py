"""What the use cases need of the outside, and what the outside may call: protocols and records, nothing else."""

from __future__ import annotations

from bot.ports.access import Access
from bot.ports.digests import Digests, Parcel
from bot.ports.figures import Alarms, DeliveryRecord, Figures, SourceState, Standing, Troubles
from bot.ports.leases import Leases
from bot.ports.meter import Meter, Unmetered
from bot.ports.outside import ArticleSource, Chat, Demo, Messenger, Sample, Samples
from bot.ports.records import Audience, Claim, Founder, Line, Outcome, Owed, Pace, Save
from bot.ports.rooms import Managers
from bot.ports.schedules import Schedules
from bot.ports.storage import (
    Articles,
    Deliveries,
    Destinations,
    Sources,
    Storage,
    Subscriptions,
    Told,
    Topics,
    Work,
)
from bot.ports.transcripts import Transcripts

__all__ = [
    "Access",
    "Alarms",
    "ArticleSource",
    "Articles",
    "Audience",
    "Chat",
    "Claim",
    "Deliveries",
    "DeliveryRecord",
    "Demo",
    "Destinations",
    "Digests",
    "Figures",
    "Founder",
    "Leases",
    "Line",
    "Managers",
    "Messenger",
    "Meter",
    "Outcome",
    "Owed",
    "Pace",
    "Parcel",
    "Sample",
    "Samples",
    "Save",
    "Schedules",
    "SourceState",
    "Sources",
    "Standing",
    "Storage",
    "Subscriptions",
    "Told",
    "Topics",
    "Transcripts",
    "Troubles",
    "Unmetered",
    "Work",
]
