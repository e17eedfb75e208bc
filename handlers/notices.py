"""What people hear about the bot itself: welcome, missed reminders, a closed channel, a failed message."""

from datetime import datetime, timedelta

from checklists.cues import Cue
from handlers.cards.blocks import Card, card
from handlers.cards.prose import moment, say
from storage.book import Book
from storage.outbox import Delivery

LINES_SHOWN = 20


def missed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Every cue that was missed in the minute that this letter was made in."""
    since = letter.made_at.replace(second=0, microsecond=0)
    cues = book.cues.missed(letter.tour_id or 0, since, since + timedelta(minutes=1))
    lines = [_cue_words(book, cue) for cue in cues]
    shown = lines[:LINES_SHOWN]
    more = len(lines) - len(shown)
    return (
        card(say("missed", count=len(lines), lines=[*shown, f"and {more} more"] if more else shown)) if lines else None
    )


def _cue_words(book: Book, cue: Cue) -> str:
    name = cue.kind.value.replace("_", " ")
    gig = book.gigs.get(cue.gig_id) if cue.gig_id else None
    if gig is None:
        return f"{name}, due {moment(cue.at, 'UTC')}"
    return f"#{gig.number} {gig.city}: {name}, due {moment(cue.at, gig.zone)}"


def invite_me_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("invite_me", tour=book.tours.get(letter.tour_id or 0).name))


def failed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    gig = book.gigs.get(letter.gig_id) if letter.gig_id else None
    what = letter.subject["what"].replace("_", " ")
    return card(say("failed", what=what, gig=gig, error=letter.subject["error"]))


def welcome_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("welcome"))
