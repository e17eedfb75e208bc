"""What was said about a call, and what stands of it: the order in which it was said counts, not that in which it came.

Slack brings things late, twice and out of order. So each thing that was said is kept with the instant at which
it was said, and the answer is all of them folded in that order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checklists.crew import AWAITED, AnsweredBy, Call, CallState
from checklists.replies import Meaning

STATES: Mapping[Meaning, CallState] = {
    Meaning.CONFIRM: CallState.CONFIRMED,
    Meaning.LATE: CallState.CONFIRMED,
    Meaning.DECLINE: CallState.DECLINED,
    Meaning.MAYBE: CallState.MAYBE,
    Meaning.ARRIVED: CallState.ARRIVED,
}
"""The state that an answer leads to; what means anything else is no answer."""
COUNTS = frozenset(STATES)
CLOCKS_APART = timedelta(seconds=10)
"""How far Slack's clock and ours may differ before an answer is taken for one to an earlier ask."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said about one call, by words, a button or a reaction.

    `at` is when it was said (UTC, Slack's clock) and `key` names it for ever; `ref` is the message that it hangs
    on, `name` the reaction's. `edits`: words that take the place of earlier ones in the same message. `gone`: the
    answer that hung on `ref` is taken away; for a reaction only the one that meant `meaning`.
    """

    at: datetime
    key: str
    meaning: Meaning
    by: AnsweredBy
    ref: str
    late: int = 0
    late_unknown: bool = False
    edits: bool = False
    gone: bool = False
    name: str = ""


def is_for(call: Call, at: datetime) -> bool:
    """False for what was said before the call was asked anew: it answered another question."""
    return call.version == 1 or call.asked_at is None or at >= call.asked_at - CLOCKS_APART


def is_next(call: Call, saying: Saying) -> bool:
    """True when nothing later was said and nothing earlier need be looked at, so that `after` gives the answer."""
    last = call.heard_at or call.answered_at
    return not (saying.edits or saying.gone) and (last is None or saying.at > last)


def after(call: Call, saying: Saying) -> Call:
    """The call once this answer was given: a second yes takes nothing back, neither minutes nor the check-in."""
    late, unknown = (saying.late, saying.late_unknown) if saying.meaning is Meaning.LATE else (0, False)
    state = STATES[saying.meaning]
    if saying.meaning is Meaning.CONFIRM and call.is_yes:
        state, late, unknown = call.state, call.late, call.late_unknown
    return call.answered(state, saying.by, saying.ref, saying.at, late, unknown)


def fold(call: Call, sayings: Iterable[Saying]) -> Call:
    """The call as all that was said about it leaves it, whatever order it came in."""
    told, origin = open_again(call), ""
    for each in sorted(sayings, key=lambda said: (said.at, said.key)):
        if each.gone:
            told = open_again(told) if _hangs(told, each) else told
            continue
        is_second = each.meaning is Meaning.CONFIRM and told.is_yes and not (each.edits and origin == each.ref)
        # Who is on site already keeps the hour at which he came.
        told = after(told if is_second or each.meaning is Meaning.ARRIVED else open_again(told), each)
        origin = origin if is_second else each.ref
    return told


def settled(call: Call, told: Call, now: datetime) -> Call:
    """A fold, and what else became of the call meanwhile.

    Who was a no-show stays one until he comes, or is not awaited yet; who is out stays out until he says more.
    """
    if call.state is CallState.RELEASED and call.out_at is not None:
        last = told.answered_at
        return call if last is None or last <= call.out_at else told
    if call.state is CallState.NO_SHOW and told.state in AWAITED and told.expected <= now:
        return call
    return told


def first_of(call: Call) -> Saying | None:
    """The answer that stands, as a saying, where none of what was said is kept."""
    if call.heard_at is not None or call.answered_at is None or call.answered_by is None:
        return None
    meaning = next((meaning for meaning, state in STATES.items() if state is call.state), Meaning.UNRELATED)
    if call.late or call.late_unknown:
        meaning = Meaning.LATE
    key, by, ref = f"kept:{call.id}", call.answered_by, call.answer_ref
    kept = Saying(call.answered_at, key, meaning, by, ref, call.late, call.late_unknown)
    return kept if meaning in COUNTS else None


def open_again(call: Call) -> Call:
    """The same call without an answer."""
    return replace(
        call,
        state=CallState.CALLED,
        late=0,
        late_unknown=False,
        late_from=None,
        answered_at=None,
        answered_by=None,
        answer_ref="",
        in_at=None,
        out_at=None,
    )


def _hangs(told: Call, gone: Saying) -> bool:
    if told.answer_ref != gone.ref or told.answered_by is not gone.by:
        return False
    return gone.by is not AnsweredBy.REACTION or told.state is STATES.get(gone.meaning)
