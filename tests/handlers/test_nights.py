"""Whose night it is while nobody knows where somebody is, and once that is known."""

import pytest

from checklists.crew import Person
from handlers import routes
from handlers.asked import Asked, Reply
from storage.book import Book
from tests.handlers.backstage import CHANNEL, NAMED, TEAM, Backstage, Hand, begins
from tests.handlers.stage import BACKSTAGE
from tests.handlers.troupe import NEW

pytestmark = BACKSTAGE

NIGHT, NOON = begins("2026-09-01 23:30"), begins("2026-09-01 12:00")
CALL = "/gig call #1 @zoe FOH 14:00"
LISBON, TOKYO, ANGELES = "Europe/Lisbon", "Asia/Tokyo", "America/Los_Angeles"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    hand = house.person("tess")
    hand.types(NEW)
    return hand


@pytest.fixture
def zoe(house: Backstage) -> Hand:
    """Nobody knows who she is."""
    return house.person("zoe")


def who_is(zone: str) -> Person:
    return Person("U0ZOE", "zoe", zone, True, dm_channel="D0ZOE")


def learn(house: Backstage, zone: str) -> None:
    """What an errand was told by Slack."""
    with house.store.begin(TEAM) as book:
        routes.met(book, who_is(zone), house.now)
    house.settle()


def call_and_learn(house: Backstage, zone: str) -> None:
    """She is called, and known before the call message goes out."""

    def both(book: Book, asked: Asked) -> Reply:
        reply = routes.typed(book, asked)
        routes.met(book, who_is(zone), asked.now)
        return reply

    words = "call #1 <@U0ZOE> FOH 14:00"
    house.take(Asked(house.now, house.stamp(), "U0TESS", CHANNEL, NAMED, text=words), both)


@NIGHT
def test_who_was_never_met_is_not_pinged_in_the_night_of_the_venue(house: Backstage, tess: Hand, zoe: Hand) -> None:
    told = tess.types(CALL).text
    assert "asked by DM at 08:00 their time. Until I know where somebody is, night is that of Lisbon time" in told
    for kind in ("ask", "card"):
        assert "U0ZOE" not in house.post(kind).text
    assert "somebody new here FOH" in house.post("ask").text
    house.move("2026-09-02 06:58")
    assert "held to U0ZOE" not in house.said()
    house.move("2026-09-02 07:00")
    assert "held to U0ZOE" in house.said()


@NIGHT
def test_once_she_is_known_the_call_message_names_her(house: Backstage, tess: Hand, zoe: Hand) -> None:
    tess.types(CALL)
    learn(house, LISBON)
    assert "zoe FOH" in house.now_reads(house.post("ask")).text
    assert "somebody new" not in house.now_reads(house.post("ask")).text


@NIGHT
@pytest.mark.parametrize(
    ("zone", "before", "at"),
    [
        (LISBON, "2026-09-02 06:58", "2026-09-02 07:00"),
        ("America/New_York", "2026-09-01 23:30", "2026-09-01 23:30"),
        ("Pacific/Honolulu", "2026-09-01 23:30", "2026-09-01 23:30"),
        ("Asia/Kolkata", "2026-09-02 02:28", "2026-09-02 02:30"),
        ("Atlantic/Azores", "2026-09-02 07:58", "2026-09-02 08:00"),
    ],
)
def test_what_waits_for_the_venues_morning_comes_in_her_own(
    zone: str, before: str, at: str, house: Backstage, tess: Hand, zoe: Hand
) -> None:
    tess.types(CALL)
    since = house.mark()
    learn(house, zone)
    if before != at:
        house.move(before)
        assert house.said(since) == []
    house.move(at)
    assert house.said(since) == ["held to U0ZOE"]
    house.move("2026-09-03 12:00")
    assert house.said(since) == ["held to U0ZOE"]


@NOON
def test_who_turns_out_to_sleep_before_the_message_goes_out_gets_it_in_her_morning(
    house: Backstage, tess: Hand, zoe: Hand
) -> None:
    call_and_learn(house, ANGELES)
    assert "U0ZOE" not in house.post("ask").text
    house.move("2026-09-01 14:58")
    assert "held to U0ZOE" not in house.said()
    house.move("2026-09-01 15:00")
    assert house.said().count("held to U0ZOE") == 1


@NIGHT
def test_who_turns_out_to_be_awake_before_the_message_goes_out_is_pinged_by_it_alone(
    house: Backstage, tess: Hand, zoe: Hand
) -> None:
    call_and_learn(house, TOKYO)
    assert "<@U0ZOE> FOH" in house.post("ask").text
    house.move("2026-09-03 12:00")
    assert "held to U0ZOE" not in house.said()


@NOON
def test_why_says_whose_night_counts_until_her_zone_is_known(house: Backstage, tess: Hand, zoe: Hand) -> None:
    tess.types(CALL)
    words = "until Slack tells me, your night (23:00-08:00) is that of Lisbon time (WEST)."
    assert words in zoe.says("why did I get this?").text
    learn(house, TOKYO)
    assert "time zone yet" not in zoe.says("why did I get this?").text
