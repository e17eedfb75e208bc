"""Who could stand in: has done this work on the tour, is free that day, has slept, and is not far."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from checklists.clash import Finding, Licence, clashes
from checklists.crew import Call, CallState
from checklists.gig import Gig
from checklists.judging import Rules, Verdict
from checklists.venue import Place, distance_km

LOOKED_AT = timedelta(days=10)
"""So far before and after the call other gigs are looked at."""
CANNOT = frozenset({CallState.DECLINED, CallState.NO_SHOW, CallState.CALLED_OFF})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could stand in.

    `shows`: how often he did this work on the tour. `km`: from his nearest other gig, None when he has none within
    ten days. `findings`: what speaks against him, none of it red.
    """

    person: str
    shows: int
    km: float | None = None
    findings: tuple[Finding, ...] = ()


def suggest(
    wanted: Call,
    gig: Gig,
    roster: Iterable[Call],
    around: Sequence[tuple[Call, Gig]],
    out: Collection[str],
    licences: Sequence[Licence] = (),
    rules: Rules | None = None,
) -> list[Candidate]:
    """Who could be asked to do the work of a call, the best first.

    `roster`: the calls of the tour's other gigs; `around`: the calls of those people near that instant, on any tour;
    `out`: who is not to be suggested. Nobody is suggested who works elsewhere then, or against whom anything red
    speaks.
    """
    shows: dict[str, int] = {}
    for call in roster:
        if call.position is wanted.position and call.state not in CANNOT and call.person not in out:
            shows[call.person] = shows.get(call.person, 0) + 1
    found = [
        _look_at(replace(wanted, id=0, person=who), count, gig, around, licences, rules) for who, count in shows.items()
    ]
    fit = [each for each in found if not any(one.level is Verdict.RED for one in each.findings)]
    return sorted(fit, key=lambda each: (len(each.findings), _or_far(each.km), -each.shows, each.person))


def _or_far(km: float | None) -> float:
    return float("inf") if km is None else km


def _look_at(
    mine: Call,
    shows: int,
    gig: Gig,
    around: Sequence[tuple[Call, Gig]],
    licences: Sequence[Licence],
    rules: Rules | None,
) -> Candidate:
    theirs = [(call, other) for call, other in around if call.person == mine.person]
    found = clashes(replace(mine, state=CallState.CALLED), gig, theirs, licences, rules)
    others = [(call, other) for call, other in theirs if other.id != gig.id]
    if not others:
        return Candidate(mine.person, shows, None, tuple(found))
    nearest = min(others, key=lambda pair: abs(pair[0].at - mine.at))[1]
    return Candidate(mine.person, shows, distance_km(_place(nearest), _place(gig)), tuple(found))


def _place(gig: Gig) -> Place:
    return Place(gig.city, gig.country, "", "", gig.lat, gig.lon, gig.zone, 0)
