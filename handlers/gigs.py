"""Gigs: new, list, show; and what happens to a gig by itself."""

from collections.abc import Sequence
from datetime import date, datetime

from checklists.cues import NOON, Cue, CueKind, CueState
from checklists.errors import Refusal
from checklists.gig import Anchor, CurfewKind, GigState, ShowType, refuse_disorder
from checklists.letters import Letter
from checklists.venue import Place, Placing, choose, full_name
from checklists.walls import Wall, local
from handlers.asked import Asked, Reply
from handlers.cards import gig as cards
from handlers.cards.blocks import Card
from handlers.cards.forms import new_form, option
from handlers.cards.ids import number, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import escape, show_date
from handlers.grammar import read_gig, read_new, refuse_past
from handlers.opening import open_gigs, open_tour
from handlers.showwords import kind_of, show_chosen
from handlers.typed import plain
from handlers.upkeep import judge, keep, picture, post_card
from handlers.walls_asked import walls_of, walls_of_fields
from handlers.which import (
    Question,
    need_changer,
    need_channel,
    need_reader,
    refuse_same_show,
    the_gig,
    tour_here,
)
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Delivery
from storage.tours import Tour

BUTTONED = (Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED, Letter.NOT_HERE, Letter.DAY_SHEET)
"""The messages whose buttons go when the gig is over."""


def new(book: Book, asked: Asked) -> Reply:
    """`/gig new NAME, VENUE CITY, DATE [doors 19:00 ...]`: a confirmed show with its checklist and cues.

    Without words it opens the form.
    """
    need_channel(asked)
    need_reader(book, asked)
    tour = book.tours.of_channel(asked.where)
    if tour is not None:
        need_changer(book, tour, asked)
    if not asked.text.strip():
        today = local(asked.now, book.people.get(asked.who).zone or "UTC").date()
        return Reply(form=new_form(pack(asked.where, asked.where_name or "-"), today))
    return _open(book, tour, *_wanted(book, asked), asked)


def new_sent(book: Book, asked: Asked) -> Reply:
    """The form of a new gig; what is wrong stands at its field."""
    tour = book.tours.of_channel(asked.where)
    if tour is not None:
        need_changer(book, tour, asked)
    name, errors = asked.fields.get("name", "").strip(), {}
    if not name:
        errors["name"] = "Who plays? Write the name of the act."
    played, place = _chosen(book, asked.fields.get("place", ""))
    if place is None:
        errors["place"] = "Type the beginning of a town and choose one from the list."
        return Reply(errors=errors)
    day = date.fromisoformat(asked.fields["day"])
    if day < local(asked.now, place.zone).date():
        errors["day"] = f"{show_date(day)} is past. Choose a day that is ahead."
    given, wrong = walls_of_fields(asked.fields, day, place.zone, asked)
    if errors | wrong:
        return Reply(errors=errors | wrong)
    venue = plain(asked.fields.get("venue", "")) or played
    show = show_chosen(asked.fields.get("show", ""))
    return _open(book, tour, _new_gig(plain(name), venue, place, day, given, None, show), (), asked)


def _chosen(book: Book, value: str) -> tuple[str, Place | None]:
    """The venue (where it is one that was played) and the town of a choice from the search."""
    kind, _, rest = value.partition(":")
    if kind == "gig":
        gig = book.gigs.get(number(rest))
        if gig is not None:
            return gig.venue, Place(gig.city, gig.country, "", "", gig.lat, gig.lon, gig.zone, 0)
    name, _, mark = rest.rpartition("@")
    return "", next((place for place in book.places.find(name) if _mark(place) == mark), None)


def places(book: Book, typed: str) -> list[dict[str, object]]:
    """The towns and the venues already played that begin with what was typed, for the search of the form."""
    known = {gig.venue: gig for tour in book.tours.all() for gig in book.gigs.named(tour.id, typed)}
    venues = [option(gig.title, f"gig:{gig.id}") for venue, gig in known.items() if venue]
    towns = [option(full_name(place), f"town:{place.name}@{_mark(place)}") for place in book.places.find(typed)]
    near = [] if towns else [each for name in book.places.near(typed) for each in book.places.find(name)[:2]]
    close = [option(full_name(place), f"town:{place.name}@{_mark(place)}") for place in near]
    return [*venues[:10], *towns[:15], *close[:15]]


def _open(book: Book, tour: Tour | None, wanted: NewGig, notes: tuple[str, ...], asked: Asked) -> Reply:
    tour = tour or open_tour(book, asked.where_name, asked.where, asked.who, asked.now)
    refuse_same_show(book, tour, wanted.date, wanted.city, wanted.venue)
    gig = open_gigs(book, tour, [wanted], asked.who, asked.now)[0]
    return Reply(_new_receipt(picture(book, gig.id), notes, asked.now))


def _wanted(book: Book, asked: Asked) -> tuple[NewGig, tuple[str, ...]]:
    own_zone = book.people.get(asked.who).zone or "UTC"
    typed = read_new(asked.text, local(asked.now, own_zone).date())
    venue, place, notes = _place(book, typed.where, typed.day, asked)
    refuse_past(typed.day, local(asked.now, place.zone).date())
    given = walls_of(typed.times, typed.day, place.zone, asked)
    refuse_disorder(given)
    wanted = _new_gig(typed.name, venue, place, typed.day, given, typed.curfew_kind, typed.show)
    return wanted, notes


