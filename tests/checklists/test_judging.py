"""The verdicts' order and the usual figures."""

from itertools import permutations

from checklists.items import Area
from checklists.judging import Verdict
from checklists.rules import usual


def test_red_is_worse_than_amber_than_green() -> None:
    order = [Verdict.RED, Verdict.AMBER, Verdict.GREEN]
    worse = {(a, b) for a, b in permutations(order, 2) if a.worse_than(b)}
    assert worse == {(order[0], order[1]), (order[0], order[2]), (order[1], order[2])}


def test_grey_is_no_drop_and_nothing_drops_from_it() -> None:
    assert not any(v.worse_than(Verdict.GREY) or Verdict.GREY.worse_than(v) for v in Verdict)


def test_no_verdict_is_worse_than_itself() -> None:
    assert not any(verdict.worse_than(verdict) for verdict in Verdict)


def test_the_areas_weigh_a_hundred_together_and_none_is_left_out() -> None:
    assert set(usual().areas) == set(Area)
    assert sum(usual().areas.values()) == 100
