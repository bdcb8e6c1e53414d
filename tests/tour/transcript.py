"""What was said on a tour, line by line, and how it reads in docs/tour.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Generic, TypeVar

SIGNS = re.compile(r"([\\`*_\[\]<>~|])")
"""What Markdown could take for its own in the middle of a line."""

LISTS = re.compile(r"^(\d+)([.)])|^([#+-])(?=\s)", re.MULTILINE)
"""What it could take for a heading or a list at the beginning of one."""

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Heading:
    """A stretch of the way, and what to look at in it."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person did: typed something, or pressed a button. `again`: they rewrote what they had typed."""

    text: str
    pressed: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A message of the bot with its rows of buttons. `changed`: it took the place of one that stood there."""

    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Flashed:
    """A line that the platform shows for a moment after a button was pressed."""

    text: str


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened without the person."""

    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of the last message goes here."""

    name: str
    caption: str


Line = Heading | Said | Answered | Flashed | Meanwhile | Seen


@dataclass(slots=True)
class Tour(Generic[Shown]):
    """A conversation as it is held, and the messages that are to be drawn, by the name of their picture.

    `key` begins those names.
    """

    title: str
    key: str
    lines: list[Line] = field(default_factory=list)
    pictures: dict[str, Shown] = field(default_factory=dict)

    def heading(self, title: str, text: str = "") -> None:
        self.lines.append(Heading(title, text))

    def meanwhile(self, text: str) -> None:
        self.lines.append(Meanwhile(text))

    def picture(self, name: str, shown: Shown, caption: str) -> None:
        """The message that was shown last is worth a picture."""
        name = f"tour-{self.key}-{name}"
        self.lines.append(Seen(name, caption))
        self.pictures[name] = shown

    def markdown(self) -> str:
        """A section of docs/tour.md."""
        return "\n\n".join([f"## {self.title}", *(_markdown(line) for line in self.lines)]) + "\n"


def _markdown(line: Line) -> str:
    match line:
        case Heading(title, text):
            return f"### {title}\n\n{text}".rstrip()
        case Said(text, pressed=True):
            return f"**Ann** presses {_button(text)}"
        case Said(text, again=again):
            return f"**Ann**{', changing what she wrote' if again else ''}: {_escaped(text)}"
        case Flashed(text):
            return f"*{_escaped(text)}*"
        case Meanwhile(text):
            return f"*{text}*"
        case Seen(name, caption):
            return f'<img src="pictures/{name}.png" width="300" alt="{escape(caption)}">'
        case Answered(text, buttons, changed):
            head = ["*The message changes to:*", ""] if changed else []
            rows = ["", *(" ".join(map(_button, row)) + "\\" for row in buttons)] if buttons else []
            return _quoted([*head, *_broken(_escaped(text).split("\n")), *(row for row in rows)]).removesuffix("\\")


def _broken(lines: list[str]) -> Iterable[str]:
    """A line ends where the message's does: a backslash says so, but before and in an empty line."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"{line}\\" if line and following else line


def _quoted(lines: list[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _escaped(text: str) -> str:
    text = SIGNS.sub(r"\\\1", text.replace("\u2060", ""))
    return LISTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def _button(label: str) -> str:
    return f"<kbd>{escape(label, quote=False)}</kbd>"
