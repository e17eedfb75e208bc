"""Who is needed: asked for, shown, told on the card, and judged."""

from dataclasses import replace

import pytest

from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import mentions
from checklists.crew import CallStage, CallState, Position
from checklists.filling import Need
from handlers.cards import gig as gig_cards
from handlers.cards import needed
from handlers.cards.blocks import PRIVATE_MOST
from tests.handlers.pictures import NOW, call_to, hostile, lisbon, usual
from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE


@pytest.fixture
def gig(tess: Anyone) -> Anyone:
    """Tess, with one gig open."""
    tess.types(NEW)
    return tess


def crew_of(troupe: Stage) -> str:
    """The card's line about the crew."""
    return next((line for line in troupe.card().splitlines() if line.startswith("Crew ")), "")


def test_a_new_gig_needs_what_its_kind_of_show_needs(gig: Anyone) -> None:
    told = gig.types("/gig crew lisbon").text
    assert "Crew 1 of 2 filled, 1 open: audio FOH" in told
    assert "TM, 1 needed: filled 1, tess (runs the tour)" in told
    assert "FOH, 1 needed: filled 0; open 1, usual call 14:00 WEST" in told
    assert "/gig call #1 @name FOH 14:00" in told


def test_the_table_tells_by_whom_each_position_is_filled(troupe: Stage, gig: Anyone, ana: Anyone, bo: Anyone) -> None:
    gig.types("/gig crew lisbon 3 hands, MON optional, LD 0")
    gig.types("/gig call lisbon @ana HAND 12:00, @bo HAND 12:00, @kit BL 12:00")
    ana.says("confirmed")
    bo.says("not sure yet")
    told = gig.types("/gig crew lisbon").text
    assert "HAND, 3 needed (asked for): filled 1, ana; tentative 1, bo (maybe); open 1, usual call 12:00 WEST" in told
    assert "MON, 1 optional (asked for): filled 0; open 1" in told
    assert "LD, not needed (asked for)" in told
    assert "BL, 1 called: filled 0; tentative 1, kit (no answer yet)" in told


def test_the_card_tells_the_gap_by_department(troupe: Stage, gig: Anyone, ana: Anyone) -> None:
    gig.types("/gig call lisbon @ana FOH 14:00, @kit BL 14:00")
    assert crew_of(troupe) == "Crew 1 of 3 filled, 2 tentative"
    ana.says("confirmed")
    assert crew_of(troupe) == "Crew 2 of 3 filled, 1 tentative"
    gig.types("/gig crew lisbon MON 1, SYS 2, rigger 1")
    assert crew_of(troupe) == "Crew 2 of 7 filled, 1 tentative, 4 open: audio MON + 2 SYS, rigging RIG"
    ana.says("sorry, can't make it")
    assert crew_of(troupe) == "Crew 1 of 7 filled, 1 tentative, 5 open: audio FOH + MON + 2 SYS, rigging RIG"


def test_a_card_with_nobody_called_keeps_its_line_and_tells_what_was_asked_for(troupe: Stage, gig: Anyone) -> None:
    assert "Crew" not in gig.types("/gig show lisbon").text.replace("Call crew", "")
    gig.types("/gig crew lisbon 2 hands")
    told = gig.types("/gig show lisbon").text
    assert "Nobody is called yet:" in told
    assert "Crew 1 of 4 filled, 3 open: production 2 HAND, audio FOH" in told


def test_usual_takes_everything_back_and_nothing_is_kept_of_what_nobody_asked_for(troupe: Stage, gig: Anyone) -> None:
    before = gig.types("/gig crew lisbon").text
    assert troupe.rows("SELECT count(*) FROM needs") == [(0,)]
    gig.types("/gig crew lisbon 8 hands, LD 1, MON 1")
    gig.types("/gig crew lisbon LD usual")
    assert troupe.rows("SELECT position FROM needs ORDER BY position") == [("HAND",), ("MON",)]
    assert "From now on: as usual for this show." in gig.types("/gig crew lisbon usual").text
    assert gig.types("/gig crew lisbon").text == before
    assert troupe.rows("SELECT count(*) FROM needs") == [(0,)]


def test_optional_stays_optional_until_it_is_required(troupe: Stage, gig: Anyone) -> None:
    for typed, heads, required in (
        ("MON optional", 1, 0), ("MON 2", 2, 0), ("MON required", 2, 1), ("MON 0", 0, 0), ("MON 1", 1, 1),
    ):  # fmt: skip
        gig.types(f"/gig crew lisbon {typed}")
        assert troupe.rows("SELECT heads, required FROM needs") == [(heads, required)], typed


def test_bad_input_changes_nothing(troupe: Stage, gig: Anyone) -> None:
    before = troupe.dump()
    for typed, told in (
        ("lisbon hnads 8", "Did you mean HAND?"),
        ("lisbon hands 500", "from 0 to 499"),
        ("lisbon hands -1", "from 0 to 499"),
        ("lisbon 8", "of which position?"),
        ("lisbon hands", "How many HAND?"),
        ("porto 8 hands", "No gig here begins with “porto”"),
        ("porto", "No gig here begins with “porto”"),
    ):
        assert told in gig.types(f"/gig crew {typed}").text, typed
    assert troupe.dump() == before


