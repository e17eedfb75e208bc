"""A gig moves to another day, or is cancelled: everybody concerned is told in the same breath."""

from dataclasses import replace
from datetime import date, datetime

from checklists.errors import Refusal
from checklists.gig import Anchor, Gig, GigState, refuse_gaps
from checklists.letters import Letter
from checklists.walls import Wall, exists, local
from handlers.asked import Asked, Reply
from handlers.cards import call as call_cards
from handlers.cards import gig as cards
from handlers.cards.blocks import Card
from handlers.cards.prose import escape, short_date, show_date
from handlers.grammar import read_cancel, read_move, refuse_past
from handlers.listing import relist, relist_next
from handlers.more_times import moved_more
from handlers.upkeep import judge_next_days, keep, picture, tell_called
from handlers.walls_asked import which_of_two
from handlers.which import Question, need_changer, refuse_same_show, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery


def move(book: Book, asked: Asked) -> Reply:
    """`/gig move CITY 28 Oct`: another day, the same wall times; everybody called is asked again."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    own_zone = book.people.get(asked.who).zone or "UTC"
    typed = read_move(asked.text, local(asked.now, own_zone).date())
    gig = the_gig(book, tour, typed.gig, asked, sure=True)
    _refuse_closed(gig, asked.now)
    refuse_past(typed.day, local(asked.now, gig.zone).date())
    if typed.day == gig.date:
        raise Refusal(f"#{gig.number} {gig.title} is on {show_date(gig.date)} already. Nothing was changed.")
    refuse_same_show(book, tour, typed.day, gig.city, gig.venue)
    given = _given_on(gig, typed.day, asked)
    calls = [call for call in book.crew.of_gig(gig.id) if call.stands]
    walls = {call.id: _on(typed.day, "call", call.wall, gig, asked) for call in calls}
    book.gigs.move(gig.id, typed.day, asked.now)
    book.gigs.set_times(gig.id, given, gig.curfew_kind)
    book.gigs.set_more(gig.id, moved_more(gig, typed.day, asked))
    if gig.state is GigState.SHOW_DAY:
        book.gigs.set_state(gig.id, GigState.CONFIRMED)
    moved = picture(book, gig.id).gig
    book.crew.ask_all_again(gig.id, {call: moved.when(wall) for call, wall in walls.items()}, asked.now)
    book.journal.write(asked.now, asked.who, "moved", gig_id=gig.id, before=str(gig.date), after=str(typed.day))
    relist(book, moved, asked.now)
    kept = keep(book, gig.id, asked.now)
    relist_next(book, tour.id, {gig.date, typed.day}, asked.now)
    for each in (gig, kept.picture.gig):
        judge_next_days(book, [call.person for call in calls], each, asked.now)
    asked_again = [call for call in kept.picture.standing if call.id in walls]
    if asked_again:
        was = show_date(gig.date)
        tell_called(book, kept.picture, Letter.MOVED, asked_again, asked.now, f"moved:{asked.key}", was=was)
        book.outbox.refresh_letters(gig.id, [Letter.ASK, Letter.ASK_AGAIN], asked.now)
    told = f"{len(asked_again)} called are asked again in the thread." if asked_again else "Nobody was called yet."
    return Reply(
        f"*{cards.headline(kept.picture.gig)}* (was {show_date(gig.date)}). {told} Dues and reminders moved along.\n"
        f"Readiness: {cards.verdict_words(kept.now)}."
    )


def _given_on(gig: Gig, day: date, asked: Asked) -> dict[Anchor, Wall]:
    """The given times on another day; raises Refusal or Question where the clocks change on it."""
    refuse_gaps(day, gig.given, gig.zone)
    return {anchor: _on(day, anchor.words, wall, gig, asked) for anchor, wall in gig.given.items()}


def _on(day: date, what: str, wall: Wall, gig: Gig, asked: Asked) -> Wall:
    if not exists(day, wall, gig.zone):
        raise Refusal(
            f"The {what} at {wall} does not exist on {short_date(wall.on(day))} in {gig.zone}: the clocks go forward "
            "over it. Nothing was moved; give it another time first."
        )
    return which_of_two(what, replace(wall, fold=None), day, gig.zone, asked)


def cancel(book: Book, asked: Asked) -> Reply:
    """`/gig cancel CITY because ...`: asked once whether that is sure; all calls are off, nothing more is sent."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    typed = read_cancel(asked.text)
    gig = the_gig(book, tour, typed.gig, asked, sure=True)
    _refuse_closed(gig, asked.now)
    calls = [call for call in book.crew.of_gig(gig.id) if call.stands]
    if not _is_sure(gig, len(calls), asked):
        return Reply(f"#{gig.number} {escape(gig.title)} stays as it is. Nothing was changed.")
    book.gigs.set_state(gig.id, GigState.CANCELLED)
    book.crew.call_off([call.id for call in calls], asked.now)
    book.cues.cut(gig.id, None, asked.now)
    book.journal.write(asked.now, asked.who, "cancelled", gig_id=gig.id, before=gig.state, after=typed.why)
    kept = keep(book, gig.id, asked.now)
    relist_next(book, tour.id, {gig.date}, asked.now)
    judge_next_days(book, [call.person for call in calls], gig, asked.now)
    if calls:
        tell_called(book, kept.picture, Letter.CANCELLED, calls, asked.now, f"cancelled:{gig.id}", why=typed.why)
        book.outbox.refresh_letters(gig.id, [Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED], asked.now)
    told = f"{len(calls)} called are told in the thread." if calls else "Nobody was called."
    return Reply(f"*{cards.headline(gig)}* is cancelled. {told} No reminder of it will come any more.")


def _is_sure(gig: Gig, called: int, asked: Asked) -> bool:
    if chosen := asked.choices.get("sure"):
        return chosen == "yes"
    raise Question(
        "sure",
        f"Cancel #{gig.number} {gig.title}, {show_date(gig.date)}? "
        f"{called} called will be told at once, and every reminder of it stops.",
        [(f"Yes, cancel #{gig.number} {gig.city}", "yes"), ("No, keep it", "no")],
    )


def _refuse_closed(gig: Gig, now: datetime) -> None:
    if gig.state is GigState.CANCELLED:
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is cancelled already. Nothing was changed.")
    if not gig.is_judged or gig.is_over(now):
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is over. Nothing was changed.")


def moved_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in seen.calls if call.id in letter.subject["calls"]]
    return call_cards.moved(seen, calls, letter.subject["was"], now) if calls else None
