"""Contracts and deposits as they are typed: `signed them Paul Ek https://...`, `in 2500 EUR ref SEPA-88213`."""

import re
from dataclasses import dataclass
from enum import StrEnum

from checklists.deal import Signature
from checklists.evidence import read_evidence
from checklists.items import Evidence
from handlers.moneywords import take_money
from handlers.typed import EDGES, name_of, plain, quote, refusal

OUT, SIGN = (
    "/gig contract lisbon out to Paul Ek",
    "/gig contract lisbon signed them Paul Ek https://example.org/lisbon.pdf",
)
PAY = "/gig deposit lisbon in 2500 EUR ref SEPA-88213"
WAIVE = "/gig deposit lisbon waived Mark Ellis, management: https://example.org/letter.pdf"
LINKED = re.compile(r"<(https?://[^\s|>]+)(?:\|[^>]*)?>|(https?://\S+)", re.IGNORECASE)
NAMED = re.compile(r"(?<!\S)(?:by|from|for|at|with)(?=\s|$)", re.IGNORECASE)
WHOSE = re.compile(r"^(us|ours|we|them|theirs|they|both)(?=[\s,;:]|$)[\s,;:]*", re.IGNORECASE)
SIDES = {"us": Signature.US, "ours": Signature.US, "we": Signature.US, "both": Signature.BOTH}
REFERENCE = re.compile(r"(?<!\S)(?:reference|ref)(?=[\s.:]|$)[\s.:]*", re.IGNORECASE)


class Step(StrEnum):
    """What somebody does about a contract or a deposit."""

    SHOW = "show"
    OUT = "out"
    SIGNED = "signed"
    IN = "in"
    WAIVED = "waived"
    UNDO = "undo"


WORDS = {
    "out": Step.OUT, "sent": Step.OUT, "signed": Step.SIGNED, "in": Step.IN, "received": Step.IN, "arrived": Step.IN,
    "waived": Step.WAIVED, "waive": Step.WAIVED, "undo": Step.UNDO,
}  # fmt: skip
OF_CONTRACT, OF_DEPOSIT = (Step.OUT, Step.SIGNED, Step.UNDO), (Step.IN, Step.WAIVED, Step.UNDO)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as typed; "" for a name, or a document, that was not said."""

    whose: Signature
    name: str
    document: str


@dataclass(frozen=True, slots=True)
class Money:
    """What came in, in hundredths of its currency, and by which reference."""

    cents: int
    currency: str
    reference: str


def split_step(text: str, steps: tuple[Step, ...]) -> tuple[str, Step, str]:
    """What is typed before the first word of these steps, the step, and what follows; SHOW when there is none."""
    for found in re.finditer(r"(?<!\S)([a-z]+)(?=[\s,;:]|$)", text, re.IGNORECASE):
        step = WORDS.get(found[1].casefold())
        if step in steps:
            return text[: found.start()].strip(EDGES), step, text[found.end() :].strip(EDGES)
    return text.strip(EDGES), Step.SHOW, ""


def read_out(said: str) -> str:
    """To whom a contract went; raises Refusal without a name."""
    name = name_of(re.sub(r"^to(?=\s|$)", "", said, flags=re.IGNORECASE).strip(EDGES), "name", OUT)
    if not name:
        raise refusal("To whom did the contract go?", OUT)
    return name


def read_signed(said: str) -> Signed:
    """Whose signature, by which name, and where the signed contract is.

    Raises Refusal when it is not said whose, and for the other side's without a name.
    """
    found = WHOSE.match(said)
    if not found:
        raise refusal("Signed by whom: us, them or both?", SIGN)
    whose = SIDES.get(found[1].casefold(), Signature.THEM)
    name, document = _name_and_link(said[found.end() :], SIGN)
    if whose is not Signature.US and not name:
        raise refusal("Who signed for them? Type the name.", SIGN)
    return Signed(whose, name, document)


def read_money(said: str) -> Money:
    """What came in and the bank's reference; raises Refusal for money without a currency, or without a reference."""
    text, cents, currency = take_money(plain(said), PAY)
    if cents is None:
        raise refusal(f"How much came in, in which currency? I read {quote(said) if said else 'nothing'}.", PAY)
    if not cents:
        raise refusal("Nothing came in? Then there is nothing to note.", PAY)
    reference = read_evidence(Evidence.PAY, REFERENCE.sub(" ", text)).reference
    if not reference:
        raise refusal("Which reference has the payment? The bank finds it by that.", PAY)
    return Money(cents, currency, reference)


def read_waived(said: str) -> tuple[str, str]:
    """Who of management let the deposit go, and where that stands in writing; raises Refusal without either."""
    name, document = _name_and_link(said, WAIVE)
    if not name:
        raise refusal("Who of management let the deposit go?", WAIVE)
    if not document:
        raise refusal("Where does it stand in writing? Give the link of management's letter or mail.", WAIVE)
    return name, document


def read_why(said: str, example: str) -> str:
    """Why something is taken back; raises Refusal without a reason."""
    why = name_of(said, "reason", example)
    if not any(map(str.isalpha, why)):
        raise refusal("Why? What was noted is undone with a reason only.", example)
    return why


def _name_and_link(said: str, example: str) -> tuple[str, str]:
    found = LINKED.search(said)
    link = (found[1] or found[2]) if found else ""
    rest = LINKED.sub(" ", said)
    return name_of(" ".join(NAMED.sub(" ", rest).split()).strip(EDGES), "name", example), link
