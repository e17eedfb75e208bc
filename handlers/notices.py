"""What people hear about the bot itself: welcome, missed reminders, a closed channel, a failed message."""

from datetime import datetime

from handlers.cards.blocks import Card, card
from handlers.cards.prose import say
from storage.book import Book
from storage.outbox import Delivery


def missed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    lines = letter.subject["lines"]
    return card(say("missed", count=len(lines), lines=lines[:20]))


def invite_me_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("invite_me", tour=book.tours.get(letter.tour_id or 0).name))


def failed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    gig = book.gigs.get(letter.gig_id) if letter.gig_id else None
    what = letter.subject["what"].replace("_", " ")
    return card(say("failed", what=what, gig=gig, error=letter.subject["error"]))


def welcome_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return card(say("welcome"))
