"""What the home tab reads: tallies and own calls, by pages, of this workspace and this person only."""

from datetime import UTC, date, datetime, time, timedelta

from checklists.crew import CallState, Position, Role
from checklists.gig import GigState
from checklists.walls import Wall
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.storage.built import OTHER, TEAM, connect

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def night(n: int, state: GigState = GigState.CONFIRMED) -> NewGig:
    day = date(2026, 10, 1) + timedelta(days=n)
    return NewGig("The Lanterns", f"Hall {n}", "Lisbon", "PT", "Europe/Lisbon", 38.7, -9.1, day, state)


def fill(book: Book) -> int:
    """Five gigs, ana called to each but the last, and a cancelled one; gives the tour."""
    tour = book.tours.open("Lanterns", "", "", NOW)
    gigs = book.gigs.open_many(tour.id, [*(night(n) for n in range(5)), night(5, GigState.CANCELLED)], NOW)
    for gig, verdict in zip(gigs, ("red", "amber", "amber", "", "green", "red"), strict=True):
        if verdict:
            book.gigs.judge(gig.id, verdict, [], 0, 0, NOW)
    for gig in (*gigs[3::-1], gigs[5]):
        wall = Wall(time(14))
        book.crew.ask(gig.id, "U0ANA", Position.FOH, wall, gig.when(wall), NOW)
        book.crew.ask(gig.id, "U0BO", Position.MON, wall, gig.when(wall), NOW)
    book.crew.set_state([book.crew.of_gig(gigs[0].id)[0].id], CallState.CONFIRMED, NOW)
    book.crew.set_state([book.crew.of_gig(gigs[1].id)[0].id], CallState.DECLINED, NOW)
    book.crew.set_state([book.crew.of_gig(gigs[2].id)[0].id], CallState.MAYBE, NOW)
    return tour.id


def test_a_tour_is_counted_by_verdict_with_the_calls_that_nobody_confirmed(book: Book) -> None:
    tally = book.boards.tally(fill(book))
    assert tally.verdicts == {"red": 1, "amber": 2, "green": 1, "grey": 1}
    assert tally.gigs == 5
    assert tally.waiting == 6


def test_own_calls_come_by_time_in_pages_and_the_waiting_ones_apart(book: Book) -> None:
    fill(book)
    assert book.boards.counted("U0ANA") == (3, 2)
    assert [gig.venue for gig, _ in book.boards.calls("U0ANA", 10)] == ["Hall 0", "Hall 2", "Hall 3"]
    assert [gig.venue for gig, _ in book.boards.calls("U0ANA", 1, 1)] == ["Hall 2"]
    assert [call.state for _, call in book.boards.waiting("U0ANA", 9)] == [CallState.MAYBE, CallState.CALLED]
    assert len(book.boards.waiting("U0ANA", 1)) == 1
    assert book.boards.counted("U0NOBODY") == (0, 0)


def test_another_workspace_sees_nothing_of_it(connected: Store) -> None:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        tour = fill(book)
        book.tours.give_role(tour, "U0ANA", Role.PM, NOW)
        book.tours.give_role(tour, "U0ANA", Role.SM, NOW)
        assert [(each.id, roles) for each, roles in book.boards.roles_of("U0ANA")] == [(tour, {Role.PM, Role.SM})]
    with connected.begin(OTHER) as book:
        assert book.boards.tally(tour).gigs == 0
        assert book.boards.tally(tour).waiting == 0
        assert book.boards.counted("U0ANA") == (0, 0)
        assert book.boards.calls("U0ANA", 9) == []
        assert book.boards.roles_of("U0ANA") == []
