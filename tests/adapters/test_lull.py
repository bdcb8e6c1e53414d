"""When a folder has rested: told by a clock of numbers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.sources.lull import EVERYTHING, Lull


def lull() -> Lull:
    return Lull(rest_seconds=2, most_seconds=10)


def test_nothing_is_due_while_nothing_moved() -> None:
    assert not lull().due(1_000_000)


def test_a_single_file_is_due_at_once() -> None:
    folder = lull()
    folder.moved({"a.md"}, 5)
    assert folder.due(5)
    assert folder.take() == {"a.md"}
    assert not folder.due(100)


def test_the_second_half_of_a_single_file_is_due_at_once_too() -> None:
    folder = lull()
    folder.moved({"a.md"}, 5)
    folder.take()
    folder.moved({"a.md"}, 5.05)
    assert folder.due(5.05)


def test_several_files_wait_for_a_rest() -> None:
    folder = lull()
    folder.moved({"a.md", "b.md"}, 5)
    folder.moved({"c.md"}, 6)
    assert not folder.due(7.9)
    assert folder.due(8)
    assert folder.take() == {"a.md", "b.md", "c.md"}


def test_a_file_that_follows_another_waits_for_a_rest() -> None:
    folder = lull()
    folder.moved({"a.md"}, 5)
    folder.take()
    folder.moved({"b.md"}, 5.4)
    assert not folder.due(5.4)
    assert folder.due(7.4)


def test_a_file_some_time_after_another_is_single_again() -> None:
    folder = lull()
    folder.moved({"a.md"}, 5)
    folder.take()
    folder.moved({"b.md"}, 5.6)
    assert folder.due(5.6)


def test_a_single_file_waits_with_those_that_wait() -> None:
    folder = lull()
    folder.moved({"a.md", "b.md"}, 5)
    folder.moved({"c.md"}, 6)
    assert not folder.due(6)


def test_after_a_rest_a_single_file_is_due_at_once_again() -> None:
    folder = lull()
    folder.moved({"a.md", "b.md"}, 5)
    assert folder.due(7)
    folder.take()
    folder.moved({"c.md"}, 7.5)
    assert folder.due(7.5)


def test_a_folder_without_rest_is_looked_at_all_the_same() -> None:
    folder = lull()
    moments = [tenth / 10 for tenth in range(0, 250, 4) if _moves_and_is_due(folder, tenth / 10)]
    assert moments == [0, 10.4, 20.8]


def _moves_and_is_due(folder: Lull, second: float) -> bool:
    folder.moved({f"{second}.md"}, second)
    if folder.due(second):
        folder.take()
        return True
    return False


def test_a_whole_folder_is_no_single_file() -> None:
    folder = lull()
    folder.moved({EVERYTHING}, 5)
    assert not folder.due(5)
    assert folder.due(7)


def test_what_waits_is_not_taken_for_movement() -> None:
    folder = lull()
    folder.wait({"half.md"}, 5)
    assert not folder.due(6)
    assert folder.due(7)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.sets(st.sampled_from("abc"), min_size=1)), max_size=30))
def test_everything_that_moved_is_taken_within_the_longest_wait(moves: list[tuple[int, set[str]]]) -> None:
    folder, now, waiting = lull(), 0.0, dict[str, float]()
    for pause, paths in moves:
        now += pause / 4
        folder.moved(paths, now)
        for path in paths:
            waiting.setdefault(path, now)
        if folder.due(now):
            for path in folder.take():
                del waiting[path]
        assert all(now - since < 10 for since in waiting.values())
    assert folder.due(now + 2) == bool(waiting)
    assert folder.take() == set(waiting)
