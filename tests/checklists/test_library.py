"""The stock checklists load whole, and a broken sheet says where."""

import re
from pathlib import Path
from time import process_time

import pytest

from checklists.crew import owner_of
from checklists.dues import ANCHORS, Due
from checklists.errors import Refusal
from checklists.items import SELF_TICKING, Severity
from checklists.library import SHEETS, every_item, find, lite, read_custom, read_sheets, stock, usual_due
from checklists.sheet import OWNERS, SheetFault

LINE = {
    "key": "va.power",
    "area": "venue",
    "text": "Power agreed",
    "owner": "PM",
    "due": "T-14d",
    "evidence": "num",
    "severity": "stopper",
}
NEVER_BY_THE_TM_ALONE = {
    "ds.exits",
    "ds.medics_in",
    "ds.power_on",
    "ds.rig_ok",
    "lg.work_permits",
    "lo.driver_fit",
}


def write_sheet(folder: Path, name: str = "club", **changes: str | None) -> None:
    fields = {key: value for key, value in {**LINE, **changes}.items() if value is not None}
    line = "\n  ".join(f"{key}: {value}" for key, value in fields.items())
    (folder / f"{name}.yaml").write_text(f"checklist: {name}\nitems:\n- {line}\n", encoding="utf-8")


def test_fourteen_sheets_hold_388_items_under_keys_of_their_own() -> None:
    keys = [item.key for item in every_item(stock())]
    assert len(stock()) == 14
    assert len(keys) == len(set(keys)) == 388


def test_the_stock_is_read_once() -> None:
    assert stock() is stock()


def test_the_lite_profile_has_36_items_in_the_order_they_fall_due() -> None:
    offsets = [usual_due(item) for item in lite()]
    assert len(lite()) == 36
    assert offsets == sorted(offsets)
    assert [lite()[0].key, lite()[-1].key] == ["cr.positions", "ds.settled"]


def test_every_owner_is_a_role_that_falls_back_to_the_tour_manager() -> None:
    assert {item.owner for item in every_item(stock())} <= OWNERS
    assert {owner_of(role, [], [], lead="the TM") for role in OWNERS} == {"the TM"}


def test_every_due_reads_and_hangs_on_a_known_anchor() -> None:
    dues = [Due.parse(item.due) for item in every_item(stock())]
    assert {due.anchor for due in dues if due.is_minute} == ANCHORS - {"announce", "on_sale"}


def test_six_safety_and_law_items_are_not_the_tour_managers_to_waive() -> None:
    kept = [item for item in every_item(stock()) if item.waive_ep]
    assert {item.key for item in kept} == NEVER_BY_THE_TM_ALONE
    assert {item.severity for item in kept} == {Severity.STOPPER}


def test_48_items_hang_on_one_of_26_conditions() -> None:
    conditions = [item.applies for item in every_item(stock()) if item.applies]
    assert len(conditions) == 48
    assert len(set(conditions)) == 26
    assert not any(condition.startswith("if ") for condition in conditions)


def test_find_gives_an_item_by_its_key_and_nothing_for_a_stranger() -> None:
    found = find("ds.medics_in")
    assert found is not None
    assert (found.owner, found.due) == ("PM", "doors-45m")
    assert find("ds.nobody") is None


def test_the_items_that_tick_themselves_exist() -> None:
    assert all(find(key) for key in SELF_TICKING)


def test_a_sound_sheet_loads(tmp_path: Path) -> None:
    write_sheet(tmp_path, lite="true", waive="ep", applies="if border")
    (item,) = read_sheets(tmp_path)["club"]
    assert (item.key, item.lite, item.waive_ep, item.applies) == ("va.power", True, True, "border")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("due", "soon", "not a due"),
        ("due", "T-1d@25:00", "no clock shows 25:00"),
        ("due", "lod_in+5m", "unknown anchor lod_in; minutes count from announce"),
        ("due", "doors-2d", "unknown anchor doors; days count from T, announce, on_sale"),
        ("area", "kitchen", "unknown area kitchen; there are deal_legal"),
        ("severity", "S", "unknown severity S; there are stopper"),
        ("evidence", "oath", "unknown evidence oath"),
        ("applies", "rain", "unknown condition rain; there are border"),
        ("owner", "CAT", "unknown owner CAT"),
        ("owner", None, "owner is missing"),
        ("text", "7", "text has no words"),
        ("text", "long " * 99, "more than 300"),
        ("lite", "false", "lite can only be true"),
        ("waive", "tm", "waive can only be ep"),
        ("colour", "red", "unknown field colour"),
    ],
)
def test_a_broken_line_names_its_file_line_and_key(tmp_path: Path, field: str, value: str | None, said: str) -> None:
    write_sheet(tmp_path, "club", **{field: value})
    with pytest.raises(SheetFault, match=rf"^club\.yaml, line 3: va\.power: .*{said}"):
        read_sheets(tmp_path)


@pytest.mark.parametrize("key", [None, "power", "Va.Power", "va.power now", "v" * 60 + ".x"])
def test_a_line_without_a_sound_key_is_told_by_its_line(tmp_path: Path, key: str | None) -> None:
    write_sheet(tmp_path, key=key)
    with pytest.raises(SheetFault, match=r"^club\.yaml, line 3: .*key"):
        read_sheets(tmp_path)


