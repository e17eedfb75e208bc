"""Calling people: `/gig call`, and the ask in the thread."""

from collections.abc import Sequence
from datetime import datetime, time

from checklists.crew import GIVES_ROLE, Call, CallState, Position
from checklists.cues import BEFORE_CALL
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.walls import Wall
from handlers.asked import Asked, Reply
from handlers.cards import call as cards
from handlers.cards import gig as gig_cards
from handlers.cards.blocks import Card
from handlers.cards.forms import call_form
from handlers.cards.ids import number, pack
from handlers.cards.prose import listed, show_date
from handlers.grammar import Ask, Clock, read_call, read_gig
from handlers.upkeep import judge_next_days, keep, picture, post_card, tell_called
from handlers.walls_asked import call_wall
from handlers.which import Question, need_changer, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery
from storage.tours import Tour


def call(book: Book, asked: Asked) -> Reply:
    """`/gig call CITY @ana FOH 14:00, @bo MON 14:00`: one message asks them all; `@ana off` calls somebody off.

    Without a person it opens the form.
    """
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    if asked.text.strip() and not set("@:") & set(asked.text):
        return _form(the_gig(book, tour, read_gig(asked.text), asked, sure=True), asked)
    typed = read_call(asked.text)
    gig = the_gig(book, tour, typed.gig, asked, sure=True)
    _refuse_closed(gig, asked.now)
    wanted = _with_walls(gig, typed.asks, asked)
    gone = _call_off(book, gig, [ask for ask in typed.asks if ask.off], asked)
    book.people.meet({ask.person for ask in typed.asks}, asked.now)
    before = {c.id: c for c in book.crew.of_gig(gig.id)}
    same = [c for c in before.values() if any(_is_so(c, gig, ask, wall) for ask, wall in wanted)]
    fresh = [(ask, wall) for ask, wall in wanted if not any(_is_so(c, gig, ask, wall) for c in same)]
    made = [_ask(book, tour, gig, ask, wall, asked.now) for ask, wall in fresh]
    for each in made:
        book.journal.write(
            asked.now, asked.who, "called", gig_id=gig.id, after=f"{each.person} {each.position} {each.wall}"
        )
    told = _told(book, gig, made, gone, before, asked)
    return Reply("\n".join([*_not_again(book, gig, same), told.text]))


def _not_again(book: Book, gig: Gig, same: Sequence[Call]) -> list[str]:
    return [cards.not_again(picture(book, gig.id), same)] if same else []


def _with_walls(gig: Gig, asks: Sequence[Ask], asked: Asked) -> list[tuple[Ask, Wall]]:
    """Who is asked for what wall time; raises Refusal for one that is past."""
    wanted = [(ask, call_wall(ask.clock, gig.date, gig.zone, asked)) for ask in asks if ask.clock and not ask.off]
    for _, wall in wanted:
        if gig.when(wall) <= asked.now:
            raise Refusal(f"{wall} on {show_date(wall.on(gig.date))} is past already. Give a call time that is ahead.")
    return wanted


def _is_so(known: Call, gig: Gig, ask: Ask, wall: Wall) -> bool:
    """True when this person is called just so already: nobody is asked twice unless his call changed."""
    same = (known.person, known.position, known.at) == (ask.person, ask.position, gig.when(wall))
    return same and known.stands


