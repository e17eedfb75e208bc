"""How fast a reply is read, and how often it is read as it was meant, on the lists that tests/checklists keeps."""

import time
from collections.abc import Callable, Sequence
from hashlib import sha256

from checklists.replies import Meaning, read
from tests.bench.figures import Reading, Say
from tests.bench.serving import ROOT

LISTS = ROOT / "tests" / "checklists"
TIMES = 7
FOLDS = 5
Line = tuple[str, Meaning, str]


def measure(say: Say) -> list[Reading]:
    """Reads both lists several times over, then scores each fifth of them, and says each label's score."""
    given, fresh = lines("replies.tsv"), lines("replies_fresh.tsv")
    say(f"{len(given) + len(fresh)} lines, {TIMES} times")
    taken = [_microseconds([text for text, _, _ in (*given, *fresh)]) for _ in range(TIMES)]
    for name, some in (("given", given), ("fresh", fresh)):
        say(f"{name}: {scores(some)}")
    fifths = [100 * (1 - right(some)) for some in folds((*given, *fresh))]
    fresh_wrong = [100 * (1 - right(fresh))]
    return [
        Reading("reading", taken),
        Reading("misread", fifths, "each fifth of both lists"),
        Reading("misread-fresh", fresh_wrong, scores(fresh)),
    ]


def lines(name: str) -> list[Line]:
    """The labelled lines of a list: text, meaning, minutes or HH:MM."""
    rows = [line.split("\t") for line in (LISTS / name).read_text(encoding="utf-8").splitlines()]
    return [(text, Meaning(label), when) for text, label, when in rows]


def folds(some: Sequence[Line]) -> list[list[Line]]:
    """The lines in fifths, by their text alone."""
    parts: list[list[Line]] = [[] for _ in range(FOLDS)]
    for line in some:
        parts[sha256(line[0].encode()).digest()[0] % FOLDS].append(line)
    return parts


def right(some: Sequence[Line]) -> float:
    """The share of lines whose meaning is read."""
    return share(some, lambda line: read(line[0]).meaning is line[1])


def share(some: Sequence[Line], holds: Callable[[Line], bool]) -> float:
    """For how much of the lines it holds."""
    return sum(map(holds, some)) / len(some)


def scores(some: Sequence[Line]) -> str:
    """Each label's precision and recall in per cent, and how many minutes are exact."""
    told = [f"{label} {_percent(some, label)}" for label in Meaning if any(line[1] is label for line in some)]
    late = [line for line in some if line[1] is Meaning.LATE]
    return ", ".join([*told, f"minutes {100 * share(late, _is_exact):.1f}"])


def _percent(some: Sequence[Line], label: Meaning) -> str:
    meant = [line for line in some if line[1] is label]
    found = [line for line in some if read(line[0]).meaning is label]
    precision = 100 * share(found, lambda line: line[1] is label)
    return f"{precision:.1f}/{100 * share(meant, lambda line: read(line[0]).meaning is label):.1f}"


def _is_exact(line: Line) -> bool:
    text, _, when = line
    reading = read(text)
    said = f"{reading.clock:%H:%M}" if reading.clock else ""
    return when == (said if reading.minutes is None else str(reading.minutes))


def _microseconds(texts: Sequence[str]) -> float:
    """The time of one reply, in microseconds of this process."""
    began = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - began) / len(texts) * 1e6
