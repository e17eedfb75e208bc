"""What can be typed after `/gig`: each word, the function that takes it, and how help tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checklists.clash import LicenceKind
from checklists.crew import Position
from checklists.gig import Anchor
from checklists.positions import Department
from handlers import (
    changes,
    crew,
    days_off,
    deputy,
    facts,
    gigs,
    hours,
    licences,
    lists,
    needed,
    notices,
    standins,
    timing,
    tours,
)
from handlers.asked import Asked, Reply
from handlers.cards.prose import say
from handlers.grammar import near
from handlers.typed import plain, tidy
from storage.book import Book

Act = Callable[[Book, Asked], Reply]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word after `/gig`: the function that takes it, what to type, and what it does.

    `more` is told by `/gig help` about this one word only: other lines to type, each with what it does.
    """

    act: Act
    usage: str
    about: str
    takes_file: bool = False
    more: tuple[tuple[str, str], ...] = ()
    note: str = ""


def help_(book: Book, asked: Asked) -> Reply:
    """`/gig help [VERB]`: all of them by what they are for, or one with everything it takes."""
    typed = plain(tidy(asked.text).removeprefix("/gig").strip()).casefold()
    word = typed if typed in VERBS else near(typed, VERBS)
    if word:
        missed = typed if word != typed else ""
        return Reply(say("help_verb", word=word, verb=VERBS[word], missed=missed[:40]))
    told = {verb for verbs in PARTS.values() for verb in verbs}
    parts = {**PARTS, "More": tuple(verb for verb in VERBS if verb not in told)}
    parted = [(title, [VERBS[verb] for verb in verbs]) for title, verbs in parts.items()]
    return Reply(say("help", parts=parted, missed=typed[:40]))


PARTS: Mapping[str, tuple[str, ...]] = {
    "Start a tour": ("import", "new", "here"),
    "See where it stands": ("list", "show", "ready"),
    "Get it ready": ("call", "crew", "standins", "deputy", "fact", "check"),
    "Change it": ("times", "move", "cancel"),
}
"""What the verbs are for, as `/gig help` tells them."""

