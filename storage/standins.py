"""Stand-ins: who stands in for a position, and which of them were asked to fill which place."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from checklists.crew import STANDING, Call, CallKind, Position
from checklists.gig import JUDGED, Gig, GigState
from checklists.ladder import Offer, OfferState, Standin
from storage.among import among
from storage.pen import Either, Pen, by_id, by_ids, here, one_of
from storage.schema import CallRow, GigRow
from storage.schema_crew import OfferRow, StandinRow
from storage.tables import columns_of, table

STANDINS, OFFERS, CALLS, GIGS = table(StandinRow), table(OfferRow), table(CallRow), table(GigRow)
S, ASKED = STANDINS.c, OFFERS.c
OF_TOUR = (
    select(*columns_of(StandinRow, Standin)).where(here(STANDINS, S.tour_id == bindparam("of_tour"))).order_by(S.rank)
)
OF_GIG = OF_TOUR.where(or_(S.gig_id.is_(None), S.gig_id == bindparam("of_gig")))
DROP = delete(STANDINS).where(here(STANDINS, S.tour_id == bindparam("of_tour"), S.position == bindparam("doing")))
DROP_TOURS = DROP.where(S.gig_id.is_(None))
DROP_GIGS = DROP.where(S.gig_id == bindparam("of_gig"))
ADD = insert(STANDINS)
FIND = select(*columns_of(OfferRow, Offer))
GET = FIND.where(by_id(OFFERS))
OFFERS_OF = FIND.where(here(OFFERS, ASKED.gig_id == bindparam("of_gig"))).order_by(ASKED.id)
OPEN_OF = (
    FIND.where(here(OFFERS, ASKED.person == bindparam("who"), one_of(ASKED.state, [OfferState.ASKED])))
    .where(ASKED.asked_at <= bindparam("now", type_=ASKED.asked_at.type))
    .order_by(ASKED.id)
)
SETTLE = update(OFFERS).where(by_ids(OFFERS))
HAS_PLAYED = one_of(GIGS.c.state, sorted(JUDGED | {GigState.PLAYED}))
ON_GIG = (GIGS.c.workspace_id == CALLS.c.workspace_id) & (GIGS.c.id == CALLS.c.gig_id)
STANDS = here(CALLS, one_of(CALLS.c.state, sorted(STANDING)), one_of(CALLS.c.kind, [CallKind.CREW]), HAS_PLAYED)
PAIRS = select(*columns_of(CallRow, Call), *columns_of(GigRow, Gig)).join(GIGS, ON_GIG).order_by(CALLS.c.at, CALLS.c.id)
AROUND = PAIRS.where(
    STANDS,
    among(CALLS.c.person, "people"),
    CALLS.c.at >= bindparam("since", type_=CALLS.c.at.type),
    CALLS.c.at < bindparam("until", type_=CALLS.c.at.type),
)


def _ask(insert_into: Any) -> Any:
    new = insert_into(OFFERS)
    again = {name: new.excluded[name] for name in ("wave", "state", "asked_at", "answered_at")}
    same = ["workspace_id", "call_id", "version", "person"]
    return new.on_conflict_do_update(index_elements=same, set_=again).returning(ASKED.id)


ASK = Either(_ask)


class Standins:
    """The stand-ins of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def set_chain(self, tour_id: int, gig_id: int | None, position: Position, waves: Sequence[Sequence[str]]) -> None:
        """Who is asked for a position, wave by wave, instead of what stood before; nobody when there are no waves.

        On every gig of the tour when `gig_id` is None.
        """
        if gig_id is None:
            self._pen.change(DROP_TOURS, of_tour=tour_id, doing=position)
        else:
            self._pen.change(DROP_GIGS, of_tour=tour_id, doing=position, of_gig=gig_id)
        named = [(wave, who) for wave, people in enumerate(waves) for who in people]
        of = {"tour_id": tour_id, "gig_id": gig_id, "position": position}
        rows = [{**of, "person": who, "wave": wave, "rank": rank} for rank, (wave, who) in enumerate(named)]
        self._pen.add_each(ADD, rows)

    def of_gig(self, tour_id: int, gig_id: int) -> list[Standin]:
        """Every stand-in of a gig and of its whole tour, in the order in which they were named."""
        return [Standin(*row) for row in self._pen.rows(OF_GIG, of_tour=tour_id, of_gig=gig_id)]

    def of_tour(self, tour_id: int) -> list[Standin]:
        """Every stand-in of a tour and of its gigs."""
        return [Standin(*row) for row in self._pen.rows(OF_TOUR, of_tour=tour_id)]

    def ask(self, call: Call, person: str, wave: int, asked_at: datetime) -> Offer:
        """This person is asked to take the place of a call as it now is; one that had lapsed is open again."""
        what = {"gig_id": call.gig_id, "call_id": call.id, "version": call.version, "position": call.position}
        when = {"asked_at": asked_at, "answered_at": None}
        made = self._pen.add(ASK, **what, person=person, wave=wave, state=OfferState.ASKED, **when)
        return Offer(*self._pen.rows(GET, the_id=made)[0])

    def get(self, offer_id: int) -> Offer | None:
        """The offer, or None."""
        found = self._pen.row(GET, the_id=offer_id)
        return None if found is None else Offer(*found)

    def offers(self, gig_id: int) -> list[Offer]:
        """Every offer of a gig, oldest first."""
        return [Offer(*row) for row in self._pen.rows(OFFERS_OF, of_gig=gig_id)]

    def open_offers(self, person: str, now: datetime) -> list[Offer]:
        """What this person has been asked and not answered yet."""
        return [Offer(*row) for row in self._pen.rows(OPEN_OF, who=person, now=now)]

    def settle(self, offers: Iterable[Offer], state: OfferState, now: datetime) -> None:
        """What came of these offers."""
        if ids := [offer.id for offer in offers]:
            self._pen.change(SETTLE, ids=ids, state=state, answered_at=now)

    def around(self, people: Collection[str], since: datetime, until: datetime) -> list[tuple[Call, Gig]]:
        """The standing calls of these people between two instants (UTC), on judged or played gigs, earliest first."""
        if not people:
            return []
        split = len(Call.__slots__)
        rows = self._pen.rows(AROUND, people=sorted(people), since=since, until=until)
        return [(Call(*row[:split]), Gig(*row[split:])) for row in rows]
