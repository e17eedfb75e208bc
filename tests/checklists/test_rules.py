"""The rules of readiness come from their file, whole or not at all, and a tour changes them in words."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from checklists import rules
from checklists.errors import Refusal
from checklists.items import Area, Severity
from checklists.rules import FILE, NAMES, changed, figure_words, made_of, own_rules, read_figure, read_rules, usual
from checklists.sheet import SheetFault

TEXT = FILE.read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_holds_the_figures_of_the_trade() -> None:
    found = usual()
    assert [found.weights[each] for each in Severity] == [5, 3, 1]
    assert [found.areas[each] for each in Area] == [15, 20, 15, 15, 15, 8, 7, 5]
    assert (found.soon, found.soon_on_the_day) == (timedelta(hours=48), timedelta(minutes=30))
    assert (found.confirm_amber, found.confirm_red) == (timedelta(hours=72), timedelta(hours=24))
    assert (found.rest_amber, found.rest_red, found.acknowledge) == tuple(timedelta(hours=n) for n in (10, 8, 2))
    assert (found.on_time_amber, found.on_time_red, found.enough_due) == (95.0, 70.0, 10)


def test_the_file_is_read_once() -> None:
    assert usual() is usual()


@pytest.mark.parametrize(
    ("there", "instead", "line", "wrong"),
    [
        ("rest_red: 8 h", "rest_red: soon", 12, "“soon” is no time up to 60 days"),
        ("rest_red: 8 h", "rest_red: 11 h", 12, "rest red: red would be milder than amber"),
        ("rest_red: 8 h", "rest_red: 0 h", 12, "is no time"),
        ("rest_red: 8 h", "rest_redd: 8 h", 12, "there is no such rule"),
        ("on_time_red: 70 %", "on_time_red: 170 %", 14, "is no percentage"),
        ("normal: 1", "normal: 0", 3, "is no whole number from 1 to 100"),
        ("crew: 15", "crew: many", 4, "is no whole number from 0 to 100"),
        ("crew: 15", "crew: [1]", 4, "crew: not one plain value"),
        (", normal: 1", "", 1, "missing: weight normal"),
        ("limits:", "limit:", 6, "unknown part limit"),
        ("limits:", "weights:", 5, "weights is there twice"),
        ("weights: {stopper: 5, critical: 3, normal: 1}", "weights: 5", 3, "not a list of fields"),
        ("areas: {", "areas: {{", 4, "a name is missing"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, there: str, instead: str, line: int, wrong: str) -> None:
    assert there in TEXT
    with pytest.raises(SheetFault, match=r"rules\.yaml") as caught:
        read_rules(written(tmp_path, TEXT.replace(there, instead, 1)))
    assert f"rules.yaml, line {line}: " in str(caught.value)
    assert wrong in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n", "[" * 100_000, "limits: {rest_red: 8 h"])
def test_what_is_no_file_of_rules_is_told_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(SheetFault, match=r"rules\.yaml, line"):
        read_rules(written(tmp_path, text))


def test_at_start_a_fault_is_said_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FILE", written(tmp_path, TEXT.replace("rest_red: 8 h", "rest_red: eight")))
    for read in (rules.usual, rules.usual_figures):
        read.cache_clear()
    with pytest.raises(Refusal, match=r"do not load: rules\.yaml, line 12: rest red: .* Correct that line"):
        rules.load_rules()
    monkeypatch.undo()
    rules.load_rules()


def test_a_tour_keeps_only_what_is_otherwise_than_everybodys() -> None:
    kept = changed(changed("", "rest amber", "11h"), "rest red", "9 hours")
    assert kept == "rest amber: 11 h\nrest red: 9 h"
    assert own_rules(kept) == replace(usual(), rest_amber=timedelta(hours=11), rest_red=timedelta(hours=9))
    assert changed(kept, "rest red", "") == "rest amber: 11 h"
    assert changed(kept, "rest red", "8 h") == "rest amber: 11 h"
    assert own_rules("") == usual()


def test_weights_of_a_tour_are_its_own() -> None:
    found = own_rules(changed(changed("", "area travel", "40"), "weight critical", "4"))
    assert found.areas[Area.TRAVEL] == 40
    assert found.weights[Severity.CRITICAL] == 4


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("rest red", "11 h", "`/gig rules rest amber 11 h`"),
        ("rest amber", "6 h", "`/gig rules rest red 6 h`"),
        ("on time red", "96 %", "`/gig rules on time amber 96 %`"),
        ("confirm red", "4 days", "`/gig rules confirm amber 96 h`"),
        ("soon", "late", "no time up to 60 days: write 8 h, 30 min or 2 days"),
        ("enough due", "-3", "no whole number from 0 to 1,000"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_type(name: str, words: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        changed("", name, words)
    assert told in str(no.value)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_reads_as_it_is_written(name: str) -> None:
    figure = rules.usual_figures()[name]
    assert read_figure(name, figure_words(name, figure)) == figure
    assert made_of(rules.usual_figures()) == usual()


@pytest.mark.parametrize(
    ("words", "figure"),
    [("90 min", 90), ("1.5 h", 90), ("2 days", 2880), ("30min", 30), ("8H", 480), ("45 minutes", 45)],
)
def test_a_time_is_read_as_people_write_it(words: str, figure: float) -> None:
    assert read_figure("soon", words) == figure
