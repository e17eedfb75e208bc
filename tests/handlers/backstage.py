"""The people of the story at a real book, without Slack: the list of routes, the cues and the outbox in virtual time.

As quick as the store; what Slack, Bolt and the courier do with it is proven by the troupe.
"""

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.controls import find_control
from bot.sandbox.markup import mentions
from bot.story.cast import CAST
from checklists.crew import Person
from checklists.errors import Refusal
from handlers import routes
from handlers.asked import Asked, Reply
from handlers.cards.ids import action_of
from handlers.questions import choose, pose
from handlers.ring import ring
from handlers.which import Question
from storage.book import Book
from storage.outbox import Delivery, Op, Room
from storage.store import Store
from tests.handlers.told import NOTHING_TOLD, Line, Told, whole
from tests.handlers.troupe import UNSAID, utc

START = utc("2026-09-01 12:00")
TEAM, CHANNEL, NAMED = "T0BACK", "C0WILDGOD", "wild-god"
AT = re.compile(r"@([a-z]+)")


def begins(words: str) -> pytest.MarkDecorator:
    """A mark: the test begins at this instant (UTC)."""
    return pytest.mark.parametrize("house", [pytest.param(utc(words), id=words[:10])], indirect=True)


@contextmanager
def backstage(url: str, start: datetime = START) -> Iterator["Backstage"]:
    """A house whose book is the SQLite store at `url`."""
    house = Backstage(url, start)
    yield house
    house.store.close()


