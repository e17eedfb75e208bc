"""What a move would do: who is asked again, what clashes, which dues move, the way there; with one approval."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checklists.clash import Finding
from checklists.crew import Call
from checklists.gig import Anchor, Gig
from checklists.items import Item
from checklists.travel import Leg, leg
from checklists.whatif import compare
from handlers.cards.blocks import PRIVATE_MOST, Button, Card, card, fitting, shorten
from handlers.cards.gig import escape_line, headline, verdict_words
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, clock, moment, say, show_date

NAMES_ROOM, FOUND_ROOM, ITEMS_ROOM, GIGS_ROOM = 1_200, 1_800, 600, 500
REASONS_SHOWN, TITLE_SHOWN = 4, 80
SAID_IN_DAYS = timedelta(hours=96)
"""From so long on nobody counts the hours between two gigs."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A gig as it is and as it would be; `found`: what speaks against its calls then, by call.

    `before` and `after` are the tour's gigs that count, by date; `stamp` names the gig as it is.
    """

    was: Picture
    moved: Picture
    found: Mapping[int, Sequence[Finding]]
    before: tuple[Gig, ...]
    after: tuple[Gig, ...]
    stamp: str

    @property
    def others(self) -> list[Gig]:
        """The tour's other gigs, as they would be."""
        return [gig for gig in self.after if gig.id != self.moved.gig.id]


def what_if(tried: WhatIf, now: datetime) -> Card:
    """What the move would do, to whoever may approve it."""
    gig, ready = tried.moved.gig, tried.moved.judge(now)
    dues = compare(tried.was.items, tried.moved.items, now)
    text = say(
        "what_if",
        headline=Spoken(headline(tried.was.gig)),
        day=show_date(gig.date),
        before=verdict_words(tried.was.judge(now)),
        now=verdict_words(ready),
        reasons=[reason.words(now, gig.zone) for reason in ready.reasons[:REASONS_SHOWN]],
        more=max(len(ready.reasons) - REASONS_SHOWN, 0),
        asked=fitting([_asked(tried.moved, call) for call in tried.moved.standing], NAMES_ROOM, "{} more"),
        count=len(tried.moved.standing),
        had_said_yes=sum(call.is_yes for call in tried.was.calls),
        found=fitting(list(_found(tried)), FOUND_ROOM),
        dues=dues,
        late=_items(dues.late, gig),
        squeezed=_items(dues.squeezed, gig),
        is_off=gig.date.isoformat() in tried.moved.days_off,
        same_day=fitting([_brief(each) for each in tried.others if each.date == gig.date], GIGS_ROOM),
        ways=list(_ways(tried)),
        judged=fitting(list(_judged_anew(tried)), GIGS_ROOM),
    )
    value = pack(gig.id, gig.date.isoformat(), tried.stamp)
    buttons = [Button("Move it", Action.MOVE_IT, value), Button("Leave it", Action.LEAVE_IT, pack(gig.id))]
    return card(text, buttons, most=PRIVATE_MOST)


def _asked(seen: Picture, call: Call) -> Spoken:
    return Spoken(f"{seen.name(call.person)} {call.position} {clock(call.at, seen.gig.zone)}")


def _found(tried: WhatIf) -> Iterable[Spoken]:
    seen = tried.moved
    for call in seen.standing:
        for finding in tried.found.get(call.id, ()):
            yield Spoken(f"{seen.name(call.person)} {call.position}: {escape_line(finding.text)}")


def _items(items: Sequence[Item], gig: Gig) -> list[str]:
    """`Tue 22 Sep 13:00 WEST: lg.contract, va.power`, one line for each instant."""
    by_due: dict[str, list[str]] = {}
    for item in items:
        by_due.setdefault(moment(item.due_at, gig.zone) if item.due_at else item.waits, []).append(item.key)
    return [f"{due}: {', '.join(fitting(keys, ITEMS_ROOM, 'and {} more'))}" for due, keys in by_due.items()]


def _brief(gig: Gig) -> Spoken:
    return Spoken(escape_line(f"#{gig.number} {shorten(gig.title, TITLE_SHOWN)}, {show_date(gig.date)}"))


def _ways(tried: WhatIf) -> Iterable[Spoken]:
    gig, others = tried.moved.gig, tried.others
    before = [each for each in others if each.date < gig.date]
    after = [each for each in others if each.date > gig.date]
    if before:
        yield Spoken(f"from {_brief(before[-1])}: {_way(before[-1], gig)}")
    if after:
        yield Spoken(f"to {_brief(after[0])}: {_way(gig, after[0])}")


def _way(here: Gig, there: Gig) -> str:
    """`274 km as the crow flies, about 356 km and 4.7 h by road (estimate); 11 h between load-out and load-in`."""
    way = leg(here, there)
    free = there.at(Anchor.LOAD_IN) - here.at(Anchor.LOAD_OUT)
    if way is None:
        return f"the distance is not known; {_hours(free)}"
    return f"{way.km:,} km as the crow flies, {_drive(way)}; {_hours(free)}{_too_far(way, free)}"


def _drive(way: Leg) -> str:
    if way.road_km is None:
        return "no drive estimated: water or an unknown road lies between"
    return f"about {way.road_km:,} km and {way.hours:g} h by road (estimate)"


def _hours(free: timedelta) -> str:
    hours = free.total_seconds() / 3600
    span = f"{hours:.0f} h" if free < SAID_IN_DAYS else f"{hours / 24:.0f} days"
    return f"{span} from load-out to load-in"


def _too_far(way: Leg, free: timedelta) -> str:
    is_too_far = way.hours is not None and timedelta(hours=way.hours) > free
    return ", *that does not fit*" if is_too_far else ""


def _judged_anew(tried: WhatIf) -> Iterable[Spoken]:
    """The tour's other gigs whose verdict the move would change."""
    was = {gig.id: gig.verdict for gig in tried.before}
    for gig in tried.others:
        if gig.verdict != was.get(gig.id, gig.verdict):
            yield Spoken(f"{_brief(gig)}: {was[gig.id].upper()} → {gig.verdict.upper()}")
