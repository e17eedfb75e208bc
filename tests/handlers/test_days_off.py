"""Days off: nothing comes on them that can wait."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import Actor, Troupe, starts

pytestmark = BACKSTAGE

GIG = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"


@pytest.fixture
def lisbon(tess: Anyone) -> Anyone:
    """Tess, with one gig and Ana called to it; everybody is where the venue's clock is, or near."""
    tess.types(GIG)
    tess.types("/gig call #1 @ana FOH 14:00")
    return tess


def test_the_silent_are_asked_the_morning_after_a_day_off(troupe: Stage, lisbon: Anyone) -> None:
    lisbon.types("/gig dayoff 28 Sep")
    troupe.move("2026-09-27 21:00")
    since = troupe.mark()
    troupe.move("2026-09-28 20:00")
    assert troupe.said(since) == []
    troupe.move("2026-09-29 09:30")
    assert "held to ana" in troupe.said(since)


def test_without_a_day_off_they_are_asked_in_the_thread(troupe: Stage, lisbon: Anyone) -> None:
    since = troupe.mark()
    troupe.move("2026-09-28 20:00")
    assert "ask_again" in troupe.said(since)


@IN_SLACK
def test_no_digest_comes_on_a_day_off_and_the_next_does(troupe: Troupe, lisbon: Actor) -> None:
    lisbon.types("/gig dayoff 3 Sep, 4 Sep")
    troupe.move("2026-09-02 20:00")
    since = troupe.mark()
    troupe.move("2026-09-04 20:00")
    assert not [line for line in troupe.said(since) if line.startswith("digest")]
    troupe.move("2026-09-05 20:00")
    assert troupe.said(since).count("digest to tess") == 1


def test_a_call_typed_on_a_day_off_pings_nobody_until_the_morning(troupe: Stage, lisbon: Anyone, bo: Anyone) -> None:
    lisbon.types("/gig dayoff 1 Sep")
    bo.types("/gig list")  # his name is known from then on
    troupe.move("2026-09-01 13:00")
    told = lisbon.types("/gig call #1 @bo MON 14:00").text
    assert "not pinged now" in told
    assert troupe.post("ask").pinged == set()
    since = troupe.mark()
    troupe.move("2026-09-02 12:00")
    assert "held to bo" in troupe.said(since)


@starts("2026-09-30 12:00")
def test_a_call_within_a_day_cannot_wait(troupe: Stage, lisbon: Anyone, bo: Anyone) -> None:
    lisbon.types("/gig dayoff 30 Sep")
    lisbon.types("/gig call #1 @bo MON 11:00")
    assert troupe.post("ask").pinged == {bo.id}


def test_days_off_are_listed_and_taken_back(lisbon: Anyone) -> None:
    assert "has no day off ahead" in lisbon.types("/gig dayoff").text
    assert "Sat 5 Sep 2026 and Sun 6 Sep 2026" in lisbon.types("/gig dayoff 6 Sep, 5 Sep").text
    assert "Sun 6 Sep 2026." in lisbon.types("/gig dayoff 5 Sep work").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/gig dayoff tomorrowish", "Which day is off?"),
        ("/gig dayoff 1 Oct", "that is no day off"),
        ("/gig dayoff 1 Aug 2026", "is in the past"),
        ("/gig dayoff 31 Sep", "There is no such date"),
    ],
)
def test_what_is_no_day_off_is_said_and_nothing_is_changed(
    troupe: Stage, lisbon: Anyone, typed: str, told: str
) -> None:
    before = troupe.dump()
    assert told in lisbon.types(typed).text
    assert troupe.dump() == before


def test_somebody_of_the_crew_makes_no_day_off(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    before = troupe.rows("SELECT days_off FROM tours")
    ana.types("/gig dayoff 5 Sep")
    assert troupe.rows("SELECT days_off FROM tours") == before
