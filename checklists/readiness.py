"""Is the gig ready, and why not.

The rule is the trade's: a verdict is never a percentage. One no from a show-stopper, a required position,
rest, a drive or the curfew is red, however much is done; percent only informs.

**Boundaries.** Whatever happens at an instant holds from that instant on: an item due 17:00 is overdue at
17:00:00; a call is red from exactly 24 h ahead and amber from exactly 72 h ahead; an item is due soon from
exactly 48 h (30 min) ahead; a change is unacknowledged from exactly 2 h after. Rest, drives and percentages
are "under" and "over": 8.0 h of rest is amber, 10.0 h is enough, a drive of just the limit is legal, 95.0 %
is green. On-time is judged as shown, rounded half up to one decimal: figure and reason never disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import lcm

from checklists.crewing import change_reasons, open_positions, position_reasons, published_reasons, rest_reasons
from checklists.gig import JUDGED, CurfewKind
from checklists.items import Area, ItemState, Severity
from checklists.judging import (
    ChangeFact,
    CrewFact,
    DriveFact,
    Facts,
    Flag,
    ItemFact,
    Reply,
    Rules,
    Verdict,
)
from checklists.reasons import Reason, ReasonKind
from checklists.rules import usual

__all__ = [
    "ChangeFact",
    "CrewFact",
    "DriveFact",
    "Facts",
    "Flag",
    "ItemFact",
    "Readiness",
    "Reason",
    "ReasonKind",
    "Reply",
    "Rules",
    "Verdict",
    "next_change",
    "readiness",
]

RED_RULE = (
    ReasonKind.OVERDUE,
    ReasonKind.BLOCKER,
    ReasonKind.UNCONFIRMED,
    ReasonKind.REST,
    ReasonKind.DRIVE,
    ReasonKind.CURFEW,
    ReasonKind.ON_TIME,
)
AMBER_RULE = (
    ReasonKind.DUE_SOON,
    ReasonKind.LATE,
    ReasonKind.UNCONFIRMED,
    ReasonKind.REST,
    ReasonKind.CHANGE,
    ReasonKind.ON_TIME,
    ReasonKind.CURFEW,
)
PLACES = {
    (level, kind): place
    for level, rule in ((Verdict.RED, RED_RULE), (Verdict.AMBER, AMBER_RULE))
    for place, kind in enumerate(rule)
}
"""Where a reason stands in the rule of its verdict."""

LEGAL_AND_PAID, GETTING_THERE, GEAR, PEOPLE, TIMES = range(5)
TOPICS = {
    Area.DEAL_LEGAL: LEGAL_AND_PAID,
    Area.MONEY: LEGAL_AND_PAID,
    Area.TRAVEL: GETTING_THERE,
    Area.VENUE: GEAR,
    Area.EQUIPMENT: GEAR,
    Area.CREW: PEOPLE,
    Area.SCHEDULE: TIMES,
    Area.PROMO_GUEST: TIMES,
}
"""In which order a tour manager asks."""

LEAD = "TM"
"""Who answers for drives, the curfew and what is late."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The verdict, every reason (worst and most useful first), and the two figures: None while grey."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    locked_pct: float | None
    on_time_pct: float | None


def readiness(facts: Facts, now: datetime, rules: Rules | None = None) -> Readiness:
    """Judges the facts at `now` (UTC), by the rules of the trade when none are given."""
    rules = rules or usual()
    if facts.state not in JUDGED:
        grey = Reason(Verdict.GREY, ReasonKind.STATE, key=facts.state.value, owner=LEAD, judged_at=now, zone=facts.zone)
        return Readiness(Verdict.GREY, (grey,), None, None)
    done, due = due_weights(facts.items, now, rules)
    on_time = share(done, due)
    reasons = [
        *item_reasons(facts.items, now, rules),
        *(Reason(Verdict.RED, ReasonKind.BLOCKER, what=flag.text, owner=flag.owner) for flag in facts.flags),
        *position_reasons(facts.crew, now, rules),
        *rest_reasons(facts.crew, rules),
        *drive_reasons(facts.drives),
        *change_reasons(facts.crew, now, rules),
        *published_reasons(facts.changes, now, rules),
        *curfew_reasons(facts),
        *on_time_reasons(on_time, due, rules),
    ]
    told = tuple(replace(reason, judged_at=now, zone=facts.zone) for reason in sorted(reasons, key=usefulness))
    verdict = told[0].level if told else Verdict.GREEN
    return Readiness(verdict, told, locked(facts.items, rules), on_time)


def next_change(
    facts: Facts, now: datetime, rules: Rules | None = None, before: Readiness | None = None
) -> datetime | None:
    """The first instant after `now` at which the clock alone changes the readiness; None if it never does.

    For every t with now <= t < the answer, `readiness(facts, t) == readiness(facts, now)`; at the answer it
    differs. Only the countdown in a reason's words moves in between. `before` is the readiness at `now`, where
    it is known already.
    """
    if facts.state not in JUDGED:
        return None
    rules = rules or usual()
    before = before or readiness(facts, now, rules)
    ahead = sorted({at for at in turning_points(facts, now, rules) if at > now})
    return next((at for at in ahead if readiness(facts, at, rules) != before), None)


