"""Is the gig ready, and why not: every reason with whose it is, by when, and the one button that would fix it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.closing import PROOFS
from checklists.crew import Call, CallState
from checklists.drops import newest
from checklists.fixes import Fix, Reader, Remedy, fix_of
from checklists.gates import Phase
from checklists.reasons import Reason, ReasonKind, by
from handlers.cards.blocks import PRIVATE_MOST, Block, Button, Card, beside, card, cut, fitting
from handlers.cards.checklist import close_button, decide_button
from handlers.cards.gates import phase_line
from handlers.cards.gig import REASONS_SHOWN, escape_line, headline, verdict_words
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, escape, moment, say

BUTTONS_SHOWN = 20
CALLS_ROOM = 800
"""Bytes for who has not confirmed."""
BETWEEN = 64
"""Bytes for what stands between the parts."""
DATED = frozenset({ReasonKind.OVERDUE, ReasonKind.LATE, ReasonKind.DUE_SOON, ReasonKind.CHANGE, ReasonKind.CURFEW})
"""The reasons whose own words say when."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reason as it is told: its line, its fix, and whether whoever reads may press it."""

    words: str
    fix: Fix
    pressable: bool


def ready(seen: Picture, now: datetime, reader: Reader) -> Card:
    """The verdict, every reason worst first, the gates of each phase, and the hours to each call not confirmed."""
    gig, judged = seen.gig, seen.judge(now)
    head = f"*{verdict_words(judged)}* · {headline(gig)}"
    told = [_told(seen, reason, now, reader) for reason in judged.reasons]
    rest = [part for part in (_gates(seen), _waiting(seen, now)) if part]
    lines = _lines(seen, told, PRIVATE_MOST - len("".join([head, *rest]).encode()) - BETWEEN)
    nothing = [] if told else ["Nothing is late, nothing is missing."]
    text = "\n\n".join([head, "\n".join([*(words for words, _ in lines), *nothing]), *rest])
    blocks: list[Block] = [*card(head).blocks, *beside(lines)]
    blocks += [block for part in (*nothing, *rest) for block in card(part).blocks]
    return Card(cut(text, PRIVATE_MOST), tuple(blocks))


def _told(seen: Picture, reason: Reason, now: datetime, reader: Reader) -> Told:
    fix = fix_of(reason, {item.key: item for item in seen.items}, seen.calls)
    owner = seen.owner(fix.item.owner) if fix.item else ""
    return Told(f"• {reason_line(seen, reason, now)}", fix, reader.may(fix, owner))


def reason_line(seen: Picture, reason: Reason, now: datetime) -> Spoken:
    """`Power: ...: overdue since Sun 13 Oct 17:00 WEST (PM, Pia)`: the reason, whose it is, and by when."""
    zone = seen.gig.zone
    words = escape_line(reason.words(now, zone).removesuffix(by(reason)))
    when = f", by {moment(reason.due, zone)}" if reason.due and reason.kind not in DATED else ""
    return Spoken(f"{words}{when}{_whose(seen, reason)}")


def _whose(seen: Picture, reason: Reason) -> str:
    """` (PM, Pia)`; a call that waits for its answer is of whoever was called."""
    if reason.kind is ReasonKind.STATE or not reason.owner:
        return ""
    if reason.kind is ReasonKind.UNCONFIRMED:
        return f" ({seen.name(reason.owner)})"
    owner = seen.owner(reason.owner)
    return f" ({escape(reason.owner)}, {seen.name(owner)})" if owner else f" ({escape(reason.owner)})"


def _lines(seen: Picture, told: Sequence[Told], room: int) -> list[tuple[str, Button | None]]:
    """The reasons that fit, the first with their buttons, those behind them with what to type."""
    buttons = [button(seen, each.fix) for each in [each for each in told if each.pressable][:BUTTONS_SHOWN]]
    made: list[tuple[str, Button | None]] = []
    for each in told:
        has_button = each.pressable and bool(buttons)
        words = each.words if has_button or not each.pressable else f"{each.words}, {typed(seen, each.fix)}"
        made.append((words, buttons.pop(0) if has_button else None))
    kept = fitting([words for words, _ in made], room, f"• and {{}} more: `/gig check #{seen.gig.number} late`")
    return [(words, made[place][1] if words == made[place][0] else None) for place, words in enumerate(kept)]


