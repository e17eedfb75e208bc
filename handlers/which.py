"""Which tour, which gig, and may this person: asked before anything is changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from checklists.access import Deed, may, only_answers
from checklists.errors import Refusal
from checklists.gig import JUDGED, Gig, GigState
from handlers.asked import Asked
from handlers.cards.ids import number, unpack
from handlers.cards.prose import show_date
from handlers.loops import give_word
from handlers.typed import refusal
from storage.book import Book
from storage.tours import Tour

BUTTONS = 5
SLACKBOT = "USLACKBOT"


@dataclass
class Question(Exception):  # noqa: N818 - it is asked, not an error
    """Something only the person who asked can decide: answered by a button, after which the request goes on.

    `name` is what the choice is called, `options` are (label, value) pairs. One that comes up after another
    was answered carries the `request` as it then stood, and the id of the one `after` which it is asked.
    """

    name: str
    text: str
    options: Sequence[tuple[str, str]]
    request: Asked | None = None
    after: int = 0


def need_channel(asked: Asked) -> None:
    """Raises Refusal in a direct message: no tour can live there."""
    if asked.where.startswith("D"):
        raise Refusal("A tour lives in a channel. Go to the tour's channel and type it again there.")


def tour_here(book: Book, asked: Asked) -> Tour:
    """The tour of this channel; raises Refusal that says how to start one."""
    need_channel(asked)
    tour = book.tours.of_channel(asked.where)
    if tour is None:
        raise Refusal(
            "No tour lives in this channel yet. Start one with `/gig new NAME, VENUE CITY, 12 Dec doors 19:00`, "
            "drop a CSV here and type `/gig import`, or bring one that is already imported: `/gig here TOUR`."
        )
    return tour


def need_reader(book: Book, asked: Asked) -> None:
    """Raises Refusal for guests and people from outside: they only answer."""
    if only_answers(book.people.get(asked.who)):
        raise Refusal(
            "Guests answer in the gig's thread: its card has the times. For anything else ask the tour manager."
        )


def need_changer(book: Book, tour: Tour, asked: Asked) -> None:
    """Raises Refusal for everybody but the executive producer, the tour manager, the production manager, the deputy."""
    roles = book.tours.roles_of(tour.id, asked.who)
    if not may(Deed.CHANGE, roles, book.people.get(asked.who)):
        raise Refusal(
            "Only the tour manager, the deputy, the production manager or the executive producer may change this tour. "
            "Nothing was changed. You can look: `/gig list`, `/gig show CITY`, `/gig ready CITY`."
        )


def need_money(book: Book, tour: Tour, asked: Asked) -> None:
    """Raises Refusal for everybody but those who may see what a tour earns."""
    roles = book.tours.roles_of(tour.id, asked.who)
    if not may(Deed.MONEY, roles, book.people.get(asked.who)):
        raise Refusal(
            "Deals, contracts and deposits are for the executive producer, the tour manager, the deputy and the tour "
            "accountant. Nothing was shown, nothing was changed."
        )


def meet_people(book: Book, named: Iterable[str], asked: Asked, example: str) -> None:
    """Those named to do something are known from now on; raises Refusal like `refuse_apps`."""
    people = list(named)
    refuse_apps(book, people, example)
    book.people.meet(people, asked.now)


def refuse_apps(book: Book, named: Iterable[str], example: str) -> None:
    """Raises Refusal, with a line that works, that tells which of those named are no people."""
    apps = {book.our_user: "Buscall", SLACKBOT: "Slackbot"}
    if found := dict.fromkeys(apps[who] for who in named if who in apps):
        what = "are apps, not people" if len(found) > 1 else "is an app, not a person"
        raise refusal(f"{' and '.join(found)} {what}, and cannot be named here. Nothing was changed.", example)


def the_gig(book: Book, tour: Tour, words: str, asked: Asked, *, sure: bool = False) -> Gig:
    """The gig that these words mean; `sure` never takes the only open one for granted.

    Raises Question when several fit, Refusal when none does.
    """
    gig = _meant(book, tour, words, asked, sure)
    give_word(book, gig, asked.who, asked.now)
    return gig


def _meant(book: Book, tour: Tour, words: str, asked: Asked, sure: bool) -> Gig:
    if chosen := asked.choices.get("gig"):
        return _numbered(book, tour, chosen)
    words = words.strip()
    if words.startswith("#") or words.isdigit():
        return _numbered(book, tour, words.removeprefix("#"))
    gigs = book.gigs.named(tour.id, words) if words else book.gigs.of_tour(tour.id, JUDGED)
    ahead = [gig for gig in gigs if gig.is_judged and not gig.is_over(asked.now)]
    return _only(ahead or (gigs if words else ahead), words, sure)


def _numbered(book: Book, tour: Tour, digits: str) -> Gig:
    gig = book.gigs.by_number(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
    if gig is None or gig.tour_id != tour.id:
        raise Refusal(f"There is no gig #{digits[:20]} on this tour. `/gig list` shows them with their numbers.")
    return gig


def _only(fits: Sequence[Gig], words: str, sure: bool) -> Gig:
    if len(fits) == 1 and (words or not sure):
        return fits[0]
    if not fits and words:
        raise Refusal(
            f"No gig here begins with “{words[:60]}”. Type the beginning of a city or a name, or a number: `#12`. "
            "`/gig list` shows them all."
        )
    if not fits:
        raise Refusal("No gig is open on this tour. `/gig new NAME, VENUE CITY, 12 Dec doors 19:00` makes one.")
    what = f"{len(fits)} gigs begin with “{words[:60]}”. Which one?" if words else "Which gig?"
    raise Question("gig", what, [(f"#{gig.number} {label(gig)}", str(gig.number)) for gig in fits])


def pressed_gig(book: Book, asked: Asked) -> Gig:
    """The gig of a button; raises Refusal for one that is gone, or that does not live where it was pressed."""
    gig = book.gigs.get(number(unpack(asked.value, 1)[0]))
    in_channel = asked.where.startswith(("C", "G"))
    if gig is None or (in_channel and book.tours.get(gig.tour_id).channel != asked.where):
        raise Refusal("That button is of a gig I don't know any more. `/gig list` shows the gigs there are.")
    give_word(book, gig, asked.who, asked.now)
    return gig


def refuse_same_show(book: Book, tour: Tour, day: date, city: str, venue: str) -> None:
    """Raises Refusal when the tour has a gig there on that day that is not cancelled."""
    for gig in book.gigs.of_tour(tour.id):
        same = (gig.date, gig.city, gig.venue.casefold()) == (day, city, venue.casefold())
        if same and gig.state is not GigState.CANCELLED:
            raise Refusal(
                f"That gig is there already: #{gig.number} {gig.title}, {show_date(gig.date)}. Nothing was doubled. "
                f"`/gig show #{gig.number}` shows it."
            )


def label(gig: Gig) -> str:
    """A gig in a few words, for a button or a menu."""
    return f"{gig.title} · {show_date(gig.date)}"
