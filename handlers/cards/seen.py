"""Calling off: who has seen it, who is asked whether he has, and whom the tour manager must ring."""

from collections.abc import Sequence

from checklists.crew import Call
from checklists.gig import GigState
from checklists.seen import is_awaited, is_unseen
from handlers.cards.blocks import Button, Card, card, fitting
from handlers.cards.ids import Action, pack
from handlers.cards.lines import LINES_ROOM
from handlers.cards.picture import Picture, one_each, positions
from handlers.cards.prose import Spoken, listed, mention, moment, say

NAMES_ROOM = 700


def called_off(seen: Picture, calls: Sequence[Call], people: Spoken) -> Card:
    """Somebody is not needed any more; who had said yes says that he has seen it."""
    return card(say("called_off", gig=seen.gig, people=people, heard=_heard(seen, calls)), button(seen, calls))


def cancelled(seen: Picture, calls: Sequence[Call], why: str, people: Spoken) -> Card:
    """The gig is off; everybody who was called is told, and who had said yes says that he has seen it."""
    return card(say("cancelled", gig=seen.gig, why=why, people=people, heard=_heard(seen, calls)), button(seen, calls))


def _heard(seen: Picture, calls: Sequence[Call]) -> Spoken:
    """`Seen by Ana and Bo. Not yet: Max`, of those who had said yes; nothing when none had."""
    awaited = [call for call in calls if is_awaited(call)]
    waits = _names(seen, [call for call in awaited if is_unseen(call)])
    has = _names(seen, [call for call in awaited if not is_unseen(call)])
    told = [f"Seen by {has}." if has else "", f"Had said yes, not seen yet: {waits}." if waits else ""]
    press = "Press *Seen*, or write `ok` in this thread." if waits else ""
    return Spoken(" ".join(filter(None, [*told, press])))


def _names(seen: Picture, calls: Sequence[Call]) -> Spoken:
    return listed(fitting([seen.name(call.person) for call in one_each(calls)], NAMES_ROOM, "{} more"))


def button(seen: Picture, calls: Sequence[Call]) -> list[Button]:
    """Acts for whoever presses it; there while somebody has not seen it."""
    waits = any(is_unseen(call) for call in calls)
    return [Button("Seen", Action.SEEN, pack(seen.gig.id))] if waits else []


def off_words(seen: Picture) -> str:
    return "is off: the gig is cancelled" if seen.gig.state is GigState.CANCELLED else "was taken off"


def seen_ask(seen: Picture, calls: Sequence[Call]) -> Card:
    """To one person: does he know that he is not needed?"""
    first = min(calls, key=lambda call: call.at)
    text = say(
        "seen_ask",
        gig=seen.gig,
        position=positions(calls, first.person),
        when=moment(first.at, seen.gig.zone),
        off=off_words(seen),
        lead=seen.name(seen.lead) if seen.lead else "the tour manager",
        waits=any(is_unseen(call) for call in calls),
    )
    return card(text, button(seen, calls))


def unseen(seen: Picture, calls: Sequence[Call]) -> Card:
    """For the tour manager: who may not know that he is called off."""
    zone = seen.gig.zone
    waits = [call for call in calls if is_unseen(call)]
    lines = [Spoken(f"{mention(each.person)} {each.position}, call was {moment(each.at, zone)}") for each in waits]
    return card(say("unseen", gig=seen.gig, lines=fitting(lines, LINES_ROOM)))
