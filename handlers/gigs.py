"""Gigs: new, list, show, ready, times, move, cancel; and what happens to a gig by itself."""

from datetime import datetime

from checklists.cues import NOON, Cue, CueKind, CueState
from checklists.errors import Refusal
from checklists.gig import Anchor, CurfewKind, Gig, GigState, refuse_disorder
from checklists.letters import Letter
from checklists.venue import Place, Placing, choose
from checklists.walls import Wall, local
from handlers.asked import Asked, Reply
from handlers.cards import gig as cards
from handlers.cards.blocks import Card
from handlers.cards.picture import Picture
from handlers.cards.prose import anchor_of, escape, show_date
from handlers.grammar import read_gig, read_new, read_times, refuse_past
from handlers.opening import open_gigs, open_tour
from handlers.upkeep import Kept, judge, judge_next_days, keep, picture, post_card, tell_called
from handlers.walls_asked import walls_of
from handlers.which import Question, need_changer, need_reader, the_gig, tour_here
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Delivery
from storage.tours import Tour

BUTTONED = (Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED, Letter.NOT_HERE, Letter.DAY_SHEET)
"""The messages whose buttons go when the gig is over."""


def new(book: Book, asked: Asked) -> Reply:
    """`/gig new NAME, VENUE CITY, DATE [doors 19:00 ...]`: a confirmed show with its checklist and cues."""
    need_reader(book, asked)
    tour = book.tours.of_channel(asked.where)
    if tour is not None:
        need_changer(book, tour, asked)
    elif not asked.where_name:
        raise Refusal("A tour lives in a channel. Go to the tour's channel and type `/gig new ...` there.")
    wanted, notes = _wanted(book, asked)
    tour = tour or open_tour(book, asked.where_name, asked.where, asked.who, asked.now)
    _refuse_twice(book, tour, wanted)
    gig = open_gigs(book, tour, [wanted], asked.who, asked.now)[0]
    return Reply(_new_receipt(picture(book, gig.id), notes, asked.now))


def _wanted(book: Book, asked: Asked) -> tuple[NewGig, tuple[str, ...]]:
    own_zone = book.people.get(asked.who).zone or "UTC"
    typed = read_new(asked.text, local(asked.now, own_zone).date())
    venue, place, notes = _place(book, typed.where, asked)
    refuse_past(typed.day, local(asked.now, place.zone).date())
    given = walls_of(typed.times, typed.day, place.zone, asked)
    refuse_disorder(given)
    wanted = NewGig(
        name=typed.name,
        venue=venue,
        city=place.name,
        country=place.country,
        zone=place.zone,
        lat=place.lat,
        lon=place.lon,
        date=typed.day,
        given=given,
        curfew_kind=typed.curfew_kind or CurfewKind.SOFT,
    )
    return wanted, notes


def _place(book: Book, where: str, asked: Asked) -> tuple[str, Place, tuple[str, ...]]:
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
        return split.venue, next(p for p in split.places if _mark(p) == chosen), ()
    found = choose(split.places, ())
    if found.status is not Placing.PLACED or found.place is None:
        options = [(f"{p.name}, {p.region}, {p.country_name}", _mark(p)) for p in split.places]
        raise Question("place", f"Which {split.city}?", options)
    return split.venue, found.place, found.notes


def _mark(place: Place) -> str:
    return f"{place.lat:.3f},{place.lon:.3f}"


def _refuse_twice(book: Book, tour: Tour, wanted: NewGig) -> None:
    for gig in book.gigs.of_tour(tour.id):
        same = (gig.date, gig.city, gig.venue.casefold()) == (wanted.date, wanted.city, wanted.venue.casefold())
        if same and gig.state is not GigState.CANCELLED:
            raise Refusal(
                f"That gig is there already: #{gig.number} {gig.title}, {show_date(gig.date)}. Nothing was doubled. "
                f"`/gig show #{gig.number}` shows it."
            )


def _new_receipt(seen: Picture, notes: tuple[str, ...], now: datetime) -> str:
    gig = seen.gig
    when = local(gig.days_before(14, NOON), gig.zone).date()
    lines = [f"*{cards.headline(gig)}* is open: {escape(gig.name)}. {len(seen.items)} items, lite list."]
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
    card = cards.gig_card(picture(book, gig.id), asked.now)
    return Reply(card.text, card.blocks)


def ready(book: Book, asked: Asked) -> Reply:
    """`/gig ready CITY`: the verdict with every reason and the hours to the calls."""
    need_reader(book, asked)
    gig = the_gig(book, tour_here(book, asked), read_gig(asked.text), asked)
    return Reply(cards.why(picture(book, gig.id), asked.now))


def times(book: Book, asked: Asked) -> Reply:
    """`/gig times CITY doors 19:30 ...`: sets times of the day; all called are told, nobody is asked."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    typed = read_times(asked.text)
    gig = the_gig(book, tour, typed.gig, asked)
    refuse_over(gig, asked.now)
    given: dict[Anchor, Wall] = {**gig.given, **walls_of(typed.times, gig.date, gig.zone, asked)}
    refuse_disorder(given)
    book.gigs.set_times(gig.id, given, typed.curfew_kind or gig.curfew_kind)
    kept = keep(book, gig.id, asked.now)
    changes = _changes(gig, kept.picture.gig)
    if not changes:
        return Reply(f"{cards.headline(gig)}: those are its times already. Nothing was changed.")
    book.journal.write(
        asked.now, asked.who, "times", gig_id=gig.id, before=cards.times_line(gig), after="; ".join(changes)
    )
    judge_next_days(book, [call.person for call in kept.picture.standing], gig, asked.now)
    if kept.picture.standing:
        tell_called(
            book, kept.picture, Letter.TIMES, kept.picture.standing, asked.now, f"times:{asked.key}", changes=changes
        )
    told = "All called are told in the thread." if kept.picture.standing else "Nobody is called yet, nobody was told."
    return Reply("\n".join([f"*{cards.headline(gig)}*", *[f"• {line}" for line in changes], told, verdict(kept)]))


def _changes(before: Gig, after: Gig) -> list[str]:
    found = [
        f"{anchor.words} {anchor_of(after, anchor)} (was {anchor_of(before, anchor)})"
        for anchor in Anchor
        if anchor_of(after, anchor) != anchor_of(before, anchor)
    ]
    if after.curfew_kind is not before.curfew_kind:
        found.append(f"curfew is {after.curfew_kind} (was {before.curfew_kind})")
    return found


def refuse_over(gig: Gig, now: datetime) -> None:
    """Raises Refusal for a gig that has been played or will not be played."""
    if not gig.is_judged or gig.is_over(now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: nothing can be changed any more.")


def verdict(kept: Kept) -> str:
    """`Readiness: RED · 12.0 % locked, 60.0 % on time (was amber)`."""
    was = f" (was {kept.before})" if kept.before and kept.before != kept.now.verdict else ""
    return f"Readiness: {cards.verdict_words(kept.now)}{was}."


def card_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The card as the gig stands; a gig that is off gets none."""
    seen = picture(book, letter.gig_id or 0)
    if seen.gig.state is GigState.CANCELLED and letter.of_id is None:
        return None
    return cards.gig_card(seen, now)


def drop_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    return cards.drop(picture(book, letter.gig_id or 0), now)


def times_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    called = [call for call in seen.standing if call.id in letter.subject["calls"]]
    return cards.changed(seen, letter.subject["changes"], cards.named_once(seen, called, now))


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
