"""What was asked, and what is answered: no Bolt, no Slack client, no store."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it was fetched before the transaction."""

    id: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that happened in Slack, in our words.

    `now` is UTC, and `at` when it was said or pressed by Slack's clock, where Slack tells. `key` names the
    envelope for ever: the same key is answered the same. `thread` is the root of the thread it happened in
    ("" outside one), `ts` the message it is about: the reply itself, the message whose button was pressed, the
    one reacted to. `choices` are answers already given to questions about this very request, `fields` what was
    filled into a form (several values parted by a space). `files` are the links of what was dropped with the words.
    """

    now: datetime
    key: str
    who: str
    where: str = ""
    where_name: str = ""
    thread: str = ""
    ts: str = ""
    text: str = ""
    value: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    dropped: Dropped | None = None
    outsider: bool = False
    at: datetime | None = None
    files: tuple[str, ...] = ()

    @property
    def said_at(self) -> datetime:
        """When it was said, UTC: it may come late."""
        return self.at or self.now

    def with_choice(self, name: str, value: str) -> "Asked":
        """The same request with one of its questions answered."""
        return replace(self, choices={**self.choices, name: value})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person who asked is told, privately. Empty text: nothing is said.

    `replaces` is true when the words take the place of the private question whose button was pressed. `form`
    is opened for him; `errors` stand at the fields of the form that he sent, which then stays open.
    """

    text: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    replaces: bool = False
    form: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> str:
        """As the replay store keeps it; a form is not opened twice, its trigger is spent."""
        kept = {"text": self.text, "blocks": self.blocks, "replaces": self.replaces, "errors": self.errors}
        return json.dumps(kept)

    @classmethod
    def decode(cls, saved: str) -> "Reply":
        """The reply that `encode` wrote; "" is nothing."""
        if not saved:
            return NOTHING
        kept = json.loads(saved)
        return cls(kept["text"], tuple(kept["blocks"]), kept["replaces"], errors=kept["errors"])


NOTHING = Reply()
