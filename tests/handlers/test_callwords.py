"""Who is called to what and when, as tired people type it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Position
from checklists.errors import Refusal
from handlers.callwords import POSITIONS, Ask, CallRequest, read_call
from handlers.clockwords import Clock

ANA, BO = "<@U012ABC|ana>", "<@U2XXX>"
TWO = Clock(time(14))


def ana(position: Position | None, clock: Clock | None = TWO, off: bool = False) -> Ask:
    return Ask("U012ABC", position, clock, off)


def bo(position: Position | None, clock: Clock | None = TWO, off: bool = False) -> Ask:
    return Ask("U2XXX", position, clock, off)


@pytest.mark.parametrize(
    ("typed", "gig", "asks"),
    [
        (f"lisbon {ANA} FOH 14:00, {BO} MON 14:00", "lisbon", (ana(Position.FOH), bo(Position.MON))),
        (f"lisbon {ANA} FOH 14:00 {BO} MON 14:00", "lisbon", (ana(Position.FOH), bo(Position.MON))),
        (f"#12: {ANA} {BO} HAND 14:00", "#12", (ana(Position.HAND), bo(Position.HAND))),
        (f"{ANA} and {BO} as stagehands at 2pm", "", (ana(Position.HAND), bo(Position.HAND))),
        (f"san francisco {ANA} FOH+PM 14:00", "san francisco", (ana(Position.FOH), ana(Position.PM))),
        (f"x {ANA} lights &amp; video 1400", "x", (ana(Position.LD), ana(Position.VID))),
        (f"x {ANA} 14:00 stage manager.", "x", (ana(Position.SM),)),
        (f"x {ANA} Stage-Manager 14:00", "x", (ana(Position.SM),)),
        (f"x {ANA} FOH 2 PM", "x", (ana(Position.FOH),)),
        (f"x {ANA} PM 14:00", "x", (ana(Position.PM),)),
        (f"x {ANA} 14:00 PM", "x", (ana(Position.PM),)),
        (f"x {ANA} FOH @ 14:00", "x", (ana(Position.FOH),)),
        (f"x {ANA} engineer 14:00; {BO} monitors 14:00", "x", (ana(Position.FOH), bo(Position.MON))),
        (f"x {ANA} FOH 25:30", "x", (ana(Position.FOH, Clock(time(1, 30), next_day=True)),)),
        (f"x {ANA} off", "x", (ana(None, None, off=True),)),
        (f"x {ANA} MON off, {BO} MON 14:00", "x", (ana(Position.MON, None, off=True), bo(Position.MON))),
    ],
)
def test_a_call_is_read(typed: str, gig: str, asks: tuple[Ask, ...]) -> None:
    assert read_call(typed) == CallRequest(gig, asks)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lisbon @ana FOH 14:00", "pick the person from Slack's list, so that the name turns blue"),
        (f"lisbon {ANA} @bo FOH 14:00", '"@bo"'),
        ("lisbon ana FOH 14:00", "found nobody"),
        ("", "found nobody"),
        (f"lisbon {ANA}", "Positions: EP, TM"),
        (f"lisbon {ANA} 14:00", "found no position"),
        (f"lisbon {ANA} FHO 14:00", "Did you mean FOH?"),
        (f"lisbon {ANA} juggler 14:00", 'do not know the position "juggler"'),
        (f"lisbon {ANA} FOH", "what time"),
        (f"lisbon {ANA} FOH, {BO} MON 14:00", "what time"),
        (f"lisbon {ANA} FOH 7", "07:00"),
        (f"lisbon {ANA} FOH 2:00", "Write `02:00` or `14:00` for the call"),
        (f"lisbon {ANA} FOH 9:00 PM", "production manager at 09:00"),
        (f"lisbon {ANA} FOH 14:00-18:00", "One call has one time"),
        (f"lisbon {ANA} FOH sound 14:00", "FOH is there twice"),
        (f"lisbon {ANA} FOH 14:00, {ANA} FOH 15:00", "twice (FOH)"),
        (f"lisbon {ANA} off, {ANA} FOH 15:00", "twice"),
        (f"lisbon {ANA} off 14:00", "Called off, or called at 14:00"),
    ],
)
def test_a_call_that_cannot_be_made_says_what_to_type(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_call(typed)
    assert told in str(no.value)


def test_every_name_of_a_position_calls_somebody_to_it() -> None:
    for said, position in POSITIONS.items():
        assert read_call(f"lisbon {ANA} {said.upper()} 14:00").asks == (ana(position),)
        assert read_call(f"lisbon {ANA} 14:00 {said}").asks == (ana(position),)


@given(st.sampled_from(Position), st.times(time(6)), st.booleans(), st.sampled_from([" ", ", ", " at "]))
def test_what_was_asked_is_what_was_typed(position: Position, at: time, time_first: bool, between: str) -> None:
    time_first = time_first and position is not Position.PM  # "09:00 PM" is asked
    parts = [position.value, f"{at:%H:%M}"]
    typed = between.join(reversed(parts) if time_first else parts)
    assert read_call(f"lisbon {ANA} {typed}").asks == (ana(position, Clock(at.replace(second=0, microsecond=0))),)
