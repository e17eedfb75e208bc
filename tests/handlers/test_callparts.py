"""Departments, kinds of call, particulars and the two stages, as they are typed."""

from datetime import time

import pytest

from checklists.crew import CallKind, CallStage, Position
from checklists.errors import Refusal
from checklists.positions import Department, positions_of
from handlers.callparts import split_particulars
from handlers.callwords import Ask, read_call
from handlers.clockwords import Clock
from handlers.partywords import ALL, PartyRequest, read_party

ANA = "<@U012ABC|ana>"
ELEVEN = Clock(time(11))
AUDIO = frozenset(positions_of(Department.AUDIO))
LIGHTING = frozenset(positions_of(Department.LIGHTING))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("lisbon audio 11:00", PartyRequest("lisbon", "audio", AUDIO, ELEVEN)),
        ("new york audio 11:00", PartyRequest("new york", "audio", AUDIO, ELEVEN)),
        ("#12 audio and lighting 11am", PartyRequest("#12", "audio and lighting", AUDIO | LIGHTING, ELEVEN)),
        ("lisbon audio", PartyRequest("lisbon", "audio", AUDIO)),
        ("lisbon audio off", PartyRequest("lisbon", "audio", AUDIO, off=True)),
        ("lisbon riggers 11:00", PartyRequest("lisbon", "riggers", frozenset({Position.RIG}), ELEVEN)),
        ("lisbon everyone lobby 11:00", PartyRequest("lisbon", "everyone", ALL, ELEVEN, kind=CallKind.LOBBY)),
        ("lisbon all bus call 11:00", PartyRequest("lisbon", "all", ALL, ELEVEN, kind=CallKind.BUS)),
        ("lisbon all hold 11:00", PartyRequest("lisbon", "all", ALL, ELEVEN, stage=CallStage.HOLD)),
        ("lisbon confirm", PartyRequest("lisbon", "everyone", ALL, confirms=True)),
        (
            "lisbon audio 11:00 gate 4, bring in-ears, passport",
            PartyRequest("lisbon", "audio", AUDIO, ELEVEN, said=(("gate", "4"), ("bring", "in-ears, passport"))),
        ),
        (
            "lisbon audio gate 4, meal 13:00",
            PartyRequest("lisbon", "audio", AUDIO, said=(("gate", "4"), ("meal", "13:00"))),
        ),
        (
            "laval place bell audio 11:00 gate 4",
            PartyRequest("laval place bell", "audio", AUDIO, ELEVEN, said=(("gate", "4"),)),
        ),
        (
            f"place bell audio 11:00 report to {ANA}",
            PartyRequest("place bell", "audio", AUDIO, ELEVEN, said=(("report_to", ANA),)),
        ),
    ],
)
def test_a_department_is_read(typed: str, read: PartyRequest) -> None:
    assert read_party(typed) == read


@pytest.mark.parametrize("typed", ["lisbon", "", f"lisbon {ANA} FOH 14:00", "new york", "lisbon 14:00", "#12"])
def test_a_line_without_a_department_is_none(typed: str) -> None:
    assert read_party(typed) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lisbon audio 11:00 12:00", "One call has one time"),
        ("lisbon audio off 12:00", "nobody is called off at a time"),
        ("lisbon audio 11:00 gate", "gate what?"),
        ("lisbon audio 11:00 gate 4 gate 5", "Gate is there twice"),
        ("lisbon audio 11:00 bring " + "x" * 201, "200 characters"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, told: str) -> None:
    with pytest.raises(Refusal, match=told.replace("?", r"\?")):
        read_party(typed)


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        (f"x {ANA} FOH lobby 11:00", Ask("U012ABC", Position.FOH, ELEVEN, kind=CallKind.LOBBY)),
        (f"x {ANA} lobby call 11:00", Ask("U012ABC", None, ELEVEN, kind=CallKind.LOBBY)),
        (f"x {ANA} stage manager 11:00", Ask("U012ABC", Position.SM, ELEVEN)),
        (f"x {ANA} stage manager stage call 11:00", Ask("U012ABC", Position.SM, ELEVEN, kind=CallKind.STAGE)),
        (f"x {ANA} bus driver 11:00", Ask("U012ABC", Position.DRIVER, ELEVEN)),
        (f"x {ANA} FOH 11:00 hold", Ask("U012ABC", Position.FOH, ELEVEN, stage=CallStage.HOLD)),
        (f"x {ANA} lobby off", Ask("U012ABC", None, None, True, CallKind.LOBBY)),
    ],
)
def test_the_kind_and_the_stage_of_a_call_are_read(typed: str, ask: Ask) -> None:
    assert read_call(typed).asks == (ask,)


def test_particulars_of_people_named_are_read() -> None:
    read = read_call(f"x {ANA} FOH 11:00 place Hall B, gate 4; report to <@U9BO|bo> meal 12:30 ppe boots, hi-vis")
    assert dict(read.said) == {
        "place": "Hall B",
        "gate": "4",
        "report_to": "<@U9BO|bo>",
        "meal": "12:30",
        "ppe": "boots, hi-vis",
    }
    assert [ask.person for ask in read.asks] == ["U012ABC"]


def test_particulars_alone_need_neither_position_nor_time() -> None:
    read = read_call(f"x {ANA} gate none")
    assert (read.asks, read.said) == ((Ask("U012ABC", None, None),), (("gate", ""),))


def test_a_town_is_no_particular() -> None:
    assert split_particulars("gate city audio", 1) == ("gate city audio", ())
