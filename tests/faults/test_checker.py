"""The checker bites: whatever is missing, there twice, out of place, out of time or untrue is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.faults.checker import Move, Row, Verdict, judge, longest_unknown
from tests.faults.kept import Posted
from tests.faults.plan import Wanted

BOUND = 30.0
Run = tuple[list[Wanted], list[Posted], list[Row]]


def a_run(count: int, late: float = 1.0) -> Run:
    """A run in which everything went well."""
    plan = [Wanted(f"k{n}", f"D{n}", "", 100.0 + n) for n in range(count)]
    posted = [Posted(one.key, "ask_dm", one.channel, "", f"{n}.1", one.due + late) for n, one in enumerate(plan)]
    rows = [Row(n, one.key, "sent", one.channel, f"{n}.1") for n, one in enumerate(plan)]
    return plan, posted, rows


def verdict_of(run: Run) -> Verdict:
    return judge(*run, [], BOUND)


runs = st.builds(a_run, st.integers(1, 12), st.floats(-4.9, BOUND - 1))


@given(runs)
def test_a_run_that_went_well_is_clean(run: Run) -> None:
    assert verdict_of(run).is_clean


@given(runs, st.data())
def test_one_post_less_is_lost(run: Run, data: st.DataObject) -> None:
    plan, posted, rows = run
    gone = data.draw(st.integers(0, len(posted) - 1))
    found = verdict_of((plan, posted[:gone] + posted[gone + 1 :], rows))
    assert (found.lost, found.doubled) == (1, 0)
    assert len(found.wrongs) == 2  # lost, and claimed


@given(runs, st.data())
def test_one_post_more_is_doubled(run: Run, data: st.DataObject) -> None:
    plan, posted, rows = run
    again = data.draw(st.sampled_from(posted))
    found = verdict_of((plan, [*posted, replace(again, ts="999.9")], rows))
    assert (found.lost, found.doubled) == (0, 1)
    assert not found.is_clean


def test_a_second_copy_that_was_deleted_is_healed() -> None:
    plan, posted, rows = a_run(2)
    found = verdict_of((plan, [*posted, replace(posted[0], ts="999.9", deleted=True)], rows))
    assert found.is_clean
    assert found.healed == 1


def test_a_second_copy_that_says_so_is_no_double() -> None:
    plan, posted, rows = a_run(2)
    found = verdict_of((plan, [*posted, replace(posted[0], ts="999.9", text="(possible repeat) Please")], rows))
    assert (found.doubled, found.repeats) == (0, 1)


def test_what_a_person_was_told_of_is_not_lost() -> None:
    plan, posted, rows = a_run(2)
    found = verdict_of((plan, posted[1:], [replace(rows[0], state="asked"), rows[1]]))
    assert (found.lost, found.told) == (0, 1)
    assert found.is_clean


def test_early_late_and_out_of_place_are_named() -> None:
    plan, posted, rows = a_run(3)
    wrong = [replace(posted[0], at=90.0), replace(posted[1], at=200.0), replace(posted[2], channel="D9")]
    found = verdict_of((plan, wrong, [*rows[:2], replace(rows[2], channel="D9")]))
    assert [word for each in found.wrongs for word in ("early", "late", "belongs") if word in each] == [
        "early",
        "late",
        "belongs",
    ]


def test_what_nobody_wanted_is_named() -> None:
    plan, posted, rows = a_run(1)
    stray = Posted("stray", "ask_dm", "D5", "", "5.5", 101.0)
    assert not verdict_of((plan, [*posted, stray], rows)).is_clean
    # A message that the database committed to is wanted, but once.
    other = Row(9, "stray", "sent", "D5", "5.5")
    assert verdict_of((plan, [*posted, stray], [*rows, other])).is_clean
    assert verdict_of((plan, [*posted, stray, replace(stray, ts="5.6")], [*rows, other])).doubled == 1


def test_a_claim_is_checked_by_its_stamp() -> None:
    plan, posted, rows = a_run(1)
    assert not verdict_of((plan, posted, [replace(rows[0], ts="7.7")])).is_clean
    assert not verdict_of((plan, posted, [replace(rows[0], state="failed", ts="")])).is_clean
    assert not verdict_of((plan, posted, [replace(rows[0], state="pending", ts="")])).is_clean
    assert verdict_of((plan, posted, [replace(rows[0], state="unknown", ts="")])).is_clean


def test_the_longest_unknown_goes_from_its_first_to_its_last_move() -> None:
    moves = [
        Move(1, "pending", "sending", 0.0),
        Move(2, "sending", "unknown", 0.5),
        Move(1, "sending", "unknown", 1.0),
        Move(1, "unknown", "unknown", 2.0),
        Move(2, "unknown", "pending", 2.5),
        Move(1, "unknown", "sent", 4.0),
    ]
    assert longest_unknown(moves) == 3.0
    assert judge([], [], [], moves, BOUND).edges["unknown>unknown"] == 1
