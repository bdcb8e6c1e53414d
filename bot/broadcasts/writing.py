"""An editor's own text: its links, and the picture that goes with it. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.messages import Span, Text
from bot.model import Image

TITLE = 80  # characters of a text by which lists name it
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()]+)\)|(https?://[^\s<>\"]+)")
_TRAILING = ".,;:!?)’”\"'"


def written(text: str) -> tuple[Text, Image | None]:
    """The text with its links, and the picture whose address stands alone on its last line.

    A link is an address, or words and an address as in `[words](https://…)`.
    """
    body, picture = _without_picture(text.strip())
    spans: list[Span] = []
    at = 0
    for found in _LINK.finditer(body):
        spans.append(Span(body[at : found.start()]))
        if found[1]:
            spans.append(Span(found[1], url=found[2]))
            at = found.end()
        else:
            address = found[3].rstrip(_TRAILING)
            spans.append(Span(address, url=address))
            at = found.start() + len(address)
    spans.append(Span(body[at:]))
    return tuple(span for span in spans if span.text), picture


def named(text: Text) -> str:
    """The first words of a text, by which it is listed."""
    words = " ".join("".join(span.text for span in text).split())
    return words if len(words) <= TITLE else words[: TITLE - 1].rsplit(" ", 1)[0] + "…"


def picture_of(line: str) -> Image | None:
    """The picture at this address; None where it is no https address of a picture."""
    try:
        parts = urlsplit(line.strip())
    except ValueError:
        return None
    good = parts.scheme == "https" and parts.hostname and parts.path.casefold().endswith(PICTURES)
    return Image(line.strip()) if good and len(line.split()) == 1 else None


def _without_picture(text: str) -> tuple[str, Image | None]:
    head, _, last = text.rpartition("\n")
    picture = picture_of(last)
    return (head.strip(), picture) if picture and head.strip() else (text, None)
