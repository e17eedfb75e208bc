"""What somebody is told privately."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.controls import controls


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


NOTHING_TOLD = Told("", "", "", "", [])
