"""Who takes over when the tour manager is silent: `/gig deputy`, the button Got it, and the handover."""

from collections.abc import Sequence
from datetime import datetime

from checklists.access import only_answers
from checklists.crew import Role
from checklists.cues import Cue, CueState
from checklists.errors import Refusal
from checklists.letters import Letter
from checklists.rentals import RentalState
from handlers.asked import Asked, Reply
from handlers.callwords import MENTION, PLAIN_AT
from handlers.cards import ladder as cards
from handlers.cards.blocks import Card
from handlers.cards.prose import Spoken, escape, mention, moment
from handlers.ladder import chains, is_served
from handlers.loops import (
    WAIT,
    calls_named,
    deputy_of,
    note_taken,
    plan_handover,
    refresh_handover,
    rental_of,
    still_waits,
    taken_by,
)
from handlers.typed import plain, quote, refusal, tidy
from handlers.upkeep import picture
from handlers.which import meet_people, need_changer, tour_here
from storage.book import Book
from storage.loops import Loop
from storage.outbox import Delivery, Room
from storage.tours import Tour

EXAMPLE = "/gig deputy @max"
OFF = ("off", "none", "nobody")
ASKING = "Stand-ins are being asked by DM, in your order; you hear who takes it. Whoever you call yourself goes first."


def deputy(book: Book, asked: Asked) -> Reply:
    """`/gig deputy @max`: one for each tour; `off` for nobody; alone it tells who it is."""
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    typed = tidy(asked.text)
    found = MENTION.findall(typed)
    words = plain(MENTION.sub(" ", typed)).casefold().strip(" .,")
    if PLAIN_AT.search(MENTION.sub(" ", typed)) or len(found) > 1 or (words and (found or words not in OFF)):
        raise refusal(f"One deputy for a tour, picked from Slack's list after @; I read {quote(typed)}.", EXAMPLE)
    if found:
        return _name(book, tour, found[0][0], asked)
    return _off(book, tour, asked) if words else Reply(_who(book, tour))


def _name(book: Book, tour: Tour, who: str, asked: Asked) -> Reply:
    if who == tour.lead:
        raise Refusal("The tour manager cannot be the own deputy: it takes somebody who answers when you do not.")
    meet_people(book, [who], asked, EXAMPLE)
    if only_answers(book.people.get(who)):
        raise Refusal(
            "A guest, or somebody from outside, can only answer. Name a deputy who belongs to this workspace."
        )
    book.tours.take_away(tour.id, Role.DEPUTY)
    book.tours.give_role(tour.id, who, Role.DEPUTY, asked.now)
    book.journal.write(asked.now, asked.who, "deputy named", tour_id=tour.id, after=who)
    for loop in sorted(book.loops.of_tour(tour.id), key=lambda loop: loop.gig_id):
        letter, seen = book.outbox.by_key(loop.key), picture(book, loop.gig_id)
        calls = calls_named(letter.subject, seen) if letter else []
        plan_handover(book, seen.gig, loop.id, calls, max(loop.opened_at, asked.now))
    return Reply(_who(book, tour))


def _off(book: Book, tour: Tour, asked: Asked) -> Reply:
    if book.tours.take_away(tour.id, Role.DEPUTY):
        book.journal.write(asked.now, asked.who, "no deputy", tour_id=tour.id)
    return Reply(_who(book, tour))


def _who(book: Book, tour: Tour) -> str:
    who = deputy_of(book, tour.id)
    if not who:
        return f"*{escape(tour.name)}* has no deputy. `{EXAMPLE}` names one, who is asked when you do not answer."
    name = Spoken(escape(book.people.get(who).name)) or mention(who)
    return (
        f"{name} is the deputy of *{escape(tour.name)}*: may do what you may, and is asked when something waits for "
        "your word and you do not answer (a quarter of the time to the call, at most 2 hours, at least 10 minutes)."
    )


def got_it(book: Book, asked: Asked) -> Reply:
    """Got it, on a message that waits for a word: the deputy will not be asked about it."""
    letter = book.outbox.by_ts(asked.where, asked.ts)
    if letter is None or letter.person != asked.who:
        raise Refusal("That button is of an older version, or of somebody else's message. Nothing was changed.")
    loops = [loop for loop in _loops_of(book, letter) if loop.closed_at is None]
    book.outbox.refresh(letter.id, asked.now)
    if not loops:
        return Reply("Thank you: that was in hand already.")
    book.loops.close([loop.id for loop in loops], asked.now)
    note_taken(book, loops, asked.who, asked.now, gig_id=letter.gig_id)
    _show_taken(book, letter, loops, asked.now)
    return Reply("Noted: you have it in hand. I ask nobody else about it.")


def _loops_of(book: Book, letter: Delivery) -> list[Loop]:
    """What a message waits for a word about: one of the tour manager's one thing, the deputy's all of them."""
    if letter.letter is Letter.HANDOVER:
        return [loop for each in letter.subject["loops"] if (loop := book.loops.get(each)) is not None]
    loop = book.loops.by_key(letter.key)
    return [loop] if loop else []


