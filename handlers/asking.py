"""Questions in a gig's thread, or written to the bot: answered from what is known, else passed to the tour manager.

A question never changes a call. What is kept for a gig is told in its thread, and by direct message only to
somebody called to it who belongs to this workspace.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from checklists.cues import NOON
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.questions import (
    ASKED,
    TOGETHER,
    Fact,
    Kind,
    Topic,
    day_named,
    is_begged,
    is_for_the_lead,
    topics,
    window_of,
)
from checklists.replies import Meaning, read
from checklists.walls import local
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards import answer as cards
from handlers.cards.blocks import Card
from handlers.cards.gig import headline
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken
from handlers.typed import plain, visible
from handlers.upkeep import glance
from storage.book import Book
from storage.outbox import Delivery, Room

TEXT_KEPT = 300
WAKES_WITHIN = timedelta(hours=3)
NOT_BY_DM = "I tell that only in the gig's thread: ask it there."


def questioned(book: Book, asked: Asked) -> Reply:
    """Words that may ask something. Their answer stands in the thread; what is the asker's own is told privately."""
    seen = _gig_asked_about(book, asked) if _is_question(asked) else None
    if seen is None or not seen.gig.is_judged:
        return NOTHING
    facts = book.facts.of_gig(seen.gig.id)
    found = topics(asked.text, facts)
    if not found:
        return _pass_on(book, seen, asked) if is_for_the_lead(asked.text, seen.lead) else NOTHING
    if _is_private(asked) and _is_kept_from(book, asked, found):
        return Reply(NOT_BY_DM)
    lines = {each: cards.answer_line(seen, each, facts) for each in found if each.kind is not Kind.OWN}
    _answer(book, seen, asked, [each for each, line in lines.items() if line is not None])
    told = [_own(seen, asked)] if Topic(Kind.OWN) in found else []
    if any(line is None for line in lines.values()):
        told.append(_pass_on(book, seen, asked, sure=True).text)
    return Reply("\n\n".join(filter(None, told)))


def _is_question(asked: Asked) -> bool:
    reading = read(asked.text, NOON)
    return reading.meaning is Meaning.QUESTION or reading.asks or is_begged(asked.text.casefold())


def _is_private(asked: Asked) -> bool:
    return asked.where.startswith("D")


def _is_kept_from(book: Book, asked: Asked, found: Sequence[Topic]) -> bool:
    """Nothing that is kept goes by direct message to somebody from outside, or of whom nobody knows who he is."""
    return book.people.get(asked.who).is_outsider and any(each.kind is Kind.FACT for each in found)


def _gig_asked_about(book: Book, asked: Asked) -> Picture | None:
    """By the thread; in a direct message the asker's own gig on the day he names, else his next one."""
    if asked.thread:
        gig_id = book.outbox.gig_at(asked.where, asked.thread)
        return glance(book, gig_id) if gig_id else None
    if not _is_private(asked):
        return None
    mine = [glance(book, gig_id) for gig_id in book.crew.gigs_of(asked.who)]
    ahead = [each for each in mine if not each.gig.is_over(asked.now)]
    return next((each for each in ahead if _is_meant(each.gig, asked)), ahead[0] if ahead else None)


def _is_meant(gig: Gig, asked: Asked) -> bool:
    return day_named(asked.text, local(asked.said_at, gig.zone).date()) == gig.date


def _answer(book: Book, seen: Picture, asked: Asked, known: Sequence[Topic]) -> None:
    """One message for one question, however often Slack tells of it."""
    if not known:
        return
    room, person = (Room.DM, asked.who) if _is_private(asked) else (Room.THREAD, "")
    subject = {"topics": [[each.kind.value, each.key] for each in known], "who": [asked.who], "late": False}
    gig, key = seen.gig, f"answer:{asked.where}:{asked.ts}"
    tour, say = gig.tour_id, book.outbox.say
    say(Letter.ANSWER, room, key, asked.now, tour_id=tour, gig_id=gig.id, person=person, subject=subject)


