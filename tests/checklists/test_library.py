"""The stock checklists load whole, and a broken sheet says where."""

from pathlib import Path

import pytest

from checklists.crew import owner_of
from checklists.items import SELF_TICKING, Due, Severity
from checklists.library import ANCHORS, OWNERS, every_item, find, lite, read_sheets, stock, usual_due

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
    assert {due.anchor for due in dues if due.is_minute} == ANCHORS


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
    assert found.text == "Medics in place"
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
        ("due", "lod_in+5m", "unknown anchor lod_in"),
        ("area", "kitchen", "kitchen"),
        ("severity", "S", "'S'"),
        ("evidence", "oath", "oath"),
        ("owner", "CAT", "unknown owner CAT"),
        ("owner", None, "owner is missing"),
        ("text", "7", "text is missing or not text"),
        ("text", "long " * 99, "more than 300"),
        ("lite", "false", "lite can only be True"),
        ("waive", "tm", "waive can only be ep"),
        ("colour", "red", "unknown field colour"),
    ],
)
def test_a_broken_line_names_its_file_and_key(tmp_path: Path, field: str, value: str | None, said: str) -> None:
    write_sheet(tmp_path, "club", **{field: value})
    with pytest.raises(ValueError, match=rf"^club\.yaml: va\.power: .*{said}"):
        read_sheets(tmp_path)


def test_a_line_without_a_key_is_told_by_its_number(tmp_path: Path) -> None:
    write_sheet(tmp_path, key=None)
    with pytest.raises(ValueError, match=r"^club\.yaml: item 1: key is missing"):
        read_sheets(tmp_path)


def test_a_key_in_two_sheets_names_both(tmp_path: Path) -> None:
    write_sheet(tmp_path, "arena")
    write_sheet(tmp_path, "club")
    with pytest.raises(ValueError, match=r"^club\.yaml: va\.power: the key is already in arena\.yaml"):
        read_sheets(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "items: [", "[]", "checklist: arena\nitems: []", "checklist: club", "checklist: club\nitems: [a]"],
)
def test_a_sheet_that_is_none_names_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "club.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^club\.yaml: "):
        read_sheets(tmp_path)
