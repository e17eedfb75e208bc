"""The form that calls crew: who is to be called by what was filled in, and by its field what is wrong."""

from collections.abc import Callable, Mapping
from datetime import time

from checklists.crew import CallKind, CallStage, Position
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.positions import Department, positions_of
from handlers.asked import Asked
from handlers.callwords import Ask, CallRequest
from handlers.cards.forms import EVERYONE, UNSAID
from handlers.clockwords import Clock
from handlers.partywords import ALL, PartyRequest
from handlers.wanted import Wanted, party_of, positions_by_name, wanted_by_name, wanted_of_party
from handlers.which import Question, refuse_apps
from storage.book import Book

Wrong = dict[str, str]


def stage_of_fields(fields: Mapping[str, str]) -> CallStage:
    """Whether the date is to be held, or the call to be confirmed."""
    return CallStage(_said(fields, "stage") or CallStage.CONFIRM)


def wanted_of_fields(book: Book, gig: Gig, asked: Asked) -> tuple[list[Wanted], Wrong]:
    """The calls as they shall be, and by its field what is wrong: then nothing is to be done."""
    if wrong := _wrong(asked.fields):
        return [], wrong
    if _said(asked.fields, "department"):
        return _of_department(book, gig, asked)
    return _of_people(book, gig, asked)


def _said(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    return "" if value == UNSAID else value


def _wrong(fields: Mapping[str, str]) -> Wrong:
    people, position, department = (_said(fields, name) for name in ("people", "position", "department"))
    if not people and not department:
        return {"people": "Nobody is named. Name people here, or choose a department below."}
    if people and department:
        return {"department": "People are named above. Take them out to call the department, or choose nobody else."}
    if department and position:
        return {"position": "Everybody of a department is called as what he is. Choose “what each is already”."}
    return {}


def _of_department(book: Book, gig: Gig, asked: Asked) -> tuple[list[Wanted], Wrong]:
    who, clock = _said(asked.fields, "department"), _clock(asked.fields)
    positions = ALL if who == EVERYONE else frozenset(positions_of(Department(who)))
    typed = PartyRequest("", who, positions, clock, kind=_kind(asked.fields), stage=stage_of_fields(asked.fields))
    try:
        party_of(book, gig, typed, book.crew.of_gig(gig.id))
    except Refusal as no:
        return [], {"department": str(no)}
    return _timed(gig, lambda: wanted_of_party(book, gig, typed, asked))


def _of_people(book: Book, gig: Gig, asked: Asked) -> tuple[list[Wanted], Wrong]:
    said, clock = _said(asked.fields, "position"), _clock(asked.fields)
    kind, stage, position = _kind(asked.fields), stage_of_fields(asked.fields), Position(said) if said else None
    people = asked.fields["people"].split()
    typed = CallRequest("", tuple(Ask(who, position, clock, kind=kind, stage=stage) for who in people))
    try:
        refuse_apps(book, people, f"/gig call #{gig.number} @ana FOH 14:00")
    except Refusal as no:
        return [], {"people": str(no)}
    try:
        positions_by_name(book, gig, typed)
    except Refusal:
        return [], {"position": "As what? One of those named has no position on this gig or this tour yet."}
    if clock is None and not _stand(book, gig, typed):
        return [], {"clock": "Called at what time? Somebody named is not called so yet, so that there is none to keep."}
    return _timed(gig, lambda: wanted_by_name(book, gig, typed, asked))


def _stand(book: Book, gig: Gig, typed: CallRequest) -> bool:
    """True when everybody named is called so already, at a time that can stay."""
    known = {(call.person, call.position, call.kind) for call in book.crew.of_gig(gig.id) if call.stands}
    return all((ask.person, position, ask.kind) in known for ask, position in positions_by_name(book, gig, typed))


def _kind(fields: Mapping[str, str]) -> CallKind:
    return CallKind(_said(fields, "kind") or CallKind.CREW)


def _clock(fields: Mapping[str, str]) -> Clock | None:
    said = _said(fields, "clock")
    return Clock(time.fromisoformat(said)) if said else None


def _timed(gig: Gig, find: Callable[[], list[Wanted]]) -> tuple[list[Wanted], Wrong]:
    try:
        return find(), {}
    except Question as question:
        return [], {"clock": f"{question.text} Type `/gig call #{gig.number} ...`: I ask which one you mean."}
    except Refusal as no:
        return [], {"clock": str(no)}
