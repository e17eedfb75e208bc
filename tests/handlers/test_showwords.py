"""The type of show, typed behind the date of a new gig or about its list; its crew and its lines follow."""

from datetime import date

import pytest

from checklists.errors import Refusal
from checklists.gig import Anchor, ShowType
from handlers import grammar, routes
from handlers.asked import Asked
from handlers.cards.ids import Form
from handlers.showwords import take_show
from tests.handlers.backstage import CHANNEL, NAMED, Backstage, Hand

TODAY = date(2026, 9, 1)
FLY, FESTIVAL, SESSION = ShowType.FLY_DATE, ShowType.FESTIVAL_SLOT, ShowType.RECORDING_SESSION


@pytest.fixture
def tess(house: Backstage) -> Hand:
    return house.person("tess")


@pytest.mark.parametrize(
    ("words", "show", "rest"),
    [
        ("fly date", FLY, ""),
        (", Fly-Date doors 19:00", FLY, ", doors 19:00"),
        ("doors 19:00 fly date", FLY, "doors 19:00"),
        ("fly show 21:00", FLY, "show 21:00"),
        ("festival", FESTIVAL, ""),
        ("festival slot set 21:00", FESTIVAL, "set 21:00"),
        ("session", SESSION, ""),
        ("recording session", SESSION, ""),
        ("studio session.", SESSION, "."),
        ("recording", SESSION, ""),
        ("arena show", ShowType.ARENA, ""),
        ("(theater)", ShowType.THEATRE, "( )"),
        ("club gig doors 20:00", ShowType.CLUB, "doors 20:00"),
        ("doors 19:00", None, "doors 19:00"),
        ("clubhouse", None, "clubhouse"),
        ("", None, ""),
    ],
)
def test_the_type_is_read_wherever_it_stands(words: str, show: ShowType | None, rest: str) -> None:
    found, left = take_show(words, grammar.NEW)
    assert found is show
    assert " ".join(left.split()) == rest


def test_two_types_are_refused() -> None:
    with pytest.raises(Refusal, match="One type of show, but I read fly date and arena"):
        take_show("fly date arena", grammar.NEW)


@pytest.mark.parametrize(
    "line",
    [
        "The Lanterns, Paradiso Amsterdam, 12 Dec fly date",
        "The Lanterns, Paradiso Amsterdam, 12 Dec, fly date",
        "The Lanterns, Paradiso Amsterdam, Sat 12 Dec 2026 fly date",
        "The Lanterns, Paradiso Amsterdam 12 Dec fly date",
        "The Lanterns, Paradiso Amsterdam, 2026-12-12 fly-date",
    ],
)
def test_a_new_gig_is_read_with_its_type(line: str) -> None:
    read = grammar.read_new(line, TODAY)
    assert (read.where, read.day, read.show) == ("Paradiso Amsterdam", date(2026, 12, 12), FLY)


def test_times_stand_before_and_after_the_type() -> None:
    read = grammar.read_new("The Lanterns, Paradiso Amsterdam, 12 Dec load-in 10:00 festival doors 19:00", TODAY)
    assert read.show is FESTIVAL
    assert set(read.times) == {Anchor.LOAD_IN, Anchor.DOORS}


def test_a_hall_that_is_called_so_is_no_type() -> None:
    read = grammar.read_new("Festival, Arena Club Wien, 12 Dec", TODAY)
    assert (read.name, read.where, read.show) == ("Festival", "Arena Club Wien", None)


TYPES = [
    ("fly date", "fly date", "show", ("TM", "FOH", "MON")),
    ("festival", "festival slot", "festival", ("TM", "FOH", "MON", "BL")),
    ("session", "recording session", "session", ("EP", "ENG", "ARTIST")),
    ("recording session", "recording session", "session", ("EP", "ENG", "ARTIST")),
    ("arena", "arena", "show", ("TM", "TA", "PM", "SM", "FOH", "MON", "LD", "BL", "RIG")),
    ("club", "club", "show", ("TM", "FOH")),
]


def needed(house: Backstage) -> set[str]:
    """The positions that the crew page of the gig says are needed."""
    lines = house.person("tess").types("/gig crew #1").text.splitlines()
    return {line.split(",")[0].removeprefix("• ") for line in lines if " needed" in line}


@pytest.mark.parametrize(("words", "show", "kind", "crew"), TYPES)
def test_a_gig_opened_as_one_has_its_list_and_its_least_crew(
    words: str, show: str, kind: str, crew: tuple[str, ...], house: Backstage, tess: Hand
) -> None:
    told = tess.types(f"/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026 {words}").text
    assert f"items, lite list, {show}." in told
    assert house.rows("SELECT show_type, kind FROM gigs") == [(show.replace(" ", "_"), kind)]
    assert f"• {show} (as somebody said)" in tess.types("/gig checklist #1").text
    assert needed(house) == set(crew)


@pytest.mark.parametrize(("words", "show", "kind", "crew"), TYPES)
def test_a_gig_made_one_later_has_them_too(
    words: str, show: str, kind: str, crew: tuple[str, ...], house: Backstage, tess: Hand
) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types(f"/gig checklist lisbon {words}")
    assert f"• {show} (as somebody said)" in tess.types("/gig checklist #1").text
    assert needed(house) == set(crew)


def test_the_form_of_a_new_gig_knows_the_types(house: Backstage, tess: Hand) -> None:
    with house.store.read("T0BACK") as book:
        town = str(routes.OPTIONS(book, "Lisbon")[0]["value"])
    fields = {"name": "The Lanterns", "place": town, "venue": "Musicbox", "day": "2026-10-01", "show": "fly_date"}
    asked = Asked(house.now, house.stamp(), tess.id, CHANNEL, NAMED, fields=fields)
    house.take(asked, lambda book, it: routes.sent(book, it, Form.NEW.value))
    assert house.rows("SELECT show_type, kind FROM gigs") == [("fly_date", "show")]
