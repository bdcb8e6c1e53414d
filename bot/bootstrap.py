"""The composition root: settings in, a running application's parts out. It alone decides what stands behind a port.

Platforms are imported only where they are used: each costs start-up time and memory.
"""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.sources.folder import FolderSource
from adapters.sources.samples import SampleFolder
from bot.commands import Conversation
from bot.config import Settings
from bot.delivery import Delivery
from bot.demo import SampleDemo
from bot.errors import DeliveryError
from bot.ingest import Rules
from bot.intake import Intake
from bot.lookout import Lookout
from bot.model import Address, Platform
from bot.ports import Messenger, Meter, Unmetered
from bot.readiness import Readiness
from storage.database import Database

if TYPE_CHECKING:
    from adapters.web.messenger import WebMessenger

DEMO = Path("data/demo")  # below the folder the program is started in


@dataclass(frozen=True, slots=True)
class Application:
    """The parts, wired and not started."""

    settings: Settings
    owner: str  # the name of this process in leases
    gone: Callable[[str], bool]  # whether the process of such a name has ended
    clock: Callable[[], datetime]  # the one that all hosts share
    wall_clock: Callable[[], datetime]  # of this host
    storage: Database
    rules: Rules
    conversation: Conversation
    intakes: tuple[Intake, ...]
    messengers: tuple[Messenger, ...]
    page: WebMessenger | None  # the one of them that is a web page
    deliveries: tuple[Delivery, ...]
    topics: Path | None
    admins: tuple[Address, ...]
    readiness: Readiness
    samples: SampleFolder | None  # in the demo


def utc_now() -> datetime:
    return datetime.now(UTC)


def process_name() -> str:
    """A name for this process that tells its host and number, and is never used again."""
    return f"{socket.gethostname()[:30]}/{os.getpid()}/{os.urandom(3).hex()}"


def process_gone(name: str) -> bool:
    """Whether the process of this name ran on this host and has ended; false where that cannot be known."""
    host, _, rest = name.partition("/")
    number = rest.partition("/")[0]
    if host != socket.gethostname()[:30] or not number.isdecimal():
        return False
    if int(number) == os.getpid():  # its number is ours now
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it is there, but of another user
        return False
    return False


