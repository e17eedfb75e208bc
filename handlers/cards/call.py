"""What is said to the called: reminders, and where they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from checklists.crew import Call, CallStage
from checklists.gig import Gig
from handlers.cards.blocks import Button, Card, card, fitting
from handlers.cards.ids import Action, pack
from handlers.cards.lines import LINES_ROOM, call_lines, state_words
from handlers.cards.picture import Picture, positions
from handlers.cards.prose import (
    Spoken,
    clock,
    listed,
    mention,
    moment,
    own_clock,
    say,
)


def answers(gig: Gig, calls: Iterable[Call]) -> list[Button]:
    """The pair that acts for whoever presses it; once all have answered, the way to change; none when it is over."""
    if not gig.takes_answers:
        return []
    value = pack(gig.id)
    open_ones = [call for call in calls if call.is_unconfirmed]
    if open_ones:
        holds = all(call.stage is CallStage.HOLD for call in open_ones)
        yes = Button("I hold the date" if holds else "Confirm", Action.CONFIRM, value, style="primary")
        return [yes, Button("Can't make it", Action.DECLINE, value), Button("Change my answer", Action.CHANGE, value)]
    return [Button("Change my answer", Action.CHANGE, value)]


def check_in(gig: Gig) -> list[Button]:
    """From 90 minutes before the call until the gig is over."""
    if not gig.is_judged:
        return []
    return [Button("I'm here", Action.HERE, pack(gig.id)), Button("All here", Action.ALL_HERE, pack(gig.id))]


def ask_again(seen: Picture, calls: Sequence[Call], now: datetime) -> Card:
    """Three days out, the silent are asked once more in the thread."""
    silent = [call for call in calls if call.is_silent]
    lines = call_lines(seen, silent, now)
    return card(say("ask_again", gig=seen.gig, lines=lines), answers(seen.gig, silent) if silent else [])


def personal(template: str, seen: Picture, calls: Sequence[Call], **facts: object) -> Card:
    """A message to one person about his own calls on this gig."""
    first = min(calls, key=lambda call: call.at)
    text = say(
        template,
        gig=seen.gig,
        position=positions(calls, first.person),
        when=moment(first.at, seen.gig.zone),
        own=own_clock(first.at, seen.gig.zone),
        **facts,
    )
    return card(text, answers(seen.gig, calls))


def silent_list(seen: Picture, calls: Sequence[Call]) -> Card:
    """For the tour manager, the day before: who has not confirmed."""
    return card(say("silent_list", gig=seen.gig, lines=_lines(seen, calls), **_example(calls)))


def no_show(seen: Picture, calls: Sequence[Call]) -> Card:
    """For the tour manager: who did not come."""
    return card(say("no_show", gig=seen.gig, lines=_lines(seen, calls), **_example(calls)))


def _lines(seen: Picture, calls: Sequence[Call]) -> list[str]:
    zone = seen.gig.zone
    lines = [f"{mention(c.person)} {c.position}, call {clock(c.at, zone)}: {state_words(c, zone)}" for c in calls]
    return fitting([Spoken(line) for line in lines], LINES_ROOM)


def _example(calls: Sequence[Call]) -> dict[str, str]:
    return {"position": calls[0].position.value, "example": str(calls[0].wall)}


def declined(seen: Picture, call: Call, now: datetime) -> Card:
    """For the tour manager, at once: a position is open again."""
    ready = seen.judge(now)
    first = ready.reasons[0].words(now, seen.gig.zone) if ready.reasons else ""
    text = say(
        "declined",
        gig=seen.gig,
        who=mention(call.person),
        when=moment(call.at, seen.gig.zone),
        ready=ready,
        first=first,
        **_example([call]),
    )
    return card(text)


def not_here(seen: Picture, calls: Sequence[Call], expected: datetime) -> Card:
    """In the thread, ten minutes after: who is awaited and has not checked in."""
    text = say(
        "not_here",
        gig=seen.gig,
        when=clock(expected, seen.gig.zone),
        lines=[Spoken(f"{mention(call.person)} {call.position}") for call in calls],
        boss=boss(seen, "SM"),
    )
    return card(text, check_in(seen.gig) if calls else [])


def boss(seen: Picture, *roles: str) -> Spoken:
    """Whoever answers for these roles, pinged, once each."""
    return listed([mention(who) for who in dict.fromkeys(seen.owner(role) for role in roles) if who])


def moved(seen: Picture, calls: Sequence[Call], was: str, now: datetime) -> Card:
    """The gig has a new date; everybody called is asked again."""
    text = say("moved", gig=seen.gig, was=was, lines=call_lines(seen, calls, now))
    return card(text, answers(seen.gig, calls))
