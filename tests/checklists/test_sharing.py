"""Piles are shared out so that as few as possible go short, and nothing is given twice."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.sharing import Pile, Want, share_out

SIZES = st.lists(st.integers(0, 4), min_size=1, max_size=4)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Want], list[int]]:
    sizes = draw(SIZES)
    piles = st.sets(st.integers(0, len(sizes) - 1), max_size=len(sizes))
    wants: list[Want] = []
    for _ in range(draw(st.integers(1, 4))):
        best = draw(piles)
        too = draw(piles) - best
        wants.append((draw(st.integers(0, 4)), sorted(best), sorted(too)))
    return wants, sizes


def most(wants: Sequence[Want], sizes: Sequence[int]) -> int:
    """How many can be given at all: each single one by an augmenting path."""
    units = [pile for pile, size in enumerate(sizes) for _ in range(size)]
    asks = [set(best) | set(too) for count, best, too in wants for _ in range(count)]
    holder: dict[int, int] = {}

    def place(ask: int, tried: set[int]) -> bool:
        for unit, pile in enumerate(units):
            if pile in asks[ask] and unit not in tried:
                tried.add(unit)
                if unit not in holder or place(holder[unit], tried):
                    holder[unit] = ask
                    return True
        return False

    return sum(place(ask, set()) for ask in range(len(asks)))


@given(cases())
def test_nothing_is_given_twice_and_no_more_could_be_given(case: tuple[list[Want], list[int]]) -> None:
    wants, sizes = case
    piles = [Pile(size) for size in sizes]
    shares = share_out(wants, piles)
    for (count, best, too), share in zip(wants, shares, strict=True):
        assert sum(share.values()) <= count
        assert set(share) <= {*best, *too}
        assert all(number > 0 for number in share.values())
    given_of = [sum(share.get(pile, 0) for share in shares) for pile in range(len(sizes))]
    assert [pile.left + out for pile, out in zip(piles, given_of, strict=True)] == sizes
    assert sum(given_of) == most(wants, sizes)


@pytest.mark.parametrize(
    ("wants", "sizes", "shares"),
    [
        ([(2, [0], [1])], [3, 3], [{0: 2}]),
        ([(4, [0], [1])], [3, 3], [{0: 3, 1: 1}]),
        ([(1, [], [0, 1]), (1, [], [0])], [1, 1], [{1: 1}, {0: 1}]),
        ([(1, [], [0]), (1, [0], [])], [1], [{}, {0: 1}]),
        ([(2, [0], [])], [0], [{}]),
        ([(3, [], [0, 1, 2]), (2, [], [0]), (1, [], [0, 1, 2, 3])], [2, 2, 1, 1], [{1: 2, 2: 1}, {0: 2}, {3: 1}]),
    ],
)
def test_what_is_best_comes_first_and_somebody_moves_for_who_has_no_other(
    wants: list[Want], sizes: list[int], shares: list[dict[int, int]]
) -> None:
    assert share_out(wants, [Pile(size) for size in sizes]) == shares
