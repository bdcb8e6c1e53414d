"""What strangers can type and press: every answer is polite, fits a message, and is no fault. On both databases."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS
from bot.commands.registry import ACTIONS
from bot.messages import Answer
from bot.model import Topic
from bot.texts import plain, texts
from storage.database import Database
from tests.bot.talk import Talk, coverage, publish, talk_of
from tests.conftest import Clock


@pytest.fixture
async def anna(storage: Database, clock: Clock) -> Talk:
    return await talk_of(storage, clock)


HOSTILE = [
    "' OR 1=1; --",
    "<b>bold</b><script>alert(1)</script>",
    "[x](http://evil.example) @everyone",
    "مرحبا بالعالم ٨٠",
    "🙂" * 300,
    "\u202e80 ia",
    "a" * 10_000,
    "a, " * 3_000,
    "9" * 3_000,
    "\ud800\x00",
    "{ $x } %s %(a)s {0}",
]


async def test_hostile_arguments_get_a_polite_answer(anna: Talk) -> None:
    await anna.says("/subscribe ai")
    for text in HOSTILE:
        for command in COMMANDS:
            words = await anna.says(f"/{command.name} {text}")
            assert words
            assert "went wrong" not in words
            assert_fits(anna.last)


STALE = [
    ":", "nonsense", "cov", "cov:", "cov:x", "cov:1:2:3", "cov:-1", "cov:99999999", "why:", "why:99999999",
    "mute:", "mute:0", "bar", "bar:+", "bar:*:1", "bar:+:999", "sub:", "sub:99999", "sub:1:2:3:4",
    "sub:1:999999", "set:1:x", "put:", "tune:999", "show:1", "unsub:1", "unsub:x", "unsuball:no", "forget:",
    "subs:x", "topics:x:y", "topics:1:qqqqqqqq", "latest:", "latest:77777", "pause:1", "pause:999999999999",
    "unmute:", "unmute:5", "sub:\u0661",
]  # fmt: skip


async def test_stale_or_malformed_press_gives_one_toast(anna: Talk) -> None:
    for action in (*STALE, "", "cov:" + "9" * 400, "é" * 64, "sub:1 2"):
        await anna.acts(action)
        assert anna.last.messages == (), action
        assert anna.last.toast
        assert "went wrong" not in anna.last.toast
        assert len(anna.last.toast) <= 200  # Telegram's bound for the answer to a button


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([f"/{command.name}" for command in COMMANDS] + [""]),
    st.text(max_size=120),
    st.sampled_from([action.verb for action in ACTIONS]),
    st.text(alphabet="0123456789:+-x", max_size=20),
)
async def test_nothing_that_can_be_typed_or_pressed_is_a_fault(
    anna: Talk, command: str, text: str, verb: str, argument: str
) -> None:
    for words in (await anna.says(f"{command} {text}"), await anna.acts(f"{verb}:{argument}")):
        assert "went wrong" not in words
        assert words
        assert_fits(anna.last)


async def test_answers_fit_a_message_whatever_topics_are_called(anna: Talk) -> None:
    long = [Topic(f"long-{n}", f"W{n} " + "unpronounceable " * 12, aliases=("x" * 150,)) for n in range(200)]
    async with anna.storage.write() as work:
        await work.topics.put(long, from_file=True)
    for start in range(0, 100, 30):
        await anna.says("/subscribe " + ", ".join(f"long-{n}" for n in range(start, start + 30)))
        assert_fits(anna.last)
    many = ", ".join(f"long-{n}" for n in range(150, 180))
    few = ", ".join(f"long-{n}" for n in range(30))
    for name in ("topics", "subscriptions", "topics unpro", "quality", "unsubscribe", "subscribe", "start", "help",
                 f"quality {many}", f"unsubscribe {few}", "latest long-40", "unsubscribe all"):  # fmt: skip
        await anna.says(f"/{name}")
        assert_fits(anna.last)


async def test_every_button_that_is_ever_shown_can_be_pressed(anna: Talk, clock: Clock) -> None:
    for number, (topics, quality) in enumerate([(("Computer Vision",), 90), (("Space",), None), ((), 55)]):
        others = tuple(coverage(f"Outlet {n}", f"Owls meet moths {n}", n, clock()) for n in range(40))
        await publish(anna, f"Owls meet moths {number}", topics=topics, quality=quality, related=others)
    words = [
        "ai",
        "cv",
        "space",
        "80",
        "any",
        "digest",
        ",",
        "2h",
        "all",
        "owls",
        "moths",
        "#ai",
        "facerecognition",
    ]
    chance = Random(7)  # noqa: S311 - any walk will do, the same one each time
    pressed = 0
    for _ in range(150):
        clock.forward(minutes=7)
        buttons = anna.buttons()
        if buttons and chance.random() < 0.5:
            pressed += 1
            said = await anna.acts(chance.choice(buttons).action or "")
        else:
            arguments = " ".join(chance.choices(words, k=chance.randint(0, 4)))
            said = await anna.says(f"/{chance.choice(COMMANDS).name} {arguments}")
        assert said
        assert "went wrong" not in said
        assert "out of date" not in said
        assert_fits(anna.last)
    print(f"{pressed} buttons pressed")


def assert_fits(answer: Answer) -> None:
    """Telegram's bounds: 4,096 characters and 100 entities a message, 64 bytes a button, as in its Bot API."""
    for message in answer.messages:
        text = (*getattr(message, "text", ()), *getattr(message, "closing", ()))
        assert len(plain(text)) <= 4096
        assert sum(1 for s in text if s.bold or s.italic or s.code or s.url) <= 100
        for row in message.keyboard:
            assert len(row) <= 3
            for button in row:
                assert 0 < len(button.label) <= 64
                assert 0 < len((button.action or "").encode()) <= 64


def test_every_sentence_of_the_registry_is_in_the_catalogue() -> None:
    words = texts("en")
    for command in COMMANDS:
        assert words.plain(command.summary)
        assert not command.arguments or words.plain(command.arguments)
        assert not command.details or words.plain(command.details, good=70, top=100)


def test_every_sentence_of_the_catalogue_is_said_somewhere_in_the_commands() -> None:
    root = Path(__file__).parents[2] / "bot"
    code = "\n".join(file.read_text("utf-8") for file in (root / "commands").rglob("*.py"))
    said = set(re.findall(r'"([a-z][a-z-]+)"', code))
    said |= {key.replace("gate-", "why-", 1) for key in said}  # a closed gate is also the verdict
    for name in ("commands.ftl", "reasons.ftl"):
        catalogue = (root / "locales" / "en" / name).read_text("utf-8")
        assert set(re.findall(r"^([a-z][a-z-]+) =", catalogue, re.MULTILINE)) <= said
