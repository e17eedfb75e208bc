"""Words in a gig's thread or written to the bot, and signs put on a message: who takes them.

The first that knows them has them; whatever is left may be an answer to a call, a question, or both.
"""

from collections.abc import Callable, Sequence

from handlers import answers, asking, counting, filing, offers, seen, why
from handlers.asked import Asked, Reply
from storage.book import Book

TAKES: Sequence[Callable[[Book, Asked], Reply | None]] = (
    filing.named,
    why.said,
    seen.said,
    offers.worded,
    counting.counted,
)


def replied(book: Book, asked: Asked) -> Reply:
    """Words: what they answer, and what they ask."""
    for take in TAKES:
        reply = take(book, asked)
        if reply is not None:
            return reply
    answered = answers.replied(book, asked)
    questioned = asking.questioned(book, asked)
    if not answered.text and not questioned.text:
        return filing.offered(book, asked)
    if not answered.text or not questioned.text:
        return answered if answered.text else questioned
    return Reply(f"{answered.text}\n\n{questioned.text}", answered.blocks)


def reacted(book: Book, asked: Asked) -> Reply:
    """A sign on a message."""
    reply = seen.reacted(book, asked)
    return answers.reacted(book, asked) if reply is None else reply
