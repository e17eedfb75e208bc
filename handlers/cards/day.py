"""The day itself: the day sheet, doors, curfew, load-out."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from checklists.crew import Call, CallState
from checklists.gig import Anchor
from checklists.items import Item
from checklists.walls import clock_change, local, zone_word
from handlers.cards.blocks import Button, Card, card, fitting
from handlers.cards.call import boss, check_in
from handlers.cards.gates import go
from handlers.cards.gig import named_once
from handlers.cards.ids import Action, pack
from handlers.cards.lines import call_line, state_words
from handlers.cards.picture import Picture, one_each
from handlers.cards.prose import Spoken, anchor_of, clock, local_zone, mention, say, short_date, wall_of

SHOW_ORDER = tuple(Anchor)
OUT_ROOM = 1_200
"""Bytes for the names of those who are out."""


def day_sheet(seen: Picture, now: datetime) -> Card:
    """The evening before: everybody's call and who comes late, the day in order, a clock change if there is one."""
    gig = seen.gig
    ordered = sorted(seen.standing, key=lambda call: call.at)
    times = sorted(SHOW_ORDER, key=lambda anchor: gig.at(anchor))
    text = say(
        "day_sheet",
        gig=gig,
        zone_note=local_zone(gig),
        lead=mention(seen.lead),
        clock_change=change_words(seen),
        lines=[_sheet_line(seen, call, now) for call in ordered],
        day=[f"{anchor_of(gig, anchor)} {anchor.words}" for anchor in times],
    )
    return card(text, check_in(gig))


def _sheet_line(seen: Picture, call: Call, now: datetime) -> Spoken:
    if call.is_unconfirmed:
        return call_line(seen, call, now)
    late = f": {state_words(call, seen.gig.zone)}" if call.late or call.late_unknown else ""
    return Spoken(f"{seen.named(call, now)} {call.position}, {wall_of(seen.gig, call.wall)}{late}")


def change_words(seen: Picture) -> str:
    """`at 02:00 WEST on Sun 27 Oct it becomes 01:00 WET`, or "" when the clocks stay as they are."""
    gig = seen.gig
    change = clock_change(gig.days_before(1, time(18)), gig.show_day_ends(), gig.zone)
    if change is None:
        return ""
    before = change - timedelta(minutes=1)
    old = local(before, gig.zone) + timedelta(minutes=1)
    day = short_date(local(before, gig.zone).date())
    return f"at {old:%H:%M} {zone_word(before, gig.zone)} on {day} it becomes {clock(change, gig.zone)}."


def doors(seen: Picture, gates: Sequence[Item], minutes: int) -> Card:
    """Before doors: what still keeps the audience out, to PM and SM."""
    gig = seen.gig
    zone = gig.zone
    text = say(
        "doors",
        gig=gig,
        minutes=minutes,
        doors=anchor_of(gig, Anchor.DOORS),
        boss=boss(seen, "PM", "SM"),
        gates=[f"{item.text} ({item.key}), due {clock(item.falls_due, zone)}, {item.owner}" for item in gates],
        example=gates[0].key if gates else "",
        since=clock(gig.doors_open_at, zone) if gig.doors_open_at else "",
    )
    goes = [go(seen, item) for item in gates] if not gig.doors_open_at else []
    return card(text, goes, [Button("Checklist", Action.LIST, str(gig.id))])


def curfew(seen: Picture) -> Card:
    """A quarter of an hour before the sound must stop, to the stage manager."""
    gig = seen.gig
    kind = "not agreed yet" if gig.is_approx(Anchor.CURFEW) else gig.curfew_kind.value
    return card(say("curfew", gig=gig, curfew=anchor_of(gig, Anchor.CURFEW), kind=kind, boss=boss(seen, "SM")))


def load_out(seen: Picture, now: datetime) -> Card:
    """The stage comes down, to everybody called."""
    gig = seen.gig
    people = named_once(seen, seen.standing, now, wake=True)
    out = fitting([_out_words(seen, call) for call in one_each(seen.standing) if call.out_at], OUT_ROOM, "{} more")
    text = say("load_out", gig=gig, when=anchor_of(gig, Anchor.LOAD_OUT), people=people, out=out)
    is_open = any(call.state is not CallState.RELEASED for call in seen.standing)
    return card(text, [Button("I'm out", Action.OUT, pack(gig.id))] if is_open else [])


def _out_words(seen: Picture, call: Call) -> Spoken:
    """`ana 01:40 WEST`."""
    return Spoken(f"{seen.name(call.person)} {clock(call.out_at, seen.gig.zone) if call.out_at else ''}".strip())
