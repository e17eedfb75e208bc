"""Ten thousand runs in virtual time, each of one seed: nothing lost, nothing twice; and broken rules are found."""

import pytest

from bot.patience import USUAL, Patience
from tests.bot.simulated import Odds, World, play

SEEDS, SHARES = 10_000, 8
OTHERS = Odds(others=True, stops=2)


def failures(seeds: range, patience: Patience = USUAL, odds: Odds | None = None, *, can_look: bool = True) -> list[str]:
    """For each seed that went wrong, what to type to see it again, and what went wrong."""
    found = []
    for seed in seeds:
        world = play(seed, patience, odds, can_look=can_look)
        if wrong := world.wrong():
            found.append(f"play({seed}, odds={odds}): {'; '.join(wrong)}")
    return found


@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_is_lost_and_nothing_stands_there_twice(share: int) -> None:
    each = SEEDS // SHARES
    assert failures(range(share * each, (share + 1) * each)) == []


def test_a_second_copy_by_a_sender_nobody_can_end_is_taken_back() -> None:
    assert failures(range(1_000), odds=OTHERS) == []


def test_a_seed_replays_to_the_letter() -> None:
    assert [play(7).story, play(7).slack] == [play(7).story, play(7).slack]


def test_a_program_that_does_not_look_back_is_found_out() -> None:
    assert failures(range(200), can_look=False)


def test_waits_that_do_not_hang_together_are_found_out() -> None:
    assert failures(range(1_000), Patience(settle=2.0), Odds(blind=0))


def test_every_edge_of_the_states_is_gone_through() -> None:
    edges = set[str]()
    for seed in range(400):
        for odds in (Odds(), OTHERS, Odds(blind=0.9)):
            edges |= {line.split()[-1] for line in play(seed, odds=odds).story}
    wanted = "pending>sending sending>sent sending>unknown sending>pending unknown>sent unknown>pending sent>verified"
    assert set(wanted.split()) <= edges


def test_the_world_is_quiet_when_nothing_breaks() -> None:
    world = World(1, odds=Odds(unanswered=0, refused=0, blind=0))
    keys = [world.want() for _ in range(5)]
    world.run(10)
    assert [world.copies(key) for key in keys] == [1] * 5
