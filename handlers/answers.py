"""What crew say, by button, by words in the thread, by reaction; and who is on site."""

import re
from collections.abc import Sequence
from datetime import datetime

from checklists.access import Deed, may
from checklists.crew import AnsweredBy, Call, CallKind, CallState
from checklists.cues import BEFORE_CALL
from checklists.errors import Refusal
from checklists.replies import Meaning, Reading, reaction_means, read
from checklists.sayings import COUNTS, is_for
from checklists.walls import local
from handlers.answering import ASKING, Given, calls_of, check_in, record, refuse_closed, said, take_back
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards import call as cards
from handlers.cards import gig as gig_cards
from handlers.cards.blocks import card
from handlers.cards.lines import kind_words, state_words, when
from handlers.cards.picture import Picture
from handlers.envelopes import said_at
from handlers.releasing import heard_out
from handlers.upkeep import glance, is_as_asked, picture
from handlers.which import pressed_gig
from storage.book import Book

CLAUSE = re.compile(r"[,;\n]|\.\s|\b(?:but|and)\b", re.IGNORECASE)
YES = frozenset({Meaning.CONFIRM, Meaning.LATE})
SINCE_WRITTEN = "Your call has changed since you wrote that"
SHOWN = 5
"""Gigs that are named to somebody who did not say which."""


def replied(book: Book, asked: Asked) -> Reply:
    """A message in a gig's thread, or to the bot: read, recorded, and marked as read by a reaction."""
    return _said(book, asked, edits=False)


def edited(book: Book, asked: Asked) -> Reply:
    """An edited or deleted message (then without words): the new words count instead of what it said."""
    return _said(book, asked, edits=True)


def _said(book: Book, asked: Asked, *, edits: bool) -> Reply:
    seen = _gig_of(book, asked)
    if seen is None:
        return NOTHING if edits else _which_gig(book, asked)
    if (out := heard_out(book, seen, asked)) is not None:
        return out
    reading = read(asked.text, local(asked.said_at, seen.gig.zone).time())
    mine = calls_of(seen, asked.who)
    given = Given(reading, AnsweredBy.WORDS, asked.ts, edits=edits)
    if reading.meaning not in COUNTS:
        return take_back(book, seen, mine, given, asked) if edits else NOTHING
    calls = _meant(_named_in(asked.text, mine), reading.meaning, asked.said_at)
    if not calls:
        return _stranger(book, seen, asked, reading)
    if not (still := _still_asked(calls, given, asked)):
        return _changed_since(seen, calls, SINCE_WRITTEN)
    return _two_answers(asked.text, mine) or _which_call(seen, still, given) or record(book, seen, still, given, asked)


def _still_asked(calls: Sequence[Call], given: Given, asked: Asked) -> Sequence[Call]:
    """The calls that were not asked anew since this was written. An old message that is edited may still say no."""
    written = said_at(asked.ts) or asked.said_at
    at = min(written, asked.said_at) if given.meaning in YES else asked.said_at
    return [call for call in calls if is_for(call, at)]


def reacted(book: Book, asked: Asked) -> Reply:
    """A reaction on an ask or on a reminder that asks; `text` is its name."""
    meaning = reaction_means(asked.text)
    seen = _asked_about(book, asked)
    if seen is None or meaning not in COUNTS:
        return NOTHING
    his = calls_of(seen, asked.who)
    calls = _asked_there(book, asked, his)
    if not calls and his:
        return _changed_since(seen, his)
    if not calls:
        was_called = any(call.person == asked.who for call in seen.calls)
        return _stranger(book, seen, asked, said(meaning)) if was_called else NOTHING
    return record(book, seen, calls, _by_reaction(meaning, asked), asked)


def unreacted(book: Book, asked: Asked) -> Reply:
    """A reaction was taken away: an answer that hung on it is open again."""
    meaning = reaction_means(asked.text)
    seen = _asked_about(book, asked)
    if seen is None or meaning not in COUNTS:
        return NOTHING
    return take_back(book, seen, calls_of(seen, asked.who), _by_reaction(meaning, asked), asked)


def _by_reaction(meaning: Meaning, asked: Asked) -> Given:
    return Given(said(meaning), AnsweredBy.REACTION, asked.ts, name=asked.text)


def confirm(book: Book, asked: Asked) -> Reply:
    """The Confirm button: acts for whoever presses it."""
    return _pressed(book, asked, Meaning.CONFIRM)


def decline(book: Book, asked: Asked) -> Reply:
    """The Can't make it button: acts for whoever presses it."""
    return _pressed(book, asked, Meaning.DECLINE)


