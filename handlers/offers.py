"""Stand-ins answer: the first yes has the place, whoever else was asked hears it once."""

from dataclasses import replace
from datetime import datetime

from checklists.crew import GIVES_ROLE, PARTICULARS, AnsweredBy, Call
from checklists.cues import NEAR_THE_CALL, Cue, CueState, stamp
from checklists.deadlines import answer_by, cover_wall
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.ladder import Offer, OfferState
from checklists.letters import Letter
from checklists.replies import Meaning, read
from checklists.walls import local
from handlers.answering import Given, record, refuse_closed, said
from handlers.asked import Asked, Reply
from handlers.cards import ladder as cards
from handlers.cards.blocks import Card
from handlers.cards.ids import number, pack, unpack
from handlers.cards.picture import Picture
from handlers.cards.prose import escape
from handlers.ladder import chains, climb, offer_key, zone_of
from handlers.upkeep import judge_next_days, keep, picture, tell_called
from handlers.which import pressed_gig
from storage.book import Book
from storage.outbox import Delivery, Room

ASKS = (Letter.ASK, Letter.ASK_AGAIN)
QUESTIONS = (Letter.OFFER, Letter.FILLED)
"""What a stand-in is asked, and told when somebody else has it."""
TOO_LATE = "That place is filled already, thank you. You are not needed, and nothing was changed."


def take(book: Book, asked: Asked) -> Reply:
    """I can: the first to press has the place, as a confirmed call; whoever comes later is thanked."""
    gig = pressed_gig(book, asked)
    offer = _own_offer(book, gig, asked)
    seen = picture(book, gig.id)
    if offer.state is OfferState.TAKEN:
        return Reply(f"You have it already: {offer.position} on #{gig.number} {escape(gig.title)}. See you there.")
    refuse_closed(gig, asked.now)
    hole = chains(book, seen, asked.now).hole_of(offer)
    if hole is None or offer.state not in (OfferState.ASKED, OfferState.REFUSED):
        return Reply(TOO_LATE)
    # Slack's clock told when the place came free: by ours it may still lie ahead.
    asked = replace(asked, now=max(asked.now, hole.since))
    made = _call(book, gig, hole.call, asked)
    book.standins.settle([offer], OfferState.TAKEN, asked.now)
    after = f"{asked.who} {offer.position}"
    book.journal.write(asked.now, asked.who, "stands in", gig_id=gig.id, before=hole.call.person, after=after)
    given = Given(said(Meaning.CONFIRM), AnsweredBy.BUTTON, asked.ts)
    # By our clock, not Slack's: the call was made this instant, and he cannot have answered it before.
    told = record(book, picture(book, gig.id), [made], given, replace(asked, at=None))
    judge_next_days(book, [made.person], gig, asked.now)
    _tell_covered(book, picture(book, gig.id), offer, hole.call, asked)
    _excuse(book, gig, hole.call, asked)
    return Reply(f"It is yours, thank you. {told.text}")


def worded(book: Book, asked: Asked) -> Reply | None:
    """A yes or a no to the bot, by DM, from somebody who was asked to stand in; None for any other words.

    Under the question itself, or anywhere in the conversation while nothing else waits for his answer.
    """
    if not asked.where.startswith("D"):
        return None
    put = book.outbox.by_ts(asked.where, asked.thread)
    mine = book.standins.open_offers(asked.who, asked.now)
    if put is not None:
        mine = [offer for offer in mine if put.subject.get("offer") == offer.id]
    if not mine:
        return _worded_late(book, put or book.outbox.last_said(asked.where, "", asked.ts), asked)
    meaning = _meaning(book, asked)
    if meaning is None:
        return None
    if put is None and (len(mine) > 1 or _waits_elsewhere(book, asked.who)):
        return Reply(
            "Which question is that about? Press the button on it, or answer in its thread. Nothing was changed."
        )
    act = take if meaning is Meaning.CONFIRM else refuse
    return act(book, replace(asked, value=pack(mine[0].gig_id, mine[0].id)))


def _meaning(book: Book, asked: Asked) -> Meaning | None:
    """A yes or a no; None for any other words."""
    zone = book.people.get(asked.who).zone or "UTC"
    meaning = read(asked.text, local(asked.said_at, zone).time()).meaning
    return meaning if meaning in (Meaning.CONFIRM, Meaning.DECLINE) else None


def _worded_late(book: Book, about: Delivery | None, asked: Asked) -> Reply | None:
    """A yes or a no under a question that is settled, or as the next thing that he says after it."""
    offer = book.standins.get(about.subject.get("offer", 0)) if about and about.letter in QUESTIONS else None
    if offer is None or offer.person != asked.who or offer.state not in SETTLED:
        return None
    if (not asked.thread and _waits_elsewhere(book, asked.who)) or (meaning := _meaning(book, asked)) is None:
        return None
    act = take if meaning is Meaning.CONFIRM else refuse
    return act(book, replace(asked, value=pack(offer.gig_id, offer.id)))


def _waits_elsewhere(book: Book, who: str) -> bool:
    """True for somebody who has a call of his own to answer."""
    calls = [call for gig_id in book.crew.gigs_of(who) for call in book.crew.of_gig(gig_id)]
    return any(call.person == who and call.is_unconfirmed for call in calls)


def _own_offer(book: Book, gig: Gig, asked: Asked) -> Offer:
    """The offer of a button; raises Refusal for one that is gone, or was put to somebody else."""
    offer = book.standins.get(number(unpack(asked.value, 2)[1]))
    if offer is None or offer.gig_id != gig.id:
        raise Refusal("That question is of an older version, and not open any more. Nothing was changed.")
    if offer.person != asked.who:
        raise Refusal("That question was put to somebody else. Nothing was changed.")
    return offer


