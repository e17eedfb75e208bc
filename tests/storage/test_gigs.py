from datetime import date, datetime, time
from threading import Barrier, Thread

from checklists.gig import Anchor, CurfewKind, GigKind, GigState
from checklists.routing import identity
from checklists.walls import Wall
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.storage.built import NOW, OTHER, SHOW, TEAM, a_card, a_gig, a_tour, after, connect, new_gig

GIVEN = {Anchor.DOORS: Wall(time(21)), Anchor.LOAD_OUT: Wall(time(1, 30), 1, 1)}


def test_a_gig_comes_back_as_it_was_opened(book: Book) -> None:
    tour = a_tour(book)
    wanted = NewGig(
        name="The Lanterns",
        venue="Musicbox",
        city="Lisbon",
        country="PT",
        zone="Europe/Lisbon",
        lat=38.7,
        lon=-9.1,
        date=SHOW,
        state=GigState.HOLD,
        kind=GigKind.FESTIVAL,
        given=GIVEN,
        curfew_kind=CurfewKind.HARD,
        capacity=400,
    )
    gig = book.gigs.open(tour.id, wanted, NOW)
    assert book.gigs.get(gig.id) == book.gigs.by_number(1) == gig
    assert {name: getattr(gig, name) for name in NewGig.__slots__} == {
        name: getattr(wanted, name) for name in NewGig.__slots__
    }
    assert (gig.made_at, gig.counted_from, gig.verdict, gig.reasons, gig.judged_at) == (NOW, NOW, "", (), None)


def test_gigs_are_numbered_in_the_order_given_over_all_tours(book: Book) -> None:
    tour, second = a_tour(book), a_tour(book, channel="C2")
    days = [date(2026, 5, 3), date(2026, 5, 1), date(2026, 5, 2)]
    opened = book.gigs.open_many(tour.id, [new_gig(day=day) for day in days], NOW)
    assert [gig.number for gig in opened] == [1, 2, 3]
    assert [gig.date for gig in opened] == days
    assert book.gigs.open(second.id, new_gig(), NOW).number == 4
    assert [gig.number for gig in book.gigs.of_tour(tour.id)] == [2, 3, 1]
    assert book.gigs.open_many(tour.id, [], NOW) == []


def test_numbers_run_by_workspace(connected: Store) -> None:
    connect(connected, OTHER)
    for team in (TEAM, OTHER):
        with connected.begin(team) as book:
            assert a_gig(book).number == 1


def test_writers_at_the_same_time_never_get_the_same_number(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        tour = a_tour(book)
    start, numbers = Barrier(4), []

    def open_five() -> None:
        start.wait()
        for _ in range(5):
            with connected.begin(TEAM) as book:
                numbers.append(book.gigs.open(tour.id, new_gig(), NOW).number)

    threads = [Thread(target=open_five) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 21))


def test_gigs_of_a_tour_by_state(book: Book) -> None:
    tour = a_tour(book)
    gig = a_gig(book, tour)
    other = a_gig(book, tour, state=GigState.PLAYED)
    assert book.gigs.of_tour(tour.id, [GigState.PLAYED]) == [other]
    assert book.gigs.of_tour(tour.id, []) == []
    assert book.gigs.of_tour(tour.id) == [gig, other]


def test_identities_fold_city_and_venue(book: Book) -> None:
    tour = a_tour(book)
    a_gig(book, tour)
    assert book.gigs.identities(tour.id) == {identity(SHOW, "LISBON", "musicbox")}


def test_a_move_counts_from_now_and_takes_the_day_sheet_back(book: Book) -> None:
    gig = a_gig(book)
    book.gigs.sheet_out(gig.id, after(1))
    book.gigs.move(gig.id, date(2026, 6, 1), after(5))
    moved = book.gigs.get(gig.id)
    assert moved is not None
    assert (moved.date, moved.counted_from, moved.made_at) == (date(2026, 6, 1), after(5), NOW)
    assert moved.sheet_out_at is None


def test_times_state_and_judgement_are_kept(book: Book) -> None:
    gig = a_gig(book)
    book.gigs.set_times(gig.id, GIVEN, CurfewKind.HARD)
    book.gigs.set_state(gig.id, GigState.SHOW_DAY)
    book.gigs.judge(gig.id, "red", ["contract late", "no FOH"], 12.5, None, after(2))
    book.gigs.sheet_out(gig.id, after(3))
    kept = book.gigs.get(gig.id)
    assert kept is not None
    assert (kept.given, kept.curfew_kind, kept.state) == (GIVEN, CurfewKind.HARD, GigState.SHOW_DAY)
    assert (kept.verdict, kept.reasons, kept.locked_pct) == ("red", ("contract late", "no FOH"), 12.5)
    assert (kept.on_time_pct, kept.judged_at, kept.sheet_out_at) == (None, after(2), after(3))


def test_the_gig_keeps_where_its_card_is(book: Book) -> None:
    gig = a_gig(book)
    assert book.gigs.card(gig.id) == ("", "")
    a_card(book, gig, "100.1")
    assert book.gigs.card(gig.id) == ("C1", "100.1")


def test_a_writer_holds_the_gig_it_reads(connected: Store) -> None:
    """Two answers at once: the second reads what the first wrote."""
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
    start = Barrier(2)

    def add_a_reason(word: str) -> None:
        start.wait()
        with connected.begin(TEAM) as book:
            kept = book.gigs.get(gig.id)
            assert kept is not None
            book.gigs.judge(gig.id, "red", [*kept.reasons, word], None, None, NOW)

    threads = [Thread(target=add_a_reason, args=(word,)) for word in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connected.read(TEAM) as book:
        kept = book.gigs.get(gig.id)
    assert kept is not None
    assert sorted(kept.reasons) == ["one", "two"]


def test_open_doors_stay_open_until_the_gig_has_another_date_or_time_for_them(book: Book) -> None:
    gig = a_gig(book)
    book.gigs.open_doors(gig.id, after(5))
    later = {**gig.given, Anchor.CURFEW: Wall(time(23, 45))}
    book.gigs.set_times(gig.id, later, gig.curfew_kind)
    assert _doors(book, gig.id) == after(5)
    book.gigs.set_times(gig.id, {**later, Anchor.DOORS: Wall(time(21, 15))}, gig.curfew_kind)
    assert _doors(book, gig.id) is None
    book.gigs.open_doors(gig.id, after(5))
    book.gigs.move(gig.id, date(2026, 12, 24), after(6))
    assert _doors(book, gig.id) is None


def _doors(book: Book, gig_id: int) -> datetime | None:
    kept = book.gigs.get(gig_id)
    assert kept is not None
    return kept.doors_open_at
