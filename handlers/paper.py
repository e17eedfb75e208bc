"""`/gig deal`, `/gig contract`, `/gig deposit`: what a gig has in writing. Private, for those who see the money."""

import re
from dataclasses import replace

from checklists.deal import (
    Paper,
    Signature,
    Terms,
    checked,
    dropped,
    due,
    need_terms,
    refuse_payment,
    signed,
    unsigned,
    with_terms,
    written,
)
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards.gig import verdict_change
from handlers.cards.paper import paper_card, sum_of
from handlers.cards.prose import escape
from handlers.dealwords import KIND, read_terms
from handlers.paperwords import (
    OF_CONTRACT,
    OF_DEPOSIT,
    Signed,
    Step,
    read_money,
    read_out,
    read_signed,
    read_waived,
    read_why,
    split_step,
)
from handlers.typed import EDGES, gig_of, plain, split_gig, tidy
from handlers.upkeep import keep
from handlers.which import need_money, the_gig, tour_here
from storage.book import Book

ACT = re.compile(r"(?<!\S)(checked|check|drop(?:ped)?)(?=[\s,;:]|$)", re.IGNORECASE)
DROP = "/gig deal lisbon drop the promoter withdrew"
UNDO_CONTRACT = "/gig contract lisbon undo the rider was struck"
UNDO_DEPOSIT = "/gig deposit lisbon undo booked to the wrong show"


def deal(book: Book, asked: Asked) -> Reply:
    """`/gig deal CITY flat 5000 EUR ...` types it, `CITY checked`: held to the contract, `CITY drop WHY` forgets it."""
    named, word, rest = _split_deal(tidy(asked.text))
    gig = _gig(book, asked, named, is_change=bool(word))
    if not word:
        return _shown(book, gig, book.deals.of_gig(gig.id))
    before = book.deals.hold(gig.id)
    match word:
        case "checked":
            return _keep(book, gig, checked(before, asked.who), "deal checked", "Checked against the contract.", asked)
        case "drop":
            after = dropped(before, book.deals.payments(gig.id), read_why(plain(rest), DROP))
            return _keep(book, gig, after, "deal dropped", "The deal is taken back.", asked)
    terms = read_terms(f"{word} {rest}", local(asked.now, gig.zone).date())
    _refuse_other_currency(book, gig, terms)
    return _keep(book, gig, with_terms(before, terms, asked.who), "deal", "Kept.", asked)


def contract(book: Book, asked: Asked) -> Reply:
    """`/gig contract CITY out to NAME`, `signed us|them|both NAME LINK`, `undo WHY`; without those it is shown."""
    named, step, rest = _split(asked, OF_CONTRACT)
    gig = _gig(book, asked, named, is_change=step is not Step.SHOW)
    if step is Step.SHOW:
        return _shown(book, gig, book.deals.of_gig(gig.id))
    before = book.deals.hold(gig.id)
    match step:
        case Step.OUT:
            after, said = replace(before, sent_to=read_out(plain(rest)), contract_note=""), "The contract is out."
        case Step.SIGNED:
            after = _signed(book, before, read_signed(rest), asked)
            said = "Signed by both, and at hand." if after.is_in_force else "Signature noted."
        case _:
            after, said = unsigned(before, read_why(plain(rest), UNDO_CONTRACT)), "The signatures are taken back."
    return _keep(book, gig, after, "contract", said, asked)


def deposit(book: Book, asked: Asked) -> Reply:
    """`/gig deposit CITY in 2500 EUR ref AB-1`, `waived NAME LINK`, `undo WHY`; without those it is shown."""
    named, step, rest = _split(asked, OF_DEPOSIT)
    gig = _gig(book, asked, named, is_change=step is not Step.SHOW)
    if step is Step.SHOW:
        return _shown(book, gig, book.deals.of_gig(gig.id))
    before = book.deals.hold(gig.id)
    match step:
        case Step.IN:
            return _paid(book, gig, before, rest, asked)
        case Step.WAIVED:
            return _waived(book, gig, before, rest, asked)
    return _taken_back(book, gig, before, read_why(plain(rest), UNDO_DEPOSIT), asked)


