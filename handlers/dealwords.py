"""The terms of a deal as they are typed: `flat 5000 EUR deposit 50% by 1 Dec withholding 15%`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from checklists.deal import PERCENT, WHOLE, DealKind, Terms, part_of
from handlers.grammar import read_date
from handlers.moneywords import take_money
from handlers.typed import EDGES, plain, quote, refusal

EXAMPLE = "/gig deal lisbon flat 5000 EUR deposit 50% by 1 Dec"
EXAMPLES: Mapping[DealKind, str] = {
    DealKind.FLAT: EXAMPLE,
    DealKind.VERSUS_NET: "/gig deal lisbon versus net 5000 EUR 85%",
    DealKind.VERSUS_GROSS: "/gig deal lisbon versus gross 5000 EUR 60%",
    DealKind.PLUS: "/gig deal lisbon plus 5000 EUR 85%",
    DealKind.DOOR: "/gig deal lisbon door 80%",
    DealKind.BONUS: "/gig deal lisbon bonus 5000 EUR",
}
SHARES = frozenset({DealKind.VERSUS_NET, DealKind.VERSUS_GROSS, DealKind.PLUS, DealKind.DOOR})
"""Kinds that need a share of the box office; every kind but the door deal needs a guarantee."""
KIND = re.compile(r"(?<!\S)(flat|versus|vs\.?|plus|door|bonus)(?=[\s,;:]|$)", re.IGNORECASE)
BOX = re.compile(r"(?<!\S)(net|gross)(?=[\s,;]|$)", re.IGNORECASE)
SHARE = re.compile(
    r"(?<!\S)(-?[0-9]{1,4}(?:[.,][0-9]{1,3})?) ?(?:%|per ?cent|pct)(?=[\s,;]|$)", re.IGNORECASE | re.ASCII
)
CLAUSE = re.compile(
    r"(?<!\S)(no deposit|deposit|no (?:withholding|tax)|withholding(?: tax)?|wht|due(?: by| on)?|by)(?=[\s,;:]|$)",
    re.IGNORECASE,
)
FILLING = re.compile(
    r"(?<!\S)(?:deal|fee|guarantee|guaranteed|of|and|or|the|is|at|box office|receipts)(?=[\s,;]|$)", re.I
)
CLAUSES: Mapping[str, str] = {
    "wht": "withholding",
    "withholding tax": "withholding",
    "by": "due",
    "no tax": "no withholding",
}


@dataclass(frozen=True, slots=True)
class Clauses:
    """What stands behind each keyword; None where it was not typed."""

    deposit: str | None = None
    withholding: str | None = None
    due: str | None = None


def read_terms(said: str, today: date) -> Terms:
    """What was agreed; `today` serves a due date without a year: the next such date.

    Raises Refusal for what is missing, typed twice, of two currencies, out of bounds, or not understood.
    """
    head, clauses = _parts(plain(said))
    head, kind = _kind(head)
    example = EXAMPLES[kind]
    head, cents, currency = take_money(head, example)
    head, share = _share(head, example)
    _refuse_rest(head, example)
    _need(kind, cents, share, example)
    deposit, currency = _deposit(clauses.deposit or "", cents or 0, currency, example)
    return Terms(kind, cents or 0, currency, share, _withheld(clauses, example), deposit, _due(clauses, deposit, today))


def _parts(said: str) -> tuple[str, Clauses]:
    """What comes before the keywords, and what follows each."""
    head, *rest = CLAUSE.split(said)
    found: dict[str, str] = {}
    for typed, words in _pairs(rest):
        key, text = _clause(typed, words)
        if key in found:
            raise refusal(f"{key.capitalize()} stands there twice.", EXAMPLE)
        found[key] = text
    return head, Clauses(found.get("deposit"), found.get("withholding"), found.get("due"))


def _pairs(rest: list[str]) -> Iterator[tuple[str, str]]:
    return zip(rest[::2], rest[1::2], strict=True)


def _clause(typed: str, words: str) -> tuple[str, str]:
    key = typed.casefold()
    key = "due" if key.startswith("due") else CLAUSES.get(key, key)
    text = FILLING.sub(" ", words).strip(EDGES)
    if not key.startswith("no "):
        if not text and key == "deposit":
            raise refusal("How much is the deposit? Or `no deposit`.", EXAMPLE)
        return key, text
    if text:
        raise refusal(f"I do not understand {quote(text)} behind {key}.", EXAMPLE)
    return key.removeprefix("no "), "none"


def _kind(head: str) -> tuple[str, DealKind]:
    """The head without the kind, and the kind; whether a share is of net or gross is said, never guessed."""
    found = KIND.search(head)
    if not found:
        raise refusal(f"Which kind of deal is {quote(head.strip())}? Flat, versus, plus, door or bonus.", EXAMPLE)
    word, head = found[1].casefold().rstrip("."), f"{head[: found.start()]} {head[found.end() :]}"
    box = BOX.search(head)
    head = BOX.sub(" ", head)
    if word not in ("versus", "vs"):
        return head, DealKind(word)
    if not box:
        raise refusal(
            "Versus net or versus gross? It moves thousands, so I never guess.", EXAMPLES[DealKind.VERSUS_NET]
        )
    return head, DealKind(f"versus_{box[1].casefold()}")


def _share(head: str, example: str) -> tuple[str, int | None]:
    found = SHARE.search(head)
    if not found:
        return head, None
    return f"{head[: found.start()]} {head[found.end() :]}", _thousandths(found, example)


def _thousandths(found: re.Match[str], example: str) -> int:
    value = int(Decimal(found[1].replace(",", ".")) * PERCENT)
    if not 0 < value <= WHOLE:
        raise refusal(f"{quote(found[0])}? A share is more than nothing and at most 100 %.", example)
    return value


def _refuse_rest(head: str, example: str) -> None:
    """Raises Refusal for words that nobody read: a figure among them most likely lacks its currency."""
    rest = " ".join(FILLING.sub(" ", head).replace(",", " ").replace(";", " ").split()).strip(EDGES)
    if re.fullmatch(r"-?[0-9][0-9.']*", rest):
        raise refusal(f"{quote(rest)}: of which currency is that? I never guess it.", example)
    if rest:
        raise refusal(f"I do not understand {quote(rest)} in that deal.", example)


def _need(kind: DealKind, cents: int | None, share: int | None, example: str) -> None:
    if not cents and kind is not DealKind.DOOR:
        raise refusal(f"How much is the guarantee of a {kind.words} deal?", example)
    if share is None and kind in SHARES:
        raise refusal(f"Which share of the box office has a {kind.words} deal?", example)
    if share is not None and kind not in SHARES:
        raise refusal(f"A {kind.words} deal has no share of the box office. Versus or plus has.", example)


def _deposit(said: str, cents: int, currency: str, example: str) -> tuple[int, str]:
    """The deposit, and the currency of the deal: a part of the guarantee, or a sum of its own."""
    if said in ("", "none"):
        return 0, currency
    if found := SHARE.fullmatch(said):
        if not cents:
            raise refusal(
                "A part of which guarantee? Write the deposit as a sum.", "/gig deal lisbon door 80% deposit 500 EUR"
            )
        return part_of(cents, _thousandths(found, example)), currency
    rest, sum_, of = take_money(said if not currency or not said[-1:].isdigit() else f"{said} {currency}", example)
    if sum_ is None or rest.strip(EDGES):
        raise refusal(f"How much is the deposit? I read {quote(said)}; write a sum or a percentage.", example)
    if currency and of != currency:
        raise refusal(f"The guarantee is in {currency}, the deposit in {of}. One deal has one currency.", example)
    if cents and sum_ > cents:
        raise refusal("The deposit is more than the guarantee.", example)
    return sum_, of


def _withheld(clauses: Clauses, example: str) -> int | None:
    said = clauses.withholding
    if said is None or said == "none":
        return None if said is None else 0
    found = SHARE.fullmatch(said)
    if not found:
        raise refusal(f"How much tax is withheld? I read {quote(said)}.", f"{example} withholding 15%")
    return 0 if not Decimal(found[1].replace(",", ".")) else _thousandths(found, example)


def _due(clauses: Clauses, deposit: int, today: date) -> date | None:
    if clauses.due is None:
        return None
    if not deposit:
        raise refusal("What is due by then? I found no deposit.", EXAMPLE)
    return read_date(clauses.due, today)
