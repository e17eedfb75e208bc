"""After any change: what hangs on a gig is made true again, in the same transaction.

The items that facts tick, the dues, the cues, the readiness and the card. Every handler that changed
something ends with `keep`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from checklists.anchors import known
from checklists.clash import released_at
from checklists.crew import Call, CallState
from checklists.cues import Cue, CueKind, next_digest, plan, stamp
from checklists.dues import due_when
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.readiness import Readiness, Verdict, next_change
from checklists.rules import own_rules
from checklists.seen import ask_at, is_unseen
from handlers.by_fact import tick_by_fact
from handlers.cards.picture import Picture
from handlers.ladder import await_word, climb
from storage.book import Book
from storage.outbox import Room

NEXT_DAYS = timedelta(days=3)
"""So long after a gig somebody may still be short of rest by it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A gig after upkeep: its picture, how ready it is now, and what the verdict was before."""

    picture: Picture
    now: Readiness
    before: str

    @property
    def dropped(self) -> bool:
        """True when the verdict got worse."""
        return bool(self.before) and self.now.verdict.worse_than(Verdict(self.before))


def picture(book: Book, gig_id: int) -> Picture:
    """The gig as it stands in this transaction; raises LookupError for one that this workspace has not."""
    gig = book.gigs.get(gig_id)
    if gig is None:
        raise LookupError(f"gig {gig_id}")
    tour = book.tours.get(gig.tour_id)
    calls, holders = book.crew.of_gig(gig_id), tuple(book.tours.holders(gig.tour_id))
    known_here = {tour.lead, *(call.person for call in calls), *(holder.person for holder in holders)}
    return Picture(
        gig=gig,
        tour=tour.name,
        lead=tour.lead,
        days_off=tour.days_off,
        calls=tuple(calls),
        items=tuple(book.items.of_gig(gig_id)),
        people=book.people.many(known_here - {""}),
        holders=holders,
        worked_until=_worked_until(book, calls),
        needs=tuple(book.needs.of_gig(gig_id)),
        rules=own_rules(book.rules.of_tour(gig.tour_id)),
    )


def glance(book: Book, gig_id: int, *, gates: bool = False) -> Picture:
    """The gig with its calls and people only: enough to take an answer, not to judge.

    With `gates` its items and holders too: enough to say what keeps the doors shut, and to whom.
    """
    gig = book.gigs.get(gig_id)
    if gig is None:
        raise LookupError(f"gig {gig_id}")
    seen = _glanced(book, gig)
    if not gates:
        return seen
    return replace(seen, items=tuple(book.items.of_gig(gig_id)), holders=tuple(book.tours.holders(gig.tour_id)))


def _glanced(book: Book, gig: Gig) -> Picture:
    calls = book.crew.of_gig(gig.id)
    known = book.seen.get(gig.id)
    if known is not None and known[0] is gig and known[1] is calls:
        before: Picture = known[2]
        return before
    tour = book.tours.get(gig.tour_id)
    people = book.people.many({tour.lead, *(call.person for call in calls)} - {""})
    seen = Picture(gig, tour.name, tour.lead, tuple(calls), people=people, days_off=tour.days_off)
    book.seen[gig.id] = (gig, calls, seen)
    return seen


def keep_soon(book: Book, seen: Picture, now: datetime, *, replan: bool) -> None:
    """Plans the upkeep for this very instant, so that an ack need not wait for it: the clock does it right away.

    Whoever caused it is not told the verdict: a drop is posted. `replan`: something that cues hang on has
    changed; that is made true at once.
    """
    gig = seen.gig
    if replan:
        book.cues.replan(gig.id, plan(gig, seen.calls, seen.people, seen.lead), now)
    book.cues.add(Cue(CueKind.UPKEEP, now, gig.id, gig.tour_id, version=now.isoformat()), now)


def _worked_until(book: Book, calls: Sequence[Call]) -> dict[int, datetime]:
    """By call, when that person's work before it ended: really, or by the plan while nobody has said."""
    worked = book.crew.worked_before([call for call in calls if call.stands])
    return {call: released(before) for call, before in worked.items() if before}


