"""Each verb does what it says: new, list, show, ready, times, check, help."""

import pytest

from tests.handlers.troupe import NEW, Actor, Troupe, starts


def test_new_reads_the_date_back_and_says_what_is_next(tess: Actor) -> None:
    told = tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct doors 20:00").text
    assert "#1 Lisbon, Musicbox · Thu 1 Oct 2026" in told
    assert "doors 20:00 WEST" in told
    assert "set ~21:30 WEST" in told
    assert "`/gig call #1 @name FOH 14:00`" in told


def test_the_same_gig_is_not_opened_twice(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    before = troupe.dump()
    assert "there already: #1 Lisbon" in tess.types(NEW).text
    assert troupe.dump() == before


def test_a_cancelled_gig_can_be_opened_again_under_a_new_number(tess: Actor) -> None:
    tess.types(NEW)
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    assert "#2 Lisbon" in tess.types(NEW).text


def test_an_ambiguous_town_is_asked_and_the_choice_opens_the_gig(troupe: Troupe, tess: Actor) -> None:
    asked = tess.types("/gig new The Lanterns, Club Springfield, 1 Oct 2026 doors 20:00")
    assert asked.text == "Which Springfield?"
    before = troupe.dump()
    first = asked.labels[0]
    told = tess.presses(first, asked).text
    assert "is open" in told
    assert "doors 20:00" in told
    assert troupe.dump() != before
    assert troupe.rows("SELECT count(*) FROM gigs") == [(1,)]


def test_of_several_towns_the_one_on_the_routing_is_meant(troupe: Troupe, tess: Actor) -> None:
    assert tess.types("/gig new The Lanterns, Mon Valencia, 3 Oct 2026").text == "Which Valencia?"
    tess.types(NEW)
    tess.types("/gig new The Lanterns, Razzmatazz Barcelona Spain, 5 Oct 2026")
    told = tess.types("/gig new The Lanterns, Mon Valencia, 3 Oct 2026").text
    assert "Valencia, Mon · Sat 3 Oct 2026* is open" in told
    assert "the one on the routing" in told


def test_a_late_booked_gig_is_not_born_red(troupe: Troupe, tess: Actor) -> None:
    told = tess.types("/gig new The Lanterns, Musicbox Lisbon, 6 Sep 2026").text
    assert "their dues are compressed" in told
    assert "RED" not in tess.types("/gig ready #1").text
    assert [kind for kind in troupe.said() if kind == "card"] == ["card"]


def test_dues_of_a_late_booked_gig_fall_within_48_hours_or_a_fifth_of_the_time_left(
    troupe: Troupe, tess: Actor
) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 6 Sep 2026")
    # 119 h are left to load-in at 12:00 WEST (11:00Z): a fifth is 23 h 48 min.
    dues = {due for (due,) in troupe.rows("SELECT due_at FROM items WHERE compressed")}
    assert [str(due)[:16] for due in dues] == ["2026-09-02T11:48"]


def test_the_card_comes_two_weeks_before_and_once(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    troupe.move("2026-09-17 10:58")
    assert "card" not in troupe.said()
    troupe.move("2026-09-17 11:00")
    assert [kind for kind in troupe.said() if kind == "card"] == ["card"]
    tess.types("/gig call #1 @ana FOH 14:00")
    assert [kind for kind in troupe.said() if kind == "card"] == ["card"]


def test_the_card_comes_with_the_first_call_and_lives_on(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    assert "NOT confirmed (1)" in troupe.card()
    ana.says("confirmed")
    assert "Everybody called has confirmed" in troupe.card()
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()
    troupe.move("2026-09-20 12:00")
    assert [kind for kind in troupe.said() if kind == "card"] == ["card"]


def test_times_tell_all_called_in_one_message_and_ask_nobody(
    troupe: Troupe, tess: Actor, ana: Actor, bo: Actor
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    ana.says("confirmed")
    since = troupe.mark()
    told = tess.types("/gig times lisbon doors 20:00 curfew 23:30 hard").text
    assert "All called are told" in told
    assert troupe.said(since) == ["times"]
    post = troupe.post("times")
    assert "doors 20:00 WEST (was ~19:00 WEST)" in post.text
    assert "curfew is hard (was soft)" in post.text
    assert post.pinged == {ana.id, bo.id}
    assert "ana FOH 14:00" in troupe.card().split("Confirmed (1):")[1]


def test_times_that_are_so_already_change_and_tell_nothing(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig times #1 doors 20:00")
    tess.types("/gig call #1 @ana FOH 14:00")
    since = troupe.mark()
    assert "Nothing was changed" in tess.types("/gig times #1 doors 20:00").text
    assert troupe.said(since) == []


def test_times_with_nobody_called_tell_nobody(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    assert "nobody was told" in tess.types("/gig times #1 doors 20:00").text
    assert troupe.said() == []


@starts("2026-09-27 12:00")
def test_ready_names_the_verdict_every_reason_and_the_hours_to_each_call(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    troupe.move("2026-09-30 13:00")
    told = tess.types("/gig ready lis").text
    assert told.startswith("*RED")
    assert "FOH not confirmed" in told
    assert "24 h to the call: ana FOH" in told


def test_list_shows_each_gig_with_its_verdict(tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 3 Oct 2026")
    told = tess.types("/gig list").text
    assert "2 ahead, 0 over" in told
    assert told.index("Lisbon") < told.index("Porto")
    assert "*AMBER*" in told


def test_help_names_every_verb_and_one_in_full(tess: Actor) -> None:
    told = tess.types("/gig help").text
    for verb in ("import", "new", "list", "show", "times", "move", "cancel", "ready", "call", "check", "here"):
        assert f"/gig {verb}" in told
    assert "/gig call lisbon @ana FOH 14:00, @bo MON 14:00" in tess.types("/gig help call").text
    assert tess.types("/gig").text == told


@pytest.mark.parametrize(("typed", "meant"), [("/gig shwo lisbon", "show"), ("/gig cancle", "cancel")])
def test_a_slip_is_guessed_but_not_done(typed: str, meant: str, tess: Actor) -> None:
    tess.types(NEW)
    told = tess.types(typed).text
    assert f"Did you mean `/gig {meant}`?" in told
    assert "Nothing was changed" in told
