from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.config import Settings, load_settings, masked
from bot.errors import SettingsError

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def problems(**values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(**values)
    return "\n".join(caught.value.problems)


def test_nothing_set_is_the_demo() -> None:
    assert load_settings().demo


def test_the_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FRESH_HOURS=10\nPOLL_SECONDS=7\nARTICLES=a, b ,\n")
    monkeypatch.setenv("FRESH_HOURS", "20")
    settings = load_settings()
    assert (settings.fresh_hours, settings.poll_seconds, settings.articles) == (20, 7, ("a", "b"))


def test_every_wrong_value_is_reported_at_once_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "POLL_SECONDS": "soon",
        "FRESH_HOURS": "-1",
        "DEFAULT_TIMEZONE": "Mars/Olympus",
        "ADMINS": "me",
        "ROLES": "cook",
        "LOG_LEVEL": "loud",
        "TELEGRAM_API_URL": "ftp://x",
    }.items():
        monkeypatch.setenv(name, value)
    found = problems()
    for name in (
        "POLL_SECONDS",
        "FRESH_HOURS",
        "DEFAULT_TIMEZONE",
        "ADMINS",
        "ROLES",
        "LOG_LEVEL",
        "TELEGRAM_API_URL",
    ):
        assert name in found
    assert "'soon'" in found


@pytest.mark.parametrize("locale", ["fr", "xx", "1", ""])
def test_a_language_without_a_catalogue_is_refused_with_those_there_are(locale: str) -> None:
    assert problems(default_locale=locale) == (
        f"DEFAULT_LOCALE is {locale!r}: is no language that I speak; choose from en, ar, es."
    )
    assert load_settings(default_locale="es-MX").default_locale == "es-MX"


def test_a_wrong_token_is_named_but_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "hush-hush")
    assert "TELEGRAM_TOKEN" in problems()
    assert "hush" not in problems()


@pytest.mark.parametrize(("name", "token"), [("TELEGRAM_TOKEN", "1:abc"), ("DISCORD_TOKEN", "a.b.c")])
def test_a_token_without_articles_says_what_to_set(monkeypatch: pytest.MonkeyPatch, name: str, token: str) -> None:
    monkeypatch.setenv(name, token)
    assert "ARTICLES is not set" in problems()


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DISCORD_TOKEN", "Bot hush-hush", "three parts"),
        ("DISCORD_API_URL", "discord.com/api", "/api/v10"),
        ("DISCORD_GATEWAY_URL", "http://127.0.0.1", "websocket"),
        ("DISCORD_RATE", "51", "50"),
    ],
)
def test_a_wrong_discord_setting_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in problems()
    assert hint in problems()
    assert "hush" not in problems()


@pytest.mark.parametrize(("name", "value", "hint"), [
    ("TELEGRAM_RATE", "100", "TELEGRAM_PAID_BROADCAST"),
    ("WEB_HOST", "0.0.0.0", "WEB_PASSWORD"),
])  # fmt: skip
def test_settings_that_need_another_one_say_which(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name, value)
    assert hint in problems()


def test_everyone_on_the_web_is_admin_only_in_the_demo_or_behind_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADMINS", "web:*")
    assert load_settings().demo
    monkeypatch.setenv("ARTICLES", "news")
    assert "web:*" in problems()
    monkeypatch.setenv("WEB_PASSWORD", "long enough")
    assert load_settings().admins == ("web:*",)


def test_secrets_are_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:abc")
    monkeypatch.setenv("ARTICLES", "news")
    assert "abc" not in str(masked(load_settings()))
    assert "abc" not in repr(load_settings())
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://me:secret@db.example/news")
    assert masked(load_settings())["DATABASE_URL"] == "postgresql+asyncpg://me:***@db.example/news"


def test_the_example_file_lists_exactly_the_settings_with_their_defaults() -> None:
    text = (ROOT / ".env.example").read_text()
    listed = dict(re.findall(r"^#([A-Z_]+)=(.*)$", text, re.MULTILINE))
    assert set(listed) == {name.upper() for name in Settings.model_fields}
    shown = masked(load_settings())
    for name, value in listed.items():
        if name not in {"ARTICLES", "TOPICS"}:  # those show an example
            assert value.casefold() == shown[name].removesuffix(".0").casefold(), name