def released(before: Sequence[tuple[Gig, datetime | None]]) -> datetime:
    """The end of one person's work on these gigs (UTC): when he was out, else as planned."""
    gigs = {gig.id: gig for gig, _ in before}
    return max(released_at(gig, [out for where, out in before if where.id == gig.id]) for gig in gigs.values())


def with_calls(seen: Picture, changed: Iterable[Call]) -> Picture:
    """The same picture after nothing but these answers changed."""
    now = {call.id: call for call in changed}
    return replace(seen, calls=tuple(now.get(call.id, call) for call in seen.calls))


def keep(
    book: Book,
    gig_id: int,
    now: datetime,
    *,
    told: bool = True,
    owners: bool = True,
    letters: Sequence[Letter] = (),
) -> Kept:
    """Makes everything that hangs on the gig true again.

    `told`: whoever caused the change is told the verdict in his receipt; else a drop is posted in the
    thread. `owners`: who owns what may have changed, so that somebody may need a digest from now on.
    `letters`: what is edited besides the card.
    """
    seen = _tick_by_fact(book, _set_dues(book, picture(book, gig_id)), now)
    book.cues.replan(gig_id, plan(seen.gig, seen.calls, seen.people, seen.lead), now)
    kept = judge(book, seen, now)
    climb(book, seen, now)
    if owners:
        plan_digests(book, seen, now)
    if kept.dropped and not told:
        tell_drop(book, seen, now)
    book.outbox.refresh_letters(gig_id, [Letter.CARD, *letters], now)
    return kept


def tell_drop(book: Book, seen: Picture, now: datetime) -> None:
    """The verdict got worse: said in the gig's thread, with how it stood before."""
    gig = seen.gig
    was = {"verdict": gig.verdict, "locked": gig.locked_pct, "reasons": list(gig.reasons)}
    key = f"drop:{gig.id}:{now.isoformat()}"
    book.outbox.say(Letter.DROP, Room.THREAD, key, now, gig_id=gig.id, tour_id=gig.tour_id, subject=was)


def judge(book: Book, seen: Picture, now: datetime) -> Kept:
    """Keeps the readiness with the gig, and plans the next instant at which the clock alone changes it."""
    facts = seen.facts()
    ready = seen.judge(now)
    words = [reason.words(now, seen.gig.zone) for reason in ready.reasons]
    book.gigs.judge(seen.gig.id, ready.verdict, words, ready.locked_pct, ready.on_time_pct, now)
    change = next_change(facts, now, seen.rules, ready) if seen.lead else None
    if change is not None:
        book.cues.put_only(Cue(CueKind.RECHECK, change, seen.gig.id, seen.gig.tour_id), now)
    else:
        book.cues.cut(seen.gig.id, [CueKind.RECHECK], now)
    return Kept(seen, ready, seen.gig.verdict)


def judge_next_days(book: Book, people: Iterable[str], after: Gig, now: datetime, *, told: bool = True) -> None:
    """Whoever works this gig may be short of rest on the three days that follow: those gigs are judged anew.

    `told` as for `keep`.
    """
    for gig_id in book.crew.gigs_from(set(people), after.date, after.date + NEXT_DAYS):
        if gig_id != after.id:
            judge_again(book, gig_id, now, told=told)


def judge_again(book: Book, gig_id: int, now: datetime, *, told: bool = True) -> Kept:
    """What facts tick and how ready it is are made true, where nothing else hangs on what has changed.

    `told` as for `keep`.
    """
    kept = judge(book, _tick_by_fact(book, picture(book, gig_id), now), now)
    if kept.dropped and not told:
        tell_drop(book, kept.picture, now)
    book.outbox.refresh_card(gig_id, now)
    return kept


def _tick_by_fact(book: Book, seen: Picture, now: datetime) -> Picture:
    return picture(book, seen.gig.id) if tick_by_fact(book, seen, now) else seen


def _set_dues(book: Book, seen: Picture) -> Picture:
    """Moves the dues that hang on times which changed."""
    moved = []
    given = known(seen.gig)
    for item in seen.items:
        due = due_when(seen.gig, item.due, given, item.added_at)
        if (due.at, due.compressed) != (item.due_at, item.compressed):
            moved.append((item.id, due.at, due.compressed))
    if not moved:
        return seen
    book.items.set_due(moved)
    return picture(book, seen.gig.id)


