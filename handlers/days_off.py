"""`/gig dayoff`: the days on which nobody of the tour is written to, but for what cannot wait."""

from datetime import date, timedelta

from checklists.errors import Refusal
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards.prose import escape, listed, show_date
from handlers.datewords import FULL, SHORT, read_date, refuse_past
from handlers.typed import quote, refusal, tidy
from handlers.which import need_changer, tour_here
from storage.book import Book
from storage.tours import Tour

EXAMPLE = "/gig dayoff 3 Dec"
MOST = 60
WORKS = ("off", "not", "work", "cancel", "remove")


def day_off(book: Book, asked: Asked) -> Reply:
    """`/gig dayoff 3 Dec, 4 Dec`: no reminders and no digests on these days; `3 Dec work` takes it back.

    Alone it lists them. Raises Refusal for what is no date, a date that is past, and a day on which the tour plays.
    """
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    today = local(asked.now, book.people.get(asked.who).zone or "UTC").date()
    known = {date.fromisoformat(day) for day in tour.days_off}
    text = tidy(asked.text)
    if not text:
        return Reply(_told(tour, [day for day in sorted(known) if day >= today]))
    words = text.split()
    works = words[-1].casefold() in WORKS and len(words) > 1
    days = _days(" ".join(words[:-1]) if works else text, today)
    if not works:
        _refuse_played(book, tour, days)
    left = known - set(days) if works else known | set(days)
    if len(left) > MOST:
        raise Refusal(f"At most {MOST} days off are kept for a tour. Nothing was changed.")
    book.tours.set_days_off(tour.id, [day for day in left if day >= today - timedelta(days=1)])
    said = ", ".join(day.isoformat() for day in days)
    book.journal.write(asked.now, asked.who, "works on" if works else "day off", tour_id=tour.id, after=said)
    return Reply(_told(tour, [day for day in sorted(left) if day >= today]))


def _days(text: str, today: date) -> list[date]:
    """The dates, parted by commas or `and`; raises Refusal for one that cannot be read or is past."""
    parts = [part.strip() for part in text.replace(" and ", ",").split(",") if part.strip()]
    if not parts or not all(FULL.fullmatch(part) or SHORT.fullmatch(part) for part in parts):
        raise refusal(f"Which day is off? I cannot read {quote(text)} as dates.", EXAMPLE)
    days = [read_date(part, today) for part in parts]
    for day in days:
        refuse_past(day, today)
    return days


def _refuse_played(book: Book, tour: Tour, days: list[date]) -> None:
    played = [gig for gig in book.gigs.of_tour(tour.id) if gig.date in days and gig.is_judged]
    if played:
        gig = played[0]
        raise Refusal(
            f"#{gig.number} {gig.title} is on {show_date(gig.date)}: that is no day off. Nothing was changed."
        )


def _told(tour: Tour, days: list[date]) -> str:
    name = escape(tour.name)
    if not days:
        return f"*{name}* has no day off ahead. `{EXAMPLE}` makes one: no reminder and no digest comes on it."
    return (
        f"Days off of *{name}*: {listed([show_date(day) for day in days])}. No reminder and no digest comes on them; "
        "it follows at 08:00 the day after. A cancellation, or a call within a day, cannot wait."
    )
