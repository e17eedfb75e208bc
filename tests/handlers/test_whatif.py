"""A move tried out: what it would do, nothing changed, and the one button that does it."""

import pytest

from handlers.whatif import read_dry
from tests.handlers.backstage import Backstage, Hand, begins

LISBON = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"
PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 4 Oct 2026"
MADRID = "/gig new The Lanterns, Sala But Madrid Spain, 6 Oct 2026"
AT_HOME = begins("2026-09-20 12:00")


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.fixture
def called(house: Backstage, tess: Hand) -> Backstage:
    """Lisbon, Porto and Madrid; Ana is on the first two, Bo on the first and has said yes."""
    for line in (LISBON, PORTO, MADRID, "/gig call #1 @ana FOH 14:00, @bo MON 14:00", "/gig call #2 @ana FOH 14:00"):
        tess.types(line)
    house.person("bo").says("confirmed", gig="#1 Lisbon")
    return house


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("#12 14 Dec --dry-run", "#12 14 Dec"),
        ("#12 14 Dec —dry-run", "#12 14 Dec"),
        ("#12 14 Dec – dry run", "#12 14 Dec"),
        ("#12 14 Dec dry run", "#12 14 Dec"),
        ("#12 14 Dec (dry run)", "#12 14 Dec"),
        ("#12 14 Dec, what if?", "#12 14 Dec"),
        ("what if #12 14 Dec", "#12 14 Dec"),
        ("what-if: #12 14 Dec", "#12 14 Dec"),
        ("#12 --dry 14 Dec", "#12 14 Dec"),
        ("--DRY-RUN lisbon 14 Dec", "lisbon 14 Dec"),
        ("--dry-run", ""),
    ],
)
def test_each_way_to_ask_what_if_is_read(typed: str, left: str) -> None:
    assert read_dry(typed) == (left, True)


@pytest.mark.parametrize("typed", ["#12 14 Dec", '"Dry Run" 14 Dec', "drydock 14 Dec", "dry ice 14 Dec", ""])
def test_other_words_are_no_dry_run(typed: str) -> None:
    assert read_dry(typed) == (typed, False)


@AT_HOME
@pytest.mark.parametrize(("day", "free"), [("7 Oct 2026", "60 h"), ("6 Nov 2026", "33 days")])
def test_the_time_between_two_gigs_is_told_in_hours_and_from_four_days_on_in_days(
    day: str, free: str, called: Backstage, tess: Hand
) -> None:
    assert f"{free} from load-out to load-in" in tess.types(f"/gig move #3 {day} --dry-run").text


@AT_HOME
def test_a_dry_run_shows_what_a_move_would_do_and_changes_nothing(called: Backstage, tess: Hand) -> None:
    before, since = called.dump(), called.mark()
    told = tess.types("/gig move #1 4 Oct 2026 --dry-run")
    assert called.dump() == before
    assert called.said(since) == []
    for words in (
        "Dry run, nothing was changed.",
        "#1 Lisbon, Musicbox · Thu 1 Oct 2026 moves to *Sun 4 Oct 2026*",
        "Asked again (2)*: ana FOH 14:00 WEST and bo MON 14:00 WEST. 1 of them had said yes",
        "ana FOH: double booked: FOH at Porto from Sun 4 Oct 14:00 WEST",
        "The same day: #2 Porto, Hard Club, Sun 4 Oct 2026",
        "The way to #3 Madrid",
        "km and",
        "by road (estimate)",
        "dues move",
        "→ AMBER",
    ):
        assert words in told.text, words
    assert told.labels == ["Move it", "Leave it"]


@AT_HOME
def test_one_button_moves_it_as_the_command_would(called: Backstage, tess: Hand) -> None:
    tried = tess.types("/gig move #1 8 Oct 2026 dry run")
    since = called.mark()
    told = tess.presses("Move it", tried)
    assert "Thu 8 Oct 2026" in told.text
    assert "2 called are asked again" in told.text
    assert called.said(since) == ["moved"]
    assert called.rows("SELECT date FROM gigs WHERE number = 1") == [("2026-10-08",)]
    assert "already" in tess.presses("Move it", tried).text


