"""What is said to the called: asks, reminders, and where they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.gig import Gig
from handlers.cards.blocks import Button, Card, card, fitting
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture, one_each, positions
from handlers.cards.prose import (
    Spoken,
    clock,
    listed,
    local_zone,
    mention,
    moment,
    own_clock,
    say,
    show_date,
    wall_of,
)

LINES_ROOM = 3_200
NAMES_ROOM = 250
"""Bytes for the lines, and for a list of names, in a message that holds both."""


def state_words(call: Call, zone: str) -> str:
    """`confirmed, 20 min late (about 12:20 WET)`: never by colour or sign alone."""
    if call.late and call.is_yes and call.state is not CallState.ARRIVED:
        return f"confirmed, {call.late} min late (about {clock(call.expected, zone)})"
    if call.late_unknown:
        return "confirmed, late, minutes not known"
    return "on site" if call.state is CallState.ARRIVED else call.state.words


def call_line(seen: Picture, call: Call, now: datetime, *, wake: bool = False) -> Spoken:
    """`<@kit> BL, 12:00 WET: no answer yet`. Only who still has to answer is pinged."""
    who = seen.named(call, now, wake) if call.is_unconfirmed else seen.name(call.person)
    when = wall_of(seen.gig, call.wall)
    return Spoken(f"{who} {call.position}, {when}: {state_words(call, seen.gig.zone)}")


def _call_lines(seen: Picture, calls: Sequence[Call], now: datetime) -> list[str]:
    """A line for each call; where they are too many for one message, who still has to answer comes first."""
    lines = [call_line(seen, call, now) for call in calls]
    if fitting(lines, LINES_ROOM) == lines:
        return list(lines)
    first = sorted(calls, key=lambda call: not call.is_unconfirmed)
    return fitting([call_line(seen, call, now) for call in first], LINES_ROOM)


def ask(seen: Picture, calls: Sequence[Call], now: datetime, *, again: bool, may_check_in: bool) -> Card:
    """The ask in the gig's thread, and what becomes of it: names and states as text, one pair of buttons."""
    gig = seen.gig
    waiting = [seen.name(call.person) for call in one_each(calls) if call.is_unconfirmed]
    heading = "New time, please answer again:" if again else "You are called:"
    text = say(
        "ask",
        gig=gig,
        heading=heading,
        zone_note=local_zone(gig),
        lines=_call_lines(seen, calls, now),
        waiting=fitting(waiting, NAMES_ROOM, "{} more"),
    )
    return card(text, answers(gig, calls), check_in(gig) if may_check_in else [])


def answers(gig: Gig, calls: Iterable[Call]) -> list[Button]:
    """The pair that acts for whoever presses it; once all have answered, the way to change; none when it is over."""
    if not gig.is_judged:
        return []
    value = pack(gig.id)
    if any(call.is_unconfirmed for call in calls):
        yes = Button("Confirm", Action.CONFIRM, value, style="primary")
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
    lines = _call_lines(seen, silent, now)
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
    text = say("moved", gig=seen.gig, was=was, lines=_call_lines(seen, calls, now))
    return card(text, answers(seen.gig, calls))


def called_off(seen: Picture, people: Spoken) -> Card:
    """Somebody is not needed any more."""
    return card(say("called_off", gig=seen.gig, people=people))


def not_again(seen: Picture, calls: Iterable[Call]) -> str:
    """Who was called just so before, and where that stands."""
    who = listed([Spoken(f"{seen.name(c.person)} {c.position} {state_words(c, seen.gig.zone)}") for c in calls])
    return f"Called so already, not asked again: {who}."


def receipt(seen: Picture, calls: Sequence[Call], asleep: Sequence[Call]) -> str:
    """What the tour manager is told after calling people."""
    gig = seen.gig
    who = listed([Spoken(f"{seen.name(c.person)} {c.position} {wall_of(gig, c.wall)}") for c in calls])
    lines = [Spoken(f"Called for #{gig.number} {listed([gig.city])}, {show_date(gig.date)}: {who}.")]
    if asleep:
        names = listed([seen.name(call.person) for call in asleep])
        lines.append(Spoken(f"It is night for {names}: not pinged now, asked by DM at 08:00 their time."))
    return "\n".join(lines)
