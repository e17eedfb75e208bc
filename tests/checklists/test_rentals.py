"""What may follow what in the life of a rental, and who need not be asked again."""

from dataclasses import replace
from itertools import product

import pytest

from checklists.errors import Refusal
from checklists.rentals import MOVES, Move, Rental, RentalState, Terms, money, moved, next_step, with_terms

ASKED = Rental(1, 1, "piano", "piano", 1, "PRG", 3, 18000, "EUR", asked_by="UPIA")
R, M = RentalState, Move


@pytest.mark.parametrize(("state", "move"), list(product(RentalState, Move)))
def test_only_what_may_follow_follows(state: RentalState, move: Move) -> None:
    rental = replace(ASKED, state=state)
    whence, then = MOVES[move]
    if state in whence:
        assert moved(rental, move, "UTESS", "PRG-1").state is then
    else:
        with pytest.raises(Refusal, match=r"Nothing was changed\."):
            moved(rental, move, "UTESS", "PRG-1")


def test_a_rental_goes_from_asking_to_giving_back() -> None:
    rental = ASKED
    way = {M.APPROVE: R.APPROVED, M.ORDER: R.ORDERED, M.DELIVER: R.DELIVERED, M.RETURN: R.RETURNED}
    for move, state in way.items():
        rental = moved(rental, move, "UTESS", "PRG-1182")
        assert rental.state is state
    assert (rental.settled_by, rental.order_number) == ("UTESS", "PRG-1182")


def test_an_order_needs_a_number_and_a_supplier() -> None:
    approved = replace(ASKED, state=R.APPROVED)
    with pytest.raises(Refusal, match="ordered PRG-1182"):
        moved(approved, M.ORDER, "UTESS")
    with pytest.raises(Refusal, match="From whom"):
        moved(replace(approved, supplier=""), M.ORDER, "UTESS", "PRG-1182")


def test_whoever_holds_the_budget_approves_by_asking() -> None:
    made = with_terms(ASKED, Terms(days=5), "UTESS", may_approve=True)
    assert (made.state, made.days, made.settled_by) == (R.APPROVED, 5, "UTESS")


@pytest.mark.parametrize(
    "terms", [Terms(count=2), Terms(days=4), Terms(cents=18001, currency="EUR"), Terms(supplier="Neg Earth")]
)
def test_what_costs_something_else_needs_another_yes(terms: Terms) -> None:
    approved = replace(ASKED, state=R.APPROVED, settled_by="UTESS")
    again = with_terms(approved, terms, "UPIA", may_approve=False)
    assert (again.state, again.settled_by, again.asked_by) == (R.REQUESTED, "", "UPIA")


def test_what_costs_the_same_needs_none() -> None:
    approved = replace(ASKED, state=R.APPROVED, settled_by="UTESS")
    assert with_terms(approved, Terms(supplier="prg"), "UPIA", may_approve=False).state is R.APPROVED


def test_what_is_ordered_is_not_changed_any_more() -> None:
    with pytest.raises(Refusal, match="agree it with the supplier"):
        with_terms(replace(ASKED, state=R.ORDERED), Terms(days=9), "UTESS", may_approve=True)


@pytest.mark.parametrize(
    ("cents", "words"), [(18000, "180"), (118050, "1,180.50"), (5, "0.05"), (0, "0"), (100_000_000, "1,000,000")]
)
def test_money_is_written_with_its_hundredths(cents: int, words: str) -> None:
    assert money(cents) == words
    assert replace(ASKED, cents=cents).price == f"{words} EUR"


def test_no_price_is_no_price() -> None:
    assert replace(ASKED, cents=None).price == ""
    assert [bool(next_step(replace(ASKED, state=state))) for state in RentalState] == [True] * 4 + [False] * 3
