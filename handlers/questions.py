"""A question back to whoever asked: kept, put as buttons, and the request goes on with the answer."""

from dataclasses import replace

from checklists.errors import Refusal
from handlers.asked import Asked, Reply
from handlers.cards.blocks import Button, Card, Menu, card
from handlers.cards.ids import Action, number, pack, unpack
from handlers.cards.prose import escape
from handlers.routes import verb_of
from handlers.which import BUTTONS, Question
from storage.book import Book

PENDING = "?"
"""Under this name a question keeps which of the choices it waits for."""
TWICE = Reply("You have answered that already; nothing was done twice.")


def pose(book: Book, asked: Asked, question: Question) -> Reply:
    """Keeps the request and gives the private question: five buttons, the rest in a menu."""
    if question.after and not book.questions.answered(question.after, asked.now):
        return TWICE
    request = question.request or asked
    choices = {**request.choices, PENDING: question.name}
    kept = book.questions.ask(request.who, "", request.text, request.where, choices, asked.now)
    asking = _card(kept, question)
    return Reply(asking.text, asking.blocks, replaces=bool(request.choices))


def _card(kept: int, question: Question) -> Card:
    options = [(label, pack(kept, value)) for label, value in question.options]
    buttons = [Button(label, Action.CHOOSE, value) for label, value in options[:BUTTONS]]
    rest = tuple(options[BUTTONS:])
    return card(escape(question.text), buttons, [Menu("More of them", Action.CHOOSE, rest)] if rest else [])


def choose(book: Book, asked: Asked) -> Reply:
    """A choice was pressed: the kept request goes on, once."""
    kept, value = unpack(asked.value, 2)
    question = book.questions.get(number(kept))
    if question is None or question.person != asked.who or not value:
        raise Refusal("That question is not open any more. Type the command again.")
    if question.answered:
        return TWICE
    again = resumed(asked, question.text, question.channel, question.choices, value)
    _, verb, rest = verb_of(again.text)
    try:
        reply = verb.act(book, replace(again, text=rest))
    except Question as further:
        further.request, further.after = again, question.id
        raise
    book.questions.answered(question.id, asked.now)
    return replace(reply, replaces=True)


def resumed(asked: Asked, text: str, channel: str, choices: dict[str, str], value: str) -> Asked:
    """The kept request with the choice just made."""
    made = {name: chosen for name, chosen in choices.items() if name != PENDING}
    return replace(asked, text=text, where=channel, choices={**made, choices[PENDING]: value})
