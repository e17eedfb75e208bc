"""Can this person do this call: two places at once, too little rest, two jobs that exclude each other, a licence.

Everything is judged in UTC instants, so zones and clock changes count by themselves; the words name the venue's
zone. The limits of rest are those of readiness (`judging.Rules`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.crew import Call, CallKind, CallState, Position
from checklists.crewing import hours
from checklists.gig import Anchor, Gig
from checklists.judging import Rules, Verdict
from checklists.positions import NEVER_DOUBLED, is_doubling_usual, size_of
from checklists.rules import usual
from checklists.walls import local, zone_word

ON_THE_WAY = frozenset({CallKind.LOBBY, CallKind.BUS})
"""To be somewhere on the way is no work."""


class LicenceKind(StrEnum):
    """What somebody must be licensed for."""

    RIGGING = "rigging"
    DRIVING = "driving"
    SECURITY = "security"
    MEDICAL = "medical"
    EFFECTS = "effects"
    FORKLIFT = "forklift"


NEEDS_LICENCE: Mapping[Position, LicenceKind] = {
    Position.RIG: LicenceKind.RIGGING,
    Position.DRIVER: LicenceKind.DRIVING,
    Position.SECURITY: LicenceKind.SECURITY,
    Position.MEDIC: LicenceKind.MEDICAL,
    Position.FX: LicenceKind.EFFECTS,
    Position.FORK: LicenceKind.FORKLIFT,
}


@dataclass(frozen=True, slots=True)
class Licence:
    """What somebody may operate; `expires` is the last day on which he may."""

    person: str
    kind: LicenceKind
    expires: date


class FindingKind(StrEnum):
    """What is wrong, the worst first."""

    DOUBLE = "double"
    DOUBLED_ROLE = "doubled_role"
    LICENCE = "licence"
    REST_BEFORE = "rest_before"
    REST_AFTER = "rest_after"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks against a call, in words for the tour manager."""

    level: Verdict
    kind: FindingKind
    text: str


@dataclass(frozen=True, slots=True)
class Shift:
    """The hours of one person on one gig (UTC). `is_real`: he said when he was out; else it is the plan."""

    gig: Gig
    begins: datetime
    ends: datetime
    is_real: bool
    positions: tuple[Position, ...]


def is_judged(call: Call) -> bool:
    """True for a call that takes somebody's time: he is called to work, and did not stay away."""
    return call.stands and call.state is not CallState.NO_SHOW and call.kind not in ON_THE_WAY


def released_at(gig: Gig, outs: Iterable[datetime | None]) -> datetime:
    """The end of one person's work on a gig (UTC): when he was out, else the planned release."""
    return max((out for out in outs if out is not None), default=gig.release())


def shift_of(gig: Gig, calls: Sequence[Call]) -> Shift:
    """One person's calls on one gig, at least one, as one stretch of work."""
    is_real = any(call.out_at is not None for call in calls)
    ends = max(released_at(gig, (call.out_at for call in calls)), *(call.at for call in calls))
    positions = tuple(dict.fromkeys(call.position for call in calls))
    return Shift(gig, min(call.at for call in calls), ends, is_real, positions)


def shifts_of(worked: Iterable[tuple[Call, Gig]]) -> list[Shift]:
    """One person's calls with their gigs as stretches of work, the earliest first."""
    by_gig: dict[int, tuple[Gig, list[Call]]] = {}
    for call, gig in worked:
        if is_judged(call):
            by_gig.setdefault(gig.id, (gig, []))[1].append(call)
    return sorted((shift_of(gig, calls) for gig, calls in by_gig.values()), key=lambda shift: shift.begins)


def clashes(
    call: Call,
    gig: Gig,
    worked: Iterable[tuple[Call, Gig]],
    licences: Iterable[Licence] = (),
    rules: Rules | None = None,
) -> list[Finding]:
    """What speaks against a call to `gig`, the worst first; nothing for a call to be somewhere on the way.

    `worked` are this person's calls with their gigs, the call itself and others on the same gig among them or not.
    """
    if not is_judged(call):
        return []
    others = [(each, where) for each, where in worked if each.id != call.id and is_judged(each)]
    beside = [each for each, where in others if where.id == gig.id]
    elsewhere = shifts_of((each, where) for each, where in others if where.id != gig.id)
    mine = shift_of(gig, [call, *beside])
    found = [
        *_doubles(call, mine, elsewhere),
        *_doubled_roles(call, gig, beside),
        *_expired(call, gig, licences),
        *_short_rests(call, mine, elsewhere, rules or usual()),
    ]
    return sorted(found, key=lambda finding: (-finding.level.rank, list(FindingKind).index(finding.kind)))


