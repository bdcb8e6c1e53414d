"""Platform-neutral content of messages. Nothing here is markup: adapters escape by construction.

A `Text` is a tuple of spans; a line break is a newline inside a span. Hostile characters are harmless in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from bot.model import NO_PROVIDER, Address, Coverage, Image, Provider
from bot.preferences import Form


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. `url` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None


Text = tuple[Span, ...]

APART, APART_END = Span("\u2068"), Span("\u2069")
"""Around a piece that may run the other way than the line it stands in (first strong isolate, its end)."""

RIGHT_TO_LEFT = Span("\u200f")
"""At the beginning of a line that runs to the left, whatever its first word."""

MARKS = frozenset({APART, APART_END, RIGHT_TO_LEFT})
"""Spans of ours that order what is written in two directions (https://www.unicode.org/reports/tr9/).

Adapters let these pass and no such character in any other span; where a platform has means of its own, they ignore
them.
"""


@dataclass(frozen=True, slots=True)
class Button:
    """Either `action` (at most 64 bytes, comes back as `Request.press`) or `url`."""

    label: str
    action: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One article as a person sees it; adapters turn age, quality and coverage into words.

    `coverage` holds the strongest other outlets with the same news (at most three are shown; a stored payload has
    some more, for readers who prefer others), `more` counts the outlets with the same news beyond those, `around`
    what else is listed around it.
    """

    article_id: int
    story_id: int
    title: str
    url: str
    excerpt: str = ""
    kind: str = "article"  # or "video"
    provider: Provider = NO_PROVIDER
    published_at: datetime | None = None
    quality: int | None = None
    hashtags: tuple[str, ...] = ()  # with their #
    coverage: tuple[Coverage, ...] = ()
    more: int = 0
    around: int = 0
    image: Image | None = None
    second_look: bool = False  # it was below the bar before and rose
    grown: tuple[int, int] | None = None  # a card drawn anew: outlets when it came, and now


@dataclass(frozen=True, slots=True)
class Alert:
    """One card with its buttons, as large as `form` says."""

    card: Card
    keyboard: Keyboard = ()
    form: Form = Form.CARD


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences, then articles in short form (at most ten), then `closing` sentences and buttons; or a picture."""

    text: Text
    items: tuple[Card, ...] = ()
    closing: Text = ()
    keyboard: Keyboard = ()
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One story of a digest. `outlets` have it, its own included; `note` says what changed since it was told."""

    card: Card
    outlets: int = 1
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Stories under one heading. `brief`: title and note alone."""

    heading: Text
    items: tuple[Item, ...]
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """Many stories in one message, grouped. A part of a digest holds what `bot.digests.parts` lets into one.

    Every platform shows every item of it, and shortens titles and addresses where it must.
    """

    text: Text
    groups: tuple[Group, ...] = ()
    closing: Text = ()
    keyboard: Keyboard = ()


Content = Alert | Notice | Digest


# ---------------------------------------------------------------- a conversation


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a platform: the `id` there (`@handle` while only that is known) and a name to show."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person typed or pressed, in one chat.

    Exactly one of `text` (as typed, with its slash) and `press` (a button's action) is not None.
    `private` is a chat with one person; `may_change` says whether this person may change what the chat
    receives; `sender` is the platform's id of the person, for admin rights, `handle` their public name there.
    In a room `right` names what `may_change` takes (`right-<right>` in the catalogue), `admins` are names of those
    who have it, as far as they may be told, and `people` those whom the message points at: mentioned or replied to.
    `elsewhere`: the answer is read in another chat than the one the request is about. `reader` is the private chat
    of the person, where the answer is for them alone: it is in the language of that chat.
    `replied`: the actions of the buttons under the message of ours that this one answers, or was chosen for.
    `attached`: a picture or a file came with the words.
    """

    address: Address
    sender: str
    text: str | None = None
    press: str | None = None
    title: str = ""
    locale: str = ""  # as the platform tells it; "" where it does not
    private: bool = True
    may_change: bool = True
    right: str = "admin"
    admins: tuple[str, ...] = ()
    handle: str = ""  # without its @
    people: tuple[Person, ...] = ()
    elsewhere: bool = False
    reader: Address | None = None
    replied: tuple[str, ...] = ()
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What to show. `replaces`: the first message takes the place of the one whose button was pressed.

    `toast` is a short line for a pressed button's own feedback. `document` is a file to hand over
    (name, bytes). No messages and no toast = stay silent. `locale` is the language of it all. `menu`: the
    commands of this chat are listed in that language now, with "" in that of the app; None changes nothing.
    """

    messages: tuple[Content, ...] = ()
    replaces: bool = False
    toast: str = ""
    document: tuple[str, bytes] | None = None
    locale: str = ""
    menu: str | None = None


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One command for a platform's menu: name without the slash, its summary in one locale.

    `changes`: only for those who may change what a chat receives. `rooms`: of use in rooms too. `arguments` shows
    what may stand behind the name ("" = nothing), `completes` whether topics are offered while it is typed.
    `admin`: for the operators alone. `on_message`: its label where it may be chosen in the menu of a message, whose
    buttons are then `Request.replied` ("" = it is not offered there).
    """

    name: str
    summary: str
    changes: bool = False
    rooms: bool = True
    arguments: str = ""
    completes: bool = False
    admin: bool = False
    on_message: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader knew of a story before: when it was told and by which article; what happened to it since.

    `rose_from` is the quality before it rose (None: it did not), `joined` counts outlets that came later.
    """

    at: datetime
    article_id: int
    rose_from: int | None = None
    joined: int = 0


class Mention(NamedTuple):
    """A story in a digest, by reference: what is shown of it is looked up when it is sent.

    `topic_id` is the reader's topic through which it came. `bar`: it is a near miss, for which the digest's bar
    would have to be lowered to this.
    """

    story_id: int
    article_id: int
    topic_id: int
    outlets: int = 1
    known: Known | None = None
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """What a delivery carries, stored once for all who get it; words are put in when it is sent.

    A story alone is one card. A digest has `mentions`. An editor's own words are a `text`, perhaps with a picture.
    Everything else has a catalogue `key` with `values`, and perhaps cards below it and `buttons` (catalogue key,
    action). `urgent`: quiet hours neither hold nor silence it. `deletes`: for an update, take the message away
    where the platform allows it, else put this in its place.
    """

    cards: tuple[Card, ...] = ()
    key: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    urgent: bool = False
    text: Text = ()
    image: Image | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    deletes: bool = False
