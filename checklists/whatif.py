"""What a change would do to a gig's list: which dues move, what is late then, what would be pressed together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.items import Item


@dataclass(frozen=True, slots=True)
class Dues:
    """The difference between a list before a change and after it; what is closed is left out.

    `late` and `squeezed` are the items as they would stand, the earliest due first; `moved` counts the dues that
    change, `added` and `gone` the lines that come on the list and go off it.
    """

    moved: int
    late: Sequence[Item]
    squeezed: Sequence[Item]
    added: int
    gone: int


def compare(before: Iterable[Item], after: Iterable[Item], now: datetime) -> Dues:
    """What changes between two lists of one gig; `now` is UTC."""
    was, will = ({item.key: item for item in items} for items in (before, after))
    opened = sorted((item for item in will.values() if not item.state.is_closed), key=lambda item: item.falls_due)
    return Dues(
        moved=sum(item.key in was and was[item.key].due_at != item.due_at for item in opened),
        late=[item for item in opened if item.is_late(now)],
        squeezed=[item for item in opened if item.compressed and not item.is_late(now)],
        added=len(will.keys() - was.keys()),
        gone=len(was.keys() - will.keys()),
    )
