"""What somebody is told privately."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.controls import controls
from checklists.closing import PROOFS
from checklists.library import find


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


def proven(key: str) -> str:
    """`va.power done 63 A`: an item of the stock, closed with what closes it."""
    item = find(key)
    assert item is not None
    return f"{key} done {PROOFS[item.evidence][1]}".strip()


NOTHING_TOLD = Told("", "", "", "", [])
