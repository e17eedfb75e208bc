"""The executive producer: named by who may, and told once a week what is at risk, why, whose it is, what changed."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from checklists.crew import Person
from checklists.cues import next_weekly
from checklists.items import SELF_TICKING, ItemState
from checklists.walls import at_clock
from handlers import routes
from handlers.upkeep import keep
from tests.handlers.backstage import TEAM, Backstage, Hand, begins
from tests.handlers.troupe import NEW, Troupe, starts, utc

PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 4 Oct 2026"
LATER = "/gig new The Lanterns, Melkweg Amsterdam, 14 Dec 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.fixture
def told(house: Backstage, tess: Hand) -> Backstage:
    """Lisbon on 1 October, Porto on the 4th, Amsterdam in December; Dee (Warsaw) is the executive producer."""
    for gig in (NEW, PORTO, LATER):
        tess.types(gig)
    tess.types("/gig producer @dee")
    return house


def close_all(house: Backstage, gig_id: int) -> None:
    with house.store.begin(TEAM) as book:
        items = [item for item in book.items.of_gig(gig_id) if item.key not in SELF_TICKING]
        book.items.set_state([item.id for item in items], ItemState.DONE, "U0TESS", house.now)
        keep(book, gig_id, house.now)
    house.settle()


def weeklies(house: Backstage) -> list[str]:
    return [line.text for line in house.posts("weekly")]


def test_a_producer_is_named_shown_and_taken_away(house: Backstage, tess: Hand) -> None:
    tess.types(NEW)
    assert "has no executive producer" in tess.types("/gig producer").text
    assert "dee is the executive producer of *wild-god*" in tess.types("/gig producer @dee").text
    assert "max is the executive producer" in tess.types("/gig producer @max").text
    assert house.rows("SELECT person FROM holders WHERE role = 'EP'") == [("U0MAX",)]
    assert "max is" in house.person("ana").types("/gig producer").text
    assert "has no executive producer" in house.person("max").types("/gig producer off").text
    assert house.rows("SELECT person FROM holders WHERE role = 'EP'") == []


WRONG = [
    ("ana", "@bo", "Only the tour manager or the executive producer"),
    ("pia", "off", "Only the tour manager or the executive producer"),
    ("jo", "", "Guests answer"),
    ("tess", "@tess", "cannot be the own executive producer"),
    ("tess", "@jo", "can only answer"),
    ("tess", "@dee @max", "One executive producer for a tour"),
    ("tess", "dee", "One executive producer for a tour"),
]


@pytest.mark.parametrize(("name", "words", "why"), WRONG)
def test_who_or_what_names_nobody(house: Backstage, tess: Hand, name: str, words: str, why: str) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @pia PM 14:00")
    before = house.dump()
    assert why in house.person(name).types(f"/gig producer {words}").text
    assert house.dump() == before


def test_the_producer_may_change_the_tour(told: Backstage) -> None:
    assert "curfew" in told.person("dee").types("/gig times lisbon curfew 23:30").text


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    "now", ["2026-09-07 06:59", "2026-09-07 07:00", "2026-09-06 23:59", "2026-10-25 01:00", "2026-12-31 12:00"]
)
def test_the_week_is_told_on_monday_at_nine_where_the_producer_is(zone: str, now: str) -> None:
    at = next_weekly(utc(now), zone)
    there = at.astimezone(ZoneInfo(zone))
    assert (there.weekday(), there.hour, there.minute) == (0, 9, 0)
    assert 0 < (at - utc(now)).total_seconds() <= 7 * 86_400 + 3_600


def test_one_message_a_week_tells_what_is_at_risk_why_and_whose_it_is(told: Backstage) -> None:
    told.move("2026-09-07 06:59")
    assert weeklies(told) == []
    told.move("2026-09-07 07:00")
    [text] = weeklies(told)
    assert "2 of 2 gigs of the next 28 days are at risk" in text
    assert "#1 Lisbon, Musicbox · Thu 1 Oct 2026 · new in these four weeks" in text
    assert "• Licence of the house fits the show, its crowd and its hours: overdue since" in text
    assert "(PROMOTER, tess)" in text
    assert "Amsterdam" not in text
    assert told.post("weekly").said.person == "U0DEE"
    told.move("2026-09-13 23:00")
    assert len(weeklies(told)) == 1


def test_the_next_tells_what_changed_and_what_is_fine_in_one_line(told: Backstage) -> None:
    told.move("2026-09-07 07:00")
    close_all(told, 2)
    told.move("2026-09-14 07:00")
    text = weeklies(told)[-1]
    assert "1 of 2 gigs" in text
    assert "Lisbon, Musicbox · Thu 1 Oct 2026 · as a week before" in text
    assert text.endswith("*Fine:* #2 Porto Sun 4 Oct 2026 (was RED)")
    told.person("tess").types("/gig check #2 va.power problem no three-phase")
    told.person("tess").types("/gig check #2 lg.contract open")
    told.move("2026-09-21 07:00")
    assert "Porto, Hard Club · Sun 4 Oct 2026 · was GREEN a week before" in weeklies(told)[-1]


def test_its_button_tells_every_reason(told: Backstage) -> None:
    told.move("2026-09-07 07:00")
    assert "*To announce:*" in told.person("dee").presses("Why #1", "weekly").text


def test_a_day_off_puts_it_off_until_the_next_morning(told: Backstage, tess: Hand) -> None:
    tess.types("/gig dayoff 7 Sep")
    tess.types("/gig dayoff 8 Sep")
    told.move("2026-09-08 23:00")
    assert weeklies(told) == []
    told.move("2026-09-09 07:00")
    assert len(weeklies(told)) == 1
    told.move("2026-09-14 07:00")
    assert len(weeklies(told)) == 2


def test_without_a_gig_ahead_there_is_none_until_there_is(house: Backstage, tess: Hand) -> None:
    tess.types(LATER)
    tess.types("/gig producer @dee")
    house.move("2026-11-15 12:00")
    assert weeklies(house) == []
    house.move("2026-11-16 08:00")
    assert len(weeklies(house)) == 1


def test_who_is_the_producer_no_more_hears_nothing(told: Backstage, tess: Hand) -> None:
    tess.types("/gig producer @max")
    told.move("2026-09-07 12:00")
    assert [line.said.person for line in told.posts("weekly")] == ["U0MAX"]
    tess.types("/gig producer off")
    told.move("2026-09-15 12:00")
    assert len(weeklies(told)) == 1


@begins("2026-09-04 12:00")
def test_after_downtime_it_comes_once_and_not_at_night(told: Backstage) -> None:
    told.now = utc("2026-09-22 22:30")
    told.settle()
    assert weeklies(told) == []
    told.move("2026-09-23 06:00")
    assert len(weeklies(told)) == 1
    told.move("2026-09-28 07:00")
    assert len(weeklies(told)) == 2


@starts("2026-09-07 06:58")
def test_in_slack_it_is_a_direct_message(troupe: Troupe) -> None:
    tess = troupe.person("tess")
    tess.types(NEW)
    tess.types("/gig producer @dee")
    troupe.move("2026-09-07 08:01")
    assert "weekly to dee" in troupe.said()


def test_the_first_comes_by_the_producers_own_zone_once_it_is_known(house: Backstage, tess: Hand) -> None:
    dee = Person("U0DEE", "dee", "", False, False, False, "")
    with house.store.begin(TEAM) as book:
        book.people.learn(dee, house.now)
    tess.types(NEW)
    tess.types("/gig producer @dee")
    for zone in ("America/Los_Angeles", "Pacific/Auckland"):
        with house.store.begin(TEAM) as book:
            routes.met(book, replace(dee, zone=zone, is_known=True), house.now)
        waits = house.rows("SELECT at FROM cues WHERE kind = 'weekly' AND state = 'waiting'")
        assert [at_clock(date(2026, 9, 7), time(9), zone)] == [datetime.fromisoformat(row[0]) for row in waits]
    house.move("2026-09-06 21:00")
    assert len(weeklies(house)) == 1
    house.move("2026-09-07 20:00")
    assert len(weeklies(house)) == 1