def test_a_key_in_two_sheets_names_both_places(tmp_path: Path) -> None:
    write_sheet(tmp_path, "arena")
    write_sheet(tmp_path, "club")
    with pytest.raises(SheetFault, match=r"^club\.yaml, line 3: va\.power: .* already in arena\.yaml, line 3"):
        read_sheets(tmp_path)


HEAD = "checklist: ours\n"
ITEM = '{key: my.cake, area: venue, owner: TM, due: DUE, evidence: tick, severity: normal, text: "Cake"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: a sheet begins with `checklist: NAME`"),
        ("[]", "line 1: a sheet begins"),
        ("items: [", "line 2: not a YAML sheet"),
        ("checklist: ours\nitems: []", "line 1: the sheet has no items"),
        ("checklist: ours", "line 1: the sheet has no items"),
        ("items:\n- {key: my.cake}", "line 1: the sheet must say `checklist: NAME`"),
        ("checklist: ours\nitems: [a]", "line 2: not a list of fields"),
        ("checklist: ours\nmore: 1", "line 2: more: a sheet has checklist"),
        ("checklist: ours\nitems:\n- {key: a.b, key: a.c}", "line 3: key is there twice"),
        ("checklist: ours\nitems:\n- {key: [a.b]}", "line 3: key: not one plain value"),
        ("checklist: &a ours\nitems: *a", "line 2: the sheet has no items"),
        ("checklist: ours\nitems:\n- key: a.b\n   area: venue", "line 4: not a YAML sheet"),
        ("[" * 190_000, "line 1: a sheet begins"),
        ("- " * 90_000, "line 1: a sheet begins"),
        ("x" * 200_001, "line 1: more than 200,000 characters"),
        (f"{HEAD}items:\n- {ITEM}\n- {ITEM}".replace("DUE", "T-1d"), "line 4: my.cake: the key is already in line 3"),
        (f"{HEAD}anchors: {{cake: cake-5m}}\nitems:\n- {ITEM}", "line 2: cake: circular anchor: cake > cake"),
        (
            f"{HEAD}anchors:\n  cut: cake+5m\n  cake: cut-5m\nitems:\n- {ITEM}",
            "line 3: cut: circular anchor: cut > cake > cut",
        ),
        (f"{HEAD}anchors: {{cake: oven-5m}}\nitems:\n- {ITEM}", "line 2: cake: unknown anchor oven"),
        (f"{HEAD}anchors: {{doors: T-5d}}\nitems:\n- {ITEM}", "line 2: doors cannot be an anchor of its own"),
        (f"{HEAD}anchors: {{cake: later}}\nitems:\n- {ITEM}", "line 2: cake: not a due"),
        (
            f"{HEAD}anchors: {{cake: T-5d}}\nitems:\n- {ITEM}".replace("DUE", "cake-5m"),
            "line 4: my.cake: cake is a day: no minutes",
        ),
        (
            f"{HEAD}anchors: {{cake: set-5m}}\nitems:\n- {ITEM}".replace("DUE", "cake-5d"),
            "line 4: my.cake: cake is a time of the day: no days",
        ),
    ],
)
def test_a_list_of_ones_own_that_is_broken_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=rf"^ours\.yaml, {re.escape(said)}"):
        read_custom("ours.yaml", text)


@pytest.mark.parametrize(
    ("anchor", "due", "read"),
    [
        ("load_out+30m", "cake-10m", "load_out+20m"),
        ("on_sale-7d@10:00", "cake-2d", "on_sale-9d"),
        ("on_sale-7d@10:00", "cake+1d@09:30", "on_sale-6d@09:30"),
        ("announce+0d", "T-1d", "T-1d"),
        ("oven-5m, oven: doors-60m", "cake-0m", "doors-65m"),
    ],
)
def test_an_anchor_of_ones_own_comes_down_to_one_that_gigs_have(anchor: str, due: str, read: str) -> None:
    text = f"{HEAD}anchors: {{cake: {anchor}}}\nitems:\n- {ITEM}".replace("DUE", due)
    assert [item.due for item in read_custom("ours.yaml", text)] == [read]


def test_a_list_in_blocks_reads_as_one_in_lines() -> None:
    line = ITEM.replace("DUE", "T-1d")
    block = line.strip("{}").replace(", ", "\n  ")
    assert read_custom("a", f"{HEAD}items:\n- {line}") == read_custom("a", f"{HEAD}items:\n- {block}")


def test_a_sheet_that_is_not_the_one_it_is_called_is_refused(tmp_path: Path) -> None:
    write_sheet(tmp_path, "club")
    (tmp_path / "club.yaml").rename(tmp_path / "arena.yaml")
    with pytest.raises(SheetFault, match=r"^arena\.yaml, line 1: the sheet must say `checklist: arena`"):
        read_sheets(tmp_path)


def test_a_sheet_that_is_no_text_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "club.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(SheetFault, match=r"^club\.yaml, line 1: not a text"):
        read_sheets(tmp_path)


def test_the_14_sheets_load_within_30_ms_of_work() -> None:
    def once() -> float:
        began = process_time()
        read_sheets(SHEETS)
        return process_time() - began

    assert min(once() for _ in range(5)) < 0.03
