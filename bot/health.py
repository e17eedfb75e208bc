"""Is the bot well? Looked at once a second at most, whoever asks and however often."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

LOOK_EVERY = 1.0
LOOK_WITHIN = 5.0
LONGEST_BEAT = 60.0
LONGEST_OVERDUE = 120.0


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the program knows of itself. `overdue`: seconds since the oldest thing to do or to say fell due,
    `beat`: since it last looked. `sender`: it sends for the workspace; else it stands by. `stuck`: how much the
    last audit found standing still."""

    ready: bool
    team: str
    store: bool
    sender: bool
    overdue: float
    beat: float
    stuck: int = 0

    @property
    def is_well(self) -> bool:
        """Ready, with its store, awake, and nothing left lying for two minutes."""
        late = self.sender and self.overdue > LONGEST_OVERDUE
        return self.ready and self.store and self.beat <= LONGEST_BEAT and not late and not self.stuck


UNKNOWN = Vitals(ready=False, team="", store=False, sender=False, overdue=0.0, beat=0.0)


class Health:
    """`look` gives the vitals; it may be slow, but only one asker ever waits for it."""

    def __init__(self, look: Callable[[], Vitals]) -> None:
        self._look = look
        self._turn = threading.Lock()
        self._seen = UNKNOWN
        self._seen_at = float("-inf")

    def tell(self) -> tuple[bool, bytes]:
        """Whether it is well, and the same as a small JSON."""
        seen = self._newest()
        told = {"ok": seen.is_well, **asdict(seen), "overdue": round(seen.overdue), "beat": round(seen.beat)}
        return seen.is_well, json.dumps(told).encode()

    def _newest(self) -> Vitals:
        if time.monotonic() - self._seen_at >= LOOK_EVERY and self._turn.acquire(blocking=False):
            try:
                self._seen = self._look()
                self._seen_at = time.monotonic()
            finally:
                self._turn.release()
        # Somebody has looked for this long and still has no answer.
        return self._seen if time.monotonic() - self._seen_at < LOOK_WITHIN else UNKNOWN
