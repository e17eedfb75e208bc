"""Who carries the tour: `/gig producer` names the executive producer, who hears once a week what is at risk."""

from checklists.access import only_answers
from checklists.crew import Role
from checklists.errors import Refusal
from handlers.asked import Asked, Reply
from handlers.callwords import MENTION, PLAIN_AT
from handlers.cards.prose import Spoken, escape, mention
from handlers.mondays import producer_of, put_weekly
from handlers.typed import plain, quote, refusal, tidy
from handlers.which import meet_people, need_reader, tour_here
from storage.book import Book
from storage.tours import Tour

EXAMPLE = "/gig producer @dee"
OFF = ("off", "none", "nobody")
NAMES: frozenset[str] = frozenset({Role.TM, Role.EP})
"""Who may name the executive producer."""


def producer(book: Book, asked: Asked) -> Reply:
    """`/gig producer @dee`: one for each tour; `off` for nobody; alone it tells who it is."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = tidy(asked.text)
    found = MENTION.findall(typed)
    rest = MENTION.sub(" ", typed)
    words = plain(rest).casefold().strip(" .,")
    if PLAIN_AT.search(rest) or len(found) > 1 or (words and (found or words not in OFF)):
        raise refusal(
            f"One executive producer for a tour, picked from Slack's list after @; I read {quote(typed)}.", EXAMPLE
        )
    if not found and not words:
        return Reply(_who(book, tour))
    _need_namer(book, tour, asked)
    return _name(book, tour, found[0][0], asked) if found else _off(book, tour, asked)


def _need_namer(book: Book, tour: Tour, asked: Asked) -> None:
    """Raises Refusal for everybody but the tour manager and the executive producer."""
    if only_answers(book.people.get(asked.who)) or not book.tours.roles_of(tour.id, asked.who) & NAMES:
        raise Refusal(
            "Only the tour manager or the executive producer names the executive producer. Nothing was changed. "
            "`/gig producer` tells who it is."
        )


def _name(book: Book, tour: Tour, who: str, asked: Asked) -> Reply:
    if who == tour.lead:
        raise Refusal(
            "The tour manager cannot be the own executive producer: it takes a second person to waive a safety gate."
        )
    meet_people(book, [who], asked, EXAMPLE)
    if only_answers(book.people.get(who)):
        raise Refusal(
            "A guest, or somebody from outside, can only answer. Name somebody who belongs to this workspace."
        )
    before = producer_of(book, tour.id)
    book.tours.take_away(tour.id, Role.EP)
    book.tours.give_role(tour.id, who, Role.EP, asked.now)
    book.journal.write(asked.now, asked.who, "producer named", tour_id=tour.id, before=before, after=who)
    put_weekly(book, tour.id, who, asked.now)
    return Reply(_who(book, tour))


def _off(book: Book, tour: Tour, asked: Asked) -> Reply:
    before = producer_of(book, tour.id)
    if book.tours.take_away(tour.id, Role.EP):
        book.journal.write(asked.now, asked.who, "no producer", tour_id=tour.id, before=before)
    return Reply(_who(book, tour))


def _who(book: Book, tour: Tour) -> str:
    who = producer_of(book, tour.id)
    if not who:
        return (
            f"*{escape(tour.name)}* has no executive producer. `{EXAMPLE}` names one, who hears every Monday what is "
            "at risk, and alone may waive right to work, a driver's hours and the safety gates."
        )
    name = Spoken(escape(book.people.get(who).name)) or mention(who)
    return (
        f"{name} is the executive producer of *{escape(tour.name)}*: may change everything on it, alone may waive "
        "right to work, a driver's hours and the safety gates, and hears every Monday at 09:00 what is at risk in the "
        "next 28 days."
    )
