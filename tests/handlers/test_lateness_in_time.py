"""`late` without minutes: the tour manager hears it at once, and the minutes change that very message."""

import pytest

from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.stage import BACKSTAGE
from tests.handlers.troupe import NEW

pytestmark = BACKSTAGE

DAY_BEFORE = begins("2026-09-30 12:00")
TIMES = "/gig times #1 load-in 10:00 soundcheck 16:30 doors 19:00 set 20:30 set end 22:00 curfew 23:00 load-out 23:15"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.fixture
def ana(house: Backstage) -> Hand:
    return house.person("ana")


@pytest.fixture
def called(house: Backstage, tess: Hand, ana: Hand) -> Backstage:
    """Lisbon on 1 October: Ana FOH 14:50 and Bo BL 14:00; Ana has confirmed."""
    tess.types(NEW)
    tess.types(TIMES)
    tess.types("/gig call #1 @ana FOH 14:50, @bo BL 14:00")
    ana.says("confirmed")
    return house


@DAY_BEFORE
def test_late_without_minutes_is_told_at_once_and_the_minutes_edit_that_message(called: Backstage, ana: Hand) -> None:
    since = called.mark()
    assert "How many minutes?" in ana.says("running late").text
    assert called.said(since) == ["late to tess"]
    told = called.now_reads(called.post("late"))
    for words in (
        "is late, the minutes are not known yet:* FOH, call Thu 1 Oct 14:50 WEST",
        "I asked how many minutes; the answer changes this message.",
        "soundcheck 16:30 WEST: 40 min left (60 min of work before it)",
        "As soon as the minutes are known, a shift is offered here",
    ):
        assert words in told.text
    assert told.labels == []

    ana.says("70 late")
    told = called.now_reads(called.post("late"))
    assert "is 70 min late" in told.text
    assert "not known yet" not in told.text
    assert told.labels == ["Apply the shift", "Leave it"]
    assert called.said(since) == ["late to tess"]


@DAY_BEFORE
@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ("here", "was late, on site since"),
        ("can't make it", "not late any more, declined"),
        ("20 late", "is 20 min late"),
    ],
)
def test_what_is_said_next_changes_the_same_message(said: str, reads: str, called: Backstage, ana: Hand) -> None:
    called.move("2026-10-01 13:45")
    ana.says("running late")
    since = called.mark()
    ana.says(said)
    assert reads in called.now_reads(called.post("late")).text
    assert "late to tess" not in called.said(since)


@DAY_BEFORE
def test_an_old_offer_is_no_offer_while_the_minutes_are_not_known(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("70 late")
    press, leave = (tess.holds(label, called.post("late")) for label in ("Apply the shift", "Leave it"))
    ana.says("sorry, running late")
    assert called.now_reads(called.post("late")).labels == []
    assert "How late is not known yet" in press().text
    assert "How late is not known yet" in leave().text
    assert "soundcheck 16:30 WEST" in tess.types("/gig show #1").text


@begins("2026-09-20 22:30")
def test_in_her_night_a_lateness_far_ahead_waits_until_eight_and_then_knows_the_minutes(
    called: Backstage, ana: Hand
) -> None:
    since = called.mark()
    ana.says("i will be late")
    ana.says("15 late")
    assert "late to tess" not in called.said(since)
    called.move("2026-09-21 07:05")
    assert called.said(since).count("late to tess") == 1
    assert "is 15 min late" in called.post("late").text
