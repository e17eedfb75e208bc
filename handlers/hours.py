"""Hours in and out: `/gig out`, `/gig hours`, the button I'm out, and what is missing the morning after."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from checklists.access import Deed, may
from checklists.clash import Shift, is_judged, shifts_of
from checklists.crew import Call, CallState, Role
from checklists.cues import Cue, CueState
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.hours import HAS_HOURS, MAY_BE_OUT, is_missing, is_told, may_be_out
from checklists.letters import Letter
from checklists.walls import Wall, by_night, exists
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import hours as cards
from handlers.cards.blocks import Card
from handlers.cards.picture import Picture, one_each
from handlers.cards.prose import show_date
from handlers.grammar import read_gig
from handlers.hourwords import OutRequest, read_outs
from handlers.releasing import release, settle
from handlers.upkeep import glance, picture
from handlers.walls_asked import which_of_two
from handlers.which import need_changer, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery, Room

NEXT_DAYS = timedelta(days=4)
"""So far ahead the next call is looked for."""
USEFUL = timedelta(hours=12)
"""So long after 08:00 it still helps to hear whose hours are missing."""


def out(book: Book, asked: Asked) -> Reply:
    """`/gig out CITY @ana 01:40`, or `all`: who was out when; `off` for who is still there."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    typed = read_outs(asked.text)
    gig = the_gig(book, tour, typed.gig, asked)
    _refuse_closed(gig)
    seen = glance(book, gig.id)
    if typed.back:
        return _take_back(book, seen, _named(seen, typed, (CallState.RELEASED,)), asked)
    at = _instant(gig, typed, asked)
    calls = _named(seen, typed, MAY_BE_OUT) if typed.people else _still_there(seen, at)
    fresh = release(book, seen, calls, at, asked)
    if not fresh:
        return Reply(f"{gig_cards.headline(gig)}: that is noted already. Nothing was changed.")
    following = _following(book, gig, {call.person for call in fresh}, at)
    lines = [cards.out_words(seen, [call], following.get(call.person)) for call in one_each(fresh)]
    return Reply("\n".join([f"*{gig_cards.headline(gig)}*", *[f"• {line}" for line in lines]]))


def _instant(gig: Gig, typed: OutRequest, asked: Asked) -> datetime:
    """When they were out (UTC): a time before 06:00 is of the show's night.

    Raises Question for one that the clocks show twice, Refusal for one that they skip.
    """
    if typed.clock is None:
        return asked.now
    wall = Wall(typed.clock.at, 1) if typed.clock.next_day else by_night(typed.clock.at)
    if not exists(gig.date, wall, gig.zone):
        raise Refusal(f"{wall} does not exist in that night in {gig.zone}: the clocks go forward over it.")
    return gig.when(which_of_two("out", wall, gig.date, gig.zone, asked))


def _named(seen: Picture, typed: OutRequest, states: Collection[CallState]) -> list[Call]:
    """The calls of those who are named, or of all, in one of these states; raises Refusal for who has none."""
    fit = [call for call in seen.calls if call.state in states]
    people = typed.people or tuple(call.person for call in fit)
    without = [who for who in people if who not in {call.person for call in fit}]
    where = f"#{seen.gig.number} {seen.gig.title}"
    if without:
        have = "are out of" if typed.back else "said yes to a call on"
        raise Refusal(f"{seen.name(without[0])} is not among those who {have} {where}. Nothing was changed.")
    if not fit:
        raise Refusal(f"Nobody is noted as out of {where}. Nothing was changed.")
    return [call for call in fit if call.person in people]


def _still_there(seen: Picture, at: datetime) -> list[Call]:
    """Everybody who came, or said that he would, was called by then, and is not out yet."""
    there = [call for call in seen.calls if call.state in (CallState.ARRIVED, CallState.CONFIRMED) and call.at <= at]
    if not there:
        raise Refusal(f"Nobody is still at #{seen.gig.number} {seen.gig.title} whose call had begun by then.")
    return there


def _take_back(book: Book, seen: Picture, calls: Sequence[Call], asked: Asked) -> Reply:
    """They are still there after all."""
    fresh = [replace(call, state=_state_before(call), out_at=None) for call in calls]
    for call in fresh:
        book.crew.set_answer(call, asked.now)
        after = f"{call.person} {call.position} not out"
        book.journal.write(asked.now, asked.who, "out", gig_id=seen.gig.id, before=CallState.RELEASED, after=after)
    settle(book, seen, fresh, asked.now)
    names = ", ".join(seen.name(call.person) for call in one_each(fresh))
    return Reply(f"{gig_cards.headline(seen.gig)}: not out any more: {names}.")


