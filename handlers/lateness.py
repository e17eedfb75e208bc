"""Late, for the tour manager: the slack that is left, and the shift that he may apply with one button."""

from collections.abc import Sequence
from datetime import datetime

from checklists.crew import Call
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.lateness import Shift, healing, slacks, touched
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.cards import gig as gig_cards
from handlers.cards import lateness as cards
from handlers.cards.blocks import Card
from handlers.cards.ids import number, unpack
from handlers.cards.picture import Picture
from handlers.cards.prose import clock
from handlers.latecoming import is_late, is_unknown
from handlers.upkeep import judge_next_days, keep, picture, tell_called
from handlers.which import need_changer, pressed_gig
from storage.book import Book
from storage.outbox import Delivery

APPLIED, LEFT = "shift applied", "shift left"
"""What the journal calls the two answers to an offered shift."""


def late_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Who is late, and what that leaves; once it is over the same message says so."""
    seen = picture(book, letter.gig_id or 0)
    named = [call for call in seen.calls if call.id in letter.subject["calls"]]
    late = _late_of(seen, named[0].person) if named else []
    if not late:
        return cards.no_longer_late(seen, named[0]) if named and letter.of_id is not None else None
    left, shift = slacks(seen.gig, late, now), _offered(seen, late, now)
    return cards.late(seen, late, left, shift, _settled(book, seen, late, shift), now)


def _offered(seen: Picture, late: Sequence[Call], now: datetime) -> Shift | None:
    """The shift that heals it; none while nobody has said how many minutes."""
    return None if is_unknown(late) else healing(seen.gig, late, now)


def _late_of(seen: Picture, who: str) -> list[Call]:
    return [call for call in seen.calls if call.person == who and is_late(call)]


def _settled(book: Book, seen: Picture, late: Sequence[Call], shift: Shift | None) -> str:
    """What became of the offer, if anything did: in the words of the message."""
    what = APPLIED if shift is None else LEFT
    about = _about(late)
    found = [each for each in book.journal.of_gig(seen.gig.id, what) if each.before == about]
    if not found:
        return ""
    last = found[-1]
    who, when = book.people.get(last.who).name or "the tour manager", clock(last.at, seen.gig.zone)
    return (
        f"{who} applied the shift at {when}: {last.after}." if what == APPLIED else f"Left as it is by {who} at {when}."
    )


def _about(late: Sequence[Call]) -> str:
    """Whose lateness, and by how much: other minutes are another offer."""
    return " ".join(f"{call.id}:{call.version}:{call.late}" for call in late)


def apply_shift(book: Book, asked: Asked) -> Reply:
    """Apply the shift: those times move as `/gig times` would move them, once; only those touched are told."""
    seen, late, code = _pressed(book, asked)
    shift = _offered(seen, late, asked.now)
    if shift is None or cards.code_of(shift) != code:
        book.outbox.refresh_letters(seen.gig.id, [Letter.LATE], asked.now)
        raise Refusal(_why_not(book, seen, late, shift))
    return _apply(book, seen, late, shift, asked)


def dont_shift(book: Book, asked: Asked) -> Reply:
    """Leave it: the times stay, and the message offers nothing more for these minutes."""
    seen, late, _ = _pressed(book, asked)
    shift = _offered(seen, late, asked.now)
    if shift is None:
        raise Refusal(_why_not(book, seen, late, shift))
    book.journal.write(asked.now, asked.who, LEFT, gig_id=seen.gig.id, before=_about(late))
    book.outbox.refresh_letters(seen.gig.id, [Letter.LATE], asked.now)
    return Reply(f"{gig_cards.headline(seen.gig)}: the times stay as they are. Nobody was told anything.")


def _pressed(book: Book, asked: Asked) -> tuple[Picture, list[Call], str]:
    """The gig, the late calls and the offer of a button; raises Refusal for whoever may not change the tour."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    _refuse_over(gig, asked.now)
    _, call_id, code = unpack(asked.value, 3)
    seen = picture(book, gig.id)
    his = [call for call in seen.calls if call.id == number(call_id)]
    if not his:
        raise Refusal("That button is of a call I don't know any more. Nothing was changed.")
    return seen, _late_of(seen, his[0].person), code


def _refuse_over(gig: Gig, now: datetime) -> None:
    if not gig.is_judged or gig.is_over(now):
        raise Refusal(f"#{gig.number} {gig.title} is over or off. Nothing was changed.")


def _why_not(book: Book, seen: Picture, late: Sequence[Call], shift: Shift | None) -> str:
    """Why a button of an offer does nothing any more."""
    if not late:
        return "Nobody is late there any more, so nothing was shifted."
    if is_unknown(late):
        return "How late is not known yet, so there is nothing to shift by. Nothing was changed."
    if shift is None:
        settled = _settled(book, seen, late, shift)
        return (
            f"{settled} Nothing more was changed." if settled else "Nothing has to move any more. Nothing was changed."
        )
    return "That offer is of before: the minutes or the times have changed. The message now shows the new one."


def _apply(book: Book, seen: Picture, late: Sequence[Call], shift: Shift, asked: Asked) -> Reply:
    gig, now = seen.gig, asked.now
    changes = cards.change_words(gig, shift)
    book.gigs.set_times(gig.id, shift.given, gig.curfew_kind)
    said = "; ".join(changes)
    book.journal.write(now, asked.who, "times", gig_id=gig.id, before=gig_cards.times_line(gig), after=said)
    book.journal.write(now, asked.who, APPLIED, gig_id=gig.id, before=_about(late), after=said)
    kept = keep(book, gig.id, now, letters=[Letter.LATE])
    fresh = kept.picture
    judge_next_days(book, [call.person for call in fresh.standing], gig, now)
    told = touched(fresh.calls, shift.later)
    if told:
        tell_called(book, fresh, Letter.SHIFTED, told, now, f"shifted:{asked.key}", changes=changes)
    people = len({call.person for call in told})
    heard = f"{people} whose work hangs on it are told in the thread." if told else "Nobody's work hangs on it."
    lines = [f"*{gig_cards.headline(fresh.gig)}*", *[f"• {line}" for line in changes], heard]
    return Reply("\n".join([*lines, f"Readiness: {gig_cards.verdict_words(kept.now)}."]))


def shifted_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    told = [call for call in seen.standing if call.id in letter.subject["calls"]]
    return cards.shifted(seen, letter.subject["changes"], gig_cards.named_once(seen, told, now)) if told else None
