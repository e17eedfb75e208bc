"""Tours: imported from a spreadsheet, bound to a channel."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePath

from checklists.crew import Role
from checklists.errors import Refusal
from checklists.gig import GigState
from checklists.routing import PlacedRow, Row, RowStatus, place_rows
from checklists.walls import ROLLOVER, at_clock
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards import gig as cards
from handlers.cards.blocks import Button, Card, card
from handlers.cards.ids import Action, pack
from handlers.cards.prose import escape, mention
from handlers.grammar import read_gig
from handlers.opening import announce, open_gigs, open_tour
from handlers.spreadsheet import read_rows
from handlers.typed import visible
from handlers.upkeep import keep
from handlers.which import need_changer, need_channel, need_reader
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Delivery
from storage.tours import Tour

ROWS_MOST = 200
NOTES_SHOWN = 15
A_DAY = timedelta(days=1)
NAME_MOST = 80


def import_dropped(book: Book, asked: Asked) -> Reply:
    """`/gig import`: the CSV that this person dropped here last, every row placed or explained."""
    need_channel(asked)
    need_reader(book, asked)
    tour = book.tours.of_channel(asked.where)
    if tour is not None:
        need_changer(book, tour, asked)
    if asked.dropped is None:
        raise Refusal(
            "I see no CSV of yours in this channel from the last 15 minutes. Drop the file here (columns: date, city, "
            "country, venue), then type `/gig import`."
        )
    rows = read_rows(asked.dropped.content, asked.dropped.name)
    if len(rows) > ROWS_MOST:
        raise Refusal(
            f"That file has {len(rows):,} rows; at most {ROWS_MOST} fit here. Nothing was imported. "
            "For more use `python -m bot import FILE` on the machine that runs the bot."
        )
    placed = _place(book, rows, tour)
    if not any(row.status in (RowStatus.PLACED, RowStatus.DUPLICATE) for row in placed):
        raise Refusal("\n".join(["No row could be used, nothing was imported.", *_explained(placed)]))
    if tour is None:
        name = tour_name(asked.dropped.name)
        tour = open_tour(book, name, asked.where, asked.who, asked.now)
    made = _open_placed(book, tour, placed, asked.who, asked.now)
    announce(book, tour, asked.now)
    book.drops.used(asked.dropped.id)
    return _imported(book, tour, placed, made)


def dropped(book: Book, asked: Asked) -> Reply:
    """A file was dropped; `value` is its id. Only that is kept, until somebody types `/gig import`."""
    book.drops.put(asked.value, asked.where, asked.who, asked.now)
    return NOTHING


def _place(book: Book, rows: Sequence[Row], tour: Tour | None) -> list[PlacedRow]:
    stored = book.gigs.identities(tour.id) if tour else set()
    return place_rows(rows, book.places.find, stored, book.places.near)


def import_sheet(
    book: Book, content: bytes, file_name: str, name: str, now: datetime, *, dry_run: bool = False
) -> list[PlacedRow]:
    """The command line's import: a tour without a manager and without cues until `/gig here` binds it.

    Raises Refusal for a file that cannot be read.
    """
    tour = book.tours.named(name or tour_name(file_name))
    placed = _place(book, read_rows(content, file_name), tour)
    if not dry_run and any(row.status is RowStatus.PLACED for row in placed):
        tour = tour or open_tour(book, name or tour_name(file_name), "", "", now)
        _open_placed(book, tour, placed, "command line", now)
    return placed


def tour_name(file_name: str) -> str:
    """The file's stem as a name."""
    return visible(PurePath(file_name).stem.replace("_", " "))[:NAME_MOST] or "tour"


def _open_placed(book: Book, tour: Tour, placed: Sequence[PlacedRow], who: str, now: datetime) -> int:
    wanted = [_new_gig(tour, row, now) for row in placed if row.status is RowStatus.PLACED]
    open_gigs(book, tour, wanted, who, now)
    return len(wanted)


