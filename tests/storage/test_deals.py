"""Deals on both engines: all of a paper is kept, by gig and by workspace, and nobody's change is lost."""

from dataclasses import replace
from datetime import date
from threading import Thread

from checklists.deal import DealKind, Paper, Terms, due
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_gig, connect

TERMS = Terms(DealKind.VERSUS_NET, 5000_00, "EUR", 85_000, 15_825, 2500_00, date(2026, 9, 20))
PAPER = Paper(TERMS, "UTESS", "UDEE", "Paul", "Tess", "Paul Ek", "https://x.org/1.pdf", "Mark, letter", "a", "b", "c")


def opened(store: Store) -> int:
    connect(store)
    with store.begin(TEAM) as book:
        return a_gig(book).id


def test_a_paper_is_kept_in_full_and_replaced_in_full(store: Store) -> None:
    gig = opened(store)
    for paper in (PAPER, Paper(), replace(PAPER, terms=replace(TERMS, kind=DealKind.DOOR, withheld=None))):
        with store.begin(TEAM) as book:
            assert book.deals.hold(gig) == book.deals.of_gig(gig)
            book.deals.keep(gig, paper)
        with store.read(TEAM) as book:
            assert book.deals.of_gig(gig) == paper
            assert book.deals.of_gig(gig + 1) == Paper()


def test_what_came_in_may_be_taken_back_and_stays_on_record(store: Store) -> None:
    gig = opened(store)
    with store.begin(TEAM) as book:
        book.deals.keep(gig, replace(PAPER, waived=""))
        book.deals.pay(gig, 1000_00, "EUR", "SEPA-1", "UTESS", NOW)
        book.deals.pay(gig, 99_999_999_999_99, "EUR", "SEPA-2", "UTESS", NOW)
        assert [each.cents for each in book.deals.payments(gig)] == [1000_00, 99_999_999_999_99]
        assert book.deals.take_back(gig, NOW) == 2
        assert book.deals.take_back(gig, NOW) == 0
        assert [each.back_at for each in book.deals.payments(gig)] == [NOW, NOW]
        assert due(book.deals.of_gig(gig), book.deals.payments(gig)) == 2500_00


def test_no_other_workspace_sees_it(store: Store) -> None:
    gig = opened(store)
    with store.begin(TEAM) as book:
        book.deals.keep(gig, PAPER)
        book.deals.pay(gig, 1, "EUR", "SEPA-1", "UTESS", NOW)
    store.connect("T0OTHER", "Other", "U0BOT", NOW)
    with store.read("T0OTHER") as book:
        assert book.deals.of_gig(gig) == Paper()
        assert book.deals.payments(gig) == []


def test_of_many_who_change_it_at_once_nobodys_change_is_lost(store: Store) -> None:
    gig = opened(store)

    def add(sign: str) -> None:
        with store.begin(TEAM) as book:
            paper = book.deals.hold(gig)
            book.deals.keep(gig, replace(paper, sent_to=paper.sent_to + sign))

    threads = [Thread(target=add, args=(sign,)) for sign in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read(TEAM) as book:
        assert sorted(book.deals.of_gig(gig).sent_to) == list("abcdefgh")
