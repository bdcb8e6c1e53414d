"""What the use cases need of the outside, and what the outside may call: protocols and records, nothing else."""

from __future__ import annotations

from bot.ports.access import Access
from bot.ports.archive import Archive, Period, Withheld
from bot.ports.broadcasts import (
    WORKING,
    Broadcast,
    Broadcasts,
    Deed,
    Missed,
    Radius,
    Stage,
    Tally,
    Target,
)
from bot.ports.deliveries import Deliveries
from bot.ports.digests import Digests, Edition, Parcel, Wanted
from bot.ports.figures import Alarms, DeliveryRecord, Figures, SourceState, Standing, Troubles
from bot.ports.leases import Leases
from bot.ports.living import Living, LivingCard
from bot.ports.meter import Meter, Unmetered
from bot.ports.outside import ArticleSource, Chat, Demo, Messenger, Sample, Samples
from bot.ports.reading import Follows, Subscriptions
from bot.ports.records import Audience, Carrier, Claim, Founder, LastNews, Line, Outcome, Owed, Pace, Save
from bot.ports.rooms import Managers
from bot.ports.schedules import Appointment, Schedules
from bot.ports.storage import (
    Articles,
    Destinations,
    Sources,
    Storage,
    Topics,
    Work,
)
from bot.ports.told import Told
from bot.ports.transcripts import Transcripts

__all__ = [
    "WORKING",
    "Access",
    "Alarms",
    "Appointment",
    "Archive",
    "ArticleSource",
    "Articles",
    "Audience",
    "Broadcast",
    "Broadcasts",
    "Carrier",
    "Chat",
    "Claim",
    "Deed",
    "Deliveries",
    "DeliveryRecord",
    "Demo",
    "Destinations",
    "Digests",
    "Edition",
    "Figures",
    "Follows",
    "Founder",
    "LastNews",
    "Leases",
    "Line",
    "Living",
    "LivingCard",
    "Managers",
    "Messenger",
    "Meter",
    "Missed",
    "Outcome",
    "Owed",
    "Pace",
    "Parcel",
    "Period",
    "Radius",
    "Sample",
    "Samples",
    "Save",
    "Schedules",
    "SourceState",
    "Sources",
    "Stage",
    "Standing",
    "Storage",
    "Subscriptions",
    "Tally",
    "Target",
    "Told",
    "Topics",
    "Transcripts",
    "Troubles",
    "Unmetered",
    "Wanted",
    "Withheld",
    "Work",
]
