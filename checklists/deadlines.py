"""How long people have: to answer a call, to stand in, to give their word. Each in his own zone and night.

All instants are UTC. From so near a call on, nobody's night holds up anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from checklists.crew import Call, Position
from checklists.cues import BEFORE_CALL, NOON
from checklists.gig import Gig
from checklists.positions import NEVER_DOUBLED
from checklists.walls import Wall, after_quiet, at_clock, local, readings

NIGHT = time(23)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
QUARTER = timedelta(minutes=15)


class Stake(StrEnum):
    """What is at stake when nobody does this work."""

    SAFETY = "safety"
    SHOW = "show"
    COMFORT = "comfort"


SAFETY = NEVER_DOUBLED
SHOW = frozenset(
    {Position.TM, Position.PM, Position.SM, Position.FOH, Position.MON, Position.LD, Position.BL, Position.ENG,
     Position.SYS, Position.PB, Position.ARTIST}
)  # fmt: skip


def usual_shares() -> Mapping[Stake, float]:
    return {Stake.SAFETY: 0.5, Stake.SHOW: 1.0, Stake.COMFORT: 2.0}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long people have.

    `waits`: with more than so long to the call, so long to answer; longest first, then `shortest`. What is at stake
    shortens or stretches it by `shares`, never under `least`. `near`: so long before a call nobody's night counts;
    `near_safety` where it is about safety. A tour manager has `word`, or the share `word_share` of the time left to
    the call when that is shorter. `unheard`: so long before the call he hears of those who were called late and
    left two asks unanswered. Who takes a place when less than `too_near` is left to the call has `in_a_hurry`.
    """

    waits: tuple[tuple[timedelta, timedelta], ...] = (
        (timedelta(days=7), timedelta(hours=12)),
        (timedelta(hours=48), timedelta(hours=4)),
        (timedelta(hours=24), timedelta(hours=1)),
    )
    shortest: timedelta = timedelta(minutes=20)
    least: timedelta = timedelta(minutes=10)
    shares: Mapping[Stake, float] = field(default_factory=usual_shares)
    near: timedelta = timedelta(hours=3)
    near_safety: timedelta = timedelta(hours=12)
    word: timedelta = timedelta(hours=2)
    word_share: float = 0.25
    unheard: timedelta = timedelta(hours=1)
    too_near: timedelta = timedelta(minutes=30)
    in_a_hurry: timedelta = timedelta(hours=1)


USUAL = Deadlines()


def stake(position: Position) -> Stake:
    """What is at stake with this position."""
    if position in SAFETY:
        return Stake.SAFETY
    return Stake.SHOW if position in SHOW else Stake.COMFORT


def wait(left: timedelta, position: Position, rules: Deadlines = USUAL) -> timedelta:
    """How long somebody has to answer, so long before the call."""
    usual = next((span for more_than, span in rules.waits if left > more_than), rules.shortest)
    return max(usual * rules.shares[stake(position)], rules.least)


def near(position: Position, rules: Deadlines = USUAL) -> timedelta:
    """How long before a call of this position nobody's night counts."""
    return rules.near_safety if position in SAFETY else rules.near


def may_ask_at(now: datetime, call_at: datetime, zone: str, close: timedelta) -> datetime:
    """When somebody in that zone may be asked: now, or at 08:00 of his night, at the latest `close` before the call."""
    return min(after_quiet(now, zone), max(now, call_at - close))


def awake_until(start: datetime, span: timedelta, zone: str) -> datetime:
    """When so much of his waking time has gone by; 23:00-08:00 in that zone does not count."""
    at = after_quiet(start, zone)
    while True:
        night = at_clock(local(at, zone).date(), NIGHT, zone)
        if at + span <= night:
            return at + span
        span -= night - at
        at = after_quiet(night, zone)


def answer_by(asked_at: datetime, call: Call, zone: str, rules: Deadlines = USUAL) -> datetime:
    """Until when somebody asked for this call may think it over: his night does not count while the call is far."""
    span = wait(call.at - asked_at, call.position, rules)
    close = call.at - near(call.position, rules)
    return min(awake_until(asked_at, span, zone), max(asked_at + span, close))


def silent_at(gig: Gig, call: Call, zone: str, rules: Deadlines = USUAL) -> datetime:
    """From when on silence counts as a no: the time to answer runs from the DM two days before.

    Whoever was called later than that has it from then on.
    """
    dm = after_quiet(gig.days_before(2, NOON), zone)
    asked = call.asked_at or LONG_AGO
    start = dm if asked < dm else may_ask_at(asked, call.at, zone, near(call.position, rules))
    return answer_by(start, call, zone, rules)


def unheard_at(gig: Gig, call: Call, rules: Deadlines = USUAL) -> datetime | None:
    """When the tour manager hears of silence after two asks; None for whoever is on the list of the day before.

    None too for one who was called so late that he was asked only once.
    """
    asked = call.asked_at or LONG_AGO
    if asked < gig.days_before(1, NOON) or asked >= call.at - BEFORE_CALL:
        return None
    return call.at - rules.unheard


def cover_wall(gig: Gig, call: Call, now: datetime, rules: Deadlines = USUAL) -> Wall:
    """When whoever takes the place is called: as the one before him, or in an hour's time, to the quarter."""
    if call.at - now > rules.too_near:
        return call.wall
    soon = now + rules.in_a_hurry
    there = local(soon + (LONG_AGO - soon) % QUARTER, gig.zone)
    wall = Wall(there.time().replace(second=0, microsecond=0), (there.date() - gig.date).days)
    return wall.with_fold(there.fold) if len(readings(gig.date, wall, gig.zone)) > 1 else wall


def handover_at(opened: datetime, call_at: datetime, zone: str, rules: Deadlines = USUAL) -> datetime:
    """When the deputy, who lives in that zone, is asked instead of a silent tour manager."""
    span = max(min(rules.word, (call_at - opened) * rules.word_share), rules.least)
    return may_ask_at(opened + span, call_at, zone, rules.near)
