"""The future: which cues a gig has, whom each concerns, and how long it is still of use.

Day offsets keep the wall clock at the venue; minute offsets are absolute. A cue's version is what it speaks
about (the show date, or the instant of its anchor), so that a changed call can be asked again and
re-planning never doubles anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from checklists.crew import Call, CallStage, Person
from checklists.gig import Anchor, Gig
from checklists.walls import after_quiet, at_clock, local

NOON = time(12, 0)
DIGEST_HOUR = time(9, 0)
NOBODY = ""


class CueKind(StrEnum):
    """What happens by itself."""

    CARD = "card"
    ASK_AGAIN = "ask_again"
    ASK_DM = "ask_dm"
    SILENT_LIST = "silent_list"
    DAY_SHEET = "day_sheet"
    CHECK_IN = "check_in"
    ON_YOUR_WAY = "on_your_way"
    NOT_HERE = "not_here"
    NO_SHOW = "no_show"
    DOORS_60 = "doors_60"
    DOORS_30 = "doors_30"
    DOORS_10 = "doors_10"
    CURFEW_15 = "curfew_15"
    LOAD_OUT = "load_out"
    SHOW_DAY = "show_day"
    PLAYED = "played"
    RECHECK = "recheck"
    UPKEEP = "upkeep"
    DIGEST = "digest"
    HELD = "held"
    DECLINED = "declined"
    OFFER = "offer"
    HANDOVER = "handover"
    HOURS = "hours"
    SEEN_ASK = "seen_ask"
    UNSEEN = "unseen"
    CONFIRM_NOW = "confirm_now"
    WEEKLY = "weekly"
    OFF_HIRE = "off_hire"


class CueState(StrEnum):
    """Waiting; gone: it did what it was for; cut: no longer wanted; missed: too late to be of use."""

    WAITING = "waiting"
    GONE = "gone"
    CUT = "cut"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that must happen at a time (UTC). Identity: gig, kind, person, anchor, version."""

    kind: CueKind
    at: datetime
    gig_id: int | None = None
    tour_id: int | None = None
    person: str = NOBODY
    anchor: str = ""
    version: str = ""
    id: int = 0


UNPLANNED = {
    *(CueKind.RECHECK, CueKind.UPKEEP, CueKind.DIGEST, CueKind.HELD, CueKind.DECLINED, CueKind.OFFER),
    *(CueKind.HANDOVER, CueKind.SEEN_ASK, CueKind.UNSEEN, CueKind.WEEKLY, CueKind.OFF_HIRE),
}
PLANNED = frozenset(set(CueKind) - UNPLANNED)
"""The kinds that `plan` gives, and that a new plan therefore moves or cuts."""

BEFORE_CALL = timedelta(minutes=90)
ASK_WHERE = timedelta(minutes=10)
GIVE_UP = timedelta(minutes=15)
BEFORE_DOORS = {
    CueKind.DOORS_60: timedelta(minutes=60),
    CueKind.DOORS_30: timedelta(minutes=30),
    CueKind.DOORS_10: timedelta(minutes=10),
}
BEFORE_CURFEW = timedelta(minutes=15)
BEFORE_MORNING = timedelta(minutes=30)
"""So long before the show day ends the hours of the night are looked over."""
A_DAY = timedelta(days=1)


def plan(gig: Gig, calls: Sequence[Call], people: Mapping[str, Person], lead: str) -> list[Cue]:
    """Every cue of this gig, past ones too, as its facts now stand.

    Takes the gig's calls, the people they name and `lead`, the tour manager. Gives none for a gig whose
    readiness is not judged, and none for a tour without a manager.
    """
    if not gig.is_judged or not lead:
        return []
    standing = [call for call in calls if call.stands]
    return [*_of_the_gig(gig), *_of_the_calls(gig, standing, people, lead)]


def _of_the_gig(gig: Gig) -> Iterable[Cue]:
    day = gig.date.isoformat()
    yield _cue(gig, CueKind.CARD, gig.days_before(14, NOON), "T-14d", day)
    yield _cue(gig, CueKind.SHOW_DAY, gig.show_day_begins(), "T-0d", day)
    yield _cue(gig, CueKind.PLAYED, gig.show_day_ends(), "T+1d", day)
    for kind, before in BEFORE_DOORS.items():
        yield _by_anchor(gig, kind, Anchor.DOORS, -before)
    yield _by_anchor(gig, CueKind.CURFEW_15, Anchor.CURFEW, -BEFORE_CURFEW)


def _of_the_calls(gig: Gig, calls: Sequence[Call], people: Mapping[str, Person], lead: str) -> Iterable[Cue]:
    if not calls:
        return
    day = gig.date.isoformat()
    yield _cue(gig, CueKind.ASK_AGAIN, gig.days_before(3, NOON), "T-3d", day)
    yield _cue(gig, CueKind.DAY_SHEET, gig.days_before(1, time(18)), "T-1d", day)
    yield _by_anchor(gig, CueKind.LOAD_OUT, Anchor.LOAD_OUT, timedelta(0))
    yield _cue(gig, CueKind.HOURS, gig.show_day_ends() - BEFORE_MORNING, "T+1d", day)
    at = after_quiet(gig.days_before(1, NOON), _zone(people, lead, gig))
    yield _cue(gig, CueKind.SILENT_LIST, at, "T-1d", day)
    for person in sorted({call.person for call in calls}):
        at = after_quiet(gig.days_before(2, NOON), _zone(people, person, gig))
        yield _cue(gig, CueKind.ASK_DM, at, "T-2d", day, person)
    yield from _by_call(gig, calls)
    held = [call.asked_at or gig.made_at for call in calls if call.stage is CallStage.HOLD]
    if held:
        yield _cue(gig, CueKind.CONFIRM_NOW, _confirm_at(gig, max(held)), "hold", day)


