"""Forty crew over three days: the script beside this module, played on the whole product.

The script is the text files 0 to 4: who does what at which time on whose clock, and all that must come of it. A post,
an edit or a private answer that it does not name fails the test. The rules of noise hold for the whole ledger.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.stories.crew.rules import broken
from tests.stories.crew.script import read_instants, read_script
from tests.stories.crew.stage import on_stage

SCRIPT = ("0_planning.txt", "1_week.txt", "2_lisbon.txt", "3_saturday.txt", "4_sunday.txt")
BY_ITSELF = {"card": 90, "ask": 36, "ask_again": 1, "day_sheet": 4, "not_here": 2, "offer": 6, "load_out": 0}
"""What is edited by time alone, at most so often: the verdict changes, the check-in opens, the gig is over."""


@pytest.mark.long
def test_forty_crew_over_three_days(sqlite_url: str) -> None:
    steps = read_script(*SCRIPT)
    with on_stage(sqlite_url, steps[0].at) as stage:
        problems = [*stage.play(steps), *broken(stage)]
    assert not problems, "\n".join(problems)
    edits = Counter[str]()
    for label, count in stage.by_clock.items():
        edits[label.split()[0]] += count
    assert {kind: count for kind, count in edits.items() if count > BY_ITSELF[kind]} == {}


def test_what_nobody_expected_is_told_and_so_is_what_did_not_come(sqlite_url: str, tmp_path: Path) -> None:
    script = tmp_path / "small.txt"
    script.write_text(SMALL, "utf-8")
    steps = read_script(str(script))
    with on_stage(sqlite_url, steps[0].at) as stage:
        problems = "\n".join(stage.play(steps))
    assert "lacks “#2”" in problems
    assert "unexpected: channel (card)" in problems
    assert "unexpected: DM to tess (welcome)" in problems
    assert "thread of Lisbon (ask) to ana, 0 of 1" in problems


SMALL = """
Sun 18 Oct, 10:00 in London
  tess types: /gig new The Lanterns, Musicbox Lisbon, 23 Oct
    -> tess alone reads: "#2"
    -> thread of Lisbon (ask) to ana
"""


@pytest.mark.parametrize("words", ["Mon 18 Oct, 10:00 in London", "Sun 18 Oct, 10:00 in Rome", "tomorrow at ten"])
def test_a_time_that_is_none_is_refused(words: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_instants(words)
