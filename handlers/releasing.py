"""Somebody is out: written down, whichever way it is said, and all that follows from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.errors import Refusal
from checklists.gig import Anchor
from checklists.hours import is_told, may_be_out, out_at, read_out
from checklists.letters import Letter
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards.picture import Picture
from handlers.cards.prose import moment
from handlers.upkeep import judge_next_days, keep_soon, with_calls
from storage.book import Book

READ_AS = "wave"
"""The mark on words that were read as being out."""
SHOWS_OUT = (Letter.CARD, Letter.ASK, Letter.DAY_SHEET, Letter.LOAD_OUT, Letter.HOURS)


def heard_out(book: Book, seen: Picture, asked: Asked) -> Reply | None:
    """Words in the thread after the show by which somebody called is out; None when they say anything else.

    Raises Refusal for a time that the clocks showed twice or not at all, or that was before his call.
    """
    gig, said = seen.gig, read_out(asked.text)
    if said is None or not is_told(gig, asked.said_at):
        return None
    mine = may_be_out([call for call in seen.calls if call.person == asked.who], asked.said_at)
    if not mine:
        return None
    meant = out_at(said, gig.zone, asked.said_at)
    if len(said.clocks) > 1:
        meant = [at for at in meant if at >= gig.at(Anchor.SET_END)]
    if len(meant) != 1:
        why = "The clock showed that time twice" if meant else "I cannot tell which time that was"
        raise Refusal(f"{why}. Write it like `out 23:40`, or press *I'm out* below the load-out when you leave.")
    release(book, seen, mine, min(meant[0], asked.now), asked)
    book.outbox.react(asked.where, asked.ts, READ_AS, f"read:{asked.where}:{asked.ts}", asked.now)
    return NOTHING


def release(book: Book, seen: Picture, calls: Sequence[Call], at: datetime, asked: Asked) -> list[Call]:
    """These people are out since `at` (UTC); gives the calls for which that is new, as they are then.

    Their next days are judged at once by it; a gig that is worse then says so in its thread. Raises Refusal for an
    instant that is ahead or before a call.
    """
    _refuse_outside(seen, calls, at, asked)
    held = book.crew.hold(calls)
    fresh = [replace(call, state=CallState.RELEASED, out_at=at) for call in held if call.out_at != at]
    if not fresh:
        return []
    book.crew.release([call.id for call in fresh], at, asked.now)
    words = moment(at, seen.gig.zone)
    for call in fresh:
        after = f"{call.person} {call.position} {words}"
        book.journal.write(asked.now, asked.who, "out", gig_id=seen.gig.id, before=call.state, after=after)
    settle(book, with_calls(seen, fresh), fresh, asked.now)
    return fresh


def settle(book: Book, seen: Picture, calls: Sequence[Call], now: datetime) -> None:
    """What hangs on the hours of these people: the gig's messages, and the rest before their next days."""
    keep_soon(book, seen, now, replan=False)
    book.outbox.refresh_letters(seen.gig.id, SHOWS_OUT, now)
    judge_next_days(book, sorted({call.person for call in calls}), seen.gig, now, told=False)


def _refuse_outside(seen: Picture, calls: Sequence[Call], at: datetime, asked: Asked) -> None:
    zone = seen.gig.zone
    if at > asked.now:
        raise Refusal(f"{moment(at, zone)} has not come yet. Say it when they are out. Nothing was changed.")
    early = [call for call in calls if call.at > at]
    if early:
        raise Refusal(
            f"{moment(at, zone)} is before the call of {seen.name(early[0].person)} at {moment(early[0].at, zone)}. "
            "Was it the morning after? Then write `07:30+1`. Nothing was changed."
        )
