"""Equipment: the rider and the stock of a tour; what a gig was given, promised, and took instead."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, bindparam, delete, select
from sqlalchemy.sql import Executable

from checklists.counts import CaseCount, Way
from checklists.gig import JUDGED, Gig, GigKind
from checklists.kit import Accepted, Held, Line
from checklists.stock import Rival, Stock, named
from checklists.venue import fold
from storage.among import among
from storage.pen import Either, Pen, here, one_of
from storage.schema import GigRow
from storage.schema_kit import AcceptedRow, CaseCountRow, LineRow, PromisedRow, ShareRow, StockRow
from storage.tables import columns_of, table

STAYS = {GigKind.TRAVEL, GigKind.DAY_OFF}
"""Days on which nothing is unloaded."""
GIGS = table(GigRow)
LINES, STOCK, SHARES = table(LineRow), table(StockRow), table(ShareRow)
PROMISED, ACCEPTED, COUNTS = table(PromisedRow), table(AcceptedRow), table(CaseCountRow)


def putting(into: Table, same: Collection[str], said: Collection[str]) -> Either:
    """The statement that keeps a row, and `said` of it where one of the `same` is kept already."""

    def build(insert_into: Any) -> Any:
        new = insert_into(into)
        again = {name: new.excluded[name] for name in said}
        return new.on_conflict_do_update(index_elements=["workspace_id", *same], set_=again)

    return Either(build)


def of(owner: str, kept: Table, chosen: Select[Any]) -> Select[Any]:
    """The rows of one owner, in the order in which they were first kept."""
    return chosen.where(here(kept, kept.c[owner] == bindparam("owner"))).order_by(kept.c.id)


def dropping(owner: str, kept: Table, name: str = "key") -> Executable:
    """The statement that forgets one row of an owner, by name."""
    return delete(kept).where(here(kept, kept.c[owner] == bindparam("owner"), kept.c[name] == bindparam("named")))


LINES_OF = of("tour_id", LINES, select(*columns_of(LineRow, Line)))
STOCK_OF = of("tour_id", STOCK, select(*columns_of(StockRow, Stock)))
PROMISED_OF = of("gig_id", PROMISED, select(*columns_of(PromisedRow, Held)))
ACCEPTED_OF = of("gig_id", ACCEPTED, select(*columns_of(AcceptedRow, Accepted)))
COUNTS_OF = of("gig_id", COUNTS, select(*columns_of(CaseCountRow, CaseCount)))
SHARES_OF = select(SHARES.c.gig_id, SHARES.c.key, SHARES.c.count).where(here(SHARES, among(SHARES.c.gig_id, "gigs")))
G = GIGS.c
SAME_DAY = select(G.id, G.number, G.city, G.venue).where(
    here(GIGS, G.tour_id == bindparam("of_tour"), G.date == bindparam("day"), G.id != bindparam("but")),
    one_of(G.state, sorted(JUDGED)),
    one_of(G.kind, sorted(set(GigKind) - STAYS)),
)
PUT_LINE = putting(LINES, ("tour_id", "key"), ("name", "count", "must", "subs", "by"))
PUT_STOCK = putting(STOCK, ("tour_id", "key"), ("name", "count", "cases", "in_repair"))
PUT_SHARE = putting(SHARES, ("gig_id", "key"), ("count",))
PROMISE = putting(PROMISED, ("gig_id", "key"), ("name", "count", "stands_for", "by", "at"))
ACCEPT = putting(ACCEPTED, ("gig_id", "line", "sub"), ("by",))
PUT_COUNT = putting(COUNTS, ("gig_id", "way"), ("count", "by", "at"))
DROP_LINE, DROP_STOCK = dropping("tour_id", LINES), dropping("tour_id", STOCK)
DROP_SHARE, DROP_PROMISED = dropping("gig_id", SHARES), dropping("gig_id", PROMISED)
DROP_SHARES = delete(SHARES).where(here(SHARES, SHARES.c.gig_id == bindparam("owner")))
REFUSE = delete(ACCEPTED).where(
    here(
        ACCEPTED,
        ACCEPTED.c.gig_id == bindparam("owner"),
        ACCEPTED.c.line == bindparam("of_line"),
        ACCEPTED.c.sub == bindparam("named"),
    )
)


class Kit:
    """The equipment of one workspace's tours and gigs; what a house holds is with the house."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def lines(self, tour_id: int) -> list[Line]:
        """The rider of a tour, in the order in which it was written."""
        return [Line(*row) for row in self._pen.rows(LINES_OF, owner=tour_id)]

    def put_line(self, tour_id: int, line: Line) -> None:
        """A line of the rider; one of that name gives way."""
        said = {"name": line.name, "count": line.count, "must": line.must, "subs": line.subs, "by": line.by}
        self._pen.add_each(PUT_LINE, [{"tour_id": tour_id, "key": line.key, **said}])

    def drop_line(self, tour_id: int, key: str) -> bool:
        """Takes a line off the rider; False when there is none of that name."""
        return bool(self._pen.change(DROP_LINE, owner=tour_id, named=key))

    def stock(self, tour_id: int) -> list[Stock]:
        """What a tour carries."""
        return [Stock(*row) for row in self._pen.rows(STOCK_OF, owner=tour_id)]

    def put_stock(self, tour_id: int, each: Stock) -> None:
        """A thing that the tour carries; one of that name gives way."""
        said = {"name": each.name, "count": each.count, "cases": each.cases, "in_repair": each.in_repair}
        self._pen.add_each(PUT_STOCK, [{"tour_id": tour_id, "key": each.key, **said}])

    def drop_stock(self, tour_id: int, key: str) -> bool:
        """The tour does not carry it any more; False when it did not."""
        return bool(self._pen.change(DROP_STOCK, owner=tour_id, named=key))

    def shares(self, gigs: Collection[int]) -> Mapping[int, dict[str, int]]:
        """By gig, what of the stock it was given, by name."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for gig_id, key, count in self._pen.rows(SHARES_OF, gigs=list(gigs)):
            found[gig_id][key] = count
        return found

    def rivals(self, gig: Gig) -> list[Rival]:
        """The other gigs of the tour on that day, in another house, that play; and what each was given."""
        found = self._pen.rows(SAME_DAY, of_tour=gig.tour_id, day=gig.date, but=gig.id)
        away = [row for row in found if _place(row) != _place(gig)]
        shares = self.shares([row.id for row in away]) if away else {}
        return [Rival(f"#{row.number} {row.city}", shares.get(row.id, {})) for row in away]

    def give(self, gig_id: int, shares: Mapping[str, int]) -> None:
        """So many of these things in stock are on the gig."""
        self._pen.add_each(PUT_SHARE, [{"gig_id": gig_id, "key": key, "count": n} for key, n in shares.items()])

    def take_back(self, gig_id: int, key: str = "") -> int:
        """Nobody has said how many are on the gig: of one thing, or of all; gives of how many it had been said."""
        if not key:
            return self._pen.change(DROP_SHARES, owner=gig_id)
        return self._pen.change(DROP_SHARE, owner=gig_id, named=key)

    def promised(self, gig_id: int) -> list[Held]:
        """What the promoter provides for a gig."""
        return [Held(*row) for row in self._pen.rows(PROMISED_OF, owner=gig_id)]

    def promise(self, gig_id: int, held: Held) -> None:
        """The promoter provides it; what he had said of that name gives way."""
        self._pen.add_each(PROMISE, [{"gig_id": gig_id, **held_row(held)}])

    def drop_promised(self, gig_id: int, key: str) -> bool:
        """Nobody has said whether the promoter provides it; False when nobody had."""
        return bool(self._pen.change(DROP_PROMISED, owner=gig_id, named=key))

    def accepted(self, gig_id: int) -> list[Accepted]:
        """The substitutes that somebody took on a gig."""
        return [Accepted(*row) for row in self._pen.rows(ACCEPTED_OF, owner=gig_id)]

    def accept(self, gig_id: int, taken: Accepted) -> None:
        """Somebody took a substitute for a line."""
        row = {"gig_id": gig_id, "line": taken.line, "sub": taken.sub, "by": taken.by}
        self._pen.add_each(ACCEPT, [row])

    def refuse(self, gig_id: int, line: str, sub: str) -> bool:
        """The substitute is not accepted any more; False when it was not."""
        return bool(self._pen.change(REFUSE, owner=gig_id, of_line=line, named=sub))

    def counted(self, gig_id: int) -> dict[Way, CaseCount]:
        """The last count of the cases, each way."""
        return {row.way: CaseCount(*row) for row in self._pen.rows(COUNTS_OF, owner=gig_id)}

    def count(self, gig_id: int, said: CaseCount, by: str, now: datetime) -> None:
        """Somebody counted the cases; the last count holds."""
        self._pen.add_each(PUT_COUNT, [{"gig_id": gig_id, "way": said.way, "count": said.count, "by": by, "at": now}])


def _place(gig: Any) -> tuple[str, str]:
    return fold(gig.city), fold(gig.venue)


def held_row(held: Held) -> dict[str, Any]:
    """What a house or a promoter has, as a row keeps it."""
    kept = {name: getattr(held, name) for name in ("name", "count", "stands_for", "by", "at")}
    return {"key": named(held.name), **kept}
