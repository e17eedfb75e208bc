"""Who may do what. Guests and people from outside only answer."""

from collections.abc import Set
from enum import StrEnum

from checklists.crew import Person, Role

CHANGERS: frozenset[str] = frozenset({Role.EP, Role.TM, Role.PM, Role.DEPUTY})
SEES_MONEY: frozenset[str] = frozenset({Role.EP, Role.TM, Role.TA, Role.DEPUTY})
CHECKS_IN: frozenset[str] = frozenset({Role.TM, Role.PM, Role.SM, Role.DEPUTY})


class Deed(StrEnum):
    """What somebody wants to do on a tour."""

    CHANGE = "change"
    CHECK_IN_ALL = "check_in_all"
    MONEY = "money"


DOERS = {Deed.CHANGE: CHANGERS, Deed.CHECK_IN_ALL: CHECKS_IN, Deed.MONEY: SEES_MONEY}


def only_answers(person: Person) -> bool:
    """True for somebody known to be a guest or from outside."""
    return person.is_known and (person.is_guest or person.is_outsider)


def may(deed: Deed, roles: Set[str], person: Person) -> bool:
    """True when somebody with these roles on the tour may do this."""
    if only_answers(person):
        return False
    return bool(roles & DOERS[deed])


def may_tick(roles: Set[str], person: Person, owner: str) -> bool:
    """True for the owner of an item, and for those who may change the gig."""
    return person.id == owner or may(Deed.CHANGE, roles, person)
