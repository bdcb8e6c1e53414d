"""Messages as HTML. Everything a stranger wrote goes through Jinja's autoescape and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from adapters.facts import mark
from bot.messages import MARKS, Alert, Card, Content, Digest, Notice, Span
from bot.model import Image
from bot.ports import Line
from bot.texts import Texts, plain, texts

TITLE, EXCERPT, NAME, LABEL = 300, 400, 80, 64  # characters
TOP, GOOD, FAIR = 100, 70, 40  # quality from which a badge takes its colour; quality has no upper end
PICTURES_HOST = "pictures.example"  # where the sample articles say their pictures are

_PAGES = Path(__file__).parent / "templates"
_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)
# Control characters, and what reorders text beyond its own element (Unicode TR 9: embeddings, overrides, isolates).
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PICTURE = re.compile(r"/([a-z0-9][a-z0-9-]*\.png)")


# ---------------------------------------------------------------- what a transcript keeps of a message


def body_of(content: Content, locale: str) -> dict[str, Any]:
    """A message as JSON values, complete enough to be drawn again later: times age, pages change."""
    return {"locale": locale, "content": _CONTENT.dump_python(content, mode="json", exclude_defaults=True)}


def typed(text: str) -> dict[str, Any]:
    return {"text": text}


def handed(name: str, size: int, token: str, locale: str) -> dict[str, Any]:
    """A file to download, once. `size` in bytes; an empty token means that it was."""
    return {"locale": locale, "document": {"name": name, "size": size, "token": token}}


def bare(content: Content) -> Notice:
    """The same content as text alone."""
    if isinstance(content, Alert):
        cards: Sequence[Card] = (content.card,)
    elif isinstance(content, Notice):
        cards = content.items
    else:
        cards = [item.card for group in content.groups for item in group.items]
    lines = [] if isinstance(content, Alert) else ["".join(span.text for span in content.text)]
    lines += [f"{clean(card.title, TITLE)}\n{card.url}" for card in cards]
    if not isinstance(content, Alert):
        lines.append("".join(span.text for span in content.closing))
    return Notice((Span("\n\n".join(line for line in lines if line)),))


# ---------------------------------------------------------------- foreign text


def clean(text: str, limit: int) -> str:
    """One line without unseen characters, cut at a word with an ellipsis."""
    line = " ".join(_UNSEEN.sub("", text).split())
    if len(line) <= limit:
        return line
    head = line[:limit]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:.") + "…"


def visible(text: str) -> str:
    """Text as it is, with its lines, without unseen characters."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def web_link(url: str | None) -> str | None:
    """The address if it may become a link: http(s) with a host."""
    if not url or _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def level(quality: int | None) -> str:
    """The name of a badge's colour."""
    if quality is None:
        return "unrated"
    return "top" if quality >= TOP else "good" if quality >= GOOD else "fair" if quality >= FAIR else "low"


# ---------------------------------------------------------------- HTML


class Pages:
    """The templates. `pictures` is the folder served as /pictures; foreign pictures are never shown."""

    def __init__(self, pictures: Path | None = None) -> None:
        self._pictures = pictures
        self._jinja = Environment(
            loader=FileSystemLoader(_PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters.update(clean=clean, visible=visible, web_link=web_link, level=level)
        self._jinja.globals.update(
            picture=self.picture, MARKS=MARKS, TITLE=TITLE, EXCERPT=EXCERPT, NAME=NAME, LABEL=LABEL
        )
        self._line = self._jinja.get_template("line.html")

    def picture(self, image: Image | None) -> str | None:
        """Our own copy of a picture, if there is one."""
        if image is None or self._pictures is None or web_link(image.url) is None:
            return None
        parts = urlsplit(image.url)
        name = _PICTURE.fullmatch(parts.path)
        if parts.hostname != PICTURES_HOST or name is None or not (self._pictures / name[1]).is_file():
            return None
        return f"/pictures/{name[1]}"

    def line(self, line: Line, now: datetime) -> str:
        """One message as an HTML element."""
        return self._line.render(m=self.drawn(line, now))

    def page(self, name: str, locale: str, **values: Any) -> str:
        """A whole page."""
        words = texts(locale)
        return self._jinja.get_template(name).render(**_language(words), **values)

    def drawn(self, line: Line, now: datetime) -> dict[str, Any]:
        """What `line.html` needs of one message."""
        words = texts(str(line.body.get("locale", "en")))
        content: Content | None = None
        if "content" in line.body:
            try:
                content = _CONTENT.validate_python(line.body["content"])
            except ValidationError:  # written by another version: one odd message must not spoil the page
                content = Notice(words.text("web-unshowable"))
        return {
            "id": line.id,
            "author": "you" if line.author == "you" else "bot",
            "at": line.at,
            "version": version(line.body),
            "typed": line.body.get("text"),
            "document": line.body.get("document"),
            "alert": content if isinstance(content, Alert) else None,
            "notice": content if isinstance(content, Notice) else None,
            "digest": content if isinstance(content, Digest) else None,
            "mark": lambda card: plain(mark(card, words)),
            **_language(words),
            "size": partial(_size, words),
            "ago": lambda moment: words.ago(moment, now),
        }


def _size(words: Texts, size: int) -> str:
    """Bytes as a reader counts them: "12.3 kB"."""
    unit, amount = ("kilobyte", round(size / 1000, 1)) if size >= 1000 else ("byte", size)  # noqa: PLR2004
    return format_unit(amount, f"digital-{unit}", "short", locale=words.locale)


def _language(words: Texts) -> dict[str, Any]:
    return {"lang": words.locale, "dir": "rtl" if words.leftward else "ltr", "say": words.plain}


def fragment(content: Content, locale: str, now: datetime) -> str:
    """One message as it would stand on the page, without a page."""
    return Pages().line(Line(0, "bot", body_of(content, locale), now), now)


def version(body: Mapping[str, Any]) -> str:
    """Changes when a message's content does; lets a page skip a change that it shows already."""
    return f"{crc32(json.dumps(body, sort_keys=True).encode()):08x}"
