"""A readiness that got worse: which reason is new."""

import re
from collections.abc import Collection, Sequence

from checklists.reasons import Reason

PASSING = re.compile(
    r",? in [0-9]+ (?:h|min)\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2} (?=[0-9]{2}:)"
)
"""What the clock alone changes in the words of a reason: the countdown, and the day once it is today."""


def newest(reasons: Sequence[Reason], before: Collection[str]) -> Reason | None:
    """The first reason, worst first, whose words were not told before; else the worst one, None without any."""
    known = {PASSING.sub("", words) for words in before}
    fresh = (reason for reason in reasons if PASSING.sub("", reason.text) not in known)
    return next(fresh, reasons[0] if reasons else None)
