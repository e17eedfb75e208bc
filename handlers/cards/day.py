"""The day itself: the day sheet, doors, curfew, load-out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from checklists.crew import Call
from checklists.gig import Anchor
from checklists.items import Item
from checklists.walls import local
from handlers.cards.blocks import Button, Card, card
from handlers.cards.call import boss, call_line, check_in
from handlers.cards.gig import named_once
from handlers.cards.ids import Action
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, anchor_of, clock, local_zone, mention, say, wall_of

SHOW_ORDER = tuple(Anchor)


def day_sheet(seen: Picture, now: datetime) -> Card:
    """The evening before: everybody's call, the day in order, the clock change if there is one."""
    gig = seen.gig
    ordered = sorted(seen.standing, key=lambda call: call.at)
    times = sorted(SHOW_ORDER, key=lambda anchor: gig.at(anchor))
    text = say(
        "day_sheet",
        gig=gig,
        zone_note=local_zone(gig),
        lead=mention(seen.lead),
        clock_change=clock_change(seen),
        lines=[_sheet_line(seen, call, now) for call in ordered],
        day=[f"{anchor_of(gig, anchor)} {anchor.words}" for anchor in times],
    )
    return card(text, check_in(gig.id))


def _sheet_line(seen: Picture, call: Call, now: datetime) -> Spoken:
    if call.is_unconfirmed:
        return call_line(seen, call, now)
    return Spoken(f"{seen.named(call, now)} {call.position}, {wall_of(seen.gig, call.wall)}")


def clock_change(seen: Picture) -> str:
    """`02:00 becomes 01:00 on Sun 27 Oct`-like words, or "" when the clocks stay as they are."""
    gig = seen.gig
    before = local(gig.days_before(1, gig.day[Anchor.LOAD_IN].at), gig.zone).utcoffset() or timedelta()
    after = local(gig.show_day_ends(), gig.zone).utcoffset() or timedelta()
    if before == after:
        return ""
    hours = abs((after - before).total_seconds()) / 3600
    way = "forward" if after > before else "back"
    return f"they go {way} {hours:g} h; every time on this sheet is after the change where it must be."


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
        gates=[f"{item.text} ({item.key}), due {clock(item.due_at, zone)}, {item.owner}" for item in gates],
        example=gates[0].key if gates else "",
    )
    return card(text, [Button("Checklist", Action.LIST, str(gig.id))])


def curfew(seen: Picture) -> Card:
    """A quarter of an hour before the sound must stop, to the stage manager."""
    gig = seen.gig
    kind = "not agreed yet" if gig.is_approx(Anchor.CURFEW) else gig.curfew_kind.value
    return card(say("curfew", gig=gig, curfew=anchor_of(gig, Anchor.CURFEW), kind=kind, boss=boss(seen, "SM")))


def load_out(seen: Picture, now: datetime) -> Card:
    """The stage comes down, to everybody called."""
    gig = seen.gig
    people = named_once(seen, seen.standing, now, wake=True)
    return card(say("load_out", gig=gig, when=anchor_of(gig, Anchor.LOAD_OUT), people=people))
