"""The next instant at which the clock alone changes the readiness is neither late nor early."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.gig import GigState
from checklists.items import ItemState, Severity
from checklists.readiness import Facts, ItemFact, Reply, next_change, readiness
from tests.checklists.readiness_facts import NOW, a_call, after, an_item, instants, judged_facts, some_facts

NEVER = timedelta(days=400)
TICK = timedelta(microseconds=1)


@settings(max_examples=300, deadline=None)
@given(judged_facts, instants, st.data())
def test_nothing_changes_before_the_answer_and_something_at_it(
    facts: Facts, now: datetime, data: st.DataObject
) -> None:
    change, before = next_change(facts, now), readiness(facts, now)
    end = now + NEVER if change is None else change
    probes = data.draw(st.lists(st.datetimes(bare(now), bare(end - TICK)), min_size=3, max_size=6))
    for probe in (*probes, bare(end - TICK)):
        assert readiness(facts, probe.replace(tzinfo=now.tzinfo)) == before
    if change is not None:
        assert change > now
        assert readiness(facts, change) != before


def bare(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


@settings(max_examples=50, deadline=None)
@given(judged_facts, instants)
def test_stepping_from_change_to_change_ends(facts: Facts, now: datetime) -> None:
    at: datetime | None = now
    steps = 0
    while at is not None:
        at, steps = next_change(facts, at), steps + 1
    assert steps <= 2 * len(facts.items) + 3 * len(facts.crew) + len(facts.changes) + 1


@pytest.mark.parametrize(
    ("facts", "hours"),
    [
        (some_facts(an_item(60)), 12),
        (some_facts(an_item(47)), 47),
        (some_facts(an_item(60, is_minute=True)), 59.5),
        (some_facts(an_item(60, Severity.CRITICAL)), 60),
        (some_facts(an_item(60, Severity.NORMAL)), 60),
        (some_facts(an_item(60, state=ItemState.DONE)), None),
        (some_facts(an_item(60, state=ItemState.DONE), an_item(-1)), 60),
        (some_facts(crew=(a_call(90),)), 18),
        (some_facts(crew=(a_call(70),)), 46),
        (some_facts(crew=(a_call(20),)), None),
        (some_facts(crew=(a_call(90, Reply.CONFIRM),)), None),
        (some_facts(crew=(a_call(90, Reply.CONFIRM, changed=-1),)), 1),
        (some_facts(crew=(a_call(90, Reply.CONFIRM, changed=-2),)), None),
    ],
)
def test_each_rule_turns_at_its_own_instant(facts: Facts, hours: float | None) -> None:
    assert next_change(facts, NOW) == (None if hours is None else after(hours))


def test_a_grey_gig_never_changes_by_the_clock() -> None:
    assert next_change(Facts(GigState.CANCELLED, items=(an_item(60),)), NOW) is None


def test_closed_items_do_not_wake_a_gig_that_has_nothing_late() -> None:
    closed: list[ItemFact] = [an_item(due, state=ItemState.DONE) for due in range(1, 30)]
    assert next_change(some_facts(*closed, an_item(40, Severity.CRITICAL)), NOW) == after(40)