def test_everybody_on_the_tour_may_look_and_only_those_who_change_it_may_ask(
    troupe: Stage, gig: Anyone, ana: Anyone
) -> None:
    assert "audio" in ana.types("/gig crew lisbon").text
    before = troupe.dump()
    for typed in ("8 hands", "usual", "LD 0"):
        assert "Only the tour manager" in ana.types(f"/gig crew lisbon {typed}").text
    assert troupe.dump() == before


def test_a_change_never_guesses_the_gig(troupe: Stage, gig: Anyone) -> None:
    asked = gig.types("/gig crew 8 hands")
    assert troupe.rows("SELECT count(*) FROM needs") == [(0,)]
    assert "8 HAND" in gig.presses("#1 Lisbon", asked).text
    assert troupe.rows("SELECT heads FROM needs") == [(8,)]


def test_a_gig_that_is_cancelled_is_shown_and_not_changed(troupe: Stage, gig: Anyone) -> None:
    gig.presses("Yes, cancel", gig.types("/gig cancel #1 because rain"))
    before = troupe.dump()
    assert "is cancelled: its crew is not changed any more" in gig.types("/gig crew #1 8 hands").text
    assert "This gig is cancelled." in gig.types("/gig crew #1").text
    assert troupe.dump() == before


@starts("2026-09-29 12:00")
@IN_SLACK
def test_a_position_asked_for_is_judged_like_a_call_not_confirmed(troupe: Troupe, gig: Actor, ana: Actor) -> None:
    assert "not confirmed" not in gig.types("/gig ready lisbon").text
    gig.types("/gig crew lisbon 2 riggers")
    assert "RIG: 2 not confirmed, first call in 47 h" in gig.types("/gig ready lisbon").text
    gig.types("/gig call lisbon @ana RIG 13:00")
    assert "RIG: 2 not confirmed, first call in 47 h" in gig.types("/gig ready lisbon").text
    ana.says("confirmed")
    assert "RIG not confirmed, call in 47 h" in gig.types("/gig ready lisbon").text
    gig.types("/gig crew lisbon 1 rigger")
    assert "RIG not confirmed" not in gig.types("/gig ready lisbon").text


@starts("2026-09-29 12:00")
def test_what_the_show_type_has_and_nobody_asked_for_changes_no_verdict(troupe: Stage, gig: Anyone) -> None:
    gig.types("/gig crew lisbon")
    assert "FOH" not in gig.types("/gig ready lisbon").text


@starts("2026-09-29 12:00")
def test_an_optional_position_does_not_hold_up_the_gig(troupe: Stage, gig: Anyone) -> None:
    gig.types("/gig call lisbon @ana MON 14:00")
    assert "MON not confirmed" in gig.types("/gig ready lisbon").text
    gig.types("/gig crew lisbon MON optional")
    assert "MON not confirmed" not in gig.types("/gig ready lisbon").text


@starts("2026-09-29 12:00")
def test_a_place_that_is_open_turns_red_by_the_clock_alone(troupe: Stage, gig: Anyone) -> None:
    gig.types("/gig call lisbon @ana FOH 14:00")
    gig.types("/gig crew lisbon 1 rigger")
    troupe.move("2026-09-30 11:01")
    assert "RIG not confirmed, call in 23 h" in gig.types("/gig ready lisbon").text


def test_who_is_called_to_a_safety_role_and_something_else_does_not_fill_it(
    troupe: Stage, gig: Anyone, ana: Anyone
) -> None:
    gig.types("/gig crew lisbon 1 rigger")
    gig.types("/gig call lisbon @ana FOH RIG 14:00")
    ana.says("confirmed")
    assert crew_of(troupe) == "Crew 2 of 3 filled, 1 open: rigging RIG"
    assert "Never doubled: ana does FOH too, so RIG is not filled." in gig.types("/gig crew lisbon").text


def test_in_a_big_room_whoever_has_several_positions_is_named() -> None:
    seen = replace(usual(), gig=lisbon(capacity=12_000))
    twice = replace(seen, calls=(*seen.calls, call_to(seen.gig, "U0ANA", Position.PM)))
    assert "unusual in a room of this size: Ana FOH+PM." in needed.crew_table(twice).text
    assert "unusual" not in needed.crew_table(replace(twice, gig=lisbon())).text


def test_a_held_date_is_tentative() -> None:
    seen = usual()
    held = replace(seen.calls[0], stage=CallStage.HOLD)
    told = needed.crew_table(replace(seen, calls=(held, *seen.calls[1:]))).text
    assert "FOH, 1 needed: filled 0; tentative 1, Ana (holds the date)" in told


def test_a_hostile_gig_keeps_slacks_limits_and_its_card_keeps_its_times() -> None:
    every = tuple(Need(position, 499) for position in Position)
    seen = replace(hostile(), needs=every)
    seen = replace(seen, calls=tuple(replace(each, state=CallState.CONFIRMED) for each in seen.calls))
    for made, most in ((needed.crew_table(seen), PRIVATE_MOST), (gig_cards.gig_card(seen, NOW), 4_000)):
        blocks = [dict(block) for block in made.blocks]
        assert check_message(blocks) == []
        assert not is_too_long(blocks)
        assert len(made.text.encode()) <= most
        assert mentions(made.text, blocks) <= {each.person for each in seen.calls} | {"U0TESS"}
    assert "load-in ~12:00" in gig_cards.gig_card(seen, NOW).text
    assert gig_cards.crew_line(seen).endswith("departments more")
    assert len(gig_cards.crew_line(seen).encode()) < 420
