from dataclasses import replace
from datetime import date

from checklists.gig import GigState
from checklists.items import ItemState
from storage.book import Book
from tests.storage.built import NOW, a_gig, a_tour, after, new_item


def test_items_come_back_as_they_were_put_on_the_gig(book: Book) -> None:
    gig, new = a_gig(book), new_item()
    book.items.add_many(gig.id, [new, new_item("cr.confirm_24")])
    first, second = book.items.of_gig(gig.id)
    assert (first.key, first.area, first.text) == (new.stock.key, new.stock.area, new.stock.text)
    assert (first.owner, first.due, first.due_at) == (new.stock.owner, new.stock.due, new.due_at)
    assert (first.evidence, first.severity, first.state) == (new.stock.evidence, new.stock.severity, ItemState.OPEN)
    assert (first.compressed, first.closed_by, first.closed_at) == (False, "", None)
    assert second.key == "cr.confirm_24"
    assert book.items.get(first.id) == first
    assert book.items.get(0) is None


def test_who_closed_an_item_is_kept_only_while_it_is_closed(book: Book) -> None:
    gig = a_gig(book)
    book.items.add_many(gig.id, [new_item(), new_item("b")])
    item, other = book.items.of_gig(gig.id)
    book.items.set_state([item.id], ItemState.DONE, "UTESS", after(1))
    done, untouched = book.items.of_gig(gig.id)
    assert (done.state, done.closed_by, done.closed_at) == (ItemState.DONE, "UTESS", after(1))
    assert untouched == other
    book.items.set_state([item.id], ItemState.PROBLEM, "UTESS", after(2))
    assert book.items.of_gig(gig.id)[0].closed_by == ""
    book.items.set_state([item.id], ItemState.OPEN, "", after(2), touched=False)
    assert book.items.of_gig(gig.id) == [item, other]
    book.items.set_state([], ItemState.DONE, "UTESS", NOW)


def test_dues_move_together(book: Book) -> None:
    gig = a_gig(book)
    book.items.add_many(gig.id, [new_item("a"), new_item("b"), new_item("c")])
    a, b, c = book.items.of_gig(gig.id)
    book.items.set_due([(a.id, after(7), True), (b.id, after(8), False)])
    assert [(i.due_at, i.compressed) for i in book.items.of_gig(gig.id)] == [
        (after(7), True), (after(8), False), (c.due_at, False),
    ]  # fmt: skip
    book.items.set_due([])


def test_the_items_of_a_tour_are_those_of_its_judged_gigs_by_date(book: Book) -> None:
    tour = a_tour(book)
    late, early = a_gig(book, tour, day=date(2026, 5, 9)), a_gig(book, tour, day=date(2026, 5, 2))
    played = a_gig(book, tour, state=GigState.PLAYED)
    elsewhere = a_gig(book, a_tour(book, channel="C2"))
    gigs = (late, early, played, elsewhere)
    book.items.add_for_gigs([(gig.id, [new_item("a"), new_item("b")]) for gig in gigs])
    assert [(i.gig_id, i.key) for i in book.items.of_tour(tour.id)] == [
        (early.id, "a"), (early.id, "b"), (late.id, "a"), (late.id, "b"),
    ]  # fmt: skip


def test_what_is_owed_on_a_tour_and_what_of_it_falls_due_by_then(book: Book) -> None:
    tour = a_tour(book)
    gig, played = a_gig(book, tour), a_gig(book, tour, state=GigState.PLAYED)
    keys = ("soon", "later", "done", "na", "waits", "by_the_minute")
    book.items.add_for_gigs([(each.id, [new_item(key) for key in keys]) for each in (gig, played)])
    items = {item.key: item for item in book.items.of_gig(gig.id)}
    book.items.set_due([(items["soon"].id, after(1), False), (items["later"].id, after(9), False)])
    book.items.set_due([(items["waits"].id, None, False), (items["by_the_minute"].id, after(1), False)])
    book.items.set_state([items["done"].id], ItemState.DONE, "UTESS", NOW)
    book.items.set_state([items["na"].id], ItemState.NA, "UTESS", NOW)
    minute = replace(new_item("by_the_minute").stock, owner="SM", due="doors-30m")
    book.items.reword([(items["by_the_minute"].id, minute)])
    assert [item.key for item in book.items.open_by(tour.id, after(5))] == ["soon", "by_the_minute"]
    assert [item.key for item in book.items.open_by(tour.id, after(1))] == []
    assert book.items.owed(tour.id) == {(gig.id, new_item().stock.owner)}
