"""Tours: their channel, their manager, and who holds which role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from checklists.crew import Holder, Role
from storage.news import News
from storage.pen import Either, Pen, by_id, by_ids, here
from storage.schema import HolderRow, TourRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class Tour:
    """One tour. `channel` and `lead` (the tour manager) are "" until it is bound.

    Not `reachable`: Slack does not let us into the channel, so that its deliveries wait. `days_off` are ISO dates.
    """

    id: int
    name: str
    channel: str
    lead: str
    reachable: bool
    made_at: datetime
    days_off: tuple[str, ...] = ()


TOURS, HOLDERS = table(TourRow), table(HolderRow)
FIND = select(*columns_of(TourRow, Tour))
GET = FIND.where(by_id(TOURS))
MANY = FIND.where(by_ids(TOURS))
OF_CHANNEL = FIND.where(here(TOURS, TOURS.c.channel == bindparam("channel_id"), TOURS.c.channel != ""))
ALL = FIND.where(here(TOURS)).order_by(TOURS.c.id)
OPEN = insert(TOURS).returning(TOURS.c.id)
CHANGE = update(TOURS).where(by_id(TOURS))
HELD = (
    select(HOLDERS.c.person, HOLDERS.c.role)
    .where(here(HOLDERS, HOLDERS.c.tour_id == bindparam("of_tour")))
    .order_by(HOLDERS.c.id)
)
HELD_BY = select(HOLDERS.c.role).where(
    here(HOLDERS, HOLDERS.c.tour_id == bindparam("of_tour"), HOLDERS.c.person == bindparam("who"))
)
GIVE = Either(lambda insert_into: insert_into(HOLDERS).on_conflict_do_nothing())
TAKE_AWAY = delete(HOLDERS).where(
    here(HOLDERS, HOLDERS.c.tour_id == bindparam("of_tour"), HOLDERS.c.role == bindparam("as_role"))
)


class Tours:
    """The tours of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._read: dict[int, Tour] = {}

    def open(self, name: str, channel: str, lead: str, now: datetime) -> Tour:
        """A new tour; `channel` and `lead` may be "" until it is bound."""
        made = self._pen.add(OPEN, name=name, channel=channel, lead=lead, reachable=True, made_at=now)
        return self.get(made)

    def get(self, tour_id: int) -> Tour:
        """The tour; raises LookupError when this workspace has none with that id."""
        found = self.find(tour_id)
        if found is None:
            raise LookupError(f"tour {tour_id}")
        return found

    def find(self, tour_id: int) -> Tour | None:
        """The tour, or None."""
        if tour_id in self._read:
            return self._read[tour_id]
        return self._kept(self._pen.row(GET, the_id=tour_id))

    def load(self, ids: Iterable[int]) -> list[Tour]:
        """Reads these tours at once, for `get` and `find`; gives them."""
        return [tour for row in self._pen.rows(MANY, ids=list(ids)) if (tour := self._kept(row))]

    def _kept(self, row: Any) -> Tour | None:
        """The tour of a row; each is read once in a transaction."""
        if row is None:
            return None
        tour = Tour(*row)
        self._read[tour.id] = tour
        return tour

    def of_channel(self, channel: str) -> Tour | None:
        """The tour that lives in this channel."""
        return self._kept(self._pen.row(OF_CHANNEL, channel_id=channel))

    def named(self, name: str) -> Tour | None:
        """The tour of this name, in any case; the newest when there are several."""
        wanted = name.strip().casefold()
        return next((tour for tour in reversed(self.all()) if tour.name.strip().casefold() == wanted), None)

    def all(self) -> list[Tour]:
        """Every tour, oldest first."""
        return [Tour(*row) for row in self._pen.rows(ALL)]

    def bind(self, tour_id: int, channel: str, lead: str) -> None:
        """Gives the tour its channel and its manager; its deliveries can go out from now on."""
        self._read.pop(tour_id, None)
        changed = self._pen.change(CHANGE, the_id=tour_id, channel=channel, lead=lead, reachable=True)
        self._pen.tell(News.OUTBOX, changed)

    def set_reachable(self, tour_id: int, reachable: bool) -> None:
        """Notes whether Slack lets us into the channel."""
        self._read.pop(tour_id, None)
        self._pen.tell(News.OUTBOX, self._pen.change(CHANGE, the_id=tour_id, reachable=reachable))

    def set_days_off(self, tour_id: int, days: Iterable[date]) -> None:
        """The days on which nobody of the tour is written to but for what cannot wait."""
        self._read.pop(tour_id, None)
        self._pen.change(CHANGE, the_id=tour_id, days_off=tuple(day.isoformat() for day in sorted(set(days))))

    def holders(self, tour_id: int) -> list[Holder]:
        """Who holds which role, oldest first."""
        return [Holder(person, role.value) for person, role in self._pen.rows(HELD, of_tour=tour_id)]

    def give_role(self, tour_id: int, person: str, role: Role, now: datetime) -> None:
        """Gives a role; giving it again changes nothing."""
        self._pen.add_each(GIVE, [{"tour_id": tour_id, "person": person, "role": role, "made_at": now}])

    def take_away(self, tour_id: int, role: Role) -> int:
        """Nobody on the tour holds this role any more; gives how many did."""
        return self._pen.change(TAKE_AWAY, of_tour=tour_id, as_role=role)

    def roles_of(self, tour_id: int, person: str) -> set[str]:
        """The roles that this person holds on the tour."""
        return {role.value for (role,) in self._pen.rows(HELD_BY, of_tour=tour_id, who=person)}
