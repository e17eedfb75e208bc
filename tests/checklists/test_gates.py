"""The gates of each phase are items of the stock, and only those open hold it."""

from dataclasses import replace

import pytest

from checklists.dues import due_when
from checklists.errors import Refusal
from checklists.gates import GATES, SAID, Phase, gate_name, open_gates, overridden, refuse_clear
from checklists.items import Item, ItemState, Severity
from checklists.library import find
from tests.checklists.gigs import lisbon

DOORS = ("ds.medics_in", "ds.exits", "ds.clear_doors")


def an_item(key: str, /, **facts: object) -> Item:
    """A line of the stock on Lisbon's list."""
    stock = find(key)
    assert stock is not None
    at = due_when(lisbon(), stock.due).at
    made = Item(
        1, 18, key, stock.area, stock.text, stock.owner, stock.due, at, stock.evidence, stock.severity,
        waive_ep=stock.waive_ep,
    )  # fmt: skip
    return replace(made, **facts)  # type: ignore[arg-type]


def keys(items: list[Item]) -> list[str]:
    return [item.key for item in items]


def test_every_gate_is_an_item_of_the_stock_and_every_phase_has_some() -> None:
    assert set(GATES) == set(Phase)
    assert all(find(key) for keys in GATES.values() for key in keys)
    assert set(SAID) <= {key for keys in GATES.values() for key in keys}


@pytest.mark.parametrize("state", ItemState)
def test_only_an_open_gate_holds_its_phase(state: ItemState) -> None:
    items = [an_item("ds.medics_in", state=state), an_item("va.pa")]
    assert keys(open_gates(Phase.DOORS, items)) == ([] if state.is_closed else ["ds.medics_in"])


def test_gates_come_in_the_order_of_the_phase_and_hold_only_their_own() -> None:
    items = [an_item(key) for key in ("ds.clear_doors", "ds.exits", "lo.case_count", "lg.contract")]
    assert keys(open_gates(Phase.DOORS, items)) == ["ds.exits", "ds.clear_doors"]
    assert keys(open_gates(Phase.ANNOUNCE, items)) == ["lg.contract"]
    assert open_gates(Phase.LOAD_IN, items) == []


def test_a_show_stopper_of_the_tours_own_that_is_due_by_the_doors_holds_them_before_the_clear() -> None:
    own = an_item("ds.exits", key="own.barrier", severity=Severity.STOPPER, due="doors-90m")
    later = an_item("ds.exits", key="own.photos", severity=Severity.NORMAL, due="doors-90m")
    items = [an_item("ds.clear_doors"), own, later, an_item("ds.exits")]
    assert keys(open_gates(Phase.DOORS, items)) == ["ds.exits", "own.barrier", "ds.clear_doors"]


def test_a_waived_gate_is_named_as_overridden() -> None:
    items = [an_item("ds.exits", state=ItemState.WAIVED), an_item("ds.medics_in", state=ItemState.DONE)]
    assert keys(overridden(Phase.DOORS, items)) == ["ds.exits"]


@pytest.mark.parametrize("to", ItemState)
@pytest.mark.parametrize("others", [ItemState.OPEN, ItemState.SENT, ItemState.DONE, ItemState.WAIVED])
def test_clear_is_said_last(to: ItemState, others: ItemState) -> None:
    items = [an_item(key, state=others) for key in DOORS[:2]] + [an_item(DOORS[2])]
    if to.is_closed and not others.is_closed:
        with pytest.raises(Refusal, match=r"medics .*, exits"):
            refuse_clear(items[2], to, items)
    else:
        refuse_clear(items[2], to, items)
    refuse_clear(items[0], to, items)


def test_a_gate_is_called_what_the_trade_calls_it() -> None:
    assert [gate_name(an_item(key)) for key in (*DOORS, "va.power", "lg.work_permits")] == [
        "medics", "exits", "clear", "power", "right to work",
    ]  # fmt: skip
