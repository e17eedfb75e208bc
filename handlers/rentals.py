"""What is said of rentals and cases by direct message: the question to the tour manager, his answer, the way back."""

from datetime import datetime

from checklists.cues import Cue, CueKind, CueState, stamp
from checklists.errors import Refusal
from checklists.letters import Letter
from checklists.rentals import OFF_HIRE_CLOCK, OFF_HIRE_DAYS, Move, RentalState
from handlers.asked import Asked, Reply
from handlers.cards import rentals as cards
from handlers.cards.blocks import Card
from handlers.cards.ids import number, unpack
from handlers.kitseen import kit_seen
from handlers.renting import go_on
from handlers.upkeep import picture
from handlers.which import pressed_gig
from storage.book import Book
from storage.outbox import Delivery, Room


def approve(book: Book, asked: Asked) -> Reply:
    """Yes to a rental."""
    return _decide(book, Move.APPROVE, asked)


def refuse(book: Book, asked: Asked) -> Reply:
    """No to a rental."""
    return _decide(book, Move.REFUSE, asked)


def _decide(book: Book, move: Move, asked: Asked) -> Reply:
    gig = pressed_gig(book, asked)
    rental = book.rentals.get(number(unpack(asked.value, 2)[1]))
    if rental is None or rental.gig_id != gig.id:
        raise Refusal("That rental is not open any more. `/gig kit CITY` shows what is. Nothing was changed.")
    return go_on(book, gig, rental, move, asked)


def ring_off_hire(book: Book, cue: Cue, now: datetime) -> CueState:
    """The day after the show: what was delivered and is not given back is asked after."""
    seen = picture(book, cue.gig_id or 0)
    gig = seen.gig
    due = gig.days_before(-OFF_HIRE_DAYS, OFF_HIRE_CLOCK)
    if not any(each.state is RentalState.DELIVERED for each in book.rentals.of_gig(gig.id)):
        return CueState.CUT
    if due > now:
        book.cues.put(Cue(CueKind.OFF_HIRE, due, gig.id, gig.tour_id, anchor="T+1d", version=stamp(due)), now)
        return CueState.CUT
    if owner := seen.owner("BL"):
        key, subject = f"cue:{cue.id}", {"what": "back", "due": stamp(cue.at)}
        held = seen.after_quiet(owner, now)
        book.outbox.say(
            Letter.RENTAL, Room.DM, key, now, tour_id=gig.tour_id, gig_id=gig.id, person=owner, subject=subject,
            not_before=held,
        )  # fmt: skip
    return CueState.GONE


def rental_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The question whether something may be rented, what came of it, what has to go back, or a wrong count of cases."""
    gig = book.gigs.get(letter.gig_id or 0)
    if gig is None:
        return None
    seen, what = kit_seen(book, gig), letter.subject["what"]
    if what == "count":
        return cards.wrong_count(seen, letter.subject)
    if what == "back":
        away = [each for each in seen.rentals if each.state is RentalState.DELIVERED]
        return cards.off_hire(seen, away) if away or letter.of_id is not None else None
    rental = next((each for each in seen.rentals if each.id == letter.subject["rental"]), None)
    if rental is None:
        return None
    return cards.ask_rental(seen, rental) if what == "ask" else cards.rental_decided(seen, rental)
