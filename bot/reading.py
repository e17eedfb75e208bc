"""`python -m bot read TEXT`: how a reply is read, and by which rule."""

from collections.abc import Callable

from checklists.errors import Refusal
from checklists.replies import Reading, read, why


def read_out(text: str, say: Callable[[str], None]) -> None:
    """Says what a reply means and which rule decided, a line each.

    Raises Refusal when there is nothing to read.
    """
    if not text.strip():
        raise Refusal('There is nothing to read. Type what somebody wrote: python -m bot read "in but 20 late"')
    reading = read(text)
    say(_meant(reading))
    say(f"rule: {reading.rule} ({why(reading)})")
    if reading.asks:
        say("A question came with it: the tour manager is shown it.")


def _meant(reading: Reading) -> str:
    """`late, 20 minutes`, `maybe, 15:00`."""
    said = [str(reading.meaning)]
    if reading.minutes is not None:
        said.append(f"{reading.minutes} minutes")
    if reading.clock is not None:
        said.append(f"{reading.clock:%H:%M}")
    return ", ".join(said)
