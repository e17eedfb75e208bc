"""The conditions of a list: decided by facts, or asked once, of the whole tour or of one gig."""

from collections.abc import Iterable, Sequence

from checklists.asked_once import OF_THE_TOUR, by_fact, fact_words
from checklists.conditions import Condition, ShowFacts
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.items import Item
from handlers.asked import Asked
from handlers.cards.listing import Decided
from handlers.listing import relist_and_keep
from handlers.showfacts import show_facts
from storage.book import Book
from storage.lists import Said

Answers = Sequence[tuple[Condition, bool | None]]


def decided_here(book: Book, gig: Gig, items: Iterable[Item]) -> list[Decided]:
    """What is decided of the conditions that this gig's lines hang on, and by what."""
    facts = show_facts(book, gig)
    said = {each.condition: each for each in book.lists.said(gig.tour_id, gig.id)}
    wanted = dict.fromkeys(Condition(item.applies) for item in items if item.applies)
    return [one for each in wanted if (one := _decided(book, gig, each, facts, said.get(each))) is not None]


def _decided(book: Book, gig: Gig, condition: Condition, facts: ShowFacts, said: Said | None) -> Decided | None:
    if said is not None:
        return Decided(condition, said.holds, _who_said(book, said))
    holds = by_fact(condition, facts)
    if holds is None:
        return None
    told = fact_words(condition, gig, book.gigs.before(gig.tour_id, gig.date))
    return Decided(condition, holds, facts.because.get(condition, told))


def _who_said(book: Book, said: Said) -> str:
    scope = "of every gig" if said.everywhere else "of this gig"
    return f"{book.people.get(said.by).name or 'somebody'} said so {scope}"


def refuse_decided(book: Book, gig: Gig, condition: Condition) -> None:
    """Raises Refusal for a question that was answered, or that a fact has decided, since it was asked."""
    said = {each.condition: each for each in book.lists.said(gig.tour_id, gig.id)}
    since = _decided(book, gig, condition, show_facts(book, gig), said.get(condition))
    if since is not None:
        scope = "tour" if condition in OF_THE_TOUR else f"#{gig.number}"
        other = "no" if since.holds else "yes"
        raise Refusal(
            f"That is decided since, {condition}: {'yes' if since.holds else 'no'}, {since.why}. Nothing was changed. "
            f"If it is not so, type `/gig checklist {scope} {condition} {other}`."
        )


def answer(book: Book, tour_id: int, gig: Gig | None, said: Answers, asked: Asked) -> int:
    """Keeps the answers for this gig, or without one for the whole tour, and makes the lists so.

    An answer of None forgets what was said. Gives how many lists have changed.
    """
    gig_id = gig.id if gig else None
    for condition, holds in said:
        book.lists.answer(tour_id, gig_id, condition, holds, asked.who, asked.now)
    book.journal.write(asked.now, asked.who, "condition", tour_id=tour_id, gig_id=gig_id, after=told(said))
    return relist_and_keep(book, [gig] if gig else book.gigs.of_tour(tour_id), asked.now)


def told(said: Answers) -> str:
    """`in-ears: yes, piano: unknown`."""
    return ", ".join(f"{condition}: {spoken(holds)}" for condition, holds in said)


def spoken(holds: bool | None) -> str:
    """`yes`, `no` or `unknown`."""
    return {True: "yes", False: "no", None: "unknown"}[holds]
