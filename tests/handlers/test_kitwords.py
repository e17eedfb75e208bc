"""Equipment is read as it is typed, and refused with a line that works."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.rentals import Move, Terms
from handlers.kitwords import Act, KitAsked, read_kit

A = Act
PRG = Terms(0, "PRG", 3, 18000, "EUR")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", KitAsked(A.SHOW)),
        ("lisbon", KitAsked(A.SHOW, "lisbon")),
        ('"The House of Blues"', KitAsked(A.SHOW, "The House of Blues")),
        (
            "need 4 vocal wireless must or Shure ULXD",
            KitAsked(A.NEED, name="vocal wireless", count=4, must=True, subs=("Shure ULXD",)),
        ),
        (
            "need 2 SM58 or SM57 or Beta 58 nice",
            KitAsked(A.NEED, name="SM58", count=2, must=False, subs=("SM57", "Beta 58")),
        ),
        ("need four drum risers", KitAsked(A.NEED, name="drum risers", count=4)),
        ("need 4 421", KitAsked(A.NEED, name="421", count=4)),
        ("need 1 12ch desk", KitAsked(A.NEED, name="12ch desk", count=1)),
        ("need vocal wireless off", KitAsked(A.NEED, name="vocal wireless", off=True)),
        ("need 0 vocal wireless", KitAsked(A.NEED, name="vocal wireless", off=True)),
        ("carry 2 drum riser in 3 cases", KitAsked(A.CARRY, name="drum riser", count=2, cases=3)),
        ("carry 2 drum riser in one flightcase", KitAsked(A.CARRY, name="drum riser", count=2, cases=1)),
        ("lisbon carry all", KitAsked(A.CARRY, "lisbon", count=999)),
        ("lisbon carry none", KitAsked(A.CARRY, "lisbon", count=0)),
        ("#2 carry off", KitAsked(A.CARRY, "#2", off=True)),
        ("lisbon carry 1 drum riser", KitAsked(A.CARRY, "lisbon", "drum riser", 1)),
        ("repair drum riser", KitAsked(A.REPAIR, name="drum riser")),
        ("repair 1 drum riser done", KitAsked(A.REPAIR, name="drum riser", count=1, off=True)),
        ("lisbon house 2 drum riser", KitAsked(A.HOUSE, "lisbon", "drum riser", 2)),
        ("#3 House no piano", KitAsked(A.HOUSE, "#3", "piano", 0)),
        ("lisbon house 4 ULXD for vocal wireless", KitAsked(A.HOUSE, "lisbon", "ULXD", 4, line="vocal wireless")),
        ("lisbon house piano off", KitAsked(A.HOUSE, "lisbon", "piano", off=True)),
        ("lisbon promoter 1 d&amp;b V8", KitAsked(A.PROMOTER, "lisbon", "d&b V8", 1)),
        ("lisbon accept ULXD for vocal wireless", KitAsked(A.ACCEPT, "lisbon", "ULXD", line="vocal wireless")),
        (
            "lisbon accept ULXD for vocal wireless by <@U0ANA|ana>",
            KitAsked(A.ACCEPT, "lisbon", "ULXD", line="vocal wireless", person="U0ANA"),
        ),
        (
            "lisbon accept ULXD for vocal wireless off",
            KitAsked(A.ACCEPT, "lisbon", "ULXD", line="vocal wireless", off=True),
        ),
        ("lisbon rent vocal wireless", KitAsked(A.RENT, "lisbon", "vocal wireless")),
        ("lisbon rent vocal wireless from PRG 3 days 180 EUR", KitAsked(A.RENT, "lisbon", "vocal wireless", terms=PRG)),
        (
            "lisbon rent 4 ULXD for vocal wireless from PRG 3 days 180 EUR",
            KitAsked(A.RENT, "lisbon", "ULXD", 4, line="vocal wireless", terms=PRG),
        ),
        ("lisbon rent vocal wireless off", KitAsked(A.MOVE, "lisbon", "vocal wireless", move=Move.CANCEL)),
        (
            "lisbon rent vocal wireless ordered PRG-1182",
            KitAsked(A.MOVE, "lisbon", "vocal wireless", move=Move.ORDER, order="PRG-1182"),
        ),
        ("lisbon ordered PRG-1182", KitAsked(A.MOVE, "lisbon", move=Move.ORDER, order="PRG-1182")),
        (
            "lisbon ordered PRG-1182 for vocal wireless",
            KitAsked(A.MOVE, "lisbon", "vocal wireless", move=Move.ORDER, order="PRG-1182"),
        ),
        ("lisbon delivered", KitAsked(A.MOVE, "lisbon", move=Move.DELIVER)),
        ("lisbon off-hire piano", KitAsked(A.MOVE, "lisbon", "piano", move=Move.RETURN)),
        ("lisbon approve piano", KitAsked(A.MOVE, "lisbon", "piano", move=Move.APPROVE)),
    ],
)
def test_a_line_is_read(typed: str, read: KitAsked) -> None:
    assert read_kit(typed) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("need vocal wireless", 'How many "vocal wireless"?'), ("need 4", "4 of what?"), ("need", "I found no name"),
        ("need 10000 mics", "from 0 to 999"), ("need -3 mics", "from 0 to 999"), ("need 2.5 mics", "whole numbers"),
        ("need 4 !!!", "is no name of a thing"), (f"need 4 {'x' * 61}", "at most 60 fit"),
        (f"need 4 a{' or b' * 9}", "at most 8 substitutes"), ("carry drum riser", "How many"),
        ("carry 2 drum riser in 5000 cases", "from 0 to 999"), ("lisbon house drum riser", "How many"),
        ("lisbon hosue 2 drum riser", "Did you mean house?"), ("lisbon accept ULXD", "For which line"),
        ("lisbon rent piano from PRG 180", "of which currency"), ("lisbon rent piano from PRG $180", "which country"),
        ("lisbon rent piano from PRG -180 EUR", "is no price"), ("lisbon rent piano from PRG 0 days", "1 to 365 days"),
        ("lisbon rent piano from PRG 400 days", "1 to 365 days"), ("lisbon rent piano from", "From whom?"),
        (f"lisbon rent piano from {'x' * 61}", "at most 60 fit"), (f"lisbon ordered {'9' * 61}", "at most 60 fit"),
        ("lisbon rent piano from PRG 999999999 EUR", "too much"), ("lisbon rent", "I found no name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_what_to_type(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_kit(typed)
    assert told in str(no.value)
    assert "Type it like this: `/gig kit " in str(no.value)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("from Studio 54 1 week €1,180.50", Terms(0, "Studio 54", 7, 118050, "EUR")),
        ("from PRG 180,5 eur", Terms(0, "PRG", 0, 18050, "EUR")),
        ("from PRG 1.180 EUR", Terms(0, "PRG", 0, 118000, "EUR")),
        ("from PRG 180 £ 2-days", Terms(0, "PRG", 2, 18000, "GBP")),
        ("3 days 180 EUR", Terms(0, "", 3, 18000, "EUR")),
        ("180 EUR from PRG", Terms(0, "PRG", 0, 18000, "EUR")),
        ("from Neg Earth", Terms(0, "Neg Earth")),
    ],
)
def test_supplier_days_and_price_are_read_in_any_order(typed: str, terms: Terms) -> None:
    found = read_kit(f"lisbon rent 2 piano {typed}")
    assert (found.name, found.count, found.terms) == ("piano", 2, terms)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for typed in (text, f"need 4 {text}", f"lisbon rent {text}", f"lisbon house {text}", f"lisbon accept {text}"):
        with suppress(Refusal):
            assert read_kit(typed) is not None
