"""The gates of a gig's phases: what holds each, who must say go, by when; and the doors, open or shut again."""

from collections.abc import Sequence
from datetime import datetime

from checklists.gates import Phase, gate_name, gates_of, open_gates, overridden
from checklists.items import ITSELF, Item, ItemState
from handlers.cards.blocks import PRIVATE_MOST, Button, Card, beside, card, cut, shorten
from handlers.cards.checklist import due_words
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, clock, escape, listed, say

HELD_SHOWN = 4
WHY_SHOWN = 120


def whose(seen: Picture, item: Item) -> Spoken:
    """`PM, Pia`; the role alone while the tour has nobody for it."""
    owner = seen.owner(item.owner)
    return Spoken(f"{escape(item.owner)}, {seen.name(owner)}" if owner else escape(item.owner))


def phase_line(seen: Picture, phase: Phase) -> Spoken:
    """`To load in: held by power (PM, Pia), crew confirmed (TM, Tess)`, or that it is a go."""
    held = open_gates(phase, seen.items)
    named = [f"{escape(gate_name(item))} ({whose(seen, item)})" for item in held[:HELD_SHOWN]]
    named += [f"{len(held) - HELD_SHOWN} more"] if len(held) > HELD_SHOWN else []
    waived = overridden(phase, seen.items)
    over = f"; waived: {', '.join(escape(gate_name(item)) for item in waived)}" if waived else ""
    return Spoken(f"*To {phase.words}:* {'held by ' + ', '.join(named) if held else 'go'}{over}")


def gates(seen: Picture, now: datetime) -> Card:
    """Every phase: its open gates with whose they are and by when, and what was waived by whom, and why."""
    parts = [_part(seen, phase, now) for phase in Phase]
    state = [doors_state(seen)] if seen.gig.doors_open_at else []
    return card("\n\n".join([f"*Gates* {headline(seen.gig)}", *parts, *state]), most=PRIVATE_MOST)


def _part(seen: Picture, phase: Phase, now: datetime) -> str:
    held = open_gates(phase, seen.items)
    every = gates_of(phase, seen.items)
    said = "go" if not held else f"held by {len(held)} of {len(every)}"
    nothing = "" if every else " (nothing on this list stands before it)"
    lines = [f"*To {phase.words}:* {said}{nothing}", *(f"• {gate_line(seen, item, now)}" for item in held)]
    return "\n".join([*lines, *(f"• {waived_line(seen, item)}" for item in overridden(phase, seen.items))])


def gate_line(seen: Picture, item: Item, now: datetime) -> Spoken:
    """`power (`va.power`): PM, Pia, late since Sun 13 Oct 17:00 WEST`."""
    when = "late since " if item.is_late(now) else ("due " if item.due_at else "")
    state = f", {item.state}" if item.state is not ItemState.OPEN else ""
    name = escape(gate_name(item))
    return Spoken(f"{name} (`{item.key}`): {whose(seen, item)}, {when}{due_words(seen.gig, item)}{state}")


def waived_line(seen: Picture, item: Item) -> Spoken:
    """`rigging signed, waived by Eva: nothing hangs tonight`."""
    who = seen.name(item.closed_by) if item.closed_by else "nobody"
    return Spoken(f"{escape(gate_name(item))}, waived by {who}: {escape(shorten(item.why, WHY_SHOWN))}")


def doors_state(seen: Picture) -> str:
    """`*Doors* are open since 19:02 WEST`, or that they are shut."""
    at = seen.gig.doors_open_at
    return f"*Doors* are open since {clock(at, seen.gig.zone)}." if at else "*Doors* are not open."


def doors_shown(seen: Picture, now: datetime) -> Card:
    """What stands before the doors, each with its button."""
    held = open_gates(Phase.DOORS, seen.items)
    word = f"`/gig doors #{seen.gig.number} open`"
    shut = f"*Doors* are shut, held by {len(held)}:" if held else f"*Doors* are shut. Every gate is closed: {word}"
    head = f"{headline(seen.gig)}\n{doors_state(seen) if seen.gig.doors_open_at else shut}"
    lines = [(f"• {gate_line(seen, item, now)}", go(seen, item)) for item in held]
    text = "\n".join([head, *(words for words, _ in lines)])
    return Card(cut(text, PRIVATE_MOST), (*card(head).blocks, *beside(lines)))


def go(seen: Picture, item: Item) -> Button:
    """The go of whoever answers for this gate."""
    return Button(f"Go: {gate_name(item)}", Action.TICK, pack(seen.gig.id, item.id))


def doors_opened(seen: Picture, at: datetime, by: str) -> Card:
    """The doors are open: who said go, and what was waived."""
    lines = [waived_line(seen, item) for item in overridden(Phase.DOORS, seen.items)]
    facts = {"at": clock(at, seen.gig.zone), "by": seen.name(by), "goes": said_go(seen), "waived": lines}
    return card(say("doors_open", gig=seen.gig, why="", **facts))


def said_go(seen: Picture) -> Spoken:
    """`Pia (medics, exits) and Max (security)`; "" where the list has no gate of the doors."""
    by: dict[str, list[str]] = {}
    for item in gates_of(Phase.DOORS, seen.items):
        if item.state is ItemState.DONE:
            by.setdefault(item.closed_by, []).append(escape(gate_name(item)))
    return listed([Spoken(f"{_who(seen, who)} ({', '.join(names)})") for who, names in by.items()])


def _who(seen: Picture, who: str) -> Spoken:
    return Spoken("the facts") if who == ITSELF else seen.name(who)


def doors_shut(seen: Picture, at: datetime, by: str, why: str) -> Card:
    """The doors are shut again, and why."""
    facts: dict[str, Sequence[str] | str] = {"goes": "", "waived": []}
    return card(say("doors_open", gig=seen.gig, at=clock(at, seen.gig.zone), by=seen.name(by), why=why, **facts))