@asynccontextmanager
async def application(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> AsyncIterator[Application]:
    """Build everything the settings ask for; closes the database at the end. Raises StorageError."""
    storage = Database(settings.database_url, clock=clock)
    try:
        yield _wired(settings, storage, storage.clock, clock)
    finally:
        await storage.close()


def rules_of(settings: Settings) -> Rules:
    return Rules(settings.fresh_hours, settings.published_only, settings.flood_guard)


def samples_root() -> Path:
    """The samples beside the code: in a checkout, or inside the installed package."""
    packaged = Path(__file__).parent / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "samples"


def topics_of(settings: Settings) -> Path | None:
    """The folder of topic files: the samples' own in the demo."""
    return samples_root() / "topics" if settings.demo and settings.topics is None else settings.topics


async def _look(url: str) -> str:
    from adapters.pictures import look  # noqa: PLC0415 - its HTTP client is not needed by those who never ask

    return await look(url)


def conversation_of(
    settings: Settings, storage: Database, clock: Callable[[], datetime], messengers: Sequence[Messenger] = ()
) -> Conversation:
    return Conversation(
        storage,
        clock=clock,
        default_quality=settings.default_quality,
        default_timezone=settings.default_timezone,
        default_locale=settings.default_locale,
        fresh_hours=settings.fresh_hours,
        published_only=settings.published_only,
        digest_minute=settings.digest_minute,
        admins=frozenset((platform, who) for platform, _, who in (a.partition(":") for a in settings.admins)),
        demo=settings.demo,
        invited_only=settings.access == "allow",
        messengers=messengers,
        look=_look,
    )


def _wired(
    settings: Settings, storage: Database, clock: Callable[[], datetime], wall_clock: Callable[[], datetime]
) -> Application:
    samples = SampleFolder(samples_root(), DEMO / "articles") if settings.demo else None
    folders = [str(DEMO / "articles")] if settings.demo else [str(Path(folder)) for folder in settings.articles]
    demo = SampleDemo(storage, samples, folders[0], clock=clock) if samples else None
    page = _page(settings, storage, clock, demo)
    messengers = (*_bots(settings, storage, clock), *((page,) if page else ()))
    owner = process_name()
    meter = _metered(page, storage, clock) if page else Unmetered()
    lookout = Lookout(storage)
    deliveries = tuple(
        Delivery(
            storage,
            messenger,
            owner=owner,
            gone=process_gone,
            clock=clock,
            meter=meter,
            sends=settings.has_role("deliver") or messenger is page,  # the page's own process puts messages on it
            lookout=lookout,
        )
        for messenger in messengers
    )

    for messenger, delivery in zip(messengers, deliveries, strict=True):
        messenger.on_reply = delivery.replied

    def faults() -> dict[str, DeliveryError]:
        pairs = zip(messengers, deliveries, strict=True)
        return {m.platform: fault for m, delivery in pairs if (fault := delivery.fault or m.fault)}

    readiness = Readiness(storage, folders, faults)
    if page:
        page.unready = readiness.unready

    def owed() -> None:
        for delivery in deliveries:
            delivery.wake()

    rules = rules_of(settings)
    intakes = tuple(
        Intake(storage, FolderSource(folder, Path(folder)), rules, clock=clock, owed=owed, meter=meter)
        for folder in folders
    )
    return Application(
        settings=settings,
        owner=owner,
        gone=process_gone,
        clock=clock,
        wall_clock=wall_clock,
        storage=storage,
        rules=rules,
        conversation=conversation_of(settings, storage, clock, messengers),
        intakes=intakes if settings.has_role("ingest") else (),
        messengers=messengers,
        page=page,
        deliveries=deliveries,
        topics=topics_of(settings),
        admins=tuple(_address(admin) for admin in settings.admins if not admin.endswith(":*")),
        readiness=readiness,
        samples=samples,
    )


def _bots(settings: Settings, storage: Database, clock: Callable[[], datetime]) -> Sequence[Messenger]:
    if not (settings.has_role("chat") or settings.has_role("deliver")):
        return ()
    bots: list[Messenger] = []
    if settings.telegram_token is not None:
        from adapters.telegram.messenger import TelegramMessenger  # noqa: PLC0415

        telegram = TelegramMessenger(
            settings.telegram_token.get_secret_value(),
            api_url=settings.telegram_api_url,
            rate=settings.telegram_rate,
            paid=settings.telegram_paid_broadcast,
            clock=clock,
        )
        bots.append(telegram)
    if settings.discord_token is not None:
        from adapters.discord.messenger import DiscordMessenger  # noqa: PLC0415

        discord = DiscordMessenger(
            settings.discord_token.get_secret_value(),
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            rate=settings.discord_rate,
            clock=clock,
            storage=storage,
        )
        bots.append(discord)
    return bots


def _page(
    settings: Settings, storage: Database, clock: Callable[[], datetime], demo: SampleDemo | None
) -> WebMessenger | None:
    if not (settings.web_port and settings.has_role("web")):
        return None
    from adapters.web.messenger import WebMessenger  # noqa: PLC0415

    return WebMessenger(
        storage,
        host=settings.web_host,
        port=settings.web_port,
        password=settings.web_password.get_secret_value() if settings.web_password else None,
        clock=clock,
        demo=demo,
        pictures=samples_root() / "pictures" if demo else None,
    )


def _metered(page: WebMessenger, storage: Database, clock: Callable[[], datetime]) -> Meter:
    """Count what happens, and show it on the page's server."""
    from adapters.metrics import Metrics  # noqa: PLC0415

    metrics = Metrics(storage, clock)
    page.metrics = metrics.exposition
    return metrics


def _address(admin: str) -> Address:
    """Where an admin is told what concerns admins: their private chat, which Discord knows by the person."""
    platform, _, who = admin.partition(":")
    return Address(Platform(platform), f"dm:{who}" if platform == Platform.DISCORD else who)