class Backstage:
    """A book in virtual time, and everybody around it."""

    def __init__(self, url: str, start: datetime) -> None:
        self.store = Store.open(url)
        self.path = Path(url.removeprefix("sqlite:///"))
        self.now = start
        self.lines: list[Line] = []
        self.pings: list[set[str]] = []
        self.channel = CHANNEL
        self._stamps = itertools.count(1)
        self.store.connect(TEAM, "Backstage", "U0BUSCALL", start)
        with self.store.begin(TEAM) as book:
            for one in CAST:
                known = Person(one.id, one.name, one.zone, True, one.is_guest, one.is_outsider, f"D0{one.name.upper()}")
                book.people.learn(known, start)

    def person(self, name: str) -> "Hand":
        return Hand(self, name)

    def mark(self) -> int:
        """Where the posts stand; `said` takes it."""
        return len(self.pings)

    def posts(self, kind: str = "", since: int = 0) -> list[Line]:
        return [line for line in self.lines if line.seq >= since and kind in ("", line.said.letter)]

    def post(self, kind: str, gig: str = "") -> Line:
        """The newest post of that kind; raises IndexError when there is none."""
        return [line for line in self.posts(kind) if gig in line.text][-1]

    def said(self, since: int = 0) -> list[str]:
        """Every post since, `offer to bo` by DM; greetings and digests left out."""
        quiet = ("welcome", "digest")
        return [_place(line) for line in self.posts(since=since) if line.said.letter not in quiet]

    def pinged(self, since: int = 0) -> set[str]:
        """Whom everything the bot said, privately too, has pinged."""
        return set().union(*self.pings[since:])

    def now_reads(self, line: Line) -> Told:
        """A post as it stands now."""
        return Told("", line.channel, line.ts, line.now, line.edited)

    def card(self, gig: str = "") -> str:
        return self.post("card", gig).now

    def rows(self, question: str) -> list[Any]:
        """What the book answers to a SELECT."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as book:
            return list(book.execute(question))

    def dump(self) -> dict[str, list[str]]:
        """Every row of every table that must not change without a word of it."""
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, self.rows(f'SELECT * FROM "{name}"'))) for name in names if name not in UNSAID}

    def move(self, words: str) -> None:
        """Lets the time run to an instant (UTC), and what falls due there."""
        self._run(utc(words))

    def oversleep(self, words: str) -> None:
        """Lets the clock jump to an instant (UTC), as for a bot that was away meanwhile."""
        self.now = utc(words)
        self.settle()

    def wait(self, **span: float) -> None:
        """Lets the time run on."""
        self._run(self.now + timedelta(**span))

    def stamp(self) -> str:
        return f"{self.now.timestamp():.0f}.{next(self._stamps):06d}"

    def take(self, asked: Asked, act: Callable[[Book, Asked], Reply]) -> Reply:
        """One thing that happens, in its transaction; a refusal undoes it."""
        try:
            with self.store.begin(TEAM) as book:
                reply = act(book, asked)
        except Refusal as no:
            reply = Reply(str(no))
        except Question as question:
            with self.store.begin(TEAM) as book:
                reply = pose(book, asked, question)
        self.settle()
        return reply

    def settle(self) -> None:
        """Carries out what is due, and posts what can go out."""
        while self._ring() or self._send():
            pass

    def _run(self, until: datetime) -> None:
        while (at := self._next()) is not None and at <= until:
            self.now = max(self.now, at)
            self.settle()
        self.now = until
        self.settle()

    def _next(self) -> datetime | None:
        with self.store.read(TEAM) as book:
            post = book.outbox.next_at(self.now)
        return min((at for at in (self.store.next_cue(), post) if at is not None), default=None)

    def _ring(self) -> bool:
        with self.store.begin(TEAM) as book:
            return ring(book, self.now) > 0

    def _send(self) -> bool:
        with self.store.begin(TEAM) as book:
            due = book.outbox.sendable(self.now, 50)
            for one in due:
                self._post(book, one)
        return bool(due)

    def _post(self, book: Book, one: Delivery) -> None:
        card = None if one.op is Op.REACT else routes.write(book, one, self.now)
        if card is None and one.op is not Op.REACT:
            book.outbox.expire(one.id, "no longer worth saying", self.now)
            return
        channel = one.channel or f"D0{one.person.removeprefix('U0')}"
        book.outbox.start(one.id, "boot", channel, "{}", "", self.now)
        stamp = one.ts or self.stamp()
        book.outbox.sent(one.id, stamp, self.now)
        if card is None:
            return
        blocks = whole(card.blocks)
        if one.op is Op.POST:
            self.lines.append(Line(one, channel, stamp, card.text, blocks, len(self.pings), card.text, blocks))
        self.pings.append(mentions(card.text, blocks))
        for line in self.lines:
            if line.said.id == one.of_id:
                line.now, line.edited = card.text, blocks


@dataclass(frozen=True)
class Hand:
    """Somebody who can type, speak and press."""

    house: Backstage
    name: str

    @property
    def id(self) -> str:
        return f"U0{self.name.upper()}"

    def types(self, text: str) -> Told:
        """A slash command; gives the private answer."""
        line = AT.sub(lambda found: f"<@U0{found[1].upper()}>", text.removeprefix("/gig").strip())
        asked = self._asked(where=CHANNEL, where_name=NAMED, text=line)
        return self._hears(self.house.take(asked, routes.typed))

    def says(self, text: str, gig: str = "", files: tuple[str, ...] = ()) -> Told:
        """Words, perhaps with files, in the thread of the newest card that holds `gig`."""
        root = self.house.post("card", gig)
        asked = self._asked(where=root.channel, thread=root.ts, ts=self.house.stamp(), text=text, files=files)
        return self._hears(self.house.take(asked, routes.REPLY))

    def writes(self, text: str, under: Line | None = None) -> Told:
        """Words to the bot, by DM, perhaps in the thread of a message of its own."""
        root = under.ts if under else ""
        asked = self._asked(where=f"D0{self.name.upper()}", thread=root, ts=self.house.stamp(), text=text)
        return self._hears(self.house.take(asked, routes.REPLY))

    def reacts(self, emoji: str, kind: str = "ask", gig: str = "") -> Told:
        """A reaction on the newest post of that kind."""
        return self._hears(self.house.take(self._reaction(emoji, kind, gig), routes.REACTION))

    def unreacts(self, emoji: str, kind: str = "ask", gig: str = "") -> Told:
        """Takes that reaction away."""
        return self._hears(self.house.take(self._reaction(emoji, kind, gig), routes.REACTION_GONE))

    def _reaction(self, emoji: str, kind: str, gig: str) -> Asked:
        line = self.house.post(kind, gig)
        return self._asked(where=line.channel, ts=line.ts, text=emoji, at=self.house.now)

    def chooses(self, label: str, option: str, on: Line | Told) -> Told:
        """An option that begins so, in the menu called `label`."""
        blocks = on.edited if isinstance(on, Line) else on.blocks
        control = find_control(blocks, label)
        value = next(each["value"] for each in control.options if each["text"]["text"].startswith(option))
        return self._sends(control.element["action_id"], value, on)

    def presses(self, label: str, on: Line | Told | str = "ask") -> Told:
        """A button that begins so, on a post (the newest of a kind) or on a private answer."""
        return self.holds(label, on)()

    def holds(self, label: str, on: Line | Told | str) -> Callable[[], Told]:
        """A finger on a button as it looks now: it may press however late."""
        line = self.house.post(on) if isinstance(on, str) else on
        blocks = line.edited if isinstance(line, Line) else line.blocks
        whole = next(each for each in Told("", "", "", "", blocks).labels if each.startswith(label))
        element = find_control(blocks, whole).element
        return lambda: self._sends(element["action_id"], element["value"], line)

    def forges(self, label: str, value: str, on: Line | Told) -> Told:
        """The press of a button whose value is not the one we gave it."""
        blocks = on.edited if isinstance(on, Line) else on.blocks
        whole = next(each for each in Told("", "", "", "", blocks).labels if each.startswith(label))
        return self._sends(find_control(blocks, whole).element["action_id"], value, on)

    def _sends(self, action_id: str, value: str, on: Line | Told) -> Told:
        action = action_of(action_id)
        asked = self._asked(where=on.channel, ts=on.ts, value=value)
        if action_id.startswith("choose"):
            return self._hears(self.house.take(asked, choose))
        return self._hears(self.house.take(asked, lambda book, pressed: routes.pressed(book, pressed, action)))

    def _asked(self, **facts: Any) -> Asked:
        return Asked(now=self.house.now, key=self.house.stamp(), who=self.id, **facts)

    def _hears(self, reply: Reply) -> Told:
        if not reply.text:
            return NOTHING_TOLD
        blocks = whole(reply.blocks)
        self.house.pings.append(mentions(reply.text, blocks))
        return Told(self.name, f"D0{self.name.upper()}", "", reply.text, blocks)


def _place(line: Line) -> str:
    names = {one.id: one.name for one in CAST}
    to = names.get(line.said.person, line.said.person)
    return f"{line.said.letter} to {to}" if line.said.room is Room.DM else line.said.letter.value
