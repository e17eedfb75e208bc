"""THE LIST: everything that happens to the bot, and the function that takes it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from checklists.cues import NOON, Cue, CueKind, CueState
from checklists.errors import Refusal
from checklists.letters import Letter
from checklists.replies import Meaning, read
from handlers import (
    answers,
    asking,
    changes,
    checklist,
    crew,
    day,
    deputy,
    digests,
    filing,
    gates,
    gigs,
    home,
    hours,
    kit,
    lateness,
    lists,
    notices,
    offers,
    outcomes,
    people,
    ready,
    rehearsal,
    reminders,
    rentals,
    seen,
    talk,
    timing,
    tours,
    weekly,
    whatif,
    why,
)
from handlers.asked import Asked, Reply
from handlers.cards.blocks import Card
from handlers.cards.ids import Action, Form
from handlers.grammar import near, read_verb
from handlers.verb import Act, Verb
from handlers.verbs import VERBS
from storage.book import Book
from storage.outbox import Delivery

Ring = Callable[[Book, Cue, datetime], CueState]
Write = Callable[[Book, Delivery, datetime], Card | None]


BUTTONS: Mapping[Action, Act] = {
    Action.CONFIRM: answers.confirm,
    Action.DECLINE: answers.decline,
    Action.CHANGE: answers.change,
    Action.HERE: answers.here,
    Action.ALL_HERE: answers.all_here,
    Action.SEEN: seen.seen,
    Action.WHY: why.why,
    Action.APPLIES: checklist.answer_pressed,
    Action.LIST: lists.open_list,
    Action.READY: ready.open_ready,
    Action.LATE_LIST: ready.late_list,
    Action.DECIDE: ready.decide,
    Action.ASK_AGAIN: ready.ask_again,
    Action.TICK: lists.tick_chosen,
    Action.OLD_DUE: lists.settle_old_dues,
    Action.TIMES_FORM: timing.open_form,
    Action.CALL_FORM: crew.open_form,
    Action.ITEM_FORM: lists.open_form,
    Action.FILED: filing.chosen,
    Action.APPLY_SHIFT: lateness.apply_shift,
    Action.DONT_SHIFT: lateness.dont_shift,
    Action.MOVE_IT: whatif.approve(changes.move),
    Action.LEAVE_IT: whatif.leave,
    Action.OUT: hours.out_button,
    Action.IT_ARRIVED: outcomes.it_arrived,
    Action.SEND_AGAIN: outcomes.send_again,
    Action.TAKE_IT: offers.take,
    Action.NOT_ME: offers.refuse,
    Action.GOT_IT: deputy.got_it,
    Action.KIT_RENT: kit.rent_button,
    Action.KIT_ACCEPT: kit.accept_button,
    Action.KIT_HERE: kit.here_button,
    Action.RENTAL_YES: rentals.approve,
    Action.RENTAL_NO: rentals.refuse,
    Action.REHEARSE_ON: rehearsal.read_on,
}

REPLY: Act = talk.replied
EDIT: Act = answers.edited
REACTION: Act = talk.reacted
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
    CueKind.HOURS: hours.ring_hours,
    CueKind.SHOW_DAY: gigs.ring_state,
    CueKind.PLAYED: gigs.ring_state,
    CueKind.RECHECK: gigs.ring_recheck,
    CueKind.UPKEEP: gigs.ring_upkeep,
    CueKind.DIGEST: digests.ring_digest,
    CueKind.HELD: reminders.ring_held,
    CueKind.SEEN_ASK: seen.ring_ask,
    CueKind.UNSEEN: seen.ring_list,
    CueKind.DECLINED: reminders.ring_declined,
    CueKind.CONFIRM_NOW: crew.ring_confirm_now,
    CueKind.OFFER: offers.ring_offer,
    CueKind.HANDOVER: deputy.ring_handover,
    CueKind.WEEKLY: weekly.ring_weekly,
    CueKind.OFF_HIRE: rentals.ring_off_hire,
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
    Letter.CANCELLED: seen.cancelled_letter,
    Letter.CALLED_OFF: seen.called_off_letter,
    Letter.SEEN_ASK: seen.seen_ask_letter,
    Letter.UNSEEN: seen.unseen_letter,
    Letter.QUESTION: asking.question_letter,
    Letter.ANSWER: asking.answer_letter,
    Letter.DROP: ready.drop_letter,
    Letter.WEEKLY: weekly.weekly_letter,
    Letter.DOORS_OPEN: gates.open_letter,
    Letter.LATE: lateness.late_letter,
    Letter.SHIFTED: lateness.shifted_letter,
    Letter.HOURS: hours.hours_letter,
    Letter.DIGEST: digests.digest_letter,
    Letter.HELD: reminders.held_letter,
    Letter.MISSED: notices.missed_letter,
    Letter.INVITE_ME: notices.invite_me_letter,
    Letter.FAILED: outcomes.failed_letter,
    Letter.DID_IT_ARRIVE: outcomes.did_it_arrive_letter,
    Letter.WELCOME: notices.welcome_letter,
    Letter.SELFTEST: notices.selftest_letter,
    Letter.OFFER: offers.offer_letter,
    Letter.FILLED: offers.filled_letter,
    Letter.UNFILLED: offers.unfilled_letter,
    Letter.BOSS: offers.boss_letter,
    Letter.HANDOVER: deputy.handover_letter,
    Letter.RENTAL: rentals.rental_letter,
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
    said = said and deputy.ask_word(book, delivery, said, now)
    said = said and notices.mark_late(book, delivery, said, now)
    return outcomes.as_repeat(said) if said is not None and delivery.repeat else said


rehearsal.STAGE.cues, rehearsal.STAGE.write = CUES, write
