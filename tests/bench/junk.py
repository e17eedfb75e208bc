"""Junk at a request URL, so many a second for so long, from a process of its own: `python -m tests.bench.junk`.

Prints one JSON line: how many were sent, the answers by status, and how long each took (ms).
"""

import http.client
import itertools
import json
import random
import sys
import threading
import time
from collections import Counter

HANDS = 10
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
BODIES = (b"", b"{", b"payload=%7B", b"[" * 100_000, b"command=%2Fgig&text=junk", b"x" * 200_000, b'{"a": 1}', b"\xff")
FORGED = "v0=" + "0" * 64


class Junk:
    """Counts while its hands throw."""

    def __init__(self, port: int, rate: float, seconds: float) -> None:
        self.port = port
        self.pause = HANDS / rate
        self.seconds = seconds
        self.answers: Counter[str] = Counter()
        self.took: list[float] = []

    def throw(self) -> None:
        """All hands, until the time is over."""
        hands = [threading.Thread(target=self._throw_one_after_another, args=(n,)) for n in range(HANDS)]
        for each in hands:
            each.start()
        for each in hands:
            each.join()

    def _throw_one_after_another(self, hand: int) -> None:
        chance, rest = random.Random(hand), threading.Event()  # noqa: S311 - junk
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        begun = time.monotonic()
        for n in itertools.takewhile(lambda _: time.monotonic() - begun < self.seconds, itertools.count()):
            rest.wait(max(0.0, begun + n * self.pause - time.monotonic()))
            sent = time.monotonic()
            self.answers[self._one(line, chance)] += 1
            self.took.append((time.monotonic() - sent) * 1000)
        line.close()

    def _one(self, line: http.client.HTTPConnection, chance: random.Random) -> str:
        stamp = str(int(time.time()) - chance.choice((0, 0, 400)))  # noqa: TID251 - Slack's own clock, as forged
        headers = {"Content-Type": chance.choice((JSON, FORM, "text/plain"))}
        headers |= {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": FORGED}
        try:
            line.request("POST", "/slack/events", chance.choice(BODIES), headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            line.close()
            return type(error).__name__
        return str(answer.status)


def main() -> None:
    """Port, rate and seconds stand on the command line."""
    port, rate, seconds = sys.argv[1:]
    junk = Junk(int(port), float(rate), float(seconds))
    junk.throw()
    sys.stdout.write(json.dumps({"answers": junk.answers, "took": junk.took}) + "\n")


if __name__ == "__main__":
    main()
