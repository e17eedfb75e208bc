"""After downtime: which reminder a newer one stands for."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.catch_up import LATE, chain, is_late, is_outdone
from checklists.crew import Call, CallState, Position
from checklists.cues import Cue, CueKind, stamp
from checklists.letters import Letter
from checklists.walls import Wall

CALL = datetime(2026, 10, 1, 13, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def called(person: str = "UANA", state: CallState = CallState.CALLED, number: int = 1) -> Call:
    return Call(number, 7, person, Position.FOH, Wall(time(14)), CALL, state)


def cue(kind: CueKind, minutes: int, person: str = "", anchor: str = "call") -> Cue:
    return Cue(kind, CALL + minutes * MINUTE, 7, 1, person, anchor, stamp(CALL))


def outdone(old: Cue, due: Sequence[Cue], calls: Sequence[Call], minutes: int) -> bool:
    return is_outdone(old, [old, *due], calls, CALL + minutes * MINUTE)


NOT_HERE, NO_SHOW = cue(CueKind.NOT_HERE, 10), cue(CueKind.NO_SHOW, 15)


def test_plus_fifteen_stands_for_plus_ten() -> None:
    assert outdone(NOT_HERE, [NO_SHOW], [called()], 16)
    assert not outdone(NO_SHOW, [NOT_HERE], [called()], 16)


def test_a_reminder_that_is_not_late_goes_out() -> None:
    assert not outdone(NOT_HERE, [NO_SHOW], [called()], 12)


def test_a_newer_one_that_is_too_late_itself_stands_for_nothing() -> None:
    doors = [cue(CueKind.DOORS_60, 0), cue(CueKind.DOORS_30, 30)]
    assert outdone(doors[0], doors[1:], [], 31)
    assert not outdone(doors[0], doors[1:], [], 46)


def test_an_ask_in_the_thread_goes_out_unless_each_of_the_silent_is_asked_by_a_newer_one() -> None:
    ask, by_dm = cue(CueKind.ASK_AGAIN, -600), cue(CueKind.ASK_DM, -500, "UANA")
    both = [called(), called("UBO", number=2)]
    assert outdone(ask, [by_dm], [called()], -400)
    assert not outdone(ask, [by_dm], both, -400)
    assert outdone(ask, [by_dm, cue(CueKind.ASK_DM, -499, "UBO")], both, -400)


def test_what_he_slept_through_is_told_unless_a_newer_one_asks_him_again() -> None:
    slept = cue(CueKind.HELD, -500, "UANA", Letter.ASK_AGAIN)
    assert outdone(slept, [cue(CueKind.ASK_DM, -400, "UANA")], [called()], -300)
    assert not outdone(slept, [cue(CueKind.ASK_DM, -400, "UBO")], [called(), called("UBO", number=2)], -300)


def test_the_day_sheet_he_slept_through_stands_alone() -> None:
    assert chain(cue(CueKind.HELD, 0, "UANA", Letter.DAY_SHEET)) == ""
    assert not outdone(cue(CueKind.DAY_SHEET, -1200), [NOT_HERE, NO_SHOW], [called()], 16)


@given(st.integers(0, 600))
def test_late_begins_after_a_few_minutes(seconds: int) -> None:
    assert is_late(CALL, CALL + timedelta(seconds=seconds)) == (timedelta(seconds=seconds) >= LATE)


@given(st.lists(st.sampled_from(sorted(CueKind)), max_size=6), st.integers(-60, 60), st.integers(-60, 300))
def test_of_a_chain_the_newest_is_never_outdone(kinds: list[CueKind], first: int, now: int) -> None:
    due = [cue(kind, first + place, "UANA", Letter.ASK) for place, kind in enumerate(kinds)]
    left = [one for one in due if not outdone(one, due, [called()], now)]
    assert {chain(one) for one in left} == {chain(one) for one in due}


@pytest.mark.parametrize("state", [CallState.CONFIRMED, CallState.DECLINED])
def test_what_concerns_nobody_any_more_is_no_reason_to_send_it(state: CallState) -> None:
    ask = cue(CueKind.ASK_AGAIN, -600)
    assert outdone(ask, [cue(CueKind.ASK_DM, -500, "UANA")], [called(state=state)], -400)
