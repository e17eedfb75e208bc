"""What the bot has written since, against what a step expects: whatever nobody expected is a problem."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.sandbox.ledger import Entry, Kind, Ledger
from bot.story.posted import texts
from tests.stories.crew.people import BY_ID, BY_NAME, named, shown
from tests.stories.crew.script import Expected, Step

GIGS = {"Lisbon": "#1", "Saturday": "#2", "Sunday": "#3", "Acoustic": "#4"}
PRIVATE = (Kind.EPHEMERAL, Kind.EPHEMERAL_EDITED)
SILENT = (Kind.COMMANDED, Kind.PRESSED, Kind.HOME_OPENED, Kind.SUBMITTED, Kind.VIEW_CLOSED, Kind.FILE_SHARED)
"""What people do; the rest is the bot's."""
PLACE = r"(?P<place>channel|thread of \w+|DM to \w+)"
TIMES = r"(?: x(?P<times>\d+))?"


def kind_of(line: Entry) -> str:
    return str((line.metadata or {}).get("event_type", "")).removeprefix("buscall_")


def words_of(line: Entry) -> str:
    """All that is read in a message."""
    return shown("\n".join([line.text, *texts(line.blocks)]))


@dataclass
class Book:
    """The ledger by places: which post is which."""

    ledger: Ledger
    channel: str
    directs: dict[str, str]
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    newest: dict[str, tuple[str, str]] = field(default_factory=dict)
    gig_of_card: dict[str, str] = field(default_factory=dict)
    mark: int = 0
    first_yes: str = ""
    """Who pressed first when several pressed at once: the script calls him so."""

    def named(self, words: str) -> list[str]:
        return named(words.replace("the first yes", self.first_yes))

    def written(self) -> list[Entry]:
        """What the bot has written since it was asked last."""
        lines = self.ledger.entries(since=self.mark)
        self.mark = self.ledger.next_seq
        mine = [line for line in lines if line.kind not in SILENT and line.via != "hands"]
        for line in mine:
            if line.kind is Kind.POSTED:
                self._name(line)
        return mine

    def _name(self, line: Entry) -> None:
        if kind_of(line) == "card":
            number = re.search(r"#\d+", line.text)
            assert number is not None, line.text
            self.gig_of_card[line.ts] = next(gig for gig, said in GIGS.items() if said == number[0])
        place = self.place(line)
        known = f"{kind_of(line)} {place.replace('thread of', 'of').replace('DM to', 'to')}"
        if place == "channel":
            known = f"{kind_of(line)} of {self.gig_of_card.get(line.ts, 'the tour')}"
        self.labels[line.channel, line.ts] = known
        self.newest[known] = (line.channel, line.ts)

    def place(self, line: Entry) -> str:
        if line.channel in self.directs:
            return f"DM to {self.directs[line.channel]}"
        if line.thread_ts and line.thread_ts != line.ts:
            return f"thread of {self.gig_of_card.get(line.thread_ts, '?')}"
        return "channel" if line.channel == self.channel else line.channel

    def tell(self, line: Entry) -> str:
        """A line in words, for whoever looks for what went wrong."""
        who = BY_ID[line.user].name if line.user in BY_ID else ""
        text = " / ".join(part.strip() for part in shown(line.text).splitlines() if part.strip())
        if line.kind is Kind.POSTED:
            pinged = sorted(shown(f"<@{each}>") for each in line.pinged)
            return f"{self.place(line)} ({kind_of(line)}) to {' '.join(pinged)}: {text}"
        if line.kind in PRIVATE:
            return f"{who} alone reads: {text}"
        if line.kind is Kind.EDITED:
            return f"edited: {self.labels.get((line.channel, line.ts))}: {text[:200]}"
        return f"{line.kind} {line.name} {who} {text}"


