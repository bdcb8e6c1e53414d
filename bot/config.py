"""Settings, from the environment and then `.env`. Every bad value is reported at once, by name.

The names, defaults and meanings are documented once, in `.env.example`; a test holds the two together.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from bot.model import Platform
from bot.texts import languages

ROLES = ("ingest", "deliver", "chat", "web")
FREE_RATE = 30  # messages a second that Telegram allows a bot for nothing (its bot FAQ)
_DISCORD_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")
_TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_URL_PASSWORD = re.compile(r"(://[^/@:]*:)[^@]*@")
Names = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """What an operator decides. Secrets are masked wherever they are printed."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, str_strip_whitespace=True)

    database_url: str = "sqlite+aiosqlite:///data/topicwire.sqlite"
    articles: Names = ()
    topics: Path | None = None
    poll_seconds: float = Field(60, ge=1)
    fresh_hours: float = Field(72, ge=0)
    default_quality: int = Field(70, ge=0)
    published_only: bool = False
    flood_guard: int = Field(20, ge=0)
    telegram_token: SecretStr | None = None
    telegram_api_url: str | None = None
    telegram_rate: float = Field(25, gt=0, le=1000)
    telegram_paid_broadcast: bool = False
    discord_token: SecretStr | None = None
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    discord_rate: float = Field(40, gt=0, le=50)  # of the 50 a second that Discord allows a bot
    admins: Names = ()
    access: Literal["open", "allow"] = "open"
    quiet_alarm_hours: int = Field(24, ge=0)
    default_timezone: str = "UTC"
    default_locale: str = "en"
    digest_time: str = "08:00"
    digest_spread_minutes: int = Field(10, ge=0, le=120)
    remember_days: int = Field(180, ge=1)
    keep_days: int = Field(90, ge=1)
    web_host: str = "127.0.0.1"
    web_port: int = Field(8080, ge=0, le=65535)
    web_password: SecretStr | None = None
    roles: Names = ("all",)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @property
    def demo(self) -> bool:
        """Nothing to watch and nobody to talk to: show what it does with the samples."""
        return not self.articles and not self.tokens

    @property
    def tokens(self) -> tuple[SecretStr, ...]:
        """The bot tokens that are set."""
        return tuple(token for token in (self.telegram_token, self.discord_token) if token is not None)

    def has_role(self, role: str) -> bool:
        return "all" in self.roles or role in self.roles

    @field_validator("articles", "admins", "roles", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "telegram_token",
        "telegram_api_url",
        "discord_token",
        "discord_api_url",
        "discord_gateway_url",
        "web_password",
        "topics",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, colon, rest = value.get_secret_value().partition(":")
            if not (colon and number.isdecimal() and rest):
                raise ValueError("a bot token looks like 123456:ABC-DEF; @BotFather shows yours")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _is_a_root(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("give the root of a Bot API server, for example http://127.0.0.1:8081")
        return value.rstrip("/") if value else None

    @field_validator("discord_token")
    @classmethod
    def _looks_like_a_discord_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _DISCORD_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a bot token has three parts with dots between; the developer portal shows yours")
        return value

    @field_validator("discord_api_url")
    @classmethod
    def _is_an_api(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("give the root with its version, for example http://127.0.0.1:8082/api/v10")
        return value.rstrip("/") if value else None

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_a_websocket(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("ws://", "wss://")):
            raise ValueError("give the address of a websocket, for example ws://127.0.0.1:8082/gateway")
        return value

    @field_validator("admins")
    @classmethod
    def _are_admins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            platform, _, who = entry.partition(":")
            if platform not in set(Platform) or not who:
                raise ValueError(f"{entry!r} is no admin; write telegram:12345, separated by commas")
        return value

    @field_validator("roles")
    @classmethod
    def _are_roles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for role in value:
            if role not in (*ROLES, "all"):
                raise ValueError(f"{role!r} is no role; choose from all, {', '.join(ROLES)}")
        return value or ("all",)

    @field_validator("default_timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("is no IANA time zone; write for example Europe/Berlin") from None
        return value

    @field_validator("digest_time")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        if not _TIME.fullmatch(value):
            raise ValueError("is no time of day; write for example 08:00")
        return value

    @property
    def digest_minute(self) -> int:
        """DIGEST_TIME as a minute of the day."""
        hours, _, minutes = self.digest_time.partition(":")
        return int(hours) * 60 + int(minutes)

    @field_validator("default_locale")
    @classmethod
    def _is_a_locale(cls, value: str) -> str:
        try:
            language = Locale.parse(value.replace("-", "_")).language
        except (ValueError, UnknownLocaleError):
            language = ""
        if language not in languages():
            raise ValueError(f"is no language that I speak; choose from {', '.join(languages())}")
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        problems = []
        if self.tokens and not self.articles:
            problems.append(
                "ARTICLES is not set, and there is a token: name the folder of articles to watch, "
                "for example ARTICLES=news/_posts."
            )
        if self.telegram_rate > FREE_RATE and not self.telegram_paid_broadcast:
            problems.append(
                f"TELEGRAM_RATE is {self.telegram_rate:g}: more than {FREE_RATE} a second costs Stars; "
                "set TELEGRAM_PAID_BROADCAST=true as well, or lower it."
            )
        if self.web_port and not _is_loopback(self.web_host) and self.web_password is None:
            problems.append(
                f"WEB_PASSWORD is not set, and WEB_HOST={self.web_host} can be reached from outside: "
                "set a password, or WEB_HOST=127.0.0.1."
            )
        open_to_all = self.web_password is None and not self.demo
        if open_to_all and any(admin == "web:*" for admin in self.admins):
            problems.append("ADMINS contains web:*, which is for the demo or behind WEB_PASSWORD: name the admins.")
        if problems:
            raise SettingsError(problems)
        return self


def load_settings(**overrides: Any) -> Settings:
    """Read the settings. Raises SettingsError with one sentence for each wrong value."""
    try:
        return Settings(**overrides)
    except ValidationError as faults:
        raise SettingsError([_sentence(fault) for fault in faults.errors()]) from None


def masked(settings: Settings) -> dict[str, str]:
    """The settings in force, with secrets masked, by their names in the environment."""
    shown = {}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        text = ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        shown[name.upper()] = _URL_PASSWORD.sub(r"\1***@", text)
    return shown


def _sentence(fault: Any) -> str:
    name = ".".join(str(part) for part in fault["loc"][:1]).upper()
    secret = name.endswith(("TOKEN", "PASSWORD"))
    shown = "" if secret else f" is {str(fault['input'])[:100]!r}"
    reason = str(fault["msg"]).removeprefix("Value error, ")
    return f"{name}{shown}: {reason}."


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