VERBS: Mapping[str, Verb] = {
    "import": Verb(
        tours.import_dropped,
        "/gig import",
        "takes the CSV that you dropped in this channel",
        takes_file=True,
        note="Its columns: `date` and `city`; `country`, `venue`, `capacity` and `notes` help. Importing it again "
        "doubles nothing.",
    ),
    "new": Verb(
        gigs.new,
        "/gig new The Lanterns, Paradiso Amsterdam, 12 Dec 2026 doors 19:00",
        "opens a gig",
        more=(
            ("/gig new The Lanterns, Melkweg Amsterdam, 14 Dec", "is enough: other times are assumed, marked `~`"),
            ("/gig new", "opens a form"),
        ),
    ),
    "list": Verb(
        gigs.list_gigs, "/gig list", "the tour's gigs by date, and which are ready", note="My Home tab has it too."
    ),
    "show": Verb(gigs.show, "/gig show lisbon", "one gig: who has not confirmed, what is missing, the times"),
    "ready": Verb(gigs.ready, "/gig ready lisbon", "is it ready, and why not"),
    "times": Verb(
        timing.times,
        "/gig times lisbon doors 19:30 curfew 23:00 hard",
        "sets times and tells all called",
        more=(
            ("/gig times lisbon load-out 01:30", "is the night after the show"),
            ("/gig times lisbon", "opens a form"),
        ),
        note="The times of a day: " + ", ".join(anchor.words for anchor in Anchor) + ". They are the venue's.",
    ),
    "call": Verb(
        crew.call,
        "/gig call lisbon @ana FOH 14:00, @bo MON 14:00",
        "asks crew to be ready to work",
        more=(
            ("/gig call lisbon @ana FOH 15:00", "another time: asks only her again, with the difference"),
            ("/gig call lisbon audio 11:00", "everybody of a department who is on the gig, else on the tour"),
            ("/gig call lisbon everyone lobby 09:30", "another kind of call: lobby, bus, stage, show, out"),
            (
                "/gig call lisbon audio gate 4, report to @ana, meal 13:00, bring in-ears",
                "says more; nobody is asked again",
            ),
            ("/gig call lisbon @kit BL 13:00 hold", "holds the date; asked to confirm 14 days before"),
            ("/gig call lisbon confirm", "asks those who hold the date to confirm now"),
            ("/gig call lisbon @ana off", "calls her off"),
            ("/gig call lisbon", "opens a form"),
        ),
        note="The positions: " + ", ".join(Position) + ". Departments: " + ", ".join(Department) + ". Without a time a "
        "department is called at its usual hour before the day's times.",
    ),
    "crew": Verb(
        needed.crew,
        "/gig crew lisbon",
        "who is needed, and how far each position is filled",
        more=(
            ("/gig crew lisbon 8 hands, 2 riggers", "so many are needed, or the gig is not ready"),
            ("/gig crew lisbon MON optional", "good to have; `required` takes it back"),
            ("/gig crew lisbon LD 0", "not needed here"),
            ("/gig crew lisbon LD usual", "as for any show of this size; without a position, all of them"),
        ),
        note="What you ask for counts for readiness. The positions: " + ", ".join(Position) + ".",
    ),
    "check": Verb(
        lists.check,
        "/gig check lisbon va.power done",
        "ticks an item of the checklist",
        more=(
            ("/gig check lisbon", "the whole list, with what is late"),
            ("/gig check lisbon va.power", "one item in full"),
            ("/gig check lisbon va.power sent", "it is asked for, no answer yet"),
            ("/gig check lisbon va.power problem no three-phase", "it stays open, and everybody sees why"),
            ("/gig check lisbon va.power waive house generator agreed", "it is not needed here, and why"),
            ("/gig check lisbon va.power open", "it is open again"),
            ("/gig check va.power done all", "on every gig of the tour"),
        ),
    ),
    "fact": Verb(
        facts.fact,
        "/gig fact lisbon wifi LanternNet, pass 1234",
        "keeps what crew ask for; they just ask in the thread",
        more=(
            ("/gig fact lisbon", "what is kept"),
            ("/gig fact lisbon catering backstage left, 17:00-20:00", "in your own words"),
            ("/gig fact lisbon wifi off", "forgets it"),
        ),
        note="Times, people and the venue are answered without it. What nobody knows is passed to you, once.",
    ),
    "licence": Verb(
        licences.licence,
        "/gig licence @ana rigging until 1 Mar 2027",
        "notes what somebody may operate; a call to a safety role after that day is marked",
        more=(("/gig licence @ana", "what I know of"), ("/gig licence @ana rigging off", "takes it away")),
        note="Licences: " + ", ".join(LicenceKind) + ". Only those who may change the tour see them.",
    ),
    "out": Verb(
        hours.out,
        "/gig out lisbon @ana 01:40",
        "notes when somebody was out; the rest before the next call counts from it",
        more=(
            ("/gig out lisbon all 02:10", "everybody who is still there"),
            ("/gig out lisbon @ana", "just now"),
            ("/gig out lisbon @ana off", "she is still there"),
        ),
        note="Crew press *I'm out* below the load-out, or write `out` in the thread.",
    ),
    "hours": Verb(hours.hours, "/gig hours lisbon", "hours in and out by person, and the rest until the next call"),
    "move": Verb(
        changes.move,
        "/gig move lisbon 28 Oct",
        "another date; everybody called is asked again",
        note="Call times keep their hour, and every reminder moves along.",
    ),
    "cancel": Verb(
        changes.cancel,
        "/gig cancel lisbon because the venue flooded",
        "calls the gig off and tells everybody",
        note="I ask once whether you are sure.",
    ),
    "standins": Verb(
        standins.standins,
        "/gig standins lisbon FOH @bo @max",
        "who is asked when somebody drops out, one after another",
        more=(
            ("/gig standins lisbon FOH @bo @max then @kit", "Bo and Max at once, Kit when neither can"),
            ("/gig standins lisbon FOH @bo @max together", "all at once; the first yes has it"),
            ("/gig standins all FOH @bo @max", "on every gig of the tour that has none of its own"),
            ("/gig standins lisbon FOH", "who stands in, what they said, and who else could"),
            ("/gig standins lisbon FOH off", "nobody"),
        ),
        note="They are asked by DM and not told of each other. Only those who may change the tour see the order.",
    ),
    "deputy": Verb(
        deputy.deputy,
        "/gig deputy @max",
        "who is asked when something waits for the tour manager's word",
        more=(("/gig deputy", "who it is"), ("/gig deputy off", "nobody")),
        note="The deputy may do what the tour manager may.",
    ),
    "dayoff": Verb(
        days_off.day_off,
        "/gig dayoff 3 Dec",
        "no reminder and no digest on that day",
        more=(("/gig dayoff", "which days are off"), ("/gig dayoff 3 Dec work", "takes it back")),
    ),
    "here": Verb(
        tours.here,
        "/gig here TOUR",
        "brings an imported tour into this channel",
        note="Are you crew, and on site? Write `here` in the thread of the gig's card instead.",
    ),
    "selftest": Verb(notices.selftest, "/gig selftest", "posts you a message and looks for it in Slack"),
    "help": Verb(help_, "/gig help call", "more about one word"),
}
