"""Two places at once, too little rest, jobs that exclude each other, licences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.clash import Finding, FindingKind, Licence, LicenceKind, clashes, released_at, shifts_of
from checklists.crew import Call, CallKind, CallState, Position
from checklists.gig import Anchor, Gig, GigState
from checklists.judging import Verdict
from checklists.rules import usual
from checklists.walls import Wall

MADE = datetime(2026, 9, 1, 12, tzinfo=UTC)
LOAD_OUT = Wall(time(23, 15))


def a_gig(number: int, city: str, day: date, zone: str, load_out: Wall = LOAD_OUT, capacity: int | None = None) -> Gig:
    facts = (number, number, 1, "The Lanterns", "Hall", city, "PT", zone, day, GigState.CONFIRMED, MADE, MADE)
    return Gig(*facts, given={Anchor.LOAD_OUT: load_out}, capacity=capacity)


def a_call(gig: Gig, clock: str, position: Position = Position.FOH, number: int = 0, **facts: object) -> Call:
    wall = Wall(time.fromisoformat(clock))
    made = Call(number or gig.id * 100, gig.id, "UANA", position, wall, gig.when(wall))
    return replace(made, **facts)  # type: ignore[arg-type]


PORTO = a_gig(1, "Porto", date(2026, 10, 1), "Europe/Lisbon")
"""Its planned release is 01:15 WEST on 2 October."""
LISBON = a_gig(2, "Lisbon", date(2026, 10, 2), "Europe/Lisbon")


def kinds(found: list[Finding]) -> list[tuple[FindingKind, Verdict]]:
    return [(one.kind, one.level) for one in found]


@pytest.mark.parametrize(
    ("clock", "level", "words"),
    [
        ("11:15", None, ""),
        ("11:14", Verdict.AMBER, "rest 9.98 h after Porto (planned release Fri 2 Oct 01:15 WEST), under 10 h: amber"),
        ("09:15", Verdict.AMBER, "rest 8 h after Porto (planned release Fri 2 Oct 01:15 WEST), under 10 h: amber"),
        ("09:14", Verdict.RED, "rest 7.98 h after Porto (planned release Fri 2 Oct 01:15 WEST), under 8 h: red"),
    ],
)
def test_rest_is_amber_under_ten_and_red_under_eight_hours(clock: str, level: Verdict | None, words: str) -> None:
    found = clashes(a_call(LISBON, clock), LISBON, [(a_call(PORTO, "14:00"), PORTO)])
    assert [(one.level, one.text) for one in found] == ([(level, words)] if level else [])


def test_the_real_release_counts_where_it_is_known() -> None:
    worked = [(a_call(PORTO, "14:00", out_at=datetime(2026, 10, 2, 1, tzinfo=UTC)), PORTO)]
    found = clashes(a_call(LISBON, "09:30"), LISBON, worked)
    assert [one.text for one in found] == ["rest 7.5 h after Porto (released Fri 2 Oct 02:00 WEST), under 8 h: red"]
    early = [(a_call(PORTO, "14:00", out_at=datetime(2026, 10, 1, 20, tzinfo=UTC)), PORTO)]
    assert clashes(a_call(LISBON, "09:30"), LISBON, early) == []


def test_of_two_calls_the_later_out_is_the_release() -> None:
    outs = [datetime(2026, 10, 2, hour, tzinfo=UTC) for hour in (0, 2)]
    assert released_at(PORTO, [outs[1], None, outs[0]]) == outs[1]
    assert released_at(PORTO, [None]) == PORTO.release()


def test_an_assumed_load_out_is_marked() -> None:
    assumed = replace(PORTO, given={})
    found = clashes(a_call(LISBON, "09:00"), LISBON, [(a_call(assumed, "14:00"), assumed)])
    assert "planned release Fri 2 Oct ~01:15 WEST" in found[0].text


def test_the_rest_after_it_is_found_too() -> None:
    found = clashes(a_call(PORTO, "14:00"), PORTO, [(a_call(LISBON, "09:00"), LISBON)])
    assert [one.text for one in found] == ["rest 7.75 h before Lisbon (call Fri 2 Oct 09:00 WEST), under 8 h: red"]


@pytest.mark.parametrize(
    ("zone", "day", "load_out", "clock", "hours"),
    [
        ("Europe/Lisbon", date(2026, 10, 24), Wall(time(23)), "09:00", 9),
        ("Europe/Lisbon", date(2026, 10, 17), Wall(time(23)), "09:00", 8),
        ("Europe/Lisbon", date(2027, 3, 27), Wall(time(23)), "09:00", 7),
        ("Australia/Lord_Howe", date(2026, 10, 3), Wall(time(23)), "09:00", 7.5),
        ("America/New_York", date(2026, 10, 31), Wall(time(23)), "09:00", 9),
    ],
)
def test_a_night_in_which_the_clocks_change_is_longer_or_shorter(
    zone: str, day: date, load_out: Wall, clock: str, hours: float
) -> None:
    """Released at 01:00 by the wall, called at 09:00: eight hours on any other night."""
    first = a_gig(1, "First", day, zone, load_out)
    second = a_gig(2, "Second", day + timedelta(days=1), zone)
    found = clashes(a_call(second, clock), second, [(a_call(first, "14:00"), first)], rules=usual())
    level = Verdict.RED if hours < 8 else Verdict.AMBER
    assert [(one.level, one.text.split(" h ")[0]) for one in found] == [(level, f"rest {hours:g}")]


def test_rest_across_zones_is_counted_in_hours_that_pass() -> None:
    helsinki = a_gig(3, "Helsinki", date(2026, 10, 2), "Europe/Helsinki")
    found = clashes(a_call(helsinki, "12:00"), helsinki, [(a_call(PORTO, "14:00"), PORTO)])
    assert [one.text for one in found] == [
        "rest 8.75 h after Porto (planned release Fri 2 Oct 01:15 WEST), under 10 h: amber"
    ]


def test_two_gigs_at_the_same_time_are_a_double_booking() -> None:
    other = a_gig(5, "Braga", date(2026, 10, 1), "Europe/Lisbon")
    found = clashes(a_call(PORTO, "14:00"), PORTO, [(a_call(other, "18:00", Position.LD), other)])
    assert kinds(found) == [(FindingKind.DOUBLE, Verdict.RED)]
    assert found[0].text == (
        "double booked: LD at Braga from Thu 1 Oct 18:00 WEST (planned release Fri 2 Oct 01:15 WEST): red"
    )


def test_out_of_the_one_before_the_other_begins_is_no_double_booking() -> None:
    session = a_gig(5, "Porto", date(2026, 10, 1), "Europe/Lisbon")
    morning = a_call(session, "08:00", out_at=session.when(Wall(time(11))))
    assert kinds(clashes(a_call(PORTO, "14:00"), PORTO, [(morning, session)])) == [
        (FindingKind.REST_BEFORE, Verdict.RED)
    ]


@pytest.mark.parametrize("state", [CallState.DECLINED, CallState.CALLED_OFF, CallState.NO_SHOW])
def test_who_does_not_work_there_has_no_clash(state: CallState) -> None:
    away = a_call(PORTO, "14:00", state=state)
    assert clashes(a_call(LISBON, "08:00"), LISBON, [(away, PORTO)]) == []
    assert clashes(replace(away, at=away.at + timedelta(hours=9)), PORTO, [(a_call(LISBON, "08:00"), LISBON)]) == []


@pytest.mark.parametrize("kind", [CallKind.LOBBY, CallKind.BUS])
def test_a_bus_or_lobby_call_takes_nobodys_rest_and_no_place(kind: CallKind) -> None:
    bus = a_call(PORTO, "23:59", kind=kind)
    assert clashes(a_call(LISBON, "11:30"), LISBON, [(bus, PORTO)]) == []
    assert clashes(bus, PORTO, [(a_call(LISBON, "08:00"), LISBON)]) == []


SHOW = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("position", "kind", "expires", "found"),
    [
        (Position.RIG, LicenceKind.RIGGING, SHOW - timedelta(days=1), True),
        (Position.RIG, LicenceKind.RIGGING, SHOW, False),
        (Position.RIG, LicenceKind.DRIVING, SHOW - timedelta(days=1), False),
        (Position.DRIVER, LicenceKind.DRIVING, SHOW - timedelta(days=1), True),
        (Position.SECURITY, LicenceKind.SECURITY, SHOW - timedelta(days=1), True),
        (Position.MEDIC, LicenceKind.MEDICAL, SHOW - timedelta(days=1), True),
        (Position.FX, LicenceKind.EFFECTS, SHOW - timedelta(days=1), True),
        (Position.FORK, LicenceKind.FORKLIFT, SHOW - timedelta(days=1), True),
        (Position.FOH, LicenceKind.RIGGING, SHOW - timedelta(days=1), False),
    ],
)
def test_an_expired_licence_of_a_safety_role_is_red(
    position: Position, kind: LicenceKind, expires: date, found: bool
) -> None:
    call = a_call(PORTO, "08:00", position)
    for who, wanted in (("UANA", found), ("UBO", False)):
        got = clashes(call, PORTO, [], [Licence(who, kind, expires)])
        assert kinds(got) == ([(FindingKind.LICENCE, Verdict.RED)] if wanted else [])
    if found:
        assert clashes(call, PORTO, [], [Licence("UANA", kind, expires)])[0].text == (
            f"{kind} licence expired on Wed 30 Sep 2026, before the show: red"
        )


@pytest.mark.parametrize(
    ("positions", "capacity", "level"),
    [
        ((Position.DRIVER, Position.FOH), 5000, Verdict.RED),
        ((Position.DRIVER, Position.FOH), None, Verdict.RED),
        ((Position.FOH, Position.DRIVER), 300, Verdict.AMBER),
        ((Position.RIG, Position.LD), 300, Verdict.RED),
        ((Position.LD, Position.RIG), None, Verdict.RED),
        ((Position.MEDIC, Position.RUNNER), None, Verdict.RED),
        ((Position.FOH, Position.MON), 300, None),
        ((Position.TM, Position.FOH), 300, None),
    ],
)
def test_a_safety_role_is_done_by_somebody_who_does_nothing_else(
    positions: tuple[Position, Position], capacity: int | None, level: Verdict | None
) -> None:
    gig = replace(PORTO, capacity=capacity)
    call, beside = a_call(gig, "10:00", positions[0], 1), a_call(gig, "12:00", positions[1], 2)
    wanted = [(FindingKind.DOUBLED_ROLE, level)] if level else []
    assert kinds(clashes(call, gig, [(call, gig), (beside, gig)])) == wanted


def test_the_worst_comes_first() -> None:
    braga = a_gig(5, "Braga", date(2026, 10, 2), "Europe/Lisbon")
    worked = [(a_call(PORTO, "14:00"), PORTO), (a_call(braga, "15:00"), braga)]
    expired = [Licence("UANA", LicenceKind.RIGGING, date(2026, 9, 1))]
    found = clashes(a_call(LISBON, "11:00", Position.RIG), LISBON, worked, expired)
    assert kinds(found) == [
        (FindingKind.DOUBLE, Verdict.RED),
        (FindingKind.LICENCE, Verdict.RED),
        (FindingKind.REST_BEFORE, Verdict.AMBER),
    ]


ZONES = ("Europe/Lisbon", "Europe/Helsinki", "America/St_Johns", "Asia/Kolkata", "Pacific/Auckland")
GIGS = st.builds(
    a_gig,
    st.integers(1, 10_000),
    st.just("Town"),
    st.dates(date(2026, 3, 20), date(2026, 11, 10)),
    st.sampled_from(ZONES),
    st.builds(Wall.of_minutes, st.integers(21 * 60, 29 * 60)),
)


@st.composite
def works(draw: st.DrawFn) -> tuple[Call, Gig]:
    gig = draw(GIGS)
    out = draw(st.none() | st.integers(-300, 300))
    out_at = None if out is None else gig.release() + timedelta(minutes=out)
    return a_call(gig, f"{draw(st.integers(8, 15)):02}:30", out_at=out_at), gig


@given(works(), st.lists(works(), max_size=6))
def test_the_findings_are_what_the_hours_say_in_whatever_order(
    mine: tuple[Call, Gig], others: list[tuple[Call, Gig]]
) -> None:
    call, gig = mine
    apart = list({where.id: (each, where) for each, where in others if where.id != gig.id}.values())
    found = clashes(call, gig, apart)
    assert clashes(call, gig, list(reversed(apart))) == found
    own, shifts = shifts_of([mine])[0], shifts_of(apart)
    overlaps = [shift for shift in shifts if shift.begins < own.ends and call.at < shift.ends]
    assert sum(one.kind is FindingKind.DOUBLE for one in found) == len(overlaps)
    rests = [call.at - shift.ends for shift in shifts if shift.ends <= call.at]
    level = next((one.level for one in found if one.kind is FindingKind.REST_BEFORE), None)
    least = min(rests, default=timedelta(days=1))
    ten, eight = timedelta(hours=10), timedelta(hours=8)
    assert level is (Verdict.RED if least < eight else Verdict.AMBER if least < ten else None)
    assert [one.level.rank for one in found] == sorted((one.level.rank for one in found), reverse=True)
