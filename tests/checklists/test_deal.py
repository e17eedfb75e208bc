"""The rules of a gig's paper: what is due of a deposit, who checks a deal, and when a contract is in force."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.deal import (
    MOST_PAYMENTS,
    WHOLE,
    DealKind,
    Paper,
    Payment,
    Signature,
    Terms,
    checked,
    contract_is_signed,
    deposit_is_in,
    dropped,
    due,
    paid,
    part_of,
    refuse_payment,
    signed,
    terms_are_checked,
    unsigned,
    with_terms,
    written,
)
from checklists.errors import Refusal

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TERMS = Terms(DealKind.FLAT, 5000_00, "EUR", deposit=2500_00)
TYPED = Paper(TERMS, "UTESS")
SUMS = st.integers(1, 10**12)


def payment(cents: int, reference: str = "A-1", back_at: datetime | None = None) -> Payment:
    return Payment(1, 1, cents, "EUR", reference, "UTESS", NOW, back_at)


@given(SUMS, st.integers(0, WHOLE))
def test_a_part_is_never_more_than_the_whole_and_both_parts_make_it(cents: int, thousandths: int) -> None:
    part = part_of(cents, thousandths)
    assert 0 <= part <= cents
    assert part + part_of(cents, WHOLE - thousandths) in (cents, cents + 1)


@pytest.mark.parametrize(
    ("cents", "thousandths", "part"), [(1, 50_000, 1), (333, 50_000, 167), (475_200, 15_825, 75_200)]
)
def test_a_part_is_rounded_half_up(cents: int, thousandths: int, part: int) -> None:
    assert part_of(cents, thousandths) == part


@given(st.lists(st.tuples(SUMS, st.booleans()), max_size=8), SUMS)
def test_what_is_due_is_the_deposit_without_what_came_in_and_stayed(came: list[tuple[int, bool]], deposit: int) -> None:
    payments = [payment(cents, back_at=None if stays else NOW) for cents, stays in came]
    stayed = sum(cents for cents, stays in came if stays)
    paper = replace(TYPED, terms=replace(TERMS, deposit=deposit))
    assert paid(payments) == stayed
    assert due(paper, payments) == max(0, deposit - stayed)
    assert deposit_is_in(paper, payments)[0] is (stayed >= deposit)
    assert due(replace(paper, waived="Mark, letter"), payments) == 0


@pytest.mark.parametrize(
    ("paper", "holds"),
    [
        (Paper(), None),
        (Paper(terms_note="it is off"), False),
        (TYPED, False),
        (replace(TYPED, waived="Mark, letter"), True),
        (replace(TYPED, terms=replace(TERMS, deposit=0)), True),
    ],
)
def test_a_deposit_with_nothing_in_yet(paper: Paper, holds: bool | None) -> None:
    assert deposit_is_in(paper, [])[0] is holds


def test_the_words_of_a_deposit_have_no_sum() -> None:
    for paper in (TYPED, replace(TYPED, waived="Mark, letter")):
        for payments in ([], [payment(1000_00)], [payment(2500_00)]):
            assert not set("0123456789") & set(deposit_is_in(paper, payments)[1].replace("A-1", ""))


def test_whoever_typed_a_deal_cannot_check_it_and_a_change_takes_the_check_back() -> None:
    with pytest.raises(Refusal, match="second pair of eyes"):
        checked(TYPED, "UTESS")
    seen = checked(TYPED, "UDEE")
    assert terms_are_checked(seen)[0] is True
    with pytest.raises(Refusal, match="already"):
        checked(seen, "UBO")
    changed = with_terms(seen, replace(TERMS, deposit_due=date(2026, 9, 20)), "UDEE")
    assert terms_are_checked(changed)[0] is False
    with pytest.raises(Refusal, match="says so already"):
        with_terms(seen, TERMS, "UBO")


@pytest.mark.parametrize("change", [lambda paper: checked(paper, "UDEE"), lambda paper: dropped(paper, [], "off")])
def test_without_a_deal_there_is_nothing_to_check_or_to_drop(change: object) -> None:
    assert callable(change)
    with pytest.raises(Refusal, match="No deal is typed"):
        change(Paper())


def test_a_deal_with_money_under_it_is_not_dropped() -> None:
    with pytest.raises(Refusal, match="Money has come in"):
        dropped(TYPED, [payment(1)], "off")
    assert dropped(TYPED, [payment(1, back_at=NOW)], "off") == Paper(terms_note="off")
    assert terms_are_checked(Paper(terms_note="off")) == (False, "off")


@given(st.lists(st.sampled_from(["us", "them", "both", "document", "undo"]), max_size=8))
def test_a_contract_is_in_force_with_both_signatures_and_the_document_only(moves: list[str]) -> None:
    paper, has = Paper(), set[str]()
    for number, move in enumerate(moves):
        if move == "undo":
            if not has & {"us", "them"}:
                continue
            paper, has = unsigned(paper, "struck"), set()
        elif move == "document":
            paper, has = signed(paper, Signature.US, f"Tess {number}", f"d{number}.pdf"), has | {"us", "document"}
        else:
            paper = signed(paper, Signature(move), f"Paul {number}", "")
            has |= {"us", "them"} if move == "both" else {move}
    in_force = has == {"us", "them", "document"}
    assert paper.is_in_force is in_force
    assert (contract_is_signed(paper)[0] is True) is in_force


def test_a_signature_is_noted_once_and_undone_once() -> None:
    paper = signed(Paper(), Signature.US, "Tess", "")
    with pytest.raises(Refusal, match="noted already"):
        signed(paper, Signature.US, "Tess", "")
    gone = unsigned(paper, "struck")
    assert contract_is_signed(gone) == (False, "struck")
    with pytest.raises(Refusal, match="Nothing is noted"):
        unsigned(gone, "again")


@pytest.mark.parametrize(
    ("paper", "payments", "currency", "told"),
    [
        (Paper(), [], "EUR", "No deal is typed"),
        (replace(TYPED, terms=replace(TERMS, deposit=0)), [], "EUR", "has no deposit"),
        (TYPED, [], "GBP", "in EUR, not in GBP"),
        (TYPED, [payment(1, "a-1")], "EUR", "noted already"),
        (TYPED, [payment(1, f"B-{n}") for n in range(MOST_PAYMENTS)], "EUR", "at most"),
    ],
)
def test_money_that_cannot_be_of_this_deposit(paper: Paper, payments: list[Payment], currency: str, told: str) -> None:
    with pytest.raises(Refusal, match=told):
        refuse_payment(paper, payments, currency, "A-1")


def test_a_payment_taken_back_may_be_noted_again() -> None:
    refuse_payment(TYPED, [payment(1, back_at=NOW)], "EUR", "A-1")


def test_what_is_written_for_the_journal_is_all_that_is_not_empty() -> None:
    assert written(Paper()) == ""
    assert written(TYPED) == "kind flat, cents 500000, currency EUR, deposit 250000, typed_by UTESS"
