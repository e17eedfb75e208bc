"""A gig's day: what was given, what shifts, what is refused."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.gig import Anchor, GigState, refuse_disorder, refuse_gaps, whole_day
from checklists.walls import Wall, by_night
from tests.checklists.gigs import lisbon


def test_times_nobody_gave_are_the_default_day() -> None:
    day = {anchor.value: str(wall) for anchor, wall in whole_day({}).items()}
    assert day == {
        "load_in": "12:00", "soundcheck": "16:30", "doors": "19:00", "set": "20:30", "set_end": "22:00",
        "curfew": "23:00", "load_out": "23:15",
    }  # fmt: skip


def test_given_doors_shift_all_but_the_curfew() -> None:
    day = whole_day({Anchor.DOORS: Wall(time(21))})
    assert (str(day[Anchor.LOAD_IN]), str(day[Anchor.SET]), str(day[Anchor.CURFEW])) == ("14:00", "22:30", "23:00")
    assert day[Anchor.SET_END] == Wall(time(0), 1)
    assert day[Anchor.LOAD_OUT] == Wall(time(1, 15), 1)


@given(st.times())
def test_whatever_the_doors_the_day_stays_in_order(at: time) -> None:
    day = whole_day({Anchor.DOORS: by_night(at.replace(second=0, microsecond=0))})
    order = [day[a].minutes for a in (Anchor.LOAD_IN, Anchor.SOUNDCHECK, Anchor.DOORS, Anchor.SET, Anchor.LOAD_OUT)]
    assert order == sorted(order)


def test_a_load_out_after_midnight_belongs_to_the_night() -> None:
    gig = lisbon(date=date(2024, 10, 26), given={Anchor.LOAD_OUT: Wall(time(1, 30), 1, 1)})
    assert gig.at(Anchor.LOAD_OUT) == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)
    assert gig.at(Anchor.LOAD_OUT) > gig.at(Anchor.CURFEW)


def test_the_show_day_rolls_over_at_six() -> None:
    gig = lisbon()
    assert gig.show_day_begins() == datetime(2024, 10, 27, 6, tzinfo=UTC)
    assert gig.show_day_ends() == datetime(2024, 10, 28, 6, tzinfo=UTC)
    assert not gig.is_over(datetime(2024, 10, 28, 5, 59, tzinfo=UTC))
    assert gig.is_over(datetime(2024, 10, 28, 6, tzinfo=UTC))


def test_the_planned_release_is_two_hours_after_load_out() -> None:
    assert lisbon().release() == datetime(2024, 10, 28, 1, 15, tzinfo=UTC)


def test_given_times_in_the_wrong_order_are_refused_with_both() -> None:
    with pytest.raises(Refusal, match=r"set 18:00 would come before doors 19:00"):
        refuse_disorder({Anchor.DOORS: Wall(time(19)), Anchor.SET: Wall(time(18))})


def test_a_time_that_the_clocks_skip_is_refused_with_its_day() -> None:
    with pytest.raises(Refusal, match=r"load-out 01:30 does not exist on Sun 28 Mar 2027"):
        refuse_gaps(date(2027, 3, 27), {Anchor.LOAD_OUT: Wall(time(1, 30), 1)}, "Europe/Lisbon")


@pytest.mark.parametrize("state", GigState)
def test_only_four_states_are_judged(state: GigState) -> None:
    judged = state in {GigState.CONFIRMED, GigState.ADVANCING, GigState.ADVANCED, GigState.SHOW_DAY}
    assert lisbon(state=state).is_judged is judged
