"""Cases are counted in a gig's thread: `14 cases in`, `cases out 13`. A difference is told at once."""

from dataclasses import replace

from checklists.access import only_answers
from checklists.counts import CaseCount, Way, mismatch, read_count
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.stock import cases_here
from handlers.asked import Asked, Reply
from handlers.cards.prose import escape
from handlers.kitseen import kit_seen
from handlers.upkeep import keep, picture
from storage.book import Book
from storage.outbox import Room

MARK = "package"
"""The mark on words that were read as a count."""


def counted(book: Book, asked: Asked) -> Reply | None:
    """A number of cases, in the thread of a gig; None for any other words.

    A number that is not what the tour carries, or not what came in, goes to the tour manager and backline too.
    """
    said = read_count(asked.text)
    gig = _gig_of_thread(book, asked) if said else None
    if said is None or gig is None or only_answers(book.people.get(asked.who)):
        return None
    seen = kit_seen(book, gig)
    came_in = seen.counted.get(Way.IN)
    old = seen.counted.get(said.way)
    off = mismatch(said, cases_here(seen.carried), came_in.count if came_in else None)
    book.kit.count(gig.id, said, asked.who, asked.now)
    before, after = f"{said.way} {old.count}" if old else "", f"{said.way} {said.count}"
    book.journal.write(asked.now, asked.who, "cases counted", gig_id=gig.id, before=before, after=after)
    book.outbox.react(asked.where, asked.ts, MARK, f"read:{asked.where}:{asked.ts}", asked.now)
    keep(book, gig.id, asked.now, told=False)
    return _tell(book, gig, replace(said, by=asked.who), off, asked) if off else Reply()


def _gig_of_thread(book: Book, asked: Asked) -> Gig | None:
    found = book.outbox.gig_at(asked.where, asked.thread) if asked.thread else None
    return None if found is None else book.gigs.get(found)


def _tell(book: Book, gig: Gig, said: CaseCount, off: str, asked: Asked) -> Reply:
    seen = picture(book, gig.id)
    people = {seen.lead, seen.owner("BL")} - {"", asked.who}
    subject = {"what": "count", "way": said.way.value, "count": said.count, "off": off, "by": said.by}
    for who in sorted(people):
        key = f"cases:{gig.id}:{who}:{asked.key}"
        tour = gig.tour_id
        book.outbox.say(
            Letter.RENTAL, Room.DM, key, asked.now, tour_id=tour, gig_id=gig.id, person=who, subject=subject
        )
    told = f" {' and '.join(seen.name(who) for who in sorted(people))} told." if people else ""
    return Reply(
        f"{said.count} cases {said.way} on #{gig.number} {escape(gig.city)}: *{off}*.{told} Wrong? Write it again."
    )
