"""Buttons: rows of them within Discord's limits, and what a pressed one means.

A button carries all it means in its custom id, so that it works after any restart and costs no memory. Why not by
the library's DynamicItem: docs/adr/0008.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Item

from adapters.hygiene import foreign, public
from bot.messages import Button as Wanted
from bot.messages import Keyboard

PREFIX = "tw"
CUSTOM_ID = 100  # characters, like all that follow: https://docs.discord.com/developers/components/reference#button
LABEL = 80
LINK = 512
ROW = 5  # buttons side by side

_OURS = re.compile(PREFIX + r"(?:@(?P<place>\d+(?:/\d+)?))?:(?P<action>.+)", re.DOTALL)

AnyItem = Item[Any]
Rows = list[list[AnyItem]]


def custom_id_of(action: str, place: str | None = None) -> str:
    """`place` is the channel (or channel/thread) a button speaks of, where that is not the one it stands in."""
    return f"{PREFIX}@{place}:{action}" if place else f"{PREFIX}:{action}"


def meant_by(custom_id: str) -> tuple[str, str | None]:
    """The action and place of a button; no action for one that is none of ours (any more)."""
    found = _OURS.fullmatch(custom_id)
    return (found["action"], found["place"]) if found else ("", None)


def rows_of(keyboard: Keyboard, room: int, place: str | None = None) -> list[ActionRow[Any]]:
    """The rows of `keyboard` as at most `room` components, rows counted; full rows where it has too many.

    Left out are buttons that Discord would refuse: wrong address, no label, an action that is there already.
    """
    rows = _allowed(keyboard, place)
    if _size(rows) > room:
        every = [button for row in rows for button in row]
        rows = [every[at : at + ROW] for at in range(0, len(every), ROW)]
        while rows and _size(rows) > room:
            rows[-1].pop()
            rows = [row for row in rows if row]
    return [ActionRow(*row) for row in rows]


def _allowed(keyboard: Keyboard, place: str | None) -> Rows:
    seen: set[str] = set()
    rows: Rows = []
    for row in keyboard:
        buttons = list(_buttons(row, seen, place))
        rows += [buttons[at : at + ROW] for at in range(0, len(buttons), ROW)]
    return rows


def _buttons(row: tuple[Wanted, ...], seen: set[str], place: str | None) -> Iterator[AnyItem]:
    for button in row:
        label = foreign(button.label, LABEL)
        if not label:
            continue
        if button.url is not None:
            if public(button.url) and len(button.url) <= LINK:
                yield Button(label=label, url=button.url)
        elif button.action and button.action not in seen and len(custom_id_of(button.action, place)) <= CUSTOM_ID:
            seen.add(button.action)
            custom_id = custom_id_of(button.action, place)
            yield Button(label=label, custom_id=custom_id, style=ButtonStyle.secondary)


def _size(rows: Rows) -> int:
    return sum(1 + len(row) for row in rows)
