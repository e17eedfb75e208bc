"""Calling off waits for a word: when somebody is asked, when the tour manager hears, what counts as seen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import CallState
from checklists.seen import LEAST, acknowledges, ask_at, is_awaited, is_unseen, tell_at
from checklists.walls import is_quiet
from tests.checklists.gigs import call, lisbon

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
OFF = call(lisbon(), 1, state=CallState.CALLED_OFF, told_state=CallState.CONFIRMED)
MINUTES = st.integers(-60, 60 * 24 * 20)


def before(minutes: float) -> datetime:
    """So long before the call."""
    return OFF.at - timedelta(minutes=minutes)


def test_only_a_yes_that_was_called_off_is_waited_for() -> None:
    assert is_unseen(OFF)
    assert not is_unseen(replace(OFF, seen_at=NOON))
    assert is_awaited(replace(OFF, seen_at=NOON))
    for said in (None, CallState.CALLED, CallState.MAYBE, CallState.DECLINED):
        assert not is_awaited(replace(OFF, told_state=said))
    assert not is_awaited(replace(OFF, state=CallState.CONFIRMED))


@given(MINUTES)
def test_he_is_asked_within_the_hour_and_never_at_night_unless_his_call_is_near(minutes: int) -> None:
    now = before(minutes)
    at = ask_at(OFF, now, "Europe/Lisbon")
    assert at - now >= LEAST
    if is_quiet(at, "Europe/Lisbon"):
        assert OFF.at - at <= timedelta(hours=6)
    else:
        assert at - now <= timedelta(hours=11)  # an hour, and the night in which the clocks go back


@given(MINUTES)
def test_the_tour_manager_hears_it_after_he_was_asked_and_before_a_far_call(minutes: int) -> None:
    asked = ask_at(OFF, before(minutes), "Europe/Lisbon")
    told = tell_at(OFF, asked, "Europe/London")
    assert told - asked >= LEAST
    if OFF.at - asked >= timedelta(hours=24):
        assert told < OFF.at


@pytest.mark.parametrize("text", ["ok", "seen", "Noted, thanks", "copy", "👍", "no worries", "alles klar", "entendido"])
def test_a_word_is_enough(text: str) -> None:
    assert acknowledges(text)


@pytest.mark.parametrize("text", ["why?", "ok but why", "not ok", "already on my way", "what?", "the truck", ""])
def test_a_doubt_is_not_taken_for_it(text: str) -> None:
    assert not acknowledges(text)
