"""One unit of work: the queries of every entity on one connection."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.access import SqlAccess
from storage.alarms import SqlAlarms
from storage.articles import SqlArticles
from storage.broadcasts import SqlBroadcasts
from storage.clock import ServerClock
from storage.deliveries import SqlDeliveries
from storage.destinations import SqlDestinations
from storage.digests import SqlDigests
from storage.follows import SqlFollows
from storage.leases import SqlLeases
from storage.managers import SqlManagers
from storage.schedules import SqlSchedules
from storage.sources import SqlSources
from storage.subscriptions import SqlSubscriptions
from storage.told import SqlTold
from storage.topics import SqlTopics
from storage.transcripts import SqlTranscripts


class SqlWork:
    """The tables of one transaction, by entity (`bot.ports.Work`)."""

    def __init__(self, connection: AsyncConnection, clock: ServerClock | None = None) -> None:
        self._connection = connection
        self._clock = clock

    @cached_property
    def topics(self) -> SqlTopics:
        return SqlTopics(self._connection)

    @cached_property
    def sources(self) -> SqlSources:
        return SqlSources(self._connection)

    @cached_property
    def articles(self) -> SqlArticles:
        return SqlArticles(self._connection)

    @cached_property
    def destinations(self) -> SqlDestinations:
        return SqlDestinations(self._connection)

    @cached_property
    def schedules(self) -> SqlSchedules:
        return SqlSchedules(self._connection)

    @cached_property
    def subscriptions(self) -> SqlSubscriptions:
        return SqlSubscriptions(self._connection)

    @cached_property
    def follows(self) -> SqlFollows:
        return SqlFollows(self._connection)

    @cached_property
    def managers(self) -> SqlManagers:
        return SqlManagers(self._connection)

    @cached_property
    def access(self) -> SqlAccess:
        return SqlAccess(self._connection)

    @cached_property
    def told(self) -> SqlTold:
        return SqlTold(self._connection)

    @cached_property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self._connection, self._clock)

    @cached_property
    def broadcasts(self) -> SqlBroadcasts:
        return SqlBroadcasts(self._connection)

    @cached_property
    def digests(self) -> SqlDigests:
        return SqlDigests(self._connection)

    @cached_property
    def leases(self) -> SqlLeases:
        return SqlLeases(self._connection, self._clock)

    @cached_property
    def alarms(self) -> SqlAlarms:
        return SqlAlarms(self._connection)

    @cached_property
    def transcripts(self) -> SqlTranscripts:
        return SqlTranscripts(self._connection)
