"""What if: the real thing is done in a book of which nothing remains, and what came of it is shown privately.

Whoever approves presses a button that does it; it is bound to the gig as it stood.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256

from checklists.crew import Call
from checklists.errors import Refusal
from checklists.gig import GOES_ON, Gig
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards import whatif as cards
from handlers.cards.gig import headline
from handlers.cards.ids import unpack
from handlers.cards.whatif import WhatIf
from handlers.checks import checked
from handlers.grammar import read_move
from handlers.typed import tidy
from handlers.upkeep import picture
from handlers.which import Question, need_changer, pressed_gig, the_gig, tour_here
from storage.book import Book

Act = Callable[[Book, Asked], Reply]
WORDS = r"(?:dry[-–—\s]?run|what[-–—\s]?if)"
DASHED = re.compile(rf"(?<!\S)(?:--?|[–—])\s?(?:{WORDS}|dry)(?![^\s,;.?!])[,;.?!]*", re.IGNORECASE)
AT_AN_END = re.compile(rf"^\(?{WORDS}\)?(?=[\s,:?]|$)[\s,:?]*|[\s,:(]*(?<=[\s,:(]){WORDS}[).?!]*$", re.IGNORECASE)
STAMP = 16


def read_dry(text: str) -> tuple[str, bool]:
    """The words without `--dry-run`, `dry run` or `what if`, and whether one of these was there.

    A telephone makes one long dash of two hyphens.
    """
    words = tidy(text)
    for mark in (DASHED, AT_AN_END):
        rest, found = mark.subn(" ", words, count=1)
        if found:
            return tidy(rest).strip(" ,;"), True
    return text, False


def or_only_try(move: Act) -> Act:
    """The verb that moves a gig, or with `--dry-run` shows what that would do."""

    def moves(book: Book, asked: Asked) -> Reply:
        text, is_dry = read_dry(asked.text)
        return _try(book, replace(asked, text=text), move) if is_dry else move(book, asked)

    return moves


def _try(book: Book, asked: Asked, move: Act) -> Reply:
    """Moves the gig in a book of which nothing remains; refuses and asks what the move itself would."""
    with book.pretending() as tried:
        gig = _meant(tried, asked)
        before, was = tried.gigs.of_tour(gig.tour_id, GOES_ON), picture(tried, gig.id)
        move(tried, asked)
        moved = picture(tried, gig.id)
        found = checked(tried, moved, moved.standing, asked.now)
        after = tried.gigs.of_tour(gig.tour_id, GOES_ON)
    stamp = stamp_of(gig, was.calls)
    shown = cards.what_if(WhatIf(was, moved, found, tuple(before), tuple(after), stamp), asked.now)
    return Reply(shown.text, shown.blocks)


def _meant(book: Book, asked: Asked) -> Gig:
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    own_zone = book.people.get(asked.who).zone or "UTC"
    typed = read_move(asked.text, local(asked.now, own_zone).date())
    return the_gig(book, tour, typed.gig, asked, sure=True)


def stamp_of(gig: Gig, calls: Iterable[Call]) -> str:
    """The gig as it stands: another one for another date, other times, or anybody called, asked again or off."""
    asked = sorted((call.id, call.version, call.stands) for call in calls)
    times = sorted([*((anchor.value, str(wall)) for anchor, wall in gig.given.items()), *gig.more.items()])
    whole = f"{gig.date} {gig.counted_from.isoformat()} {gig.state in GOES_ON} {times} {asked}"
    return sha256(whole.encode()).hexdigest()[:STAMP]


def approve(move: Act) -> Act:
    """The button Move it: the move that was tried, in this one transaction."""

    def moves(book: Book, asked: Asked) -> Reply:
        gig = pressed_gig(book, asked)
        _, day, stamp = unpack(asked.value, 3)
        if gig.date.isoformat() != day and stamp_of(gig, book.crew.of_gig(gig.id)) != stamp:
            raise Refusal(
                f"#{gig.number} {gig.title} has changed since that dry run: its date, its times or who is called. "
                f"Nothing was moved. Look again: `/gig move #{gig.number} {day[:10]} --dry-run`"
            )
        channel = book.tours.get(gig.tour_id).channel
        return _move(book, replace(asked, where=channel, text=f"#{gig.number} {day}"), move)

    return moves


def _move(book: Book, asked: Asked, move: Act) -> Reply:
    try:
        return replace(move(book, asked), replaces=True)
    except Question as question:
        question.request = replace(asked, text=f"move {asked.text}")
        raise


def leave(book: Book, asked: Asked) -> Reply:
    """The button Leave it: the gig stays where it is."""
    gig = pressed_gig(book, asked)
    return Reply(f"{headline(gig)} stays as it is. Nothing was changed.", replaces=True)
