"""The demo's folder: fresh dates, nothing else touched, and articles that appear whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import frontmatter
import pytest

from adapters.sources.samples import MARKER, SampleFolder
from bot.errors import SettingsError
from bot.ports import Samples

SAMPLES = Path(__file__).parents[2] / "samples"
NOW = datetime(2031, 3, 1, 0, 30, 15, tzinfo=UTC)
STAMP = re.compile(rb"publishedDateTime: *\"?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "demo"


@pytest.fixture
def folder(target: Path) -> SampleFolder:
    folder = SampleFolder(SAMPLES, target)
    folder.prepare(NOW)
    return folder


def fields(path: Path) -> dict[str, Any]:
    return frontmatter.load(str(path)).metadata


def dates(path: Path) -> list[datetime]:
    stamps = STAMP.findall(path.read_bytes())
    return [datetime.fromisoformat(stamp.decode()).replace(tzinfo=UTC) for stamp in stamps]


@pytest.mark.usefixtures("folder")
def test_every_sample_article_is_copied_and_only_its_dates_differ(target: Path) -> None:
    originals = sorted((SAMPLES / "articles").glob("*.md"))
    copies = sorted(target.glob("*.md"))
    assert [path.name for path in copies] == [path.name for path in originals]
    for original, copy in zip(originals, copies, strict=True):
        assert STAMP.sub(b"", copy.read_bytes()) == STAMP.sub(b"", original.read_bytes())


@pytest.mark.usefixtures("folder")
def test_the_newest_date_is_four_minutes_old_and_all_moved_by_the_same(target: Path) -> None:
    originals = sorted((SAMPLES / "articles").glob("*.md"))
    before = [moment for path in originals for moment in dates(path)]
    after = [moment for path in originals for moment in dates(target / path.name)]
    assert max(after) == NOW - timedelta(minutes=4)
    assert len({new - old for old, new in zip(before, after, strict=True)}) == 1


def test_preparing_again_empties_what_was_published(folder: SampleFolder, target: Path) -> None:
    offered = folder.later()
    folder.publish(offered[0].path, NOW)
    assert (target / offered[0].path).exists()
    folder.prepare(NOW + timedelta(hours=1))
    assert not (target / offered[0].path).exists()
    assert folder.later() == offered


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("mine")
    with pytest.raises(SettingsError, match="did not put there"):
        SampleFolder(SAMPLES, tmp_path).prepare(NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


def test_folders_below_the_target_survive(folder: SampleFolder, target: Path) -> None:
    kept = target / "own" / "notes.md"
    kept.parent.mkdir()
    kept.write_text("mine")
    folder.prepare(NOW)
    assert kept.exists()
    assert (target / MARKER).exists()


def test_samples_tell_what_decides_who_is_told(folder: SampleFolder) -> None:
    samples = folder.later()
    assert len(samples) >= 24
    assert all(sample.title and sample.topics for sample in samples)
    assert sum("Computer Vision" in sample.topics for sample in samples) >= 6


def test_a_published_article_is_a_minute_old_and_none_of_its_dates_lie_ahead(
    folder: SampleFolder, target: Path
) -> None:
    for sample in folder.later():
        folder.publish(sample.path, NOW)
        path = target / sample.path
        assert fields(path)["title"] == sample.title
        assert dates(path)[0] == NOW - timedelta(minutes=1)
        assert max(dates(path)) <= NOW


def test_a_published_article_is_offered_no_more(folder: SampleFolder) -> None:
    path = folder.later()[0].path
    folder.publish(path, NOW)
    assert path not in {sample.path for sample in folder.later()}
    with pytest.raises(KeyError):
        folder.publish(path, NOW)


def test_another_quality_replaces_the_articles_own_and_no_other(folder: SampleFolder, target: Path) -> None:
    sample = next(sample for sample in folder.later() if sample.quality)
    folder.publish(sample.path, NOW, quality=12)
    original, published = fields(SAMPLES / "later" / sample.path), fields(target / sample.path)
    assert published["quality"] == 12
    qualities = [[item["quality"] for item in article["related"]] for article in (original, published)]
    assert qualities[0] == qualities[1]


def test_an_article_rises_in_place_and_keeps_its_date(folder: SampleFolder, target: Path) -> None:
    path = target / "rising.md"
    folder.publish(path.name, NOW)
    weaker, date = fields(path)["quality"], dates(path)[0]
    folder.publish(path.name, NOW + timedelta(minutes=5))
    assert fields(path)["quality"] > weaker
    assert dates(path)[0] == date
    assert path.name not in {sample.path for sample in folder.later()}


def test_no_half_written_file_stays_behind(folder: SampleFolder, target: Path) -> None:
    folder.publish(folder.later()[0].path, NOW)
    assert not list(target.glob(".*.part"))


@pytest.mark.parametrize("path", ["../articles/x.md", "nothing.md", "", "rising.2.md"])
def test_only_what_is_on_offer_can_be_published(folder: SampleFolder, path: str) -> None:
    with pytest.raises(KeyError):
        folder.publish(path, NOW)


def test_an_unrated_sample_can_be_given_a_quality(tmp_path: Path, target: Path) -> None:
    later = tmp_path / "samples" / "later"
    later.mkdir(parents=True)
    (later / "a.md").write_text('---\ntitle: "A"\npublishedDateTime: 2026-01-01T00:00:00Z\ntopics: [AI]\n---\n')
    target.mkdir()
    folder: Samples = SampleFolder(tmp_path / "samples", target)
    folder.publish("a.md", NOW, 80)
    assert fields(target / "a.md")["quality"] == 80
