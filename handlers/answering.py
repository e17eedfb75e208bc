"""An answer written down, whichever way it came, and all that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from checklists.crew import AnsweredBy, Call, CallState
from checklists.cues import Cue, CueKind, stamp
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.ladder import covered_by
from checklists.letters import Letter
from checklists.replies import Meaning, Reading, late_by
from checklists.sayings import Saying
from checklists.walls import local
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards.lines import state_words
from handlers.cards.picture import Picture
from handlers.cards.prose import clock, escape, show_date
from handlers.hearing import Heard, hear
from handlers.latecoming import tell_late
from handlers.upkeep import Kept, keep, keep_soon, tell_lead, with_calls
from storage.book import Book

ASKING = (Letter.ASK, Letter.ASK_AGAIN, Letter.ASK_DM, Letter.ON_YOUR_WAY, Letter.MOVED, Letter.HELD, Letter.NOT_HERE)
"""The messages whose buttons and reactions answer a call."""
REFRESHED = (*ASKING, Letter.DAY_SHEET, Letter.LATE)
READ_AS = {
    Meaning.CONFIRM: "white_check_mark",
    Meaning.DECLINE: "x",
    Meaning.LATE: "stopwatch",
    Meaning.ARRIVED: "round_pushpin",
    Meaning.MAYBE: "thinking_face",
}
COMES = frozenset({Meaning.CONFIRM, Meaning.LATE, Meaning.ARRIVED})
CHECK_IN_FROM = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it came: what it means, by which way, and the message it hangs on.

    `edits`: it takes the place of what the message said before; `gone`: it is taken away; `name`: the reaction's.
    """

    reading: Reading
    by: AnsweredBy
    ref: str = ""
    edits: bool = False
    gone: bool = False
    name: str = ""

    @property
    def meaning(self) -> Meaning:
        return self.reading.meaning

    def about(self, call: Call, asked: Asked) -> tuple[Call, Saying]:
        """What it says about one call, and when it was said."""
        late = late_by(self.reading, call.wall.at) if self.meaning is Meaning.LATE else 0
        what = Saying(asked.said_at, asked.key, self.meaning, self.by, self.ref, late or 0, late is None)
        return call, replace(what, edits=self.edits, gone=self.gone, name=self.name)


def said(meaning: Meaning) -> Reading:
    """An answer that needs no reading."""
    return Reading(meaning)


def record(book: Book, seen: Picture, calls: Sequence[Call], given: Given, asked: Asked) -> Reply:
    """Writes the answer for these calls of one person, and all that follows from it.

    Whoever presses a button is told the verdict, so it is judged at once; after words and reactions it is
    judged the instant after, and a drop is posted. Words are marked with how they were read, unless later ones
    were heard before. Raises Refusal when the gig is off or over, or it is too early to be on site.
    """
    refuse_closed(seen.gig, asked.now)
    _refuse_early(seen, calls, given, asked.said_at)
    _refuse_covered(seen, calls, given)
    heard = hear(book, [given.about(call, asked) for call in calls] + _unnamed(seen, calls, given, asked), asked.now)
    if given.by is AnsweredBy.BUTTON:
        return Reply(_button_receipt(_judged(book, seen, heard, asked), heard.after[: len(calls)]))
    _judged_soon(book, seen, heard, asked)
    if heard.is_stale:
        return NOTHING
    if given.by is AnsweredBy.WORDS:
        book.outbox.react(asked.where, asked.ts, READ_AS[given.meaning], f"read:{asked.where}:{asked.ts}", asked.now)
    return Reply("" if any(each.late_unknown for each in calls) else _ask_minutes(heard.after))


def _refuse_covered(seen: Picture, calls: Sequence[Call], given: Given) -> None:
    """Raises Refusal for a yes to a place that another has taken since this person said no."""
    if given.meaning not in COMES:
        return
    for call in calls:
        if other := covered_by(call, seen.calls):
            lead = seen.name(seen.lead) if seen.lead else "the tour manager"
            raise Refusal(
                f"{seen.name(other.person)} has taken {call.position} on {gig_cards.headline(seen.gig)} since you said "
                f"no, so your answer stays a no. Thank you all the same. If you should both come, ask {lead}."
            )


