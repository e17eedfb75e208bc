"""Who takes over when the tour manager is silent: `/gig deputy`, the button Got it, and the handover."""

from collections.abc import Sequence
from datetime import datetime

from checklists.access import only_answers
from checklists.crew import Role
from checklists.cues import Cue, CueState
from checklists.errors import Refusal
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.callwords import MENTION, PLAIN_AT
from handlers.cards import ladder as cards
from handlers.cards.blocks import Card
from handlers.cards.prose import Spoken, escape, mention
from handlers.ladder import chains, is_served
from handlers.loops import WAIT, calls_named, deputy_of, plan_handover, still_waits
from handlers.typed import plain, quote, refusal, tidy
from handlers.upkeep import picture
from handlers.which import need_changer, tour_here
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
    book.people.meet([who], asked.now)
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
    if letter.letter is Letter.HANDOVER:
        ids = list(letter.subject["loops"])
    else:
        loop = book.loops.by_key(letter.key)
        ids = [loop.id] if loop else []
    closed = book.loops.close(ids, asked.now)
    book.outbox.refresh(letter.id, asked.now)
    if not closed:
        return Reply("Thank you: that was in hand already.")
    book.journal.write(
        asked.now, asked.who, "got it", tour_id=letter.tour_id, gig_id=letter.gig_id, after=letter.letter
    )
    return Reply("Noted: you have it in hand. I ask nobody else about it.")


def ask_word(book: Book, letter: Delivery, written: Card, now: datetime) -> Card:
    """The same message with the button Got it while it waits for a word, and with what is being done already."""
    if letter.letter not in WAIT:
        return written
    post = book.outbox.get(letter.of_id) if letter.of_id is not None else letter
    loop = book.loops.by_key(post.key) if post else None
    lines = [ASKING] if _is_served(book, letter, now) else []
    is_open = loop is not None and loop.closed_at is None
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
    loops = book.loops.of_tour(loop.tour_id)
    ids = [each.loop_id for each in _all_waiting(book, loops, now)]
    if loop.id not in ids:
        book.loops.close([loop.id], now)
        return CueState.CUT
    book.outbox.say(
        Letter.HANDOVER, Room.DM, f"cue:{cue.id}", now, tour_id=loop.tour_id, person=to, subject={"loops": ids}
    )
    book.loops.hand_over(ids, now)
    book.journal.write(now, "the clock", "handed over", tour_id=loop.tour_id, gig_id=loop.gig_id, after=to)
    return CueState.GONE


def _all_waiting(book: Book, loops: Sequence[Loop], now: datetime) -> list[cards.Waiting]:
    """What these loops still wait for, in their order."""
    # Gigs are held in the order of their ids, as everywhere, so that nobody waits for one who waits for him.
    found = {loop.id: _waiting(book, loop, now) for loop in sorted(loops, key=lambda loop: loop.gig_id)}
    return [each for loop in loops if (each := found[loop.id]) is not None]


def _waiting(book: Book, loop: Loop, now: datetime) -> cards.Waiting | None:
    """What a loop still waits for; None when it is closed or was settled by itself."""
    if loop.closed_at is not None:
        return None
    seen = picture(book, loop.gig_id)
    open_calls = [hole.call.id for hole in chains(book, seen, now).holes]
    calls = still_waits(loop, book.outbox.by_key(loop.key), seen, open_calls)
    return cards.Waiting(loop.id, seen, calls) if calls else None


def handover_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Everything that waits for the deputy's word, as it stands now."""
    tour = book.tours.get(letter.tour_id or 0)
    loops = [loop for each in letter.subject["loops"] if (loop := book.loops.get(each)) is not None]
    waiting = _all_waiting(book, loops, now)
    return cards.handover(tour.name, tour.lead, waiting) if waiting or letter.of_id is not None else None
