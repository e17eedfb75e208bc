"""Why did I get this? The rule of that very message, when it fell due, whom it told, and what stops it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists.crew import Call
from checklists.letters import Letter
from checklists.questions import asks_why
from checklists.reasons_why import WHYS
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards.blocks import fitting
from handlers.cards.gig import headline
from handlers.cards.lines import kind_words, state_words
from handlers.cards.picture import Picture, one_each
from handlers.cards.prose import Spoken, listed, local_zone, moment, say
from handlers.upkeep import glance
from storage.book import Book
from storage.outbox import Delivery, Room

NAMES_ROOM = 900
NOT_MINE = (
    "That message is not mine, so no rule of mine sent it. On one of mine, choose “Why did I get this?” in its “...” "
    "menu, or write it as a reply."
)


def why(book: Book, asked: Asked) -> Reply:
    """Chosen in a message's own menu: the rule of that message."""
    letter = book.outbox.by_ts(asked.where, asked.ts)
    return Reply(NOT_MINE if letter is None else _told(book, letter, asked))


def said(book: Book, asked: Asked) -> Reply | None:
    """Asked in words: the rule of my last message there. None for any other words."""
    if not asks_why(asked.text):
        return None
    if not (asked.thread or asked.where.startswith("D")):
        return None
    under = asked.thread
    last = book.outbox.last_said(asked.where, under, asked.ts) or (
        book.outbox.by_ts(asked.where, under) if under else None
    )
    if last is None:
        return None if not asked.where.startswith("D") else Reply("I have not written to you here yet.")
    return Reply(_told(book, last, asked))


def _told(book: Book, letter: Delivery, asked: Asked) -> str:
    seen = glance(book, letter.gig_id) if letter.gig_id is not None else None
    rule = WHYS[letter.letter]
    reader = book.people.get(asked.who).zone
    zone = seen.gig.zone if seen else reader or "UTC"
    at = _due(letter)
    named = _named(seen, letter)
    because = letter.subject.get("anchor", "") if letter.letter is Letter.HELD else ""
    return say(
        "why",
        what=letter.letter.value.replace("_", " "),
        headline=Spoken(headline(seen.gig)) if seen else "",
        rule=Spoken(rule.rule),
        stops=Spoken(rule.stops),
        because=Spoken(WHYS[Letter(because)].rule) if because in set(Letter) else "",
        is_due="due" in letter.subject,
        when=moment(at, zone),
        own=_own_clock(at, zone, reader),
        venue=local_zone(seen.gig) if seen and not reader else "",
        calls=_own_calls(seen, named, asked.who),
        others=_others(seen, named, letter, asked.who),
    )


def _due(letter: Delivery) -> datetime:
    told: Mapping[str, Any] = letter.subject
    return datetime.fromisoformat(told["due"]) if "due" in told else letter.made_at


def _own_clock(at: datetime, zone: str, reader: str) -> str:
    """The reader's own time, where it is another one."""
    if not reader or local(at, reader).utcoffset() == local(at, zone).utcoffset():
        return ""
    return f"{moment(at, reader)} where you are"


def _named(seen: Picture | None, letter: Delivery) -> list[Call]:
    ids = letter.subject.get("calls") or [letter.subject.get("call")]
    return [call for call in seen.calls if call.id in ids] if seen else []


def _own_calls(seen: Picture | None, named: Sequence[Call], who: str) -> Spoken:
    own = [call for call in named if call.person == who]
    if seen is None or not own:
        return Spoken("It is about no call of yours.")
    zone = seen.gig.zone
    told = [f"{call.position}, {kind_words(call)}{moment(call.at, zone)}: {state_words(call, zone)}" for call in own]
    return Spoken(f"It is about your call{'s' if len(own) > 1 else ''}: {'; '.join(told)}.")


def _others(seen: Picture | None, named: Sequence[Call], letter: Delivery, who: str) -> Spoken:
    """Who else was told: everybody can read a channel; a direct message has one reader."""
    if letter.room is Room.DM:
        return Spoken("Nobody else was told: it went to you alone.")
    others = [seen.name(call.person) for call in one_each(named) if call.person != who] if seen else []
    shown = f"It names {listed(fitting(others, NAMES_ROOM, '{} more'))} too. " if others else ""
    place = "the gig's thread" if letter.room is Room.THREAD else "the tour's channel"
    return Spoken(f"{shown}Everybody can read it in {place}.")
