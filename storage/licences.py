"""Licences: what people may operate, and until when."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, select

from checklists.clash import Licence, LicenceKind
from storage.among import among
from storage.pen import Either, Pen, here
from storage.schema_crew import LicenceRow
from storage.tables import columns_of, table

LICENCES = table(LicenceRow)
C = LICENCES.c
OF_PEOPLE = (
    select(*columns_of(LicenceRow, Licence)).where(here(LICENCES, among(C.person, "people"))).order_by(C.person, C.kind)
)
DROP = delete(LICENCES).where(here(LICENCES, C.person == bindparam("who"), C.kind == bindparam("what")))


def _put(insert_into: Any) -> Any:
    new = insert_into(LICENCES)
    same = ["workspace_id", "person", "kind"]
    return new.on_conflict_do_update(index_elements=same, set_={"expires": new.excluded.expires})


PUT = Either(_put)


class Licences:
    """The licences of one workspace's people."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def put(self, licence: Licence) -> None:
        """Notes a licence; the one of that kind that this person had is replaced."""
        row = {"person": licence.person, "kind": licence.kind.value, "expires": licence.expires}
        self._pen.add_each(PUT, [row])

    def of_people(self, people: Collection[str]) -> list[Licence]:
        """Their licences, by person and kind."""
        rows = self._pen.rows(OF_PEOPLE, people=sorted(people)) if people else []
        return [Licence(row.person, LicenceKind(row.kind), row.expires) for row in rows]

    def drop(self, person: str, kind: LicenceKind) -> bool:
        """Forgets a licence; False when there was none."""
        return bool(self._pen.change(DROP, who=person, what=kind.value))