def button(seen: Picture, fix: Fix) -> Button:
    """The button that does it."""
    value = pack(seen.gig.id)
    item = fix.item
    match fix.remedy:
        case Remedy.CLOSE if item:
            return close_button(seen.gig.id, item)
        case Remedy.DECIDE if item:
            return decide_button(seen.gig.id, item)
        case Remedy.ASK:
            return Button(f"Ask {fix.key or 'them'} again", Action.ASK_AGAIN, pack(seen.gig.id, fix.key or "-"))
        case Remedy.CALL:
            return Button(f"Call {fix.key or 'crew'}", Action.CALL_FORM, value)
        case Remedy.TIMES:
            return Button("Set the times", Action.TIMES_FORM, value)
        case _:
            return Button("Show what is late", Action.LATE_LIST, value)


def typed(seen: Picture, fix: Fix) -> str:
    """What to type for it: `/gig check #18 va.power done 63 A`, as code."""
    number, item = seen.gig.number, fix.item
    match fix.remedy:
        case Remedy.CLOSE if item:
            return f"`/gig check #{number} {item.key} done {PROOFS[item.evidence][1]}".rstrip() + "`"
        case Remedy.DECIDE if item:
            return f"`/gig checklist #{number} {item.applies} yes` or `no`"
        case Remedy.ASK | Remedy.CALL:
            return f"`/gig call #{number} @name {fix.key or 'FOH'} 14:00`"
        case Remedy.TIMES:
            return f"`/gig times #{number}`"
        case _:
            return f"`/gig check #{number} late`"


def _gates(seen: Picture) -> str:
    """`To travel: go`, for each phase of a gig that is judged."""
    return "\n".join(phase_line(seen, phase) for phase in Phase) if seen.gig.is_judged else ""


def _waiting(seen: Picture, now: datetime) -> str:
    waiting = [call for call in seen.calls if call.is_unconfirmed]
    lines = [f"• {hours_to(call, now)}: {seen.name(call.person)} {call.position}" for call in waiting]
    return "\n".join(["*Not confirmed, by hours to the call*", *fitting(lines, CALLS_ROOM)]) if lines else ""


def hours_to(call: Call, now: datetime) -> str:
    """`47 h to the call`, or that it has come."""
    minutes = int((call.at - now).total_seconds() // 60)
    if minutes <= 0:
        return "call time has come"
    return f"{minutes // 60} h to the call" if minutes >= 120 else f"{minutes} min to the call"


def drop(seen: Picture, now: datetime, was: str, locked: float | None, before: Sequence[str]) -> Card:
    """Readiness got worse and nobody was told it: the figures before and after, and the newest reason.

    `was`, `locked` and `before`: the verdict, the percentage and the reasons as they were kept.
    """
    judged = seen.judge(now)
    fresh = newest(judged.reasons, before)
    text = say(
        "drop",
        gig=seen.gig,
        verdicts=" → ".join(dict.fromkeys(word.upper() for word in (was, judged.verdict) if word)),
        locked=" → ".join(dict.fromkeys(str(each) for each in (locked, judged.locked_pct) if each is not None)),
        newest=_newest(seen, fresh, now) if fresh else "",
        reasons=[Spoken(reason_line(seen, reason, now)) for reason in judged.reasons[:REASONS_SHOWN]],
    )
    return card(text)


def _newest(seen: Picture, reason: Reason, now: datetime) -> Spoken:
    """`Bo (MON) declined`; any other reason in its own words."""
    gone = [call for call in seen.calls if call.position == reason.key and call.state is CallState.DECLINED]
    if reason.kind is ReasonKind.UNCONFIRMED and gone:
        last = max(gone, key=lambda call: call.answered_at or call.at)
        return Spoken(f"{seen.name(last.person)} ({last.position}) declined")
    return Spoken(escape_line(reason.words(now, seen.gig.zone)))
