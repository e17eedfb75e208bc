"""The times and dates beside those of the day: read, kept, told, forgotten, moved along."""

from datetime import time

import pytest

from checklists.errors import Refusal
from handlers.anchorwords import On, take_more
from handlers.clockwords import Clock
from tests.handlers.backstage import Backstage, Hand, begins

LISBON = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"
WAITS = "SELECT key, due_at FROM items WHERE due LIKE '{}%' AND gig_id = 1"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Tess, with a wide list in Lisbon and Ana called."""
    hand = house.person("tess")
    hand.types(LISBON)
    hand.types("/gig checklist lisbon wider")
    hand.types("/gig call lisbon @ana FOH 14:00")
    return hand


@pytest.mark.parametrize(
    ("typed", "name", "value", "rest"),
    [
        ("lisbon line-check 15:30", "line_check", Clock(time(15, 30)), "lisbon"),
        ("lisbon linecheck at 3pm doors 19:00", "line_check", Clock(time(15)), "lisbon doors 19:00"),
        (
            "lisbon doors 19:00, departure 01:00 curfew 23:00",
            "depart",
            Clock(time(1)),
            "lisbon doors 19:00, curfew 23:00",
        ),
        ("#12 depart 25:30", "depart", Clock(time(1, 30), next_day=True), "#12"),
        ("depart 01:00 +1", "depart", Clock(time(1), next_day=True), ""),
        ("lisbon flight: 07:20", "flight_dep", Clock(time(7, 20)), "lisbon"),
        ("studio down beat 9:00", "downbeat", Clock(time(9)), "studio"),
        ("studio end of the session 1800", "session_end", Clock(time(18)), "studio"),
        ("lisbon announce 3 Oct", "announce", On("3 Oct"), "lisbon"),
        ("lisbon on-sale 10 Oct 10:00", "on_sale", On("10 Oct", Clock(time(10))), "lisbon"),
        ("lisbon onsale on Fri 10 Oct 2026 at 9am", "on_sale", On("Fri 10 Oct 2026", Clock(time(9))), "lisbon"),
        ("lisbon on sale off", "on_sale", None, "lisbon"),
        ("lisbon line check off doors 19:00", "line_check", None, "lisbon doors 19:00"),
    ],
)
def test_an_anchor_is_taken_out_of_the_words(typed: str, name: str, value: Clock | On | None, rest: str) -> None:
    said, left = take_more(typed)
    assert (dict(said), left) == ({name: value}, rest)


@pytest.mark.parametrize("typed", ["flight", "flight doors 19:00", "on sale doors 19:00", "lisbon", "lisbon off 23:00"])
def test_a_gig_may_be_called_like_an_anchor(typed: str) -> None:
    assert take_more(typed) == ({}, typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lisbon line check", "After line check I read a time."),
        ("lisbon line check soon", 'not "soon"'),
        ("lisbon on-sale 10:00", "I read a date"),
        ("lisbon depart 01:00 depart 02:00", "depart is there twice"),
        ("lisbon flight 7:20", 'Is "7:20" in the morning or 19:20?'),
        ("lisbon downbeat 7", 'Is "7" in the morning'),
        ("lisbon downbeat 10:75", "I cannot read"),
    ],
)
def test_what_is_no_time_is_refused(typed: str, said: str) -> None:
    with pytest.raises(Refusal) as no:
        take_more(typed)
    assert said in str(no.value)


def test_what_waited_has_its_due_at_once_and_waits_again_when_it_is_forgotten(house: Backstage, tess: Hand) -> None:
    assert {due for _, due in house.rows(WAITS.format("depart"))} == {None}
    assert "waiting for departure time" in tess.types("/gig check lisbon waiting").text
    tess.types("/gig times lisbon depart 01:00")
    assert ("lo.head_count", "2026-10-02T00:00:00.000000Z"[:19]) in [
        (key, str(due)[:19].replace(" ", "T")) for key, due in house.rows(WAITS.format("depart"))
    ]
    told = tess.types("/gig times lisbon departure off").text
    assert "departure not known (was 01:00 WEST Fri 2 Oct)" in told
    assert {due for _, due in house.rows(WAITS.format("depart"))} == {None}


def test_the_called_are_told_of_times_of_the_day_and_of_nothing_else(house: Backstage, tess: Hand) -> None:
    since = house.mark()
    told = tess.types("/gig times lisbon on-sale 10 Sep 10:00 announce 3 Sep flight 07:20").text
    assert "on sale Thu 10 Sep 10:00 WEST (was not known)" in told
    assert "announced Thu 3 Sep 10:00 WEST (was not known)" in told
    assert "nobody was told" in told
    assert house.said(since) == []
    told = tess.types("/gig times lisbon line-check 15:30 doors 19:30 announce off").text
    assert "All called are told in the thread." in told
    assert house.said(since) == ["times"]
    assert "line check 15:30 WEST (was not known)" in house.post("times").text
    assert "announced" not in house.post("times").text
    assert "line check 15:30 WEST · on sale Thu 10 Sep 10:00 WEST" in house.card()


def test_the_same_again_changes_nothing(house: Backstage, tess: Hand) -> None:
    tess.types("/gig times lisbon line-check 15:30")
    before, since = house.dump(), house.mark()
    assert "those are its times already" in tess.types("/gig times lisbon line-check 15:30").text
    assert house.said(since) == []
    assert {name for name, rows in house.dump().items() if rows != before[name]} <= {"gigs", "deliveries", "attempts"}


def test_times_move_with_the_gig_and_dates_stay(house: Backstage, tess: Hand) -> None:
    tess.types("/gig times lisbon depart 01:00 on-sale 10 Sep")
    tess.types("/gig move lisbon 8 Oct")
    assert "departure 01:00 WEST Fri 9 Oct · on sale Thu 10 Sep 10:00 WEST" in tess.types("/gig show lisbon").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("downbeat 10:00 session end 09:00", "session end 09:00 would come before downbeat 10:00"),
        ("on-sale 3 Oct 2026", "would be after the show on Thu 1 Oct 2026"),
        ("on-sale 3 Oct", "would be after the show on Thu 1 Oct 2026"),
        ("on-sale 12/10", 'Is "12/10"'),
        ("on-sale Mon 10 Sep", "is a Thursday, not a Monday"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(house: Backstage, tess: Hand, typed: str, said: str) -> None:
    before = house.dump()
    assert said in tess.types(f"/gig times lisbon {typed} doors 19:30").text
    assert house.dump() == before


def test_a_date_without_a_year_may_be_the_last_such(house: Backstage, tess: Hand) -> None:
    assert "announced Thu 20 Aug 10:00 WEST" in tess.types("/gig times lisbon announce 20 Aug").text


def test_a_flight_at_night_is_asked_for_its_morning(house: Backstage, tess: Hand) -> None:
    asked = tess.types("/gig times lisbon flight 05:30")
    assert "flight 05:30: on which morning?" in asked.text
    assert "flight 05:30 WEST (was not known)" in tess.presses("05:30 on Thu 1 Oct", asked).text


@begins("2026-10-01 12:00")
def test_a_time_that_the_clocks_skip_is_refused_for_the_move_too(house: Backstage) -> None:
    tess = house.person("tess")
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 20 Mar 2027")
    tess.types("/gig times lisbon depart 01:30")
    before = house.dump()
    assert "departure 01:30 does not exist on Sun 28 Mar" in tess.types("/gig move lisbon 27 Mar 2027").text
    assert house.dump() == before


def test_crew_may_not_change_them(house: Backstage, tess: Hand) -> None:
    before = house.dump()
    assert "Only the tour manager" in house.person("ana").types("/gig times lisbon line-check 15:30").text
    assert house.dump() == before
