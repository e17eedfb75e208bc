"""Somebody is late: what is left before soundcheck, doors and curfew, and the shift that heals it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.gig import Anchor, Gig
from checklists.lateness import Shift, Slack
from handlers.cards.blocks import Button, Card, card
from handlers.cards.ids import Action, pack
from handlers.cards.lines import state_words
from handlers.cards.picture import Picture, positions
from handlers.cards.prose import Spoken, anchor_of, clock, mention, moment, say, wall_of

PLENTY = 60
"""Minutes from which on nobody needs the figure."""


def late(
    seen: Picture, calls: Sequence[Call], left: Sequence[Slack], shift: Shift | None, settled: str, now: datetime
) -> Card:
    """For the tour manager: who comes when, the slack, and the offer; `settled` says what became of an offer.

    While nobody has said how many minutes, the slack is that of his call.
    """
    gig, first = seen.gig, min(calls, key=lambda call: call.at)
    offers = shift if shift and not settled else None
    text = say(
        "late",
        gig=gig,
        who=mention(first.person),
        position=positions(calls, first.person),
        when=moment(first.at, gig.zone),
        expected=clock(first.expected, gig.zone),
        minutes=0 if any(call.late_unknown for call in calls) else first.late,
        lines=[slack_words(gig, slack) for slack in left],
        changes=change_words(gig, shift) if offers and shift else [],
        is_short=any(slack.minutes < 0 for slack in left),
        settled=settled,
    )
    if offers is None:
        return card(text)
    value = pack(gig.id, first.id, code_of(offers))
    return card(
        text,
        [
            Button("Apply the shift", Action.APPLY_SHIFT, value, style="primary"),
            Button("Leave it", Action.DONT_SHIFT, value),
        ],
    )


def no_longer_late(seen: Picture, call: Call) -> Card:
    """The same message once he has come, or has said something else."""
    gig = seen.gig
    came = clock(call.in_at, gig.zone) if call.in_at and call.state is CallState.ARRIVED else ""
    who, state = mention(call.person), state_words(call, gig.zone)
    return card(say("late_over", gig=gig, who=who, position=call.position, came=came, state=state))


def slack_words(gig: Gig, slack: Slack) -> str:
    """`soundcheck 16:30 WEST: 15 min left (60 min of work before it)`."""
    what = f"{slack.anchor.words} {anchor_of(gig, slack.anchor)}"
    if slack.anchor is Anchor.CURFEW:
        if slack.minutes < 0:
            return f"{what}: the set ends {-slack.minutes} min after it"
        return f"{what}: {slack.minutes} min after the end of the set"
    if slack.minutes >= PLENTY:
        return f"{what}: fine"
    work = f" ({slack.need} min of work before it)" if slack.need else ""
    left = f"{slack.minutes} min left" if slack.minutes >= 0 else f"short by {-slack.minutes} min"
    return f"{what}: {left}{work}"


def change_words(gig: Gig, shift: Shift) -> list[str]:
    """`soundcheck 16:55 WEST (was 16:30 WEST)` for each anchor that would move."""
    return [_change(gig, anchor, shift) for anchor in Anchor if anchor in shift.later]


def _change(gig: Gig, anchor: Anchor, shift: Shift) -> str:
    later = shift.day[anchor]
    approx = anchor not in shift.given
    return f"{anchor.words} {wall_of(gig, later, approx)} (was {anchor_of(gig, anchor)})"


def code_of(shift: Shift) -> str:
    """A shift as its button carries it: `soundcheck.16:55+0`, one after the other."""
    return ",".join(f"{anchor}.{shift.day[anchor].encode()}" for anchor in Anchor if anchor in shift.later)


def shifted(seen: Picture, changes: Iterable[str], people: Spoken) -> Card:
    """In the thread, to those whose work hangs on what has moved."""
    return card(say("shifted", gig=seen.gig, changes=list(changes), people=people))
