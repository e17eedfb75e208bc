"""What equipment, crew, kind of show and the way there tell of a list's conditions; nothing is told by a guess."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklists.conditions import Condition, ShowFacts, applies
from checklists.crew import Position
from checklists.gig import Gig, GigState, ShowType
from checklists.telling import told_of

MADE = datetime(2026, 9, 1, tzinfo=UTC)
LISBON = Gig(
    1, 1, 1, "The Lanterns", "Musicbox", "Lisbon", "PT", "Europe/Lisbon", date(2026, 10, 1), GigState.CONFIRMED, MADE,
    MADE, lat=38.72, lon=-9.14,
)  # fmt: skip
PORTO = replace(LISBON, id=2, city="Porto", date=date(2026, 10, 2), lat=41.15, lon=-8.61)
MILAN = replace(PORTO, id=3, city="Milan", country="IT", zone="Europe/Rome", lat=45.46, lon=9.19)
FUNCHAL = replace(PORTO, id=4, city="Funchal", lat=32.65, lon=-16.92)


def of_name(name: str) -> set[Condition]:
    return set(told_of(ShowType.CLUB, {"on the rider": [name]}, (), LISBON, None))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("In-ear monitors", {Condition.IN_EARS}),
        ("IEM packs, wireless", {Condition.IN_EARS, Condition.WIRELESS}),
        ("Shure ULXD", {Condition.WIRELESS}),
        ("radio mics", {Condition.WIRELESS}),
        ("Playback rig", {Condition.TRACKS}),
        ("LED wall 6x3", {Condition.VIDEO}),
        ("Grand piano", {Condition.PIANO}),
        ("Steinway piano with bench", {Condition.PIANO}),
        ("CO₂ jet", {Condition.EFFECTS}),
        ("confetti cannon", {Condition.EFFECTS}),
        ("chain hoist 500 kg", {Condition.FLOWN}),
        ("Backdrop 8 m", {Condition.SOFT_GOODS}),
        ("fork-lift 3 t", {Condition.PLANT}),
        ("Nightliner", {Condition.BUS, Condition.ROAD}),
        ("splitter van", {Condition.ROAD}),
        ("Brazilian rosewood guitar", {Condition.LISTED_INSTRUMENT}),
        ("stage piano", set()),
        ("Electric piano", set()),
        ("piano stool", set()),
        ("drum riser", set()),
        ("motor oil", set()),
        ("ears plugs", set()),
        ("vanilla", set()),
        ("SM58", set()),
    ],
)
def test_a_name_tells_a_yes_or_nothing(name: str, told: set[Condition]) -> None:
    assert of_name(name) == told


def test_where_the_thing_stands_is_told() -> None:
    [told] = told_of(ShowType.CLUB, {"rented": ["Fork lift"]}, (), LISBON, None).values()
    assert (told.holds, told.words) == (True, "“Fork lift” is rented")


@pytest.mark.parametrize(
    ("position", "condition"),
    [
        (Position.RIG, Condition.FLOWN),
        (Position.FX, Condition.EFFECTS),
        (Position.FORK, Condition.PLANT),
        (Position.VID, Condition.VIDEO),
        (Position.PB, Condition.TRACKS),
        (Position.DRIVER, Condition.ROAD),
    ],
)
def test_who_is_called_tells_what_for(position: Position, condition: Condition) -> None:
    told = told_of(ShowType.CLUB, {}, [position, Position.FOH], LISBON, None)
    assert {one: each.words for one, each in told.items()} == {condition: f"{position} is called or asked for"}


@pytest.mark.parametrize(
    ("show", "condition"),
    [(ShowType.FLY_DATE, Condition.FLYING), (ShowType.RECORDING_SESSION, Condition.RECORDED)],
)
def test_the_kind_of_show_tells(show: ShowType, condition: Condition) -> None:
    assert told_of(show, {}, (), LISBON, None)[condition].holds is True
    assert told_of(ShowType.ARENA, {}, (), LISBON, None) == {}


@pytest.mark.parametrize(
    ("here", "before", "told"),
    [
        (PORTO, LISBON, "from Lisbon it is about 4.7 h (estimate)"),
        (MILAN, LISBON, ""),
        (FUNCHAL, LISBON, ""),
        (replace(PORTO, date=date(2026, 10, 5)), LISBON, ""),
        (replace(PORTO, lat=0.0, lon=0.0), LISBON, ""),
        (PORTO, None, ""),
    ],
    ids=["near", "far", "island", "days later", "no place", "first"],
)
def test_only_a_short_way_from_the_gig_just_before_tells_a_no(here: Gig, before: Gig | None, told: str) -> None:
    found = told_of(ShowType.CLUB, {}, (), here, before).get(Condition.OVER_LIMIT)
    assert bool(found) is bool(told)
    if found:
        assert (found.holds, found.words) == (False, told)


def test_an_answer_and_a_fact_of_the_gig_go_before_what_is_told() -> None:
    told = ShowFacts(gear={Condition.PIANO: True, Condition.OVER_LIMIT: False, Condition.BUS: True})
    assert [applies(each, told) for each in (Condition.PIANO, Condition.OVER_LIMIT, Condition.BUS)] == [
        True,
        False,
        True,
    ]
    assert applies(Condition.PIANO, replace(told, answers={Condition.PIANO: False})) is False
    assert applies(Condition.OVER_LIMIT, replace(told, drives=((11, 9),))) is True
