"""The gates of a gig's phases: what must be true to announce, travel, load in, open the doors, leave."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from checklists.items import ItemState
from checklists.judging import ItemFact


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
"""The items that hold each phase, as the trade names them; those that a gig's list has not hold nothing."""


def open_gates(phase: Phase, items: Iterable[ItemFact]) -> tuple[ItemFact, ...]:
    """What still holds this phase, in the order of its gates; none means go."""
    held = {item.key: item for item in items if item.key in GATES[phase] and not item.state.is_closed}
    return tuple(held[key] for key in GATES[phase] if key in held)


def overridden(phase: Phase, items: Iterable[ItemFact]) -> tuple[ItemFact, ...]:
    """The gates of this phase that somebody has waived: each is printed on the sheet with the name and the reason."""
    waived = {item.key: item for item in items if item.state is ItemState.WAIVED}
    return tuple(waived[key] for key in GATES[phase] if key in waived)
