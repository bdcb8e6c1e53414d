"""Articles: what a file says, and what is known of it once it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provider:
    """The outlet that published an article. `domain` is a bare host, for example `wsj.com`."""

    name: str
    domain: str = ""


NO_PROVIDER = Provider("")


@dataclass(frozen=True, slots=True)
class Image:
    url: str
    width: int = 0  # pixels, 0 = unknown
    height: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One item of related coverage: what another outlet published around the same news."""

    title: str
    url: str
    provider: Provider
    quality: int | None = None
    published_at: datetime | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One front-matter file as it reads now. Its key is source + path (relative, with forward slashes).

    `published`, `heat` and `quality` are None where the file does not carry the field.
    """

    source: str
    path: str
    title: str
    url: str
    excerpt: str = ""
    kind: str = "article"  # or "video"
    published_at: datetime | None = None
    quality: int | None = None
    heat: int | None = None
    published: bool | None = None
    retracted: bool = False
    deleted: bool = False
    provider: Provider = NO_PROVIDER
    topics: tuple[str, ...] = ()  # names, as the publisher writes them
    images: tuple[Image, ...] = ()
    related: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the database knows it, with what earlier versions taught.

    `best_quality` is the highest quality of any version that counted (None: no version counted yet);
    `ever_topics` are the slugs of all topics it ever had.
    """

    id: int
    article: Article
    story_id: int
    first_seen_at: datetime
    best_quality: int | None = None
    ever_topics: frozenset[str] = field(default_factory=frozenset)
    waits_until: datetime | None = None
    gone: bool = False
    best_outlets: int | None = 0  # of a founding article: the most its story ever had; None: not counted
