"""The gates of a gig's phases: what must be true to announce, travel, load in, open the doors, leave."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from checklists.errors import Refusal
from checklists.items import Item, ItemState


class Phase(StrEnum):
    """What a gate stands before, in the order of a gig."""

    ANNOUNCE = "announce"
    TRAVEL = "travel"
    LOAD_IN = "load_in"
    DOORS = "doors"
    LEAVE = "leave"

    @property
    def words(self) -> str:
        return {"load_in": "load in", "doors": "open doors"}.get(self.value, self.value)


GATES: Mapping[Phase, tuple[str, ...]] = {
    Phase.ANNOUNCE: ("lg.contract", "lg.licence"),
    Phase.TRAVEL: (
        "lg.work_permits",
        "tr.passports",
        "lg.carnet",
        "fd.carnet",
        "mn.deposit",
        "cr.drive_check",
        "tr.relief_driver",
    ),
    Phase.LOAD_IN: ("va.power", "ar.power_plan", "va.rigging", "ar.rig_plot", "eq.source_must", "cr.confirm_24"),
    Phase.DOORS: ("ds.medics_in", "ds.exits", "ds.security_brief", "ds.rig_ok", "ar.show_stop", "ds.clear_doors"),
    Phase.LEAVE: ("lo.case_count", "lo.driver_fit", "cl.driver_sober", "mn.signed", "ds.settled"),
}
"""The items that hold each phase, as the trade names them; those that a gig's list has not hold nothing.

A show-stopper that falls due by the doors holds them too, whoever put it on the list.
"""

SAID: Mapping[str, str] = {
    "lg.work_permits": "right to work",
    "lg.carnet": "carnet",
    "cr.drive_check": "legal drives",
    "eq.source_must": "must-have gear",
    "cr.confirm_24": "crew confirmed",
    "ds.medics_in": "medics",
    "ds.security_brief": "security",
    "ds.rig_ok": "rigging signed",
    "ds.clear_doors": "clear",
    "lo.case_count": "cases counted",
    "cl.driver_sober": "driver sober",
    "mn.signed": "settlement signed",
    "ds.settled": "settlement",
}
"""What a gate is called aloud, where its key does not say it."""

CLEAR = "ds.clear_doors"
"""The last gate of the doors: it is said when every other one is closed."""


def gate_name(item: Item) -> str:
    """`medics` for ds.medics_in, `power` for va.power."""
    return SAID.get(item.key) or item.key.partition(".")[2].replace("_", " ") or item.key


def holds(phase: Phase, item: Item) -> bool:
    """True for an item that stands before this phase, open or closed."""
    return item.key in GATES[phase] or (phase is Phase.DOORS and item.is_gate)


def gates_of(phase: Phase, items: Iterable[Item]) -> list[Item]:
    """The items that stand before this phase, in the order of its gates; the list's own ones before the last."""
    order = {key: place for place, key in enumerate(GATES[phase])}
    own = len(order) - 1.5
    return sorted((item for item in items if holds(phase, item)), key=lambda item: order.get(item.key, own))


def open_gates(phase: Phase, items: Iterable[Item]) -> list[Item]:
    """What still holds this phase; none means go."""
    return [item for item in gates_of(phase, items) if not item.state.is_closed]


def overridden(phase: Phase, items: Iterable[Item]) -> list[Item]:
    """The gates of this phase that somebody has waived: each is printed on the sheet with the name and the reason."""
    return [item for item in gates_of(phase, items) if item.state is ItemState.WAIVED]


def refuse_clear(item: Item, to: ItemState, items: Iterable[Item]) -> None:
    """Raises Refusal for closing the clear while another gate of the doors is open."""
    if item.key != CLEAR or not to.is_closed:
        return
    held = [gate for gate in open_gates(Phase.DOORS, items) if gate.key != CLEAR]
    if held:
        named = ", ".join(f"{gate_name(gate)} (`{gate.key}`, {gate.owner})" for gate in held)
        raise Refusal(f"Clear is the last word before the doors: still open are {named}. Close those first.")
