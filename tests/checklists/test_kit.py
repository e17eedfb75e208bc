"""The gap table: who supplies each line, what is missing, and when the rider is sourced."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.kit import RIDER, Accepted, Gap, GapState, Held, Line, Source, gaps, is_sourced
from checklists.rentals import Rental, RentalState
from checklists.stock import Carried, Stock

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
WIRELESS = Line(1, "vocal wireless", 4, subs=("Shure ULXD",))
RISER = Line(2, "drum riser", 2)
PIANO = Line(3, "piano", 1, must=False)


def carried(name: str, count: int, **more: object) -> Carried:
    return Carried(Stock(0, name, count), count, **more)  # type: ignore[arg-type]


def rental(name: str, count: int, state: RentalState, line: str = "vocal wireless") -> Rental:
    return Rental(1, 1, line, name, count, "PRG", 3, 18000, "EUR", state, "", "UPIA", NOW, "UTESS")


def only(line: Line, *args: list[Carried] | list[Held] | list[Rental], **more: list[Accepted]) -> Gap:
    return gaps([line], *args, **more)[0]  # type: ignore[arg-type]


def test_a_line_that_nobody_supplies_is_missing_and_the_house_is_not_asked() -> None:
    found = only(WIRELESS)
    assert (found.state, found.missing, found.have, found.is_house_asked) == (GapState.MISSING, 4, 0, False)


def test_a_house_that_said_no_is_asked() -> None:
    assert only(PIANO, [], [Held("piano", 0)]).is_house_asked
    assert not only(PIANO, [], [Held("drum riser", 2)]).is_house_asked
    assert only(WIRELESS, [], [Held("shure ulxd", 0)]).is_house_asked


def test_a_line_is_filled_from_every_source_the_nearest_first() -> None:
    found = only(WIRELESS, [carried("Vocal Wireless", 2)], [Held("vocal wireless", 1)], [Held("vocal-wireless", 3)])
    assert found.by_source == {Source.CARRIED: 2, Source.HOUSE: 1, Source.PROMOTER: 1}
    assert (found.state, found.missing, found.is_sourced) == (GapState.HAVE, 0, True)


def test_a_substitute_that_the_rider_names_is_accepted_by_it() -> None:
    found = only(WIRELESS, [], [Held("Shure ULXD", 4)])
    assert (found.state, found.is_sourced, found.parts[0].accepted_by) == (GapState.EQUIVALENT, True, RIDER)


def test_a_substitute_that_is_only_offered_waits_for_somebodys_yes() -> None:
    axient = [Held("Axient", 4, "vocal wireless")]
    assert only(WIRELESS, [], [Held("Axient", 4)]).state is GapState.MISSING
    offered = only(WIRELESS, [], axient)
    assert (offered.state, offered.missing, offered.is_sourced) == (GapState.EQUIVALENT, 0, False)
    taken = only(WIRELESS, [], axient, accepted=[Accepted("vocal wireless", "axient", "UANA")])
    assert (taken.is_sourced, taken.parts[0].accepted_by) == (True, "UANA")


def test_what_somebody_accepted_needs_no_offer() -> None:
    found = only(WIRELESS, [], [Held("Axient", 4)], accepted=[Accepted("vocal wireless", "axient", "UANA")])
    assert found.state is GapState.EQUIVALENT


@pytest.mark.parametrize(
    ("state", "shown", "sourced"),
    [
        (RentalState.REQUESTED, GapState.RENT, False),
        (RentalState.APPROVED, GapState.RENT, False),
        (RentalState.ORDERED, GapState.RENT, True),
        (RentalState.DELIVERED, GapState.RENT, True),
        (RentalState.RETURNED, GapState.RENT, True),
        (RentalState.REFUSED, GapState.MISSING, False),
        (RentalState.CANCELLED, GapState.MISSING, False),
    ],
)
def test_a_rental_counts_while_it_lives_and_is_sure_once_it_is_ordered(
    state: RentalState, shown: GapState, sourced: bool
) -> None:
    found = only(WIRELESS, [], [], [], [rental("vocal wireless", 4, state)])
    assert (found.state, found.is_sourced) == (shown, sourced)


def test_a_rental_is_for_its_own_line_only() -> None:
    hired = [rental("drum riser", 4, RentalState.ORDERED)]
    assert only(RISER, [], [], [], hired).missing == 2
    assert only(WIRELESS, [], [], [], hired).state is GapState.RENT


def test_no_thing_counts_for_two_lines_and_musts_are_served_first() -> None:
    nice = Line(4, "Shure ULXD", 2, must=False)
    found = {gap.line.id: gap.missing for gap in gaps([nice, WIRELESS], [], [Held("Shure ULXD", 4)])}
    assert found == {1: 0, 4: 2}


def test_worst_comes_first() -> None:
    lines = [PIANO, RISER, WIRELESS]
    order = [gap.line.name for gap in gaps(lines, [carried("drum riser", 2)])]
    assert order == ["vocal wireless", "piano", "drum riser"]


def test_the_rider_is_sourced_when_every_must_is() -> None:
    assert is_sourced([]) is None
    assert is_sourced(gaps([PIANO])) is None
    assert is_sourced(gaps([PIANO, RISER])) is False
    assert is_sourced(gaps([PIANO, RISER], [carried("drum riser", 2)])) is True


def test_gear_that_is_elsewhere_or_under_repair_is_told_where_it_is_missed() -> None:
    away = Carried(Stock(0, "drum riser", 2), 0, ("#2 Porto",), is_open=True)
    found = only(RISER, [away])
    assert (found.missing, found.elsewhere, found.is_open) == (2, ("#2 Porto",), True)
    assert only(RISER, [away], [Held("drum riser", 2)]).elsewhere == ()
    broken = only(RISER, [Carried(Stock(0, "drum riser", 2, in_repair=1), 1)])
    assert (broken.missing, broken.in_repair) == (1, 1)


NAMES = st.sampled_from(["piano", "drum riser", "Shure ULXD", "vocal wireless"])
HELD = st.lists(st.builds(Held, NAMES, st.integers(0, 5)), max_size=4)


LINES = st.lists(st.builds(Line, st.just(0), NAMES, st.integers(1, 5), st.booleans()), unique_by=lambda line: line.key)


@given(LINES, HELD, HELD)
def test_nothing_is_made_up_and_what_is_missing_is_missing(
    lines: list[Line], house: list[Held], more: list[Held]
) -> None:
    found = gaps([Line(n, each.name, each.count, each.must) for n, each in enumerate(lines)], [], house, more)
    for gap in found:
        there = sum(held.count for held in (*house, *more) if held.key == gap.line.key)
        assert gap.have == min(there, gap.line.count)
        assert gap.missing == gap.line.count - gap.have
