"""What a tour carries, and which of it is on which gig: one set of cases cannot be in two cities."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from checklists.venue import fold

MOST_OF_A_THING = 999
MOST_LINES = 150
NAME_MOST = 60


@lru_cache(maxsize=4096)
def named(words: str) -> str:
    """A thing's name as compared: no case, accents or punctuation, and one of them; "" for what is no name."""
    bare = fold(words)
    plural = bare.endswith("s") and not bare.endswith("ss") and len(bare.split(" ")[-1]) > 2
    return bare[:-1] if plural else bare


@dataclass(frozen=True, slots=True)
class Stock:
    """What a tour carries: so many in so many cases, of which some are under repair. `cases` 0: nobody has said."""

    id: int
    name: str
    count: int
    cases: int = 0
    in_repair: int = 0

    @property
    def key(self) -> str:
        return named(self.name)

    @property
    def sound(self) -> int:
        """How many are not under repair."""
        return max(self.count - self.in_repair, 0)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another gig of the tour on the same day: how it is called, and what of the stock it was given, by name."""

    title: str
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """What of a thing in stock is on this gig. `elsewhere`: the gigs that have, or want, the rest on that day.

    `is_open`: nobody has said which of these gigs has it, so none can count on it.
    """

    stock: Stock
    count: int
    elsewhere: tuple[str, ...] = ()
    is_open: bool = False


def carried_here(stock: Iterable[Stock], mine: Mapping[str, int], rivals: Sequence[Rival]) -> list[Carried]:
    """What of the tour's stock is on a gig: one set of cases cannot be on two gigs of a day.

    `mine`: what the gig was given, by name. Where nobody has said, a gig has all that no other was given, and nothing
    as long as another might have it too.
    """
    return [_carried(each, mine, rivals) for each in stock]


def _carried(each: Stock, mine: Mapping[str, int], rivals: Sequence[Rival]) -> Carried:
    given = [(rival.title, rival.shares.get(each.key, 0)) for rival in rivals]
    left = max(each.sound - sum(count for _, count in given), 0)
    takers = tuple(title for title, count in given if count)
    if each.key in mine:
        return Carried(each, min(mine[each.key], left), takers)
    unsaid = tuple(rival.title for rival in rivals if each.key not in rival.shares)
    if unsaid and each.sound:
        return Carried(each, 0, unsaid, is_open=True)
    return Carried(each, left, takers)


def cases_here(carried: Iterable[Carried]) -> int:
    """How many cases should be on the gig; 0 when nobody can know: of something only a part is there."""
    found = list(carried)
    if any(0 < each.count < each.stock.sound for each in found):
        return 0
    return sum(each.stock.cases for each in found if each.count)