def _doubles(call: Call, mine: Shift, elsewhere: Iterable[Shift]) -> Iterator[Finding]:
    for other in elsewhere:
        if call.at < other.ends and other.begins < mine.ends:
            what = f"{listed(other.positions)} at {other.gig.city} from {moment(other.begins, other.gig.zone)}"
            text = f"double booked: {what} ({released_words(other)}): red"
            yield Finding(Verdict.RED, FindingKind.DOUBLE, text)


def _doubled_roles(call: Call, gig: Gig, beside: Iterable[Call]) -> Iterator[Finding]:
    positions = {each.position for each in beside} - {call.position}
    safety = [each for each in (call.position, *sorted(positions)) if each in NEVER_DOUBLED]
    if not positions or not safety:
        return
    others = listed(sorted({call.position, *positions} - {safety[0]}))
    if safety[0] is not Position.DRIVER:
        yield Finding(Verdict.RED, FindingKind.DOUBLED_ROLE, f"{safety[0]} is never doubled: also {others}: red")
    elif (size := size_of(gig)) is not None and is_doubling_usual(size):
        text = f"the driver also works the show ({others}); nobody drives after 14 h awake or at work: amber"
        yield Finding(Verdict.AMBER, FindingKind.DOUBLED_ROLE, text)
    else:
        text = f"the driver also works the show ({others}), and must not drive after it: red"
        yield Finding(Verdict.RED, FindingKind.DOUBLED_ROLE, text)


def _expired(call: Call, gig: Gig, licences: Iterable[Licence]) -> Iterator[Finding]:
    kind = NEEDS_LICENCE.get(call.position)
    for licence in licences:
        if licence.kind is kind and licence.person == call.person and licence.expires < gig.date:
            text = f"{kind} licence expired on {day_words(licence.expires)}, before the show: red"
            yield Finding(Verdict.RED, FindingKind.LICENCE, text)


def _short_rests(call: Call, mine: Shift, elsewhere: Sequence[Shift], rules: Rules) -> Iterator[Finding]:
    before = [shift for shift in elsewhere if shift.ends <= call.at]
    if before:
        last = max(before, key=lambda shift: shift.ends)
        words = f"after {last.gig.city} ({released_words(last)})"
        yield from _short_rest(last.ends, call.at, words, FindingKind.REST_BEFORE, rules)
    after = [shift for shift in elsewhere if shift.begins >= mine.ends]
    if after:
        following = min(after, key=lambda shift: shift.begins)
        words = f"before {following.gig.city} (call {moment(following.begins, following.gig.zone)})"
        yield from _short_rest(mine.ends, following.begins, words, FindingKind.REST_AFTER, rules)


def _short_rest(out: datetime, back: datetime, words: str, kind: FindingKind, rules: Rules) -> Iterator[Finding]:
    rest = back - out
    if rest < rules.rest_red:
        yield Finding(Verdict.RED, kind, f"rest {hours(rest):g} h {words}, under {hours(rules.rest_red):g} h: red")
    elif rest < rules.rest_amber:
        limit = hours(rules.rest_amber)
        yield Finding(Verdict.AMBER, kind, f"rest {hours(rest):g} h {words}, under {limit:g} h: amber")


def released_words(shift: Shift) -> str:
    """`released Fri 2 Oct 02:00 WEST`, or `planned release Fri 2 Oct ~01:15 WEST` where nobody has said."""
    if shift.is_real:
        return f"released {moment(shift.ends, shift.gig.zone)}"
    return f"planned release {moment(shift.ends, shift.gig.zone, shift.gig.is_approx(Anchor.LOAD_OUT))}"


def moment(at: datetime, zone: str, approx: bool = False) -> str:
    """`Fri 2 Oct 02:00 WEST`."""
    there = local(at, zone)
    return f"{there:%a} {there.day} {there:%b} {'~' if approx else ''}{there:%H:%M} {zone_word(at, zone)}"


def day_words(day: date) -> str:
    """`Mon 1 Mar 2027`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def listed(positions: Iterable[Position]) -> str:
    return "+".join(positions)