def _pressed(book: Book, asked: Asked, meaning: Meaning) -> Reply:
    seen = _pressed_gig(book, asked)
    his = calls_of(seen, asked.who)
    calls = _asked_there(book, asked, his)
    if his and not calls:
        return _changed_since(seen, his)
    if not calls:
        raise Refusal(
            f"You have no call on #{seen.gig.number} {seen.gig.title}, so there is nothing to answer. "
            "Should you be on it? Ask the tour manager."
        )
    return record(book, seen, calls, Given(said(meaning), AnsweredBy.BUTTON, asked.ts), asked)


def change(book: Book, asked: Asked) -> Reply:
    """Change my answer: what it is now, and the two buttons again."""
    seen = _pressed_gig(book, asked)
    calls = calls_of(seen, asked.who)
    if not calls:
        raise Refusal(f"You have no call on #{seen.gig.number} {seen.gig.title}.")
    now = " and ".join(f"{call.position} {call.wall}: {state_words(call, seen.gig.zone)}" for call in calls)
    text = (
        f"Your answer for {gig_cards.headline(seen.gig)} is now *{now}*. Press a button, or write in the thread: "
        "`running 20 late`, `can't make it`, `confirmed`."
    )
    offered = card(text, cards.answers(seen.gig, [_open(calls[0])]))
    return Reply(offered.text, offered.blocks)


def _open(call: Call) -> Call:
    return Call(call.id, call.gig_id, call.person, call.position, call.wall, call.at)


def here(book: Book, asked: Asked) -> Reply:
    """I'm here: the presser is on site."""
    seen = _pressed_gig(book, asked)
    calls = _meant(calls_of(seen, asked.who), Meaning.ARRIVED, asked.said_at)
    if not calls:
        raise Refusal(f"You have no call on #{seen.gig.number} {seen.gig.title}, so there is nobody to check in.")
    return record(book, seen, calls, Given(said(Meaning.ARRIVED), AnsweredBy.BUTTON, asked.ts), asked)


def all_here(book: Book, asked: Asked) -> Reply:
    """All here: TM, PM or SM checks in everybody whose call has come near."""
    seen = _pressed_gig(book, asked)
    roles = book.tours.roles_of(seen.gig.tour_id, asked.who)
    if not may(Deed.CHECK_IN_ALL, roles, book.people.get(asked.who)):
        raise Refusal("Only the tour manager, the production manager or the stage manager can say that all are here.")
    missing = [c for c in seen.standing if c.is_awaited or c.state is CallState.NO_SHOW]
    awaited = [c for c in missing if c.at - BEFORE_CALL <= asked.now]
    seen = check_in(book, seen, awaited, asked)
    names = ", ".join(seen.name(c.person) for c in awaited)
    return Reply(f"Checked in: {names}." if awaited else "Everybody whose call has come was here already.")


def _gig_of(book: Book, asked: Asked) -> Picture | None:
    """The gig a reply is about: by the root of its thread, or the only open call of whoever writes a DM."""
    if asked.thread:
        gig_id = book.outbox.gig_at(asked.where, asked.thread)
        return glance(book, gig_id) if gig_id else None
    if not asked.where.startswith("D"):
        return None
    gigs = book.crew.gigs_of(asked.who)
    return glance(book, gigs[0]) if len(gigs) == 1 else None


def _which_gig(book: Book, asked: Asked) -> Reply:
    """An answer to the bot, or under a message of ours that is of no gig, does not say which gig it answers."""
    if not asked.where.startswith("D") and book.outbox.by_ts(asked.where, asked.thread) is None:
        return NOTHING
    if asked.thread and asked.where.startswith("D"):
        return NOTHING
    zone = book.people.get(asked.who).zone or "UTC"
    if read(asked.text, local(asked.now, zone).time()).meaning not in COUNTS:
        return NOTHING
    names = _called_to(book, asked.who)
    if not names:
        return NOTHING
    return Reply(f"Which gig? You are called to: {names}. Answer in that gig's thread. Nothing was changed.")


def _called_to(book: Book, who: str) -> str:
    """The gigs ahead to which somebody is called: the next five."""
    gigs = [glance(book, gig_id).gig for gig_id in book.crew.gigs_of(who)[:SHOWN]]
    return "; ".join(gig_cards.headline(gig) for gig in gigs)


def _asked_about(book: Book, asked: Asked) -> Picture | None:
    letter = book.outbox.by_ts(asked.where, asked.ts)
    if letter is None or letter.gig_id is None or letter.letter not in ASKING:
        return None
    return glance(book, letter.gig_id)


def _asked_there(book: Book, asked: Asked, calls: Sequence[Call]) -> Sequence[Call]:
    """Of somebody's calls those that the message asked about whose button or reaction it was; all when it names none.

    None when every call that it names was changed since: an answer is one to what was asked.
    """
    letter = book.outbox.by_ts(asked.where, asked.ts)
    subject = letter.subject if letter else {}
    named = [call for call in calls if call.id in subject.get("calls", ())]
    return [call for call in named if is_as_asked(subject, call)] if named else calls


