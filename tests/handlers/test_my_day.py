"""My day: what a crew member finds in his home tab."""

from tests.handlers.test_home import press, tab
from tests.handlers.troupe import NEW, Actor, Troupe, starts


def test_my_calls_say_where_to_whom_and_what_to_bring(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00 place dock B gate 4 report to @sam meal 13:00 bring in-ears")
    words = tab(troupe, ana)
    assert "FOH · #1 Lisbon, Musicbox: no answer yet" in words
    for part in ("Place: dock B", "Gate: 4", "Report to: ", "Meal: 13:00", "Bring: in-ears"):
        assert part in words, part
    assert "Confirm" in words


def test_whom_to_report_to_is_the_stage_manager_who_is_called_else_the_lead(
    troupe: Troupe, tess: Actor, ana: Actor
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    assert "Report to: tess (tour manager)" in tab(troupe, ana)
    tess.types("/gig call #1 @sam SM 12:00")
    assert "Report to: sam (stage manager)" in tab(troupe, ana)


@starts("2026-09-30 12:00")
def test_the_next_call_comes_with_the_rest_until_it(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(f"{NEW} load-out 01:00")
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 2 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @ana FOH 12:00")
    assert "Rest before it: no work of yours in the three days before." in tab(troupe, ana)
    troupe.move("2026-10-01 12:50")
    ana.says("here", gig="Lisbon")
    troupe.move("2026-10-01 13:30")
    words = tab(troupe, ana)
    assert "Today, Thu 1 Oct 14:00 WEST" in words
    assert "*Fri 2 Oct 12:00 WEST*" in words
    assert "Rest before it: 9.0 h, from the planned release at Fri 2 Oct 03:00 WEST." in words


def test_a_call_off_that_was_not_seen_stands_first_and_is_seen_in_the_tab(
    troupe: Troupe, tess: Actor, ana: Actor
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.says("confirmed")
    tess.types("/gig call #1 @ana off")
    words = tab(troupe, ana)
    assert "Called off, not seen yet: 1" in words
    assert "You are *not needed*: FOH at Thu 1 Oct 14:00 WEST" in words
    assert "Noted, thank you" in press(troupe, ana, "Seen")
    assert "Called off" not in tab(troupe, ana)
    assert "Seen by ana." in troupe.now_reads(troupe.post("called_off")).text


def test_nobody_sees_what_is_not_his(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 15:00 bring the snake")
    assert "bring the snake" not in tab(troupe, ana)
    assert "MON" not in tab(troupe, ana)