def _confirm_at(gig: Gig, asked: datetime) -> datetime:
    """When those who hold the date are asked to confirm: 14, 7 or 3 days before, a day after they were asked."""
    days = next((n for n in (14, 7, 3) if gig.days_before(n, NOON) >= asked + A_DAY), 3)
    return gig.days_before(days, NOON)


def _by_call(gig: Gig, calls: Sequence[Call]) -> Iterable[Cue]:
    for at in sorted({call.at for call in calls}):
        yield _cue(gig, CueKind.CHECK_IN, at - BEFORE_CALL, "call", stamp(at))
    for person, at in sorted({(call.person, call.at) for call in calls}):
        yield _cue(gig, CueKind.ON_YOUR_WAY, at - BEFORE_CALL, "call", stamp(at), person)
    for at in sorted({call.expected for call in calls}):
        yield _cue(gig, CueKind.NOT_HERE, at + ASK_WHERE, "call", stamp(at))
        yield _cue(gig, CueKind.NO_SHOW, at + GIVE_UP, "call", stamp(at))


def _by_anchor(gig: Gig, kind: CueKind, anchor: Anchor, offset: timedelta) -> Cue:
    at = gig.at(anchor)
    return _cue(gig, kind, at + offset, anchor.value, stamp(at))


def _cue(gig: Gig, kind: CueKind, at: datetime, anchor: str, version: str, person: str = NOBODY) -> Cue:
    return Cue(kind, at, gig.id, gig.tour_id, person, anchor, version)


def _zone(people: Mapping[str, Person], person: str, gig: Gig) -> str:
    known = people.get(person)
    return known.zone if known and known.zone else gig.zone


def stamp(at: datetime) -> str:
    """An instant as cues and versions write it: `2024-10-27T12:00Z`."""
    return f"{at.isoformat()[:16]}Z"


TO_ONE = frozenset({CueKind.ASK_DM, CueKind.ON_YOUR_WAY})
"""Cues that speak to one person about his own calls."""


def concerned(cue: Cue, calls: Sequence[Call]) -> list[Call]:
    """The calls of the gig that a cue to the called speaks about, as they stand now."""
    asked = [call for call in calls if call.person == cue.person] if cue.kind in TO_ONE else calls
    standing = [call for call in asked if call.stands]
    match cue.kind:
        case CueKind.ASK_AGAIN:
            # Who was asked to hold the date is asked to confirm by then: that is the asking again.
            return [call for call in standing if call.is_silent and call.stage is CallStage.CONFIRM]
        case CueKind.SILENT_LIST:
            return [call for call in standing if call.is_unconfirmed]
        case CueKind.ASK_DM:
            return [call for call in standing if call.is_silent]
        case CueKind.ON_YOUR_WAY:
            return [call for call in standing if call.is_unconfirmed and stamp(call.at) == cue.version]
        case CueKind.NOT_HERE | CueKind.NO_SHOW:
            return [call for call in standing if call.is_awaited and stamp(call.expected) == cue.version]
        case CueKind.CHECK_IN:
            return [call for call in standing if stamp(call.at) == cue.version]
        case _:
            return standing


USEFUL_FOR = {
    CueKind.ASK_AGAIN: timedelta(hours=20),
    CueKind.ASK_DM: timedelta(hours=20),
    CueKind.SILENT_LIST: timedelta(hours=12),
    CueKind.DAY_SHEET: timedelta(hours=12),
    CueKind.ON_YOUR_WAY: timedelta(minutes=75),
    CueKind.NOT_HERE: timedelta(minutes=30),
    CueKind.NO_SHOW: timedelta(hours=3),
    CueKind.DOORS_60: timedelta(minutes=25),
    CueKind.DOORS_30: timedelta(minutes=15),
    CueKind.DOORS_10: timedelta(minutes=10),
    CueKind.CURFEW_15: timedelta(minutes=15),
    CueKind.LOAD_OUT: timedelta(minutes=45),
    CueKind.DIGEST: timedelta(hours=8),
    CueKind.HELD: timedelta(hours=12),
    CueKind.DECLINED: timedelta(hours=12),
}
"""How long after its time a reminder still helps; the kinds that are not named are always carried out."""


def expires(cue: Cue) -> datetime | None:
    """The instant from which this cue is too late to be of use; None when it always is of use."""
    useful = USEFUL_FOR.get(cue.kind)
    return cue.at + useful if useful else None


def is_too_late(cue: Cue, now: datetime) -> bool:
    """True when carrying out this cue would only confuse."""
    end = expires(cue)
    return end is not None and now >= end


SHOW_DAY_CUES = frozenset(
    {
        CueKind.CHECK_IN, CueKind.ON_YOUR_WAY, CueKind.NOT_HERE, CueKind.NO_SHOW, CueKind.DOORS_60,
        CueKind.DOORS_30, CueKind.DOORS_10, CueKind.CURFEW_15, CueKind.LOAD_OUT,
    }
)  # fmt: skip
"""What quiet hours never hold."""

NEAR_THE_CALL = timedelta(hours=24)


def next_digest(now: datetime, zone: str) -> datetime:
    """The next 09:00 of that zone after `now`, UTC."""
    today = local(now, zone).date()
    at = at_clock(today, DIGEST_HOUR, zone)
    return at if at > now else at_clock(today + timedelta(days=1), DIGEST_HOUR, zone)


def next_weekly(now: datetime, zone: str) -> datetime:
    """The next Monday 09:00 of that zone after `now`, UTC."""
    morning = local(next_digest(now, zone), zone).date()
    return at_clock(morning + timedelta(days=-morning.weekday() % 7), DIGEST_HOUR, zone)
