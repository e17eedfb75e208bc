"""The gates of a gig's phases, and the word that opens the doors: kept, said in the thread once, and taken back."""

import re
from dataclasses import dataclass
from datetime import datetime

from checklists.access import CHANGERS, CHECKS_IN, only_answers
from checklists.errors import Refusal
from checklists.gates import Phase, gate_name, open_gates
from checklists.gig import Anchor, Gig
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.cards import gates as cards
from handlers.cards.blocks import Card
from handlers.cards.gig import headline
from handlers.cards.picture import Picture
from handlers.cards.prose import anchor_of, clock, escape, show_date
from handlers.grammar import read_gig
from handlers.ticking import refuse_over
from handlers.typed import EDGES, plain, tidy
from handlers.upkeep import picture, post_card
from handlers.which import need_reader, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery, Room

OPENS = re.compile(r"(?:^|\s)open$", re.IGNORECASE)
SHUTS = re.compile(r"(?:^|\s)(?:shut|close|closed|not open)(?:\s+(?P<why>.*))?$", re.IGNORECASE)
BECAUSE = re.compile(r"^(?:because|as|:|,|-)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doors:
    """What was typed of the doors: `is_open` is None where they are only looked at."""

    gig: str
    is_open: bool | None = None
    why: str = ""


def gates(book: Book, asked: Asked) -> Reply:
    """`/gig gates CITY`: what holds each phase, who closes it, by when, and what was waived."""
    need_reader(book, asked)
    gig = the_gig(book, tour_here(book, asked), read_gig(asked.text), asked)
    shown = cards.gates(picture(book, gig.id), asked.now)
    return Reply(shown.text, shown.blocks)


def doors(book: Book, asked: Asked) -> Reply:
    """`/gig doors CITY open` once every gate is closed; `shut WHY` takes it back; alone, what holds them."""
    need_reader(book, asked)
    tour, typed = tour_here(book, asked), read_doors(asked.text)
    if typed.is_open is not None:
        _need_caller(book, tour.id, asked)
    gig = the_gig(book, tour, read_gig(typed.gig), asked, sure=typed.is_open is not None)
    seen = picture(book, gig.id)
    if typed.is_open is None:
        shown = cards.doors_shown(seen, asked.now)
        return Reply(shown.text, shown.blocks)
    refuse_over(gig, asked.now)
    return _open(book, seen, asked) if typed.is_open else _shut(book, seen, typed.why, asked)


def read_doors(text: str) -> Doors:
    """`lisbon open`, `lisbon shut the pit is not ready`, `lisbon`."""
    words = plain(tidy(text)).strip(EDGES)
    if opens := OPENS.search(words):
        return Doors(words[: opens.start()], True)
    if shuts := SHUTS.search(words):
        return Doors(words[: shuts.start()], False, BECAUSE.sub("", shuts["why"] or "").strip(EDGES))
    return Doors(words)


def _need_caller(book: Book, tour_id: int, asked: Asked) -> None:
    """Raises Refusal for everybody but those who may change the tour and the stage manager."""
    roles = book.tours.roles_of(tour_id, asked.who)
    if only_answers(book.people.get(asked.who)) or not roles & (CHANGERS | CHECKS_IN):
        raise Refusal(
            "The doors are called by the stage manager, the production manager, the tour manager, the deputy or the "
            "executive producer. Nothing was changed. `/gig doors CITY` shows what holds them."
        )


def _open(book: Book, seen: Picture, asked: Asked) -> Reply:
    gig = seen.gig
    if gig.doors_open_at:
        return Reply(f"{headline(gig)}: the doors are open since {clock(gig.doors_open_at, gig.zone)}.")
    _refuse_early(gig, asked.now)
    _refuse_held(seen)
    book.gigs.open_doors(gig.id, asked.now)
    book.journal.write(asked.now, asked.who, "doors open", gig_id=gig.id)
    _say(book, seen, asked, {})
    return Reply(f"{headline(gig)}: the doors are open, {clock(asked.now, gig.zone)}. The thread is told.")


def _refuse_early(gig: Gig, now: datetime) -> None:
    """Raises Refusal before the show day: nobody opens the doors of another day."""
    if now < gig.show_day_begins():
        raise Refusal(
            f"#{gig.number} {escape(gig.title)} is on {show_date(gig.date)}, doors {anchor_of(gig, Anchor.DOORS)}: "
            f"they open on that day. `/gig doors #{gig.number}` shows what holds them."
        )


def _refuse_held(seen: Picture) -> None:
    """Raises Refusal that names who must still say what."""
    held = open_gates(Phase.DOORS, seen.items)
    if held:
        named = "; ".join(f"{escape(gate_name(item))} (`{item.key}`): {cards.whose(seen, item)}" for item in held)
        number = seen.gig.number
        raise Refusal(
            f"The doors of #{number} {escape(seen.gig.title)} stay shut until everybody has said go. Still missing: "
            f"{named}. Each closes the own item: `/gig check #{number} {held[0].key}` shows how, "
            f"`/gig doors #{number}` has the buttons."
        )


def _shut(book: Book, seen: Picture, why: str, asked: Asked) -> Reply:
    gig = seen.gig
    if not gig.doors_open_at:
        return Reply(f"{headline(gig)}: the doors are not open. Nothing was changed.")
    if not any(map(str.isalpha, why)):
        raise Refusal(f"Why are they shut again? Type `/gig doors #{gig.number} shut WHY`: everybody reads it.")
    book.gigs.open_doors(gig.id, None)
    since = clock(gig.doors_open_at, gig.zone)
    book.journal.write(asked.now, asked.who, "doors shut", gig_id=gig.id, before=f"open since {since}", after=why)
    _say(book, seen, asked, {"why": why})
    return Reply(f"{headline(gig)}: the doors are shut again. The thread is told why.")


def _say(book: Book, seen: Picture, asked: Asked, said: dict[str, str]) -> None:
    """One message in the gig's thread, and what was said before the doors follows."""
    gig, subject = seen.gig, {"at": asked.now.isoformat(), "by": asked.who, **said}
    post_card(book, seen, asked.now)
    key = f"doors:{asked.key}"
    book.outbox.say(Letter.DOORS_OPEN, Room.THREAD, key, asked.now, tour_id=gig.tour_id, gig_id=gig.id, subject=subject)
    book.outbox.refresh_letters(gig.id, [Letter.DOORS], asked.now)


def open_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The doors are open, by whose go; or shut again, and why."""
    seen, said = picture(book, letter.gig_id or 0), letter.subject
    at, by, why = datetime.fromisoformat(said["at"]), said["by"], said.get("why", "")
    return cards.doors_shut(seen, at, by, why) if why else cards.doors_opened(seen, at, by)