def open_form(book: Book, asked: Asked) -> Reply:
    """The Call crew button of a gig that is shown."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    return _form(gig, asked)


def _form(gig: Gig, asked: Asked) -> Reply:
    _refuse_closed(gig, asked.now)
    return Reply(form=call_form(gig, pack(asked.where, asked.where_name or "-", gig.id)))


def call_sent(book: Book, asked: Asked) -> Reply:
    """The form that calls people; what is wrong stands at its field."""
    gig = book.gigs.get(number(asked.value))
    if gig is None:
        raise Refusal("That form is of a gig I don't know any more. Close it and type `/gig list`.")
    tour = book.tours.get(gig.tour_id)
    need_changer(book, tour, asked)
    _refuse_closed(gig, asked.now)
    clock = Clock(time.fromisoformat(asked.fields["clock"]))
    try:
        wall = call_wall(clock, gig.date, gig.zone, asked)
    except Question as question:
        return Reply(errors={"clock": f"{question.text} Type `/gig call #{gig.number} ...`: I ask which one you mean."})
    except Refusal as no:
        return Reply(errors={"clock": str(no)})
    if gig.when(wall) <= asked.now:
        return Reply(errors={"clock": f"{wall} is past already. Give a call time that is ahead."})
    people = asked.fields["people"].split()
    book.people.meet(people, asked.now)
    before = {c.id: c for c in book.crew.of_gig(gig.id)}
    asks = [Ask(person, Position(asked.fields["position"]), clock) for person in people]
    same = [c for c in before.values() if any(_is_so(c, gig, ask, wall) for ask in asks)]
    fresh = [ask for ask in asks if not any(_is_so(c, gig, ask, wall) for c in same)]
    made = [_ask(book, tour, gig, ask, wall, asked.now) for ask in fresh]
    told = _told(book, gig, made, [], before, asked)
    return Reply("\n".join([*_not_again(book, gig, same), told.text]))


def _ask(book: Book, tour: Tour, gig: Gig, ask: Ask, wall: Wall, now: datetime) -> Call:
    """The call as a row; a call as PM, SM or TA gives that role on the tour."""
    assert ask.position is not None  # noqa: S101 - the grammar gives every ask that is not off a position
    made = book.crew.ask(gig.id, ask.person, ask.position, wall, gig.when(wall), now)
    if role := GIVES_ROLE.get(ask.position):
        book.tours.give_role(tour.id, ask.person, role, now)
    return made


def _told(
    book: Book, gig: Gig, made: Sequence[Call], gone: Sequence[Call], before: dict[int, Call], asked: Asked
) -> Reply:
    now = asked.now
    kept = keep(book, gig.id, now)
    seen = kept.picture
    judge_next_days(book, [c.person for c in [*made, *gone]], gig, now)
    lines = []
    if made:
        fresh = [c for c in seen.calls if c.id in {each.id for each in made}]
        post_card(book, seen, now)
        again = any(c.id in before for c in fresh)
        tell_called(book, seen, Letter.ASK, fresh, now, f"ask:{asked.key}", again=again)
        lines.append(cards.receipt(seen, fresh, [c for c in fresh if seen.is_held(c, now)]))
    if gone:
        tell_called(book, seen, Letter.CALLED_OFF, gone, now, f"off:{asked.key}")
        lines.append(f"Called off: {listed([seen.name(c.person) for c in gone])}. They are told in the thread.")
    book.outbox.refresh_letters(gig.id, [Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED], now)
    lines.append(f"Readiness: {gig_cards.verdict_words(kept.now)}.")
    return Reply("\n".join(lines))


def _call_off(book: Book, gig: Gig, off: Sequence[Ask], asked: Asked) -> list[Call]:
    """The standing calls of these people on the gig, called off; raises Refusal for somebody not called."""
    calls = book.crew.of_gig(gig.id)
    gone: list[Call] = []
    for ask in off:
        theirs = [c for c in calls if c.person == ask.person and c.state is not CallState.CALLED_OFF]
        theirs = [c for c in theirs if ask.position in (None, c.position)]
        if not theirs:
            raise Refusal(
                f"One of those to be called off has no call on #{gig.number} {gig.city}. Nothing was changed."
            )
        gone += theirs
    book.crew.call_off([c.id for c in gone], asked.now)
    for c in gone:
        book.journal.write(asked.now, asked.who, "called off", gig_id=gig.id, before=f"{c.person} {c.position}")
    return gone


def _refuse_closed(gig: Gig, now: datetime) -> None:
    if not gig.is_judged or gig.is_over(now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: nobody can be called to it.")


def ask_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The ask, and later what became of it; a call that was asked again elsewhere stays with its newest state."""
    seen = picture(book, letter.gig_id or 0)
    calls = [c for c in seen.calls if c.id in letter.subject["calls"]]
    if not calls:
        return None
    opens = min(c.at for c in calls) - BEFORE_CALL
    checks_in = seen.gig.is_judged and opens <= now and not seen.gig.is_over(now)
    return cards.ask(seen, calls, now, again=letter.subject.get("again", False), may_check_in=checks_in)


def called_off_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [c for c in seen.calls if c.id in letter.subject["calls"]]
    return cards.called_off(seen, gig_cards.named_once(seen, calls, now))
