"""The components of a message: their rules, and the tree a test reads.

Source: https://docs.discord.com/developers/components/reference. A message has one of two forms: rows of
buttons and menus under a text, or (flag IS_COMPONENTS_V2) components alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tests.emulators.discord_errors import check_length, form_error
from tests.emulators.discord_markdown import plain
from tests.emulators.discord_records import Button, Json, Part

IS_COMPONENTS_V2 = 1 << 15

MOST_COMPONENTS = 40
MOST_TEXT = 4000  # discord.py ui/view.py states it; the documentation only says the sum is limited
CUSTOM_ID_LENGTH = 100
LABEL_LENGTH = 80
URL_LENGTH = 512
DESCRIPTION_LENGTH = 1024
MOST_OPTIONS = 25

ROW, BUTTON, SELECT, INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = (
    *range(1, 5),
    *range(9, 15),
    17,
)
SELECTS = frozenset({SELECT, 5, 6, 7, 8})
KINDS = {
    ROW: "row",
    BUTTON: "button",
    **dict.fromkeys(SELECTS, "select"),
    INPUT: "input",
    SECTION: "section",
    TEXT: "text",
    THUMBNAIL: "thumbnail",
    GALLERY: "gallery",
    FILE: "file",
    SEPARATOR: "separator",
    CONTAINER: "container",
}
_IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
_LINK = 5

Path = tuple[str | int, ...]


def check_rows(components: Sequence[Json]) -> tuple[Part, ...]:
    """The first form: at most 5 rows, each of up to 5 buttons or one menu. Raises Refused (50035)."""
    check_length(list(components), 5, "components", least=1)
    parts = tuple(_part(one, ("components", index), (ROW,)) for index, one in enumerate(components))
    _check_custom_ids(parts)
    return parts


def check_tree(components: Sequence[Json]) -> tuple[Part, ...]:
    """The second form: at most 40 components counting nested ones, 4,000 characters of text over all.

    Raises Refused (50035).
    """
    top = (*_IN_CONTAINER, CONTAINER)
    parts = tuple(_part(one, ("components", index), top) for index, one in enumerate(components))
    every = [part for top_part in parts for part in top_part.walk()]
    if len(every) > MOST_COMPONENTS:
        message = f"The maximum number of components is {MOST_COMPONENTS}, nested ones included."
        raise form_error(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    if sum(len(part.body["content"].strip()) for part in every if part.kind == "text") > MOST_TEXT:
        message = f"The total displayable text of a message is limited to {MOST_TEXT} characters."
        raise form_error(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    _check_custom_ids(parts)
    return parts


def buttons_of(parts: Sequence[Part]) -> tuple[Button, ...]:
    """Every button in reading order."""
    return tuple(
        Button(
            part.body.get("label") or (part.body.get("emoji") or {}).get("name") or "",
            part.body.get("custom_id"),
            part.body.get("url"),
            part.body["style"],
            bool(part.body.get("disabled")),
        )
        for top in parts
        for part in top.walk()
        if part.kind == "button"
    )


def text_of(parts: Sequence[Part]) -> list[str]:
    """The texts a person reads, without markup; buttons are not among them."""
    return [plain(part.body["content"]) for top in parts for part in top.walk() if part.kind == "text"]


def _part(component: Json, path: Path, allowed: tuple[int, ...]) -> Part:
    kind = component.get("type")
    if kind not in allowed:
        choices = ", ".join(map(str, allowed))
        message = f'Value of field "type" must be one of ({choices}).'
        raise form_error((*path, "type"), "UNION_TYPE_CHOICES", message)
    children: tuple[Part, ...] = ()
    if kind == ROW:
        children = _row(component, path)
    elif kind == CONTAINER:
        children = _children(component, path, 1, MOST_COMPONENTS, _IN_CONTAINER)
    elif kind == SECTION:
        children = _children(component, path, 1, 3, (TEXT,))
        accessory = component.get("accessory")
        if not accessory:
            raise form_error((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")
        children += (_part(accessory, (*path, "accessory"), (BUTTON, THUMBNAIL)),)
    else:
        _check_leaf(component, kind, path)
    return Part(KINDS[kind], component, children)


def _children(component: Json, path: Path, least: int, most: int, allowed: tuple[int, ...]) -> tuple[Part, ...]:
    held = component.get("components")
    check_length(held, most, *path, "components", least=least)
    return tuple(_part(one, (*path, "components", index), allowed) for index, one in enumerate(held or ()))


def _row(component: Json, path: Path) -> tuple[Part, ...]:
    children = _children(component, path, 1, 5, (BUTTON, *sorted(SELECTS)))
    if len(children) > 1 and any(child.kind == "select" for child in children):
        message = "The specified component exceeds the maximum width"
        raise form_error((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
    return children


def _check_leaf(component: Json, kind: int, path: Path) -> None:
    if kind == BUTTON:
        _check_button(component, path)
    elif kind in SELECTS:
        check_length(component.get("custom_id"), CUSTOM_ID_LENGTH, *path, "custom_id", least=1)
        if kind == SELECT:
            check_length(component.get("options"), MOST_OPTIONS, *path, "options", least=1)
    elif kind == TEXT:
        check_length(component.get("content"), MOST_TEXT, *path, "content", least=1)
    elif kind == GALLERY:
        check_length(component.get("items"), 10, *path, "items", least=1)
        for index, item in enumerate(component["items"]):
            _check_media(item, (*path, "items", index))
    elif kind == THUMBNAIL:
        _check_media(component, path)


def _check_media(holder: Json, path: Path) -> None:
    check_length(holder.get("description"), DESCRIPTION_LENGTH, *path, "description")
    url = (holder.get("media") or {}).get("url")
    check_url(url, ("http", "https", "attachment"), (*path, "media", "url"), most=2048)


def _check_button(button: Json, path: Path) -> None:
    """One of `url` and `custom_id`, by style; a label of at most 80 or an emoji."""
    check_length(button.get("label"), LABEL_LENGTH, *path, "label")
    if not button.get("label") and not button.get("emoji"):
        raise form_error(path, "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji")
    if button.get("style") == _LINK:
        if button.get("custom_id"):
            message = "A custom id and url cannot both be specified"
            raise form_error((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
        check_url(button.get("url"), ("http", "https", "discord"), (*path, "url"), most=URL_LENGTH)
        return
    if button.get("style") not in range(1, 5):
        message = "Value must be one of {1, 2, 3, 4, 5}."
        raise form_error((*path, "style"), "BASE_TYPE_CHOICES", message)
    if button.get("url"):
        message = "A custom id and url cannot both be specified"
        raise form_error((*path, "url"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    check_length(button.get("custom_id"), CUSTOM_ID_LENGTH, *path, "custom_id", least=1)


def check_url(url: Any, schemes: tuple[str, ...], path: Path, *, most: int) -> None:
    """A URL of one of `schemes` with something behind it. Raises Refused (50035)."""
    check_length(url, most, *path, least=1)
    try:
        parsed = urlsplit(url)
    except ValueError as error:
        raise form_error(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.") from error
    if parsed.scheme not in schemes:
        allowed = ", ".join(f"'{scheme}'" for scheme in schemes)
        message = f'Scheme "{parsed.scheme}" is not supported. Scheme must be one of ({allowed}).'
        raise form_error(path, "URL_TYPE_INVALID_SCHEME", message)
    if not parsed.netloc or any(character.isspace() for character in url):
        raise form_error(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def _check_custom_ids(parts: Sequence[Part]) -> None:
    seen: set[str] = set()
    for top in parts:
        for part in top.walk():
            custom_id = part.body.get("custom_id")
            if custom_id and custom_id in seen:
                message = "Component custom id cannot be duplicated"
                raise form_error(("components",), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            if custom_id:
                seen.add(custom_id)