def _changed_since(seen: Picture, calls: Sequence[Call], why: str = "That message is out of date") -> Reply:
    """The message asked for what is no longer so: nothing is taken for an answer, and the call as it is is offered."""
    now = " and ".join(f"{call.position}, {kind_words(call)}{when(seen, call)}" for call in calls)
    text = (
        f"{why}, so your answer was not taken. {gig_cards.headline(seen.gig)}: you are called "
        f"as *{now}*. Can you make it? Press here, or on the newest message in the thread."
    )
    offered = card(text, cards.answers(seen.gig, [_open(calls[0])]))
    return Reply(offered.text, offered.blocks)


def _pressed_gig(book: Book, asked: Asked) -> Picture:
    seen = picture(book, pressed_gig(book, asked).id)
    refuse_closed(seen.gig, asked.now)
    return seen


def _named_in(words: str, calls: Sequence[Call]) -> Sequence[Call]:
    """Of somebody's calls those that his words name by position, kind or time; all when they name none."""
    named = [call for call in calls if re.search(rf"(?i)(?<!\d )\b(?:{_names(call)})\b", words)]
    return named or calls


def _names(call: Call) -> str:
    kind = "" if call.kind is CallKind.CREW else f"|{call.kind} call|{call.kind}"
    return f"{call.position}|{call.wall}{kind}"


def _two_answers(words: str, mine: Sequence[Call]) -> Reply | None:
    """A yes and a no in one message, where he has several calls and names which: each is to be said by itself."""
    said: dict[Meaning, Sequence[Call]] = {}
    for part in CLAUSE.split(words) if len(mine) > 1 else ():
        meaning = read(part).meaning
        if meaning in (Meaning.CONFIRM, Meaning.DECLINE):
            said[meaning] = _named_in(part, mine)
    yes, no = said.get(Meaning.CONFIRM, ()), said.get(Meaning.DECLINE, ())
    if not yes or not no or len(yes) + len(no) == 2 * len(mine):
        return None
    able, unable = (
        _name(next((call for call in these if call not in those), these[0])) for these, those in ((yes, no), (no, yes))
    )
    return Reply(
        f"I read a yes to {able} and a no to {unable}, and took neither. Write each by itself: `confirmed, {able}`, "
        f"then `can't make it, {unable}`."
    )


def _name(call: Call) -> str:
    """What he would call it: `FOH`, or `lobby call`."""
    return call.position.value if call.kind is CallKind.CREW else f"{call.kind} call"


def _meant(calls: Sequence[Call], meaning: Meaning, at: datetime) -> Sequence[Call]:
    """Who is late or there is so for the kind of call that is nearest in time: in the lobby is not on site."""
    if meaning not in (Meaning.ARRIVED, Meaning.LATE) or len({call.kind for call in calls}) < 2:
        return calls
    nearest = min(calls, key=lambda call: abs(call.at - at))
    return [call for call in calls if call.kind is nearest.kind]


def _which_call(seen: Picture, calls: Sequence[Call], given: Given) -> Reply | None:
    """Two calls at different times on one gig: the words do not say which one they mean."""
    if len({each.at for each in calls}) < 2 or given.meaning is Meaning.ARRIVED:
        return None
    if len({each.kind for each in calls}) == len(calls):
        return None
    times = " and ".join(f"{each.position} {each.wall}" for each in calls)
    word = "can't make it" if given.meaning is Meaning.DECLINE else "confirmed"
    example = f"`{word}, {calls[0].position}`"
    return Reply(f"You have two calls here: {times}. Which one? Write it again with the position: {example}.")


def _stranger(book: Book, seen: Picture, asked: Asked, reading: Reading) -> Reply:
    """An answer by somebody who has no call here: called off, called to another gig, or to none."""
    if reading.meaning is Meaning.MAYBE:
        return NOTHING
    refuse_closed(seen.gig, asked.now)
    lead, here = seen.name(seen.lead) if seen.lead else "the tour manager", gig_cards.headline(seen.gig)
    if any(call.person == asked.who for call in seen.calls):
        return Reply(f"You were called off for {here}, so nothing was changed: you are not needed. Ask {lead} why.")
    elsewhere = _called_to(book, asked.who)
    where = f"You are called to: {elsewhere}. Answer in that gig's thread." if elsewhere else ""
    return Reply(
        f"That reads like an answer, but you have no call on {here}, so nothing was changed. "
        f"{where or f'Should you be on it? Ask {lead}.'}"
    )
