"""Positions, rest and changes: what the crew adds to readiness."""

from dataclasses import replace

import pytest

from checklists.crewing import change_reasons, position_reasons, rest_reasons
from checklists.judging import CrewFact, Reply, Verdict
from checklists.rules import usual
from tests.checklists.readiness_facts import NOW, a_call, after


def positions(*crew: CrewFact) -> list[tuple[str, Verdict, int]]:
    return [(r.key, r.level, r.count) for r in position_reasons(crew, NOW, usual())]


@pytest.mark.parametrize("reply", [Reply.NONE, Reply.MAYBE, Reply.DECLINE])
@pytest.mark.parametrize(
    ("call", "level"),
    [
        (72.01, None),
        (72, Verdict.AMBER),
        (24.01, Verdict.AMBER),
        (24, Verdict.RED),
        (0, Verdict.RED),
        (-9, Verdict.RED),
    ],
)
def test_a_position_is_amber_within_72_h_and_red_from_24_h_on(call: float, level: Verdict | None, reply: Reply) -> None:
    assert positions(a_call(call, reply)) == ([("FOH", level, 1)] if level else [])


def test_a_confirmed_or_optional_position_gives_no_reason() -> None:
    assert positions(a_call(5, Reply.CONFIRM), replace(a_call(5, position="MON"), required=False)) == []


def test_a_decline_keeps_the_position_open_until_another_confirms() -> None:
    declined = a_call(5, Reply.DECLINE, answered=-3)
    stand_in = a_call(5, Reply.NONE, person="Bo")
    assert positions(declined) == [("FOH", Verdict.RED, 1)]
    assert positions(declined, stand_in) == [("FOH", Verdict.RED, 1)]
    assert positions(declined, replace(stand_in, reply=Reply.CONFIRM, answered_at=after(-1))) == []


def test_a_chain_of_declines_is_covered_by_the_one_who_comes() -> None:
    ana, bo = a_call(5, Reply.DECLINE, answered=-3), a_call(5, Reply.DECLINE, person="Bo", answered=-2)
    assert positions(ana, bo, a_call(5, Reply.CONFIRM, person="Cy", answered=-1)) == []


def test_one_who_had_confirmed_before_does_not_cover_a_later_decline() -> None:
    ana, bo = a_call(5, Reply.CONFIRM, answered=-3), a_call(5, Reply.DECLINE, person="Bo", answered=-1)
    assert positions(ana, bo) == [("FOH", Verdict.RED, 1)]


def test_everybody_called_to_a_position_must_confirm() -> None:
    crew = [a_call(30, person="Ana"), a_call(20, person="Bo"), a_call(5, Reply.CONFIRM, person="Cy")]
    assert positions(*crew) == [("FOH", Verdict.RED, 2)]


@pytest.mark.parametrize(
    ("rest", "level", "figure", "limit"),
    [
        (10, None, 0, 0),
        (9.999, Verdict.AMBER, 9.99, 10),
        (8, Verdict.AMBER, 8, 10),
        (7.75, Verdict.RED, 7.75, 8),
        (-1, Verdict.RED, 0, 8),
    ],
)
def test_rest_is_red_under_8_h_and_amber_under_10(
    rest: float, level: Verdict | None, figure: float, limit: float
) -> None:
    found = [(r.level, r.figure, r.limit) for r in rest_reasons([a_call(100, rest=rest)], usual())]
    assert found == ([(level, figure, limit)] if level else [])


def test_one_person_with_two_positions_is_short_of_rest_once() -> None:
    crew = [a_call(102, position="TM", rest=9), a_call(100, rest=7), a_call(100, person="Bo", rest=9)]
    assert [(r.key, r.figure) for r in rest_reasons(crew, usual())] == [("FOH", 7), ("FOH", 9)]


def test_who_declined_neither_rests_nor_acknowledges() -> None:
    declined = a_call(100, Reply.DECLINE, rest=2, changed=-9)
    assert list(rest_reasons([declined], usual())) == []
    assert list(change_reasons([declined], NOW, usual())) == []


def test_all_who_leave_a_change_unacknowledged_for_2_h_are_one_reason() -> None:
    crew = [
        a_call(100, changed=-2),
        a_call(100, person="Bo", position="MON", changed=-3),
        a_call(100, person="Cy", position="LD", changed=-1.9),
    ]
    (found,) = change_reasons(crew, NOW, usual())
    assert (found.level, found.key, found.count, found.due) == (Verdict.AMBER, "FOH, MON", 2, after(-3))
