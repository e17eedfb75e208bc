"""A delivery's life, played by a machine that tries to break it: whatever comes, nothing stands there twice."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.patience import Patience
from storage.outbox import DeliveryState
from tests.bot.simulated import Odds, World

S = DeliveryState
IN_SLACK = (S.SENT, S.VERIFIED)


class Deliveries(RuleBasedStateMachine):
    """Any order of wishes, deaths, stops and waits, in any seed of what Slack does."""

    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.world = World(0, odds=Odds(unanswered=0.5, blind=0.2))
        self.world.tick_at(0)

    @rule(target=keys)
    def want(self) -> int:
        return self.world.want()

    @rule(seconds=st.floats(0.01, 20))
    def wait(self, seconds: float) -> None:
        self.world.run(self.world.now + seconds)

    @rule(luck=st.integers(0, 1_000))
    def change_luck(self, luck: int) -> None:
        self.world.chance.seed(luck)

    @rule(back=st.floats(0.01, 30))
    def die(self, back: float) -> None:
        if self.world.sender.alive:
            self.world.die(back)

    @rule(length=st.floats(0.5, 60))
    def stop(self, length: float) -> None:
        if self.world.sender.alive:
            self.world.stop(length)

    @invariant()
    def nothing_stands_there_twice(self) -> None:
        for key, row in self.world.rows.items():
            assert self.world.copies(key) <= 1 or row.repeat

    @invariant()
    def what_counts_as_sent_is_there_or_on_its_way_to_be_seen(self) -> None:
        for key, row in self.world.rows.items():
            assert row.state not in IN_SLACK or self.world.copies(key) >= 1

    @invariant()
    def every_try_has_a_fence_of_its_own(self) -> None:
        assert all(row.tries >= 1 for row in self.world.rows.values() if row.state is not S.PENDING)

    def teardown(self) -> None:
        self.world.run(max(self.world.now, 120) + 1_500)
        assert self.world.wrong() == []


Deliveries.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestDeliveries = Deliveries.TestCase


def test_the_machine_finds_waits_that_do_not_hang_together() -> None:
    """Asked too early, Slack shows the message after we have looked: it is there twice."""
    for seed in range(500):
        world = World(seed, Patience(settle=1.5), Odds(unanswered=0.9, blind=0))
        world.tick_at(0)
        key = world.want()
        world.run(0.1)
        world.die(back_after=0.1)
        world.run(200)
        if world.copies(key) > 1:
            return
    raise AssertionError("a settle shorter than the deadline was not found out")