def _call(book: Book, gig: Gig, gone: Call, asked: Asked) -> Call:
    """The call of whoever takes the place, with all that the one before was told."""
    wall = cover_wall(gig, gone, asked.now)
    told = {name: getattr(gone, name) for name in PARTICULARS}
    at = gig.when(wall)
    if role := GIVES_ROLE.get(gone.position):
        book.tours.give_role(gig.tour_id, asked.who, role, asked.now)
    return book.crew.ask(gig.id, asked.who, gone.position, wall, at, asked.now, kind=gone.kind, said=told)


def _excuse(book: Book, gig: Gig, gone: Call, asked: Asked) -> None:
    """Whoever was silent until somebody took his place is not expected any more, nor asked again: he hears it once."""
    if gone.is_silent:
        book.crew.call_off([gone.id], asked.now)
        before = f"{gone.person} {gone.position}"
        book.journal.write(asked.now, "the ladder", "called off", gig_id=gig.id, before=before)
        seen = keep(book, gig.id, asked.now).picture
        his = [call for call in seen.calls if call.id == gone.id]
        tell_called(book, seen, Letter.CALLED_OFF, his, asked.now, f"off:{asked.key}")
        book.outbox.refresh_letters(gig.id, ASKS, asked.now)


def _tell_covered(book: Book, seen: Picture, offer: Offer, gone: Call, asked: Asked) -> None:
    """The thread says who covers, and the tour manager hears it once."""
    gig, now = seen.gig, asked.now
    key = f"{offer.id}:{stamp(now)}"
    thread = {"offer": offer.id, "to": "thread"}
    book.outbox.say(
        Letter.FILLED, Room.THREAD, f"covered:{key}", now, tour_id=gig.tour_id, gig_id=gig.id, subject=thread
    )
    book.outbox.say(
        Letter.FILLED,
        Room.DM,
        f"filled:{key}",
        now,
        tour_id=gig.tour_id,
        gig_id=gig.id,
        person=seen.lead,
        subject={"offer": offer.id, "to": "lead"},
        not_before=now if gone.at - now <= NEAR_THE_CALL else seen.after_quiet(seen.lead, now),
    )


def refuse(book: Book, asked: Asked) -> Reply:
    """I can't: the next in the order is asked."""
    gig = pressed_gig(book, asked)
    offer = _own_offer(book, gig, asked)
    if offer.state is OfferState.TAKEN:
        return Reply("You have taken it. If you can't after all, press *Change my answer*.")
    if offer.state is not OfferState.ASKED:
        return Reply("Thank you for telling. You are not needed, and nothing was changed.")
    book.standins.settle([offer], OfferState.REFUSED, asked.now)
    book.journal.write(asked.now, asked.who, "does not stand in", gig_id=gig.id, after=offer.position)
    climb(book, picture(book, gig.id), asked.now)
    return Reply("Noted, thank you for telling. I ask on.")


def ring_offer(book: Book, cue: Cue, now: datetime) -> CueState:
    """Somebody's time to answer is over: the ladder goes on."""
    climb(book, picture(book, cue.gig_id or 0), now)
    return CueState.GONE


def offer_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The question to a stand-in, and later what became of it; one that is settled before it went out is not put."""
    offer = book.standins.get(letter.subject["offer"])
    if offer is None or (letter.of_id is None and not offer.is_open):
        return None
    seen = picture(book, letter.gig_id or 0)
    now_on = chains(book, seen, now)
    gone = now_on.call_of(offer)
    if gone is None:
        return None
    call = _taken(seen, offer) or gone
    wall = call.wall if call is not gone else cover_wall(seen.gig, gone, offer.asked_at)
    until = answer_by(offer.asked_at, gone, zone_of(book, seen, offer.person))
    return cards.offer(seen, offer, gone, wall, until, is_free=now_on.hole_of(offer) is not None)


def _taken(seen: Picture, offer: Offer) -> Call | None:
    """The call that came of an offer."""
    mine = [call for call in seen.standing if (call.person, call.position) == (offer.person, offer.position)]
    return mine[0] if mine and offer.state is OfferState.TAKEN else None


def filled_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """A place was filled. Whoever was never really asked hears nothing."""
    offer = book.standins.get(letter.subject["offer"])
    if offer is None:
        return None
    seen = picture(book, letter.gig_id or 0)
    gone = next((call for call in seen.calls if call.id == offer.call_id), None)
    to = letter.subject["to"]
    if to == "asked":
        put = book.outbox.by_key(offer_key(offer))
        if gone is None or put is None or put.sent_at is None or offer.state not in SETTLED:
            return None
        return cards.filled(seen, gone, None, to, offer.state)
    taken = _taken(seen, offer)
    return cards.filled(seen, gone, taken, to, offer.state) if gone and taken else None


SETTLED = (OfferState.FILLED, OfferState.LAPSED)


def unfilled_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """The chain is at its end, if the place is still open and nobody is being asked."""
    seen = picture(book, letter.gig_id or 0)
    now_on = chains(book, seen, now)
    hole = next((hole for hole in now_on.holes if hole.call.id == letter.subject["call"]), None)
    if hole is None or (letter.of_id is None and not now_on.next_step(book, hole, now).is_spent):
        return None
    mine = [offer for offer in now_on.offers if hole.is_of(offer) and offer.state is not OfferState.LAPSED]
    refused = sum(offer.state is OfferState.REFUSED for offer in mine)
    return cards.unfilled(seen, hole.call, len(mine), refused)


def boss_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    """Who left two asks unanswered, and has not answered since."""
    seen = picture(book, letter.gig_id or 0)
    calls = [call for call in seen.calls if call.id in letter.subject["calls"] and call.is_silent]
    return cards.boss(seen, calls) if calls else None
