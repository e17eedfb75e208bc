"""The ways in which a post goes wrong: all that leave the bot without a clear answer, and a few that do not."""

from collections.abc import Collection

from bot.sandbox.faults import Fault, Trouble

POST = "chat.postMessage"
DEADLINE = 10.0
"""Seconds, before they are scaled: what the bot gives a call."""
LATE_BY = 0.8 * DEADLINE
LONG_AFTER = 2.5 * 15
"""Seconds: later than the look that says "not there"."""

WAYS: dict[str, Fault] = {
    "closed after accept": Fault(POST, Trouble.CUT, accepted=True),
    "reset after accept": Fault(POST, Trouble.RESET, accepted=True),
    "time-out after accept": Fault(POST, Trouble.SILENCE, accepted=True),
    "time-out without accept": Fault(POST, Trouble.SILENCE),
    "500 after accept": Fault(POST, Trouble.SERVER_ERROR, accepted=True),
    "500 without accept": Fault(POST, Trouble.SERVER_ERROR),
    "garbage 200": Fault(POST, Trouble.GARBAGE, accepted=True),
    "cut 200": Fault(POST, Trouble.CUT_SHORT, accepted=True),
    "fatal_error after accept": Fault(POST, Trouble.NAMED_ERROR, accepted=True, error="fatal_error"),
    "429": Fault(POST, Trouble.RATE_LIMITED, retry_after=1),
    "late accept": Fault(POST, Trouble.LATE, seconds=LATE_BY),
}
ODD = {
    "slow bytes": Fault(POST, Trouble.SLOW, accepted=True, seconds=0.05),
    "a giant answer": Fault(POST, Trouble.GIANT, accepted=True),
    "closed without accept": Fault(POST, Trouble.CUT),
    "reset without accept": Fault(POST, Trouble.RESET),
    "accepted long after": Fault(POST, Trouble.LATE, seconds=LONG_AFTER),
}
"""Those that the random weather leaves out."""


def ways(factor: float, only: Collection[str] = ()) -> tuple[Fault, ...]:
    """The ways by name (all but the odd ones), with waits in this measure."""
    chosen = [{**WAYS, **ODD}[name] for name in only] or list(WAYS.values())
    return tuple(_scaled(each, factor) for each in chosen)


def _scaled(way: Fault, factor: float) -> Fault:
    if way.trouble is not Trouble.LATE:
        return way
    return Fault(way.method, way.trouble, seconds=way.seconds * factor)
