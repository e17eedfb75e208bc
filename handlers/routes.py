"""THE LIST: everything that happens to the bot, and the function that takes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.cues import Cue, CueKind, CueState
from checklists.errors import Refusal
from checklists.letters import Letter
from handlers import answers, changes, crew, day, gigs, home, lists, notices, people, reminders, timing, tours
from handlers.asked import Asked, Reply
from handlers.cards.blocks import Card
from handlers.cards.ids import Action, Form
from handlers.grammar import near, read_verb
from storage.book import Book
from storage.outbox import Delivery

Act = Callable[[Book, Asked], Reply]
Ring = Callable[[Book, Cue, datetime], CueState]
Write = Callable[[Book, Delivery, datetime], Card | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word after `/gig`: the function that takes it, what to type, and what it does."""

    act: Act
    usage: str
    about: str
    takes_file: bool = False


def help_(book: Book, asked: Asked) -> Reply:
    """`/gig help [VERB]`."""
    word = asked.text.strip().casefold()
    if word in VERBS:
        verb = VERBS[word]
        return Reply(f"*/gig {word}*: {verb.about}\n`{verb.usage}`")
    lines = ["*Buscall gets your gigs ready.* Type one of these in the tour's channel:", ""]
    lines += [f"• `{verb.usage}` {verb.about}" for verb in VERBS.values()]
    lines += [
        "",
        "Crew answer in the thread of the gig's card: `confirmed`, `can't make it`, `running 20 late`, `here`.",
    ]
    lines.append("A beginning is enough to name a gig (`lis`), or its number (`#12`).")
    return Reply("\n".join(lines))


VERBS: Mapping[str, Verb] = {
    "import": Verb(
        tours.import_dropped, "/gig import", "takes the CSV that you dropped in this channel", takes_file=True
    ),
    "new": Verb(gigs.new, "/gig new The Lanterns, Paradiso Amsterdam, 12 Dec 2026 doors 19:00", "opens a gig"),
    "list": Verb(gigs.list_gigs, "/gig list", "the tour's gigs, with who is ready and who is not"),
    "show": Verb(gigs.show, "/gig show lisbon", "one gig: who has not confirmed, what is missing, the times"),
    "ready": Verb(gigs.ready, "/gig ready lisbon", "is it ready, and why not"),
    "times": Verb(timing.times, "/gig times lisbon doors 19:30 curfew 23:00 hard", "sets times and tells all called"),
    "call": Verb(crew.call, "/gig call lisbon @ana FOH 14:00, @bo MON 14:00", "asks crew to be ready to work"),
    "check": Verb(lists.check, "/gig check lisbon va.power done", "the checklist, or one item of it"),
    "move": Verb(changes.move, "/gig move lisbon 28 Oct", "another date; everybody called is asked again"),
    "cancel": Verb(changes.cancel, "/gig cancel lisbon because the venue flooded", "calls it off and tells everybody"),
    "here": Verb(tours.here, "/gig here TOUR", "brings an imported tour into this channel"),
    "help": Verb(help_, "/gig help call", "this list, or more about one word"),
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
    Letter.FAILED: notices.failed_letter,
    Letter.WELCOME: notices.welcome_letter,
}

met = people.met
unreachable = people.unreachable
undeliverable = people.undeliverable
let_in = people.let_in


def verb_of(text: str) -> tuple[str, Verb, str]:
    """The verb that was typed, its route, and the rest; raises Refusal with a guess for one we don't know."""
    word, rest = read_verb(text)
    if word in VERBS:
        return word, VERBS[word], rest
    meant = near(word, VERBS)
    guess = f" Did you mean `/gig {meant}`?" if meant else ""
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
    return LETTERS[delivery.letter](book, delivery, now)