def plan_digests(book: Book, seen: Picture, now: datetime) -> None:
    """Everybody who owns something open on a gig that counts gets a digest cue for his next 09:00."""
    if not seen.gig.is_judged or not seen.lead:
        return
    roles = {item.owner for item in seen.items if not item.state.is_closed and not item.is_minute}
    for who in sorted({seen.owner(role) for role in roles} - {""}):
        put_digest(book, seen.gig.tour_id, who, book.people.get(who).zone or seen.gig.zone, now)


def put_digest(book: Book, tour_id: int, who: str, zone: str, now: datetime) -> None:
    """The next 09:00 of this person: waits once, however often it is planned."""
    at = next_digest(now, zone)
    book.cues.put(Cue(CueKind.DIGEST, at, None, tour_id, who, "digest", f"{at:%Y-%m-%d}"), now)


def tell_called(
    book: Book,
    seen: Picture,
    letter: Letter,
    calls: Iterable[Call],
    now: datetime,
    key: str,
    **subject: object,
) -> None:
    """One message in the gig's thread to these called people; those who sleep get theirs at 08:00 by DM."""
    concerned = list(calls)
    facts = {**named(concerned), **subject}
    gig = seen.gig
    book.outbox.say(letter, Room.THREAD, key, now, tour_id=gig.tour_id, gig_id=gig.id, subject=facts)
    hold(book, seen, letter, concerned, now)
    if letter in (Letter.CALLED_OFF, Letter.CANCELLED):
        await_seen(book, seen, [call.id for call in concerned], now)


def await_seen(book: Book, seen: Picture, ids: Sequence[int], now: datetime) -> None:
    """Plans the question to each of those called off who had said yes: does he know?"""
    gig = seen.gig
    for call in (each for each in seen.calls if each.id in ids and is_unseen(each)):
        at = ask_at(call, now, seen.zone(call.person))
        cue = Cue(CueKind.SEEN_ASK, at, gig.id, gig.tour_id, call.person, "off", stamp(now))
        book.cues.put(cue, now)


def named(calls: Sequence[Call]) -> dict[str, object]:
    """The calls that a message speaks about, and the version of each that it asks about."""
    return {"calls": [call.id for call in calls], "versions": {str(call.id): call.version for call in calls}}


def is_as_asked(subject: Mapping[str, Any], call: Call) -> bool:
    """False when the call was changed and asked anew since the message about it was written."""
    asked = subject.get("versions", {}).get(str(call.id))
    return asked is None or asked == call.version


def hold(book: Book, seen: Picture, letter: Letter, calls: Iterable[Call], now: datetime) -> None:
    """Plans the DM at 08:00 of each person who must not be pinged now."""
    for call in calls:
        if seen.is_held(call, now):
            at = seen.after_quiet(call.person, now)
            held = Cue(CueKind.HELD, at, seen.gig.id, seen.gig.tour_id, call.person, letter.value, stamp(at))
            book.cues.put(held, now)


def tell_lead(book: Book, seen: Picture, letter: Letter, now: datetime, key: str, **subject: object) -> None:
    """One DM to the tour manager; nobody is told on a tour that has none."""
    if not seen.lead:
        return
    gig = seen.gig
    facts = dict(subject)
    book.outbox.say(letter, Room.DM, key, now, tour_id=gig.tour_id, gig_id=gig.id, person=seen.lead, subject=facts)
    await_word(book, seen, letter, key, facts, now)


def post_card(book: Book, seen: Picture, now: datetime) -> None:
    """The gig's one living card; asking for it again changes nothing."""
    gig = seen.gig
    if seen.lead:
        key = f"card:{gig.id}"
        book.outbox.say(Letter.CARD, Room.CHANNEL, key, now, tour_id=gig.tour_id, gig_id=gig.id)


def answerable(calls: Iterable[Call]) -> list[Call]:
    """The calls that can still be answered: not called off."""
    return [call for call in calls if call.state is not CallState.CALLED_OFF]
