"""The executive producer's one message a week: what is at risk in the next 28 days, why, whose it is, what changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from checklists.cues import Cue, CueState, next_digest, stamp
from checklists.gig import JUDGED, Gig
from checklists.letters import Letter
from checklists.walls import after_rest, local
from handlers.cards import weekly as cards
from handlers.cards.blocks import Card
from handlers.mondays import producer_of, put_at, put_weekly, zone_of
from handlers.upkeep import picture
from storage.book import Book
from storage.outbox import Delivery, Room
from storage.tours import Tour

LOOKS_AHEAD = timedelta(days=28)


def ring_weekly(book: Book, cue: Cue, now: datetime) -> CueState:
    """Monday 09:00: one DM about the gigs of the next 28 days; without any there is none.

    On a day off it waits for the next morning. Who is the producer no more hears nothing.
    """
    tour = book.tours.find(cue.tour_id or 0)
    if tour is None or producer_of(book, tour.id) != cue.person:
        return CueState.CUT
    zone = zone_of(book, tour.id, cue.person)
    if local(now, zone).date().isoformat() in tour.days_off:
        put_at(book, tour.id, cue.person, next_digest(now, zone), now)
        return CueState.CUT
    put_weekly(book, tour.id, cue.person, now)
    gigs = _ahead(book, tour, now)
    if not gigs:
        return CueState.CUT
    _say(book, tour, cue, gigs, after_rest(now, zone, tour.days_off), now)
    return CueState.GONE


def _say(book: Book, tour: Tour, cue: Cue, gigs: Sequence[Gig], at: datetime, now: datetime) -> None:
    """The message keeps how each gig stood, for the one of the week after, and how it stood a week before."""
    last = book.outbox.last_to(tour.id, Letter.WEEKLY, cue.person)
    was = last.subject.get("verdicts", {}) if last else {}
    subject = {"due": stamp(cue.at), "verdicts": {str(gig.id): gig.verdict for gig in gigs}, "was_then": was}
    key = f"weekly:{tour.id}:{cue.person}:{cue.version}"
    book.outbox.say(
        Letter.WEEKLY, Room.DM, key, now, tour_id=tour.id, person=cue.person, subject=subject, not_before=at
    )


def _ahead(book: Book, tour: Tour, now: datetime) -> list[Gig]:
    gigs = book.gigs.of_tour(tour.id, JUDGED)
    return [gig for gig in gigs if not gig.is_over(now) and gig.show_day_begins() < now + LOOKS_AHEAD]


def weekly_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The gigs as they stand now, beside how they stood the week before."""
    tour = book.tours.get(letter.tour_id or 0)
    # Gigs are held in the order of their ids, as everywhere, so that nobody waits for one who waits for him.
    ids = sorted(gig.id for gig in _ahead(book, tour, now))
    if not ids:
        return None
    stands = [cards.Stands(seen, seen.judge(now)) for seen in (picture(book, gig_id) for gig_id in ids)]
    return cards.weekly(tour.name, stands, letter.subject.get("was_then", {}), now)
