"""The executive producer's week: the gigs at risk, the worst first, and in one line those that are fine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.readiness import Readiness, Verdict
from handlers.cards.blocks import Button, Card, beside, card, cut, fitting
from handlers.cards.gig import headline, verdict_words
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import escape, show_date
from handlers.cards.ready import reason_line

REASONS_TOLD = 3
RISK_ROOM, FINE_ROOM = 3_000, 400
TEXT_ROOM = 3_900


@dataclass(frozen=True, slots=True)
class Stands:
    """A gig, and how ready it is."""

    seen: Picture
    ready: Readiness


def weekly(tour: str, gigs: Sequence[Stands], was: Mapping[str, str], now: datetime) -> Card:
    """What is at risk, why, whose it is, and since when; `was`: by the gig's id, the verdict a week before."""
    ordered = sorted(gigs, key=lambda one: (-one.ready.verdict.rank, one.seen.gig.date))
    risky = [one for one in ordered if one.ready.verdict.rank]
    head = f"*Your week* · {escape(tour)}: {len(risky)} of {len(gigs)} gigs of the next 28 days are at risk."
    parts = [_at_risk(one, was, now) for one in risky]
    kept = fitting(parts, RISK_ROOM, "and {} more at risk: `/gig list`, in the tour's channel")
    lines = [(part, _why(risky[place]) if part == parts[place] else None) for place, part in enumerate(kept)]
    fine = _fine([one for one in ordered if not one.ready.verdict.rank], was)
    text = "\n\n".join([head, *kept, *([fine] if fine else [])])
    last = card(fine).blocks if fine else ()
    return Card(cut(text, TEXT_ROOM), (*card(head).blocks, *beside(lines), *last))


def _why(one: Stands) -> Button:
    return Button(f"Why #{one.seen.gig.number}", Action.READY, pack(one.seen.gig.id))


def _at_risk(one: Stands, was: Mapping[str, str], now: datetime) -> str:
    """The gig with its verdict then and now, and its worst reasons with whose they are."""
    gig, reasons = one.seen.gig, one.ready.reasons
    lines = [f"*{verdict_words(one.ready)}* · {headline(gig)}{_since(was.get(str(gig.id), ''), one.ready.verdict)}"]
    lines += [f"• {reason_line(one.seen, reason, now)}" for reason in reasons[:REASONS_TOLD]]
    return "\n".join([*lines, *([f"• and {len(reasons) - REASONS_TOLD} more"] if len(reasons) > REASONS_TOLD else [])])


def _since(was: str, verdict: Verdict) -> str:
    """` · was AMBER a week before`, or that it stands as it did; nothing for a gig that is new here."""
    if not was:
        return " · new in these four weeks"
    return " · as a week before" if was == verdict else f" · was {was.upper()} a week before"


def _fine(green: Sequence[Stands], was: Mapping[str, str]) -> str:
    """`*Fine:* #19 Porto Tue 29 Oct 2024 (was RED)`: one line; "" when none is."""
    named = [_fine_words(one, was.get(str(one.seen.gig.id), "")) for one in green]
    return f"*Fine:* {', '.join(fitting(named, FINE_ROOM, '{} more'))}" if named else ""


def _fine_words(one: Stands, was: str) -> str:
    gig = one.seen.gig
    before = f" (was {was.upper()})" if was and was != one.ready.verdict else ""
    return f"#{gig.number} {escape(gig.city)} {show_date(gig.date)}{before}"
