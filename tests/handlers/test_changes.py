"""A gig moves, or is cancelled."""

import pytest

from tests.handlers.stage import BACKSTAGE, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, starts

pytestmark = [starts("2026-09-27 12:00"), BACKSTAGE]


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Lisbon on 1 Oct, with Ana and Bo confirmed for 14:00 and Lou declined."""
    troupe.person("lou").types("/gig list")
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00, @lou LD 12:00")
    troupe.person("ana").says("confirmed")
    troupe.person("bo").says("confirmed")
    troupe.person("lou").says("can't make it")
    return troupe


def test_a_move_asks_everybody_called_again_in_one_message(
    called: Stage, tess: Anyone, ana: Anyone, bo: Anyone
) -> None:
    since = called.mark()
    told = tess.types("/gig move lisbon 5 Oct 2026").text
    assert "Mon 5 Oct 2026" in told
    assert "2 called are asked again" in told
    assert called.said(since) == ["moved"]
    assert called.post("moved").pinged == {ana.id, bo.id}
    assert "(was Thu 1 Oct 2026)" in called.post("moved").text
    assert "NOT confirmed (2)" in called.card()
    assert "Mon 5 Oct 2026" in called.card()


def test_the_moved_gig_is_answered_by_each_way(called: Stage, tess: Anyone, ana: Anyone, bo: Anyone) -> None:
    tess.types("/gig move lisbon 5 Oct 2026")
    ana.presses("Confirm", "moved")
    bo.reacts("+1", "moved")
    assert "Confirmed (2): ana FOH 14:00 and bo MON 14:00" in called.card()
    assert "no answer yet" not in called.now_reads(called.post("moved")).text


def test_after_a_move_the_reminders_come_on_the_new_dates_only(called: Stage, tess: Anyone) -> None:
    tess.types("/gig move lisbon 5 Oct 2026")
    since = called.mark()
    called.move("2026-10-01 23:00")
    assert not {"day_sheet", "not_here", "doors"} & set(called.said(since))
    called.move("2026-10-05 13:30")
    assert {"ask_again", "day_sheet", "not_here"} <= set(called.said(since))


def test_a_move_after_the_day_sheet_sends_it_again_and_opens_its_item(called: Stage, tess: Anyone) -> None:
    called.move("2026-09-30 17:30")
    assert called.rows("SELECT state FROM items WHERE key = 'ds.sheet_out'") == [("done",)]
    tess.types("/gig move lisbon 5 Oct 2026")
    assert called.rows("SELECT state FROM items WHERE key = 'ds.sheet_out'") == [("open",)]
    called.move("2026-10-04 17:05")
    assert [kind for kind in called.said() if kind == "day_sheet"] == ["day_sheet", "day_sheet"]


def test_a_move_that_makes_no_sense_changes_nothing(called: Stage, tess: Anyone) -> None:
    before = called.dump()
    for words, why in {
        "/gig move #1 1 Oct 2026": "already",
        "/gig move #1 1 Aug 2026": "in the past",
        "/gig move #1": "To which day?",
        "/gig move #1 31 Nov": "no such date",
        "/gig move #1 12/10": "12 October or 10 December",
    }.items():
        assert why in tess.types(words).text, words
    assert called.dump() == before


def test_a_move_onto_the_same_show_is_refused(called: Stage, tess: Anyone) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 5 Oct 2026")
    before = called.dump()
    assert "there already: #2 Lisbon, Musicbox, Mon 5 Oct 2026" in tess.types("/gig move #1 5 Oct 2026").text
    assert called.dump() == before


def test_a_move_that_puts_a_call_into_the_gap_of_the_clock_change_is_refused(called: Stage, tess: Anyone) -> None:
    tess.presses("02:00 on Fri", tess.types("/gig call #1 @dee DRIVER 02:00"))
    tess.types("/gig times #1 load-out 00:30")
    tess.presses("01:30 on Fri", tess.types("/gig call #1 @max MERCH 01:30"))
    before = called.dump()
    told = tess.types("/gig move #1 27 Mar 2027").text
    assert "01:30 does not exist on Sun 28 Mar" in told
    assert called.dump() == before


def test_a_move_onto_the_night_with_a_double_hour_is_asked_which(called: Stage, tess: Anyone) -> None:
    tess.presses("01:30 on Fri", tess.types("/gig call #1 @dee DRIVER 01:30"))
    asked = tess.types("/gig move #1 24 Oct 2026")
    assert "exists twice" in asked.text
    assert len(asked.labels) == 2
    told = tess.presses("Second 01:30", asked).text
    assert "Sat 24 Oct 2026" in told
    assert [str(at)[:16] for (at,) in called.rows("SELECT at FROM calls WHERE person = 'U0DEE'")] == [
        "2026-10-25T01:30"
    ]
    tess.types("/gig times #1 doors 20:00")
    assert [str(at)[:16] for (at,) in called.rows("SELECT at FROM calls WHERE person = 'U0DEE'")] == [
        "2026-10-25T01:30"
    ]


def test_a_cancellation_is_asked_once_and_no_keeps_everything(called: Stage, tess: Anyone) -> None:
    tess.types("/gig show lisbon")  # her word: nothing of the gig waits for it any more
    before, since = called.dump(), called.mark()
    asked = tess.types("/gig cancel lisbon because the venue flooded")
    assert asked.labels == ["Yes, cancel #1 Lisbon", "No, keep it"]
    assert "2 called will be told" in asked.text
    assert "stays as it is" in tess.presses("No", asked).text
    assert called.dump() == before
    assert called.said(since) == []


def test_a_cancellation_tells_all_and_stops_everything(called: Stage, tess: Anyone, ana: Anyone, bo: Anyone) -> None:
    since = called.mark()
    tess.presses("Yes, cancel", tess.types("/gig cancel lisbon because the venue flooded"))
    assert called.said(since) == ["cancelled"]
    assert called.post("cancelled").pinged == {ana.id, bo.id}
    assert "the venue flooded" in called.post("cancelled").text
    assert "CANCELLED" in called.card()
    for kind in ("card", "ask"):
        assert called.now_reads(called.post(kind)).labels == []
    assert called.rows("SELECT DISTINCT state FROM calls ORDER BY state") == [("called_off",), ("declined",)]
    for who in (ana, bo):
        who.says("ok")
    since = called.mark()
    called.move("2026-10-03 12:00")
    assert called.said(since) == []


def test_a_cancellation_at_night_pings_at_once_and_no_dm_follows(called: Stage, tess: Anyone, ana: Anyone) -> None:
    called.move("2026-09-28 02:00")
    since = called.mark()
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    assert ana.id in called.post("cancelled").pinged
    for name in ("ana", "bo"):
        called.person(name).reacts("+1", "cancelled")
    called.move("2026-09-29 12:00")
    assert called.said(since) == ["cancelled"]


def test_a_cancelled_gig_takes_no_answer_and_no_change(called: Stage, tess: Anyone, ana: Anyone) -> None:
    old = called.post("ask")
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    ana.says("ok")
    before = called.dump()
    assert "is cancelled. Your answer was not needed" in ana.says("confirmed").text
    assert ana.reacts("-1") == NOTHING_TOLD or called.dump() == before
    for words in (
        "/gig call #1 @bo MON 14:00",
        "/gig move #1 5 Oct 2026",
        "/gig times #1 doors 20:00",
        "/gig cancel #1",
    ):
        assert "cancelled" in tess.types(words).text, words
    assert called.now_reads(old).labels == []
    assert called.dump() == before


def test_a_move_on_the_show_day_itself_makes_it_confirmed_again(called: Stage, tess: Anyone) -> None:
    called.move("2026-10-01 08:00")
    assert "show day" in called.card()
    tess.types("/gig move #1 5 Oct 2026")
    assert "· confirmed" in called.card()
    called.move("2026-10-02 06:00")
    assert "PLAYED" not in called.card()


def test_the_dues_of_a_moved_gig_count_from_the_move(called: Stage, tess: Anyone) -> None:
    called.move("2026-09-29 12:00")
    tess.types("/gig move #1 10 Oct 2026")
    dues = called.rows("SELECT min(due_at) FROM items WHERE state = 'open'")
    assert str(dues[0][0]) >= "2026-09-29T12:00"
