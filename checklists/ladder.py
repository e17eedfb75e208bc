"""The ladder: which places nobody fills, and who is asked next.

Thread, DM, stand-ins, tour manager, deputy. How long each has is in deadlines.py. All instants are UTC.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from checklists.crew import WORK, Call, CallKind, CallState, Position
from checklists.cues import GIVE_UP
from checklists.deadlines import LONG_AGO, USUAL, Deadlines, answer_by, may_ask_at, near
from checklists.gig import Gig


class OfferState(StrEnum):
    """Where the question to a stand-in is: asked, answered either way, filled by another, or of no use any more."""

    ASKED = "asked"
    TAKEN = "taken"
    REFUSED = "refused"
    FILLED = "filled"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Standin:
    """Somebody who stands in for a position: those of one wave are asked at once, a lower wave first.

    On every gig of the tour when `gig_id` is None.
    """

    gig_id: int | None
    position: Position
    person: str
    wave: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One stand-in asked to take the place of a call, in that version of the call. `asked_at` may lie ahead."""

    id: int
    gig_id: int
    call_id: int
    version: int
    position: Position
    person: str
    wave: int
    state: OfferState
    asked_at: datetime
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is OfferState.ASKED


@dataclass(frozen=True, slots=True)
class Hole:
    """A place that nobody fills: the call to be covered, and since when."""

    call: Call
    since: datetime

    def is_of(self, offer: Offer) -> bool:
        """True for an offer to fill this very place, as the call now is."""
        return (offer.call_id, offer.version) == (self.call.id, self.call.version)


@dataclass(frozen=True, slots=True)
class Step:
    """What the ladder does for one hole: whom to ask and when, by person, and when to look again.

    `is_spent`: everybody was asked and nobody has time left to answer.
    """

    wave: int = 0
    ask: Mapping[str, datetime] = field(default_factory=dict)
    again_at: datetime | None = None
    is_spent: bool = False


def holes(
    calls: Iterable[Call], silent_since: Mapping[int, datetime], now: datetime, offers: Iterable[Offer] = ()
) -> list[Hole]:
    """The places that nobody fills, as the calls of one gig stand.

    Whoever was called to a position after somebody had dropped out of it stands in his place: that of his offer if
    he took one. `silent_since`: by call, from when on silence counts as a no.
    """
    taken = {(one.person, one.position): one.call_id for one in offers if one.state is OfferState.TAKEN}
    silent = {call: at for call, at in silent_since.items() if at <= now}
    places: dict[tuple[Position, CallKind], list[Call]] = {}
    counted = [call for call in calls if call.kind in WORK and call.state is not CallState.CALLED_OFF]
    for call in sorted(counted, key=lambda call: (call.asked_at or LONG_AGO, call.id)):
        held = places.setdefault((call.position, call.kind), [])
        free = [_left(one, silent) for one in held]
        asked, his = call.asked_at or LONG_AGO, taken.get((call.person, call.position))
        # Two of one command are asked at the same instant: neither stands in the other's place.
        left = [n for n, since in enumerate(free) if since and (since < asked or held[n].id == his)]
        if left:
            held[next((n for n in left if held[n].id == his), left[0])] = call
        else:
            held.append(call)
    last = [call for held in places.values() for call in held]
    return [Hole(call, since) for call in last if (since := _left(call, silent)) is not None]


def covered_by(call: Call, calls: Iterable[Call]) -> Call | None:
    """Who has taken the place of somebody who declined: called to it after that, and coming. None for nobody."""
    if call.state is not CallState.DECLINED:
        return None
    since = call.answered_at or call.asked_at or LONG_AGO
    same = (one for one in calls if (one.position, one.kind) == (call.position, call.kind) and one.is_yes)
    return next((one for one in same if one.person != call.person and (one.asked_at or LONG_AGO) >= since), None)


def _left(call: Call, silent: Mapping[int, datetime]) -> datetime | None:
    """When this person dropped out, if he did."""
    if call.state is CallState.DECLINED:
        return call.answered_at or call.asked_at or LONG_AGO
    if call.state is CallState.NO_SHOW:
        return call.expected + GIVE_UP
    return silent.get(call.id) if call.is_silent else None


def step(
    hole: Hole,
    waves: Sequence[Sequence[str]],
    offers: Iterable[Offer],
    barred: Collection[str],
    zone_of: Callable[[str], str],
    now: datetime,
    rules: Deadlines = USUAL,
) -> Step:
    """Whom to ask next for a hole: nobody while those asked last have time, then the first wave not yet asked.

    `offers` are those of this hole, `barred` the people who cannot be asked for it.
    """
    asked = [offer for offer in offers if hole.is_of(offer) and offer.state is not OfferState.LAPSED]
    until = [answer_by(one.asked_at, hole.call, zone_of(one.person), rules) for one in asked if one.is_open]
    if until and max(until) > now:
        return Step(again_at=max(until))
    out = {*barred, *(offer.person for offer in asked)}
    for wave, people in enumerate(waves):
        if free := [who for who in people if who not in out]:
            close = near(hole.call.position, rules)
            ask = {who: may_ask_at(now, hole.call.at, zone_of(who), close) for who in free}
            again = max(answer_by(at, hole.call, zone_of(who), rules) for who, at in ask.items())
            return Step(wave, ask, again)
    return Step(is_spent=True)


def barred(hole: Hole, calls: Iterable[Call], offers: Iterable[Offer], gig: Gig) -> set[str]:
    """Who cannot be asked to fill a hole: whoever works there or dropped out of it, has refused, or is being asked."""
    position = hole.call.position
    there = {call.person for call in calls if call.position is position and call.state is not CallState.CALLED_OFF}
    for offer in offers:
        if offer.position is not position or (offer.call_id == hole.call.id and not hole.is_of(offer)):
            continue
        refused = offer.state is OfferState.REFUSED and offer.asked_at >= gig.counted_from
        if refused or (offer.is_open and not hole.is_of(offer)):
            there.add(offer.person)
    return there


def waves_of(standins: Iterable[Standin], position: Position) -> list[list[str]]:
    """The chain of a position on one gig, wave by wave: the gig's own, else the tour's."""
    mine = [one for one in standins if one.position is position]
    own = [one for one in mine if one.gig_id is not None] or mine
    by_wave: dict[int, list[str]] = {}
    for one in own:
        by_wave.setdefault(one.wave, []).append(one.person)
    return [by_wave[wave] for wave in sorted(by_wave)]
