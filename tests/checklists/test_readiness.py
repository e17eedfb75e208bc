"""Readiness: its thresholds, and what must hold for any facts. The trade's cases are in test_cases."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.gig import JUDGED, CurfewKind, GigState
from checklists.items import Area, ItemState, Severity
from checklists.judging import Verdict
from checklists.readiness import (
    DriveFact,
    Facts,
    Flag,
    ItemFact,
    Readiness,
    ReasonKind,
    Reply,
    readiness,
    share,
    usefulness,
)
from checklists.rules import usual
from tests.checklists.readiness_facts import (
    CLOSED,
    NOW,
    OPEN,
    a_call,
    after,
    an_item,
    instants,
    judged_facts,
    quiet_facts,
    some_facts,
)

GREEN = Readiness(Verdict.GREEN, (), 100.0, 100.0)


@pytest.mark.parametrize(
    ("item", "kind", "verdict"),
    [
        (an_item(0), ReasonKind.OVERDUE, Verdict.RED),
        (an_item(0.01), ReasonKind.DUE_SOON, Verdict.AMBER),
        (an_item(48), ReasonKind.DUE_SOON, Verdict.AMBER),
        (an_item(48.01), None, Verdict.GREEN),
        (an_item(0.5, is_minute=True), ReasonKind.DUE_SOON, Verdict.AMBER),
        (an_item(0.51, is_minute=True), None, Verdict.GREEN),
        (an_item(0, Severity.CRITICAL), ReasonKind.LATE, Verdict.AMBER),
        (an_item(0.01, Severity.CRITICAL), None, Verdict.GREEN),
        (an_item(0, Severity.NORMAL), None, Verdict.AMBER),
        *((an_item(-1, state=state), ReasonKind.OVERDUE, Verdict.RED) for state in OPEN),
        *((an_item(-1, state=state), None, Verdict.GREEN) for state in CLOSED),
    ],
)
def test_an_item_counts_from_its_instant_on(item: ItemFact, kind: ReasonKind | None, verdict: Verdict) -> None:
    found = readiness(some_facts(item), NOW)
    named = [reason.kind for reason in found.reasons if reason.kind is not ReasonKind.ON_TIME]
    assert (named, found.verdict) == ([kind] if kind else [], verdict)


@pytest.mark.parametrize(
    ("hours", "relief", "verdict"),
    [(9, False, Verdict.GREEN), (9.1, False, Verdict.RED), (9.1, True, Verdict.GREEN)],
)
def test_a_drive_is_red_over_the_limit_unless_relieved(hours: float, relief: bool, verdict: Verdict) -> None:
    assert readiness(some_facts(drives=(DriveFact(hours, 9, relief),)), NOW).verdict is verdict


@pytest.mark.parametrize(
    ("set_end", "curfew", "kind", "verdict"),
    [
        (11, 11, CurfewKind.HARD, Verdict.GREEN),
        (11.1, 11, CurfewKind.HARD, Verdict.RED),
        (11.1, 11, CurfewKind.SOFT, Verdict.AMBER),
        (None, 11, CurfewKind.HARD, Verdict.GREEN),
        (11, None, CurfewKind.HARD, Verdict.GREEN),
    ],
)
def test_a_set_after_the_curfew_is_red_or_amber_by_its_kind(
    set_end: float | None, curfew: float | None, kind: CurfewKind, verdict: Verdict
) -> None:
    times = [None if hours is None else after(hours) for hours in (set_end, curfew)]
    facts = Facts(GigState.SHOW_DAY, set_end=times[0], curfew=times[1], curfew_kind=kind)
    assert readiness(facts, NOW).verdict is verdict


@pytest.mark.parametrize(
    ("late", "done", "level"),
    [
        (3, 6, Verdict.AMBER),  # 66.7 %, but only 9 due
        (4, 6, Verdict.RED),  # 60 % of 10
        (3, 7, Verdict.AMBER),  # 70 % of 10
        (1, 19, None),  # 95 %
        (1, 18, Verdict.AMBER),  # 94.7 %
    ],
)
def test_on_time_is_red_under_70_of_enough_and_amber_under_95(late: int, done: int, level: Verdict | None) -> None:
    small = [an_item(-1, Severity.NORMAL) for _ in range(late)]
    small += [an_item(-1, Severity.NORMAL, ItemState.DONE) for _ in range(done)]
    found = readiness(some_facts(*small), NOW)
    assert [reason.level for reason in found.reasons] == ([level] if level else [])


def test_too_little_due_never_makes_on_time_red() -> None:
    found = readiness(some_facts(*[an_item(-1, Severity.CRITICAL)] * 3), NOW)
    assert (found.on_time_pct, found.verdict) == (0.0, Verdict.AMBER)


def test_percent_is_rounded_half_up_to_one_decimal() -> None:
    assert [share(1, 16), share(1, 80), share(3, 80), share(2, 3), share(0, 0)] == [
        6.3,
        1.3,
        3.8,
        66.7,
        100.0,
    ]


def test_what_does_not_apply_is_in_neither_figure() -> None:
    done = an_item(-1, state=ItemState.DONE)
    late = an_item(-1, Severity.NORMAL)
    other = an_item(-1, state=ItemState.NA, area=Area.MONEY)
    assert readiness(some_facts(done, late, other), NOW) == readiness(some_facts(done, late), NOW)


def test_waived_counts_as_locked() -> None:
    assert readiness(some_facts(an_item(-1, state=ItemState.WAIVED)), NOW) == GREEN


def test_nothing_to_do_is_green_and_all_locked() -> None:
    assert readiness(some_facts(), NOW) == GREEN


@pytest.mark.parametrize("state", sorted(set(GigState) - JUDGED))
def test_a_gig_that_is_not_on_is_grey_and_says_its_state(state: GigState) -> None:
    found = readiness(replace(some_facts(an_item(-1)), state=state), NOW)
    assert (found.verdict, found.locked_pct, found.on_time_pct) == (Verdict.GREY, None, None)
    assert [(reason.kind, reason.key) for reason in found.reasons] == [(ReasonKind.STATE, state.value)]


def test_reasons_come_as_the_rule_lists_them_and_then_as_a_tour_manager_would_ask() -> None:
    facts = Facts(
        GigState.ADVANCED,
        items=(
            an_item(-1, area=Area.EQUIPMENT, key="eq.source_must"),
            an_item(-2, area=Area.CREW, key="cr.rest_check"),
            an_item(-1, area=Area.TRAVEL, key="tr.passports"),
            an_item(-1, Severity.CRITICAL, area=Area.MONEY, key="mn.float"),
            an_item(-1, area=Area.MONEY, key="mn.deposit"),
            an_item(-2, area=Area.DEAL_LEGAL, key="lg.contract"),
            an_item(5, area=Area.VENUE, key="va.curfew"),
        ),
        crew=(a_call(5, position="MON"), a_call(40, Reply.CONFIRM, "LD", "Bo", rest=7), a_call(3)),
        drives=(DriveFact(10, 9, relief=False), DriveFact(11, 9, relief=False)),
        flags=(Flag("Stage not built"),),
        set_end=after(11),
        curfew=after(10),
        curfew_kind=CurfewKind.HARD,
    )
    assert [reason.key or reason.kind for reason in readiness(facts, NOW).reasons] == [
        "lg.contract", "mn.deposit", "tr.passports", "eq.source_must", "cr.rest_check", ReasonKind.BLOCKER,
        "FOH", "MON", "LD", ReasonKind.DRIVE, ReasonKind.DRIVE, ReasonKind.CURFEW, ReasonKind.ON_TIME,
        "va.curfew", "mn.float",
    ]  # fmt: skip
    assert [r.figure for r in readiness(facts, NOW).reasons if r.kind is ReasonKind.DRIVE] == [11, 10]


def test_a_tour_may_keep_its_own_rules() -> None:
    facts = some_facts(crew=(a_call(100, Reply.CONFIRM, rest=10.5),))
    european = replace(usual(), rest_amber=after(11) - NOW)
    assert readiness(facts, NOW).verdict is Verdict.GREEN
    assert readiness(facts, NOW, european).verdict is Verdict.AMBER


@settings(deadline=None)
@given(judged_facts, instants)
def test_the_verdict_is_the_worst_reason_and_the_worst_come_first(facts: Facts, now: datetime) -> None:
    found = readiness(facts, now)
    ranks = [reason.level.rank for reason in found.reasons]
    assert ranks == sorted(ranks, reverse=True)
    assert found.verdict.rank == max(ranks, default=0)
    assert found == readiness(facts, now)


@settings(deadline=None)
@given(quiet_facts, instants, st.data())
def test_closing_an_item_never_makes_it_worse(facts: Facts, now: datetime, data: st.DataObject) -> None:
    closable = [place for place, item in enumerate(facts.items) if not item.state.is_closed]
    if not closable:
        return
    place = data.draw(st.sampled_from(closable))
    closed = replace(facts.items[place], state=data.draw(st.sampled_from(CLOSED)))
    better = replace(facts, items=(*facts.items[:place], closed, *facts.items[place + 1 :]))
    assert not readiness(better, now).verdict.worse_than(readiness(facts, now).verdict)


@settings(deadline=None)
@given(judged_facts, instants, st.data())
def test_closing_an_item_never_lowers_a_percentage(facts: Facts, now: datetime, data: st.DataObject) -> None:
    closable = [place for place, item in enumerate(facts.items) if not item.state.is_closed]
    if not closable:
        return
    place = data.draw(st.sampled_from(closable))
    closed = replace(facts.items[place], state=data.draw(st.sampled_from([ItemState.DONE, ItemState.WAIVED])))
    after_it = readiness(replace(facts, items=(*facts.items[:place], closed, *facts.items[place + 1 :])), now)
    before = readiness(facts, now)
    assert (after_it.locked_pct or 0) >= (before.locked_pct or 0)
    assert (after_it.on_time_pct or 0) >= (before.on_time_pct or 0)


@settings(deadline=None)
@given(judged_facts, instants, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_only_orders_what_is_alike(facts: Facts, now: datetime, dice: Random) -> None:
    shuffled = replace(facts, items=tuple(dice.sample(facts.items, len(facts.items))))
    found, again = readiness(facts, now), readiness(shuffled, now)
    assert [usefulness(reason) for reason in again.reasons] == [usefulness(reason) for reason in found.reasons]
    assert Counter(again.reasons) == Counter(found.reasons)
    assert (again.verdict, again.locked_pct, again.on_time_pct) == (found.verdict, found.locked_pct, found.on_time_pct)


@settings(deadline=None)
@given(quiet_facts, instants, st.data())
def test_confirming_a_call_never_makes_it_worse(facts: Facts, now: datetime, data: st.DataObject) -> None:
    waiting = [n for n, call in enumerate(facts.crew) if call.reply in (Reply.NONE, Reply.MAYBE)]
    if not waiting:
        return
    place = data.draw(st.sampled_from(waiting))
    yes = replace(facts.crew[place], reply=Reply.CONFIRM)
    better = replace(facts, crew=(*facts.crew[:place], yes, *facts.crew[place + 1 :]))
    assert not readiness(better, now).verdict.worse_than(readiness(facts, now).verdict)


@settings(deadline=None)
@given(quiet_facts, instants)
def test_a_blocker_never_makes_it_better(facts: Facts, now: datetime) -> None:
    blocked = readiness(replace(facts, flags=(*facts.flags, Flag("Stage not built"))), now)
    assert blocked.verdict is Verdict.RED
    assert ReasonKind.BLOCKER in {reason.kind for reason in blocked.reasons}
    assert set(readiness(facts, now).reasons) <= set(blocked.reasons)
