"""The hand-written tables: they can be read, are in order, leave nobody out, and say what was worked out."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.story.cast import CAST, CURTAIN, LAST_INSTANT
from bot.story.check import REMINDERS
from bot.story.script import SCRIPT
from bot.story.table import Look, Where, dues, instants, read_expected, read_final, read_gigs, read_instant
from checklists.walls import local

ROWS, FINALS, GIGS = read_expected(), read_final(), read_gigs()
NUMBERS = {gig.gig for gig in GIGS}
NAMES = {one.name for one in CAST}


def kinds_of(gig: str) -> Counter[str]:
    return Counter(row.kind for row in ROWS if row.gig == gig and row.kind != "digest")


def test_rows_stand_in_the_order_of_their_first_instant() -> None:
    starts = [row.instants[0] for row in ROWS]
    assert starts == sorted(starts)


def test_every_gig_is_there_and_no_other() -> None:
    assert {row.gig for row in ROWS if row.kind == "card"} == NUMBERS
    assert len(NUMBERS) == 28
    assert {row.gig for row in ROWS} <= NUMBERS | {"-"}
    assert {row.gig for row in FINALS if row.look is Look.CARD} == NUMBERS


def test_every_row_has_two_facts() -> None:
    assert all(len(row.facts) == 2 for row in ROWS)


def test_only_messages_to_one_person_name_one_and_it_is_somebody_of_the_cast() -> None:
    assert all((row.where is Where.DM) == bool(row.person) for row in ROWS)
    assert {row.person for row in ROWS} - {""} <= NAMES
    told = [*(row.facts for row in ROWS), *(row.facts for row in FINALS)]
    facts = {one for facts in told for fact in facts for one in fact.split("|")}
    assert {fact.lstrip("~")[1:] for fact in facts if fact.startswith(("@", "~@"))} <= NAMES


def test_everything_happens_while_the_story_runs() -> None:
    assert all(CURTAIN <= due.at < LAST_INSTANT for due in dues(ROWS))


def test_the_script_is_in_order_and_only_the_cast_acts() -> None:
    assert [act.at for act in SCRIPT] == sorted(act.at for act in SCRIPT)
    assert {act.who for act in SCRIPT} == NAMES


def test_oberhausen_makes_about_fifteen_messages_for_its_eight() -> None:
    assert kinds_of("#1").total() == 15


def test_a_date_that_nobody_touches_has_its_card_three_doors_and_the_curfew() -> None:
    touched = {"#1", "#15", "#18", "#24", "#25", "#28"}
    for gig in NUMBERS - touched:
        assert kinds_of(gig) == Counter(card=1, doors=3, curfew=1), gig


def test_a_cancelled_gig_is_heard_of_no_more() -> None:
    cancelled = next(row for row in ROWS if row.kind == "cancelled")
    assert max(row.instants[-1] for row in ROWS if row.gig == cancelled.gig) == cancelled.instants[0]


def test_lisbon_keeps_its_wall_clock_through_the_end_of_summer_time() -> None:
    sheet = next(row for row in ROWS if row.gig == "#18" and row.kind == "day_sheet")
    assert sheet.instants == (read_instant("2024-10-26T17:00Z"),)
    out = next(row for row in ROWS if row.gig == "#28" and row.kind == "load_out")
    assert out.instants == (read_instant("2024-10-27T01:30Z"),)


def test_nobody_is_written_to_at_night_but_for_the_show() -> None:
    zones = {one.name: one.zone for one in CAST}
    kept = [due for due in dues(ROWS) if due.row.person and due.row.kind not in ("no_show", "on_your_way")]
    for due in kept:
        assert 8 <= local(due.at, zones[due.row.person]).hour < 23, str(due)


def test_a_series_follows_the_wall_clock_of_its_zone() -> None:
    days = instants("2024-10-26..2024-10-27 daily 09:00 Europe/London")
    assert days == (datetime(2024, 10, 26, 8, tzinfo=UTC), datetime(2024, 10, 27, 9, tzinfo=UTC))


def test_reminders_are_most_of_it() -> None:
    due = dues(ROWS)
    assert sum(one.row.kind in REMINDERS for one in due) > len(due) * 3 // 4


@pytest.mark.parametrize(
    "line",
    [
        "#1\tthread\t\tdoors\t2024-09-24T16:00Z\t@pia",
        "#1\troof\t\tdoors\t2024-09-24T16:00Z\t@pia\t@sam",
        "#1\tthread\t\tdoors\t24 Sep 16:00\t@pia\t@sam",
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    table = tmp_path / "expected.tsv"
    table.write_text(f"gig\twhere\tperson\tkind\tat\tfact1\tfact2\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_expected(table)
