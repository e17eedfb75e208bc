"""Very many personal calls due at the same instant, under Slack's own limits."""

from datetime import timedelta

from tests.faults.kept import read_ledger
from tests.faults.stage import Stage

CALLS = 200
PER_MINUTE = 300
BEFORE = 120
"""So many more are due at the same instant, so that Slack's limit is met."""
PEOPLE = CALLS + BEFORE - 6
"""Four threads and two overviews are among the calls."""
LEAST = 60.0
"""Seconds: all that Slack takes in a minute go at once, and the rest when the minute is over."""
SLACKER, WASTED = 1.05, 0.02
WITHIN = 120.0


def rush(stage: Stage) -> None:
    """320 calls at once, of which Slack takes 300 a minute: how long it takes, and how many 429s it costs."""
    stage.house.do("limit", per_minute=PER_MINUTE, strict=False)
    stage.commit(lead=timedelta(seconds=4), spread=timedelta(0), strangers=False)
    stage.start_ready()
    stage.settle(WITHIN)
    told = stage.house.do("count")
    tries, wasted = told["calls"].get("chat.postMessage", 0), told["refused"].get("chat.postMessage ratelimited", 0)
    at = sorted(post.at for post in read_ledger(stage.ledger))
    if not at:
        return
    # From the first post on: how long a worker takes to start is another figure.
    late = [each - at[0] for each in at]
    first = late[min(CALLS, len(late)) - 1]
    share = wasted / max(1, tries)
    said = (
        f"{len(late)} calls: {CALLS} in {first:.1f} s, all in {late[-1]:.1f} s (least {LEAST:.0f}), {share:.1%} wasted"
    )
    stage.figures.append(said)
    if late[-1] > LEAST * SLACKER or share > WASTED:
        stage.notes.append(f"too slow or too pushy: {said}")
