"""Departments, the minimum crew by show, and when each department is called."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Position
from checklists.gig import Anchor, Gig, GigKind, GigState, ShowType
from checklists.positions import (
    IN_ORDER,
    NEVER_DOUBLED,
    Department,
    department_of,
    department_said,
    is_doubling_usual,
    least_crew,
    minimum,
    never_doubled,
    positions_of,
    size_of,
    usual_call,
)
from checklists.walls import Wall

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHOW = Gig(1, 1, 1, "The Lanterns", "Paradiso", "Amsterdam", "NL", "Europe/Amsterdam", date(2026, 4, 10),
           GigState.CONFIRMED, NOW, NOW)  # fmt: skip
BIG_DAY = {
    Anchor.LOAD_IN: Wall(time(8)), Anchor.SOUNDCHECK: Wall(time(16)), Anchor.DOORS: Wall(time(19)),
}  # fmt: skip


def call_of(department: Department, **given: Wall) -> str:
    day = {**BIG_DAY, **{Anchor(name): wall for name, wall in given.items()}}
    return str(usual_call(department, replace(SHOW, given=day)))


def test_every_position_is_of_one_department() -> None:
    assert sorted(IN_ORDER) == sorted(Position)
    assert len(Department) == 14
    for position in Position:
        assert position in positions_of(department_of(position))


@pytest.mark.parametrize(
    ("said", "department"),
    [
        ("sound", Department.AUDIO),
        ("Audio", Department.AUDIO),
        ("LX", Department.LIGHTING),
        ("lights", Department.LIGHTING),
        ("Band Gear", Department.BACKLINE),
        ("set-and-carpentry", Department.SET),
        ("riggers", Department.RIGGING),
        ("drivers", Department.TRANSPORT),
        ("talent", Department.ARTIST),
        ("tramps", None),
        ("", None),
    ],
)
def test_departments_are_known_as_crews_call_them(said: str, department: Department | None) -> None:
    assert department_said(said) is department


@pytest.mark.parametrize(
    ("kind", "capacity", "needed"),
    [
        (GigKind.SHOW, 150, {Position.TM}),
        (GigKind.SHOW, 151, {Position.TM, Position.FOH}),
        (GigKind.SHOW, None, {Position.TM, Position.FOH}),
        (GigKind.SHOW, 800, {Position.TM, Position.FOH}),
        (GigKind.SHOW, 801, {Position.TM, Position.FOH, Position.MON, Position.LD, Position.BL}),
        (GigKind.SHOW, 4_999, {Position.TM, Position.FOH, Position.MON, Position.LD, Position.BL}),
        (
            GigKind.SHOW,
            5_000,
            {
                Position.TM,
                Position.PM,
                Position.SM,
                Position.TA,
                Position.FOH,
                Position.MON,
                Position.LD,
                Position.BL,
                Position.RIG,
            },
        ),
        (GigKind.FESTIVAL, 40_000, {Position.TM, Position.FOH, Position.MON, Position.BL}),
        (GigKind.SUPPORT, 12_000, {Position.TM}),
        (GigKind.SESSION, None, {Position.EP, Position.ENG, Position.ARTIST}),
        (GigKind.DAY_OFF, None, set()),
        (GigKind.TRAVEL, 500, set()),
    ],
)
def test_the_minimum_crew(kind: GigKind, capacity: int | None, needed: set[Position]) -> None:
    assert minimum(kind, capacity) == dict.fromkeys(needed, 1)


@pytest.mark.parametrize(
    ("department", "at"),
    [
        (Department.RIGGING, "08:00"),
        (Department.PRODUCTION, "08:00"),
        (Department.MANAGEMENT, "08:00"),
        (Department.TRANSPORT, "08:00"),
        (Department.LIGHTING, "09:00"),
        (Department.AUDIO, "10:00"),
        (Department.VIDEO, "10:00"),
        (Department.SET, "11:00"),
        (Department.BACKLINE, "12:00"),
        (Department.CATERING, "07:00"),
        (Department.ARTIST, "16:00"),
        (Department.MERCH, "17:00"),
        (Department.SECURITY, "18:00"),
    ],
)
def test_departments_follow_the_riggers(department: Department, at: str) -> None:
    assert call_of(department) == at


def test_a_short_build_has_shorter_steps_and_nobody_comes_after_soundcheck() -> None:
    short = {"load_in": Wall(time(15)), "soundcheck": Wall(time(17))}
    assert call_of(Department.LIGHTING, **short) == "15:15"
    assert call_of(Department.AUDIO, **short) == "15:45"
    assert call_of(Department.BACKLINE, **short) == "16:45"
    assert call_of(Department.BACKLINE, load_in=Wall(time(18)), soundcheck=Wall(time(17))) == "18:00"


@given(st.sampled_from(Department), st.integers(0, 1_439), st.integers(0, 1_439))
def test_every_department_has_a_call_whatever_the_day(department: Department, load_in: int, doors: int) -> None:
    day = {Anchor.LOAD_IN: Wall.of_minutes(load_in), Anchor.DOORS: Wall.of_minutes(doors)}
    gig = replace(SHOW, given=day)
    wall = usual_call(department, gig)
    assert 0 <= wall.minutes <= max(load_in + 240, *(wall.minutes for wall in gig.day.values()))


def test_a_van_driver_of_a_club_show_may_do_more_and_nobody_else_who_is_responsible_for_safety() -> None:
    assert is_doubling_usual(None)
    assert is_doubling_usual(800)
    assert not is_doubling_usual(801)
    assert never_doubled(801) == NEVER_DOUBLED
    assert NEVER_DOUBLED - never_doubled(800) == {Position.DRIVER}


FLY_CREW = {Position.TM, Position.FOH, Position.MON}
SAID: list[tuple[dict[str, object], set[Position]]] = [
    ({"show_type": ShowType.FLY_DATE}, FLY_CREW),
    ({"show_type": ShowType.FLY_DATE, "capacity": 12_000}, FLY_CREW),
    ({"show_type": ShowType.FESTIVAL_SLOT}, {Position.TM, Position.FOH, Position.MON, Position.BL}),
    ({"show_type": ShowType.RECORDING_SESSION}, {Position.EP, Position.ENG, Position.ARTIST}),
    ({"show_type": ShowType.ARENA}, set(minimum(GigKind.SHOW, 5_000))),
    ({"show_type": ShowType.ARENA, "capacity": 3_000}, set(minimum(GigKind.SHOW, 5_000))),
    ({"show_type": ShowType.THEATRE}, set(minimum(GigKind.SHOW, 801))),
    ({"show_type": ShowType.THEATRE, "capacity": 12_000}, set(minimum(GigKind.SHOW, 801))),
    ({"show_type": ShowType.CLUB, "capacity": 12_000}, {Position.TM, Position.FOH}),
    ({"show_type": ShowType.CLUB, "capacity": 100}, {Position.TM}),
    ({"show_type": ShowType.CLUB, "kind": GigKind.FESTIVAL}, {Position.TM, Position.FOH}),
    ({"show_type": ShowType.ARENA, "kind": GigKind.SUPPORT}, {Position.TM}),
    ({"kind": GigKind.FESTIVAL}, {Position.TM, Position.FOH, Position.MON, Position.BL}),
    ({"capacity": 900}, set(minimum(GigKind.SHOW, 900))),
    ({}, {Position.TM, Position.FOH}),
]


@pytest.mark.parametrize(("facts", "needed"), SAID)
def test_what_somebody_said_goes_before_kind_and_capacity(facts: dict[str, object], needed: set[Position]) -> None:
    assert set(least_crew(replace(SHOW, **facts))) == needed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("called", "third"),
    [((), Position.MON), ((Position.BL,), Position.BL), ((Position.BL, Position.MON), Position.MON)],
)
def test_on_a_fly_date_it_is_mon_or_bl(called: tuple[Position, ...], third: Position) -> None:
    needed = least_crew(replace(SHOW, show_type=ShowType.FLY_DATE), called)
    assert set(needed) == {Position.TM, Position.FOH, third}


@pytest.mark.parametrize(
    ("show", "capacity", "is_usual"),
    [
        (None, None, True),
        (ShowType.ARENA, None, False),
        (ShowType.THEATRE, None, False),
        (ShowType.CLUB, 5_000, True),
        (ShowType.FLY_DATE, 5_000, False),
    ],
)
def test_whether_one_may_do_several_things_follows_the_type_that_was_said(
    show: ShowType | None, capacity: int | None, is_usual: bool
) -> None:
    assert is_doubling_usual(size_of(replace(SHOW, show_type=show, capacity=capacity))) is is_usual
