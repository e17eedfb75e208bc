"""A gig's paper: the deal as typed and held to the contract, the two signatures, and the deposit.

Sums are whole hundredths of their currency, percentages whole thousandths of a percent: 15.825 % is 15825.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from checklists.errors import Refusal

PERCENT = 1000
WHOLE = 100 * PERCENT
MOST_PAYMENTS = 20


class DealKind(StrEnum):
    """How a fee is made (the trade's five, the second by net or gross)."""

    FLAT = "flat"
    VERSUS_NET = "versus_net"
    VERSUS_GROSS = "versus_gross"
    PLUS = "plus"
    DOOR = "door"
    BONUS = "bonus"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Signature(StrEnum):
    """Whose."""

    US = "us"
    THEM = "them"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. `cents`: the guarantee. `share`: of the box office, None for none. `withheld`: the tax kept
    back, None while nobody has said. `deposit`: 0 for none; `deposit_due` is a day at the venue.
    """

    kind: DealKind
    cents: int = 0
    currency: str = ""
    share: int | None = None
    withheld: int | None = None
    deposit: int = 0
    deposit_due: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything written of one gig. What is empty has not happened.

    `typed_by` typed the terms, `checked_by` held them to the contract. `ours` and `theirs` name who signed,
    `document` is where the contract is. `waived`: how management let the deposit go. The notes say why the terms, the
    contract or the deposit were taken back last.
    """

    terms: Terms | None = None
    typed_by: str = ""
    checked_by: str = ""
    sent_to: str = ""
    ours: str = ""
    theirs: str = ""
    document: str = ""
    waived: str = ""
    terms_note: str = ""
    contract_note: str = ""
    deposit_note: str = ""

    @property
    def is_in_force(self) -> bool:
        """Both have signed, and the document is at hand."""
        return bool(self.ours and self.theirs and self.document)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in for the deposit; `back_at`: it was noted by mistake, and why is in the paper."""

    id: int
    gig_id: int
    cents: int
    currency: str
    reference: str
    by: str
    at: datetime
    back_at: datetime | None = None


def part_of(cents: int, thousandths: int) -> int:
    """So many thousandths of a percent of a sum, rounded half up to the hundredth."""
    return int((Decimal(cents) * thousandths / WHOLE).quantize(Decimal(1), ROUND_HALF_UP))


def paid(payments: Iterable[Payment]) -> int:
    """What came in, in hundredths."""
    return sum(each.cents for each in payments if each.back_at is None)


def due(paper: Paper, payments: Iterable[Payment]) -> int:
    """What is still due of the deposit, in hundredths; 0 when it was let go, or paid in full or above."""
    if paper.terms is None or paper.waived:
        return 0
    return max(0, paper.terms.deposit - paid(payments))


def with_terms(paper: Paper, terms: Terms, who: str) -> Paper:
    """The paper with these terms: whoever had held the old ones to the contract has not seen them.

    Raises Refusal when they are the same.
    """
    if paper.terms == terms:
        raise Refusal("The deal says so already. Nothing was changed.")
    return replace(paper, terms=terms, typed_by=who, checked_by="", terms_note="")


def checked(paper: Paper, who: str) -> Paper:
    """The paper once somebody has held its terms to the contract; raises Refusal for whoever typed them."""
    need_terms(paper)
    if paper.typed_by == who:
        raise Refusal(
            "You typed this deal: a second pair of eyes holds it to the contract. Ask somebody else who may see the "
            "money to type the same line. Nothing was changed."
        )
    if paper.checked_by:
        raise Refusal("It was checked already. Nothing was changed.")
    return replace(paper, checked_by=who)


def dropped(paper: Paper, payments: Sequence[Payment], why: str) -> Paper:
    """The paper without terms; raises Refusal while money stands under them."""
    need_terms(paper)
    if paid(payments):
        raise Refusal("Money has come in under this deal. Take the deposit back first, and say why.")
    return replace(paper, terms=None, typed_by="", checked_by="", waived="", terms_note=why)


def signed(paper: Paper, whose: Signature, name: str, document: str) -> Paper:
    """The paper after a signature; raises Refusal for one that is there already, with nothing new said of it.

    `document`: where the signed contract is; "" keeps what is known.
    """
    ours = name if whose in (Signature.US, Signature.BOTH) else paper.ours
    theirs = name if whose in (Signature.THEM, Signature.BOTH) else paper.theirs
    new = replace(paper, ours=ours, theirs=theirs, document=document or paper.document, contract_note="")
    if new == paper:
        raise Refusal("That signature is noted already. Nothing was changed.")
    return new


def unsigned(paper: Paper, why: str) -> Paper:
    """The paper with no signature; raises Refusal when there is none."""
    if not (paper.ours or paper.theirs or paper.sent_to):
        raise Refusal("Nothing is noted of this contract. Nothing was changed.")
    return replace(paper, sent_to="", ours="", theirs="", document="", contract_note=why)


def need_terms(paper: Paper) -> Terms:
    """The terms; raises Refusal while there are none."""
    if paper.terms is None:
        raise Refusal(
            "No deal is typed for this gig. Type it first: `/gig deal lisbon flat 5000 EUR deposit 50% by 1 Dec`, with "
            "the gig's city or number. Nothing was changed."
        )
    return paper.terms


def refuse_payment(paper: Paper, payments: Sequence[Payment], currency: str, reference: str) -> None:
    """Raises Refusal for money that cannot be of this deposit, or that is noted already."""
    terms = need_terms(paper)
    if not terms.deposit:
        raise Refusal("This deal has no deposit. Type the deal anew with one, if it has. Nothing was changed.")
    if currency != terms.currency:
        raise Refusal(f"The deposit is in {terms.currency}, not in {currency}. Nothing was changed.")
    stands = [each for each in payments if each.back_at is None]
    if any(each.reference.casefold() == reference.casefold() for each in stands):
        raise Refusal(f"A payment with the reference {reference} is noted already. Nothing was changed.")
    if len(payments) >= MOST_PAYMENTS:
        raise Refusal(f"A deposit has at most {MOST_PAYMENTS} payments. Nothing was changed.")


def written(paper: Paper) -> str:
    """All that is not empty, for the journal."""
    told = {**(asdict(paper.terms) if paper.terms else {}), **asdict(paper)}
    return ", ".join(
        f"{name} {value}" for name, value in told.items() if name != "terms" and value not in ("", None, 0)
    )


def terms_are_checked(paper: Paper) -> tuple[bool | None, str]:
    """Whether the deal is typed in and was held to the contract, and in which words; None while nobody typed any."""
    if paper.terms is None:
        return (False, paper.terms_note) if paper.terms_note else (None, "")
    return (True, "checked by a second person") if paper.checked_by else (False, "the terms are not checked")


def contract_is_signed(paper: Paper) -> tuple[bool | None, str]:
    """Whether both have signed, with the document as the evidence; None while no signature was ever noted."""
    if paper.is_in_force:
        return True, f"signed by {paper.ours} and {paper.theirs}: {paper.document}"
    if paper.contract_note:
        return False, paper.contract_note
    return None, ""


def deposit_is_in(paper: Paper, payments: Sequence[Payment]) -> tuple[bool | None, str]:
    """Whether nothing is due of the deposit, in words without a sum; None while no deal was ever typed."""
    if paper.terms is None:
        return (False, paper.terms_note) if paper.terms_note else (None, "")
    if paper.waived:
        return True, f"let go by management: {paper.waived}"
    if not paper.terms.deposit:
        return True, "the deal has none"
    if due(paper, payments):
        return False, paper.deposit_note or "not all of it is in"
    return True, "in, reference " + ", ".join(each.reference for each in payments if each.back_at is None)
