"""Makes the pictures of docs/languages.md: the page, an alert and a digest in other languages, on a phone.

Run it with `make pictures`. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.logs import configure  # noqa: E402
from scripts.bubbles import telegram  # noqa: E402
from scripts.pictures import SHOTS, demo, play, shoot  # noqa: E402
from scripts.platform_pictures import BUBBLES, PHONE, PICTURES, SCALE, copy_of  # noqa: E402
from storage.database import Database  # noqa: E402
from tests.digest_town import Night, night, told_overnight  # noqa: E402
from tests.emulators.telegram_records import Sent  # noqa: E402


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


def main() -> int:
    program = shutil.which("chromium")
    if program is None:
        print("Chromium is missing. Run:  sudo apt-get install -y chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # no .env of ours is read
        configure("warning", "text")
        spanish, _ = asyncio.run(overnight(Path(folder), "es"))
        _, arabic = asyncio.run(overnight(Path(folder), "ar"))
    with demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        play(browser, f"{url}/?as=reader", "ar")
        shot = shoot(
            browser, f"{url}/?as=reader", {**SHOTS["chat-phone"], "locale": "ar", "device_scale_factor": SCALE}
        )
        kept(PICTURES / "language-page-arabic.png", shot)
        kept(PICTURES / "language-telegram-spanish.png", drawn(browser, spanish))
        kept(PICTURES / "language-digest-arabic.png", drawn(browser, arabic))
        browser.close()
    return 0


def drawn(browser: Browser, sent: Sent) -> bytes:
    page = browser.new_page(viewport=PHONE, device_scale_factor=SCALE)
    html = telegram.chat(sent, title="Topicwire", kind="bot", picture=copy_of)
    page.set_content(f"<style>{(BUBBLES / 'telegram.css').read_text()}</style>{html}")
    return page.screenshot(full_page=True)


def kept(picture: Path, content: bytes) -> None:
    picture.write_bytes(content)
    print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    sys.exit(main())
