"""What is new since the last look: one frame of the page's live stream at a time."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Lock

from bot.sandbox import page_shown as shown
from bot.sandbox.ledger import Entry, Kind
from bot.sandbox.page_given import Given
from bot.sandbox.records import Json
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import MadeCall

MESSAGES = {
    Kind.POSTED,
    Kind.EDITED,
    Kind.DELETED,
    Kind.REACTED,
    Kind.UNREACTED,
    Kind.EPHEMERAL,
    Kind.EPHEMERAL_EDITED,
    Kind.EPHEMERAL_GONE,
}
VIEWS = {Kind.VIEW_OPENED, Kind.VIEW_PUSHED, Kind.VIEW_UPDATED, Kind.VIEW_CLOSED}
TROUBLES = {Kind.TIMED_OUT, Kind.EVENT_LOST}
LOG_MOST = 500
BOARD_EVERY = 0.2


class Board:
    """The clock, what is due next and the program's own lines; asked for a few times a second at most."""

    def __init__(self, slack: Slack, given: Given) -> None:
        self._slack = slack
        self._given = given
        self._lock = Lock()
        self._read_at = 0.0
        self._known: Json = {}
        self.moving_to: datetime | None = None

    def read(self, fresh: bool = False) -> Json:
        """The board as it is, or (unless `fresh`) as it was a moment ago; the instant is always the present one."""
        with self._lock:
            if fresh or time.monotonic() - self._read_at > BOARD_EVERY:
                due = self._given.next_due()
                status = [[label, text] for label, text in self._given.status()]
                self._known = {"due": due.isoformat() if due else None, "status": status}
                self._read_at = time.monotonic()
        return self._known | {"now": self._slack.workspace.now().isoformat(), **self._switches()}

    def _switches(self) -> Json:
        faults, moving = self._slack.faults, self.moving_to
        switches = {"twice": faults.deliver_events_twice, "paced": faults.one_post_per_second}
        planned = [f"{fault.method}: {fault.trouble.value}" for fault in faults.planned]
        return {"moving": moving.isoformat() if moving else None, "switches": switches, "planned": planned}


class Feed:
    """One reader of the stream, from the ledger's line `since` on. `closed` says that the page is going."""

    def __init__(
        self, slack: Slack, calls: list[MadeCall], board: Board, since: int, closed: Callable[[], bool]
    ) -> None:
        self._slack = slack
        self._calls = calls
        self._board = board
        self._closed = closed
        self._seq = since
        self._envelopes = max(0, len(slack.line.envelopes) - LOG_MOST)
        self._made = max(0, len(calls) - LOG_MOST)
        self._unacked: list[int] = []
        self._places: tuple[list[Json], list[Json]] = ([], [])
        self._last_board: Json = {}

    def read(self, seconds: float = 1.0) -> str:
        """Wait for news (real seconds at most); gives one frame of JSON, or "" when there is none."""
        self._slack.pulse.wait_until(lambda: self._closed() or self._has_news(), seconds)
        frame = self._gather()
        return json.dumps(frame) if len(frame) > 1 else ""

    def _has_news(self) -> bool:
        line, seen = self._slack.line, (self._seq, self._envelopes, self._made)
        moved = _second(self._last_board.get("now", "")) != _second(self._slack.workspace.now().isoformat())
        there = (self._slack.ledger.next_seq, len(line.envelopes), len(self._calls))
        return seen != there or moved or any(not line.envelopes[number].waiting for number in self._unacked)

    def _gather(self) -> Json:
        with self._slack.pulse:
            entries = self._slack.ledger.entries(since=self._seq)
            self._seq += len(entries)
            frame: Json = {"seq": self._seq, "messages": self._messages(entries), "views": self._views(entries)}
            frame |= {"homes": self._homes(entries), "log": [*self._log(entries)], **self._changed_places()}
        board = self._board.read()
        if board != self._last_board:
            frame["board"] = self._last_board = board
        return {key: value for key, value in frame.items() if value or key == "seq"}

    def _messages(self, entries: list[Entry]) -> list[Json]:
        spots = dict.fromkeys((e.channel, e.ts) for e in entries if e.kind in MESSAGES)
        return [self._message(*spot) for spot in spots]

    def _message(self, channel: str, ts: str) -> Json:
        workspace = self._slack.workspace
        found = workspace.message(channel, ts)
        if found is None:
            return {"channel": channel, "ts": ts, "deleted": True}
        return shown.show_message(self._slack, found)

    def _views(self, entries: list[Entry]) -> list[Json]:
        views = self._slack.workspace.views
        return [shown.show_view(views[key]) for key in dict.fromkeys(e.name for e in entries if e.kind in VIEWS)]

    def _homes(self, entries: list[Entry]) -> list[Json]:
        homes = self._slack.workspace.homes
        users = dict.fromkeys(e.user for e in entries if e.kind is Kind.HOME_PUBLISHED)
        return [shown.show_view(homes[user]) for user in users]

    def _changed_places(self) -> Json:
        places = (shown.show_people(self._slack), shown.show_channels(self._slack))
        if places == self._places:
            return {}
        self._places = places
        return {"people": places[0], "channels": places[1]}

    def _log(self, entries: list[Entry]) -> Iterator[Json]:
        envelopes = self._slack.line.envelopes
        fresh = [*self._unacked, *range(self._envelopes, len(envelopes))]
        yield from (shown.show_envelope(number, envelopes[number]) for number in fresh)
        self._unacked = [number for number in fresh if envelopes[number].waiting]
        self._envelopes = len(envelopes)
        made = list(self._calls[self._made :])
        yield from (shown.show_call(self._made + place, call) for place, call in enumerate(made))
        self._made += len(made)
        yield from (shown.show_trouble(entry) for entry in entries if _is_trouble(entry))


def _second(instant: str) -> str:
    # A real clock is always another one than a moment ago: that alone is news once a second.
    return instant[: len("2026-12-12T19:00:00")]


def _is_trouble(entry: Entry) -> bool:
    # A refused call is in the log as a call; a planned failure never came so far.
    planned = entry.kind is Kind.API_ERROR and entry.name in ("rate_limited", "server_error", "cut", "garbage")
    return planned or entry.kind in TROUBLES
