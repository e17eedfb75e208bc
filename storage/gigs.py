"""Gigs: opened, moved, judged.

On an engine with many writers, `get` and `by_number` take hold of the gig until the transaction ends:
whoever changes what hangs on it waits for the one before, and reads what he wrote.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from checklists.gig import GOES_ON, JUDGED, Anchor, CurfewKind, Gig, GigKind, GigState, Profile, ShowType, wall_of
from checklists.routing import Identity, identity
from checklists.venue import typed_like
from checklists.walls import Wall
from storage.among import among
from storage.pen import Pen, by_id, by_ids, here, one_of
from storage.schema import GigRow, WorkspaceRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class NewGig:
    """A gig as it is opened."""

    name: str
    venue: str
    city: str
    country: str
    zone: str
    lat: float
    lon: float
    date: date
    state: GigState = GigState.CONFIRMED
    kind: GigKind = GigKind.SHOW
    given: Mapping[Anchor, Wall] = field(default_factory=dict)
    curfew_kind: CurfewKind = CurfewKind.SOFT
    capacity: int | None = None
    show_type: ShowType | None = None


GIGS, WORKSPACES = table(GigRow), table(WorkspaceRow)
FIND = select(*columns_of(GigRow, Gig))
GET = FIND.where(by_id(GIGS))
BY_NUMBER = FIND.where(here(GIGS, GIGS.c.number == bindparam("n")))
HOLD = GET.with_for_update(key_share=True)
MANY = FIND.where(by_ids(GIGS))
HOLD_NUMBER = BY_NUMBER.with_for_update(key_share=True)
OF_TOUR = FIND.where(here(GIGS, GIGS.c.tour_id == bindparam("of_tour"))).order_by(GIGS.c.date, GIGS.c.number)
NAMED = OF_TOUR.where(func.replace(GIGS.c.searched, bindparam("begins"), "") != GIGS.c.searched)
OF_TOUR_IN = OF_TOUR.where(among(GIGS.c.state, "states"))
AHEAD = OF_TOUR.where(one_of(GIGS.c.state, sorted(JUDGED))).limit(bindparam("most")).offset(bindparam("after"))
NUMBERED = FIND.where(here(GIGS, GIGS.c.number > bindparam("after"), GIGS.c.number <= bindparam("last"))).order_by(
    GIGS.c.number
)
COUNT_ON = (
    update(WORKSPACES)
    .where(WORKSPACES.c.id == bindparam("workspace"))
    .values(gigs_made=WORKSPACES.c.gigs_made + bindparam("more"))
    .returning(WORKSPACES.c.gigs_made)
)
BEFORE = (
    FIND.where(
        here(GIGS, GIGS.c.tour_id == bindparam("of_tour"), GIGS.c.date < bindparam("day")),
        one_of(GIGS.c.state, sorted(GOES_ON)),
    )
    .order_by(GIGS.c.date.desc(), GIGS.c.number.desc())
    .limit(1)
)
OPEN = insert(GIGS)
CHANGE = update(GIGS).where(by_id(GIGS))
CARD = select(GIGS.c.card_channel, GIGS.c.card_ts).where(by_id(GIGS))
UNJUDGED: Mapping[str, Any] = {"verdict": "", "reasons": (), "card_channel": "", "card_ts": ""}


class Gigs:
    """The gigs of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._ahead: dict[int, Gig] = {}

    def load_held(self, ids: Iterable[int]) -> list[Gig]:
        """Reads these gigs at once, for `get`. In a writing transaction they must be held already."""
        self._ahead |= {row.id: Gig(*row) for row in self._pen.rows(MANY, ids=list(ids))}
        return list(self._ahead.values())

    def open(self, tour_id: int, new: NewGig, now: datetime) -> Gig:
        """A new gig, with the next number of the workspace."""
        return self.open_many(tour_id, [new], now)[0]

    def open_many(self, tour_id: int, wanted: Sequence[NewGig], now: datetime) -> list[Gig]:
        """New gigs, numbered in the order given. A number is never used again."""
        if not wanted:
            return []
        last = self._pen.value(COUNT_ON, more=len(wanted))
        first = last - len(wanted) + 1
        common = {"tour_id": tour_id, "made_at": now, "counted_from": now, **UNJUDGED}
        rows = [{**asdict(new), "given": new.given, "searched": _searched(new), **common} for new in wanted]
        self._pen.add_each(OPEN, [{**row, "number": first + n} for n, row in enumerate(rows)])
        return [Gig(*row) for row in self._pen.rows(NUMBERED, after=first - 1, last=last)]

    def get(self, gig_id: int) -> Gig | None:
        """The gig, or None; in a writing transaction nobody else changes it until the end."""
        if gig_id in self._ahead:
            return self._ahead[gig_id]
        return _gig(self._pen.row(HOLD if self._pen.shares else GET, the_id=gig_id))

    def by_number(self, number: int) -> Gig | None:
        """The gig that people call `#number`, or None; held like `get`."""
        return _gig(self._pen.row(HOLD_NUMBER if self._pen.shares else BY_NUMBER, n=number))

    def of_tour(self, tour_id: int, states: Collection[GigState] | None = None) -> list[Gig]:
        """The gigs of a tour by date, those in `states` only when given."""
        if states is None:
            rows = self._pen.rows(OF_TOUR, of_tour=tour_id)
        else:
            rows = self._pen.rows(OF_TOUR_IN, of_tour=tour_id, states=list(states))
        return [Gig(*row) for row in rows]

    def ahead(self, tour_id: int, most: int, after: int = 0) -> list[Gig]:
        """The tour's gigs that are still ahead, by date: at most so many, after so many."""
        return [Gig(*row) for row in self._pen.rows(AHEAD, of_tour=tour_id, most=most, after=after)]

    def named(self, tour_id: int, beginning: str) -> list[Gig]:
        """The tour's gigs, by date, whose city, name or venue begins so, whatever the case and the accents."""
        typed = typed_like(beginning)
        return [Gig(*row) for row in self._pen.rows(NAMED, of_tour=tour_id, begins=f"\n{typed}")] if typed else []

    def identities(self, tour_id: int) -> set[Identity]:
        """What makes each show of the tour the same show, whatever its state."""
        return {identity(gig.date, gig.city, gig.venue) for gig in self.of_tour(tour_id)}

    def card(self, gig_id: int) -> tuple[str, str]:
        """Channel and ts of the gig's card; both "" while it is not posted."""
        found = self._pen.row(CARD, the_id=gig_id)
        return ("", "") if found is None else (found.card_channel, found.card_ts)

    def set_times(self, gig_id: int, given: Mapping[Anchor, Wall], curfew_kind: CurfewKind) -> None:
        """The wall times that were given; the others come from the default day.

        Doors that were called open are shut again by another time for them.
        """
        before = self.get(gig_id)
        stay = before is not None and wall_of(before.given, Anchor.DOORS) == wall_of(given, Anchor.DOORS)
        shut = {} if stay else {"doors_open_at": None}
        self._change(gig_id, given=given, curfew_kind=curfew_kind, **shut)

    def move(self, gig_id: int, day: date, now: datetime) -> None:
        """Another show date: dues count from now, the day sheet is not out any more, the doors are not open."""
        self._change(gig_id, date=day, counted_from=now, sheet_out_at=None, doors_open_at=None)

    def set_state(self, gig_id: int, state: GigState) -> None:
        """The gig's state."""
        self._change(gig_id, state=state)

    def judge(
        self,
        gig_id: int,
        verdict: str,
        reasons: Sequence[str],
        locked_pct: float | None,
        on_time_pct: float | None,
        now: datetime,
    ) -> None:
        """Keeps how ready the gig is; percentages 0-100."""
        kept = {"verdict": str(verdict), "reasons": tuple(reasons), "locked_pct": locked_pct}
        self._change(gig_id, **kept, on_time_pct=on_time_pct, judged_at=now)

    def set_list(
        self, gig_id: int, *, show_type: ShowType | None, profile: Profile, away: bool, headline: bool
    ) -> None:
        """What its list is made by."""
        self._change(gig_id, show_type=show_type, profile=profile, away=away, headline=headline)

    def set_more(self, gig_id: int, more: Mapping[str, str]) -> None:
        """The times and dates that its own day has not, as `checklists.anchors` keeps them."""
        self._change(gig_id, more=dict(more))

    def open_doors(self, gig_id: int, now: datetime | None) -> None:
        """The doors were called open at that instant (UTC); None: they were not."""
        self._change(gig_id, doors_open_at=now)

    def before(self, tour_id: int, day: date) -> Gig | None:
        """The tour's last gig before a date that was not called off."""
        return _gig(self._pen.row(BEFORE, of_tour=tour_id, day=day))

    def sheet_out(self, gig_id: int, now: datetime) -> None:
        """The day sheet is out."""
        self._change(gig_id, sheet_out_at=now)

    def _change(self, gig_id: int, **values: Any) -> None:
        self._ahead.pop(gig_id, None)
        self._pen.change(CHANGE, the_id=gig_id, **values)


def _searched(new: NewGig) -> str:
    return "".join(f"\n{typed_like(part)}" for part in (new.city, new.name, new.venue))


def _gig(row: Any) -> Gig | None:
    return None if row is None else Gig(*row)