def _show_taken(book: Book, pressed: Delivery, loops: Sequence[Loop], now: datetime) -> None:
    """Whoever else was told of it sees who has it in hand: the tour manager, or the deputy."""
    told = [letter for loop in loops if (letter := book.outbox.by_key(loop.key)) is not None]
    for letter in (each for each in told if each.id != pressed.id):
        book.outbox.refresh(letter.id, now)
    refresh_handover(book, loops, now)


def ask_word(book: Book, letter: Delivery, written: Card, now: datetime) -> Card:
    """The same message with the button Got it while it waits for a word, and with what is being done already."""
    if letter.letter not in WAIT:
        return written
    post = book.outbox.get(letter.of_id) if letter.of_id is not None else letter
    loop = book.loops.by_key(post.key) if post else None
    lines: list[str] = [ASKING] if _is_served(book, letter, now) else []
    is_open = loop is not None and loop.closed_at is None
    if loop and not is_open and (taken := _taken_words(book, [loop])):
        lines.append(f"{taken}.")
    if not lines and not is_open:
        return written
    added = cards.got_it(loop.id if loop and is_open else 0, lines)
    text = "\n".join(filter(None, (written.text, added.text)))
    return Card(text, (*written.blocks, *added.blocks))


def _is_served(book: Book, letter: Delivery, now: datetime) -> bool:
    if letter.gig_id is None or letter.letter not in (Letter.DECLINED, Letter.NO_SHOW):
        return False
    seen = picture(book, letter.gig_id)
    return any(is_served(book, seen, letter.letter, call, now) for call in calls_named(letter.subject, seen))


def ring_handover(book: Book, cue: Cue, now: datetime) -> CueState:
    """The tour manager has not answered in time: the deputy gets everything of the tour that waits for a word."""
    loop = book.loops.get(int(cue.version))
    to = deputy_of(book, cue.tour_id or 0)
    if loop is None or loop.closed_at or loop.handed_at or not to:
        return CueState.CUT
    loops, before = book.loops.of_tour(loop.tour_id), book.outbox.last_to(loop.tour_id, Letter.HANDOVER, to)
    ids = [each.loop_id for each in _all_waiting(book, loops, now)]
    if loop.id not in ids:
        book.loops.close([loop.id], now)
        return CueState.CUT
    book.outbox.say(
        Letter.HANDOVER, Room.DM, f"cue:{cue.id}", now, tour_id=loop.tour_id, person=to, subject={"loops": ids}
    )
    if before is not None:
        book.outbox.refresh(before.id, now)
    book.loops.hand_over(ids, now)
    book.journal.write(now, "the clock", "handed over", tour_id=loop.tour_id, gig_id=loop.gig_id, after=to)
    return CueState.GONE


def _all_waiting(book: Book, loops: Sequence[Loop], now: datetime) -> list[cards.Waiting]:
    """What these loops are still about, in their order."""
    # Gigs are held in the order of their ids, as everywhere, so that nobody waits for one who waits for him.
    found = {loop.id: _waiting(book, loop, now) for loop in sorted(loops, key=lambda loop: loop.gig_id)}
    return [each for loop in loops if (each := found[loop.id]) is not None]


def _waiting(book: Book, loop: Loop, now: datetime) -> cards.Waiting | None:
    """What a loop is still about, whoever has it in hand; None when that was settled."""
    seen = picture(book, loop.gig_id)
    if loop.what is Letter.RENTAL:
        rental = book.rentals.get(rental_of(book.outbox.by_key(loop.key)))
        is_open = rental is not None and rental.state is RentalState.REQUESTED and seen.gig.is_judged
        return cards.Waiting(loop.id, seen, rental=rental) if is_open else None
    open_calls = [hole.call.id for hole in chains(book, seen, now).holes]
    calls = still_waits(loop, book.outbox.by_key(loop.key), seen, open_calls)
    return cards.Waiting(loop.id, seen, calls) if calls else None


def handover_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Everything that waits for the deputy's word, as it stands now; at last who took it over, and when."""
    tour, loops = book.tours.get(letter.tour_id or 0), _loops_of(book, letter)
    waiting = _all_waiting(book, [loop for loop in loops if loop.closed_at is None], now)
    if not waiting:
        return _handed_over(book, tour, loops, now) if letter.of_id is not None else None
    newest = book.outbox.last_to(tour.id, Letter.HANDOVER, letter.person)
    is_old = letter.of_id is not None and newest is not None and newest.id != letter.of_id
    return cards.handover(tour.name, tour.lead, waiting, is_old=is_old)


def _handed_over(book: Book, tour: Tour, loops: Sequence[Loop], now: datetime) -> Card:
    taken = _taken_words(book, loops)
    return cards.handed_over(tour.name, taken, _all_waiting(book, loops, now) if taken else ())


def _taken_words(book: Book, loops: Sequence[Loop]) -> Spoken:
    """`In hand: max, since Tue 1 Sep 14:05 WEST`; "" for what nobody pressed for."""
    taken = taken_by(book, loops)
    gig = book.gigs.get(loops[0].gig_id) if taken else None
    if taken is None or gig is None:
        return Spoken("")
    name = Spoken(escape(book.people.get(taken.who).name)) or mention(taken.who)
    return Spoken(f"In hand: {name}, since {moment(taken.at, gig.zone)}")
