"""Houses: what a venue holds, kept with the venue so that it is there for the next gig; and what a tour needs of it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from checklists.gig import Gig
from checklists.house import HouseFact
from checklists.kit import Held
from checklists.venue import fold
from storage.kit import dropping, held_row, of, putting
from storage.pen import Pen, here
from storage.schema_kit import HouseFactRow, HouseKitRow, HouseNeedRow, HouseRow
from storage.tables import columns_of, table

HOUSES, KIT = table(HouseRow), table(HouseKitRow)
FACTS, NEEDS = table(HouseFactRow), table(HouseNeedRow)
FIND = select(HOUSES.c.id).where(here(HOUSES, HOUSES.c.key == bindparam("named")))
OPEN = putting(HOUSES, ("key",), ("venue", "city"))
KIT_OF = of("house_id", KIT, select(*columns_of(HouseKitRow, Held)))
FACTS_OF = of("house_id", FACTS, select(*columns_of(HouseFactRow, HouseFact)))
NEEDS_OF = of("tour_id", NEEDS, select(NEEDS.c.key, NEEDS.c.text))
HOLD = putting(KIT, ("house_id", "key"), ("name", "count", "stands_for", "by", "at"))
KEEP = putting(FACTS, ("house_id", "key"), ("text", "by", "at"))
NEED = putting(NEEDS, ("tour_id", "key"), ("text",))
DROP_KIT, DROP_FACT = dropping("house_id", KIT), dropping("house_id", FACTS)
DROP_NEED = dropping("tour_id", NEEDS)


def house_key(gig: Gig) -> str:
    """Venue, city and country as compared; "" while the venue is not known."""
    return f"{fold(gig.venue)}\n{fold(gig.city)}\n{gig.country}" if fold(gig.venue) else ""


class Houses:
    """The houses of one workspace, and what its tours need of them."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def find(self, gig: Gig) -> int | None:
        """The house of a gig; None while nothing is kept of it."""
        found: int | None = self._pen.value(FIND, named=house_key(gig))
        return found

    def open(self, gig: Gig) -> int:
        """The house of a gig, which must have a venue; kept from now on."""
        kept = {"key": house_key(gig), "venue": gig.venue, "city": gig.city, "country": gig.country}
        self._pen.add_each(OPEN, [kept])
        made: int = self._pen.value(FIND, named=kept["key"])
        return made

    def kit(self, house_id: int | None) -> list[Held]:
        """What equipment a house holds."""
        return [] if house_id is None else [Held(*row) for row in self._pen.rows(KIT_OF, owner=house_id)]

    def hold(self, house_id: int, held: Held) -> None:
        """The house holds it; what was said of that name gives way."""
        self._pen.add_each(HOLD, [{"house_id": house_id, **held_row(held)}])

    def drop_kit(self, house_id: int, key: str) -> bool:
        """Nobody has said whether the house holds it; False when nobody had."""
        return bool(self._pen.change(DROP_KIT, owner=house_id, named=key))

    def facts(self, house_id: int | None) -> dict[str, HouseFact]:
        """What is known of a house, by key."""
        found = [] if house_id is None else self._pen.rows(FACTS_OF, owner=house_id)
        return {row.key: HouseFact(*row) for row in found}

    def keep(self, house_id: int, key: str, text: str, by: str, now: datetime) -> None:
        """A fact of a house; what was said of it gives way."""
        self._pen.add_each(KEEP, [{"house_id": house_id, "key": key, "text": text, "by": by, "at": now}])

    def forget(self, house_id: int, key: str) -> bool:
        """The fact is not known any more; False when it was not."""
        return bool(self._pen.change(DROP_FACT, owner=house_id, named=key))

    def needs(self, tour_id: int) -> dict[str, str]:
        """What a tour needs of every house, by key."""
        return {row.key: row.text for row in self._pen.rows(NEEDS_OF, owner=tour_id)}

    def need(self, tour_id: int, key: str, text: str) -> None:
        """The tour needs that of every house."""
        self._pen.add_each(NEED, [{"tour_id": tour_id, "key": key, "text": text}])

    def drop_need(self, tour_id: int, key: str) -> bool:
        """The tour does not need it any more; False when it did not."""
        return bool(self._pen.change(DROP_NEED, owner=tour_id, named=key))
