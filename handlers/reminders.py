"""What the called and the tour manager hear by themselves: chasing the silent, and who has not come."""

from collections.abc import Sequence
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.cues import Cue, CueKind, CueState, concerned, expires, stamp
from checklists.letters import Letter
from handlers.cards import call as cards
from handlers.cards.blocks import Card
from handlers.cards.picture import Picture
from handlers.ladder import await_word
from handlers.upkeep import glance, hold, keep, named, picture, tell_lead
from storage.book import Book
from storage.outbox import Delivery, Room

IN_THREAD = {CueKind.ASK_AGAIN: Letter.ASK_AGAIN, CueKind.NOT_HERE: Letter.NOT_HERE}
BY_DM = {CueKind.ASK_DM: Letter.ASK_DM, CueKind.ON_YOUR_WAY: Letter.ON_YOUR_WAY}
WHAT_HAPPENED = {
    Letter.ASK: "you were called to",
    Letter.ASK_AGAIN: "your answer was asked for again, for",
    Letter.DAY_SHEET: "the day sheet came out for",
    Letter.TIMES: "times changed for",
    Letter.MOVED: "the date changed for",
    Letter.CALLED_OFF: "your call was taken off for",
}


def ring_thread(book: Book, cue: Cue, now: datetime) -> CueState:
    """One message in the thread names everybody whom the cue concerns; nobody: the cue is cut."""
    seen = glance(book, cue.gig_id or 0)
    calls = concerned(cue, seen.calls)
    if not calls:
        return CueState.CUT
    letter = IN_THREAD[cue.kind]
    if letter is Letter.ASK_AGAIN:
        hold(book, seen, letter, calls, now)
    if letter is Letter.ASK_AGAIN and all(seen.is_off(call.person, now) for call in calls):
        return CueState.GONE
    _say(book, seen, letter, Room.THREAD, cue, calls, now)
    return CueState.GONE


def ring_person(book: Book, cue: Cue, now: datetime) -> CueState:
    """One person is asked by DM, if he still has to answer."""
    seen = glance(book, cue.gig_id or 0)
    calls = concerned(cue, seen.calls)
    if not calls:
        return CueState.CUT
    if cue.kind is CueKind.ASK_DM and seen.is_off(cue.person, now) and seen.is_held(calls[0], now):
        hold(book, seen, Letter.ASK_AGAIN, calls[:1], now)
        return CueState.GONE
    _say(book, seen, BY_DM[cue.kind], Room.DM, cue, calls, now, cue.person)
    return CueState.GONE


def ring_silent_list(book: Book, cue: Cue, now: datetime) -> CueState:
    """The day before at noon, the tour manager hears who has not confirmed."""
    seen = glance(book, cue.gig_id or 0)
    calls = concerned(cue, seen.calls)
    if not calls:
        return CueState.CUT
    _say(book, seen, Letter.SILENT_LIST, Room.DM, cue, calls, now, seen.lead)
    await_word(book, seen, Letter.SILENT_LIST, _key(cue), named(calls), now)
    return CueState.GONE


def ring_no_show(book: Book, cue: Cue, now: datetime) -> CueState:
    """Fifteen minutes after: who did not come is a no-show until he checks in, and the tour manager hears it."""
    seen = picture(book, cue.gig_id or 0)
    calls = concerned(cue, seen.calls)
    if not calls:
        return CueState.CUT
    book.crew.set_state([call.id for call in calls], CallState.NO_SHOW, now)
    for call in calls:
        book.journal.write(now, "the clock", "no-show", gig_id=seen.gig.id, after=f"{call.person} {call.position}")
    kept = keep(book, seen.gig.id, now)
    book.outbox.refresh_letters(seen.gig.id, [Letter.ASK, Letter.NOT_HERE], now)
    tell_lead(book, kept.picture, Letter.NO_SHOW, now, _key(cue), calls=[call.id for call in calls], due=stamp(cue.at))
    return CueState.GONE


