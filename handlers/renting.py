"""A missing line is rented: asked for, approved, ordered, delivered, given back."""

from collections.abc import Sequence
from dataclasses import replace

from checklists.cues import Cue, CueKind
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.kit import Line
from checklists.letters import Letter
from checklists.rentals import (
    APPROVERS,
    OFF_HIRE_CLOCK,
    OFF_HIRE_DAYS,
    Move,
    Rental,
    RentalState,
    Terms,
    moved,
    with_terms,
)
from checklists.stock import MOST_LINES, named
from handlers.asked import Asked, Reply
from handlers.cards.kit import KitSeen, rental_words
from handlers.cards.prose import escape
from handlers.gaps import find_line, refuse_closed, spelled, table
from handlers.kitseen import kit_seen
from handlers.kitwords import KitAsked
from handlers.loops import await_yes, close_rental
from handlers.typed import quote
from storage.book import Book
from storage.outbox import Room

DONE: dict[Move, str] = {
    Move.APPROVE: "Approved", Move.REFUSE: "Refused", Move.ORDER: "Ordered", Move.DELIVER: "Delivered",
    Move.RETURN: "Off hire, given back", Move.CANCEL: "Cancelled",
}  # fmt: skip


def ask_rental(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    """A line, or what may stand for it, is asked for from a supplier; said again it changes what was asked for."""
    refuse_closed(gig, asked)
    seen = kit_seen(book, gig)
    name = spelled(seen.lines, typed.name)
    line = find_line(seen.lines, typed.line) if typed.line else _line_of(seen.lines, name)
    thing = line.name if not typed.line and not line.names_sub(named(name)) else name
    return _ask(book, seen, line, thing, replace(typed.terms, count=_count(seen, line, thing, typed.count)), asked)


def rent_pressed(book: Book, gig: Gig, line_id: int, asked: Asked) -> Reply:
    """What is missing of a line is asked for; supplier, days and price are said later."""
    refuse_closed(gig, asked)
    seen = kit_seen(book, gig)
    gap = next((gap for gap in seen.gaps if gap.line.id == line_id), None)
    if gap is None or not gap.missing:
        return table(book, gig, asked, "Nothing is missing of that line any more: nothing was changed.")
    old = _open_one(seen, gap.line, gap.line.name)
    terms = Terms(gap.missing + (old.count if old else 0))
    return _ask(book, seen, gap.line, gap.line.name, terms, asked)


def _line_of(lines: Sequence[Line], name: str) -> Line:
    """The line that a thing is, or may stand for; raises Refusal for none."""
    stands = [line for line in lines if line.names_sub(named(name)) and line.key != named(name)]
    return stands[0] if len(stands) == 1 and all(line.key != named(name) for line in lines) else find_line(lines, name)


def _open_one(seen: KitSeen, line: Line, thing: str) -> Rental | None:
    """The rental of that thing for that line, while it can still be changed."""
    mine = [each for each in seen.rentals if each.lives and each.line == line.key and named(each.name) == named(thing)]
    return next((each for each in mine if not each.is_firm), None)


def _count(seen: KitSeen, line: Line, thing: str, said: int | None) -> int:
    """How many are rented: as said, else as asked for already, else what is missing."""
    gig, old = seen.gig, _open_one(seen, line, thing)
    missing = next(gap.missing for gap in seen.gaps if gap.line.key == line.key)
    count = (old.count if old else missing) if said is None else said
    if not count:
        wrong = "Rent none?" if said == 0 else f"Nothing is missing of {line.name} on #{gig.number} {gig.city}."
        raise Refusal(f"{wrong} Say how many: `/gig kit #{gig.number} rent 2 {line.name} from PRG`.")
    return count


def _ask(book: Book, seen: KitSeen, line: Line, thing: str, terms: Terms, asked: Asked) -> Reply:
    gig, old = seen.gig, _open_one(seen, line, thing)
    fresh = Rental(0, gig.id, line.key, thing, terms.count, asked_by=asked.who, asked_at=asked.now)
    approves = may_approve(book, gig, asked.who)
    new = with_terms(old or fresh, terms, asked.who, may_approve=approves)
    if old:
        book.rentals.change(new)
        close_rental(book, gig, old.id, asked.now)
    else:
        _refuse_full(seen)
        new = book.rentals.ask(new)
    before = rental_words(seen, old) if old else ""
    book.journal.write(asked.now, asked.who, "rental asked for", gig_id=gig.id, before=before, after=_words(seen, new))
    told = _ask_lead(book, gig, new, asked) if new.state is RentalState.REQUESTED and new != old else ""
    shown = rental_words(kit_seen(book, gig), new)
    return _told(book, gig, f"Rental: {new.count} {escape(new.name)} {shown}.{told}{_lacks(gig, new)}", asked)


def _refuse_full(seen: KitSeen) -> None:
    if len(seen.rentals) >= MOST_LINES:
        raise Refusal(f"A gig has at most {MOST_LINES} rentals, those that came to nothing too. Nothing was changed.")


def _words(seen: KitSeen, rental: Rental) -> str:
    return f"{rental.count} {rental.name} {rental_words(seen, rental)}"


def _lacks(gig: Gig, rental: Rental) -> str:
    """What to type next."""
    if not rental.supplier or not rental.price:
        return f" Say more: `/gig kit #{gig.number} rent {escape(rental.name)} from PRG 3 days 180 EUR`."
    if rental.state is RentalState.APPROVED:
        return f" Ordered? `/gig kit #{gig.number} ordered PRG-1182`."
    return ""


def _ask_lead(book: Book, gig: Gig, rental: Rental, asked: Asked) -> str:
    """Whoever does not hold the budget waits for the tour manager's yes."""
    lead = book.tours.get(gig.tour_id).lead
    if not lead:
        return ""
    key = f"rental:{rental.id}:{asked.key}"
    subject = {"what": "ask", "rental": rental.id}
    book.outbox.say(
        Letter.RENTAL, Room.DM, key, asked.now, tour_id=gig.tour_id, gig_id=gig.id, person=lead, subject=subject
    )
    await_yes(book, gig, key, asked.now)
    return " The tour manager is asked."


def may_approve(book: Book, gig: Gig, who: str) -> bool:
    """True for whoever holds the budget of the gig's tour."""
    return bool(book.tours.roles_of(gig.tour_id, who) & APPROVERS)


def move_rental(book: Book, gig: Gig, typed: KitAsked, asked: Asked) -> Reply:
    """A rental goes on: `ordered PRG-1182`, `delivered`, `returned`, `approve`, `refuse`, `off`."""
    assert typed.move is not None  # noqa: S101 - the grammar gives every such request a move
    rental = _meant(book, gig, typed.move, typed.name)
    return go_on(book, gig, rental, typed.move, asked, typed.order)


def _meant(book: Book, gig: Gig, move: Move, words: str) -> Rental:
    """The rental that these words mean; without words the only one for which the move is next."""
    living = [each for each in book.rentals.of_gig(gig.id) if each.lives]
    if words:
        key = named(spelled(book.kit.lines(gig.tour_id), words))
        living = [each for each in living if key in (named(each.name), each.line)]
    fits = [each for each in living if _can(each, move)] or living
    if len(fits) == 1:
        return fits[0]
    if not fits:
        what = f"No rental of {quote(words)} is open" if words else "No rental is open"
        raise Refusal(f"{what} on #{gig.number} {gig.city}. `/gig kit #{gig.number}` shows them. Nothing was changed.")
    names = ", ".join(f"{each.count} {each.name}" for each in fits[:5])
    raise Refusal(
        f"Which rental: {names}? Name it: `/gig kit #{gig.number} {move.value}"
        f"{' PRG-1182 for' if move is Move.ORDER else ''} {fits[0].name}`. Nothing was changed."
    )


def _can(rental: Rental, move: Move) -> bool:
    try:
        moved(rental, move, "", "any")
    except Refusal:
        return False
    return True


def go_on(book: Book, gig: Gig, rental: Rental, move: Move, asked: Asked, order: str = "") -> Reply:
    """The rental after a move, and all that hangs on it; raises Refusal for one that cannot follow, or not by him."""
    if move in (Move.APPROVE, Move.REFUSE) and not may_approve(book, gig, asked.who):
        raise Refusal(
            "Only the executive producer, the tour manager or the deputy approve a rental. Nothing was changed."
        )
    new = moved(rental, move, asked.who, order)
    book.rentals.change(new)
    if rental.state is RentalState.REQUESTED:
        close_rental(book, gig, rental.id, asked.now)
    before, after = rental.state.value, f"{new.count} {new.name}: {new.state.value} {new.order_number}".strip()
    book.journal.write(asked.now, asked.who, f"rental {new.state.value}", gig_id=gig.id, before=before, after=after)
    if move in (Move.APPROVE, Move.REFUSE):
        _tell_asker(book, gig, new, asked)
    if move is Move.DELIVER:
        plan_off_hire(book, gig, asked)
    more = _lacks(gig, new) if new.lives else ""
    return _told(book, gig, f"{DONE[move]}: {new.count} {escape(new.name)}.{more}", asked)


def _told(book: Book, gig: Gig, said: str, asked: Asked) -> Reply:
    book.outbox.refresh_letters(gig.id, [Letter.RENTAL], asked.now)
    return table(book, gig, asked, said)


def _tell_asker(book: Book, gig: Gig, rental: Rental, asked: Asked) -> None:
    if rental.asked_by not in ("", asked.who):
        key = f"rental:{rental.id}:{rental.state.value}:{asked.key}"
        subject, to = {"what": "told", "rental": rental.id}, rental.asked_by
        book.outbox.say(
            Letter.RENTAL, Room.DM, key, asked.now, tour_id=gig.tour_id, gig_id=gig.id, person=to, subject=subject
        )


def plan_off_hire(book: Book, gig: Gig, asked: Asked) -> None:
    """What is there on the day after the show is asked after."""
    at = gig.days_before(-OFF_HIRE_DAYS, OFF_HIRE_CLOCK)
    if at > asked.now:
        cue = Cue(CueKind.OFF_HIRE, at, gig.id, gig.tour_id, anchor="T+1d", version=gig.date.isoformat())
        book.cues.put(cue, asked.now)
