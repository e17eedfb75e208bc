"""The bench itself: its table knows every figure, and its arithmetic is right. Nothing is timed here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.clock import use_packaged_zones
from tests.bench import board
from tests.bench.__main__ import MEASURES
from tests.bench.figures import (
    FIGURES,
    PARTS,
    Figure,
    Reading,
    Target,
    Verdict,
    at_percent,
    chosen,
    figure_words,
    judge,
    target_words,
)
from tests.bench.table import figures_table, machine

READINGS = st.lists(st.floats(0, 1e6), min_size=1)


def printed(names: list[str], readings: dict[str, Reading]) -> str:
    console = Console(width=300, force_terminal=False)
    with console.capture() as caught:
        console.print(figures_table(names, readings))
    return caught.get()


def test_every_part_has_its_measure() -> None:
    assert set(MEASURES) == set(PARTS)


def test_the_table_has_a_row_for_every_figure() -> None:
    said = printed(list(FIGURES), {name: Reading(name, [0.0]) for name in FIGURES})
    for name, figure in FIGURES.items():
        row = next(line for line in said.splitlines() if f" {name} " in line)
        assert figure.what in row
        assert target_words(figure) in row
        assert ("PASS" in row) or name in ("written", "flood-strange") or not figure.targets


def test_a_figure_that_was_not_read_stays_in_the_table() -> None:
    assert "not measured" in printed(["show"], {})


def test_percentiles_are_of_the_nearest_rank() -> None:
    readings = [float(n) for n in range(100, 0, -1)]
    assert [at_percent(readings, percent) for percent in (1, 50, 99, 100)] == [1, 50, 99, 100]
    assert at_percent([7.0], 99) == 7


def test_no_readings_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no readings"):
        at_percent([], 50)


@given(READINGS, st.integers(1, 99))
def test_a_percentile_is_a_reading_and_never_falls(readings: list[float], percent: int) -> None:
    found = at_percent(readings, percent)
    assert found in readings
    assert found <= at_percent(readings, percent + 1) <= max(readings)
    assert sum(each <= found for each in readings) * 100 >= percent * len(readings)


def test_a_figure_passes_only_when_every_target_is_kept() -> None:
    figure = Figure("ack", "serve", "an ack", "ms", (Target(50, 5), Target(99, 15)), shows_shares=True)
    assert judge(figure, [5.0, 15.0]) is Verdict.PASS
    assert judge(figure, [5.0, 15.1]) is Verdict.MISS
    assert judge(figure, [5.1, 5.1]) is Verdict.MISS
    assert judge(Figure("told", "serve", "told", "s"), [99.0]) is Verdict.TOLD


def test_targets_and_readings_are_said_with_their_units() -> None:
    shares = Figure("ack", "serve", "an ack", "ms", (Target(50, 5), Target(99, 15)), shows_shares=True)
    assert target_words(shares) == "p50 ≤ 5 ms, p99 ≤ 15 ms"
    assert figure_words(shares, [1.25, 9.0, 140.6]) == "p50 9 ms, p99 140.6 ms of 3"
    whole = Figure("ready", "serve", "ready", "s", (Target(50, 1.5),))
    assert target_words(whole) == "≤ 1.5 s"
    assert figure_words(whole, [0.84]) == "0.84 s"


def test_only_takes_names_of_figures_and_of_parts() -> None:
    assert chosen(["card"], with_whole=False) == ["card"]
    assert set(chosen(["cues"], with_whole=False)) == {"cue", "cue-made", "cue-said"}
    assert "clone" not in chosen([], with_whole=False)
    assert "clone" in chosen([], with_whole=True)
    with pytest.raises(ValueError, match="no figure nonsense"):
        chosen(["nonsense"], with_whole=False)


def test_the_machine_is_named() -> None:
    assert "cores" in machine()
    assert "SQLite" in machine()


def test_the_board_is_read_in_a_few_queries_however_many_gigs_there_are() -> None:
    use_packaged_zones()
    for gigs in (1, 25):
        with board.filled(gigs, crew=3, items=4) as store:
            _, queries = board.boards(store, times=1)
            assert queries == [8]


def test_a_moved_gig_has_its_two_hundred_cues() -> None:
    use_packaged_zones()
    with board.filled(1, board.CALLED, items=4) as store:
        _, cues = board.moves(store, times=1)
    assert cues >= 200
