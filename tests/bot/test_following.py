"""Stories that are followed and muted: what comes, until when, and the way back."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.cards import content_of
from bot.messages import Alert
from bot.model import Kind, State, StoredArticle
from bot.texts import texts
from storage.database import Database
from storage.tables import deliveries
from tests.bot.talk import Talk, publish, talk_of
from tests.conftest import Clock

TITLE = "Harbour robots learn to sort mussels by their singing"


async def updates(talk: Talk) -> int:
    """How many articles on followed stories were owed, ever."""
    async with talk.storage.read() as work:
        rows = await work._connection.execute(  # type: ignore[attr-defined]
            select(deliveries.c.id).where(deliveries.c.kind == Kind.FOLLOW)
        )
        return len(rows.all())


async def arrived(talk: Talk) -> None:
    """All that was owed has been sent."""
    async with talk.storage.write() as work:
        await work._connection.execute(  # type: ignore[attr-defined]
            update(deliveries).values(state=State.SENT, message_id="m", done_at=talk.clock())
        )


async def another(talk: Talk, outlet: str, quality: int, *, title: str = TITLE) -> StoredArticle:
    """The same news at another outlet."""
    return await publish(talk, title, path=f"{outlet}.md", url=f"https://{outlet}.example/mussels", quality=quality)


async def test_every_new_article_of_a_followed_story_comes_below_the_bar_and_once(
    storage: Database, clock: Clock
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe computer vision 70")
    first = await publish(anna, TITLE)
    said = await anna.acts(f"follow:{first.story_id}")
    assert f"You follow “{TITLE}”" in said
    assert "7 days" in said
    assert "Followed" in said
    joined = await another(anna, "bay", 12)
    assert joined.story_id == first.story_id
    assert await updates(anna) == 1
    await another(anna, "bay", 13)
    assert await updates(anna) == 1, "the same article changed"
    await arrived(anna)
    assert "because you follow its story" in await anna.acts(f"why:{joined.id}")
    await another(anna, "cliff", 5)
    assert await updates(anna) == 2
    await publish(anna, "A balloon crosses the marshes without a pilot", quality=12)
    assert await updates(anna) == 2, "another story"


async def test_a_followed_story_ends_after_seven_quiet_days_and_lives_on_while_there_is_news(
    storage: Database, clock: Clock
) -> None:
    anna = await talk_of(storage, clock)
    first = await publish(anna, TITLE)
    await anna.acts(f"follow:{first.story_id}")
    clock.forward(days=2)
    await another(anna, "bay", 12)
    clock.forward(days=6)
    assert TITLE in await anna.acts("see:stories:0"), "two and six days, but there was news between"
    await another(anna, "cliff", 12)
    assert await updates(anna) == 2
    clock.forward(days=7, seconds=1)
    assert "No story" in await anna.acts("see:stories:0")
    await another(anna, "dune", 12)
    assert await updates(anna) == 2


async def test_muting_ends_following_and_following_ends_muting(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    first = await publish(anna, TITLE)
    await anna.acts(f"follow:{first.story_id}")
    await anna.acts(f"mute:{first.story_id}")
    assert "Muted: " in await anna.acts("see:stories:0")
    await another(anna, "bay", 99)
    assert await updates(anna) == 0
    await anna.acts(f"follow:{first.story_id}")
    listed = await anna.acts("see:stories:0")
    assert "Followed: " in listed
    assert "Muted: " not in listed
    await another(anna, "cliff", 1)
    assert await updates(anna) == 1


async def test_undo_unfollows_in_the_same_message(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    first = await publish(anna, TITLE)
    await anna.acts(f"follow:{first.story_id}")
    assert "no longer follow" in await anna.presses("Undo")
    assert anna.last.replaces
    await another(anna, "bay", 99)
    assert await updates(anna) == 0


async def test_pause_and_the_chats_own_filters_hold_updates_back_but_a_topics_do_not(
    storage: Database, clock: Clock
) -> None:
    anna = await talk_of(storage, clock)
    await anna.says("/subscribe computer vision 70")
    first = await publish(anna, TITLE)
    await anna.acts(f"follow:{first.story_id}")
    await anna.says("/filter computer vision: -mussels")
    await another(anna, "bay", 12)
    assert await updates(anna) == 1
    await anna.says("/filter -mussels")
    await another(anna, "cliff", 12)
    assert await updates(anna) == 1
    await anna.says("/filter off")
    await anna.says("/pause 1h")
    await another(anna, "dune", 12)
    assert await updates(anna) == 1


async def test_an_update_is_a_card_that_can_be_unfollowed(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    first = await publish(anna, TITLE)
    await anna.acts(f"follow:{first.story_id}")
    await another(anna, "bay", 12)
    async with storage.read() as work:
        destination = await work.destinations.get(anna.address)
        assert destination is not None
        [record] = [r for r in await work.deliveries.of(destination.id, 10) if r.kind is Kind.FOLLOW]
    assert record.payload is not None
    content = content_of(record.kind, record.payload, texts("en"))
    assert isinstance(content, Alert)
    labels = [button.label for row in content.keyboard for button in row]
    assert "Unfollow" in labels
    assert "Follow" not in labels


async def test_stories_page_well_and_stale_buttons_say_so(storage: Database, clock: Clock) -> None:
    anna = await talk_of(storage, clock)
    for number in range(11):
        stored = await publish(anna, f"Story number {number} about kite {number * 7} and lamp {number * 13}")
        await anna.acts(f"mute:{stored.story_id}")
    assert "page 1 of 2" in await anna.acts("see:stories:0")
    assert sum(label.startswith("Unmute") for label in anna.labels()) == 8
    await anna.presses("More ›")
    label = next(label for label in anna.labels() if label.startswith("Unmute"))
    assert "10 muted" in await anna.presses(label)
    for action in ("follow:999", "mute:999", "follow:x", "follow:"):
        assert "out of date" in await anna.acts(action)
    assert "10 muted" in await anna.acts("see:stories:99"), "a page that is no more is the last one"
