"""The home tab: the board for who leads, the calls for who works, paged, and never broken."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.sandbox.limits import check_view
from checklists.crew import CallState, Position
from checklists.walls import Wall
from handlers import home
from handlers.asked import Asked
from handlers.opening import open_tour
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.handlers.troupe import NEW, Actor, Troupe

TEAM = "T0LANTERNS"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
NOON = Wall(time(12))
CSV = "date,city,country,venue\n" + "".join(f"2026-10-{day:02},Lisbon,Portugal,Room {day}\n" for day in range(5, 30))


def tab(troupe: Troupe, who: Actor) -> str:
    """The words of somebody's home tab, as it is published."""
    troupe.slack.hands.open_home(who.name)
    troupe.mover.settle()
    return shown(troupe, who)


def shown(troupe: Troupe, who: Actor) -> str:
    view = troupe.slack.home(who.id)
    assert view is not None
    assert check_view(view.body, "home") == []
    return json.dumps(view.body["blocks"], ensure_ascii=False)


def press(troupe: Troupe, who: Actor, label: str) -> str:
    view = troupe.slack.home(who.id)
    assert view is not None
    troupe.slack.hands.press_in_view(view.id, label)
    troupe.mover.settle()
    return shown(troupe, who)


def test_somebody_unknown_is_told_what_buscall_is(troupe: Troupe, bo: Actor) -> None:
    assert "Nothing waits for you here yet" in tab(troupe, bo)


def test_the_tour_manager_sees_who_has_not_confirmed(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    words = tab(troupe, tess)
    assert "#1 Lisbon, Musicbox" in words
    assert "NOT confirmed: ana FOH, bo MON; first call 14:00 WEST" in words


def test_crew_see_their_calls_and_answer_in_the_tab(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    assert "1 ahead; 1 of them wait for your answer" in tab(troupe, ana)
    words = press(troupe, ana, "Confirm")
    assert "all of them are answered" in words
    assert "FOH 14:00: confirmed" in words
    assert "Everybody called has confirmed" in troupe.card()


def test_a_long_tour_is_paged(troupe: Troupe, tess: Actor) -> None:
    tess.drops(CSV)
    tess.types("/gig import")
    assert "Room 5" in tab(troupe, tess)
    assert "Room 15" not in shown(troupe, tess)
    later = press(troupe, tess, "Later gigs")
    assert "Room 15" in later
    assert "Room 5 " not in later
    assert "Room 29" in press(troupe, tess, "Later gigs")
    assert "Later gigs" not in shown(troupe, tess)
    assert "Room 15" in press(troupe, tess, "Earlier gigs")


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = Store.open(sqlite_url)
    opened.upgrade()
    opened.connect(TEAM, "Lanterns", "U0BUSCALL", NOW)
    yield opened
    opened.close()


def write_tours(book: Book, tours: int, gigs: int, called: str = "U0ANA") -> None:
    """So many tours of tess with so many gigs each, and somebody called to every gig."""
    for n in range(tours):
        tour = open_tour(book, f"Tour {n}", f"C{n}-{gigs}", "U0TESS", NOW)
        days = [NOW.date() + timedelta(days=place + 2) for place in range(gigs)]
        nights = [
            NewGig("The Lanterns", f"Hall {day}", "Lisbon", "PT", "Europe/Lisbon", 38.7, -9.1, day) for day in days
        ]
        for gig in book.gigs.open_many(tour.id, nights, NOW):
            call = book.crew.ask(gig.id, called, Position.FOH, NOON, gig.when(NOON), NOW)
            if gig.number % 20:
                book.crew.set_state([call.id], CallState.CONFIRMED, NOW)


def view_of(store: Store, who: str, value: str = "") -> dict[str, Any]:
    with store.read(TEAM) as book:
        view: dict[str, Any] = home.home(book, Asked(now=NOW, key="home", who=who, value=value))
    assert check_view(view, "home") == []
    return view


def words_of(view: dict[str, Any]) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def values_of(view: dict[str, Any]) -> dict[str, str]:
    """What each button carries, by what is read on it; the first of a name."""
    buttons = [each for block in view["blocks"] for each in block.get("elements", [])]
    return {each["text"]["text"]: each["value"] for each in reversed(buttons)}


def questions(store: Store, who: str) -> int:
    """How many statements it takes to make somebody's tab."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    view_of(store, who)
    event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize("who", ["U0TESS", "U0ANA"])
def test_the_tab_asks_the_book_as_often_for_few_gigs_as_for_many(store: Store, who: str) -> None:
    with store.begin(TEAM) as book:
        write_tours(book, 3, 15)
    few = questions(store, who)
    with store.begin(TEAM) as book:
        write_tours(book, 9, 60)
    assert questions(store, who) == few <= 20


def test_what_waits_for_an_answer_comes_first_however_late_its_gig_is(store: Store) -> None:
    with store.begin(TEAM) as book:
        write_tours(book, 1, 300)
    words = words_of(view_of(store, "U0ANA"))
    assert "Waiting for your answer: 15" in words
    assert words.index("#20 ") < words.index("Your next call") < words.index("#1 ")
    assert words.index("#1 ") < words.index("300 ahead; 15 of them wait for your answer") < words.index("#2 ")
    assert "1 to 8 of 300 calls" in words
    assert "297 to 300 of 300 calls" in words_of(
        view_of(store, "U0ANA", values_of(view_of(store, "U0ANA"))["Last calls"])
    )


def test_one_tour_is_turned_and_the_others_stay(store: Store) -> None:
    with store.begin(TEAM) as book:
        write_tours(book, 2, 25)
    turned = view_of(store, "U0TESS", values_of(view_of(store, "U0TESS"))["Last gigs"])
    words = words_of(turned)
    assert "21 to 25 of 25 gigs" in words
    assert "1 to 10 of 25 gigs" in words
    assert {"First gigs", "Earlier gigs", "Later gigs"} <= set(values_of(turned))


def test_who_leads_many_tours_turns_them_too_and_stays_there(store: Store) -> None:
    with store.begin(TEAM) as book:
        write_tours(book, 5, 11)
    later = view_of(store, "U0TESS", values_of(view_of(store, "U0TESS"))["Later tours"])
    assert "4 to 5 of 5 tours" in words_of(later)
    assert "Tour 3" in words_of(later)
    deeper = words_of(view_of(store, "U0TESS", values_of(later)["Later gigs"]))
    assert "4 to 5 of 5 tours" in deeper
    assert "11 to 11 of 11 gigs" in deeper


def test_a_tour_says_how_it_stands_in_words(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    assert "1 gig ahead: 1 amber. No call waits for an answer." in tab(troupe, tess)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    assert "2 calls are not confirmed." in tab(troupe, tess)
