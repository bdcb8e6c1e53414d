"""One file with YAML front matter into an Article, or the reason why not.

The body below the front matter is never used. `secured` is opaque: it is not even looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from frontmatter import parse
from frontmatter.default_handlers import YAMLHandler

from adapters.sources.fields import entries, flag, host, instant, mapping, text, url, whole
from adapters.sources.plainyaml import Plain, Unreadable, decode, load_first
from bot.model import Article, Coverage, FileRefused, Image, Provider

MAX_TITLE = 1_000  # characters, like the next two
MAX_EXCERPT = 5_000
MAX_NAME = 100
MAX_TOPICS = 50
MAX_IMAGES = 20
MAX_RELATED = 200
MAX_PIXELS = 100_000
MAX_QUALITY = 1_000_000  # far above any scale in use; figures beyond it have no words

_LINKS = ("webUrl", "originalUrl", "sourceUrl")


class _FrontMatter(YAMLHandler):
    """python-frontmatter's YAML handler, made strict: the original takes a cut-off file for an empty one."""

    FM_BOUNDARY = re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(text)
        if opening is None:
            raise Unreadable("There is no front matter: the first line is not `---`. Is this file an article?")
        closing = self.FM_BOUNDARY.search(text, opening.end())
        if closing is None:
            raise Unreadable(
                "The front matter is not closed: no line `---` after the first. Is the file still being written?"
            )
        return text[opening.end() : closing.start()], text[closing.end() :]

    def load(self, fm: str, **_: object) -> Any:
        fields = load_first(fm)
        if not isinstance(fields, dict):
            kind = "empty" if fields is None else "a list" if isinstance(fields, list) else "plain text"
            raise Unreadable(f"The front matter is {kind}, not fields such as `title: ...`. Write it as fields.")
        return fields


_HANDLER = _FrontMatter()


def read_article(source: str, path: str, data: bytes) -> Article | FileRefused:
    """Return the article that the bytes of a file hold, or the refusal that says why they hold none.

    Every field is checked by itself and falls back to its default; only a title and a usable link are a must.
    A negative quality counts as 0: the publisher did rate the article, as low as it gets.
    """
    try:
        fields, _ = parse(decode(data), handler=_HANDLER)
        return _article(source, path, cast("dict[str, Plain]", fields))  # as `load` above returned them
    except Unreadable as unreadable:
        return FileRefused(path, str(unreadable))


def _article(source: str, path: str, fields: Mapping[str, Plain]) -> Article:
    title = text(fields.get("title"), MAX_TITLE)
    if not title:
        raise Unreadable("There is no title. Add a line `title: ...`.")
    link = _link(fields)
    if link is None:
        raise Unreadable(
            f"There is no usable link: none of {', '.join(_LINKS)} is an http or https address with a host"
            " and without a password. Add a line `webUrl: https://...`."
        )
    return Article(
        source=source,
        path=path,
        title=title,
        url=link,
        excerpt=text(fields.get("excerpt"), MAX_EXCERPT),
        kind="video" if fields.get("type") == "video" else "article",
        published_at=instant(fields.get("publishedDateTime")),
        quality=_quality(fields),
        heat=whole(fields.get("heat")),
        published=flag(fields.get("published")),
        retracted=flag(fields.get("retracted")) is True,
        deleted=flag(fields.get("deleted")) is True,
        provider=_provider(fields.get("provider")),
        topics=_topics(fields.get("topics")),
        images=_images(fields.get("images")),
        related=_related(fields.get("related")),
    )


def _link(fields: Mapping[str, Plain]) -> str | None:
    return next((link for key in _LINKS if (link := url(fields.get(key)))), None)


def _quality(fields: Mapping[str, Plain]) -> int | None:
    quality = whole(fields.get("quality"))
    return None if quality is None else min(max(quality, 0), MAX_QUALITY)


def _provider(value: Plain) -> Provider:
    if isinstance(value, str):
        return Provider(text(value, MAX_NAME))
    fields = mapping(value)
    return Provider(text(fields.get("name"), MAX_NAME), host(fields.get("domain")))


def _topics(value: Plain) -> tuple[str, ...]:
    """Return names without repetition. A comma separates topics everywhere in this program, so also here."""
    listed = ",".join(entry for entry in entries(value) if isinstance(entry, str)).split(",")
    names = (text(name, MAX_NAME + 1) for name in listed)
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= MAX_NAME))[:MAX_TOPICS]


def _images(value: Plain) -> tuple[Image, ...]:
    images = []
    for entry in entries(value)[:MAX_IMAGES]:
        fields = {"url": entry} if isinstance(entry, str) else mapping(entry)
        if address := url(fields.get("url")):
            images.append(Image(address, _pixels(fields.get("width")), _pixels(fields.get("height"))))
    return tuple(images)


def _pixels(value: Plain) -> int:
    pixels = whole(value) or 0
    return pixels if 0 < pixels <= MAX_PIXELS else 0


def _related(value: Plain) -> tuple[Coverage, ...]:
    """Return the usable items; publishers list the strongest first, so the first MAX_RELATED are the best."""
    items = []
    for entry in entries(value)[:MAX_RELATED]:
        fields = mapping(entry)
        title, link = text(fields.get("title"), MAX_TITLE), _link(fields)
        if title and link:
            items.append(
                Coverage(
                    title=title,
                    url=link,
                    provider=_provider(fields.get("provider")),
                    quality=_quality(fields),
                    published_at=instant(fields.get("publishedDateTime")),
                    excerpt=text(fields.get("excerpt"), MAX_EXCERPT),
                )
            )
    return tuple(items)