def _own(seen: Picture, asked: Asked) -> str:
    calls = [call for call in seen.standing if call.person == asked.who]
    if not calls:
        lead = seen.name(seen.lead) if seen.lead else "the tour manager"
        return f"You have no call on {headline(seen.gig)}. Should you be on it? Ask {lead}."
    return cards.own_calls(seen, calls, asked.now)


def _pass_on(book: Book, seen: Picture, asked: Asked, *, sure: bool = False) -> Reply:
    """The tour manager gets it, once; what the same person asks within ten minutes joins that message."""
    gig, lead = seen.gig, seen.lead
    if not lead or asked.who == lead or gig.is_over(asked.now):
        return NOTHING
    where = "dm" if _is_private(asked) else "thread"
    words = plain(visible(asked.text))[:TEXT_KEPT]
    book.journal.write(asked.now, asked.who, ASKED, gig_id=gig.id, before=where, after=words)
    mine = [line.at for line in book.journal.of_gig(gig.id, ASKED) if line.who == asked.who]
    start = window_of(mine)
    goes = seen.after_quiet(lead, start) if _is_held(seen, asked.now) else start
    subject = {"asker": asked.who, "since": start.isoformat(), "until": (max(goes, start) + TOGETHER).isoformat()}
    key = f"question:{gig.id}:{asked.who}:{goes.isoformat()}"
    tour, say = gig.tour_id, book.outbox.say
    about: dict[str, Any] = {"subject": subject, "not_before": max(goes, asked.now)}
    said = say(Letter.QUESTION, Room.DM, key, asked.now, tour_id=tour, gig_id=gig.id, person=lead, **about)
    known = book.outbox.by_key(key) if said is None else None
    if known is not None:
        book.outbox.refresh(known.id, asked.now)
    return Reply(f"I don't know that yet: {seen.name(lead)} has your question.") if sure else NOTHING


def _is_held(seen: Picture, now: datetime) -> bool:
    """The tour manager's night is kept, unless somebody's call is near or the day is under way."""
    first = min((call.at for call in seen.standing), default=seen.gig.show_day_begins())
    return seen.is_quiet(seen.lead, now) and first - now > WAKES_WITHIN


def answer_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = glance(book, letter.gig_id or 0)
    facts = book.facts.of_gig(seen.gig.id)
    asked = [Topic(Kind(kind), key) for kind, key in letter.subject["topics"]]
    found = [cards.answer_line(seen, each, facts) for each in asked]
    lines = [line for line in found if line is not None]
    if not lines:
        return (
            None if letter.of_id is None else cards.answer(seen, [TAKEN_BACK], letter.subject["who"], now, late=False)
        )
    return cards.answer(seen, lines, letter.subject["who"], now, late=letter.subject["late"])


TAKEN_BACK = Spoken("This is not so any more, and nobody has said anew how it is.")


def question_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = glance(book, letter.gig_id or 0)
    facts, told = book.facts.of_gig(seen.gig.id), letter.subject
    since, until = (datetime.fromisoformat(told[name]) for name in ("since", "until"))
    lines = [line for line in book.journal.of_gig(seen.gig.id, ASKED) if line.who == told["asker"]]
    asked = [(line.after, line.at, _is_known(seen, line.after, facts)) for line in lines if since <= line.at < until]
    if not asked:
        return None
    wanted = (each.key for text, _, _ in asked for each in topics(text) if each.kind is Kind.FACT)
    return cards.question(seen, told["asker"], asked, next(wanted, "WORD"))


def _is_known(seen: Picture, text: str, facts: dict[str, Fact]) -> bool:
    found = [each for each in topics(text, facts) if each.kind is not Kind.OWN]
    return bool(found) and all(cards.answer_line(seen, each, facts) is not None for each in found)