@AT_HOME
def test_leave_it_leaves_it(called: Backstage, tess: Hand) -> None:
    tried = tess.types("/gig move #1 8 Oct 2026 what if")
    before, since = called.dump(), called.mark()
    assert "stays as it is" in tess.presses("Leave it", tried).text
    assert (called.dump(), called.said(since)) == (before, [])


@AT_HOME
def test_an_approval_is_refused_when_the_gig_has_changed(called: Backstage, tess: Hand) -> None:
    for change in (
        "/gig call #1 @kit BL 12:00",
        "/gig call #1 @bo off",
        "/gig times #1 doors 20:00",
        "/gig move #1 9 Oct 2026",
    ):
        tried = tess.types("/gig move #1 8 Oct 2026 --dry-run")
        tess.types(change)
        before = called.dump()
        told = tess.presses("Move it", tried).text
        assert "has changed since that dry run" in told, change
        assert "`/gig move #1 2026-10-08 --dry-run`" in told
        assert called.dump() == before


@AT_HOME
def test_an_answer_in_the_meantime_changes_nothing_that_was_approved(called: Backstage, tess: Hand) -> None:
    tried = tess.types("/gig move #1 8 Oct 2026 --dry-run")
    called.person("ana").says("confirmed", gig="#1 Lisbon")
    assert "2 called are asked again" in tess.presses("Move it", tried).text


@AT_HOME
def test_a_dry_run_that_makes_no_sense_is_refused(called: Backstage, tess: Hand) -> None:
    before = called.dump()
    for line, why in {
        "/gig move #1 1 Oct 2026 --dry-run": "already",
        "/gig move #1 1 Aug 2026 --dry-run": "in the past",
        "/gig move #1 --dry-run": "To which day?",
        "/gig move --dry-run": "To which day?",
        "/gig move #77 8 Oct 2026 --dry-run": "no gig #77",
        "/gig move atlantis 8 Oct 2026 --dry-run": "No gig here begins",
        "/gig move #1 12/10 --dry-run": "12 October or 10 December",
        "/gig move #1 31 Nov --dry-run": "no such date",
        "/gig move #1 8 Oct 2026 --dry-rnu": "To which day?",
    }.items():
        assert why in tess.types(line).text, line
    assert called.dump() == before


@AT_HOME
def test_crew_and_guests_may_not_try_it(called: Backstage) -> None:
    before = called.dump()
    for name in ("ana", "jo"):
        assert "may change this tour" in called.person(name).types("/gig move #1 8 Oct 2026 --dry-run").text
    assert called.dump() == before


@AT_HOME
def test_a_button_pressed_by_somebody_who_may_not_moves_nothing(called: Backstage, tess: Hand) -> None:
    tried = tess.types("/gig move #1 8 Oct 2026 --dry-run")
    before = called.dump()
    assert "may change this tour" in called.person("ana").presses("Move it", tried).text
    assert called.dump() == before


@AT_HOME
def test_a_dry_run_that_has_to_ask_goes_on_as_a_dry_run(called: Backstage, tess: Hand) -> None:
    tess.presses("01:30 on Fri", tess.types("/gig call #1 @dee DRIVER 01:30"))
    before = called.dump()
    tried = tess.presses("Second 01:30", tess.types("/gig move #1 24 Oct 2026 --dry-run"))
    assert "Dry run, nothing was changed." in tried.text
    assert called.dump() == before
    told = tess.presses("First 01:30", tess.presses("Move it", tried)).text
    assert "Sat 24 Oct 2026" in told
    assert called.rows("SELECT date FROM gigs WHERE number = 1") == [("2026-10-24",)]


@AT_HOME
def test_a_gig_moved_into_next_week_names_what_is_overdue_rest_and_days_off(called: Backstage, tess: Hand) -> None:
    tess.types("/gig dayoff 5 Oct 2026")
    tess.types("/gig times #2 load-out 23:30")
    told = tess.types("/gig move #1 5 Oct 2026 --dry-run").text
    assert "a day off of the tour" in told
    assert "The way from #2 Porto" in told
    tess.types("/gig call #2 @bo MON 14:00")
    tess.types("/gig call #1 @bo MON 09:00")
    assert "rest 7.5 h after Porto" in tess.types("/gig move #1 5 Oct 2026 --dry-run").text
