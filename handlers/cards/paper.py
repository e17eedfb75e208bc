"""A gig's paper in four lines: the deal, the contract, the deposit, and what to type next. Private: it has sums."""

from collections.abc import Mapping, Sequence

from checklists.deal import PERCENT, DealKind, Paper, Payment, Terms, due, paid
from checklists.gig import Gig
from checklists.rentals import money
from handlers.cards.blocks import PRIVATE_MOST, Card, card
from handlers.cards.gig import headline
from handlers.cards.prose import Spoken, escape, listed, mention, say, show_date


def paper_card(
    gig: Gig, paper: Paper, payments: Sequence[Payment], *, said: str = "", verdict: str = "", names: Mapping[str, str]
) -> Card:
    """All that is written of a gig; `said`: what was just done, `verdict`: how ready that makes it."""
    text = say(
        "paper",
        said=Spoken(said),
        headline=Spoken(headline(gig)),
        deal=Spoken(_deal(paper, names)),
        contract=Spoken(_contract(paper)),
        deposit=Spoken(_deposit(paper, payments)),
        next=[Spoken(line) for line in _next(gig, paper, payments)],
        verdict=Spoken(verdict),
    )
    return card(text, most=PRIVATE_MOST)


def sum_of(cents: int, currency: str) -> str:
    """`2,500 EUR`."""
    return f"{money(cents)} {currency}"


def percent(thousandths: int) -> str:
    """`15.825 %`, `85 %`."""
    return f"{thousandths / PERCENT:g} %"


def terms_words(terms: Terms) -> str:
    """`versus net, 5,000 EUR or 85 %, whichever is more, deposit 2,500 EUR by Tue 1 Dec 2026, no tax withheld`."""
    parts = [terms.kind.words, _fee(terms)]
    if terms.deposit:
        by = f" by {show_date(terms.deposit_due)}" if terms.deposit_due else ""
        parts.append(f"deposit {sum_of(terms.deposit, terms.currency)}{by}")
    else:
        parts.append("no deposit")
    if terms.withheld is not None:
        parts.append(f"tax withheld {percent(terms.withheld)}" if terms.withheld else "no tax withheld")
    return ", ".join(part for part in parts if part)


def _fee(terms: Terms) -> str:
    fee = sum_of(terms.cents, terms.currency) if terms.cents else ""
    share = percent(terms.share) if terms.share is not None else ""
    if terms.kind is DealKind.PLUS:
        return f"{fee} plus {share}"
    return f"{fee} or {share}, whichever is more" if fee and share else fee or share


def _deal(paper: Paper, names: Mapping[str, str]) -> str:
    if paper.terms is None:
        return f"not typed.{_note(paper.terms_note)}"
    by = escape(names.get(paper.typed_by, "")) or mention(paper.typed_by)
    if not paper.checked_by:
        return f"{terms_words(paper.terms)}. Typed by {by}; nobody else has held it to the contract yet."
    checker = escape(names.get(paper.checked_by, "")) or mention(paper.checked_by)
    return f"{terms_words(paper.terms)}. Typed by {by}, checked by {checker}."


def _contract(paper: Paper) -> str:
    if not (paper.sent_to or paper.ours or paper.theirs):
        return f"nothing noted.{_note(paper.contract_note)}"
    sent = f"sent to {escape(paper.sent_to)}; " if paper.sent_to else ""
    ours = f"signed for us by {escape(paper.ours)}" if paper.ours else "not signed by us"
    theirs = f"for them by {escape(paper.theirs)}" if paper.theirs else "not signed by them"
    where = (
        f" {escape(paper.document)}"
        if paper.document
        else " The document is missing." * bool(paper.ours or paper.theirs)
    )
    return f"{sent}{ours}, {theirs}.{where}"


def _deposit(paper: Paper, payments: Sequence[Payment]) -> str:
    if paper.terms is None:
        return "none without a deal."
    if paper.waived:
        return f"let go by {escape(paper.waived)}"
    if not paper.terms.deposit:
        return "the deal has none."
    came = [each for each in payments if each.back_at is None]
    listed_in = listed([f"{sum_of(each.cents, each.currency)} ({each.reference})" for each in came])
    left = due(paper, payments)
    whole = sum_of(paper.terms.deposit, paper.terms.currency)
    if not came:
        return f"{whole}, nothing in yet.{_note(paper.deposit_note)}"
    if left:
        return f"{whole}, {sum_of(left, paper.terms.currency)} still due. In: {listed_in}."
    over = paid(payments) - paper.terms.deposit
    more = f" That is {sum_of(over, paper.terms.currency)} more than agreed." if over else ""
    return f"{whole}, all in: {listed_in}.{more}"


def _note(why: str) -> str:
    return f" Taken back: {escape(why)}." if why else ""


def _next(gig: Gig, paper: Paper, payments: Sequence[Payment]) -> list[str]:
    """What to type for what is still missing."""
    here = f"#{gig.number}"
    lines = []
    if paper.terms is None:
        lines.append(f"Type it: `/gig deal {here} flat 5000 EUR deposit 50% by 1 Dec`")
    elif not paper.checked_by:
        lines.append(f"A second person, with the contract at hand: `/gig deal {here} checked`")
    if not paper.is_in_force:
        lines.append(f"Signed? `/gig contract {here} signed them NAME https://...`")
    if paper.terms and (left := due(paper, payments)):
        lines.append(f"Money in? `/gig deposit {here} in {sum_of(left, paper.terms.currency)} ref SEPA-88213`")
    return lines
