"""Calling people: `/gig call`, and the ask in the thread."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from checklists.crew import GIVES_ROLE, PARTICULARS, Call, CallStage
from checklists.cues import BEFORE_CALL, Cue, CueState
from checklists.errors import Refusal
from checklists.gig import PENCILLED, Gig
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.callfields import stage_of_fields, wanted_of_fields
from handlers.cards import asks
from handlers.cards import gig as gig_cards
from handlers.cards.blocks import Card
from handlers.cards.forms import call_form
from handlers.cards.ids import number, pack
from handlers.cards.prose import listed, show_date
from handlers.checks import checked
from handlers.grammar import read_call, read_gig
from handlers.partywords import PartyRequest, read_party
from handlers.upkeep import is_as_asked, judge_next_days, keep, picture, post_card, tell_called
from handlers.wanted import Wanted, named_off, party_off, sort_wanted, wanted_by_name, wanted_of_party
from handlers.which import meet_people, need_changer, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.new_calls import NewCall
from storage.outbox import Delivery
from storage.tours import Tour


def call(book: Book, asked: Asked) -> Reply:
    """`/gig call CITY @ana FOH 14:00, @bo MON 14:00`, or `CITY audio 11:00`: one message asks them all.

    `@ana off` calls somebody off. Without a person or a department it opens the form.
    """
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    party = read_party(asked.text)
    if party is None and asked.text.strip() and not set("@:") & set(asked.text):
        return _form(the_gig(book, tour, read_gig(asked.text), asked, sure=True), asked)
    typed = party or read_call(asked.text)
    gig = the_gig(book, tour, typed.gig, asked, sure=True)
    if isinstance(typed, PartyRequest):
        _refuse_closed(gig, asked.now, [typed.stage])
        off = party_off(book, gig, typed) if typed.off else []
        wanted = [] if typed.off else wanted_of_party(book, gig, typed, asked)
    else:
        _refuse_closed(gig, asked.now, [ask.stage for ask in typed.asks])
        wanted = wanted_by_name(book, gig, typed, asked)
        off = named_off(book, gig, [ask for ask in typed.asks if ask.off])
    return _carry_out(book, tour, gig, wanted, off, asked)


def _carry_out(book: Book, tour: Tour, gig: Gig, wanted: Sequence[Wanted], off: Sequence[Call], asked: Asked) -> Reply:
    """Asks who must be asked, tells who need only be told, calls off who is not needed; nobody hears it twice."""
    meet_people(book, [each.person for each in wanted], asked, f"/gig call #{gig.number} @ana FOH 14:00")
    book.people.meet({each.person for each in off}, asked.now)
    before = {c.id for c in book.crew.of_gig(gig.id)}
    found = sort_wanted(wanted, gig)
    _call_off(book, gig, off, asked)
    made = _ask(book, tour, gig, found.ask, asked)
    for each in found.tell:
        assert each.known is not None  # noqa: S101 - only who is called is told
        book.crew.tell([each.known.id], each.said)
    told = _told(book, gig, made, off, before, asked, edits=bool(found.tell))
    lines = [asks.not_again(picture(book, gig.id), found.same)] if found.same else []
    if found.tell:
        lines.append(asks.told_only(picture(book, gig.id), [each.known for each in found.tell if each.known]))
    return Reply("\n".join([*lines, told.text]))


def open_form(book: Book, asked: Asked) -> Reply:
    """The Call crew button of a gig that is shown."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    return _form(gig, asked)


def _form(gig: Gig, asked: Asked) -> Reply:
    _refuse_closed(gig, asked.now, [CallStage.HOLD])
    return Reply(form=call_form(gig, pack(asked.where, asked.where_name or "-", gig.id)))


def call_sent(book: Book, asked: Asked) -> Reply:
    """The form that calls people; what is wrong stands at its field."""
    gig = book.gigs.get(number(asked.value))
    if gig is None:
        raise Refusal("That form is of a gig I don't know any more. Close it and type `/gig list`.")
    tour = book.tours.get(gig.tour_id)
    need_changer(book, tour, asked)
    _refuse_closed(gig, asked.now, [stage_of_fields(asked.fields)])
    wanted, wrong = wanted_of_fields(book, gig, asked)
    if wrong:
        return Reply(errors=wrong)
    return _carry_out(book, tour, gig, wanted, [], asked)


