"""The gates of each phase are items of the stock, and only those open hold it."""

import pytest

from checklists.gates import GATES, Phase, open_gates, overridden
from checklists.items import ItemState
from checklists.library import find
from tests.checklists.readiness_facts import CLOSED, OPEN, an_item


def test_every_gate_is_an_item_of_the_stock_and_every_phase_has_some() -> None:
    assert set(GATES) == set(Phase)
    assert all(find(key) for keys in GATES.values() for key in keys)


@pytest.mark.parametrize("state", ItemState)
def test_only_an_open_gate_holds_its_phase(state: ItemState) -> None:
    items = [an_item(1, state=state, key="ds.medics_in"), an_item(1, key="va.pa")]
    assert [item.key for item in open_gates(Phase.DOORS, items)] == (["ds.medics_in"] if state in OPEN else [])
    assert state in (*OPEN, *CLOSED)


def test_gates_come_in_the_order_of_the_phase_and_hold_only_their_own() -> None:
    items = [an_item(1, key=key) for key in ("ds.clear_doors", "ds.exits", "lo.case_count", "lg.contract")]
    assert [item.key for item in open_gates(Phase.DOORS, items)] == ["ds.exits", "ds.clear_doors"]
    assert [item.key for item in open_gates(Phase.ANNOUNCE, items)] == ["lg.contract"]
    assert open_gates(Phase.LOAD_IN, items) == ()


def test_a_waived_gate_is_named_as_overridden() -> None:
    items = [an_item(1, key="ds.exits", state=ItemState.WAIVED), an_item(1, key="ds.medics_in", state=ItemState.DONE)]
    assert [item.key for item in overridden(Phase.DOORS, items)] == ["ds.exits"]
