"""What somebody's home tab reads: which tours he holds a role on, how a tour stands, and his own calls. By pages."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, select

from checklists.crew import STANDING, YES, Call, CallState, Position, Role
from checklists.gig import JUDGED, PENCILLED, Gig, GigState
from storage.among import among
from storage.pen import Pen, here, one_of
from storage.schema import CallRow, GigRow, HolderRow, TourRow
from storage.tables import columns_of, table
from storage.tours import Tour

WAITING = (CallState.CALLED, CallState.MAYBE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How a tour stands: its gigs ahead by verdict, and the calls on them that nobody has confirmed."""

    verdicts: Counter[str] = field(default_factory=Counter)
    waiting: int = 0

    @property
    def gigs(self) -> int:
        return self.verdicts.total()


CALLS, GIGS, HOLDERS, TOURS = table(CallRow), table(GigRow), table(HolderRow), table(TourRow)
ON_GIG = (GIGS.c.workspace_id == CALLS.c.workspace_id) & (GIGS.c.id == CALLS.c.gig_id)
AHEAD = one_of(GIGS.c.state, sorted(JUDGED))
WAITS = one_of(CALLS.c.state, sorted(WAITING))
OF_TOUR = here(GIGS, GIGS.c.tour_id == bindparam("of_tour"), AHEAD)
ASKED_FOR = one_of(GIGS.c.state, sorted(JUDGED | PENCILLED))
STANDS = one_of(CALLS.c.state, sorted(STANDING))
OF_PERSON = here(CALLS, CALLS.c.person == bindparam("who"), STANDS, ASKED_FOR)
ROLES = (
    select(HOLDERS.c.role, *columns_of(TourRow, Tour))
    .join(TOURS, (TOURS.c.workspace_id == HOLDERS.c.workspace_id) & (TOURS.c.id == HOLDERS.c.tour_id))
    .where(here(HOLDERS, HOLDERS.c.person == bindparam("who")))
    .order_by(TOURS.c.id)
)
# As a list of gigs: joined, SQLite would look up the calls gig by gig, which takes nine times as long.
GIG_IDS = select(GIGS.c.id).where(OF_TOUR).correlate(None)
UNCONFIRMED = select(func.count()).select_from(CALLS).where(here(CALLS, CALLS.c.gig_id.in_(GIG_IDS), WAITS))
STANDS_SO = (
    select(GIGS.c.verdict, func.count(), UNCONFIRMED.correlate(None).scalar_subquery())
    .where(OF_TOUR)
    .group_by(GIGS.c.verdict)
)
COUNTED = select(CALLS.c.state, func.count()).join(GIGS, ON_GIG).where(OF_PERSON).group_by(CALLS.c.state)
PAIRS = (
    select(*columns_of(CallRow, Call), *columns_of(GigRow, Gig))
    .join(GIGS, ON_GIG)
    .where(OF_PERSON)
    .order_by(CALLS.c.at, CALLS.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)
WAITING_PAIRS = PAIRS.where(WAITS)

NEXT = PAIRS.where(CALLS.c.at > bindparam("now", type_=CALLS.c.at.type))
UNSEEN = (
    select(*columns_of(CallRow, Call), *columns_of(GigRow, Gig))
    .join(GIGS, ON_GIG)
    .where(
        here(CALLS, CALLS.c.person == bindparam("who"), CALLS.c.state == CallState.CALLED_OFF),
        CALLS.c.seen_at.is_(None),
        one_of(CALLS.c.told_state, sorted(YES)),
        one_of(GIGS.c.state, sorted(JUDGED | {GigState.CANCELLED})),
        CALLS.c.at > bindparam("now", type_=CALLS.c.at.type),
    )
    .order_by(CALLS.c.at, CALLS.c.id)
    .limit(bindparam("most"))
)
BOSSES = select(*columns_of(CallRow, Call)).where(
    here(CALLS, among(CALLS.c.gig_id, "gig_ids"), CALLS.c.position == Position.SM, STANDS)
)


class Boards:
    """What the home tabs of one workspace show; reads only."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def roles_of(self, person: str) -> list[tuple[Tour, set[Role]]]:
        """The tours on which this person holds a role, oldest first, with the roles."""
        tours: dict[int, tuple[Tour, set[Role]]] = {}
        for role, *row in self._pen.rows(ROLES, who=person):
            tour = Tour(*row)
            tours.setdefault(tour.id, (tour, set()))[1].add(role)
        return list(tours.values())

    def tally(self, tour_id: int) -> Tally:
        """How the tour stands; a gig that was never judged counts as `grey`."""
        rows = self._pen.rows(STANDS_SO, of_tour=tour_id)
        verdicts: Counter[str] = Counter()
        for verdict, count, _ in rows:
            verdicts[verdict or "grey"] += count
        return Tally(verdicts, rows[0][2] if rows else 0)

    def counted(self, person: str) -> tuple[int, int]:
        """How many standing calls this person has on gigs ahead, and how many of them wait for his answer."""
        by_state = dict(self._pen.rows(COUNTED, who=person))
        return sum(by_state.values()), sum(by_state.get(state, 0) for state in WAITING)

    def calls(self, person: str, most: int, after: int = 0) -> list[tuple[Gig, Call]]:
        """This person's standing calls on gigs ahead, the next first: at most so many, after so many."""
        return [_pair(row) for row in self._pen.rows(PAIRS, who=person, most=most, after=after)]

    def waiting(self, person: str, most: int) -> list[tuple[Gig, Call]]:
        """Those of them that wait for an answer, the next first."""
        return [_pair(row) for row in self._pen.rows(WAITING_PAIRS, who=person, most=most, after=0)]

    def next_call(self, person: str, now: datetime) -> tuple[Gig, Call] | None:
        """This person's next standing call after an instant, with its gig."""
        row = self._pen.row(NEXT, who=person, now=now, most=1, after=0)
        return None if row is None else _pair(row)

    def unseen(self, person: str, now: datetime, most: int) -> list[tuple[Gig, Call]]:
        """Calls ahead that were called off after this person's yes, which he has not seen yet."""
        return [_pair(row) for row in self._pen.rows(UNSEEN, who=person, now=now, most=most)]

    def bosses(self, gig_ids: Collection[int]) -> dict[int, list[Call]]:
        """By gig, the standing calls of its stage managers."""
        found: dict[int, list[Call]] = {gig_id: [] for gig_id in gig_ids}
        for row in self._pen.rows(BOSSES, gig_ids=list(gig_ids)) if gig_ids else ():
            found[row.gig_id].append(Call(*row))
        return found


def _pair(row: tuple[object, ...]) -> tuple[Gig, Call]:
    split = len(Call.__slots__)
    return Gig(*row[split:]), Call(*row[:split])  # type: ignore[arg-type]
