"""A digest through the real worker and the real clients, on Telegram, Discord and the chat page."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.digest_town import night, told_overnight

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def test_a_digest_reaches_three_platforms_and_nothing_of_it_is_refused(tmp_path: Path) -> None:
    storage = Database(f"sqlite+aiosqlite:///{tmp_path / 'topicwire.sqlite'}")
    await storage.migrate()
    try:
        async with night(storage, tmp_path) as there:
            await told_overnight(there)
            telegram, discord, page = there.on_telegram(), there.on_discord(), await there.on_the_page()
            assert not there.refused
    finally:
        await storage.close()
    for text in ("\n".join(s.text for s in telegram), "\n".join(s.text for s in discord), "".join(page)):
        assert "Your digest" in text
        assert "Computer Vision" in text
        assert "More on what you know" in text
        assert "Just below your bar" in text
    labels = [button.text for sent in telegram for row in sent.buttons for button in row]
    assert {"Lower AI to 73", "Show more"} <= set(labels)
