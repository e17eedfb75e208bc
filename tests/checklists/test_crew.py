"""Who answers for a role, and who may do what."""

import pytest

from checklists.access import Deed, may, may_tick, only_answers
from checklists.crew import Call, CallState, Holder, Person, Position, Role, owner_of
from tests.checklists.gigs import call, lisbon

GIG = lisbon()
PIA = Holder("UPIA", "PM")


def called(position: Position, who: int, state: CallState = CallState.CALLED) -> list[Call]:
    return [call(GIG, who, position=position, state=state)]


OWNERS = [
    ("the called", "PM", called(Position.PM, 1), [PIA], "U1"),
    ("not the one who declined", "PM", called(Position.PM, 1, CallState.DECLINED), [PIA], "UPIA"),
    ("the tour's first holder", "PM", [], [PIA, Holder("ULATE", "PM")], "UPIA"),
    ("one step down the line", "MON", called(Position.FOH, 2), [PIA], "U2"),
    ("two steps down the line", "MON", [], [PIA], "UPIA"),
    ("at last the tour manager", "BL", [], [], "UTESS"),
    ("a role nobody knows", "ASTRONAUT", [], [PIA], "UTESS"),
]


@pytest.mark.parametrize(("why", "role", "calls", "holders", "owner"), OWNERS)
def test_an_item_belongs_to(why: str, role: str, calls: list[Call], holders: list[Holder], owner: str) -> None:
    assert owner_of(role, calls, holders, "UTESS") == owner, why


MEMBER = Person("U1", "Ana", "Europe/Lisbon", True, is_guest=False, is_outsider=False)
GUEST = Person("U2", "Jo", "Europe/London", True, is_guest=True, is_outsider=False)
OUTSIDER = Person("U3", "Rob", "Europe/Berlin", True, is_guest=False, is_outsider=True)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", Deed)
def test_every_cell_of_roles_and_deeds(role: Role, deed: Deed) -> None:
    leads = {Role.TM, Role.PM, Role.DEPUTY}
    money = {Role.EP, Role.TM, Role.DEPUTY, Role.TA}
    allowed = {Deed.CHANGE: leads | {Role.EP}, Deed.CHECK_IN_ALL: leads | {Role.SM}, Deed.MONEY: money}
    assert may(deed, {role}, MEMBER) is (role in allowed[deed])
    assert not may(deed, {role}, GUEST)
    assert not may(deed, {role}, OUTSIDER)


def test_an_owner_ticks_his_own_item_whoever_he_is() -> None:
    assert may_tick(set(), GUEST, GUEST.id)
    assert not may_tick(set(), MEMBER, "USOMEBODY")


def test_somebody_not_known_yet_is_not_taken_for_a_guest() -> None:
    assert not only_answers(Person("UNEW"))
    assert only_answers(GUEST)
    assert only_answers(OUTSIDER)
