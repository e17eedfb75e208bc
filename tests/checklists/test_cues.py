"""The plan of a gig's future: every row of the table, by hand, and what holds for any plan."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import CallState, Person
from checklists.cues import PLANNED, Cue, CueKind, concerned, is_too_late, next_digest, plan, stamp
from checklists.gig import Anchor, GigState
from checklists.walls import Wall, is_quiet
from tests.checklists.gigs import call, lisbon

LEAD = "ULEAD"
PEOPLE = {"U1": Person("U1", "Ana", "Europe/Lisbon", True), "U2": Person("U2", "Lou", "America/New_York", True)}

BY_HAND = [
    ("card", "", "2024-10-13T11:00Z"),
    ("ask_again", "", "2024-10-24T11:00Z"),
    ("ask_dm", "U1", "2024-10-25T11:00Z"),
    ("ask_dm", "U2", "2024-10-25T12:00Z"),  # noon in Lisbon is 07:00 in New York: quiet until 08:00
    ("silent_list", "", "2024-10-26T11:00Z"),
    ("day_sheet", "", "2024-10-26T17:00Z"),
    ("show_day", "", "2024-10-27T06:00Z"),
    ("check_in", "", "2024-10-27T10:30Z"),
    ("on_your_way", "U1", "2024-10-27T10:30Z"),
    ("on_your_way", "U2", "2024-10-27T12:30Z"),
    ("check_in", "", "2024-10-27T12:30Z"),
    ("not_here", "", "2024-10-27T12:10Z"),
    ("no_show", "", "2024-10-27T12:15Z"),
    ("not_here", "", "2024-10-27T14:30Z"),  # called for 14:00, said 20 late
    ("no_show", "", "2024-10-27T14:35Z"),
    ("doors_60", "", "2024-10-27T18:00Z"),
    ("doors_30", "", "2024-10-27T18:30Z"),
    ("doors_10", "", "2024-10-27T18:50Z"),
    ("curfew_15", "", "2024-10-27T22:45Z"),
    ("load_out", "", "2024-10-27T23:15Z"),
    ("hours", "", "2024-10-28T05:30Z"),
    ("played", "", "2024-10-28T06:00Z"),
]


def test_the_plan_of_lisbon_is_the_table_by_hand() -> None:
    gig = lisbon()
    calls = [call(gig, 1), call(gig, 2, "14:00", late=20, state=CallState.CONFIRMED)]
    planned = {(cue.kind.value, cue.person, stamp(cue.at)) for cue in plan(gig, calls, PEOPLE, LEAD)}
    assert planned == set(BY_HAND)


def test_a_gig_without_calls_has_no_cue_for_the_called() -> None:
    kinds = {cue.kind.value for cue in plan(lisbon(), [], {}, LEAD)}
    assert kinds == {"card", "show_day", "played", "doors_60", "doors_30", "doors_10", "curfew_15"}


def test_the_declined_and_the_called_off_are_not_called() -> None:
    gig = lisbon()
    off = [call(gig, 1, state=CallState.DECLINED), call(gig, 2, state=CallState.CALLED_OFF)]
    assert plan(gig, off, {}, LEAD) == plan(gig, [], {}, LEAD)


@pytest.mark.parametrize("state", [s for s in GigState if not lisbon(state=s).is_judged])
def test_a_gig_that_is_not_judged_has_no_future(state: GigState) -> None:
    assert plan(lisbon(state=state), [call(lisbon(), 1)], {}, LEAD) == []


def test_a_tour_without_a_manager_has_no_cues() -> None:
    assert plan(lisbon(), [call(lisbon(), 1)], {}, "") == []


CLOCKS = st.times(time(6), time(23)).map(lambda at: f"{at:%H:%M}")
CALLS = st.lists(st.tuples(CLOCKS, st.sampled_from(CallState), st.integers(0, 90)), max_size=8)


@given(CALLS, st.sampled_from(["Europe/Lisbon", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"]))
def test_any_plan_names_each_cue_once_and_only_planned_kinds(rows: list[tuple[str, CallState, int]], zone: str) -> None:
    gig = lisbon(zone=zone)
    calls = [call(gig, n, clock, state=state, late=late) for n, (clock, state, late) in enumerate(rows)]
    planned = plan(gig, calls, PEOPLE, LEAD)
    names = [(cue.kind, cue.person, cue.anchor, cue.version) for cue in planned]
    assert len(names) == len(set(names))
    assert {cue.kind for cue in planned} <= PLANNED


@given(st.sampled_from(["Europe/Lisbon", "America/New_York", "Asia/Tokyo", "Pacific/Auckland"]))
def test_dms_of_the_days_before_never_fall_into_anybodys_night(zone: str) -> None:
    gig = lisbon()
    people = {"U1": Person("U1", "Ana", zone, True), LEAD: Person(LEAD, "Tess", zone, True)}
    for cue in plan(gig, [call(gig, 1)], people, LEAD):
        if cue.kind in (CueKind.ASK_DM, CueKind.SILENT_LIST):
            assert not is_quiet(cue.at, zone)


@given(st.timedeltas(timedelta(0), timedelta(days=30)))
def test_the_next_digest_is_the_next_nine_oclock(after: timedelta) -> None:
    now = datetime(2024, 10, 20, 3, 17, tzinfo=UTC) + after
    at = next_digest(now, "Europe/Lisbon")
    assert now < at <= now + timedelta(hours=25)


def test_a_moved_load_out_moves_its_cue_to_another_version() -> None:
    gig = lisbon()
    late = lisbon(given={Anchor.LOAD_OUT: Wall(time(1, 30), 1)})
    one, other = (
        next(cue for cue in plan(each, [call(each, 1)], {}, LEAD) if cue.kind is CueKind.LOAD_OUT)
        for each in (gig, late)
    )
    assert (one.version, other.version) == ("2024-10-27T23:15Z", "2024-10-28T01:30Z")


CONCERNED = [
    (CueKind.ASK_AGAIN, [1]),
    (CueKind.SILENT_LIST, [1, 2]),
    (CueKind.NOT_HERE, [1, 2, 3]),
    (CueKind.NO_SHOW, [1, 2, 3]),
    (CueKind.CHECK_IN, [1, 2, 3, 4]),
    (CueKind.LOAD_OUT, [1, 2, 3, 4]),
]


@pytest.mark.parametrize(("kind", "people"), CONCERNED)
def test_a_cue_concerns_those_it_is_for(kind: CueKind, people: list[int]) -> None:
    gig = lisbon()
    states = [CallState.CALLED, CallState.MAYBE, CallState.CONFIRMED, CallState.ARRIVED, CallState.DECLINED]
    calls = [call(gig, n, state=state) for n, state in enumerate(states, start=1)]
    cue = Cue(kind, calls[0].at, gig.id, version=stamp(calls[0].at))
    assert [each.id for each in concerned(cue, calls)] == people


def test_a_reminder_is_too_late_but_a_change_of_state_never_is() -> None:
    at = datetime(2024, 10, 27, 18, tzinfo=UTC)
    assert not is_too_late(Cue(CueKind.DOORS_60, at), at + timedelta(minutes=24))
    assert is_too_late(Cue(CueKind.DOORS_60, at), at + timedelta(minutes=25))
    assert not is_too_late(Cue(CueKind.PLAYED, at), at + timedelta(days=30))
