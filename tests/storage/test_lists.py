"""What a list is made by is kept, on each engine: answers, a tour's own lines, a gig's kind of show and more times."""

from dataclasses import replace

from checklists.conditions import Condition
from checklists.gig import Profile, ShowType
from checklists.items import Area, Evidence, ItemState, Severity, StockItem
from checklists.profiles import Own
from storage.book import Book
from storage.lists import Said
from storage.store import Store
from tests.storage.built import NOW, OTHER, TEAM, a_gig, a_tour, after, connect, new_item

LINE = StockItem("own.flag", Area.VENUE, "Flag", "BL", "T-5d", Evidence.TICK, Severity.NORMAL, True, False, "video")
PARKING = replace(LINE, key="va.parking", lite=False, waive_ep=True, applies="")


def test_what_is_said_of_one_gig_goes_before_what_is_said_of_the_tour(book: Book) -> None:
    tour = a_tour(book)
    one, other = a_gig(book, tour), a_gig(book, tour)
    book.lists.answer(tour.id, None, Condition.VIDEO, True, "UTESS", NOW)
    book.lists.answer(tour.id, one.id, Condition.VIDEO, False, "UPIA", after(1))
    assert book.lists.answers(tour.id, one.id) == {Condition.VIDEO: False}
    assert book.lists.answers(tour.id, other.id) == {Condition.VIDEO: True}
    assert book.lists.said(tour.id, one.id) == [
        Said(Condition.VIDEO, True, "UTESS", NOW, True),
        Said(Condition.VIDEO, False, "UPIA", after(1), False),
    ]
    assert book.lists.said(tour.id) == [Said(Condition.VIDEO, True, "UTESS", NOW, True)]


def test_a_later_word_of_the_tour_goes_before_all_until_then(book: Book) -> None:
    tour = a_tour(book)
    gig = a_gig(book, tour)
    book.lists.answer(tour.id, gig.id, Condition.VIDEO, False, "UTESS", NOW)
    book.lists.answer(tour.id, None, Condition.VIDEO, True, "UTESS", after(1))
    assert book.lists.answers(tour.id, gig.id) == {Condition.VIDEO: True}


def test_an_answer_is_changed_and_forgotten_and_never_doubled(book: Book) -> None:
    tour = a_tour(book)
    gig = a_gig(book, tour)
    for holds in (True, False, False):
        book.lists.answer(tour.id, gig.id, Condition.ROAD, holds, "UTESS", NOW)
    assert [each.holds for each in book.lists.said(tour.id, gig.id)] == [False]
    book.lists.answer(tour.id, None, Condition.ROAD, None, "UTESS", NOW)
    assert book.lists.answers(tour.id, gig.id) == {Condition.ROAD: False}
    book.lists.answer(tour.id, gig.id, Condition.ROAD, None, "UTESS", NOW)
    assert book.lists.answers(tour.id, gig.id) == {}


def test_a_tours_own_lines_are_kept_in_their_order_and_give_way(book: Book) -> None:
    tour = a_tour(book)
    book.lists.keep(tour.id, [Own(LINE), Own(PARKING, dropped=True)])
    assert book.lists.own(tour.id) == [Own(LINE), Own(PARKING, dropped=True)]
    book.lists.keep(tour.id, [Own(replace(PARKING, text="Ours"))])
    assert book.lists.own(tour.id) == [Own(LINE), Own(replace(PARKING, text="Ours"))]
    assert book.lists.give_up(tour.id, "va.parking") is True
    assert book.lists.give_up(tour.id, "va.parking") is False
    assert book.lists.own(tour.id) == [Own(LINE)]


def test_each_tour_and_each_workspace_has_its_own(store: Store) -> None:
    connect(store, TEAM, OTHER)
    with store.begin(TEAM) as book:
        tour, another = a_tour(book), a_tour(book, "C2")
        gig = a_gig(book, tour)
        book.lists.keep(tour.id, [Own(LINE)])
        book.lists.answer(tour.id, None, Condition.VIDEO, True, "UTESS", NOW)
        assert book.lists.own(another.id) == []
        assert book.lists.answers(another.id, a_gig(book, another).id) == {}
    with store.begin(OTHER) as book:
        assert book.lists.own(tour.id) == []
        assert book.lists.said(tour.id, gig.id) == []
        assert book.lists.give_up(tour.id, LINE.key) is False
        book.lists.answer(tour.id, None, Condition.VIDEO, None, "UTESS", NOW)
    with store.begin(TEAM) as book:
        assert book.lists.own(tour.id) == [Own(LINE)]
        assert book.lists.answers(tour.id, gig.id) == {Condition.VIDEO: True}


def test_what_a_gig_is_listed_as_and_its_more_times_come_back(book: Book) -> None:
    gig = a_gig(book)
    assert (gig.show_type, gig.profile, gig.away, gig.headline, gig.more) == (None, Profile.LITE, True, True, {})
    book.gigs.set_list(gig.id, show_type=ShowType.ARENA, profile=Profile.WIDER, away=False, headline=False)
    book.gigs.set_more(gig.id, {"depart": "01:00+1", "on_sale": "2026-03-10@10:00"})
    now = book.gigs.get(gig.id)
    assert now is not None
    assert (now.show_type, now.profile, now.away, now.headline) == (ShowType.ARENA, Profile.WIDER, False, False)
    assert now.more == {"depart": "01:00+1", "on_sale": "2026-03-10@10:00"}


def test_lines_are_reworded_dropped_and_asked_for(book: Book) -> None:
    gig = a_gig(book)
    waiting = replace(new_item("a"), due_at=None, undecided=True, own=True, added_at=after(5))
    book.items.add_many(gig.id, [waiting, replace(new_item("b"), state=ItemState.NA)])
    first, second = book.items.of_gig(gig.id)
    assert (first.due_at, first.undecided, first.own, first.added_at) == (None, True, True, after(5))
    assert second.state is ItemState.NA
    book.items.reword([(first.id, LINE)])
    book.items.set_undecided([first.id], False)
    book.items.drop([second.id])
    [left] = book.items.of_gig(gig.id)
    assert (left.key, left.text, left.area, left.applies, left.undecided) == ("a", "Flag", Area.VENUE, "video", False)
    assert (left.state, left.own, left.due_at) == (first.state, True, None)