@dataclass
class Match:
    """A step's expectations against the lines that came of it."""

    book: Book
    step: Step
    left: list[Entry]
    now_reads: dict[str, str]
    actors: Sequence[str] = ()
    problems: list[str] = field(default_factory=list)

    def judge(self) -> list[str]:
        """Every expectation takes its lines; what is missing, and what is left, is told."""
        for one in self.step.expected:
            self._judge(one)
        self.problems += [f"{self._where()} unexpected: {self.book.tell(line)}" for line in self.left]
        return self.problems

    def _where(self) -> str:
        return f"{self.step.at:%a %d %b %H:%MZ} ({self.step.line})"

    def _judge(self, one: Expected) -> None:
        for pattern, way in self._ways().items():
            if found := re.fullmatch(pattern, one.words):
                way(one, found)
                return
        self.problems.append(f"{one.line} cannot be read: {one.words}")

    def _ways(self) -> Mapping[str, Callable[[Expected, re.Match[str]], None]]:
        """What an expectation may say, the first that fits."""
        return {
            r"nobody hears anything": lambda _, __: None,
            rf"{PLACE} \((?P<kind>\w+)\){TIMES}(?: to (?P<who>.+))?": self._judge_post,
            r"one alone reads": self._judge_first,
            rf"(?P<who>.+) alone reads?{TIMES}": self._judge_private,
            r"edited: .+": self._judge_edits,
            rf"marked :(?P<name>[\w+-]+):{TIMES}": self._judge_mark,
            r"(?P<who>\w+)'s Home": self._judge_home,
            r"(?P<label>\w+ (?:of|to) \w+) now": self._judge_look,
        }

    def _judge_post(self, one: Expected, said: re.Match[str]) -> None:
        who = {BY_NAME[name].id for name in self.book.named(said["who"])} if said["who"] else set[str]()
        fits = [line for line in self.left if self._is_post(line, said["place"], said["kind"])]
        self._take(one, fits, int(said["times"] or 1), who)

    def _judge_first(self, one: Expected, _: re.Match[str]) -> None:
        """One of those who did it, whoever was first."""
        people = {BY_NAME[name].id for name in self.actors}
        fits = [line for line in self.left if line.kind in PRIVATE and line.user in people]
        fits = [line for line in fits if not one.lacks(line.text)]
        self.book.first_yes = self.book.first_yes or "".join(BY_ID[line.user].name for line in fits[:1])
        self._take(one, fits, 1)

    def _judge_private(self, one: Expected, said: re.Match[str]) -> None:
        for name in self.actors if said["who"] == "each" else named(said["who"]):
            fits = [line for line in self.left if line.kind in PRIVATE and line.user == BY_NAME[name].id]
            self._take(one, fits, int(said["times"] or 1))

    def _judge_mark(self, one: Expected, said: re.Match[str]) -> None:
        fits = [line for line in self.left if line.kind is Kind.REACTED and line.name == said["name"]]
        self._take(one, fits, int(said["times"] or 1))

    def _judge_home(self, one: Expected, said: re.Match[str]) -> None:
        who = BY_NAME[said["who"]].id
        self._take(one, [line for line in self.left if line.kind is Kind.HOME_PUBLISHED and line.user == who], 1)

    def _judge_look(self, one: Expected, said: re.Match[str]) -> None:
        text = self.now_reads.get(said["label"], "")
        self._lack(one, one.lacks(text), text)

    def _is_post(self, line: Entry, place: str, kind: str) -> bool:
        if line.kind is not Kind.POSTED or kind_of(line) != kind:
            return False
        return self.book.place(line) in ([f"DM to {name}" for name in self.actors] if place == "DM to one" else [place])

    def _take(self, one: Expected, fits: Sequence[Entry], times: int, pinged: set[str] | None = None) -> None:
        """Those of the fitting lines that say what they must, so many times."""
        good = [line for line in fits if not one.lacks(words_of(line))][:times]
        for line in good or fits[:times]:
            self.left.remove(line)
            self._lack(one, one.lacks(words_of(line)), words_of(line))
            if pinged is not None and line.channel not in self.book.directs and line.pinged != pinged:
                people = " ".join(sorted(shown(f"<@{each}>") for each in line.pinged))
                self.problems.append(f"{self._where()} {one.line} pings {people or 'nobody'}")
        if len(good or fits) < times:
            self.problems.append(f"{self._where()} missing ({one.line}): {one.words}, {len(good or fits)} of {times}")

    def _lack(self, one: Expected, missing: Iterable[str], text: str) -> None:
        for fact in missing:
            flat = " / ".join(part.strip() for part in text.splitlines() if part.strip())
            self.problems.append(f"{self._where()} {one.line} lacks “{fact}”: {flat}")

    def _judge_edits(self, one: Expected, _: re.Match[str]) -> None:
        """Every message that is edited is named; `x2` where it must be so many times and no more."""
        wanted = dict(_counted(part) for part in one.words.removeprefix("edited:").split(","))
        lines = [line for line in self.left if line.kind is Kind.EDITED]
        self.left = [line for line in self.left if line.kind is not Kind.EDITED]
        counts = Counter(self.book.labels.get((line.channel, line.ts), "?") for line in lines)
        for label, times in wanted.items():
            if not counts[label] or (times and counts[label] != times):
                self.problems.append(f"{self._where()} {one.line} edited {label}: {counts[label]} times")
        for label in counts.keys() - wanted.keys():
            self.problems.append(f"{self._where()} {one.line} edited too: {label} x{counts[label]}")


def _counted(part: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?P<label>.+?)(?: x(?P<times>\d+))?", part.strip())
    return (found["label"], int(found["times"] or 0)) if found else (part, 0)
