"""The ledger: everything that happened in the workspace, in order, never rewritten."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.sandbox.markup import mentions
from bot.sandbox.pulse import Pulse
from bot.sandbox.records import Blocks, Json


class Kind(StrEnum):
    POSTED = "posted"
    EDITED = "edited"
    DELETED = "deleted"
    REACTED = "reacted"
    UNREACTED = "unreacted"
    EPHEMERAL = "ephemeral"
    EPHEMERAL_EDITED = "ephemeral_edited"
    EPHEMERAL_GONE = "ephemeral_gone"
    COMMANDED = "commanded"
    PRESSED = "pressed"
    SUBMITTED = "submitted"
    VIEW_OPENED = "view_opened"
    VIEW_PUSHED = "view_pushed"
    VIEW_UPDATED = "view_updated"
    VIEW_CLOSED = "view_closed"
    HOME_PUBLISHED = "home_published"
    HOME_OPENED = "home_opened"
    FILE_SHARED = "file_shared"
    JOINED = "joined"
    CHANNEL_CHANGED = "channel_changed"
    PERSON_CHANGED = "person_changed"
    TIMED_OUT = "timed_out"
    EVENT_LOST = "event_lost"
    API_ERROR = "api_error"
    UNKNOWN_METHOD = "unknown_method"


@dataclass(frozen=True)
class Entry:
    """One line. `user` did it, or sees it when it is ephemeral; `at` is the sandbox's clock (UTC),
    `accepted` is real monotonic seconds; `via` is the method or the door; `name` an emoji, view or error."""

    seq: int
    at: datetime
    accepted: float
    kind: Kind
    user: str = ""
    channel: str = ""
    ts: str = ""
    thread_ts: str | None = None
    text: str = ""
    blocks: Blocks = field(default_factory=list)
    metadata: Json | None = None
    via: str = ""
    name: str = ""
    detail: Json = field(default_factory=dict)

    @property
    def pinged(self) -> set[str]:
        """Who this line pings (see markup.mentions)."""
        return mentions(self.text, self.blocks)


class Ledger:
    """Append-only; reading gives copies, so a caller may keep what it got."""

    def __init__(self, pulse: Pulse, bot_user: str) -> None:
        self._pulse = pulse
        self._bot_user = bot_user
        self._entries: list[Entry] = []

    def append(self, entry: Entry) -> Entry:
        """Keep a line (its `seq` must be `next_seq`) and wake the waiters."""
        with self._pulse:
            self._entries.append(entry)
            self._pulse.beat()
        return entry

    @property
    def next_seq(self) -> int:
        """The number that the next line gets; keep it, act, then read `entries(since=...)`."""
        return len(self._entries)

    def entries(self, *kinds: Kind, since: int = 0, user: str = "", channel: str = "") -> list[Entry]:
        """Lines in order; narrowed by kind, by number, by person, by channel id."""
        with self._pulse:
            lines = self._entries[since:]
        return [line for line in lines if _fits(line, kinds, user, channel)]

    def posts(self, channel: str = "", thread_ts: str | None = None, since: int = 0) -> list[Entry]:
        """What the bot posted, as it was at posting time; narrowed by channel and thread."""
        lines = self.entries(Kind.POSTED, since=since, user=self._bot_user, channel=channel)
        return [line for line in lines if thread_ts is None or line.thread_ts == thread_ts]

    def ephemerals(self, user: str = "", channel: str = "", since: int = 0) -> list[Entry]:
        """Private answers that somebody was shown: by ack, response_url or chat.postEphemeral."""
        kinds = (Kind.EPHEMERAL, Kind.EPHEMERAL_EDITED)
        return self.entries(*kinds, since=since, user=user, channel=channel)

    def errors(self, since: int = 0) -> list[Entry]:
        """RefusedError API calls and unknown methods."""
        return self.entries(Kind.API_ERROR, Kind.UNKNOWN_METHOD, since=since)


def _fits(line: Entry, kinds: Iterable[Kind], user: str, channel: str) -> bool:
    if kinds and line.kind not in kinds:
        return False
    return (not user or line.user == user) and (not channel or line.channel == channel)
