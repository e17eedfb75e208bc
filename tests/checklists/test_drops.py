"""Of a readiness that got worse the new reason is told, not one that only the clock has reworded."""

from datetime import UTC, datetime, timedelta

from checklists.drops import newest
from checklists.judging import Verdict
from checklists.reasons import Reason, ReasonKind

NOW = datetime(2026, 11, 5, 16, tzinfo=UTC)
DUE = datetime(2026, 11, 6, 16, tzinfo=UTC)


def reasons(now: datetime) -> list[Reason]:
    facts = {"owner": "PM", "due": DUE, "judged_at": now, "zone": "Europe/Lisbon"}
    power = Reason(Verdict.AMBER, ReasonKind.DUE_SOON, key="va.power", what="Power", **facts)  # type: ignore[arg-type]
    return [power, Reason(Verdict.AMBER, ReasonKind.UNCONFIRMED, key="FOH", **facts)]  # type: ignore[arg-type]


def test_a_countdown_and_a_day_that_has_come_make_no_new_reason() -> None:
    before = [reason.text for reason in reasons(NOW)[:1]]
    for hours in (0, 1, 9, 20):
        found = newest(reasons(NOW + timedelta(hours=hours)), before)
        assert found is not None
        assert found.key == "FOH"


def test_when_none_is_new_the_worst_is_told() -> None:
    known = reasons(NOW)
    assert newest(known, [reason.text for reason in known]) is known[0]
    assert newest(known, []) is known[0]
    assert newest([], ["Power"]) is None