def ring_check_in(book: Book, cue: Cue, now: datetime) -> CueState:
    """Ninety minutes before a call its message offers the check-in: an edit, no message."""
    seen = glance(book, cue.gig_id or 0)
    if not concerned(cue, seen.calls):
        return CueState.CUT
    book.outbox.refresh_letters(seen.gig.id, [Letter.ASK, Letter.OFFER], now)
    return CueState.GONE


def ring_held(book: Book, cue: Cue, now: datetime) -> CueState:
    """At 08:00 of somebody's morning: what the thread said while he slept, if it still concerns him."""
    seen = glance(book, cue.gig_id or 0)
    calls = _his(seen, cue.person)
    asks = cue.anchor in (Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED)
    if not calls or (asks and not any(call.is_unconfirmed for call in calls)):
        return CueState.CUT
    if seen.is_held(calls[0], now):
        hold(book, seen, Letter(cue.anchor), calls[:1], now)
        return CueState.GONE
    _say(book, seen, Letter.HELD, Room.DM, cue, calls, now, cue.person)
    return CueState.GONE


def ring_declined(book: Book, cue: Cue, now: datetime) -> CueState:
    """A decline that came in the tour manager's night, if it still stands."""
    seen = glance(book, cue.gig_id or 0)
    calls = [call for call in seen.calls if str(call.id) == cue.anchor and call.state is CallState.DECLINED]
    if not calls:
        return CueState.CUT
    tell_lead(book, seen, Letter.DECLINED, now, _key(cue), call=calls[0].id, due=stamp(cue.at))
    return CueState.GONE


def _say(
    book: Book, seen: Picture, letter: Letter, room: Room, cue: Cue, calls: Sequence[Call], now: datetime, to: str = ""
) -> None:
    subject = {**named(calls), "version": cue.version, "anchor": cue.anchor, "due": stamp(cue.at)}
    gig = seen.gig
    book.outbox.say(
        letter,
        room,
        _key(cue),
        now,
        tour_id=gig.tour_id,
        gig_id=gig.id,
        person=to,
        subject=subject,
        expires=expires(cue),
    )


def _key(cue: Cue) -> str:
    return f"cue:{cue.id}"


def _his(seen: Picture, who: str) -> list[Call]:
    return [call for call in seen.standing if call.person == who]


def _named(seen: Picture, letter: Delivery) -> list[Call]:
    return [call for call in seen.calls if call.id in letter.subject["calls"] and call.stands]


def ask_again_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = _named(seen, letter)
    if letter.of_id is None and not any(call.is_silent for call in calls):
        return None
    return cards.ask_again(seen, calls, now)


def ask_dm_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = _named(seen, letter)
    if not calls or (letter.of_id is None and not calls[0].is_silent):
        return None
    return cards.personal("ask_dm", seen, calls, lead=seen.name(seen.lead))


def on_your_way_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = _named(seen, letter)
    if not calls or (letter.of_id is None and not calls[0].is_unconfirmed):
        return None
    return cards.personal("on_your_way", seen, calls)


def held_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = _named(seen, letter)
    if not calls:
        return None
    what = WHAT_HAPPENED.get(Letter(letter.subject["anchor"]), "something changed for")
    return cards.personal("held", seen, calls, what=what, unconfirmed=any(call.is_unconfirmed for call in calls))


def silent_list_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in _named(seen, letter) if call.is_unconfirmed]
    return cards.silent_list(seen, calls) if calls else None


def no_show_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in _named(seen, letter) if call.state is CallState.NO_SHOW]
    return cards.no_show(seen, calls) if calls else None


def not_here_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    named = _named(seen, letter)
    calls = [call for call in named if call.is_awaited or call.state is CallState.NO_SHOW]
    if not named or (letter.of_id is None and not calls):
        return None
    return cards.not_here(seen, calls, named[0].expected)


def declined_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in seen.calls if call.id == letter.subject["call"]]
    if not calls or calls[0].state is not CallState.DECLINED:
        return None
    return cards.declined(seen, calls[0], now)