def _new_gig(
    name: str,
    venue: str,
    place: Place,
    day: date,
    given: dict[Anchor, Wall],
    curfew: CurfewKind | None,
    show: ShowType | None,
) -> NewGig:
    return NewGig(
        name=name,
        venue=venue,
        city=place.name,
        country=place.country,
        zone=place.zone,
        lat=place.lat,
        lon=place.lon,
        date=day,
        given=given,
        curfew_kind=curfew or CurfewKind.SOFT,
        kind=kind_of(show),
        show_type=show,
    )


def _beside(book: Book, day: date, asked: Asked) -> list[Place]:
    """The towns that this channel's tour plays last before a day and first after it."""
    tour = book.tours.of_channel(asked.where)
    gigs = [gig for gig in book.gigs.of_tour(tour.id) if gig.state is not GigState.CANCELLED] if tour else []
    beside = [*[gig for gig in gigs if gig.date <= day][-1:], *[gig for gig in gigs if gig.date > day][:1]]
    return [Place(gig.city, gig.country, "", "", gig.lat, gig.lon, gig.zone, 0) for gig in beside]


def _place(book: Book, where: str, day: date, asked: Asked) -> tuple[str, Place, tuple[str, ...]]:
    """Venue and town of what was typed; raises Question among towns of one name, Refusal for none."""
    splits = book.places.ending(where)
    if not splits:
        near = choose([], [], book.places.near(where.rpartition(",")[2] or where)).notes
        hint = f" {near[0]}." if near else ""
        raise Refusal(
            f"I don't know the town at the end of “{where[:60]}”.{hint} Write the venue, then the nearest town and "
            "its country: `Paradiso, Amsterdam, Netherlands`."
        )
    split = splits[0]
    if chosen := asked.choices.get("place"):
        return split.venue, _of_those(split.places, chosen), ()
    found = choose(split.places, _beside(book, day, asked), called=split.city)
    if found.status is not Placing.PLACED or found.place is None:
        options = [(f"{p.name}, {p.region}, {p.country_name}", _mark(p)) for p in split.places]
        raise Question("place", f"Which {split.city}?", options)
    return split.venue, found.place, found.notes


def _of_those(places: Sequence[Place], mark: str) -> Place:
    found = next((place for place in places if _mark(place) == mark), None)
    if found is None:
        raise Refusal("That town is not among those I asked about. Type the command again.")
    return found


def _mark(place: Place) -> str:
    return f"{place.lat:.3f},{place.lon:.3f}"


def _new_receipt(seen: Picture, notes: tuple[str, ...], now: datetime) -> str:
    gig = seen.gig
    when = local(gig.days_before(14, NOON), gig.zone).date()
    show = f", {gig.show_type.words}" if gig.show_type else ""
    lines = [f"*{cards.headline(gig)}* is open: {escape(gig.name)}. {len(seen.items)} items, lite list{show}."]
    lines.append(cards.times_line(gig) + " (`~`: nobody gave it; `/gig times` sets it)")
    squeezed = sum(item.compressed for item in seen.items)
    if squeezed:
        lines.append(f"{squeezed} items would have been due before today: their dues are compressed.")
    if gig.days_before(14, NOON) > now:
        lines.append(f"Its card comes into this channel on {show_date(when)}, or with its first call.")
    lines += [escape(note) for note in notes]
    lines.append(f"Next: `/gig call #{gig.number} @name FOH 14:00`")
    return "\n".join(lines)


def list_gigs(book: Book, asked: Asked) -> Reply:
    """`/gig list`: the tour's gigs by date with their verdicts."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    return Reply(cards.gig_list(tour.name, book.gigs.of_tour(tour.id), asked.now))


def show(book: Book, asked: Asked) -> Reply:
    """`/gig show CITY`: the card, privately."""
    need_reader(book, asked)
    gig = the_gig(book, tour_here(book, asked), read_gig(asked.text), asked)
    shown = cards.gig_card(picture(book, gig.id), asked.now, desk=True)
    return Reply(shown.text, shown.blocks)


def card_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The card as the gig stands; a gig that is off gets none."""
    seen = picture(book, letter.gig_id or 0)
    if seen.gig.state is GigState.CANCELLED and letter.of_id is None:
        return None
    return cards.gig_card(seen.hushed(now) if letter.of_id is None else seen, now)


def ring_card(book: Book, cue: Cue, now: datetime) -> CueState:
    """Two weeks before the date the gig's card comes into the channel."""
    post_card(book, picture(book, cue.gig_id or 0), now)
    return CueState.GONE


def ring_state(book: Book, cue: Cue, now: datetime) -> CueState:
    """At 06:00 a gig becomes show day, and at the next 06:00 it has been played."""
    state = GigState.SHOW_DAY if cue.kind is CueKind.SHOW_DAY else GigState.PLAYED
    book.gigs.set_state(cue.gig_id or 0, state)
    book.journal.write(now, "the clock", state.words, gig_id=cue.gig_id)
    keep(book, cue.gig_id or 0, now, owners=False)
    if state is GigState.PLAYED:
        book.outbox.refresh_letters(cue.gig_id or 0, BUTTONED, now)
    return CueState.GONE


def ring_recheck(book: Book, cue: Cue, now: datetime) -> CueState:
    """The clock alone changed the readiness: the card is refreshed, nothing is posted."""
    judge(book, picture(book, cue.gig_id or 0), now)
    book.outbox.refresh_card(cue.gig_id or 0, now)
    return CueState.GONE


def ring_upkeep(book: Book, cue: Cue, now: datetime) -> CueState:
    """Right after an answer: what hangs on the gig is made true; a drop is posted."""
    keep(book, cue.gig_id or 0, now, told=False)
    return CueState.GONE
