"""`/gig ready`: each reason with its owner, its deadline and the one button that takes it away."""

import re

import pytest

from checklists.items import SELF_TICKING, ItemState
from handlers.upkeep import keep, picture, tell_drop
from tests.handlers.backstage import TEAM, Backstage, Hand
from tests.handlers.stage import BACKSTAGE, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, starts

pytestmark = BACKSTAGE

CALLED = "/gig call #1 @ana FOH 14:00, @bo MON 14:00, @pia PM 12:00"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """She has opened Lisbon and called Ana, Bo and Pia."""
    tess = house.person("tess")
    tess.types(NEW)
    tess.types(CALLED)
    return tess


def close_all(house: Backstage, but: str = "") -> None:
    """Every item is done but those named; what ticks itself is left to the facts."""
    with house.store.begin(TEAM) as book:
        items = [item for item in book.items.of_gig(1) if item.key not in (but, *SELF_TICKING)]
        book.items.set_state([item.id for item in items], ItemState.DONE, "U0TESS", house.now)
        keep(book, 1, house.now)
    house.settle()


def test_each_reason_stands_on_its_line_with_whose_it_is_and_by_when(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    told = tess.types("/gig ready lisbon").text
    assert re.match(r"\*RED · [0-9.]+ % locked, [0-9.]+ % on time\* · #1 Lisbon, Musicbox · Thu 1 Oct 2026\n", told)
    assert "• Power: amps, phases, plugs, where; audio and lights apart; electrician called: overdue since " in told
    assert "Thu 17 Sep 17:00 WEST (PM, pia)" in told
    assert "• PM not confirmed, call in 47 h, by Thu 1 Oct 12:00 WEST (pia)" in told
    assert "*To announce:* held by contract (AGENT, tess), licence (PROMOTER, tess)" in told
    assert "47 h to the call: pia PM" in told


def test_the_worst_twenty_have_buttons_and_the_rest_say_what_to_type(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    told = tess.types("/gig ready lisbon")
    assert len(told.labels) == 20
    assert told.labels[:2] == ["Close lg.licence", "Close mn.deposit"]
    lines = [line for line in told.text.split("\n") if line.startswith("• ") and " to the call:" not in line]
    assert all("`/gig " in line for line in lines[20:])
    assert not any("`/gig " in line for line in lines[:20])


def test_who_may_not_change_the_gig_sees_only_what_is_his(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    labels = house.person("ana").types("/gig ready lisbon").labels
    assert labels == ["Show what is late", "Close va.pa", "Close va.sound_limit"]
    assert house.person("dee").types("/gig ready lisbon").labels == ["Show what is late"]
    dee = house.person("dee")
    assert "*Checklist, late*" in dee.presses("Show what", dee.types("/gig ready lisbon")).text


def test_a_word_closes_what_a_word_closes_and_a_form_opens_for_the_rest(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    told = tess.types("/gig ready lisbon")
    assert tess.presses("Close va.power", told) is NOTHING_TOLD
    close_all(house, but="va.final_call")
    told = tess.types("/gig ready lisbon")
    assert "`va.final_call` is *done*" in tess.presses("Close va.final_call", told).text
    assert "`va.final_call` is done already" in tess.presses("Close va.final_call", told).text


def test_the_silent_are_asked_again_once_an_hour(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:10")
    close_all(house)
    told, since = tess.types("/gig ready lisbon"), house.mark()
    assert told.labels == ["Ask them again", "Ask PM again", "Ask FOH again", "Ask MON again"]
    assert "ana was asked again, in the thread" in tess.presses("Ask FOH again", told).text
    assert house.said(since) == ["ask_again"]
    assert "within this hour" in tess.presses("Ask FOH again", told).text
    assert "<@U0ANA>" in house.post("ask_again").text
    assert "<@U0BO>" not in house.post("ask_again").text
    house.person("ana").says("in")
    assert "answered since" in tess.presses("Ask FOH again", told).text
    assert "bo and pia were asked again" in tess.presses("Ask them again", told).text


def test_an_undecided_condition_is_asked(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    house.move("2026-09-28 12:00")
    told = tess.types("/gig ready lisbon")
    label = next(each for each in told.labels if each.startswith("Decide: "))
    asked = tess.presses(label, told)
    assert asked.labels
    assert all(each.startswith(("Yes", "No")) for each in asked.labels)
    done = tess.presses(asked.labels[1], asked).text
    assert f"{label.removeprefix('Decide: ')}: no" in done
    assert "Nothing was changed" in tess.presses(label, told).text


def test_a_set_that_runs_over_the_curfew_opens_the_times(house: Backstage, tess: Hand) -> None:
    close_all(house)
    tess.types("/gig times lisbon set 21:00 set end 23:30 curfew 23:00 hard")
    told = tess.types("/gig ready lisbon")
    assert "set ends Thu 1 Oct 23:30 WEST, after the hard curfew" in told.text
    assert told.labels == ["Set the times"]
    assert tess.presses("Set the times", told) is NOTHING_TOLD


def test_old_buttons_of_a_gig_that_is_over_say_so(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    told = tess.types("/gig ready lisbon")
    house.move("2026-10-03 12:00")
    before = house.dump()
    for label in ("Close va.power", "Ask them again"):
        assert "over" in tess.presses(label, told).text
    assert house.dump() == before


def test_a_button_that_would_refuse_is_refused_when_forged(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 12:00")
    told = tess.types("/gig ready lisbon")
    for label in ("Ask them again", "Close va.power"):
        before = house.dump()
        assert house.person("dee").presses(label, told).text.startswith(("Only the tour manager", "`va.power` belongs"))
        assert house.dump() == before


@starts("2026-09-29 12:00")
def test_in_slack_the_button_of_the_card_gives_the_reasons_with_their_buttons(troupe: Stage) -> None:
    lead = troupe.person("tess")
    lead.types(NEW)
    lead.types(CALLED)
    told = lead.presses("Why this verdict", troupe.post("card"))
    assert "*To open doors:* held by medics" in told.text
    assert "was asked again" in lead.presses("Ask FOH again", told).text


def test_a_drop_that_is_none_any_more_is_not_said(house: Backstage, tess: Hand) -> None:
    with house.store.begin(TEAM) as book:
        tell_drop(book, picture(book, 1), house.now)
    house.settle()
    assert house.posts("drop") == []


def test_a_drop_tells_the_figures_before_and_after_and_the_newest_reason(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-30 14:00")
    for name in ("ana", "bo", "pia"):
        house.person(name).says("in")
    close_all(house)
    house.wait(minutes=5)
    house.person("bo").says("sorry, can't make it")
    assert house.post("drop").text.startswith("*97.4 → 94.3 % locked, GREEN → RED: bo (MON) declined* · #1 Lisbon")
