"""People: who somebody is, as far as we were told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from checklists.crew import Person
from storage.among import among
from storage.news import News
from storage.pen import Either, Pen, by_id, here
from storage.schema_said import PersonRow
from storage.tables import columns_of, table

PEOPLE = table(PersonRow)
MOST_TRIES = 5
"""Look-ups of one person, before we stop asking who he is."""

FIND = select(*columns_of(PersonRow, Person))
ONE = FIND.where(by_id(PEOPLE))
MANY = FIND.where(here(PEOPLE, among(PEOPLE.c.id, "ids")))
UNMET = (
    select(PEOPLE.c.id)
    .where(here(PEOPLE, ~PEOPLE.c.is_known, PEOPLE.c.tries < MOST_TRIES))
    .order_by(PEOPLE.c.tries, PEOPLE.c.id)
    .limit(bindparam("most"))
)
MEET = Either(lambda insert_into: insert_into(PEOPLE).on_conflict_do_nothing())
CHANGE = update(PEOPLE).where(by_id(PEOPLE))
MISSED = CHANGE.values(tries=PEOPLE.c.tries + 1)


class People:
    """The people of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._read: dict[str, Person] = {}
        self._strangers: set[str] = set()

    def get(self, person: str) -> Person:
        """Who this is; an unknown one counts as an outsider without name and zone."""
        return self.many([person])[person]

    def many(self, ids: Iterable[str]) -> dict[str, Person]:
        """By id, who these people are; unknown ones like in `get`."""
        wanted = list(dict.fromkeys(ids))
        found = self._found(wanted)
        return {person: found.get(person) or Person(person) for person in wanted}

    def _found(self, wanted: Iterable[str]) -> dict[str, Person]:
        """Those who have a row; each is read once in a transaction."""
        missing = sorted(set(wanted) - self._read.keys() - self._strangers)
        if missing:
            alone = len(missing) == 1
            rows = self._pen.rows(ONE, the_id=missing[0]) if alone else self._pen.rows(MANY, ids=missing)
            self._read.update({row.id: Person(*row) for row in rows})
            self._strangers.update(person for person in missing if person not in self._read)
        return self._read

    def _forget(self, person: str) -> None:
        self._read.pop(person, None)
        self._strangers.discard(person)

    def meet(self, ids: Iterable[str], now: datetime) -> None:
        """Notes people we may not know yet, so that an errand asks who they are."""
        wanted = set(ids) - {""}
        new = sorted(wanted - set(self._found(wanted)))
        self._strangers.difference_update(new)
        self._pen.add_each(MEET, [_row(Person(person), now) for person in new])
        self._pen.tell(News.PEOPLE, new)

    def learn(self, person: Person, now: datetime) -> None:
        """Keeps who somebody is; the DM channel stays when none is given."""
        self._forget(person.id)
        known = {"name": person.name, "zone": person.zone, "is_known": True}
        place = {"dm_channel": person.dm_channel} if person.dm_channel else {}
        self._pen.add_each(MEET, [_row(person, now)])
        self._pen.change(
            CHANGE,
            the_id=person.id,
            **known,
            is_guest=person.is_guest,
            is_outsider=person.is_outsider,
            **place,
        )

    def unmet(self, limit: int) -> list[str]:
        """Ids of people whom nobody has looked up yet, those that failed last; none that failed too often."""
        return [row.id for row in self._pen.rows(UNMET, most=limit)]

    def missed(self, person: str, now: datetime) -> None:
        """A look-up failed."""
        self._pen.change(MISSED, the_id=person, missed_at=now)

    def set_dm(self, person: str, channel: str) -> None:
        """The channel of our conversation with this person."""
        self._forget(person)
        self._pen.add_each(MEET, [_row(Person(person), None)])
        self._pen.change(CHANGE, the_id=person, dm_channel=channel)


def _row(person: Person, now: datetime | None) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "zone": person.zone,
        "is_known": person.is_known,
        "is_guest": person.is_guest,
        "is_outsider": person.is_outsider,
        "dm_channel": person.dm_channel,
        "tries": 0,
        "met_at": now,
        "missed_at": None,
    }
