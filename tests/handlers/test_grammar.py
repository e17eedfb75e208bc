"""Slash text to requests, as tired people type it."""

import re
from collections.abc import Callable
from datetime import date, time
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.gig import Anchor, CurfewKind
from checklists.items import ItemState
from handlers import grammar
from handlers.grammar import Cancel, Check, Clock, Move, NewGig, Times
from handlers.typed import tidy

TODAY = date(2026, 11, 22)
SHOW = date(2026, 12, 12)
DOORS = {Anchor.DOORS: Clock(time(19))}
LANTERNS = NewGig("The Lanterns", "Paradiso Amsterdam", SHOW, DOORS)
READERS: dict[str, Callable[[str], object]] = {
    "new": lambda rest: grammar.read_new(rest, TODAY),
    "times": grammar.read_times,
    "move": lambda rest: grammar.read_move(rest, TODAY),
    "cancel": grammar.read_cancel,
    "call": grammar.read_call,
    "check": grammar.read_check,
    "show": grammar.read_gig,
}


@pytest.mark.parametrize(
    ("typed", "verb", "rest"),
    [("", "help", ""), ("  ", "help", ""), ("NEW The Lanterns", "new", "The Lanterns"), ("call\n@ana", "call", "@ana")],
)
def test_the_first_word_is_the_verb(typed: str, verb: str, rest: str) -> None:
    assert grammar.read_verb(typed) == (verb, rest)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("The Lanterns, Paradiso Amsterdam, 12 Dec 2026 doors 19:00", LANTERNS),
        ("The Lanterns, Paradiso Amsterdam 12 Dec doors 7pm", LANTERNS),
        ("The Lanterns,Paradiso,Amsterdam , 12 Dec.", NewGig("The Lanterns", "Paradiso, Amsterdam", SHOW, {})),
        ("The Lanterns, Paradiso, Sat, 12 Dec, doors 19:00", NewGig("The Lanterns", "Paradiso", SHOW, DOORS)),
        ("The Lanterns, Paradiso, Dec 12, 2026 doors: 19.00", NewGig("The Lanterns", "Paradiso", SHOW, DOORS)),
        ("Friday, Friday Club, sat 12 dec doors at 1900", NewGig("Friday", "Friday Club", SHOW, DOORS)),
        ("Q &amp; A, L\u2019Olympia\tParis, 12 Dec", NewGig("Q & A", "L'Olympia Paris", SHOW, {})),
        ("A\u202eB\x00C\r\nD, E, 12 Dec", NewGig("ABC D", "E", SHOW, {})),
        (
            "The Lanterns, Paradiso, Amsterdam, Netherlands, 12 Dec doors 7pm, curfew 23:00 hard",
            NewGig(
                "The Lanterns", "Paradiso, Amsterdam, Netherlands", SHOW,
                {**DOORS, Anchor.CURFEW: Clock(time(23))}, CurfewKind.HARD,
            ),
        ),
    ],
)  # fmt: skip
def test_a_new_gig_is_read(typed: str, means: NewGig) -> None:
    assert grammar.read_new(typed, TODAY) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Who plays?"),
        ("12 Dec doors 19:00", "Who plays?"),
        ("The Lanterns, 12 Dec", "Where is it?"),
        ("The Lanterns, Paradiso Amsterdam", "When is it?"),
        ("The Lanterns, Paradiso Amsterdam, doors 19:00", "When is it?"),
        ("The Lanterns, Studio 54", "When is it?"),
        ("The Lanterns, Paradiso, 12/10 doors 19:00", "12 October or 10 December"),
        ("The Lanterns, Paradiso, 7 doors 19:00", "which month"),
        ("The Lanterns, Paradiso, 12 Dec doors 7", "07:00"),
        (
            "The Lanterns, Paradiso, 12 Dec doors 7:30",
            '"7:30" in the morning or 19:30? Write `07:30` or `19:30` for doors',
        ),
        ("The Lanterns, Paradiso, 12 Dec doors", "No time follows doors"),
        ("The Lanterns, Paradiso, 12 Dec at night", 'not "at night"'),
        ("L" * 301 + ", Paradiso, 12 Dec", "301 characters, at most 300"),
        ("L" * 10_000, "Too long: 10,000 characters"),
    ],
)
def test_a_new_gig_that_lacks_something_says_what(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        grammar.read_new(typed, TODAY)
    assert told in str(no.value)


@pytest.mark.parametrize(
    ("typed", "gig", "anchor", "at", "next_day"),
    [
        ("lisbon doors 19:30", "lisbon", Anchor.DOORS, time(19, 30), False),
        ("#12 load-out 01:30", "#12", Anchor.LOAD_OUT, time(1, 30), False),
        ("#12 load\u2011out 25:30", "#12", Anchor.LOAD_OUT, time(1, 30), True),
        ("lisbon bump-out 01:30 next day", "lisbon", Anchor.LOAD_OUT, time(1, 30), True),
        ("get-in 9:00", "", Anchor.LOAD_IN, time(9), False),
        ("San Francisco load in 10", "San Francisco", Anchor.LOAD_IN, None, False),
        ("san francisco loadin 10 am", "san francisco", Anchor.LOAD_IN, time(10), False),
        ("lisbon sc 4pm", "lisbon", Anchor.SOUNDCHECK, time(16), False),
        ("lisbon sound check to 16:30", "lisbon", Anchor.SOUNDCHECK, time(16, 30), False),
        ("lisbon on stage 21:00", "lisbon", Anchor.SET, time(21), False),
        ("lisbon show 21:00", "lisbon", Anchor.SET, time(21), False),
        ("lisbon off 22:30", "lisbon", Anchor.SET_END, time(22, 30), False),
        ("lisbon set end: 22:30", "lisbon", Anchor.SET_END, time(22, 30), False),
        ("lisbon cf midnight", "lisbon", Anchor.CURFEW, time(0), False),
        ("the doors doors 19:00", "the doors", Anchor.DOORS, time(19), False),
        ("\u201cthe doors\u201d doors 19:00", "the doors", Anchor.DOORS, time(19), False),
    ],
)
def test_every_anchor_is_read_by_its_names_in_the_field(
    typed: str, gig: str, anchor: Anchor, at: time | None, next_day: bool
) -> None:
    if at is None:
        with pytest.raises(Refusal):
            grammar.read_times(typed)
    else:
        assert grammar.read_times(typed) == Times(gig, {anchor: Clock(at, next_day)})


@pytest.mark.parametrize("typed", ["lisbon curfew 23:00 hard", "lisbon hard curfew 23:00", "lisbon curfew: hard 23:00"])
def test_a_curfew_can_be_hard(typed: str) -> None:
    assert grammar.read_times(typed) == Times("lisbon", {Anchor.CURFEW: Clock(time(23))}, CurfewKind.HARD)


def test_a_curfew_can_turn_soft_without_a_new_time() -> None:
    assert grammar.read_times("#3 curfew soft") == Times("#3", {}, CurfewKind.SOFT)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lisbon", "Which time?"),
        ("", "Which time?"),
        ("lisbon doors", "No time follows doors"),
        ("lisbon doors 19:00 doors 20:00", "doors is there twice"),
        ("lisbon doors 19:00 20:00", "one time"),
        ("lisbon doors soonish", '"soonish"'),
    ],
)
def test_times_that_cannot_be_read_say_why(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        grammar.read_times(typed)
    assert told in str(no.value)


@pytest.mark.parametrize(
    ("typed", "gig", "day"),
    [
        ("lisbon 28 Oct", "lisbon", date(2027, 10, 28)),
        ("#12 to 28 Oct 2026", "#12", date(2026, 10, 28)),
        ("lisbon -&gt; sat", "lisbon", date(2026, 11, 28)),
        ("san francisco to Sat 28 Nov 2026.", "san francisco", date(2026, 11, 28)),
        ("lisbon may 28 oct", "lisbon may", date(2027, 10, 28)),
        ("28 Oct", "", date(2027, 10, 28)),
    ],
)
def test_a_move_names_gig_and_day(typed: str, gig: str, day: date) -> None:
    assert grammar.read_move(typed, TODAY) == Move(gig, day)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("lisbon", Cancel("lisbon")),
        ("", Cancel("")),
        ("lisbon because the venue flooded", Cancel("lisbon", "the venue flooded")),
        ("lisbon: flood", Cancel("lisbon", "flood")),
        ("san francisco - fog", Cancel("san francisco", "fog")),
        ("san francisco — fog", Cancel("san francisco", "fog")),
        ("#12 flood", Cancel("#12", "flood")),
        ('"st. john" because flood', Cancel("st. john", "flood")),
    ],
)
def test_a_cancellation_names_gig_and_reason(typed: str, means: Cancel) -> None:
    assert grammar.read_cancel(typed) == means


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("lisbon va.power done", Check("lisbon", "va.power", ItemState.DONE)),
        ("lg.contract done all", Check("", "lg.contract", ItemState.DONE, everywhere=True)),
        ("all lg.contract tick", Check("", "lg.contract", ItemState.DONE, everywhere=True)),
        ("#12 power sent", Check("#12", "power", ItemState.SENT)),
        ("san francisco power sent", Check("san francisco", "power", ItemState.SENT)),
        ("VA.Power OK.", Check("", "va.power", ItemState.DONE)),
        ("va.power reopen", Check("", "va.power", ItemState.OPEN)),
        ("va.power n/a", Check("", "va.power", ItemState.NA)),
        ("va.power not applicable: open air", Check("", "va.power", ItemState.NA, "open air")),
        ("va.power waive house generator agreed", Check("", "va.power", ItemState.WAIVED, "house generator agreed")),
        ("va.power problem no electrician", Check("", "va.power", ItemState.PROBLEM, "no electrician")),
        ("va.power", Check("", "va.power")),
        ("lisbon", Check("lisbon")),
        ("", Check("")),
    ],
)
def test_a_check_names_gig_item_and_what_became_of_it(typed: str, means: Check) -> None:
    assert grammar.read_check(typed) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("va.power dome", "Did you mean done?"),
        ("va.power waive", "Why is"),
        ("lisbon lg.contract done all", "whole tour"),
    ],
)
def test_a_check_that_cannot_be_done_says_why(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        grammar.read_check(typed)
    assert told in str(no.value)


@pytest.mark.parametrize(
    ("typed", "gig"), [(" Lisbon. ", "Lisbon"), ("#12,", "#12"), ('"san juan"', "san juan"), ("", "")]
)
def test_a_gig_reference_loses_its_wrapping(typed: str, gig: str) -> None:
    assert grammar.read_gig(typed) == gig


def test_a_word_close_to_a_known_one_is_guessed() -> None:
    assert grammar.near("tmies", ["times", "move"]) == "times"
    assert grammar.near("xylophone", ["times", "move"]) is None


PIECES = """
lisbon , 12 Dec 2026 12/10 sat doors set off curfew hard 19:00 7 7:30 pm 25:30 <@U012ABC> <@U2|bo> @ana FOH PM + and
off va.power done waive all because : - #12 " to &amp; x load-in sc \u202e
"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join)


def refused(verb: str, typed: str) -> str:
    """What the refusal says; "" when the text was read."""
    try:
        READERS[verb](typed)
    except Refusal as no:
        return str(no)
    return ""


@given(st.one_of(st.text(max_size=80), WORDS), st.sampled_from(sorted(READERS)))
def test_any_text_is_a_request_or_a_refusal_whose_example_works(typed: str, verb: str) -> None:
    no = refused(verb, typed)
    assert not no or "`" in no
    for example in re.findall(r"`/gig (\w+) ([^`]*)`", no):
        assert refused(example[0], re.sub(r"@(\w+)", r"<@U0123|\1>", example[1])) == ""


@pytest.mark.parametrize("verb", sorted(READERS))
def test_a_refusal_quotes_no_more_than_sixty_characters(verb: str) -> None:
    for typed in ("z" * 290, "z " * 290, "<@U012ABC> " + "z" * 290, "va.power " + "z" * 290, "doors " + "9" * 290):
        assert "z" * 61 not in refused(verb, typed)
        assert "9" * 61 not in refused(verb, typed)


@pytest.mark.parametrize("verb", sorted(READERS))
@pytest.mark.parametrize("piece", ["12 dec ", "doors ", ", ", "<@U012ABC> ", "FOH ", "- ", "a", "sat ", "power done "])
def test_three_thousand_characters_are_read_at_once(verb: str, piece: str) -> None:
    began = thread_time()
    refused(verb, piece * (3000 // len(piece)))
    assert thread_time() - began < 0.5


@given(st.text(max_size=200))
def test_what_is_tidied_has_no_control_character_and_stays_as_it_is(typed: str) -> None:
    tidied = tidy(typed)
    assert tidied.isprintable() or "\u200d" in tidied or "\u200c" in tidied or not tidied.isascii()
    assert not set(tidied) & set("\n\r\t\x00\u202e\u2066\u200f")
    assert tidy(tidied) == tidied
