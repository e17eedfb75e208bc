"""`25 late`: what the tour manager sees of the day, and the shift that one press applies."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = [starts("2026-09-30 12:00"), BACKSTAGE]
TIMES = "/gig times #1 load-in 10:00 soundcheck 16:30 doors 19:00 set 20:30 set end 22:00 curfew 23:00 load-out 23:15"


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Lisbon on 1 October: Ana FOH 14:50, Bo BL 14:00, Lou LD 12:00, Max MERCH 16:00, all confirmed."""
    tess.types(NEW)
    tess.types(TIMES)
    tess.types("/gig call #1 @ana FOH 14:50, @bo BL 14:00, @lou LD 12:00, @max MERCH 16:00")
    for name in ("ana", "bo", "lou", "max"):
        troupe.person(name).says("confirmed")
    return troupe


def test_minutes_are_told_once_and_new_ones_edit_that_message(called: Stage, ana: Anyone) -> None:
    since = called.mark()
    ana.says("running 25 late")
    assert called.said(since) == ["late to tess"]
    told = called.now_reads(called.post("late"))
    for words in (
        "is 25 min late:* FOH, call Thu 1 Oct 14:50 WEST, now expected at 15:15 WEST",
        "soundcheck 16:30 WEST: 15 min left (60 min of work before it)",
        "doors 19:00 WEST: fine",
        "curfew 23:00 WEST: 60 min after the end of the set",
        "Nothing has to move.",
    ):
        assert words in told.text
    assert told.labels == []

    since = called.mark()
    ana.says("300 late")
    told = called.now_reads(called.post("late"))
    assert "No shift heals this before the curfew" in told.text
    assert told.labels == []
    ana.says("sorry, 70 late")
    told = called.now_reads(called.post("late"))
    assert "is 70 min late" in told.text
    assert "soundcheck 16:30 WEST: short by 30 min" in told.text
    assert "heals it: soundcheck 17:00 WEST (was 16:30 WEST). The curfew stays." in told.text
    assert told.labels == ["Apply the shift", "Leave it"]
    assert called.said(since) == []

    called.move("2026-10-01 14:55")
    ana.says("here")
    assert "was late, on site since 15:55 WEST" in called.now_reads(called.post("late")).text
    assert called.now_reads(called.post("late")).labels == []


@IN_SLACK
def test_the_shift_is_applied_once_and_tells_only_whose_work_hangs_on_it(
    called: Troupe, tess: Actor, ana: Actor, bo: Actor
) -> None:
    ana.says("running 70 late")
    fingers = [tess.holds("Apply the shift", called.post("late")) for _ in range(3)]
    since = called.mark()
    called.at_once([fingers[0].push, fingers[1].push])
    assert called.said(since) == ["shifted"]
    assert called.post("shifted").pinged == {ana.id, bo.id}
    assert "soundcheck 17:00 WEST (was 16:30 WEST)" in called.post("shifted").text
    assert "soundcheck 17:00 WEST" in tess.types("/gig show #1").text
    late = called.now_reads(called.post("late"))
    assert "tess applied the shift at" in late.text
    assert "soundcheck 17:00 WEST: 0 min left" in late.text
    assert late.labels == []
    before = called.dump()
    assert "applied the shift at" in fingers[2]().text
    assert called.dump() == before

    called.person("lou").says("can't make it")
    ana.says("180 late")
    told = tess.presses("Apply the shift", "late").text
    assert "doors 19:50 WEST (was 19:00 WEST)" in told
    assert "3 whose work hangs on it are told" in told
    assert called.post("shifted").pinged == {called.person(name).id for name in ("ana", "bo", "max")}


def test_an_offer_is_left_outdated_or_healed_by_hand(called: Stage, tess: Anyone, ana: Anyone) -> None:
    ana.says("running 70 late")
    old = tess.holds("Apply the shift", called.post("late"))
    since = called.mark()
    assert "the times stay as they are" in tess.presses("Leave it", "late").text
    late = called.now_reads(called.post("late"))
    assert "Left as it is by tess" in late.text
    assert late.labels == []

    ana.says("running 90 late")
    assert called.now_reads(called.post("late")).labels == ["Apply the shift", "Leave it"]
    assert "That offer is of before" in old().text
    assert "soundcheck 16:30 WEST" in tess.types("/gig show #1").text
    assert called.said(since) == []

    tess.types("/gig times #1 soundcheck 17:30")
    late = called.now_reads(called.post("late"))
    assert "soundcheck 17:30 WEST: 10 min left" in late.text
    assert late.labels == []


@IN_SLACK
def test_only_who_may_change_the_tour_may_shift_it(called: Troupe, tess: Actor, ana: Actor) -> None:
    ana.says("running 70 late")
    late = called.post("late")
    value = tess.holds("Apply the shift", late).control.element["value"]
    before = called.dump()
    assert "Only the tour manager" in ana.forges_action("apply_shift:row.0.0", value, called.post("ask")).text
    for junk in ("1 999 soundcheck.17:00+0", "1", "-", "x y z"):
        assert tess.forges("Apply the shift", junk, late).text
    assert called.dump() == before


def test_at_night_a_lateness_far_ahead_waits_until_eight_and_is_not_told_when_taken_back(
    troupe: Stage, tess: Anyone, ana: Anyone, bo: Anyone
) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 4 Oct 2026")
    troupe.move("2026-09-30 22:30")
    tess.types("/gig call #1 @ana FOH 14:50, @bo BL 14:00")
    since = troupe.mark()
    ana.says("running 25 late")
    bo.says("running 25 late")
    bo.says("can't make it")
    assert "late to tess" not in troupe.said(since)
    troupe.move("2026-10-01 07:05")
    assert troupe.said(since).count("late to tess") == 1
