"""The times and dates that somebody gave beside those of the day, as cards print them."""

from collections.abc import Mapping

from checklists.anchors import DATES, known
from checklists.gig import Gig
from checklists.walls import Wall
from handlers.cards.prose import moment, wall_of

MORE_WORDS: Mapping[str, str] = {
    "flight_dep": "flight",
    "line_check": "line check",
    "downbeat": "downbeat",
    "session_end": "session end",
    "depart": "departure",
    "announce": "announced",
    "on_sale": "on sale",
}
"""What cards call them, in their order."""


def more_of(gig: Gig, name: str) -> str:
    """`15:30 WEST` or `Sat 10 Oct 10:00 WEST`; "not known" for one that nobody gave."""
    if name not in gig.more:
        return "not known"
    if name in DATES:
        return moment(known(gig)[name], gig.zone)
    return wall_of(gig, Wall.decode(gig.more[name]))


def more_line(gig: Gig) -> str:
    """`line check 15:30 WEST · on sale Sat 10 Oct 10:00 WEST`, or nothing."""
    return " · ".join(f"{words} {more_of(gig, name)}" for name, words in MORE_WORDS.items() if name in gig.more)
