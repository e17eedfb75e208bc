"""Readiness against the trade's cases and our own, whose figures were worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from checklists.readiness import readiness
from checklists.reasons import Reason, ReasonKind
from tests.checklists.cases import facts

TRADE = json.loads(Path(__file__).with_name("readiness_cases.json").read_text(encoding="utf-8"))
OURS = json.loads(Path(__file__).with_name("readiness_ours.json").read_text(encoding="utf-8"))


def spelled(line: str) -> dict[str, Any]:
    """An item of our cases, `key area severity due state [minute]`, as the trade's cases have it."""
    key, area, severity, due, state, *clock = line.split()
    at = None if due == "-" else due
    return {"key": key, "area": area, "sev": severity, "due": at, "state": state, "clock": (clock or ["day"])[0]}


def as_the_trade_says(reason: Reason) -> str:
    """The reason in the wording of the trade's cases, with our figures."""
    ahead = (reason.due - reason.judged_at).total_seconds() / 3600 if reason.due else 0
    return {
        ReasonKind.STATE: f"status {reason.key}",
        ReasonKind.OVERDUE: f"show-stopper overdue: {reason.key}",
        ReasonKind.DUE_SOON: f"show-stopper due soon: {reason.key}",
        ReasonKind.UNCONFIRMED: f"{reason.key} not confirmed, call in {ahead:g} h",
        ReasonKind.REST: f"{reason.key} rest {reason.figure:g} h < {reason.limit:g}",
        ReasonKind.DRIVE: f"drive {reason.figure:g} h > {reason.limit:g} h, one driver",
        ReasonKind.CURFEW: "set ends after curfew",
        ReasonKind.ON_TIME: f"on-time {reason.figure:.1f}% < {reason.limit:g}",
    }[reason.kind]


@pytest.mark.parametrize("case", TRADE, ids=[case["gig"]["id"] for case in TRADE])
def test_the_trades_cases_come_out_to_the_decimal(case: dict[str, Any]) -> None:
    found, expect = readiness(*facts(case["gig"])), case["expect"]
    assert found.verdict == expect["verdict"].lower()
    assert [as_the_trade_says(reason) for reason in found.reasons] == expect["reasons"]
    assert (found.locked_pct, found.on_time_pct) == (expect["locked_pct"], expect["on_time_pct"])


@pytest.mark.parametrize("case", OURS, ids=[case["title"] for case in OURS])
def test_our_cases_come_out_as_worked_out_by_hand(case: dict[str, Any]) -> None:
    gig = {**case["gig"], "items": [spelled(line) for line in case["gig"]["items"]]}
    found, expect = readiness(*facts(gig)), case["expect"]
    assert (found.verdict.upper(), found.locked_pct, found.on_time_pct) == (
        expect["verdict"],
        expect["locked_pct"],
        expect["on_time_pct"],
    )
    assert [f"{reason.kind} {reason.key}".strip() for reason in found.reasons] == expect["reasons"]


def test_a_reason_has_what_somebody_needs_to_act_on_it() -> None:
    late = {"key": "ds.medics_in", "area": "venue", "sev": "S", "due": "2026-11-06T17:45:00", "owner": "PM"}
    found = readiness(*facts({"now": "2026-11-06T18:10:00", "items": [{**late, "clock": "minute"}]})).reasons[0]
    assert (found.kind, found.area, found.key, found.owner) == ("overdue", "venue", "ds.medics_in", "PM")
    assert (found.text, found.due) == (
        "ds.medics_in: overdue since 17:45 UTC (PM)",
        found.judged_at.replace(minute=45, hour=17),
    )


def test_every_reason_but_a_grey_one_names_who_can_take_it_away() -> None:
    for case in OURS:
        gig = {**case["gig"], "items": [{**spelled(line), "owner": "PM"} for line in case["gig"]["items"]]}
        assert all(reason.owner for reason in readiness(*facts(gig)).reasons), case["title"]


def test_a_case_may_leave_out_what_it_does_not_need() -> None:
    found = readiness(*facts({"now": "2026-11-06T18:10:00"}))
    assert (found.verdict, found.locked_pct, found.on_time_pct, found.reasons) == ("green", 100.0, 100.0, ())


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("blocker", True, "blocker"),
        ("flags", [{"text": "No power", "open": True}], "blocker"),
        ("change", {"published_at": "2026-11-06T09:00", "ack": False}, "change"),
        ("published_change", "2026-11-06T09:00", "change"),
        ("changes", [{"text": "doors", "hours": 3}], "change"),
        ("drives", [{"hours": 10}], "drive"),
        ("drives", [{"hours": 10, "limit": 9, "relief": None}], "drive"),
        ("status", "show day", None),
        ("drives", [{"hours": 10, "limit": 9, "relief_driver": "Bo"}], None),
        ("drives", [{"hours": 10, "limit": 9, "drivers": 2}], None),
        ("curfew", "23:00", "curfew"),
    ],
)
def test_a_case_may_say_things_in_more_than_one_way(field: str, value: object, kind: str | None) -> None:
    gig = {"now": "2026-11-06T12:00:00", "show": "2026-11-06", "set_end": "00:30", field: value}
    assert [reason.kind for reason in readiness(*facts(gig)).reasons] == ([kind] if kind else [])
