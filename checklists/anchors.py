"""The times and dates that a show day has not by itself: line check, departure, downbeat, announce, on-sale ..."""

from collections.abc import Mapping
from datetime import date, datetime, time

from checklists.dues import ANCHOR_WORDS, DATED
from checklists.gig import Gig
from checklists.walls import Wall, at_clock

DATES = DATED & frozenset(ANCHOR_WORDS)
"""Those that are dates of their own; the others are wall times of the show day."""
USUAL_HOUR = time(10, 0)
"""When something is announced or goes on sale on a date given without an hour (venue time)."""


def known(gig: Gig) -> Mapping[str, datetime]:
    """The UTC instants of those anchors that somebody gave for this gig; they move with its date, but for dates."""
    return {name: _instant(gig, name, kept) for name, kept in gig.more.items() if name in ANCHOR_WORDS}


def _instant(gig: Gig, name: str, kept: str) -> datetime:
    if name not in DATES:
        return gig.when(Wall.decode(kept))
    day, _, clock = kept.partition("@")
    return at_clock(date.fromisoformat(day), time.fromisoformat(clock) if clock else USUAL_HOUR, gig.zone)


def dated(day: date, clock: time | None = None) -> str:
    """A date anchor as a gig keeps it: `2026-10-10` or `2026-10-10@09:00`."""
    return day.isoformat() + (f"@{clock:%H:%M}" if clock else "")