def _unnamed(seen: Picture, calls: Sequence[Call], given: Given, asked: Asked) -> list[tuple[Call, Saying]]:
    """An edit that names some of somebody's calls takes back what the message said about the others."""
    named = {call.id for call in calls}
    others = [call for call in calls_of(seen, asked.who) if call.id not in named] if given.edits else []
    return [replace(given, gone=True).about(call, asked) for call in others]


def take_back(book: Book, seen: Picture, calls: Sequence[Call], given: Given, asked: Asked) -> Reply:
    """What hung on a message or a reaction does not hold any more: where it was the answer, the call is open.

    On a gig that is off or over the answer stays as it was: what is tidied up later changes nothing.
    """
    if not seen.gig.takes_answers or seen.gig.is_over(asked.now):
        return NOTHING
    heard = hear(book, [replace(given, gone=True).about(call, asked) for call in calls], asked.now)
    _judged_soon(book, seen, heard, asked)
    if heard.is_stale or not heard.changed:
        return NOTHING
    return Reply(f"Your answer for {gig_cards.headline(seen.gig)} is open again. Write `confirmed` or `can't make it`.")


def check_in(book: Book, seen: Picture, calls: Sequence[Call], asked: Asked) -> Picture:
    """Somebody who may say so has seen these people on site."""
    given = Given(said(Meaning.ARRIVED), AnsweredBy.LEAD)
    return _judged(book, seen, hear(book, [given.about(call, asked) for call in calls], asked.now), asked).picture


def _judged(book: Book, seen: Picture, heard: Heard, asked: Asked) -> Kept:
    """What follows from answers, and how ready the gig is with them; when none changed nothing is written."""
    fresh = with_calls(seen, heard.after)
    if not heard.changed:
        return Kept(fresh, fresh.judge(asked.now), seen.gig.verdict)
    _trail(book, fresh, heard, asked)
    kept = keep(book, seen.gig.id, asked.now)
    _refresh(book, heard, asked.now)
    return kept


def _judged_soon(book: Book, seen: Picture, heard: Heard, asked: Asked) -> None:
    if not heard.changed:
        return
    fresh = with_calls(seen, heard.after)
    _trail(book, fresh, heard, asked)
    # A cue hangs on who stands called and when he is awaited, not on what he says.
    awaited, awaits = ({(each.id, each.expected) for each in some.standing} for some in (seen, fresh))
    keep_soon(book, fresh, asked.now, replan=awaited != awaits)
    book.outbox.refresh_card(seen.gig.id, asked.now)
    _refresh(book, heard, asked.now)


def _refresh(book: Book, heard: Heard, now: datetime) -> None:
    """The messages that show these answers: whoever is asked by another one need not see his change."""
    changed = {call.id: call.gig_id for call, _ in heard.changed}
    for gig_id in sorted(set(changed.values())):
        book.outbox.refresh_about(gig_id, REFRESHED, changed, now)


def _trail(book: Book, fresh: Picture, heard: Heard, asked: Asked) -> None:
    """A line for each answer that is another one now; the tour manager hears of those who cannot."""
    for was, now in heard.changed:
        words = " ".join(filter(None, (now.position, now.state.words, f"{now.late or ''}", f"by {now.answered_by}")))
        after = words if now.answered_by else f"{now.position} open again"
        book.journal.write(asked.now, asked.who, "answered", gig_id=fresh.gig.id, before=was.state, after=after)
    tell_late(book, fresh, heard.changed, asked.now)
    no = CallState.DECLINED
    if declined := [now for was, now in heard.changed if now.state is no and was.state is not no]:
        _tell_decline(book, fresh, declined, asked)


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


def refuse_closed(gig: Gig, now: datetime) -> None:
    """Raises Refusal for a gig that is off or over."""
    if not gig.takes_answers or gig.is_over(now):
        word = "over" if gig.takes_answers else gig.state.words
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
    words = " and ".join(f"{each.position} {each.wall}: {state_words(each, gig.zone)}" for each in calls)
    ready = gig_cards.verdict_words(kept.now)
    return f"{gig_cards.headline(gig)}: {escape(words)}. Readiness: {ready}. Anything changed? Just press again."
