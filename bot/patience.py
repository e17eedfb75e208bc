"""How long we wait for Slack and for each other, and how these waits hang together.

Rule: deadline < settle < unknown, and lease > deadline + 5 (all times the same factor). A call that was cut at the
deadline has ended when we look for its message at `settle`; broken, this order posts twice.
"""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `deadline`: a whole call to Slack. `settle`: from the try to the look that may say "not there".
    `unknown`: from the try until a person is asked. `lease`: without a heartbeat a sender counts as stuck.
    `audits`: after these, what was found by looking is looked for again. `early`: how far before its try a
    message may stand in Slack, by clocks that differ."""

    deadline: float = 10.0
    settle: float = 15.0
    unknown: float = 60.0
    lease: float = 16.0
    beat: float = 1.0
    first_look: float = 1.0
    longest_pause: float = 60.0
    audits: tuple[float, ...] = (60.0, 300.0)
    early: float = 120.0

    def scaled(self, factor: float) -> Self:
        """The same in another measure, but for `early`: for tests against a Slack on this machine."""
        kept = {"audits": tuple(each * factor for each in self.audits), "early": self.early}
        scaled = {field.name: getattr(self, field.name) * factor for field in fields(self) if field.name not in kept}
        return type(self)(**{**scaled, **kept})


USUAL = Patience()


def seconds(count: float) -> timedelta:
    """So many seconds."""
    return timedelta(seconds=count)
