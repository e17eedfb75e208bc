"""Calling off waits for a word: who had said yes must have seen that he is not needed.

A man who was never told stands at the dock. Sources: domain of the trade (a withdrawal needs acknowledgement, or
somebody keeps asking and tells the tour manager).
"""

import re
from datetime import datetime, timedelta

from checklists.crew import YES, Call, CallState
from checklists.walls import after_quiet

ASK_AFTER = timedelta(hours=1)
TELL_AFTER = timedelta(hours=2)
LEAST = timedelta(minutes=10)
WAKES_WITHIN = timedelta(hours=6)
"""So near to the call that was called off, nobody's night is kept: he may be on his way."""


def is_awaited(call: Call) -> bool:
    """True for a call that was called off after a yes; until `seen_at` he may not know."""
    return call.state is CallState.CALLED_OFF and call.told_state in YES


def is_unseen(call: Call) -> bool:
    return is_awaited(call) and call.seen_at is None


def ask_at(call: Call, now: datetime, zone: str) -> datetime:
    """When he is asked whether he has seen it (UTC): an hour on, sooner when the call was near, awake in his zone."""
    at = now + _within(call, now, ASK_AFTER, 4)
    return at if _wakes(call, at) else after_quiet(at, zone)


def tell_at(call: Call, asked: datetime, zone: str) -> datetime:
    """When the tour manager (in `zone`) hears who has not answered that question (UTC)."""
    at = asked + _within(call, asked, TELL_AFTER, 3)
    return at if _wakes(call, at) else after_quiet(at, zone)


def _within(call: Call, now: datetime, most: timedelta, parts: int) -> timedelta:
    """The wait, or that part of the time left when it is shorter."""
    return min(most, max(LEAST, (call.at - now) / parts))


def _wakes(call: Call, at: datetime) -> bool:
    return call.at - at <= WAKES_WITHIN


SEEN = re.compile(
    r"(?<!\w)(?:ok(?:ay|ie)?|k|kk|seen|noted|got it|gotcha|copy|roger|understood|thanks|thank you|thx|cheers|ta|"
    r"no (?:worries|problem|probs)|np|fair enough|all good|ack|10-4|received|shame|pity|"
    r"verstanden|alles klar|danke|merci|compris|vale|"
    r"entendido|gracias|capito|ricevuto|grazie|begrepen|bedankt|forstatt|obrigado|entendi)(?!\w)|"
    r"👍|👌|✅|🫡|👀|收到|了解"
)
REFUSES = re.compile(r"\?|(?<!\w)(?:no(?! worries| prob)|not|why|what|but|still coming|on my way|already)(?!\w)")


def acknowledges(text: str) -> bool:
    """True for words that say no more than "I have seen it"; any doubt or question is left to people."""
    plain = text.casefold().replace("’", "'")
    return SEEN.search(plain) is not None and REFUSES.search(plain) is None
