"""Hours in and out, by person, with the rest until the next call."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from checklists.clash import Shift
from checklists.crew import Call
from checklists.crewing import hours
from checklists.gig import Gig
from checklists.walls import local
from handlers.cards.blocks import PRIVATE_MOST, Card, card, fitting
from handlers.cards.picture import Picture, positions
from handlers.cards.prose import Spoken, clock, escape, local_zone, moment, say, short_date, show_date

LINES_ROOM, DM_ROOM = 7_000, 3_000
"""Bytes for the lines of a private answer, and of a message."""


def person_line(seen: Picture, calls: Sequence[Call], following: Shift | None) -> Spoken:
    """`ana FOH: in 13:55 WEST, out 01:40 WEST Fri 2 Oct, 11 h 45 min; next ...: rest 12.3 h`, of one person."""
    gig, who = seen.gig, calls[0].person
    came = min((call.in_at for call in calls if call.in_at), default=None)
    went = max((call.out_at for call in calls if call.out_at), default=None)
    parts = [f"in {_when(gig, came)}" if came else "in not said", f"out {_when(gig, went)}" if went else "not out yet"]
    if came and went:
        parts.append(span_words(_to_the_minute(went) - _to_the_minute(came)))
    line = f"{seen.name(who)} {positions(calls, who)}: {', '.join(parts)}"
    return Spoken(f"{line}; {rest_words(seen, went, following)}" if following else line)


def rest_words(seen: Picture, went: datetime | None, following: Shift) -> str:
    """`next call Fri 2 Oct 09:00 WEST, Porto: rest 7.3 h, under 8 h (red)`; from the plan while nobody is out."""
    rest, rules = following.begins - (went or seen.gig.release()), seen.rules
    limit = next((limit for limit in (rules.rest_red, rules.rest_amber) if rest < limit), None)
    level = "red" if limit == rules.rest_red else "amber"
    short = f", under {hours(limit):g} h ({level})" if limit else ""
    plan = "" if went else " by the plan"
    when = f"next call {moment(following.begins, following.gig.zone)}, {escape(following.gig.city)}"
    return f"{when}: rest {hours(max(rest, timedelta(0))):g} h{plan}{short}"


def span_words(span: timedelta) -> str:
    """`11 h 45 min`."""
    minutes = max(span, timedelta(0)) // timedelta(minutes=1)
    return f"{minutes // 60} h {minutes % 60} min"


def _to_the_minute(at: datetime) -> datetime:
    """As it is printed, so that the span is that between the two times which stand there."""
    return at.replace(second=0, microsecond=0)


def _when(gig: Gig, at: datetime) -> str:
    day = local(at, gig.zone).date()
    return clock(at, gig.zone) if day == gig.date else f"{clock(at, gig.zone)} {short_date(day)}"


def sheet(seen: Picture, by_person: Sequence[Sequence[Call]], following: Mapping[str, Shift]) -> Card:
    """The hours of everybody who works there, for those who may see them."""
    lines = [person_line(seen, calls, following.get(calls[0].person)) for calls in by_person]
    missing = [calls for calls in by_person if not any(call.out_at for call in calls)]
    text = say(
        "hours_sheet",
        gig=seen.gig,
        zone_note=local_zone(seen.gig),
        lines=fitting(lines, LINES_ROOM),
        out=len(by_person) - len(missing),
        people=len(by_person),
    )
    return card(text, most=PRIVATE_MOST)


def missing(seen: Picture, by_person: Sequence[Sequence[Call]], following: Mapping[str, Shift]) -> Card:
    """The morning after, for the tour manager: who came, and has not said that he is out."""
    lines = [person_line(seen, calls, following.get(calls[0].person)) for calls in by_person]
    planned = moment(seen.gig.release(), seen.gig.zone)
    return card(say("hours", gig=seen.gig, lines=fitting(lines, DM_ROOM), planned=planned))


def out_words(seen: Picture, calls: Sequence[Call], following: Shift | None) -> Spoken:
    """`ana out 01:40 WEST Fri 2 Oct; next call ...`, for a receipt."""
    gig, went = seen.gig, calls[0].out_at
    words = f"{seen.name(calls[0].person)} out {_when(gig, went)}" if went else f"{seen.name(calls[0].person)} not out"
    return Spoken(f"{words}; {rest_words(seen, went, following)}" if following else words)


def complete(seen: Picture) -> Card:
    """The same message once nobody's hours are missing."""
    gig = seen.gig
    return card(f"The hours of #{gig.number} {escape(gig.title)}, {show_date(gig.date)}, are complete. Thank you.")
