"""What was said about calls is written down, and the answers are what all of it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.crew import Call
from checklists.sayings import Saying, after, first_of, fold, is_for, is_next, settled
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Heard:
    """Calls before and after something was said about them. `is_stale`: something said later was heard before."""

    before: Sequence[Call]
    after: Sequence[Call]
    is_stale: bool

    @property
    def changed(self) -> list[tuple[Call, Call]]:
        """The calls whose answer is another one now, as they were and as they are."""
        pairs = zip(self.before, self.after, strict=True)
        return [(was, now) for was, now in pairs if _answer_of(was) != _answer_of(now)]


def hear(book: Book, said: Sequence[tuple[Call, Saying]], now: datetime) -> Heard:
    """Writes down what was said about each of these calls, and the answer that follows from it."""
    sayings = {call.id: saying for call, saying in said}
    before = book.crew.hold([call for call, _ in said])
    fresh = [_hear_one(book, call, sayings[call.id], now) for call in before]
    stale = [is_late(call, sayings[call.id]) for call in before]
    return Heard(before, fresh, any(stale))


def is_late(call: Call, saying: Saying) -> bool:
    """True when it was said before the call was asked anew, or before the last thing that was heard."""
    return not is_for(call, saying.at) or (call.heard_at is not None and saying.at < call.heard_at)


def _hear_one(book: Book, call: Call, saying: Saying, now: datetime) -> Call:
    if not is_for(call, saying.at):
        return call
    first = first_of(call)
    book.sayings.keep(call, [saying] if first is None else [first, saying])
    told = after(call, saying) if is_next(call, saying) else _refold(book, call, now)
    last = max(at for at in (call.heard_at, first and first.at, saying.at) if at)
    told = replace(told, heard_at=last)
    if told != call:
        book.crew.set_answer(told, now)
    return told


def _refold(book: Book, call: Call, now: datetime) -> Call:
    return settled(call, fold(call, book.sayings.of_call(call)), now)


def _answer_of(call: Call) -> tuple[object, ...]:
    return call.state, call.late, call.late_unknown