def _state_before(call: Call) -> CallState:
    return CallState.ARRIVED if call.in_at else CallState.CONFIRMED


def out_button(book: Book, asked: Asked) -> Reply:
    """I'm out, below the load-out: whoever presses it is out now."""
    seen = glance(book, pressed_gig(book, asked).id)
    if not is_told(seen.gig, asked.said_at):
        raise Refusal(
            "You can say that you are out from the end of the set until the evening after. "
            f"The tour manager can still note it: `/gig out #{seen.gig.number} @name 01:40`."
        )
    mine = may_be_out([call for call in seen.calls if call.person == asked.who], asked.said_at)
    if not mine:
        raise Refusal(f"You have no call on #{seen.gig.number} {seen.gig.title} that has begun, so there is no out.")
    if all(call.state is CallState.RELEASED for call in mine):
        fresh = mine
    else:
        fresh = release(book, seen, mine, min(asked.said_at, asked.now), asked)
    following = _following(book, seen.gig, [asked.who], asked.now)
    words = cards.out_words(seen, fresh, following.get(asked.who))
    return Reply(f"{gig_cards.headline(seen.gig)}: {words}. Not so? Write `here` in the thread.")


def hours(book: Book, asked: Asked) -> Reply:
    """`/gig hours CITY`: in and out by person, with the rest until the next call."""
    tour = tour_here(book, asked)
    roles = book.tours.roles_of(tour.id, asked.who)
    if Role.TA not in roles and not may(Deed.CHANGE, roles, book.people.get(asked.who)):
        raise Refusal("Hours are for the tour manager, the production manager and the tour accountant.")
    gig = the_gig(book, tour, read_gig(asked.text), asked)
    seen = picture(book, gig.id)
    calls = [call for call in seen.calls if is_judged(call)]
    if not calls:
        return Reply(f"{gig_cards.headline(gig)}: nobody is called to work, so there are no hours.")
    since = min(call.at for call in calls)
    sheet = cards.sheet(seen, _by_person(calls), _following(book, gig, {call.person for call in calls}, since))
    return Reply(sheet.text, sheet.blocks)


def _by_person(calls: Iterable[Call]) -> list[list[Call]]:
    found: dict[str, list[Call]] = {}
    for call in calls:
        found.setdefault(call.person, []).append(call)
    return list(found.values())


def _following(book: Book, gig: Gig, people: Collection[str], since: datetime) -> dict[str, Shift]:
    """By person, the next work on another gig; that on another tour says no place, for it may not be known here."""
    found: dict[str, list[tuple[Call, Gig]]] = {}
    for call, where in book.crew.around(set(people), since, since + NEXT_DAYS):
        if where.id != gig.id and is_judged(call):
            told = where if where.tour_id == gig.tour_id else replace(where, city="a gig of another tour")
            found.setdefault(call.person, []).append((call, told))
    return {who: shifts_of(worked)[0] for who, worked in found.items()}


def _refuse_closed(gig: Gig) -> None:
    if gig.state not in HAS_HOURS:
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {gig.state.words}: there are no hours.")


def ring_hours(book: Book, cue: Cue, now: datetime) -> CueState:
    """At the end of the night: if somebody who came has not said when he was out, the manager hears it at 08:00."""
    seen = glance(book, cue.gig_id or 0)
    gone = [call.id for call in seen.calls if is_missing(call)]
    if not gone or not seen.lead:
        return CueState.CUT
    at, gig = seen.after_quiet(seen.lead, now), seen.gig
    where = (Letter.HOURS, Room.DM, f"cue:{cue.id}", now)
    book.outbox.say(*where, tour_id=gig.tour_id, gig_id=gig.id, person=seen.lead, not_before=at, expires=at + USEFUL)
    return CueState.GONE


def hours_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in seen.calls if is_missing(call)]
    if not calls:
        return cards.complete(seen) if letter.of_id is not None else None
    since = min(call.at for call in calls)
    return cards.missing(seen, _by_person(calls), _following(book, seen.gig, {call.person for call in calls}, since))
