"""How many of which position, as tired people type it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Position
from checklists.errors import Refusal
from checklists.filling import MOST_HEADS
from handlers.callwords import POSITIONS
from handlers.needwords import Change, CrewAsked, read_needs

HANDS, RIGGERS = Change(Position.HAND, 8), Change(Position.RIG, 2)


@pytest.mark.parametrize(
    ("typed", "gig", "changes"),
    [
        ("", "", ()),
        ("lisbon", "lisbon", ()),
        ("#12", "#12", ()),
        ("12", "12", ()),
        ('"puget sound"', "puget sound", ()),
        ("lisbon hands 8", "lisbon", (HANDS,)),
        ("lisbon 8 hands", "lisbon", (HANDS,)),
        ("lisbon, 8x stagehands", "lisbon", (HANDS,)),
        ("lisbon: HAND = 8", "lisbon", (HANDS,)),
        ("lisbon (8 stage-hands)", "lisbon", (HANDS,)),
        ("8 hands", "", (HANDS,)),
        ("12 hands 8", "12", (HANDS,)),
        ("#3 8 hands", "#3", (HANDS,)),
        ("baden-baden hands 8", "baden-baden", (HANDS,)),
        ("sound city hands 8", "sound city", (HANDS,)),
        ("florence and the machine hands 8", "florence and the machine", (HANDS,)),
        ('"puget sound" hands 8; two riggers', "puget sound", (HANDS, RIGGERS)),
        ("lisbon 8 hands and 2 riggers", "lisbon", (HANDS, RIGGERS)),
        ("lisbon hands 8 &amp; riggers 2", "lisbon", (HANDS, RIGGERS)),
        ("lisbon 2 riggers, LD 0", "lisbon", (RIGGERS, Change(Position.LD, 0))),
        ("lisbon no LD", "lisbon", (Change(Position.LD, 0),)),
        ("lisbon MON optional", "lisbon", (Change(Position.MON, None, False),)),
        ("lisbon 2 MON required", "lisbon", (Change(Position.MON, 2, True),)),
        ("lisbon LD usual", "lisbon", (Change(Position.LD, usual=True),)),
        ("lisbon follow spots 4", "lisbon", (Change(Position.SPOT, 4),)),
        ("lisbon first aid 2", "lisbon", (Change(Position.MEDIC, 2),)),
        ("lisbon hands 499", "lisbon", (Change(Position.HAND, 499),)),
    ],
)
def test_needs_are_read(typed: str, gig: str, changes: tuple[Change, ...]) -> None:
    assert read_needs(typed) == CrewAsked(gig, changes)


@pytest.mark.parametrize(("typed", "gig"), [("lisbon usual", "lisbon"), ("usual", ""), ("#3 usual", "#3")])
def test_usual_alone_is_for_all_positions(typed: str, gig: str) -> None:
    assert read_needs(typed) == CrewAsked(gig, usual=True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lisbon hnads 8", 'do not know the position "hnads". Did you mean HAND?'),
        ("lisbon 8 riger", "Did you mean RIG?"),
        ("lisbon xyzzy 8", "Positions: EP, TM"),
        ("lisbon xyzzy optional", '"xyzzy"'),
        ("lisbon 8 hands, 2 xyzzy", '"xyzzy"'),
        ("lisbon 8", '"8" of which position?'),
        ("#1 8", '"8" of which position?'),
        ("lisbon hands 8, 9", '"9" of which position?'),
        ("lisbon hands", "How many HAND?"),
        ("lisbon hands 8, riggers", "How many RIG?"),
        ("lisbon hands -3", "-3 HAND? A gig needs from 0 to 499"),
        ("lisbon hands 500", "500 HAND? A gig needs from 0 to 499"),
        ("lisbon hands 99999999999", "whole numbers"),
        ("lisbon hands 2.5", 'How many is "2.5"? I take whole numbers'),
        ("lisbon hands 8, stagehands 9", "HAND is there twice"),
        ("lisbon <@U0ANA> FOH 14:00", "Do you want to call somebody?"),
        ("lisbon FOH 14:00", "/gig call lisbon @ana FOH 14:00"),
    ],
)
def test_what_cannot_be_needed_says_what_to_type(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_needs(typed)
    assert told in str(no.value)
    assert "/gig c" in str(no.value)


@given(st.sampled_from(sorted(POSITIONS)), st.integers(0, MOST_HEADS), st.booleans())
def test_every_name_of_a_position_can_be_counted(said: str, heads: int, number_first: bool) -> None:
    typed = f"lisbon {heads} {said}" if number_first else f"lisbon {said} {heads}"
    assert read_needs(typed) == CrewAsked("lisbon", (Change(POSITIONS[said], heads),))


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(["8", "mon", "lisbon", ",", "-1", "optional", "x"])).map(" ".join)
)
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        found = read_needs(typed)
    except Refusal:
        return
    assert all(change.heads is None or 0 <= change.heads <= MOST_HEADS for change in found.changes)


def test_the_longest_nonsense_is_refused_at_once() -> None:
    typed = ("8 mon " * 600)[:2990] + " zz"
    before = time.perf_counter()
    with pytest.raises(Refusal):
        read_needs(typed)
    assert time.perf_counter() - before < 1
