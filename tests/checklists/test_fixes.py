"""Every reason has the one thing that would take it away, and nobody is offered what would refuse him."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checklists.crew import CallState, Person, Position
from checklists.fixes import Fix, Reader, Remedy, fix_of
from checklists.items import Item
from checklists.judging import Verdict
from checklists.reasons import Reason, ReasonKind
from tests.checklists.gigs import call, lisbon
from tests.checklists.test_gates import an_item

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
POWER, CONFIRMED, POSTED, SHEET = (
    an_item(key) for key in ("va.power", "cr.confirm_24", "cr.calls_posted", "ds.sheet_out")
)
ASKED = an_item("lg.work_permits", undecided=True, applies="border")
SILENT = call(lisbon(), 1, position=Position.FOH)
MAYBE = call(lisbon(), 2, position=Position.MON, state=CallState.MAYBE)
MOVED = call(lisbon(), 3, position=Position.LD, version=2)
ITEMS: dict[str, Item] = {each.key: each for each in (POWER, CONFIRMED, POSTED, SHEET, ASKED)}

FIXES = [
    (ReasonKind.OVERDUE, "va.power", Fix(Remedy.CLOSE, POWER)),
    (ReasonKind.LATE, "va.power", Fix(Remedy.CLOSE, POWER)),
    (ReasonKind.DUE_SOON, "lg.work_permits", Fix(Remedy.DECIDE, ASKED)),
    (ReasonKind.DUE_SOON, "cr.confirm_24", Fix(Remedy.ASK)),
    (ReasonKind.LATE, "cr.calls_posted", Fix(Remedy.ASK)),
    (ReasonKind.LATE, "ds.sheet_out", Fix(Remedy.WAIT, SHEET)),
    (ReasonKind.LATE, "gone.from_the_list", Fix(Remedy.WAIT)),
    (ReasonKind.UNCONFIRMED, "FOH", Fix(Remedy.ASK, key="FOH")),
    (ReasonKind.UNCONFIRMED, "MON", Fix(Remedy.CALL, key="MON")),
    (ReasonKind.UNCONFIRMED, "RIG", Fix(Remedy.CALL, key="RIG")),
    (ReasonKind.REST, "FOH", Fix(Remedy.CALL, key="FOH")),
    (ReasonKind.CHANGE, "LD", Fix(Remedy.ASK)),
    (ReasonKind.CURFEW, "", Fix(Remedy.TIMES)),
    (ReasonKind.ON_TIME, "", Fix(Remedy.LATE)),
    (ReasonKind.DRIVE, "", Fix(Remedy.WAIT)),
    (ReasonKind.BLOCKER, "", Fix(Remedy.WAIT)),
    (ReasonKind.STATE, "", Fix(Remedy.WAIT)),
]


@pytest.mark.parametrize(("kind", "key", "fix"), FIXES)
def test_a_reason_has_its_one_fix(kind: ReasonKind, key: str, fix: Fix) -> None:
    assert fix_of(Reason(Verdict.RED, kind, key=key), ITEMS, [SILENT, MAYBE, MOVED]) == fix


def test_every_kind_of_reason_is_in_the_table() -> None:
    assert {kind for kind, _, _ in FIXES} == set(ReasonKind)


def test_whom_nobody_can_ask_again_is_called() -> None:
    reason = Reason(Verdict.RED, ReasonKind.DUE_SOON, key="cr.confirm_24")
    assert fix_of(reason, ITEMS, [MAYBE]).remedy is Remedy.CALL
    change = Reason(Verdict.AMBER, ReasonKind.CHANGE, key="LD")
    assert fix_of(change, ITEMS, [replace(MOVED, state=CallState.CONFIRMED)]).remedy is Remedy.WAIT


OWNER, OTHER = Person("UPIA", is_known=True, is_outsider=False), Person("UBO", is_known=True, is_outsider=False)
CREW, OWNS, LEAD = (
    Reader(OTHER, frozenset(), False),
    Reader(OWNER, frozenset(), False),
    Reader(OTHER, frozenset({"TM"}), True),
)


@pytest.mark.parametrize("remedy", Remedy)
def test_only_who_may_is_offered_it(remedy: Remedy) -> None:
    fix = Fix(remedy, POWER)
    assert LEAD.may(fix, "UPIA") is (remedy is not Remedy.WAIT)
    assert OWNS.may(fix, "UPIA") is (remedy in (Remedy.CLOSE, Remedy.LATE))
    assert CREW.may(fix, "UPIA") is (remedy is Remedy.LATE)