def _ask(book: Book, tour: Tour, gig: Gig, wanted: Sequence[Wanted], asked: Asked) -> list[Call]:
    """The calls as rows; a call as PM, SM or TA gives that role on the tour."""
    made = book.crew.ask_many(gig.id, [_new_call(gig, each) for each in wanted], asked.now)
    for call in (each for each in made if each.position in GIVES_ROLE):
        book.tours.give_role(tour.id, call.person, GIVES_ROLE[call.position], asked.now)
    lines = [f"{call.person} {call.position} {call.kind} {call.wall}" for call in made]
    book.journal.write_each(asked.now, asked.who, "called", gig.id, lines)
    return made


def _new_call(gig: Gig, wanted: Wanted) -> NewCall:
    known = wanted.known if wanted.known and wanted.known.stands else None
    said = {**{name: getattr(known, name) for name in PARTICULARS if known}, **wanted.said}
    at = gig.when(wanted.wall)
    return NewCall(wanted.person, wanted.position, wanted.wall, at, wanted.kind, wanted.stage, said)


def _told(
    book: Book, gig: Gig, made: Sequence[Call], gone: Sequence[Call], before: Set[int], asked: Asked, *, edits: bool
) -> Reply:
    """What is said in the thread and to the tour manager.

    The message that asked before is not edited for a call that is asked anew: the new message says it, and the old
    one follows with the next answer.
    """
    now = asked.now
    kept = keep(book, gig.id, now)
    seen = kept.picture
    judge_next_days(book, [c.person for c in [*made, *gone]], gig, now)
    lines = []
    if made:
        fresh = [c for c in seen.calls if c.id in {each.id for each in made}]
        post_card(book, seen, now)
        again = all(c.id in before and c.version > 1 for c in fresh)
        tell_called(book, seen, Letter.ASK, fresh, now, f"ask:{asked.key}", again=again)
        lines.append(asks.receipt(seen, fresh, [c for c in fresh if seen.is_held(c, now)]))
        lines += asks.warnings(seen, fresh, checked(book, seen, fresh, now))
    if gone:
        tell_called(book, seen, Letter.CALLED_OFF, gone, now, f"off:{asked.key}")
        lines.append(f"Called off: {listed([seen.name(c.person) for c in gone])}. They are told in the thread.")
    if gone or edits:
        book.outbox.refresh_letters(gig.id, [Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED], now)
    book.outbox.refresh_letters(gig.id, [Letter.DAY_SHEET], now)
    lines.append(f"Readiness: {gig_cards.verdict_words(kept.now)}.")
    return Reply("\n".join(lines))


def _call_off(book: Book, gig: Gig, off: Sequence[Call], asked: Asked) -> None:
    book.crew.call_off([c.id for c in off], asked.now)
    for c in off:
        book.journal.write(asked.now, asked.who, "called off", gig_id=gig.id, before=f"{c.person} {c.position}")


def _refuse_closed(gig: Gig, now: datetime, stages: Iterable[CallStage] = ()) -> None:
    """Raises Refusal for a gig that is over or off; the date of one that is not agreed yet can be held."""
    if gig.state in PENCILLED and not gig.is_over(now) and set(stages) == {CallStage.HOLD}:
        return
    if not gig.is_judged or gig.is_over(now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: nobody can be called to it.")


def ask_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The ask, and later what became of it; a call that was asked again elsewhere stays with its newest state."""
    seen = picture(book, letter.gig_id or 0)
    seen = seen.hushed(now) if letter.of_id is None else seen
    named = [c for c in seen.calls if c.id in letter.subject["calls"]]
    if not named:
        return None
    calls = [c for c in named if is_as_asked(letter.subject, c)]
    opens = min(c.at for c in named) - BEFORE_CALL
    checks_in = seen.gig.is_judged and opens <= now and not seen.gig.is_over(now)
    outdated = [c for c in named if c not in calls and c.stands]
    again = letter.subject.get("again", False)
    notes = asks.notes(seen, calls, checked(book, seen, calls, now))
    return asks.ask(seen, calls, now, outdated=outdated, again=again, may_check_in=checks_in, notes=notes)


def ring_confirm_now(book: Book, cue: Cue, now: datetime) -> CueState:
    """Who was asked to hold the date, and has not said no, is asked to confirm: one message, in the gig's thread."""
    seen = picture(book, cue.gig_id or 0)
    held = [call for call in seen.standing if call.stage is CallStage.HOLD]
    if not held:
        return CueState.CUT
    for each in held:
        said = {name: getattr(each, name) for name in PARTICULARS}
        book.crew.ask(seen.gig.id, each.person, each.position, each.wall, each.at, now, kind=each.kind, said=said)
    kept = keep(book, seen.gig.id, now)
    fresh = [call for call in kept.picture.calls if call.id in {each.id for each in held}]
    tell_called(book, kept.picture, Letter.ASK, fresh, now, f"cue:{cue.id}", again=True)
    return CueState.GONE
