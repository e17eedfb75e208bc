"""Sharing out: so many of each pile to those who want some, so that as few as possible go short."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Want = tuple[int, Sequence[int], Sequence[int]]
"""So many, of these piles best, and of those too."""
Way = list[tuple[int, int]]
"""Who takes of which pile; each gives up what the one before him takes."""


@dataclass(slots=True)
class Pile:
    """How many of a pile are left."""

    left: int


def share_out(wants: Sequence[Want], piles: Sequence[Pile]) -> list[dict[int, int]]:
    """By want, how many it gets of which pile; takes them from the piles.

    Everybody takes of what is best for him first; then of the rest; whoever is still short has others moved to
    another pile, when they lose nothing by it.
    """
    return _Sharing(wants, piles).shares


class _Sharing:
    def __init__(self, wants: Sequence[Want], piles: Sequence[Pile]) -> None:
        self.wants, self.piles = wants, piles
        self.shares: list[dict[int, int]] = [{} for _ in wants]
        for who, (_, best, _too) in enumerate(wants):
            self._take(who, best)
        for who, (_, _best, too) in enumerate(wants):
            self._take(who, too)
        for who in range(len(wants)):
            while self._short(who) and (way := self._way(who, set())):
                self._move(way)

    def _short(self, who: int) -> int:
        return self.wants[who][0] - sum(self.shares[who].values())

    def _take(self, who: int, choices: Sequence[int]) -> None:
        for pile in choices:
            count = min(self._short(who), self.piles[pile].left)
            self.piles[pile].left -= count
            self._give(who, pile, count)

    def _give(self, who: int, pile: int, count: int) -> None:
        held = self.shares[who].get(pile, 0) + count
        if held:
            self.shares[who][pile] = held
        else:
            self.shares[who].pop(pile, None)

    def _way(self, who: int, seen: set[int]) -> Way:
        """How he could take one more, perhaps from somebody who finds another pile; [] when there is no way."""
        for pile in (*self.wants[who][1], *self.wants[who][2]):
            if pile in seen:
                continue
            seen.add(pile)
            if self.piles[pile].left:
                return [(who, pile)]
            for other, held in enumerate(self.shares):
                if other != who and held.get(pile) and (further := self._way(other, seen)):
                    return [(who, pile), *further]
        return []

    def _move(self, way: Way) -> None:
        """Everybody on the way takes of his pile, as many as all of them can."""
        given_up = [(after, pile) for (_, pile), (after, _) in pairwise(way)]
        held = [self.shares[who][pile] for who, pile in given_up]
        last = self.piles[way[-1][1]]
        count = min(self._short(way[0][0]), last.left, *held)
        last.left -= count
        for who, pile in given_up:
            self._give(who, pile, -count)
        for who, pile in way:
            self._give(who, pile, count)
