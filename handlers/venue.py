"""The venue's part: `/gig venue`, what the house holds against what the tour needs. Unknown is not no."""

from checklists.access import Deed, may
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.house import checks
from handlers.ahead import judge_ahead
from handlers.asked import Asked, Reply
from handlers.cards import house as cards
from handlers.cards.prose import escape
from handlers.housewords import HouseAsked, read_house
from handlers.supplies import refuse_nowhere
from handlers.which import need_changer, need_reader, the_gig, tour_here
from storage.book import Book
from storage.tours import Tour


def venue(book: Book, asked: Asked) -> Reply:
    """`/gig venue CITY` shows it, `CITY power 3x63 A` keeps what the house has, `need ...` what the tour needs."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = read_house(asked.text)
    if typed.values:
        need_changer(book, tour, asked)
    if typed.is_need:
        return _needed(book, tour, typed, asked)
    gig = the_gig(book, tour, typed.gig, asked, sure=bool(typed.values))
    said = _kept(book, gig, typed, asked) if typed.values else ""
    return _shown(book, tour, gig, asked, said)


def _shown(book: Book, tour: Tour, gig: Gig, asked: Asked, said: str) -> Reply:
    facts = book.houses.facts(book.houses.find(gig))
    names = {who: one.name for who, one in book.people.many({each.by for each in facts.values()}).items()}
    changes = may(Deed.CHANGE, book.tours.roles_of(tour.id, asked.who), book.people.get(asked.who))
    shown = cards.house(gig, checks(book.houses.needs(tour.id), facts), names, said, may_change=changes)
    return Reply(shown.text, shown.blocks)


def _kept(book: Book, gig: Gig, typed: HouseAsked, asked: Asked) -> str:
    """What the house has from now on, as words for the receipt."""
    refuse_nowhere(gig)
    house = book.houses.open(gig)
    old = book.houses.facts(house)
    for key, text in typed.values:
        before = old[key.value].text if key.value in old else ""
        if text:
            book.houses.keep(house, key.value, text, asked.who, asked.now)
        elif not book.houses.forget(house, key.value):
            raise Refusal(f"Nothing is known of {key.value} at {gig.venue}. Nothing was changed.")
        what = f"house: {key.value}"
        book.journal.write(asked.now, asked.who, what, gig_id=gig.id, before=before, after=text)
    told = ", ".join(f"{key.value} {text or 'not known any more'}" for key, text in typed.values)
    return f"Kept with {escape(gig.venue)}: {escape(told)}."


def _needed(book: Book, tour: Tour, typed: HouseAsked, asked: Asked) -> Reply:
    """What the tour needs of every house: changed, and shown."""
    old = book.houses.needs(tour.id)
    for key, text in typed.values:
        if text:
            book.houses.need(tour.id, key.value, text)
        elif not book.houses.drop_need(tour.id, key.value):
            raise Refusal(f"This tour needs no {key.value} of a house. Nothing was changed.")
        before, what = old.get(key.value, ""), f"house need: {key.value}"
        book.journal.write(asked.now, asked.who, what, tour_id=tour.id, before=before, after=text)
    told = ", ".join(f"{key.value} {text or 'not needed any more'}" for key, text in typed.values)
    said = f"From now on: {escape(told)}.{judge_ahead(book, tour.id, asked.now)}" if told else ""
    shown = cards.needs(tour.name, book.houses.needs(tour.id), said)
    return Reply(shown.text, shown.blocks)