def _new_gig(tour: Tour, row: PlacedRow, now: datetime) -> NewGig:
    """A placed row as a gig: confirmed, or played when its show day is over. Keeps the city as it was written."""
    place, day = row.place, row.date
    if place is None or day is None:
        raise ValueError(f"row {row.line} is not placed")
    over = at_clock(day, ROLLOVER, place.zone) + A_DAY <= now
    return NewGig(
        name=tour.name,
        venue=row.venue,
        city=row.city,
        country=place.country,
        zone=place.zone,
        lat=place.lat,
        lon=place.lon,
        date=day,
        state=GigState.PLAYED if over else GigState.CONFIRMED,
        capacity=row.capacity,
    )


def _imported(book: Book, tour: Tour, placed: Sequence[PlacedRow], made: int) -> Reply:
    """The receipt: how many, what needs a look, and the one question about what is late already."""
    doubled = sum(row.status is RowStatus.DUPLICATE for row in placed)
    lines = [f"*{escape(tour.name)}*: {made} gigs imported from {len(placed)} rows."]
    if doubled:
        lines.append(f"{doubled} were there already: nothing was doubled.")
    lines += _explained(placed)
    items = book.items.of_tour(tour.id)
    late = sum(item.fell_due_before for item in items)
    if not late or not made:
        return Reply("\n".join(lines))
    lines.append(f"\n{late} items fell due before today. Are they done, or should I chase them?")
    asking = card(
        "\n".join(lines),
        [
            Button("Already done", Action.OLD_DUE, pack(tour.id, "done")),
            Button("Chase them", Action.OLD_DUE, pack(tour.id, "chase")),
        ],
    )
    return Reply(asking.text, asking.blocks)


def _explained(placed: Sequence[PlacedRow]) -> list[str]:
    """The rows that were not simply placed, in plain words."""
    told = [row for row in placed if row.status is not RowStatus.PLACED or row.notes]
    told = sorted(told, key=lambda row: row.status in (RowStatus.PLACED, RowStatus.DUPLICATE))
    lines = [f"• line {row.line}, {escape(row.city[:60])}: {row.status}{_notes(row)}" for row in told[:NOTES_SHOWN]]
    if len(told) > NOTES_SHOWN:
        lines.append(f"• and {len(told) - NOTES_SHOWN} more rows with notes")
    return lines


def _notes(row: PlacedRow) -> str:
    return f", {escape('; '.join(row.notes))[:300]}" if row.notes else ""


def here(book: Book, asked: Asked) -> Reply:
    """`/gig here TOUR`: binds an imported tour to this channel; whoever types it is its tour manager."""
    need_channel(asked)
    need_reader(book, asked)
    bound = book.tours.of_channel(asked.where)
    if bound is not None:
        raise Refusal(
            f"This channel holds a tour already: {bound.name}. A channel holds one tour. "
            "Are you crew, and on site? Write `here` in the thread of the gig's card."
        )
    tour = _waiting_tour(book, read_gig(asked.text))
    book.tours.bind(tour.id, asked.where, asked.who)
    book.tours.give_role(tour.id, asked.who, Role.TM, asked.now)
    book.journal.write(asked.now, asked.who, "tour bound", tour_id=tour.id, after=asked.where)
    gigs = book.gigs.of_tour(tour.id)
    for gig in gigs:
        if gig.is_judged:
            keep(book, gig.id, asked.now)
    announce(book, book.tours.get(tour.id), asked.now)
    return Reply(
        f"*{escape(tour.name)}* lives here now: {len(gigs)} gigs. You are its tour manager. Next: `/gig list`."
    )


def _waiting_tour(book: Book, words: str) -> Tour:
    waiting = [tour for tour in book.tours.all() if not tour.channel]
    if not waiting:
        raise Refusal("No imported tour waits for a channel. Drop a CSV here and type `/gig import`.")
    fits = [tour for tour in waiting if tour.name.casefold().startswith(words.casefold())] if words else waiting
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(tour.name for tour in waiting[:10])
    raise Refusal(f"Which tour? These wait for a channel: {names}. Type `/gig here` and the beginning of its name.")


def overview_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    tour = book.tours.get(letter.tour_id or 0)
    gigs = book.gigs.of_tour(tour.id)
    return cards.overview(tour.name, mention(tour.lead), gigs) if gigs else None
