"""What became of our own messages: those that failed, those that nobody can tell, and who is told."""

from datetime import datetime

from checklists.access import Deed, may
from checklists.errors import Refusal
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.cards.blocks import Button, Card, card
from handlers.cards.ids import Action, number
from handlers.cards.prose import say
from storage.book import Book
from storage.outbox import Delivery, DeliveryState, Room

UNTOLD = (Letter.REACTION, Letter.DID_IT_ARRIVE, Letter.SELFTEST)
NOT_THERE = "it was taken away in Slack"


def undeliverable(book: Book, delivery: Delivery, error: str, now: datetime) -> None:
    """A message failed for good: the tour manager is told once, by another way than the one that failed.

    By DM; where it is his DM that fails, in the tour's channel.
    """
    if delivery.tour_id is None or delivery.letter in UNTOLD or delivery.of_id:
        return
    tour = book.tours.get(delivery.tour_id)
    his_own = delivery.room is Room.DM and delivery.person == tour.lead
    if not tour.lead or (delivery.letter is Letter.FAILED and not his_own):
        return
    what = delivery.subject["what"] if delivery.letter is Letter.FAILED else delivery.letter.value
    book.outbox.say(
        Letter.FAILED,
        Room.CHANNEL if his_own else Room.DM,
        f"failed:{delivery.id}",
        now,
        tour_id=tour.id,
        gig_id=delivery.gig_id,
        person="" if his_own else tour.lead,
        subject={"what": what, "error": error[:200], "to": delivery.person},
    )


def gone(book: Book, delivery: Delivery, now: datetime) -> None:
    """A message that was in Slack is not there any more."""
    undeliverable(book, delivery, NOT_THERE, now)


def failed_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    gig = book.gigs.get(letter.gig_id) if letter.gig_id else None
    to = book.people.get(letter.subject["to"]).name if letter.subject.get("to") else ""
    return card(say("failed", what=_named(letter.subject["what"]), gig=gig, error=letter.subject["error"], to=to))


def ask_arrived(book: Book, delivery: Delivery, now: datetime) -> bool:
    """Nobody can tell whether a message arrived: the tour manager is asked. False when there is none to ask."""
    tour = book.tours.find(delivery.tour_id or 0)
    if tour is None or not tour.lead or delivery.letter in UNTOLD:
        return False
    key, subject = _question_key(delivery), {"delivery": delivery.id}
    to = tour.lead
    book.outbox.say(
        Letter.DID_IT_ARRIVE, Room.DM, key, now, tour_id=tour.id, gig_id=delivery.gig_id, person=to, subject=subject
    )
    return True


def did_it_arrive_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    asked = book.outbox.get(int(letter.subject["delivery"]))
    if asked is None:
        return None
    gig = book.gigs.get(asked.gig_id) if asked.gig_id else None
    to = book.people.get(asked.person).name if asked.person else ""
    is_open = asked.state is DeliveryState.ASKED
    if letter.of_id is None and not is_open:
        return None
    words = say("did_it_arrive", what=_named(asked.letter), gig=gig, to=to, is_open=is_open, state=asked.state.value)
    buttons = [
        Button("It arrived", Action.IT_ARRIVED, str(asked.id)),
        Button("Send again", Action.SEND_AGAIN, str(asked.id), sure="It may then be there twice."),
    ]
    return card(words, buttons if is_open else [])


def it_arrived(book: Book, asked: Asked) -> Reply:
    """The button It arrived."""
    delivery = _open_question(book, asked)
    book.outbox.sent(delivery.id, delivery.ts, asked.now)
    settled(book, delivery, asked.now)
    return Reply("Thank you: it counts as arrived.")


def send_again(book: Book, asked: Asked) -> Reply:
    """The button Send again: the copy says that it may be the second."""
    delivery = _open_question(book, asked)
    book.looks.missing(delivery, asked.now, repeat=True)
    settled(book, delivery, asked.now)
    return Reply("It goes out again now, marked as a possible repeat.")


def settled(book: Book, delivery: Delivery, now: datetime) -> None:
    """It is known now: whoever was asked sees that, and a test message tells its result."""
    if delivery.letter is Letter.SELFTEST:
        book.outbox.refresh(delivery.id, now)
    question = book.outbox.by_key(_question_key(delivery))
    if question is not None:
        book.outbox.refresh(question.id, now)


def as_repeat(said: Card) -> Card:
    """The same card, which says that it may be the second copy."""
    note = say("repeat")
    block = {"type": "context", "elements": [{"type": "mrkdwn", "text": note, "verbatim": True}]}
    return Card(f"{note}\n{said.text}", (block, *said.blocks))


def _open_question(book: Book, asked: Asked) -> Delivery:
    delivery = book.outbox.get(number(asked.value))
    roles = book.tours.roles_of(delivery.tour_id, asked.who) if delivery and delivery.tour_id else frozenset()
    if delivery is None or not may(Deed.CHANGE, roles, book.people.get(asked.who)):
        raise Refusal("Only the tour manager can say whether that message arrived. Nothing was changed.")
    if delivery.state is not DeliveryState.ASKED:
        raise Refusal("That is settled already: nothing was changed.")
    return delivery


def _question_key(delivery: Delivery) -> str:
    return f"arrived:{delivery.id}:{delivery.tries}"


def _named(letter: str) -> str:
    return letter.replace("_", " ")
