"""Makes the pictures of the editors' desk in docs/pictures, from what the loopback platforms received.

A real program sends a story to many and takes it back; each screen is drawn at the width of a phone. Run it with
`make pictures`. Needs Chromium.
"""

from __future__ import annotations

from pathlib import Path

from scripts.drawing import browser, draw, on_discord, on_telegram, played
from tests import editors_desk
from tests.editors_desk import ADMINS, enrol
from tests.emulators.discord_records import Sent as DiscordSent
from tests.emulators.telegram_records import Sent
from tests.seven_places import topicwire, town

SCREENS = ("preview", "audience", "paused", "progress", "receipt", "recalled")


async def play(home: Path) -> tuple[dict[str, Sent], DiscordSent]:
    """What an editor saw on Telegram, by step, and the audience as Discord shows it."""
    async with town(home) as there, topicwire(there, admins=ADMINS):
        title = await enrol(there)
        shown = await editors_desk.on_telegram(there, title)
        asked, _ = await editors_desk.on_discord(there, title)
        return shown, next(sent for sent in asked.answers if "Reaches" in sent.text)


def main() -> None:
    shown, audience = played(play)
    with browser() as opened:
        for step in SCREENS:
            draw(opened, f"desk-{step}", on_telegram(shown[step]))
        draw(opened, "desk-audience-discord", on_discord(audience, title="news", sign="#"))


if __name__ == "__main__":
    main()
