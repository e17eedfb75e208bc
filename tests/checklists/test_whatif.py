"""What a change does to a list."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from checklists.items import Area, Evidence, Item, ItemState, Severity
from checklists.whatif import compare

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def item(key: str, days: float | None, state: ItemState = ItemState.OPEN, *, compressed: bool = False) -> Item:
    due = None if days is None else NOW + timedelta(days=days)
    made = Item(1, 1, key, Area.DEAL_LEGAL, key, "TM", "T-3d", due, Evidence.TICK, Severity.NORMAL)
    return replace(made, state=state, compressed=compressed)


def test_what_moves_what_is_late_and_what_is_pressed_is_told_the_earliest_first() -> None:
    before = [item("a.a", 1), item("b.b", 2), item("c.c", 3), item("d.d", 4), item("e.e", None), item("gone.x", 5)]
    after = [
        item("a.a", 1),
        item("b.b", -2),
        item("c.c", 9, compressed=True),
        item("d.d", 8, compressed=True),
        item("e.e", None),
        item("new.x", 5),
    ]
    found = compare(before, after, NOW)
    assert found.moved == 3
    assert [each.key for each in found.late] == ["b.b"]
    assert [each.key for each in found.squeezed] == ["d.d", "c.c"]
    assert (found.added, found.gone) == (1, 1)


def test_what_is_closed_does_not_count() -> None:
    before = [item("a.a", 1, ItemState.DONE), item("b.b", 1, ItemState.WAIVED)]
    after = [item("a.a", -1, ItemState.DONE, compressed=True), item("b.b", -1, ItemState.WAIVED)]
    found = compare(before, after, NOW)
    assert (found.moved, list(found.late), list(found.squeezed)) == (0, [], [])


def test_what_is_late_before_and_after_is_late() -> None:
    assert [each.key for each in compare([item("a.a", -3)], [item("a.a", -3)], NOW).late] == ["a.a"]
