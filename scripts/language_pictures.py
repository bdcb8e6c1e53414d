"""Makes the pictures of docs/languages.md: the page, an alert and a digest in other languages, on a phone.

Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

from pathlib import Path

from scripts.drawing import SCALE, browser, draw, keep, on_telegram, played
from scripts.pictures import SHOTS, demo, play, shoot
from storage.database import Database
from tests.digest_town import Night, night, told_overnight
from tests.emulators.telegram_records import Sent


async def overnight(home: Path, locale: str) -> tuple[Sent, Sent]:
    """The first alert and the first part of the digest that a Telegram chat of this language got."""
    storage = Database(f"sqlite+aiosqlite:///{home / f'{locale}.sqlite'}")
    await storage.migrate()
    async with night(storage, home, locale) as there:
        await told_overnight(there)
        if there.refused:
            raise RuntimeError(f"refused: {there.refused[0]}")
        found = alert(there), there.on_telegram()[0]
    await storage.close()
    return found


def alert(there: Night) -> Sent:
    """One with a picture and other outlets, at the hour of the story."""
    alerts = [sent for sent in there.telegram.sent if sent.preview and sent.preview.above]
    return max(alerts, key=lambda sent: len(sent.entities))


def main() -> None:
    spanish, _ = played(lambda home: overnight(home, "es"))
    _, arabic = played(lambda home: overnight(home, "ar"))
    with demo() as url, browser() as opened:
        page = f"{url}/?as=reader"
        play(opened, page, "ar")
        shot = shoot(opened, page, {**SHOTS["chat-phone"], "locale": "ar", "device_scale_factor": SCALE})
        keep("language-page-arabic", shot)
        draw(opened, "language-telegram-spanish", on_telegram(spanish))
        draw(opened, "language-digest-arabic", on_telegram(arabic))


if __name__ == "__main__":
    main()
