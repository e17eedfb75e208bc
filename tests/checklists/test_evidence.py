"""Evidence is read for what it is, and the wrong kind is refused with what to type."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.evidence import READERS, Proof, read_evidence
from checklists.items import Evidence


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("13.5 m", "13.5", "m"),
        ("13,5 m", "13.5", "m"),
        ("400 A", "400", "A"),
        ("3 x 63A, 3-phase", "63", "A"),
        ("24 cases", "24", "cases"),
        ("6 of 6 hands", "6", "hands"),
        ("€1,250", "1250", "€"),
        ("1.250,00 EUR", "1250.00", "EUR"),
        ("EUR 250", "250", "EUR"),
        ("85 %", "85", "%"),
        ("-5 dB", "-5", "dB"),
        ("99 dB(A) over 15 min", "99", "dB(A)"),
        ("stage 12 m wide", "12", "m"),
        ("on at 19:04", "1144", "o'clock"),
        ("13.50 m", "13.50", "m"),
    ],
)
def test_a_number_has_its_unit(text: str, amount: str, unit: str) -> None:
    found = read_evidence(Evidence.NUM, text)
    assert (found.amount, found.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Evidence.NUM, "yes", "“yes” is not a number with its unit: type for example `13.5 m`."),
        (Evidence.NUM, "", "An empty answer is not a number"),
        (Evidence.NUM, "12", "“12” has no unit: type for example `12 m`, `12 A` or `12 cases`."),
        (Evidence.NUM, "12 yes", "has no unit"),
        (Evidence.NUM, "1e999", "has no unit"),
        (Evidence.ACK, "yes", "“yes” does not say whose yes it is"),
        (Evidence.ACK, "house says yes", "whose yes"),
        (Evidence.ACK, "https://example.org/mail yes", "whose yes"),
        (Evidence.ACK, "Sam said no", "reads as a no"),
        (Evidence.NAME, "yes", "no name and no phone number"),
        (Evidence.NAME, "Sam Okafor", "has no phone number"),
        (Evidence.NAME, "+31 6 1234 5678", "has no name"),
        (Evidence.PAY, "paid", "has no payment reference"),
        (Evidence.PAY, "2,500.00 EUR on 2026-11-20", "has no payment reference"),
        (Evidence.DOC, "yes", "is not a document or a link"),
        (Evidence.PHOTO, "yes", "is not a photo"),
        (Evidence.PHOTO, "rider.pdf", "is not a photo"),
        (Evidence.TICK, "not yet", "reads as a no"),
    ],
)
def test_the_wrong_kind_is_refused_with_what_to_type(kind: Evidence, text: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_evidence(kind, text)
    assert said in str(refused.value)
    assert "`" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Sam Okafor, house PM: yes, by mail", "Sam Okafor"),
        ("<@U0ANA> yes", "U0ANA"),
        ("sam ok", "sam"),
        ("mail from Sam 12 Oct", "Sam"),
        ("yes from Marie-Claire D’Arcy, no problem", "Marie-Claire D’Arcy"),
        ("王伟: 同意", "王伟"),
    ],
)
def test_a_yes_is_a_named_persons(text: str, who: str) -> None:
    assert read_evidence(Evidence.ACK, text).who == who


@pytest.mark.parametrize(
    ("text", "who", "phone"),
    [
        ("Sam Okafor +31 6 1234 5678", "Sam Okafor", "+31612345678"),
        ("Sam Okafor (promoter rep), (020) 626-4521", "Sam Okafor", "0206264521"),
        ("Sam <tel:+31612345678|+31 6 12>", "Sam", "+31612345678"),
        ("house PM 020 626 4521", "house PM", "0206264521"),
    ],
)
def test_a_name_has_its_phone_number(text: str, who: str, phone: str) -> None:
    found = read_evidence(Evidence.NAME, text)
    assert (found.who, found.phone) == (who, phone)


def test_a_payment_has_the_reference_a_bank_would_find_it_by() -> None:
    found = read_evidence(Evidence.PAY, "EUR 2,500.00 wired 2026-11-20, ref SEPA-88213")
    assert (found.reference, found.amount, found.unit) == ("SEPA-88213", Decimal("2500.00"), "EUR")
    assert read_evidence(Evidence.PAY, "here", ["slip.pdf"]).link == "slip.pdf"


def test_a_document_or_a_photo_is_a_link_or_what_was_dropped() -> None:
    assert read_evidence(Evidence.DOC, "<https://example.org/r|rider v3>").link == "https://example.org/r"
    assert read_evidence(Evidence.DOC, "", ["rider.pdf"]).link == "rider.pdf"
    assert read_evidence(Evidence.PHOTO, "", ["truck.JPG"]).link == "truck.JPG"
    with pytest.raises(Refusal, match="not a photo"):
        read_evidence(Evidence.PHOTO, "", ["rider.pdf"])


def test_a_tick_needs_no_words() -> None:
    assert read_evidence(Evidence.TICK, "") == Proof(Evidence.TICK)


def test_a_novel_is_refused() -> None:
    with pytest.raises(Refusal, match="300 characters"):
        read_evidence(Evidence.TICK, "x" * 301)


@pytest.mark.parametrize("kind", Evidence)
@given(text=st.text(max_size=300))
def test_any_words_are_read_or_refused(kind: Evidence, text: str) -> None:
    assert set(READERS) == set(Evidence)
    with suppress(Refusal):
        assert read_evidence(kind, text).kind is kind
