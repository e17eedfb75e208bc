"""Collects what is wrong with blocks and views, each with its JSON pointer."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """`pointer` as in RFC 6901, from the message or view; `words` as Slack puts them."""

    pointer: str
    words: str

    def __str__(self) -> str:
        return f"[ERROR] {self.words} [json-pointer:{self.pointer}]"


@dataclass
class Inspection:
    """One look at one message or view. `surface` is message, modal or home."""

    surface: str
    problems: list[Problem] = field(default_factory=list)
    action_ids: dict[str, set[str]] = field(default_factory=dict)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def blame(self, pointer: str, words: str) -> None:
        self.problems.append(Problem(pointer, words))

    def check_string(
        self, owner: dict[str, Any], key: str, at: str, longest: int, *, required: bool = False, shortest: int = 0
    ) -> None:
        """A plain string field: present if required, a string, between the two lengths."""
        value = owner.get(key)
        if value is None:
            if required:
                self.blame(at, f"missing required field: {key}")
            return
        if not isinstance(value, str):
            self.blame(f"{at}/{key}", "must be a string")
        elif len(value) > longest:
            self.blame(f"{at}/{key}", f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            self.blame(f"{at}/{key}", f"must be more than {shortest - 1} characters")

    def check_text(
        self,
        owner: dict[str, Any],
        key: str,
        at: str,
        longest: int,
        *,
        required: bool = False,
        kinds: Collection[str] = ("plain_text",),
    ) -> None:
        """A text object field: right kind, not empty, not too long."""
        if owner.get(key) is None:
            if required:
                self.blame(at, f"missing required field: {key}")
            return
        self.check_text_object(owner[key], f"{at}/{key}", longest, kinds)

    def check_text_object(self, thing: Any, at: str, longest: int, kinds: Collection[str]) -> None:
        if not isinstance(thing, dict):
            self.blame(at, "must be an object")
        elif thing.get("type") not in kinds:
            self.blame(f"{at}/type", f"must be one of: {', '.join(kinds)}")
        else:
            self.check_string(thing, "text", at, longest, required=True, shortest=1)
            self._check_text_switches(thing, at)

    def _check_text_switches(self, thing: dict[str, Any], at: str) -> None:
        allowed = {"plain_text": "emoji", "mrkdwn": "verbatim"}[thing["type"]]
        for key in thing.keys() - {"type", "text", allowed}:
            self.blame(at, f"unsupported field: {key}")

    def check_list(
        self, owner: dict[str, Any], key: str, at: str, most: int, *, least: int = 1, required: bool = True
    ) -> list[Any]:
        """A list field of a bounded size; gives its items, or nothing when it is not usable."""
        value = owner.get(key)
        if value is None:
            if required:
                self.blame(at, f"missing required field: {key}")
            return []
        if not isinstance(value, list):
            self.blame(f"{at}/{key}", "must be an array")
            return []
        if len(value) > most:
            self.blame(f"{at}/{key}", f"no more than {most} items allowed")
        if len(value) < least:
            self.blame(f"{at}/{key}", f"must have at least {least} items")
        return value

    def check_unique_action(self, action_id: Any, at: str, scope: str) -> None:
        """No action_id twice: in a message at all, in a view within its block."""
        seen = self.action_ids.setdefault("" if self.surface == "message" else scope, set())
        if isinstance(action_id, str):
            if action_id in seen:
                self.blame(f"{at}/action_id", f"`action_id` {action_id} already exists")
            seen.add(action_id)

    def check_unique_block(self, block_id: Any, at: str) -> None:
        if isinstance(block_id, str):
            if block_id in self.block_ids:
                self.blame(f"{at}/block_id", f"`block_id` {block_id} already exists")
            self.block_ids.add(block_id)
