"""Late: what is left before soundcheck, doors and curfew, and the smallest shift that heals it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.crew import Call, CallKind, CallState, Position
from checklists.gig import Anchor, Gig, GigState, refuse_disorder
from checklists.lateness import NEEDED, Shift, Slack, healing, slacks, touched
from checklists.walls import Wall

MADE = datetime(2026, 9, 1, 12, tzinfo=UTC)
SHOW = date(2026, 10, 1)
DAY = {
    Anchor.LOAD_IN: Wall(time(10)),
    Anchor.SOUNDCHECK: Wall(time(16, 30)),
    Anchor.DOORS: Wall(time(19)),
    Anchor.SET: Wall(time(20, 30)),
    Anchor.SET_END: Wall(time(22)),
    Anchor.CURFEW: Wall(time(23)),
    Anchor.LOAD_OUT: Wall(time(23, 15)),
}


def a_gig(zone: str = "Europe/Lisbon", day: date = SHOW, **times: str) -> Gig:
    given = {**DAY, **{Anchor(name): Wall.decode(f"{wall}+0") for name, wall in times.items()}}
    facts = (1, 1, 1, "The Lanterns", "Hall", "Lisbon", "PT", zone, day, GigState.CONFIRMED, MADE, MADE)
    return Gig(*facts, given=given)


def late(gig: Gig, clock: str, minutes: int, position: Position = Position.FOH, **facts: object) -> Call:
    wall = Wall(time.fromisoformat(clock))
    call = Call(1, gig.id, "UANA", position, wall, gig.when(wall), CallState.CONFIRMED, late=minutes)
    return replace(call, **facts)  # type: ignore[arg-type]


def left(gig: Gig, *calls: Call) -> dict[Anchor, int]:
    return {slack.anchor: slack.minutes for slack in slacks(gig, calls, MADE)}


def test_slack_is_what_is_left_after_the_work_that_must_be_done() -> None:
    gig = a_gig()
    assert slacks(gig, [late(gig, "14:50", 25)], MADE) == [
        Slack(Anchor.SOUNDCHECK, 15, 60),
        Slack(Anchor.DOORS, 195, 30),
        Slack(Anchor.CURFEW, 60),
    ]


@pytest.mark.parametrize(
    ("position", "waiting"),
    [
        (Position.FOH, {Anchor.SOUNDCHECK, Anchor.DOORS}),
        (Position.LD, {Anchor.DOORS}),
        (Position.ARTIST, {Anchor.SOUNDCHECK, Anchor.DOORS}),
        (Position.DRIVER, set()),
        (Position.TA, set()),
    ],
)
def test_an_anchor_waits_only_for_those_who_work_before_it(position: Position, waiting: set[Anchor]) -> None:
    gig = a_gig()
    assert set(left(gig, late(gig, "14:00", 20, position))) == waiting | {Anchor.CURFEW}


def test_what_is_past_and_what_comes_before_his_call_wait_for_nobody() -> None:
    gig = a_gig()
    assert set(left(gig, late(gig, "17:30", 20))) == {Anchor.DOORS, Anchor.CURFEW}
    after = gig.at(Anchor.SOUNDCHECK)
    assert [slack.anchor for slack in slacks(gig, [late(gig, "14:00", 20)], after)] == [Anchor.DOORS, Anchor.CURFEW]


def test_a_bus_call_keeps_no_schedule_waiting() -> None:
    gig = a_gig()
    assert set(left(gig, late(gig, "14:00", 200, kind=CallKind.BUS))) == {Anchor.CURFEW}


def test_one_in_two_positions_is_judged_by_the_slower_work() -> None:
    gig = a_gig()
    assert left(gig, late(gig, "14:00", 0, Position.SYS), late(gig, "14:00", 0))[Anchor.SOUNDCHECK] == 30


def test_a_table_of_needs_has_no_negative_minutes() -> None:
    assert all(minutes >= 0 for needs in NEEDED.values() for minutes in needs.values())


def healed(gig: Gig, *calls: Call) -> Shift | None:
    return healing(gig, calls, MADE)


@pytest.mark.parametrize(
    ("clock", "minutes", "position", "later"),
    [
        ("14:50", 25, Position.FOH, None),
        ("14:50", 40, Position.FOH, None),
        ("14:50", 41, Position.FOH, {Anchor.SOUNDCHECK: 1}),
        ("14:50", 70, Position.FOH, {Anchor.SOUNDCHECK: 30}),
        ("14:50", 130, Position.FOH, {Anchor.SOUNDCHECK: 90}),
        ("14:50", 150, Position.FOH, {Anchor.SOUNDCHECK: 110, Anchor.DOORS: 20}),
        ("14:50", 251, Position.FOH, None),
        ("16:00", 110, Position.LD, {Anchor.DOORS: 20}),
        ("16:00", 180, Position.LD, {Anchor.DOORS: 90, Anchor.SET: 30, Anchor.SET_END: 30}),
        ("16:00", 210, Position.LD, {Anchor.DOORS: 120, Anchor.SET: 60, Anchor.SET_END: 60}),
        ("16:00", 211, Position.LD, None),
        ("14:00", 300, Position.DRIVER, None),
    ],
)
def test_the_smallest_shift_that_heals(
    clock: str, minutes: int, position: Position, later: dict[Anchor, int] | None
) -> None:
    gig = a_gig()
    shift = healed(gig, late(gig, clock, minutes, position))
    assert (dict(shift.later) if shift else None) == later


def test_load_out_never_comes_before_the_end_of_the_set() -> None:
    gig = a_gig(curfew="23:30", load_out="22:15")
    shift = healed(gig, late(gig, "16:00", 180, Position.LD))
    assert shift is not None
    assert shift.later[Anchor.LOAD_OUT] == 15


def test_times_nobody_gave_follow_the_doors_as_they_always_do() -> None:
    gig = replace(a_gig(), given={})
    shift = healed(gig, late(gig, "16:00", 110, Position.LD))
    assert shift is not None
    assert dict(shift.given) == {Anchor.DOORS: Wall(time(19, 20))}
    assert shift.later[Anchor.SET] == shift.later[Anchor.SOUNDCHECK] == 20
    assert Anchor.CURFEW not in shift.later


def test_a_shift_into_the_hour_that_the_clocks_skip_or_double_is_not_offered() -> None:
    for day, zone in ((date(2026, 10, 25), "Europe/Lisbon"), (date(2027, 3, 28), "Europe/Lisbon")):
        gig = a_gig(zone, day, soundcheck="00:30", doors="06:00")
        call = late(gig, "00:10", 0, Position.ARTIST)
        hour = 60 if day.month == 10 else 50
        assert healed(gig, replace(call, late=20 + hour)) is None


def crew(gig: Gig, *positions: Position) -> Sequence[Call]:
    return [late(gig, "12:00", 0, position, id=n, person=f"U{n}") for n, position in enumerate(positions)]


def test_a_soundcheck_that_moves_touches_audio_backline_and_artist_only() -> None:
    calls = crew(a_gig(), Position.FOH, Position.LD, Position.BL, Position.ARTIST, Position.MERCH, Position.SYS)
    told = [call.position for call in touched(calls, [Anchor.SOUNDCHECK])]
    assert told == [Position.FOH, Position.BL, Position.ARTIST, Position.SYS]


def test_doors_that_move_touch_all_who_stand_called() -> None:
    calls = list(crew(a_gig(), Position.FOH, Position.LD, Position.MERCH))
    calls[1] = replace(calls[1], state=CallState.DECLINED)
    told = [call.position for call in touched(calls, [Anchor.DOORS, Anchor.SET])]
    assert told == [Position.FOH, Position.MERCH]


MINUTES = st.integers(0, 400)
CALLS = st.sampled_from(["08:00", "11:30", "14:00", "15:45", "17:00"])
POSITIONS = st.sampled_from(sorted({position for needs in NEEDED.values() for position in needs}))


@given(CALLS, MINUTES, POSITIONS, st.sampled_from(["23:00", "22:30", "23:59"]))
def test_a_shift_heals_moves_nothing_too_far_and_leaves_the_curfew(
    clock: str, minutes: int, position: Position, curfew: str
) -> None:
    gig = a_gig(curfew=curfew)
    call = late(gig, clock, minutes, position)
    shift = healed(gig, call)
    short = [slack for slack in slacks(gig, [call], MADE) if slack.minutes < 0]
    if shift is None:
        return
    assert short
    after = replace(gig, given=shift.given)
    refuse_disorder(shift.given)
    assert after.at(Anchor.CURFEW) == gig.at(Anchor.CURFEW)
    assert after.at(Anchor.SET_END) <= after.at(Anchor.CURFEW)
    assert healed(after, call) is None
    waited = {slack.anchor for slack in slacks(gig, [call], MADE)}
    again = {slack.anchor: slack.minutes for slack in slacks(after, [call], MADE) if slack.anchor in waited}
    assert min(again.values()) >= 0
    for anchor in {slack.anchor for slack in short} - {Anchor.DOORS}:
        assert again[anchor] == 0
    assume(Anchor.DOORS in shift.later)
    soundcheck = after.day[Anchor.DOORS].minutes - after.day[Anchor.SOUNDCHECK].minutes
    assert again.get(Anchor.DOORS) == 0 or soundcheck == 60


@given(CALLS, MINUTES, POSITIONS)
def test_more_minutes_never_leave_more_time(clock: str, minutes: int, position: Position) -> None:
    gig = a_gig()
    less, more = left(gig, late(gig, clock, minutes, position)), left(gig, late(gig, clock, minutes + 7, position))
    assert less.keys() == more.keys()
    assert all(more[anchor] <= less[anchor] for anchor in less)
