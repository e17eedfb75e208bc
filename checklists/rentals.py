"""A rental: asked for, approved, ordered, delivered, returned; and what may follow what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from checklists.crew import Role
from checklists.errors import Refusal
from checklists.venue import fold

OFF_HIRE_DAYS, OFF_HIRE_CLOCK = 1, time(12)
"""Rented gear is asked after at noon on the day after the show (the field's "off-hired by T+1d")."""
MOST_DAYS = 365
MOST_CENTS = 100_000_000_00
APPROVERS: frozenset[str] = frozenset({Role.EP, Role.TM, Role.DEPUTY})
"""Who holds the budget; the deputy may do what the tour manager may."""


class RentalState(StrEnum):
    """Where a rental is."""

    REQUESTED = "requested"
    APPROVED = "approved"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """What somebody does about a rental."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ORDER = "ordered"
    DELIVER = "delivered"
    RETURN = "returned"
    CANCEL = "off"


LIVES = frozenset({RentalState.REQUESTED, RentalState.APPROVED, RentalState.ORDERED, RentalState.DELIVERED})
"""Something can still become of it."""
FIRM = frozenset({RentalState.ORDERED, RentalState.DELIVERED, RentalState.RETURNED})
"""The supplier has confirmed it; what went back was there."""
MOVES: Mapping[Move, tuple[frozenset[RentalState], RentalState]] = {
    Move.APPROVE: (frozenset({RentalState.REQUESTED}), RentalState.APPROVED),
    Move.REFUSE: (frozenset({RentalState.REQUESTED}), RentalState.REFUSED),
    Move.ORDER: (frozenset({RentalState.APPROVED}), RentalState.ORDERED),
    Move.DELIVER: (frozenset({RentalState.ORDERED}), RentalState.DELIVERED),
    Move.RETURN: (frozenset({RentalState.DELIVERED}), RentalState.RETURNED),
    Move.CANCEL: (LIVES - {RentalState.DELIVERED}, RentalState.CANCELLED),
}
LACKS: Mapping[Move, str] = {
    Move.APPROVE: "only what was asked for and not decided can be approved",
    Move.REFUSE: "only what was asked for and not decided can be refused",
    Move.ORDER: "it is ordered once the executive producer or the tour manager has approved it",
    Move.DELIVER: "it is delivered once it is ordered: `ordered PRG-1182`",
    Move.RETURN: "only what was delivered goes back",
    Move.CANCEL: "what was delivered is sent back: `returned`",
}


@dataclass(frozen=True, slots=True)
class Rental:
    """So many of a thing rented for a gig, in place of what the line of the rider names.

    `line` is the name of that line as compared. `cents` are hundredths of `currency`; None: no price yet. `days` 0
    and "" are not said yet. `asked_by` asks for it, `settled_by` approved or refused it.
    """

    id: int
    gig_id: int
    line: str
    name: str
    count: int
    supplier: str = ""
    days: int = 0
    cents: int | None = None
    currency: str = ""
    state: RentalState = RentalState.REQUESTED
    order_number: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None
    settled_by: str = ""

    @property
    def lives(self) -> bool:
        return self.state in LIVES

    @property
    def counts(self) -> bool:
        """True for what fills a line: what went back filled it."""
        return self.lives or self.state is RentalState.RETURNED

    @property
    def is_firm(self) -> bool:
        return self.state in FIRM

    @property
    def price(self) -> str:
        """`180 EUR`, `180.50 EUR`; "" while there is none."""
        return "" if self.cents is None else f"{money(self.cents)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a rental; what is empty was not said."""

    count: int = 0
    supplier: str = ""
    days: int = 0
    cents: int | None = None
    currency: str = ""


def money(cents: int) -> str:
    """`1,180` or `180.50`."""
    whole, part = divmod(cents, 100)
    return f"{whole:,}.{part:02}" if part else f"{whole:,}"


def moved(rental: Rental, move: Move, who: str, order: str = "") -> Rental:
    """The rental after a move; raises Refusal for one that cannot follow on where it is.

    An order needs a number and a supplier.
    """
    whence, state = MOVES[move]
    if rental.state is state:
        raise Refusal(f"The rental of {rental.count} {rental.name} is {state.value} already. Nothing was changed.")
    if rental.state not in whence:
        raise Refusal(
            f"The rental of {rental.count} {rental.name} is {rental.state.value}: {LACKS[move]}. Nothing was changed."
        )
    if move is Move.ORDER:
        return _ordered(rental, order)
    return replace(rental, state=state, settled_by=who if move in (Move.APPROVE, Move.REFUSE) else rental.settled_by)


def _ordered(rental: Rental, order: str) -> Rental:
    if not order:
        raise Refusal(f"Which order number has the rental of {rental.name}? Type it: `ordered PRG-1182`.")
    if not rental.supplier:
        raise Refusal(f"From whom is {rental.name} rented? Say it first: `rent {rental.name} from PRG 3 days 180 EUR`.")
    return replace(rental, state=RentalState.ORDERED, order_number=order)


def with_terms(rental: Rental, terms: Terms, who: str, *, may_approve: bool) -> Rental:
    """The rental with what was said of it: approved by whoever holds the budget, else asked for again.

    What costs the same as before needs no second yes. Raises Refusal for one that is ordered already, when number,
    supplier or price would change.
    """
    new = replace(
        rental,
        count=terms.count or rental.count,
        supplier=terms.supplier or rental.supplier,
        days=terms.days or rental.days,
        cents=rental.cents if terms.cents is None else terms.cents,
        currency=terms.currency or rental.currency,
    )
    if new != rental and rental.is_firm:
        raise Refusal(
            f"The rental of {rental.count} {rental.name} is {rental.state.value} already: agree it with the supplier, "
            "then `off` and ask anew. Nothing was changed."
        )
    if may_approve:
        return replace(new, state=RentalState.APPROVED, settled_by=who)
    if _same_cost(new, rental):
        return new
    return replace(new, state=RentalState.REQUESTED, settled_by="", asked_by=who)


def _same_cost(new: Rental, old: Rental) -> bool:
    """True when whoever approved the old one need not be asked about the new one."""
    return (new.count, new.days, new.cents, new.currency) == (old.count, old.days, old.cents, old.currency) and (
        fold(new.supplier) == fold(old.supplier)
    )


def next_step(rental: Rental) -> str:
    """What has to happen next; "" when nothing has."""
    return {
        RentalState.REQUESTED: "waits for approval",
        RentalState.APPROVED: "not ordered yet",
        RentalState.ORDERED: "not delivered yet",
        RentalState.DELIVERED: "goes back after the show",
    }.get(rental.state, "")
