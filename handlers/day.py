"""The day itself, by the clock: day sheet, doors, curfew, load-out."""

from datetime import datetime

from checklists.cues import BEFORE_DOORS, Cue, CueKind, CueState, expires, stamp
from checklists.letters import Letter
from handlers.cards import day as cards
from handlers.cards.blocks import Card
from handlers.cards.picture import Picture
from handlers.upkeep import glance, hold, keep, picture
from storage.book import Book
from storage.outbox import Delivery, Room

LETTERS = {
    CueKind.DAY_SHEET: Letter.DAY_SHEET,
    CueKind.DOORS_60: Letter.DOORS,
    CueKind.DOORS_30: Letter.DOORS,
    CueKind.DOORS_10: Letter.DOORS,
    CueKind.CURFEW_15: Letter.CURFEW,
    CueKind.LOAD_OUT: Letter.LOAD_OUT,
}


def ring_day_sheet(book: Book, cue: Cue, now: datetime) -> CueState:
    """The evening before: the day sheet for everybody called; its item ticks itself."""
    seen = picture(book, cue.gig_id or 0)
    if not seen.standing:
        return CueState.CUT
    _say(book, seen, cue, now)
    hold(book, seen, Letter.DAY_SHEET, seen.standing, now)
    book.gigs.sheet_out(seen.gig.id, now)
    keep(book, seen.gig.id, now)
    return CueState.GONE


def ring_doors(book: Book, cue: Cue, now: datetime) -> CueState:
    """An hour before doors PM and SM hear what is open; at 30 and 10 minutes if something is; open doors end it."""
    seen = glance(book, cue.gig_id or 0, gates=True)
    if seen.gig.doors_open_at or (cue.kind is not CueKind.DOORS_60 and not seen.open_gates()):
        return CueState.CUT
    if not seen.owner("PM") and not seen.owner("SM"):
        return CueState.CUT
    _say(book, seen, cue, now)
    return CueState.GONE


def ring_curfew(book: Book, cue: Cue, now: datetime) -> CueState:
    """Fifteen minutes before curfew, to the stage manager."""
    seen = glance(book, cue.gig_id or 0, gates=True)
    if not seen.owner("SM"):
        return CueState.CUT
    _say(book, seen, cue, now)
    return CueState.GONE


def ring_load_out(book: Book, cue: Cue, now: datetime) -> CueState:
    """At load-out, to everybody called."""
    seen = glance(book, cue.gig_id or 0)
    if not seen.standing:
        return CueState.CUT
    _say(book, seen, cue, now)
    return CueState.GONE


def _say(book: Book, seen: Picture, cue: Cue, now: datetime) -> None:
    gig = seen.gig
    book.outbox.say(
        LETTERS[cue.kind],
        Room.THREAD,
        f"cue:{cue.id}",
        now,
        tour_id=gig.tour_id,
        gig_id=gig.id,
        subject={"kind": cue.kind, "due": stamp(cue.at)},
        expires=expires(cue),
    )


def day_sheet_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    return cards.day_sheet(seen, now) if seen.standing else None


def doors_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    gates = seen.open_gates()
    kind = CueKind(letter.subject["kind"])
    if letter.of_id is None and (seen.gig.doors_open_at or (kind is not CueKind.DOORS_60 and not gates)):
        return None
    return cards.doors(seen, gates, round(BEFORE_DOORS[kind].total_seconds() / 60))


def curfew_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return cards.curfew(picture(book, letter.gig_id or 0))


def load_out_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return cards.load_out(picture(book, letter.gig_id or 0), now)
