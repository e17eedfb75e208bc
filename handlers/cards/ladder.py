"""What is said while a place is being filled: to the stand-ins, in the thread, to the tour manager and the deputy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.gig import Gig
from checklists.ladder import Offer, OfferState
from checklists.rentals import Rental
from checklists.walls import Wall
from handlers.cards.blocks import Button, Card, card, fitting, rows, shorten
from handlers.cards.ids import Action, pack
from handlers.cards.lines import LINES_ROOM, particulars
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, clock, escape, mention, moment, own_clock, say, show_date

WHY = {
    CallState.DECLINED: "can't make it",
    CallState.NO_SHOW: "has not come",
    CallState.CALLED: "has not answered",
    CallState.CALLED_OFF: "has not answered",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody's word: under which loop, on which gig, and the calls, or the rental, it is about."""

    loop_id: int
    seen: Picture
    calls: Sequence[Call] = ()
    rental: Rental | None = None


def offer(seen: Picture, put: Offer, call: Call, wall: Wall, until: datetime, is_free: bool) -> Card:
    """The question to a stand-in, and what became of it. It names nobody else who is asked.

    `wall`: when he would be called, or is. `until`: how long he has. `is_free`: nobody fills the place yet.
    """
    gig = seen.gig
    at = gig.when(wall)
    text = say(
        "offer",
        gig=gig,
        position=call.position.value,
        when=moment(at, gig.zone),
        own=own_clock(at, gig.zone),
        is_urgent=wall != call.wall,
        was=clock(call.at, gig.zone),
        particulars=particulars(seen, [call]),
        lead=mention(seen.lead),
        until=moment(until, gig.zone),
        until_own=own_clock(until, gig.zone),
        state=put.state.value,
        is_free=is_free,
    )
    return card(text, _offer_buttons(seen, put, is_free))


def _offer_buttons(seen: Picture, put: Offer, is_free: bool) -> list[Button]:
    value = pack(seen.gig.id, put.id)
    can = Button("I can", Action.TAKE_IT, value, style="primary")
    if put.state is OfferState.TAKEN:
        return [Button("Change my answer", Action.CHANGE, pack(seen.gig.id))] if seen.gig.is_judged else []
    if not is_free:
        return []
    if put.state is OfferState.REFUSED:
        return [Button("I can after all", Action.TAKE_IT, value)]
    return [can, Button("I can't", Action.NOT_ME, value)] if put.is_open else []


def filled(seen: Picture, call: Call, taker: Call | None, to: str, state: OfferState) -> Card:
    """A place was filled: in the thread, to the tour manager, and to whoever else was asked."""
    gig = seen.gig
    text = say(
        "filled",
        gig=gig,
        to=to,
        position=call.position.value,
        when=moment(taker.at if taker else call.at, gig.zone),
        taker=seen.name(taker.person) if taker else "",
        instead=seen.name(call.person),
        why=WHY.get(call.state, ""),
        is_filled=state is not OfferState.LAPSED,
    )
    return card(text)


def unfilled(seen: Picture, call: Call, asked: int, refused: int) -> Card:
    """For the tour manager: the chain has come to its end."""
    text = say(
        "unfilled",
        gig=seen.gig,
        who=seen.name(call.person),
        why=WHY.get(call.state, "is out"),
        position=call.position.value,
        when=moment(call.at, seen.gig.zone),
        asked=asked,
        refused=refused,
        example=str(call.wall),
    )
    return card(text)


def boss(seen: Picture, calls: Sequence[Call]) -> Card:
    """For the tour manager: two asks were left unanswered, and there will be no third."""
    zone = seen.gig.zone
    lines = [Spoken(f"{mention(call.person)} {call.position}, call {clock(call.at, zone)}") for call in calls]
    first = calls[0]
    text = say(
        "boss",
        gig=seen.gig,
        lines=fitting(lines, LINES_ROOM),
        position=first.position.value,
        example=str(first.wall),
    )
    return card(text)


def handover(tour: str, lead: str, waiting: Sequence[Waiting], *, is_old: bool = False) -> Card:
    """For the deputy: everything of the tour that waits for a word, and what to type.

    `is_old`: a newer message holds it all.
    """
    lines = _all_lines(waiting)
    words = say("handover", tour=tour, lead=mention(lead), lines=lines, is_old=is_old)
    return card(words, [] if is_old else [Button("Got it", Action.GOT_IT, "-")])


def handed_over(tour: str, taken: Spoken, left: Sequence[Waiting]) -> Card:
    """The same message once nothing waits for a word: who has it in hand, since when, and what is left to do."""
    return card(say("handed_over", tour=tour, taken=taken, lines=_all_lines(left)))


def _all_lines(waiting: Iterable[Waiting]) -> list[str]:
    return fitting([line for each in waiting for line in _lines(each)], LINES_ROOM)


def _lines(each: Waiting) -> list[Spoken]:
    asked = [_rental(each.seen.gig, each.rental)] if each.rental else []
    return [*asked, *(_waiting(each, call) for call in each.calls)]


def _where(gig: Gig) -> str:
    return f"#{gig.number} {escape(shorten(gig.city, 60))}, {show_date(gig.date)}"


def _rental(gig: Gig, rental: Rental) -> Spoken:
    """`#12 Lisbon, Sun 27 Oct 2024: may 2 drum riser be rented, from PRG, 180 EUR? /gig kit #12 approve drum riser`"""
    terms = "".join(f", {part}" for part in (rental.supplier and f"from {rental.supplier}", rental.price) if part)
    line = f"`/gig kit #{gig.number} approve {escape(rental.name)}`, or `refuse` in its place"
    return Spoken(f"{_where(gig)}: may {rental.count} {escape(rental.name)} be rented{escape(terms)}? {line}")


def _waiting(each: Waiting, call: Call) -> Spoken:
    """`#12 Lisbon, Sun 27 Oct 2024: Ana can't make it, FOH, call Sun 27 Oct 14:00 WET. /gig call ...`"""
    gig, seen = each.seen.gig, each.seen
    where = _where(gig)
    why = "has not confirmed" if call.is_unconfirmed else WHY.get(call.state, "is out")
    line = f"`/gig call #{gig.number} @name {call.position} {call.wall}`"
    return Spoken(f"{where}: {seen.name(call.person)} {why}, {call.position}, call {moment(call.at, gig.zone)}. {line}")


def got_it(loop_id: int, extra: Iterable[str]) -> Card:
    """What is added to a message that waits for a word: more lines, and the button."""
    button = [Button("Got it", Action.GOT_IT, pack(loop_id))] if loop_id else []
    words = card("\n".join(extra))
    # A name of its own: the message may have a row of buttons already, and Slack takes no two of one name.
    return Card(words.text, (*words.blocks, *rows([button], "got_it")))
