"""What somebody is told privately, and what is posted backstage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.controls import controls
from bot.sandbox.limits import check_message
from bot.sandbox.markup import mentions
from checklists.closing import PROOFS
from checklists.library import find
from storage.outbox import Delivery


@dataclass(frozen=True)
class Told:
    """A private answer: its words, and where it stands."""

    who: str
    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]

    @property
    def labels(self) -> list[str]:
        """What is read on its buttons."""
        buttons = [each.element for each in controls(self.blocks) if each.kind == "button"]
        return [button["text"]["text"] for button in buttons]

    @property
    def choices(self) -> list[str]:
        """What can be chosen in its menus."""
        return [option["text"]["text"] for each in controls(self.blocks) for option in each.options]


@dataclass
class Line:
    """A message as it was posted, and as it reads now."""

    said: Delivery
    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    seq: int
    now: str = ""
    edited: list[dict[str, Any]] = field(default_factory=list)

    @property
    def pinged(self) -> set[str]:
        """Whom it pinged as it was posted."""
        return mentions(self.text, self.blocks)

    @property
    def thread_ts(self) -> str:
        return self.said.thread_ts


def whole(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Blocks that Slack would take."""
    told = [dict(block) for block in blocks]
    assert (problems := check_message(told)) == [], problems
    return told


def proven(key: str) -> str:
    """`va.power done 63 A`: an item of the stock, closed with what closes it."""
    item = find(key)
    assert item is not None
    return f"{key} done {PROOFS[item.evidence][1]}".strip()


NOTHING_TOLD = Told("", "", "", "", [])
