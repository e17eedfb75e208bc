"""Who may waive, and what cannot be closed or opened just like that."""

import pytest

from checklists.closing import is_kept, may_waive, refuse_move, refuse_waiver
from checklists.errors import Refusal
from checklists.items import ItemState, StockItem
from checklists.library import every_item, find, stock

KEPT = {"ds.exits", "ds.medics_in", "ds.power_on", "ds.rig_ok", "lg.work_permits", "lo.driver_fit"}


def stocked(key: str) -> StockItem:
    found = find(key)
    assert found is not None
    return found


def test_six_gates_are_kept() -> None:
    assert {item.key for item in every_item(stock()) if is_kept(item)} == KEPT


@pytest.mark.parametrize("key", sorted(KEPT))
@pytest.mark.parametrize(
    ("roles", "may"), [({"TM"}, False), ({"PM", "TM"}, False), ({"EP"}, True), ({"EP", "TM"}, True), (set(), False)]
)
def test_a_gate_is_not_the_tour_managers_alone_to_waive(key: str, roles: set[str], may: bool) -> None:
    assert may_waive(stocked(key), roles) is may


@pytest.mark.parametrize(
    ("roles", "may"),
    [({"TM"}, True), ({"PM"}, True), ({"EP"}, True), ({"SM"}, False), ({"crew"}, False), (set(), False)],
)
def test_the_rest_is_waived_by_who_may_change_the_gig(roles: set[str], may: bool) -> None:
    assert may_waive(stocked("va.power"), roles) is may


def test_a_waiver_has_a_role_and_a_reason() -> None:
    refuse_waiver(stocked("va.power"), {"TM"}, "house has its own")
    refuse_waiver(stocked("ds.exits"), {"EP"}, "walked it myself")
    with pytest.raises(Refusal, match=r"needs a reason.*`/gig check va\.power waive WHY`"):
        refuse_waiver(stocked("va.power"), {"TM"}, " ... ")
    with pytest.raises(Refusal, match="executive producer"):
        refuse_waiver(stocked("ds.exits"), {"TM"}, "we are late")
    with pytest.raises(Refusal, match="Only the executive producer, the tour manager"):
        refuse_waiver(stocked("va.power"), {"crew"}, "we are late")


@pytest.mark.parametrize("to", ItemState)
def test_what_does_not_apply_is_opened_before_it_is_closed(to: ItemState) -> None:
    if to in (ItemState.SENT, ItemState.DONE, ItemState.WAIVED):
        with pytest.raises(Refusal, match=r"`/gig check va\.rigging open` first"):
            refuse_move(stocked("va.rigging"), ItemState.NA, to)
    else:
        refuse_move(stocked("va.rigging"), ItemState.NA, to)


def test_what_facts_tick_is_undone_with_a_note_only() -> None:
    with pytest.raises(Refusal, match="say why"):
        refuse_move(stocked("cr.confirm_24"), ItemState.DONE, ItemState.OPEN)
    refuse_move(stocked("cr.confirm_24"), ItemState.DONE, ItemState.PROBLEM, "Bo is ill")
    refuse_move(stocked("va.power"), ItemState.DONE, ItemState.OPEN)
