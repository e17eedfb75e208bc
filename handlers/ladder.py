"""The offers of a gig made true again: whoever should be asked is asked, whoever need not answer any more hears it.

`climb` runs with every upkeep of a gig and may run as often as it likes: nobody is asked twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checklists.crew import Call, CallState
from checklists.cues import NEAR_THE_CALL, NOON, Cue, CueKind, stamp
from checklists.deadlines import may_ask_at, near, silent_at, unheard_at
from checklists.gig import Anchor
from checklists.ladder import Hole, Offer, OfferState, Standin, Step, barred, holes, step, waves_of
from checklists.letters import Letter
from handlers.cards.picture import Picture
from handlers.loops import WAIT, calls_named, open_loop
from storage.book import Book
from storage.outbox import Room

Subject = Mapping[str, Any]
GONE = (CallState.DECLINED, CallState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Chains:
    """The stand-ins of a gig, whom of them was asked, and the places that nobody fills.

    `silent`: by call, from when on silence counts as a no; only where somebody stands in.
    """

    seen: Picture
    standins: Sequence[Standin]
    offers: Sequence[Offer]
    silent: dict[int, datetime]
    holes: Sequence[Hole]

    def waves(self, call: Call) -> list[list[str]]:
        return waves_of(self.standins, call.position)

    def hole_of(self, offer: Offer) -> Hole | None:
        """The place that this offer is about, while nobody fills it."""
        return next((hole for hole in self.holes if hole.is_of(offer)), None)

    def call_of(self, offer: Offer) -> Call | None:
        return next((call for call in self.seen.calls if call.id == offer.call_id), None)

    def is_void(self, offer: Offer) -> bool:
        """True for an open offer that is of no use any more: filled, off, or he does not stand in any more."""
        hole = self.hole_of(offer)
        return hole is None or not any(offer.person in wave for wave in self.waves(hole.call))

    def next_step(self, book: Book, hole: Hole, now: datetime) -> Step:
        """Whom to ask next for this hole."""
        gig = self.seen.gig
        mine = [offer for offer in self.offers if offer.asked_at >= gig.counted_from]
        out = barred(hole, self.seen.calls, self.offers, gig)
        return step(hole, self.waves(hole.call), mine, out, lambda who: zone_of(book, self.seen, who), now)


def zone_of(book: Book, seen: Picture, who: str) -> str:
    """A person's own zone, called or not; the venue's until it is known."""
    return book.people.get(who).zone or seen.gig.zone


def chains(book: Book, seen: Picture, now: datetime) -> Chains:
    """The chains of a gig as they stand."""
    gig = seen.gig
    standins = book.standins.of_gig(gig.tour_id, gig.id)
    offers = book.standins.offers(gig.id)
    served = {one.position for one in standins}
    waiting = [call for call in seen.calls if call.is_silent and call.position in served]
    silent = {call.id: silent_at(gig, call, seen.zone(call.person)) for call in waiting}
    is_on = gig.is_judged and now < gig.at(Anchor.LOAD_OUT)
    return Chains(seen, standins, offers, silent, holes(seen.calls, silent, now, offers) if is_on else ())


def climb(book: Book, seen: Picture, now: datetime) -> None:
    """Asks whom the ladder asks next, tells whoever need not answer any more, and plans its own next step."""
    if not seen.calls or not seen.lead:
        return
    now_on = chains(book, seen, now)
    void = [offer for offer in now_on.offers if offer.is_open and now_on.is_void(offer)]
    for state in (OfferState.FILLED, OfferState.LAPSED):
        book.standins.settle([offer for offer in void if _fate(now_on, offer) is state], state, now)
    rest = {offer.id for offer in void}
    asked = replace(now_on, offers=[offer for offer in now_on.offers if offer.id not in rest])
    steps = []
    for hole in asked.holes:
        if asked.waves(hole.call):
            taken, fresh = _take_step(book, asked, hole, now)
            asked = replace(asked, offers=[*asked.offers, *fresh])
            steps.append(taken)
    _tell_void(book, asked, void, now)
    if now_on.offers or steps:
        book.outbox.refresh_letters(seen.gig.id, [Letter.OFFER], now)
    _tell_unheard(book, asked, now)
    _plan_next(book, asked, steps, now)


def _fate(now_on: Chains, offer: Offer) -> OfferState:
    """Filled while somebody else stands in the place; lapsed when there is no place to fill."""
    call = now_on.call_of(offer)
    is_gone = call is not None and call.state in (*GONE, CallState.CALLED) and call.version == offer.version
    return (
        OfferState.FILLED if is_gone and now_on.seen.gig.is_judged and not now_on.hole_of(offer) else OfferState.LAPSED
    )


def _take_step(book: Book, now_on: Chains, hole: Hole, now: datetime) -> tuple[Step, list[Offer]]:
    taken = now_on.next_step(book, hole, now)
    fresh = [book.standins.ask(hole.call, who, taken.wave, at) for who, at in taken.ask.items()]
    seen = now_on.seen
    for offer in fresh:
        key = offer_key(offer)
        _say(book, seen, Letter.OFFER, key, offer.person, offer.asked_at, now, {"offer": offer.id})
        asked = f"{offer.person} to stand in as {offer.position}"
        book.journal.write(now, "the ladder", "asked", gig_id=seen.gig.id, before=hole.call.person, after=asked)
    tried = [offer for offer in now_on.offers if hole.is_of(offer) and offer.state is not OfferState.LAPSED]
    if taken.is_spent and tried:
        key = f"unfilled:{hole.call.id}:{hole.call.version}:{len(tried)}"
        _tell_lead(book, seen, Letter.UNFILLED, key, [hole.call], now, {"call": hole.call.id})
    return taken, fresh


def offer_key(offer: Offer) -> str:
    """The name of the message that puts this offer, each time it is put."""
    return f"offer:{offer.id}:{stamp(offer.asked_at)}"


def _tell_void(book: Book, now_on: Chains, void: Sequence[Offer], now: datetime) -> None:
    """One word to each of them, but to whoever is asked for another place in the same breath."""
    busy = {(offer.person, offer.position) for offer in now_on.offers if offer.is_open}
    for offer in void:
        call = now_on.call_of(offer)
        if (offer.person, offer.position) in busy or call is None or now_on.seen.gig.is_over(now):
            continue
        at = may_ask_at(now, call.at, zone_of(book, now_on.seen, offer.person), near(call.position))
        key = f"filled:{offer.id}:{stamp(offer.asked_at)}"
        _say(book, now_on.seen, Letter.FILLED, key, offer.person, at, now, {"offer": offer.id, "to": "asked"})


def _tell_unheard(book: Book, now_on: Chains, now: datetime) -> None:
    """Who was called late and left two asks unanswered: the tour manager hears it once, the person no more."""
    seen = now_on.seen
    due = [call for call, at in _unheard(now_on) if at <= now < call.at]
    for at in sorted({call.at for call in due}) if seen.gig.is_judged else ():
        calls = [call for call in due if call.at == at]
        key = f"boss:{seen.gig.id}:{stamp(at)}"
        _tell_lead(book, seen, Letter.BOSS, key, calls, now, {"calls": [call.id for call in calls]})


def _unheard(now_on: Chains) -> list[tuple[Call, datetime]]:
    """The silent whom no list names and nobody stands in for, and when the tour manager is to hear of each."""
    gig = now_on.seen.gig
    listed = gig.days_before(1, NOON)
    late = [call for call in now_on.seen.calls if call.is_silent and call.asked_at and call.asked_at >= listed]
    found = [(call, unheard_at(gig, call)) for call in late if not now_on.waves(call)]
    return [(call, at) for call, at in found if at is not None]


def _plan_next(book: Book, now_on: Chains, steps: Iterable[Step], now: datetime) -> None:
    gig = now_on.seen.gig
    ahead = [taken.again_at for taken in steps if taken.again_at is not None]
    ahead += [*now_on.silent.values(), *(at for _, at in _unheard(now_on))]
    ahead = [at for at in ahead if now < at < gig.at(Anchor.LOAD_OUT)] if gig.is_judged else []
    if ahead:
        book.cues.put_only(Cue(CueKind.OFFER, min(ahead), gig.id, gig.tour_id), now)
    elif now_on.standins or now_on.offers:
        book.cues.cut(gig.id, [CueKind.OFFER], now)


def _tell_lead(
    book: Book, seen: Picture, letter: Letter, key: str, calls: Sequence[Call], now: datetime, subject: Subject
) -> None:
    """A DM to the tour manager about these calls; in his night at 08:00, unless a call is within 24 h."""
    is_near = min(call.at for call in calls) - now <= NEAR_THE_CALL
    at = now if is_near else seen.after_quiet(seen.lead, now)
    _say(book, seen, letter, key, seen.lead, at, now, subject)
    await_word(book, seen, letter, key, subject, at)


def _say(
    book: Book, seen: Picture, letter: Letter, key: str, to: str, at: datetime, now: datetime, subject: Subject
) -> None:
    gig = seen.gig
    where: dict[str, Any] = {"tour_id": gig.tour_id, "gig_id": gig.id, "person": to}
    book.outbox.say(letter, Room.DM, key, now, **where, subject=subject, not_before=at)


def await_word(book: Book, seen: Picture, letter: Letter, key: str, subject: Subject, now: datetime) -> None:
    """What the tour manager was just told waits for his word, but for the places that stand-ins are asked to fill."""
    if letter in WAIT:
        calls = calls_named(subject, seen)
        open_loop(
            book, seen, letter, key, [call for call in calls if not is_served(book, seen, letter, call, now)], now
        )


def is_served(book: Book, seen: Picture, letter: Letter, call: Call, now: datetime) -> bool:
    """True for somebody who dropped out and for whom stand-ins are being asked, or are about to be."""
    if letter not in (Letter.DECLINED, Letter.NO_SHOW):
        return False
    now_on = chains(book, seen, now)
    hole = next((hole for hole in now_on.holes if hole.call.id == call.id), None)
    return hole is not None and not now_on.next_step(book, hole, now).is_spent
