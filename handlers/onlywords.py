"""What is shown of a long list: `lisbon venue`, `lisbon late`, `mine`."""

from collections.abc import Mapping

from checklists.items import Area
from handlers.cards.whole_list import LATE, MINE, WAITING, Only
from handlers.linewords import AREAS

ONLY: Mapping[str, Only] = {
    **{word: Only(word, area) for area in Area for word in {area.words, area.words.split()[0]}},
    **{word: Only(word, AREAS[word]) for word in ("legal", "gear", "promo", "guests", "hotel")},
    **{word: Only(LATE) for word in (LATE, "overdue")},
    **{word: Only(MINE) for word in (MINE, "my")},
    **{word: Only(WAITING) for word in (WAITING, "waits", "questions", "undecided")},
}
LONGEST = 3
"""Words of the longest name."""


def split_only(gig: str) -> tuple[str, Only | None]:
    """A gig's name as typed, and what of its list is asked for behind it or in place of it."""
    words = gig.split()
    for count in range(min(LONGEST, len(words)), 0, -1):
        only = ONLY.get(" ".join(words[-count:]).casefold())
        if only is not None:
            return " ".join(words[:-count]), only
    return gig, None
