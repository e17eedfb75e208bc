"""Acks, refreshed cards, memory and start of `serve` with a thousand gigs in its book."""

import itertools
from collections import defaultdict

from bot.pace import BETWEEN_EDITS
from bot.sandbox.events import Envelope
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.seed import GIGS, city_of
from tests.bench.serving import Serving
from tests.bench.stage import CREW, PATIENCE, Stage, ack_ms, key_of, rest, set_up

SHOWN = 300
ANSWERED = 280
STARTS = 5
CARDS_A_START = 22
"""As many as chat.update's burst lets through unheld: each answer edits the card and the ask."""
AT_REST = BETWEEN_EDITS.total_seconds() + 0.05
"""A message is edited once a second, so a card that has just been is no card at rest; the burst reads that."""
POSITIONS = ("FOH", "MON", "LD", "BL", "SYS", "VID")
ASKS = ", ".join(f"@{name} {position} 14:00" for name, position in zip(CREW, POSITIONS, strict=True))


def measure(say: Say) -> list[Reading]:
    """The cards in several starts of serve, then the whole load in the last; gives the readings."""
    say("opening 1,000 gigs")
    with set_up() as stage:
        load = Load(stage)
        for n in range(1, STARTS + 1):
            say(f"start {n} of {STARTS}, then {CARDS_A_START} cards refreshed")
            with Serving(stage.env) as serving:
                load.readings["ready"].append(serving.ready_seconds)
                _play(load, serving, n, say)
        return load.told()


def _play(load: "Load", serving: Serving, start: int, say: Say) -> None:
    if start == 1:
        load.open_gig()
    load.refresh(CARDS_A_START)
    load.set_first_apart(start)
    if start == STARTS:
        say(f"{SHOWN} times /gig show")
        load.show(SHOWN)
        say(f"{ANSWERED} answers in a thread")
        load.answer(ANSWERED)
        load.readings["memory"].append(serving.resident_mb())


SAID = ("confirmed", "not sure yet", "running {} late", "not sure yet")
"""What everybody says in turn: each answer changes something, so that the card is edited every time."""


class Load:
    """What is played on the stage, and what was read."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.readings: dict[str, list[float]] = defaultdict(list)
        self._count = itertools.count()
        self._crew = itertools.cycle(CREW)
        self._card = ""
        self._keys: set[str] = set()

    def open_gig(self) -> None:
        """Calls the crew of the first gig, so that its card stands and has a thread."""
        self.stage.command(f"/gig call {city_of(1)} {ASKS}")
        self.stage.settle()
        self._card = self.stage.ask("SELECT card_ts FROM gigs WHERE number = 1")
        if not self._card:
            raise Unmeasured("the card of the first gig was not posted")

    def show(self, times: int) -> None:
        """`/gig show` of gigs all over the tour."""
        for n in range(times):
            self._note("show", self.stage.command(f"/gig show {city_of(1 + n * 7 % GIGS)}"))
            rest(0.02)

    def answer(self, times: int) -> None:
        """Answers in the thread, one every now and then, while the courier says what follows from them."""
        for _ in range(times):
            self._reply()
            rest(0.1)

    def refresh(self, times: int) -> None:
        """Answers in the thread, each waited for until the card in Slack is edited."""
        for _ in range(times):
            before = len(self.stage.sandbox.calls)
            acked = self._reply()
            self.readings["card"].append((self._edited(before) - acked) * 1000)
            self.stage.settle()
            rest(AT_REST)

    def set_first_apart(self, start: int) -> None:
        """The first answer after a start finds everything cold: told apart, and the early starts count for no more."""
        replies = self.readings["reply"]
        self.readings["reply-first"].append(replies[0])
        if start < STARTS:
            replies.clear()

    def told(self) -> list[Reading]:
        """Everything that was read; an ack whose row the second connection did not see counts."""
        asked = [key for key in self.stage.seen if key in self._keys]
        unseen = [key for key in asked if not self.stage.seen[key]]
        written = Reading("written", [len(unseen)], f"of {len(asked)} acks")
        return [*(Reading(name, values) for name, values in self.readings.items()), written]

    def _reply(self) -> float:
        count = next(self._count)
        words = SAID[count // len(CREW) % len(SAID)].format(5 + count % 11 * 5)
        envelope = self.stage.reply(next(self._crew), words, self._card)
        self._note("reply", envelope)
        return envelope.acked or 0.0

    def _note(self, name: str, envelope: Envelope) -> None:
        self.readings[name].append(ack_ms(envelope))
        self._keys.add(key_of(envelope))

    def _edited(self, before: int) -> float:
        """When Slack took the next edit of the card. Raises Unmeasured when none came."""
        sandbox = self.stage.sandbox

        def edits() -> list[float]:
            calls = [call for call in sandbox.calls[before:] if call.method == "chat.update" and not call.error]
            return [call.accepted for call in calls if call.args.get("ts") == self._card]

        if not sandbox.wait_until(edits, PATIENCE):
            raise Unmeasured("an answer did not change the card")
        return edits()[0]