def _split_deal(text: str) -> tuple[str, str, str]:
    """The gig's words, the first word of ours behind them ("" for none), and the rest."""
    gig, rest = split_gig(text)
    found = min(
        (each for each in (KIND.search(rest), ACT.search(rest)) if each), key=lambda one: one.start(), default=None
    )
    if found is None:
        word, _, more = rest.strip(EDGES).partition(" ")
        return (gig, word, more) if gig else (rest, "", "")
    word = found[1].casefold()
    word = "checked" if word.startswith("check") else "drop" if word.startswith("drop") else word
    return gig or rest[: found.start()], word, rest[found.end() :]


def _split(asked: Asked, steps: tuple[Step, ...]) -> tuple[str, Step, str]:
    gig, rest = split_gig(tidy(asked.text))
    before, step, words = split_step(rest, steps)
    return gig or before, step, words


def _gig(book: Book, asked: Asked, named: str, *, is_change: bool) -> Gig:
    """The gig; raises Refusal before anything is looked up for whoever may not see the money."""
    tour = tour_here(book, asked)
    need_money(book, tour, asked)
    return the_gig(book, tour, gig_of(named), asked, sure=is_change)


def _refuse_other_currency(book: Book, gig: Gig, terms: Terms) -> None:
    """Raises Refusal when money has come in that the new deal would not count."""
    for payment in book.deals.payments(gig.id):
        if payment.back_at is None and (payment.currency != terms.currency or not terms.deposit):
            raise Refusal(
                f"{sum_of(payment.cents, payment.currency)} of a deposit is in already, which that deal has no place "
                f"for. Take it back first: `/gig deposit #{gig.number} undo WHY`. Nothing was changed."
            )


def _signed(book: Book, before: Paper, said: Signed, asked: Asked) -> Paper:
    """Who signs for us without a name is whoever types it."""
    me = book.people.get(asked.who).name or asked.who
    if said.whose is Signature.BOTH:
        before = signed(before, Signature.US, me, "") if not before.ours else before
        return signed(before, Signature.THEM, said.name, said.document)
    return signed(before, said.whose, said.name or me, said.document)


def _paid(book: Book, gig: Gig, before: Paper, rest: str, asked: Asked) -> Reply:
    money = read_money(rest)
    refuse_payment(before, book.deals.payments(gig.id), money.currency, money.reference)
    book.deals.pay(gig.id, money.cents, money.currency, money.reference, asked.who, asked.now)
    left = due(before, book.deals.payments(gig.id))
    still = f"{sum_of(left, money.currency)} still due." if left else "The deposit is in."
    said = f"Noted: {sum_of(money.cents, money.currency)}, reference {escape(money.reference)}. {still}"
    return _keep(book, gig, replace(before, deposit_note=""), "deposit in", said, asked)


def _waived(book: Book, gig: Gig, before: Paper, rest: str, asked: Asked) -> Reply:
    if not need_terms(before).deposit:
        raise Refusal("This deal has no deposit to let go. Nothing was changed.")
    name, document = read_waived(rest)
    after = replace(before, waived=f"{name}, {document}", deposit_note="")
    return _keep(book, gig, after, "deposit waived", "Management let the deposit go.", asked)


def _taken_back(book: Book, gig: Gig, before: Paper, why: str, asked: Asked) -> Reply:
    payments = book.deals.take_back(gig.id, asked.now)
    if not payments and not before.waived:
        raise Refusal("Nothing is noted of this deposit. Nothing was changed.")
    after = replace(before, waived="", deposit_note=why)
    return _keep(book, gig, after, "deposit undone", "The deposit is taken back.", asked)


def _keep(book: Book, gig: Gig, paper: Paper, what: str, said: str, asked: Asked) -> Reply:
    """Kept, in the journal, and everything that hangs on it made true."""
    before = book.deals.of_gig(gig.id)
    book.deals.keep(gig.id, paper)
    book.journal.write(asked.now, asked.who, what, gig_id=gig.id, before=written(before), after=written(paper))
    kept = keep(book, gig.id, asked.now)
    return _shown(book, gig, paper, said, verdict_change(kept.now, kept.before))


def _shown(book: Book, gig: Gig, paper: Paper, said: str = "", verdict: str = "") -> Reply:
    names = {who: one.name for who, one in book.people.many({paper.typed_by, paper.checked_by} - {""}).items()}
    shown = paper_card(gig, paper, book.deals.payments(gig.id), said=said, verdict=verdict, names=names)
    return Reply(shown.text, shown.blocks)
