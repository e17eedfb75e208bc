"""An answer written down, whichever way it came, and all that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checklists.crew import AnsweredBy, Call, CallState
from checklists.cues import Cue, CueKind, stamp
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.replies import Meaning, Reading, late_by
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards import call as cards
from handlers.cards import gig as gig_cards
from handlers.cards.picture import Picture
from handlers.cards.prose import clock, escape, show_date
from handlers.upkeep import Kept, keep, keep_soon, tell_lead, with_calls
from storage.book import Book

ASKING = (Letter.ASK, Letter.ASK_AGAIN, Letter.ASK_DM, Letter.ON_YOUR_WAY, Letter.MOVED, Letter.HELD, Letter.NOT_HERE)
"""The messages whose buttons and reactions answer a call."""
REFRESHED = (*ASKING, Letter.DAY_SHEET)
COUNTS = frozenset({Meaning.CONFIRM, Meaning.DECLINE, Meaning.LATE, Meaning.ARRIVED, Meaning.MAYBE})
READ_AS = {
    Meaning.CONFIRM: "white_check_mark",
    Meaning.DECLINE: "x",
    Meaning.LATE: "stopwatch",
    Meaning.ARRIVED: "round_pushpin",
    Meaning.MAYBE: "thinking_face",
}
STATES = {
    Meaning.CONFIRM: CallState.CONFIRMED,
    Meaning.LATE: CallState.CONFIRMED,
    Meaning.DECLINE: CallState.DECLINED,
    Meaning.MAYBE: CallState.MAYBE,
    Meaning.ARRIVED: CallState.ARRIVED,
}
CHECK_IN_FROM = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it came: what it means, by which way, and the message it hangs on."""

    reading: Reading
    by: AnsweredBy
    ref: str = ""

    @property
    def meaning(self) -> Meaning:
        return self.reading.meaning


def said(meaning: Meaning) -> Reading:
    """An answer that needs no reading."""
    return Reading(meaning, None, None, False)


def record(book: Book, seen: Picture, calls: Sequence[Call], given: Given, asked: Asked) -> Reply:
    """Writes the answer for these calls of one person, and all that follows from it.

    Whoever presses a button is told the verdict, so it is judged at once; after words and reactions it is
    judged the instant after, and a drop is posted. Raises Refusal when the gig is off or over, or it is too
    early to be on site.
    """
    refuse_closed(seen.gig, asked.now)
    _refuse_early(seen, calls, given, asked.now)
    changed = [_answer(book, seen, each, given, asked) for each in calls]
    fresh = with_calls(seen, changed)
    if given.meaning is Meaning.DECLINE:
        _tell_decline(book, fresh, changed, asked)
    asked_before = any(each.late_unknown for each in calls)
    if given.by is AnsweredBy.BUTTON:
        return Reply(_button_receipt(keep(book, seen.gig.id, asked.now, letters=REFRESHED), changed))
    # A cue hangs on who stands called and when he is awaited, not on what he says.
    awaited, awaits = ({(each.id, each.expected) for each in some.standing} for some in (seen, fresh))
    keep_soon(book, fresh, asked.now, replan=awaited != awaits)
    book.outbox.refresh_letters(seen.gig.id, (Letter.CARD, *REFRESHED), asked.now)
    return Reply("" if asked_before else _ask_minutes(changed))


def _answer(book: Book, seen: Picture, each: Call, given: Given, asked: Asked) -> Call:
    if given.meaning is Meaning.CONFIRM and each.is_yes:
        # A second yes takes nothing back: neither that he is on site, nor that he comes late.
        state, late, unknown = each.state, each.late or None, each.late_unknown
    else:
        late = late_by(given.reading, each.wall.at) if given.meaning is Meaning.LATE else 0
        state, unknown = STATES[given.meaning], late is None
    book.crew.answer(each.id, state, given.by, given.ref, asked.now, late=late or 0, late_unknown=unknown)
    words = f"{state.words} {late or ''}".strip()
    what = f"{each.position} {words} by {given.by}"
    book.journal.write(asked.now, asked.who, "answered", gig_id=seen.gig.id, before=each.state, after=what)
    return each.answered(state, given.by, given.ref, asked.now, late or 0, unknown)


def _tell_decline(book: Book, seen: Picture, calls: Sequence[Call], asked: Asked) -> None:
    """The tour manager is told at once; in his night at 08:00, unless the call is within 24 h."""
    first = min(calls, key=lambda each: each.at)
    if seen.lead and seen.is_quiet(seen.lead, asked.now) and seen.is_held(_as_lead(first, seen.lead), asked.now):
        at = seen.after_quiet(seen.lead, asked.now)
        cue = Cue(CueKind.DECLINED, at, seen.gig.id, seen.gig.tour_id, seen.lead, str(first.id), stamp(asked.now))
        book.cues.put(cue, asked.now)
        return
    tell_lead(book, seen, Letter.DECLINED, asked.now, f"declined:{first.id}:{asked.key}", call=first.id)


def _as_lead(call: Call, lead: str) -> Call:
    return Call(call.id, call.gig_id, lead, call.position, call.wall, call.at)


def take_back(book: Book, seen: Picture, calls: Sequence[Call], asked: Asked) -> Reply:
    """These answers do not hold any more: the calls are open again."""
    book.crew.set_state([each.id for each in calls], CallState.CALLED, asked.now)
    book.journal.write(asked.now, asked.who, "took the answer back", gig_id=seen.gig.id)
    keep(book, seen.gig.id, asked.now, told=False)
    book.outbox.refresh_letters(seen.gig.id, REFRESHED, asked.now)
    return Reply(f"Your answer for {gig_cards.headline(seen.gig)} is open again. Write `confirmed` or `can't make it`.")


def refuse_closed(gig: Gig, now: datetime) -> None:
    """Raises Refusal for a gig that is off or over."""
    if not gig.is_judged or gig.is_over(now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}. Your answer was not needed.")


def _refuse_early(seen: Picture, calls: Sequence[Call], given: Given, now: datetime) -> None:
    first = min(each.at for each in calls)
    if given.meaning is Meaning.ARRIVED and now < first - CHECK_IN_FROM:
        day = show_date(local(first, seen.gig.zone).date())
        raise Refusal(
            f"Your call is at {clock(first, seen.gig.zone)} on {day}: you can check in from six hours before. "
            "To take the call write `confirmed`."
        )


def calls_of(seen: Picture, who: str) -> list[Call]:
    """This person's calls on the gig that can be answered."""
    return [each for each in seen.calls if each.person == who and each.state is not CallState.CALLED_OFF]


def _ask_minutes(calls: Sequence[Call]) -> str:
    """Words and reactions are answered by a mark on them; only minutes that are missing are asked for, once."""
    if any(each.late_unknown for each in calls):
        return "Noted, you're late. How many minutes? Write for example `20 late`."
    return ""


def _button_receipt(kept: Kept, calls: Sequence[Call]) -> str:
    gig = kept.picture.gig
    words = " and ".join(f"{each.position} {each.wall}: {cards.state_words(each, gig.zone)}" for each in calls)
    ready = gig_cards.verdict_words(kept.now)
    return f"{gig_cards.headline(gig)}: {escape(words)}. Readiness: {ready}. Anything changed? Just press again."
