"""Equipment: what the rider asks for, who supplies it, and what is missing.

A line is filled by things of its own name first, then by its substitutes: carried, the house's, the promoter's, rented.
No thing counts for two lines. Must-have lines are served first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.rentals import Rental
from checklists.sharing import Pile, share_out
from checklists.stock import Carried, named

RIDER = "rider"
"""Who accepted a substitute that the rider itself names."""


class Source(StrEnum):
    """Where a thing comes from (the field's `source`), the nearest first."""

    CARRIED = "carried"
    HOUSE = "house"
    PROMOTER = "promoter"
    RENTAL = "rental"


class GapState(StrEnum):
    """How a line of the rider is supplied, the worst first."""

    MISSING = "missing"
    RENT = "rent"
    EQUIVALENT = "equivalent"
    HAVE = "have"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a tour's rider: so many, must-have or nice to have, and what may stand for it."""

    id: int
    name: str
    count: int
    must: bool = True
    subs: tuple[str, ...] = ()
    by: str = ""

    @property
    def key(self) -> str:
        return named(self.name)

    def names_sub(self, key: str) -> bool:
        """True for a substitute that the rider itself accepts."""
        return key in {named(sub) for sub in self.subs}


@dataclass(frozen=True, slots=True)
class Held:
    """So many of a thing that the house holds, or the promoter provides; 0: he has none.

    `stands_for`: the line, as compared, for which he offers it. `by` said so at `at` (UTC).
    """

    name: str
    count: int
    stands_for: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        return named(self.name)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody took `sub` in place of `line` on a gig; both as compared."""

    line: str
    sub: str
    by: str


@dataclass(frozen=True, slots=True)
class Part:
    """What fills a line, in part or whole. `accepted_by`: who took it for the line; "" while nobody has.

    A thing of the line's own name needs nobody's word.
    """

    source: Source
    name: str
    count: int
    is_sub: bool = False
    accepted_by: str = ""
    rental: Rental | None = None
    at: datetime | None = None

    @property
    def is_accepted(self) -> bool:
        return not self.is_sub or bool(self.accepted_by)

    @property
    def is_sure(self) -> bool:
        """True for what can be counted on: accepted, and confirmed by whoever supplies it."""
        return self.is_accepted and (self.rental is None or self.rental.is_firm)


@dataclass(frozen=True, slots=True)
class Gap:
    """A line of the rider on one gig: what fills it, by source, and how many are missing.

    `is_house_asked` is False while nobody has said whether the house has it: unknown is not no. `elsewhere`: the gigs
    that keep the carried ones away, `in_repair`: how many of those are under repair.
    """

    line: Line
    parts: tuple[Part, ...] = ()
    is_house_asked: bool = False
    elsewhere: tuple[str, ...] = ()
    is_open: bool = False
    in_repair: int = 0

    @property
    def have(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def missing(self) -> int:
        return max(self.line.count - self.have, 0)

    @property
    def state(self) -> GapState:
        if self.missing:
            return GapState.MISSING
        if any(part.rental for part in self.parts):
            return GapState.RENT
        return GapState.EQUIVALENT if any(part.is_sub for part in self.parts) else GapState.HAVE

    @property
    def is_sourced(self) -> bool:
        """True when all of it is accepted, and confirmed by whoever supplies it."""
        return not self.missing and all(part.is_sure for part in self.parts)

    @property
    def by_source(self) -> dict[Source, int]:
        """How many come from where."""
        found: dict[Source, int] = {}
        for part in self.parts:
            found[part.source] = found.get(part.source, 0) + part.count
        return found


def is_sourced(gaps: Iterable[Gap]) -> bool | None:
    """True when every must-have line is; None for a rider without one: then facts decide nothing."""
    musts = [gap.is_sourced for gap in gaps if gap.line.must]
    return all(musts) if musts else None


def gaps(
    lines: Sequence[Line],
    carried: Sequence[Carried] = (),
    house: Sequence[Held] = (),
    promoter: Sequence[Held] = (),
    rentals: Sequence[Rental] = (),
    accepted: Sequence[Accepted] = (),
) -> list[Gap]:
    """Every line of the rider with what fills it on one gig, the worst first."""
    taken = {(each.line, each.sub): each.by for each in accepted}
    supplies = _supplies(carried, house, promoter, [each for each in rentals if each.counts])
    found = {}
    left = [Pile(supply.count) for supply in supplies]
    for must in (True, False):
        some = [line for line in lines if line.must is must]
        wants = [(line.count, *_choices(line, supplies, taken)) for line in some]
        for line, shares in zip(some, share_out(wants, left), strict=True):
            parts = [_part(line, supplies[n], count, taken) for n, count in sorted(shares.items())]
            found[line.id, line.key] = _gap(line, parts, carried, house)
    return sorted(found.values(), key=_worst_first)


@dataclass(frozen=True, slots=True)
class _Supply:
    source: Source
    name: str
    key: str
    count: int
    line: str = ""
    rental: Rental | None = None
    at: datetime | None = None


def _supplies(
    carried: Iterable[Carried], house: Iterable[Held], promoter: Iterable[Held], rentals: Iterable[Rental]
) -> list[_Supply]:
    return [
        *(_Supply(Source.CARRIED, each.stock.name, each.stock.key, each.count) for each in carried),
        *(_Supply(Source.HOUSE, one.name, one.key, one.count, one.stands_for, at=one.at) for one in house),
        *(_Supply(Source.PROMOTER, one.name, one.key, one.count, one.stands_for, at=one.at) for one in promoter),
        *(_Supply(Source.RENTAL, r.name, named(r.name), r.count, r.line, rental=r) for r in rentals),
    ]


def _choices(
    line: Line, supplies: Sequence[_Supply], taken: Mapping[tuple[str, str], str]
) -> tuple[list[int], list[int]]:
    """Which supplies are of the line's own name, and which may stand for it: those accepted first."""
    key = line.key
    mine = [n for n, each in enumerate(supplies) if not each.rental or each.line == key]
    own = [n for n in mine if supplies[n].key == key]
    others = [n for n in mine if supplies[n].key != key]
    subs = [n for n in others if supplies[n].line == key or _by(line, supplies[n].key, taken)]
    return own, sorted(subs, key=lambda n: not _by(line, supplies[n].key, taken))


def _by(line: Line, sub: str, taken: Mapping[tuple[str, str], str]) -> str:
    """Who accepted that substitute for the line; "" when nobody has."""
    return taken.get((line.key, sub)) or (RIDER if line.names_sub(sub) else "")


def _part(line: Line, supply: _Supply, count: int, taken: Mapping[tuple[str, str], str]) -> Part:
    is_sub = supply.key != line.key
    by = _by(line, supply.key, taken) if is_sub else ""
    return Part(supply.source, supply.name, count, is_sub, by, supply.rental, supply.at)


def _gap(line: Line, parts: Sequence[Part], carried: Iterable[Carried], house: Iterable[Held]) -> Gap:
    fits = [each for each in carried if each.stock.key == line.key or line.names_sub(each.stock.key)]
    short = sum(part.count for part in parts) < line.count
    asked = any(one.key == line.key or one.stands_for == line.key or line.names_sub(one.key) for one in house)
    return Gap(
        line,
        tuple(parts),
        asked,
        tuple(dict.fromkeys(title for each in fits if short for title in each.elsewhere)),
        short and any(each.is_open for each in fits),
        sum(each.stock.in_repair for each in fits) if short else 0,
    )


def _worst_first(gap: Gap) -> tuple[bool, bool, int, str]:
    return gap.is_sourced, not gap.line.must, list(GapState).index(gap.state), gap.line.key
