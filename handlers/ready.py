"""Is the gig ready: the verdict with every reason, and the buttons that take one away; a drop is told in the thread."""

from datetime import datetime

from checklists.access import Deed, may
from checklists.conditions import Condition
from checklists.crew import Call
from checklists.errors import Refusal
from checklists.fixes import Reader, changed, silent_in
from checklists.letters import Letter
from checklists.readiness import Verdict
from handlers.asked import Asked, Reply
from handlers.cards import listing
from handlers.cards import ready as cards
from handlers.cards.blocks import Card
from handlers.cards.gig import headline
from handlers.cards.ids import unpack
from handlers.cards.picture import Picture
from handlers.cards.prose import listed
from handlers.cards.whole_list import LATE, Only, whole_list
from handlers.conditions_asked import refuse_decided
from handlers.grammar import read_gig
from handlers.ticking import mine_of, refuse_over
from handlers.upkeep import named, picture, tell_called
from handlers.which import need_changer, need_reader, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery

ONE_HOUR = "%Y%m%d%H"
"""Nobody is asked again twice within the same hour of the clock."""


def ready(book: Book, asked: Asked) -> Reply:
    """`/gig ready CITY`: the verdict, every reason with its fix, the gates, the hours to the calls."""
    need_reader(book, asked)
    gig = the_gig(book, tour_here(book, asked), read_gig(asked.text), asked)
    return _shown(book, picture(book, gig.id), asked)


def open_ready(book: Book, asked: Asked) -> Reply:
    """The Why this verdict button of a card."""
    need_reader(book, asked)
    return _shown(book, picture(book, pressed_gig(book, asked).id), asked)


def _shown(book: Book, seen: Picture, asked: Asked) -> Reply:
    shown = cards.ready(seen, asked.now, reader(book, seen.gig.tour_id, asked.who))
    return Reply(shown.text, shown.blocks)


def reader(book: Book, tour_id: int, who: str) -> Reader:
    """Somebody as `checklists.fixes` asks what he may do."""
    person, roles = book.people.get(who), frozenset(book.tours.roles_of(tour_id, who))
    return Reader(person, roles, may(Deed.CHANGE, roles, person))


def late_list(book: Book, asked: Asked) -> Reply:
    """The list of what is late, with what the presser may tick."""
    need_reader(book, asked)
    seen = picture(book, pressed_gig(book, asked).id)
    shown = whole_list(seen, mine_of(book, seen, asked.who), asked.now, Only(LATE))
    return Reply(shown.text, shown.blocks)


def decide(book: Book, asked: Asked) -> Reply:
    """The question on which an item hangs, with its two buttons."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    refuse_over(gig, asked.now)
    _, name = unpack(asked.value, 2)
    if name not in Condition.__members__:
        raise Refusal(f"That question is not asked any more. `/gig checklist #{gig.number}` asks what is still open.")
    condition = Condition[name]
    refuse_decided(book, gig, condition)
    asking = [each for each in listing.asked_of(book.items.of_gig(gig.id)) if each.condition is condition]
    if not asking:
        raise Refusal(f"Nothing open on this list hangs on it any more. `/gig ready #{gig.number}` shows what does.")
    shown = listing.questions(gig, asking, headline(gig))
    return Reply(shown.text, shown.blocks)


def ask_again(book: Book, asked: Asked) -> Reply:
    """Asks the silent of a position, or all who have not answered a change, once more in the thread."""
    gig = pressed_gig(book, asked)
    need_changer(book, book.tours.get(gig.tour_id), asked)
    refuse_over(gig, asked.now)
    seen = picture(book, gig.id)
    calls = _silent(seen, unpack(asked.value, 2)[1])
    if not calls:
        return Reply(f"{headline(gig)}: everybody meant has answered since. Nobody was asked.")
    names = listed([seen.name(call.person) for call in calls])
    key = f"again:{named(calls)['versions']}:{asked.now.strftime(ONE_HOUR)}"
    if book.outbox.by_key(key) is not None:
        return Reply(f"{headline(gig)}: {names} {_were(calls)} asked within this hour. Ring, if it cannot wait.")
    tell_called(book, seen, Letter.ASK_AGAIN, calls, asked.now, key)
    book.journal.write(asked.now, asked.who, "asked again", gig_id=gig.id, after=", ".join(c.person for c in calls))
    return Reply(f"{headline(gig)}: {names} {_were(calls)} asked again, in the thread.")


def _were(calls: list[Call]) -> str:
    return "was" if len({call.person for call in calls}) == 1 else "were"


def _silent(seen: Picture, position: str) -> list[Call]:
    """Those of a position; without one, who has not answered a change, or else all who are silent."""
    if position != "-":
        return silent_in(seen.calls, position)
    return changed(seen.calls) or silent_in(seen.calls)


def drop_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The drop; it is no longer worth saying once the verdict is as good as it was."""
    seen, was = picture(book, letter.gig_id or 0), str(letter.subject.get("verdict", ""))
    if was and letter.of_id is None and not seen.judge(now).verdict.worse_than(Verdict(was)):
        return None
    return cards.drop(seen, now, was, letter.subject.get("locked"), letter.subject.get("reasons", ()))
