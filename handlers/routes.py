"""THE LIST: everything that happens to the bot, and the function that takes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.crew import Position
from checklists.cues import NOON, Cue, CueKind, CueState
from checklists.errors import Refusal
from checklists.gig import Anchor
from checklists.letters import Letter
from checklists.replies import Meaning, read
from handlers import answers, changes, crew, day, gigs, home, lists, notices, outcomes, people, reminders, timing, tours
from handlers.asked import Asked, Reply
from handlers.cards.blocks import Card
from handlers.cards.ids import Action, Form
from handlers.cards.prose import say
from handlers.grammar import near, read_verb
from handlers.typed import plain, tidy
from storage.book import Book
from storage.outbox import Delivery

Act = Callable[[Book, Asked], Reply]
Ring = Callable[[Book, Cue, datetime], CueState]
Write = Callable[[Book, Delivery, datetime], Card | None]


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
    "Get it ready": ("call", "check"),
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
            ("/gig call lisbon @ana FOH 15:00", "another time: asks only her again"),
            ("/gig call lisbon @ana off", "calls her off"),
            ("/gig call lisbon", "opens a form"),
        ),
        note="The positions: " + ", ".join(Position) + ".",
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
    "here": Verb(
        tours.here,
        "/gig here TOUR",
        "brings an imported tour into this channel",
        note="Are you crew, and on site? Write `here` in the thread of the gig's card instead.",
    ),
    "selftest": Verb(notices.selftest, "/gig selftest", "posts you a message and looks for it in Slack"),
    "help": Verb(help_, "/gig help call", "more about one word"),
}

BUTTONS: Mapping[Action, Act] = {
    Action.CONFIRM: answers.confirm,
    Action.DECLINE: answers.decline,
    Action.CHANGE: answers.change,
    Action.HERE: answers.here,
    Action.ALL_HERE: answers.all_here,
    Action.LIST: lists.open_list,
    Action.READY: lists.open_ready,
    Action.TICK: lists.tick,
    Action.OLD_DUE: lists.settle_old_dues,
    Action.TIMES_FORM: timing.open_form,
    Action.CALL_FORM: crew.open_form,
    Action.ITEM_FORM: lists.open_form,
    Action.IT_ARRIVED: outcomes.it_arrived,
    Action.SEND_AGAIN: outcomes.send_again,
}

REPLY: Act = answers.replied
EDIT: Act = answers.edited
REACTION: Act = answers.reacted
REACTION_GONE: Act = answers.unreacted
DROP: Act = tours.dropped
FORMS: Mapping[Form, Act] = {
    Form.NEW: gigs.new_sent,
    Form.TIMES: timing.times_sent,
    Form.CALL: crew.call_sent,
    Form.ITEM: lists.item_sent,
}
OPTIONS: Callable[[Book, str], list[dict[str, object]]] = gigs.places
HOME: Callable[[Book, Asked], dict[str, object]] = home.home

CUES: Mapping[CueKind, Ring] = {
    CueKind.CARD: gigs.ring_card,
    CueKind.ASK_AGAIN: reminders.ring_thread,
    CueKind.ASK_DM: reminders.ring_person,
    CueKind.SILENT_LIST: reminders.ring_silent_list,
    CueKind.DAY_SHEET: day.ring_day_sheet,
    CueKind.CHECK_IN: reminders.ring_check_in,
    CueKind.ON_YOUR_WAY: reminders.ring_person,
    CueKind.NOT_HERE: reminders.ring_thread,
    CueKind.NO_SHOW: reminders.ring_no_show,
    CueKind.DOORS_60: day.ring_doors,
    CueKind.DOORS_30: day.ring_doors,
    CueKind.DOORS_10: day.ring_doors,
    CueKind.CURFEW_15: day.ring_curfew,
    CueKind.LOAD_OUT: day.ring_load_out,
    CueKind.SHOW_DAY: gigs.ring_state,
    CueKind.PLAYED: gigs.ring_state,
    CueKind.RECHECK: gigs.ring_recheck,
    CueKind.UPKEEP: gigs.ring_upkeep,
    CueKind.DIGEST: lists.ring_digest,
    CueKind.HELD: reminders.ring_held,
    CueKind.DECLINED: reminders.ring_declined,
}

LETTERS: Mapping[Letter, Write] = {
    Letter.CARD: gigs.card_letter,
    Letter.OVERVIEW: tours.overview_letter,
    Letter.ASK: crew.ask_letter,
    Letter.ASK_AGAIN: reminders.ask_again_letter,
    Letter.ASK_DM: reminders.ask_dm_letter,
    Letter.SILENT_LIST: reminders.silent_list_letter,
    Letter.DECLINED: reminders.declined_letter,
    Letter.DAY_SHEET: day.day_sheet_letter,
    Letter.ON_YOUR_WAY: reminders.on_your_way_letter,
    Letter.NOT_HERE: reminders.not_here_letter,
    Letter.NO_SHOW: reminders.no_show_letter,
    Letter.DOORS: day.doors_letter,
    Letter.CURFEW: day.curfew_letter,
    Letter.LOAD_OUT: day.load_out_letter,
    Letter.TIMES: timing.times_letter,
    Letter.MOVED: changes.moved_letter,
    Letter.CANCELLED: changes.cancelled_letter,
    Letter.CALLED_OFF: crew.called_off_letter,
    Letter.DROP: gigs.drop_letter,
    Letter.DIGEST: lists.digest_letter,
    Letter.HELD: reminders.held_letter,
    Letter.MISSED: notices.missed_letter,
    Letter.INVITE_ME: notices.invite_me_letter,
    Letter.FAILED: outcomes.failed_letter,
    Letter.DID_IT_ARRIVE: outcomes.did_it_arrive_letter,
    Letter.WELCOME: notices.welcome_letter,
    Letter.SELFTEST: notices.selftest_letter,
}

NO_ANSWER = (Meaning.QUESTION, Meaning.UNRELATED)

met = people.met
unreachable = people.unreachable
undeliverable = outcomes.undeliverable
ask_arrived = outcomes.ask_arrived
settled = outcomes.settled
gone = outcomes.gone
let_in = people.let_in


def verb_of(text: str) -> tuple[str, Verb, str]:
    """The verb that was typed, its route, and the rest; raises Refusal with a guess for one we don't know."""
    word, rest = read_verb(text)
    if word in VERBS:
        return word, VERBS[word], rest
    meant = near(word, VERBS)
    guess = f" Did you mean `/gig {meant}`?" if meant else ""
    if not meant and read(text, NOON).meaning not in NO_ANSWER:
        raise Refusal(
            "That reads like an answer to a call. Write it in the thread of the gig's card, without `/gig`, or press a "
            "button in my Home tab. Nothing was changed."
        )
    raise Refusal(f"I don't know “{word[:40]}”.{guess} `/gig help` lists what you can type. Nothing was changed.")


def typed(book: Book, asked: Asked) -> Reply:
    """A slash command."""
    _, verb, rest = verb_of(asked.text)
    reply = verb.act(book, replace(asked, text=rest))
    people.welcome(book, asked.who, asked.now)
    return reply


def pressed(book: Book, asked: Asked, action: Action | None) -> Reply:
    """A button or a menu; raises Refusal for one that is not ours any more."""
    act = BUTTONS.get(action) if action else None
    if act is None:
        raise Refusal("That button is of an older version. `/gig show CITY` shows the card as it is now.")
    return act(book, asked)


def sent(book: Book, asked: Asked, form: str) -> Reply:
    """A form that was filled in; raises Refusal for one that is not ours any more."""
    if form not in set(Form):
        raise Refusal("That form is of an older version. Close it and open it again.")
    return FORMS[Form(form)](book, asked)


def write(book: Book, delivery: Delivery, now: datetime) -> Card | None:
    """The words of a delivery from the facts as they are now; None when it is no longer worth saying."""
    said = LETTERS[delivery.letter](book, delivery, now)
    said = said and notices.mark_late(book, delivery, said, now)
    return outcomes.as_repeat(said) if said is not None and delivery.repeat else said