def turning_points(facts: Facts, now: datetime, rules: Rules) -> Iterator[datetime]:
    """Every instant at which something may change, past ones too."""
    done, due = due_weights(facts.items, now, rules)
    for item in facts.items:
        yield from item_turns(item, rules, is_late=done < due)
    for waiting in open_positions(facts.crew):
        yield waiting[0].call_at - rules.confirm_amber
        yield waiting[0].call_at - rules.confirm_red
    changed = [call.changed_at for call in facts.crew if call.changed_at is not None]
    for published in (*changed, *(change.published_at for change in facts.changes)):
        yield published + rules.acknowledge


def item_turns(item: ItemFact, rules: Rules, *, is_late: bool) -> Iterator[datetime]:
    """The instants at which an item may change something; `is_late`: something due is open already."""
    if item.due_at is None:
        return
    if not item.state.is_closed:
        yield item.due_at
        if item.severity is Severity.STOPPER:
            yield item.due_at - warning(item, rules)
    elif is_late:  # while nothing due is open, a closed item falling due leaves 100 % as it is
        yield item.due_at


def usefulness(reason: Reason) -> tuple[int, int, int, float]:
    """Worst first; then as the rule lists them; then in the order a tour manager asks; then the earliest.

    What is alike in all of these stays in the order of the facts.
    """
    topic = TOPICS[reason.area] if reason.area else 0
    due = reason.due.timestamp() if reason.due else 0.0
    return -reason.level.rank, PLACES[reason.level, reason.kind], topic, due


def share(part: int, whole: int) -> float:
    """Percent, rounded half up to one decimal; 100 of nothing."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else 100.0


def due_weights(items: Iterable[ItemFact], now: datetime, rules: Rules) -> tuple[int, int]:
    """The weight that is closed, and all weight, among the items due by now. What does not apply is out."""
    done = due = 0
    for item in items:
        if item.due_at is not None and item.due_at <= now and item.state is not ItemState.NA:
            weight = rules.weights[item.severity]
            due += weight
            done += weight if item.state.is_closed else 0
    return done, due


def locked(items: Iterable[ItemFact], rules: Rules) -> float:
    """Percent closed: by weight inside an area, then by area. What does not apply is out."""
    sums: dict[Area, list[int]] = {}
    for item in items:
        if item.state is not ItemState.NA:
            area = sums.setdefault(item.area, [0, 0])
            weight = rules.weights[item.severity]
            area[0] += weight if item.state.is_closed else 0
            area[1] += weight
    common = lcm(*(whole for _, whole in sums.values()))
    part = sum(rules.areas[area] * done * (common // whole) for area, (done, whole) in sums.items())
    return share(part, common * sum(rules.areas[area] for area in sums))


def warning(item: ItemFact, rules: Rules) -> timedelta:
    """How long ahead an open show-stopper is told."""
    return rules.soon_on_the_day if item.is_minute else rules.soon


def item_reasons(items: Iterable[ItemFact], now: datetime, rules: Rules) -> Iterator[Reason]:
    """Open items: a show-stopper overdue is red, soon due is amber; a critical one overdue is amber."""
    for item in items:
        if item.due_at is None or item.state.is_closed or item.severity is Severity.NORMAL:
            continue
        if item.due_at <= now:
            if item.severity is Severity.STOPPER:
                yield item_reason(Verdict.RED, ReasonKind.OVERDUE, item)
            else:
                yield item_reason(Verdict.AMBER, ReasonKind.LATE, item)
        elif item.severity is Severity.STOPPER and item.due_at - now <= warning(item, rules):
            yield item_reason(Verdict.AMBER, ReasonKind.DUE_SOON, item)


def item_reason(level: Verdict, kind: ReasonKind, item: ItemFact) -> Reason:
    return Reason(
        level,
        kind,
        key=item.key,
        what=item.text,
        owner=item.owner,
        area=item.area,
        due=item.due_at,
        state=item.state,
    )


def drive_reasons(drives: Iterable[DriveFact]) -> Iterator[Reason]:
    """Drives over the legal hours without relief, the longest over first."""
    over = [drive for drive in drives if drive.hours > drive.limit and not drive.relief]
    for drive in sorted(over, key=lambda drive: drive.limit - drive.hours):
        yield Reason(
            Verdict.RED,
            ReasonKind.DRIVE,
            owner=LEAD,
            area=Area.TRAVEL,
            due=drive.departs_at,
            figure=drive.hours,
            limit=drive.limit,
        )


def curfew_reasons(facts: Facts) -> Iterator[Reason]:
    """A set that ends after the curfew: red when it is hard, amber when it is soft."""
    if facts.set_end is None or facts.curfew is None or facts.set_end <= facts.curfew:
        return
    yield Reason(
        Verdict.RED if facts.curfew_kind is CurfewKind.HARD else Verdict.AMBER,
        ReasonKind.CURFEW,
        what=facts.curfew_kind.value,
        owner=LEAD,
        area=Area.SCHEDULE,
        due=facts.set_end,
        against=facts.curfew,
    )


def on_time_reasons(on_time: float, due: int, rules: Rules) -> Iterator[Reason]:
    """Too much of what is due is late: red once enough is due for the figure to mean something."""
    if on_time < rules.on_time_red and due >= rules.enough_due:
        yield on_time_reason(Verdict.RED, on_time, rules.on_time_red)
    elif on_time < rules.on_time_amber:
        yield on_time_reason(Verdict.AMBER, on_time, rules.on_time_amber)


def on_time_reason(level: Verdict, on_time: float, limit: float) -> Reason:
    return Reason(level, ReasonKind.ON_TIME, owner=LEAD, figure=on_time, limit=limit)
