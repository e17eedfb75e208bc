"""How far positions are filled: who counts, who is only tentative, what stays open."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Call, CallKind, CallStage, CallState, Position
from checklists.filling import Fill, Need, fill, gaps, is_required, tally, unmet, wanted
from checklists.judging import Reply
from checklists.positions import Department, never_doubled
from checklists.walls import Wall
from tests.checklists.test_positions import NOW, SHOW

WALL = Wall.decode("14:00+0")


def call(person: str, position: Position, state: CallState = CallState.CONFIRMED, **more: Any) -> Call:
    made = Call(0, 1, person, position, WALL, SHOW.when(WALL), state)
    return replace(made, id=sum(map(ord, f"{person}{position}")), **more)


def only(needs: list[Need], *calls: Call, lead: str = "") -> Fill:
    return fill(needs, calls, lead)[0]


@pytest.mark.parametrize(
    ("made", "filled", "tentative"),
    [
        (call("ana", Position.FOH), 1, 0),
        (call("ana", Position.FOH, CallState.ARRIVED), 1, 0),
        (call("ana", Position.FOH, CallState.RELEASED), 1, 0),
        (call("ana", Position.FOH, late=40), 1, 0),
        (call("ana", Position.FOH, CallState.CALLED), 0, 1),
        (call("ana", Position.FOH, CallState.MAYBE), 0, 1),
        (call("ana", Position.FOH, stage=CallStage.HOLD), 0, 1),
        (call("ana", Position.FOH, answered_at=NOW, changed_at=NOW + timedelta(minutes=1)), 0, 1),
        (call("ana", Position.FOH, answered_at=NOW, changed_at=NOW), 1, 0),
        (call("ana", Position.FOH, CallState.ARRIVED, answered_at=NOW, changed_at=NOW + timedelta(minutes=1)), 1, 0),
        (call("ana", Position.FOH, CallState.DECLINED), 0, 0),
        (call("ana", Position.FOH, CallState.NO_SHOW), 0, 0),
        (call("ana", Position.FOH, CallState.CALLED_OFF), 0, 0),
        (call("ana", Position.FOH, kind=CallKind.LOBBY), 0, 0),
        (call("ana", Position.FOH, kind=CallKind.OUT), 0, 0),
        (call("ana", Position.FOH, kind=CallKind.SHOW), 1, 0),
        (call("ana", Position.MON), 0, 0),
    ],
)
def test_only_a_yes_to_the_work_as_it_is_now_fills(made: Call, filled: int, tentative: int) -> None:
    found = only([Need(Position.FOH, 1)], made)
    assert (found.filled, found.tentative, found.open) == (filled, tentative, 1 - filled - tentative)


def test_one_person_fills_each_of_his_positions_and_each_once() -> None:
    calls = [
        call("ana", Position.FOH),
        call("ana", Position.MON),
        call("ana", Position.FOH, CallState.CALLED, kind=CallKind.SHOW),
    ]
    fills = fill([Need(Position.FOH, 2), Need(Position.MON, 1)], calls)
    assert [each.by for each in fills] == [("ana",), ("ana",)]
    assert [each.tentative for each in fills] == [0, 0]


@pytest.mark.parametrize(
    "safety", [Position.RIG, Position.FX, Position.FORK, Position.MEDIC, Position.SECURITY, Position.DRIVER]
)
def test_whoever_does_something_else_fills_no_safety_role(safety: Position) -> None:
    found = only([Need(safety, 1)], call("ana", safety), call("ana", Position.HAND))
    assert (found.filled, found.open, found.doubled) == (0, 1, ("ana",))
    assert only([Need(Position.HAND, 1)], call("ana", safety), call("ana", Position.HAND)).filled == 1


def test_of_two_safety_roles_one_person_fills_one() -> None:
    fills = fill(
        [Need(Position.RIG, 1), Need(Position.MEDIC, 1)], [call("ana", Position.RIG), call("ana", Position.MEDIC)]
    )
    assert [each.filled for each in fills] == [1, 0]


def test_a_declined_second_position_doubles_nothing() -> None:
    assert (
        only([Need(Position.RIG, 1)], call("ana", Position.RIG), call("ana", Position.HAND, CallState.DECLINED)).filled
        == 1
    )


def test_in_a_club_the_driver_may_do_the_sound() -> None:
    calls = [call("ana", Position.DRIVER), call("ana", Position.FOH)]
    assert fill([Need(Position.DRIVER, 1)], calls, alone=never_doubled(300))[0].filled == 1


def test_the_tour_manager_of_the_tour_is_there_until_somebody_is_called_as_tm() -> None:
    assert only([Need(Position.TM, 1)], lead="tess").by == ("tess",)
    assert only([Need(Position.TM, 1)], call("dee", Position.TM), lead="tess").by == ("dee",)
    assert only([Need(Position.TM, 1)], call("tess", Position.TM, CallState.DECLINED), lead="tess").open == 1
    assert only([Need(Position.TM, 1)], call("dee", Position.TM, CallState.CALLED_OFF), lead="tess").by == ("tess",)
    assert only([Need(Position.TM, 1)]).open == 1


def test_what_is_wanted_is_the_least_of_the_show_who_is_called_and_what_was_asked_for() -> None:
    calls = [
        call("kit", Position.BL),
        call("lou", Position.VID, CallState.DECLINED),
        call("max", Position.FOH),
        call("ana", Position.FOH),
    ]
    needs = wanted([Need(Position.LD, 0, required=False), Need(Position.HAND, 8)], SHOW, calls)
    assert [(need.position, need.heads) for need in needs] == [
        (Position.TM, 1), (Position.HAND, 8), (Position.FOH, 2), (Position.LD, 0), (Position.VID, 1), (Position.BL, 1),
    ]  # fmt: skip
    assert wanted([], SHOW, [call("max", Position.VID, CallState.CALLED_OFF)]) == wanted([], SHOW, [])


def test_the_gap_is_told_by_department_and_what_is_optional_is_no_gap() -> None:
    fills = [
        Fill(Position.RIG, 2),
        Fill(Position.MON, 1),
        Fill(Position.FOH, 1, by=("ana",)),
        Fill(Position.SYS, 2),
        Fill(Position.LD, 1, required=False),
    ]
    assert gaps(fills) == {Department.RIGGING: {Position.RIG: 2}, Department.AUDIO: {Position.MON: 1, Position.SYS: 2}}


def test_the_sum_counts_places_and_of_the_optional_ones_only_those_with_somebody() -> None:
    fills = [
        Fill(Position.FOH, 1, by=("ana", "bo")),
        Fill(Position.HAND, 3, by=("kit",), perhaps=("max",)),
        Fill(Position.MON, 1, required=False),
        Fill(Position.LD, 1, required=False, perhaps=("lou",)),
    ]
    found = tally(fills)
    assert (found.heads, found.filled, found.tentative, found.open) == (5, 2, 2, 1)


def test_what_was_asked_for_and_has_nobody_counts_like_a_call_not_confirmed() -> None:
    facts = unmet(
        [Need(Position.RIG, 2), Need(Position.MON, 1, required=False), Need(Position.LD, 0, required=False)],
        SHOW,
        [],
        "tess",
    )
    assert [(each.position, each.required, each.reply) for each in facts] == [("RIG", True, Reply.NONE)] * 2
    assert {each.call_at for each in facts} == {SHOW.when(Wall.decode("12:00+0"))}


def test_a_place_without_anybody_waits_from_the_call_of_the_others_in_it() -> None:
    asked = [Need(Position.RIG, 2)]
    assert [each.call_at for each in unmet(asked, SHOW, [call("ana", Position.RIG)], "")] == [SHOW.when(WALL)]
    assert unmet(asked, SHOW, [call("ana", Position.RIG), call("bo", Position.RIG, CallState.CALLED)], "") == []


def test_a_call_is_required_but_where_the_tour_manager_asked_otherwise() -> None:
    mon, gone = call("ana", Position.MON), call("ana", Position.MON, CallState.DECLINED)
    assert is_required(mon, [])
    assert is_required(gone, [])
    assert is_required(mon, [Need(Position.MON, 1)])
    assert not is_required(gone, [Need(Position.MON, 1)])
    assert not is_required(mon, [Need(Position.MON, 1, required=False)])
    assert not is_required(mon, [Need(Position.MON, 0, required=False)])


CALLS = st.builds(
    call,
    st.sampled_from(["ana", "bo", "kit"]),
    st.sampled_from([Position.TM, Position.FOH, Position.RIG, Position.MEDIC, Position.HAND]),
    st.sampled_from(CallState),
    kind=st.sampled_from(CallKind),
    stage=st.sampled_from(CallStage),
)
NEEDS = st.lists(
    st.builds(
        Need,
        st.sampled_from([Position.TM, Position.FOH, Position.RIG, Position.MEDIC, Position.HAND]),
        st.integers(0, 9),
        st.booleans(),
    ),
    unique_by=lambda need: need.position,
)


@given(NEEDS, st.lists(CALLS, max_size=12), st.randoms(use_true_random=False), st.sampled_from(["", "tess"]))
def test_every_place_is_filled_tentative_or_open_whatever_the_order(
    needs: list[Need], calls: list[Call], shuffler: random.Random, lead: str
) -> None:
    calls = list({(each.person, each.position, each.kind): each for each in calls}.values())
    fills = fill(needs, calls, lead)
    for need, each in zip(needs, fills, strict=True):
        assert (each.position, each.heads) == (need.position, need.heads)
        assert each.filled + each.tentative + each.open >= each.heads
        assert each.open >= 0
        assert not {*each.by} & {*each.perhaps}
    found = tally(fills)
    assert found.filled + found.tentative + found.open == found.heads
    assert found.open == sum(count for some in gaps(fills).values() for count in some.values())
    shuffled = shuffler.sample(calls, len(calls))
    assert [(set(e.by), set(e.perhaps)) for e in fill(needs, shuffled, lead)] == [
        (set(e.by), set(e.perhaps)) for e in fills
    ]
