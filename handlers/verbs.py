"""What can be typed after `/gig`: each word, the function that takes it, and how help tells it."""

from collections.abc import Mapping

from checklists.clash import LicenceKind
from checklists.crew import Position
from checklists.gig import Anchor
from checklists.house import HouseKey
from checklists.positions import Department
from handlers import (
    crew,
    days_off,
    deputy,
    facts,
    gates,
    gigs,
    hours,
    kit,
    licences,
    needed,
    notices,
    producer,
    ready,
    rules,
    standins,
    timing,
    tours,
    venue,
)
from handlers.asked import Asked, Reply
from handlers.cards.prose import say
from handlers.dateverbs import DATES
from handlers.grammar import near
from handlers.listverbs import LISTS
from handlers.paperverbs import PAPER
from handlers.spreadsheet import FileKind
from handlers.typed import plain, tidy
from handlers.verb import Verb
from storage.book import Book


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
    "See where it stands": ("list", "show", "ready", "gates", "rules", "rehearse"),
    "Get it ready": ("call", "crew", "standins", "deputy", "fact", "check", "checklist", "kit", "venue", "doors"),
    "Money and paper": ("deal", "contract", "deposit"),
    "Change it": ("times", "move", "cancel"),
}
"""What the verbs are for, as `/gig help` tells them."""

VERBS: Mapping[str, Verb] = {
    "import": Verb(
        tours.import_dropped,
        "/gig import",
        "takes the CSV that you dropped in this channel",
        takes_file=FileKind.SHEET,
        note="Its columns: `date` and `city`; `country`, `venue`, `capacity` and `notes` help. Importing it again "
        "doubles nothing.",
    ),
    "new": Verb(
        gigs.new,
        "/gig new The Lanterns, Paradiso Amsterdam, 12 Dec 2026 doors 19:00",
        "opens a gig",
        more=(
            ("/gig new The Lanterns, Melkweg Amsterdam, 14 Dec", "is enough: other times are assumed, marked `~`"),
            ("/gig new The Lanterns, Melkweg Amsterdam, 16 Dec fly date", "or festival, session, arena, theatre, club"),
            ("/gig new", "opens a form"),
        ),
    ),
    "list": Verb(
        gigs.list_gigs, "/gig list", "the tour's gigs by date, and which are ready", note="My Home tab has it too."
    ),
    "show": Verb(gigs.show, "/gig show lisbon", "one gig: who has not confirmed, what is missing, the times"),
    "ready": Verb(
        ready.ready,
        "/gig ready lisbon",
        "is it ready, and why not",
        note="Each reason has its one button for those who may press it; below are the gates of each phase.",
    ),
    "rules": Verb(
        rules.rules,
        "/gig rules",
        "by which weights and thresholds a gig is green, amber or red",
        more=(
            ("/gig rules rest amber 11 h", "another threshold for this tour; every gig ahead is judged so at once"),
            ("/gig rules on time red 75 %, area travel 20", "several at once"),
            ("/gig rules rest amber usual", "as everybody's; `/gig rules usual` all of them"),
        ),
        note="Less rest than everybody's is the executive producer's to allow.",
    ),
    "gates": Verb(gates.gates, "/gig gates lisbon", "what holds each phase, who says go, and by when"),
    "doors": Verb(
        gates.doors,
        "/gig doors lisbon open",
        "calls the doors open, once all who are named have said go",
        more=(
            ("/gig doors lisbon", "what still holds them, each with its button"),
            ("/gig doors lisbon shut the pit is not ready", "takes it back, and says why"),
        ),
        note="It is said in the gig's thread once. Another date, or another time for the doors, shuts them too.",
    ),
    "times": Verb(
        timing.times,
        "/gig times lisbon doors 19:30 curfew 23:00 hard",
        "sets times and tells all called",
        more=(
            ("/gig times lisbon load-out 01:30", "is the night after the show"),
            ("/gig times lisbon line-check 15:30 depart 01:00", "what waited for them has its due at once"),
            ("/gig times lisbon on-sale 10 Oct 10:00", "flight, downbeat, session end, announce too; `off` forgets"),
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
    **LISTS,
    "kit": Verb(
        kit.kit,
        "/gig kit lisbon",
        "equipment: what the rider needs, who supplies it, what is missing",
        more=(
            ("/gig kit need 4 vocal wireless must or Shure ULXD", "a line of the tour's rider; nice in place of must"),
            ("/gig kit need 1 drum riser nice", "good to have"),
            ("/gig kit carry 2 vocal wireless in 3 cases", "what the tour brings"),
            ("/gig kit repair 1 vocal wireless", "it is not there; done behind it takes it back"),
            ("/gig kit", "the rider and what is carried"),
            ("/gig kit lisbon house 2 drum riser", "what the house has, or no drum riser; there again next year"),
            ("/gig kit lisbon promoter 1 piano", "what the promoter provides"),
            ("/gig kit lisbon house 4 Axient for vocal wireless", "is offered instead"),
            ("/gig kit lisbon accept Axient for vocal wireless", "and taken; by @ana says by whom"),
            ("/gig kit lisbon house Axient off", "forgets it; so for any other line"),
            ("/gig kit lisbon rent vocal wireless from PRG 3 days 180 EUR", "asks for what is missing"),
            ("/gig kit lisbon ordered PRG-1182", "then delivered, returned, or rent vocal wireless off"),
            ("/gig kit lisbon carry all", "the cases are here, where two gigs share a day"),
        ),
        note="Cases are counted in the gig's thread: 14 cases in, 13 cases out. The executive producer or the tour "
        "manager approves what is rented.",
    ),
    "venue": Verb(
        venue.venue,
        "/gig venue lisbon",
        "what the house has against what the tour needs",
        more=(
            ("/gig venue need power 3x63 A, stage width 10 m", "what the tour needs of every house"),
            ("/gig venue lisbon power 3x63 A", "what the house says; kept with the house for next time"),
            ("/gig venue lisbon power off", "is not known any more"),
            ("/gig venue need", "what is needed"),
        ),
        note="What I ask of a house: " + ", ".join(HouseKey) + ".",
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
        "what somebody may operate, and until when",
        more=(("/gig licence @ana", "what I know of"), ("/gig licence @ana rigging off", "takes it away")),
        note="Licences: " + ", ".join(LicenceKind) + ". Only those who may change the tour see them.",
    ),
    **PAPER,
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
    **DATES,
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
        "who stands in for the tour manager's word",
        more=(("/gig deputy", "who it is"), ("/gig deputy off", "nobody")),
        note="The deputy may do what the tour manager may.",
    ),
    "producer": Verb(
        producer.producer,
        "/gig producer @dee",
        "hears every Monday what is at risk",
        more=(("/gig producer", "who it is"), ("/gig producer off", "nobody")),
        note="Alone waives right to work, a driver's hours and the safety gates. The tour manager names who it is.",
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
