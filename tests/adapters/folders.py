"""Folders of articles on the disk, and what a scan of one gave."""

from __future__ import annotations

import os
from pathlib import Path

from adapters.sources.folder import FolderSource
from bot.model import Batch, FileRefused

LONG_AGO = 1_600_000_000  # a POSIX time; files of then are surely finished


def article(title: str = "Robots learn to fold") -> str:
    return f'---\ntitle: "{title}"\nwebUrl: "https://news.example/{abs(hash(title))}"\n---\n'


def write(root: Path, path: str, content: str | bytes = "", *, at: int | None = LONG_AGO) -> Path:
    """A file with a good article, unless `content` says otherwise; `at` None = written right now."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    content = content or article()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    if at is not None:
        os.utime(file, (at, at))
    return file


def source_of(root: Path, *, baselined: bool = True) -> FolderSource:
    source = FolderSource("wire", root)
    source.known({}, baselined=baselined)
    return source


async def take(source: FolderSource, *, patient: bool = True) -> Batch:
    """Scan, and commit as the ingest does once the batch is stored."""
    batch = await source.scan(patient=patient)
    assert batch is not None
    source.commit(batch)
    return batch


def paths(batch: Batch | None) -> list[str]:
    return [] if batch is None else [file.path for file in batch.read]


def refusals(batch: Batch | None) -> dict[str, str]:
    read = () if batch is None else batch.read
    return {file.path: file.content.reason for file in read if isinstance(file.content, FileRefused)}
