"""What a look at a source finds: files that were read, files that were refused, files that are gone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.articles import Article


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What a directory listing tells of a file without opening it; unequal stamps mean: read it again."""

    size: int  # bytes
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file that cannot become an article: which one, why, and what its author can do about it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file that was added or changed, and what reading it gave."""

    path: str
    stamp: FileStamp
    content: Article | FileRefused


@dataclass(frozen=True, slots=True)
class Batch:
    """What changed in a source between two moments of rest.

    `baseline` marks the first look at a source, or the look after it was gone: known, not owed.
    """

    source: str
    read: tuple[FileRead, ...] = ()
    gone: tuple[str, ...] = ()  # paths that vanished
    baseline: bool = False
