"""The ledger as the truth: every post that Slack took, on disk before the answer leaves."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.ledger import Entry, Kind, Ledger
from bot.sandbox.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Posted:
    """A post of the bot's that Slack took; `at` in epoch seconds. `deleted`: it does not stand any more."""

    key: str
    kind: str
    channel: str
    thread_ts: str
    ts: str
    at: float
    text: str = ""
    deleted: bool = False


class KeptLedger(Ledger):
    """A ledger that writes the bot's posts and deletions to a file, one JSON object a line."""

    def __init__(self, pulse: Pulse, bot_user: str, path: Path) -> None:
        super().__init__(pulse, bot_user)
        self.path = path
        self._bot = bot_user
        self._file = path.open("a", encoding="utf-8")

    def append(self, entry: Entry) -> Entry:
        if entry.kind in (Kind.POSTED, Kind.DELETED) and entry.user == self._bot:
            self._file.write(json.dumps(_line(entry)) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        return super().append(entry)

    def close(self) -> None:
        """Nothing more is written."""
        self._file.close()


def _line(entry: Entry) -> dict[str, Any]:
    metadata = entry.metadata or {}
    told = {"what": entry.kind.value, "key": str((metadata.get("event_payload") or {}).get("key", ""))}
    told |= {"kind": str(metadata.get("event_type", "")).removeprefix("buscall_"), "channel": entry.channel}
    told |= {"thread_ts": entry.thread_ts or "", "ts": entry.ts, "text": f"{entry.text} {json.dumps(entry.blocks)}"}
    return {**told, "at": entry.at.timestamp()}


def read_ledger(path: Path) -> list[Posted]:
    """What was posted, in order; what was deleted later says so."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    gone = {(line["channel"], line["ts"]) for line in lines if line.pop("what") == Kind.DELETED}
    posted = [Posted(**line, deleted=(line["channel"], line["ts"]) in gone) for line in lines]
    return list({(post.channel, post.ts): post for post in reversed(posted)}.values())[::-1]
