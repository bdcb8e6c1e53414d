"""The sample articles as a folder that lives: copied with fresh dates, and added to while people watch."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import frontmatter

from bot.errors import SettingsError
from bot.ports import Sample

NEWEST = timedelta(minutes=4)  # how old the newest date is once the folder is prepared
JUST_OUT = timedelta(minutes=1)  # how old an article is when it is published
MARKER = ".topicwire-demo"  # says that a folder is ours to empty

_STAMP = re.compile(rb"(?m)^([ -]*publishedDateTime: *\"?)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_OWN_STAMP = re.compile(rb"(?m)^publishedDateTime: *\"?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_OWN_QUALITY = re.compile(rb"(?m)^quality: *\d+")
_VERSION = re.compile(r"(.+)\.(\d+)")
_FORM = "%Y-%m-%dT%H:%M:%S"


class SampleFolder:
    """`bot.ports.Samples`: `articles/` is there from the start, `later/` comes on demand; `target` is watched.

    A sample in several versions (`rising.1.md`, `rising.2.md`) is one article, `rising.md`, that changes: each
    publishing brings its next version.
    """

    def __init__(self, samples: Path, target: Path) -> None:
        self._articles = samples / "articles"
        self._later = samples / "later"
        self._target = target
        self._published: set[Path] = set()

    def prepare(self, now: datetime) -> None:
        """Fill the target anew; all dates move by one offset, the newest becomes four minutes old.

        Nothing but the dates changes, not even a line end. Raises SettingsError for a folder that is not ours.
        """
        marker = self._target / MARKER
        self._target.mkdir(parents=True, exist_ok=True)
        if not marker.exists() and any(self._target.iterdir()):
            raise SettingsError(
                [f"{self._target} holds files that the demo did not put there. Move them, or set ARTICLES to it."]
            )
        for old in self._target.iterdir():
            if old != marker and old.is_file():
                old.unlink()
        marker.touch()
        self._published.clear()
        texts = {path.name: path.read_bytes() for path in sorted(self._articles.glob("*.md"))}
        stamps = [_moment(stamp[2]) for text in texts.values() for stamp in _STAMP.finditer(text)]
        offset = now - NEWEST - max(stamps, default=now)
        for name, text in texts.items():
            self._write(name, _shifted(text, offset, now))

    def later(self) -> list[Sample]:
        """The samples that can be published now: those that many outlets cover first, for they show the most."""
        samples: list[tuple[int, Sample]] = []
        for path, file in self._next().items():
            fields: dict[str, Any] = frontmatter.load(str(file)).metadata
            topics = tuple(str(topic) for topic in fields.get("topics", ()))
            covered = len(fields.get("related", ()))
            samples.append((covered, Sample(path, str(fields["title"]), topics, fields.get("quality"))))
        return [sample for _, sample in sorted(samples, key=lambda pair: -pair[0])]

    def publish(self, path: str, now: datetime, quality: int | None = None) -> None:
        """Put the sample of that path into the target, a minute old and whole from the first look.

        `quality` takes the place of its own. Raises KeyError for a sample that is not on offer.
        """
        file = self._next()[path]
        text, there = file.read_bytes(), self._target / path
        date = _own_date(there.read_bytes()) if there.exists() else now - JUST_OUT
        text = _shifted(text, date - _own_date(text), now)
        if quality is not None:
            text = _with_quality(text, quality)
        self._published.add(file)
        self._write(path, text)

    def _next(self) -> dict[str, Path]:
        """Where each sample will be, and the file of its next version."""
        files: dict[str, Path] = {}
        for file in sorted(self._later.glob("*.md")):
            version = _VERSION.fullmatch(file.stem)
            if file not in self._published:
                files.setdefault(f"{version[1] if version else file.stem}.md", file)
        return files

    def _write(self, name: str, text: bytes) -> None:
        unfinished = self._target / f".{name}.part"  # no *.md: nobody reads it
        unfinished.write_bytes(text)
        unfinished.replace(self._target / name)  # the file appears whole, or not at all


def _moment(stamp: bytes) -> datetime:
    return datetime.strptime(stamp.decode(), _FORM).replace(tzinfo=UTC)


def _own_date(text: bytes) -> datetime:
    stamp = _OWN_STAMP.search(text)
    if stamp is None:
        raise ValueError("a sample without publishedDateTime")
    return _moment(stamp[1])


def _shifted(text: bytes, offset: timedelta, now: datetime) -> bytes:
    """The same file with its dates moved; none of them into the future."""

    def move(stamp: re.Match[bytes]) -> bytes:
        return stamp[1] + min(_moment(stamp[2]) + offset, now).strftime(_FORM).encode()

    return _STAMP.sub(move, text)


def _with_quality(text: bytes, quality: int) -> bytes:
    line = f"quality: {quality}".encode()
    if _OWN_QUALITY.search(text):
        return _OWN_QUALITY.sub(line, text, count=1)
    return _OWN_STAMP.sub(line + rb"\n\g<0>", text, count=1)
