"""After downtime: what is late, what newer reminder stands for an older one, and what counts as a reminder."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from checklists.crew import Call
from checklists.cues import USEFUL_FOR, Cue, CueKind, concerned, is_too_late
from checklists.letters import Letter

LATE = timedelta(minutes=3)
"""From so long after its time on, a reminder says when it was due."""

ASKS = frozenset({Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED})
CHAINS: Mapping[CueKind, str] = {
    **dict.fromkeys((CueKind.ASK_AGAIN, CueKind.ASK_DM, CueKind.ON_YOUR_WAY), "are you in"),
    **dict.fromkeys((CueKind.NOT_HERE, CueKind.NO_SHOW), "where are you"),
    **dict.fromkeys((CueKind.DOORS_60, CueKind.DOORS_30, CueKind.DOORS_10), "doors"),
}
"""The reminders of one gig that say the same thing louder each time."""

REMINDERS = frozenset(USEFUL_FOR) - {CueKind.DIGEST}
"""What the tour manager hears of after downtime. A digest that was missed comes again the next morning."""


def is_late(due: datetime, at: datetime) -> bool:
    """True when what was due then happens late enough to say so."""
    return at - due >= LATE


def chain(cue: Cue) -> str:
    """The chain of this cue; "" for one that stands alone."""
    if cue.kind is CueKind.HELD:
        return "are you in" if cue.anchor in ASKS else ""
    return CHAINS.get(cue.kind, "")


def is_outdone(cue: Cue, due: Iterable[Cue], calls: Sequence[Call], now: datetime) -> bool:
    """True when a late cue need not be heard: newer ones of its chain, due too, reach everybody it concerns.

    Takes every due cue of the same gig, and its calls as they stand.
    """
    if not chain(cue) or not is_late(cue.at, now):
        return False
    newer = [one for one in due if one.at > cue.at and chain(one) == chain(cue) and not is_too_late(one, now)]
    reached = {call.id for one in newer for call in _heard_by(one, calls)}
    return bool(newer) and {call.id for call in _heard_by(cue, calls)} <= reached


def _heard_by(cue: Cue, calls: Sequence[Call]) -> list[Call]:
    if cue.kind is CueKind.HELD:
        return [call for call in calls if call.stands and call.is_unconfirmed and call.person == cue.person]
    return concerned(cue, calls)
