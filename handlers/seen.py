"""Calling off waits for a word: who has seen it, who is asked whether he has, and what the tour manager hears."""

from collections.abc import Sequence
from datetime import datetime

from checklists.crew import Call
from checklists.cues import NOON, Cue, CueKind, CueState, stamp
from checklists.errors import Refusal
from checklists.letters import Letter
from checklists.replies import Meaning, reaction_means, read
from checklists.seen import acknowledges, is_unseen, tell_at
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import seen as cards
from handlers.cards.blocks import Card
from handlers.cards.picture import Picture
from handlers.upkeep import glance, named, tell_lead
from handlers.which import pressed_gig
from storage.book import Book
from storage.outbox import Delivery, Room

OFF = (Letter.CALLED_OFF, Letter.CANCELLED, Letter.SEEN_ASK)
"""The messages that tell somebody that he is not needed."""
EDITED = (*OFF, Letter.UNSEEN)
EYES = "eyes"
MARK = "white_check_mark"


def seen(book: Book, asked: Asked) -> Reply:
    """The Seen button: acts for whoever presses it."""
    shown = glance(book, pressed_gig(book, asked).id)
    theirs = [call for call in shown.calls if call.person == asked.who and not call.stands]
    unseen = [call for call in theirs if is_unseen(call)]
    if unseen:
        _mark(book, shown, unseen, asked)
        return Reply(_noted(shown))
    if any(call.seen_at for call in theirs):
        return Reply("You have said so already, thank you: there is nothing more to do.")
    raise Refusal(f"No call that you had said yes to was taken off on #{shown.gig.number} {shown.gig.title}.")


def said(book: Book, asked: Asked) -> Reply | None:
    """Words that say no more than that it was seen; None when they are about something else."""
    unseen = book.crew.unseen(asked.who) if _takes_note(asked.text) else []
    meant = _gig_meant(book, asked) if unseen else None
    unseen = [call for call in unseen if call.gig_id == meant]
    if not unseen:
        return None
    shown = glance(book, unseen[0].gig_id)
    if any(call.person == asked.who for call in shown.standing) and not acknowledges(asked.text):
        return None  # a plain yes answers the call that he still has
    _mark(book, shown, unseen, asked)
    book.outbox.react(asked.where, asked.ts, MARK, f"read:{asked.where}:{asked.ts}", asked.now)
    return Reply(_noted(shown))


def _gig_meant(book: Book, asked: Asked) -> int | None:
    """By the thread; in a direct message only right after being told that a call is off."""
    if asked.thread:
        return book.outbox.gig_at(asked.where, asked.thread)
    last = book.outbox.last_said(asked.where, "", asked.ts) if asked.where.startswith("D") else None
    return last.gig_id if last is not None and last.letter in OFF else None


def _takes_note(text: str) -> bool:
    reading = read(text, NOON)
    return acknowledges(text) or (reading.meaning is Meaning.CONFIRM and not reading.asks)


def reacted(book: Book, asked: Asked) -> Reply | None:
    """A thumbs-up, or eyes, on the message that says so; None for any other message."""
    letter = book.outbox.by_ts(asked.where, asked.ts)
    if letter is None or letter.letter not in OFF or letter.gig_id is None:
        return None
    shown = glance(book, letter.gig_id)
    named_there = letter.subject.get("calls", ())
    unseen = [call for call in shown.calls if call.id in named_there and call.person == asked.who and is_unseen(call)]
    if unseen and (reaction_means(asked.text) is Meaning.CONFIRM or asked.text.startswith(EYES)):
        _mark(book, shown, unseen, asked)
    return Reply()


def _mark(book: Book, shown: Picture, calls: Sequence[Call], asked: Asked) -> None:
    book.crew.set_seen([call.id for call in calls], asked.now)
    positions = "+".join(call.position.value for call in calls)
    book.journal.write(asked.now, asked.who, "saw that he is called off", gig_id=shown.gig.id, after=positions)
    book.outbox.refresh_letters(shown.gig.id, EDITED, asked.now)


def _noted(shown: Picture) -> str:
    return f"Noted, thank you: you are not needed for {gig_cards.headline(shown.gig)}. Nothing else changed."


def ring_ask(book: Book, cue: Cue, now: datetime) -> CueState:
    """Somebody who had said yes has not said that he knows: he is asked, and the tour manager hears it later."""
    shown = glance(book, cue.gig_id or 0)
    calls = [call for call in shown.calls if call.person == cue.person and is_unseen(call)]
    if not calls or shown.gig.is_over(now):
        return CueState.CUT
    gig, tour = shown.gig, shown.gig.tour_id
    subject = {**named(calls), "due": stamp(cue.at)}
    key = f"cue:{cue.id}"
    book.outbox.say(Letter.SEEN_ASK, Room.DM, key, now, tour_id=tour, gig_id=gig.id, person=cue.person, subject=subject)
    if shown.lead:
        at = tell_at(min(calls, key=lambda each: each.at), now, shown.zone(shown.lead))
        book.cues.put(Cue(CueKind.UNSEEN, at, gig.id, tour, cue.person, "off", stamp(now)), now)
    return CueState.GONE


def ring_list(book: Book, cue: Cue, now: datetime) -> CueState:
    """One message tells the tour manager of all who should have answered by now."""
    shown = glance(book, cue.gig_id or 0)
    waiting = (each for each in book.cues.waiting(shown.gig.id) if each.kind is CueKind.UNSEEN and each.at <= now)
    people = {cue.person, *(each.person for each in waiting)}
    calls = [call for call in shown.calls if call.person in people and is_unseen(call)]
    if not calls or shown.gig.is_over(now):
        return CueState.CUT
    key = f"unseen:{shown.gig.id}:{stamp(cue.at)}"
    tell_lead(book, shown, Letter.UNSEEN, now, key, **named(calls), due=stamp(cue.at))
    return CueState.GONE


def _calls_of(shown: Picture, letter: Delivery) -> list[Call]:
    return [call for call in shown.calls if call.id in letter.subject["calls"]]


def called_off_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    shown = glance(book, letter.gig_id or 0)
    calls = _calls_of(shown, letter)
    return cards.called_off(shown, calls, gig_cards.named_once(shown, calls, now))


def cancelled_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    shown = glance(book, letter.gig_id or 0)
    calls = _calls_of(shown, letter)
    return cards.cancelled(shown, calls, letter.subject["why"], gig_cards.named_once(shown, calls, now, wake=True))


def seen_ask_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    shown = glance(book, letter.gig_id or 0)
    calls = [call for call in _calls_of(shown, letter) if not call.stands]
    waits = any(is_unseen(call) for call in calls)
    return cards.seen_ask(shown, calls) if waits or (calls and letter.of_id is not None) else None


def unseen_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    shown = glance(book, letter.gig_id or 0)
    calls = _calls_of(shown, letter)
    waits = any(is_unseen(call) for call in calls)
    return cards.unseen(shown, calls) if waits or letter.of_id is not None else None
