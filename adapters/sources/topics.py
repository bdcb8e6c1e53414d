"""A folder of topic files, one YAML document each, into Topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from adapters.sources.fields import entries, text
from adapters.sources.plainyaml import MAX_BYTES, Plain, Unreadable, decode, load_first
from bot.errors import SourceUnavailable
from bot.model import FileRefused, Topic
from bot.topics import slugify

MAX_NAME = 100  # characters
MAX_WORDS = 200  # entries of one list


def read_topics(folder: Path) -> tuple[list[Topic], list[FileRefused]]:
    """Return the topics of `*.yaml` and `*.yml` in `folder`, in order of file names, and what is wrong there.

    Keys: `_id` (the slug), `name`, `parent` (a name), `keywords`, `hashtags`, `aliases`; `shortname` is an alias.
    Of a file with several YAML documents the first counts: publishers' files may end in a stray `---`.
    A parent that no file describes stays: articles may bring it. Links are not followed.
    Raises SourceUnavailable when the folder cannot be listed.
    """
    topics: dict[str, Topic] = {}
    origin: dict[str, str] = {}  # slug -> file name
    refused: list[FileRefused] = []
    for path in _files(folder):
        try:
            topic = _topic(_fields(path))
        except Unreadable as unreadable:
            refused.append(FileRefused(path.name, str(unreadable)))
            continue
        if first := origin.get(topic.slug):
            reason = f"The topic `{topic.slug}` is in {first} already. Give this one another `_id`."
            refused.append(FileRefused(path.name, reason))
        else:
            topics[topic.slug], origin[topic.slug] = topic, path.name
    placed = {slug: _under_slug(topic, topics) for slug, topic in topics.items()}
    for slug in [slug for slug in placed if _is_own_ancestor(slug, placed)]:
        placed[slug] = replace(placed[slug], parent=None)
        refused.append(
            FileRefused(origin[slug], f"The parents of `{slug}` lead back to it, so it has none. Correct `parent`.")
        )
    return list(placed.values()), refused


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise SourceUnavailable(
            f"The topics folder {folder} cannot be read: {error.strerror}. Check TOPICS."
        ) from error
    return [
        path
        for path in found
        if path.suffix in {".yaml", ".yml"}
        and not path.name.startswith(".")
        and not path.is_symlink()
        and path.is_file()
    ]


def _fields(path: Path) -> dict[str, Plain]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror}. Check its permissions.") from error
    fields = load_first(decode(data))
    if not isinstance(fields, dict):
        raise Unreadable("The file holds no fields such as `name: ...`. Write it as fields.")
    return fields


def _topic(fields: Mapping[str, Plain]) -> Topic:
    """Return the topic as its file tells it; `parent` is still a name."""
    name = text(fields.get("name"), MAX_NAME)
    slug = slugify(text(fields.get("_id"), MAX_NAME) or name)
    if not name or not slug:
        raise Unreadable("There is no name with a letter or digit in it. Add a line `name: ...`.")
    aliases = (*_words(fields.get("shortname")), *_words(fields.get("aliases")))
    tags = (tag for entry in _words(fields.get("hashtags")) for tag in entry.split())
    return Topic(
        slug=slug,
        name=name,
        parent=text(fields.get("parent"), MAX_NAME) or None,
        aliases=_distinct(alias for alias in aliases if slugify(alias) not in {slug, slugify(name)}),
        keywords=_distinct(_words(fields.get("keywords"))),
        hashtags=_distinct(f"#{tag.lstrip('#')}" for tag in tags if tag.strip("#")),
    )


def _words(value: Plain) -> list[str]:
    return [word for entry in entries(value)[:MAX_WORDS] if (word := text(entry, MAX_NAME))]


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _under_slug(topic: Topic, topics: Mapping[str, Topic]) -> Topic:
    """Return the topic with its parent as a slug. Publishers write the parent's name; its slug is taken too."""
    if topic.parent is None:
        return topic
    wanted = slugify(topic.parent)
    by_name = (slug for slug, other in topics.items() if slugify(other.name) == wanted)
    return replace(topic, parent=wanted if wanted in topics else next(by_name, wanted) or None)


def _is_own_ancestor(slug: str, topics: Mapping[str, Topic]) -> bool:
    seen: set[str] = set()
    at = topics[slug].parent
    while at is not None and at in topics and at not in seen:
        seen.add(at)
        at = topics[at].parent
    return slug in seen
