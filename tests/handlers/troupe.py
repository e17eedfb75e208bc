"""People in a running program: real Bolt, a Slack to try it in, a real store, a clock moved by hand."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import HandClock
from bot.moving import Mover
from bot.sandbox.controls import Control, find_control
from bot.sandbox.interactions import Place, send_action
from bot.sandbox.ledger import Entry, Kind
from bot.sandbox.markup import mentions
from bot.sandbox.records import Message
from bot.sandbox.sandbox import Sandbox
from bot.story.posted import texts
from bot.trying import running
from tests.handlers.told import NOTHING_TOLD, Told
from tests.sandbox.patient import patient_slack

START = datetime(2026, 9, 1, 12, tzinfo=UTC)
NEW = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"
SHOWN = (Kind.EPHEMERAL, Kind.EPHEMERAL_EDITED)
UNSAID = ("inbox", "questions", "people", "alembic_version")
"""Tables that hold what came in and who was met: they may grow without anything being saved."""


def utc(words: str) -> datetime:
    """`2026-10-01 11:50` as UTC."""
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


class Troupe:
    """A running bot and everybody around it."""

    def __init__(self, slack: Sandbox, mover: Mover, channel: str, book: Path) -> None:
        self.slack = slack
        self.mover = mover
        self.channel = channel
        self.book = book

    def person(self, name: str) -> "Actor":
        return Actor(self, name)

    def move(self, words: str) -> None:
        """Let the time run to an instant (UTC), and what falls due there."""
        self.mover.move(utc(words))
        self.mover.settle()

    def wait(self, **span: float) -> None:
        """Let the time run on."""
        self.mover.move(self.mover.clock.now() + timedelta(**span))
        self.mover.settle()

    def oversleep(self, words: str) -> None:
        """Let the clock jump to an instant (UTC), as for a bot that was away meanwhile."""
        self.mover.clock.set(utc(words))
        self.mover.settle()

    def mark(self) -> int:
        """Where the ledger stands; `said` and `pinged` take it."""
        return self.slack.ledger.next_seq

    def posts(self, kind: str = "", since: int = 0) -> list[Entry]:
        """What the bot has posted, of that kind."""
        return [line for line in self.slack.posts(since=since) if kind in ("", kind_of(line))]

    def said(self, since: int = 0) -> list[str]:
        """Every post since: `ask` in the channel or a thread, `held to lou` by DM; greetings left out."""
        return [self._place(line) for line in self.posts(since=since) if kind_of(line) != "welcome"]

    def _place(self, line: Entry) -> str:
        names = {self.slack.hands.open_direct(name): name for name in PEOPLE}
        to = names.get(line.channel)
        return f"{kind_of(line)} to {to}" if to else kind_of(line)

    def post(self, kind: str, gig: str = "") -> Entry:
        """The newest post of that kind; raises IndexError when there is none."""
        return [line for line in self.posts(kind) if gig in line.text][-1]

    def now_reads(self, line: Entry) -> Told:
        """A post as it stands now."""
        found = self.slack.message(line.channel, line.ts)
        if found is None:
            return NOTHING_TOLD
        return Told("", line.channel, line.ts, "\n".join([found.text, *texts(found.blocks)]), found.blocks)

    def card(self, gig: str = "") -> str:
        """The words of the gig's card as they are now."""
        return self.now_reads(self.post("card", gig)).text

    def pinged(self, since: int = 0) -> set[str]:
        """Whom everything the bot said, privately too, has pinged."""
        kinds = (Kind.POSTED, Kind.EDITED, *SHOWN)
        lines = [line for line in self.slack.ledger.entries(*kinds, since=since) if line.via != "hands"]
        return set().union(*(mentions(line.text, line.blocks) for line in lines)) if lines else set()

    def dump(self) -> dict[str, list[Any]]:
        """Every row of every table that must not change without a word of it."""
        with closing(sqlite3.connect(f"file:{self.book}?mode=ro", uri=True)) as book:
            tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(map(repr, book.execute(f'SELECT * FROM "{name}"')))
                for name in tables
                if name not in UNSAID
            }

    def rows(self, question: str) -> list[Any]:
        """What the book answers to a SELECT."""
        with closing(sqlite3.connect(f"file:{self.book}?mode=ro", uri=True)) as book:
            return list(book.execute(question))

    def at_once(self, deeds: list[Any]) -> list[Any]:
        """Does all of these at the same time, and gives what came of each."""
        with ThreadPoolExecutor(len(deeds)) as hands:
            done = [job.result(timeout=30) for job in [hands.submit(deed) for deed in deeds]]
        self.mover.settle()
        return done


@dataclass(frozen=True)
class Actor:
    """Somebody who can type, speak, press and react."""

    troupe: Troupe
    name: str

    @property
    def id(self) -> str:
        return f"U0{self.name.upper()}"

    def types(self, text: str, channel: str = "") -> Told:
        """A slash command; gives the private answer."""
        answer = self.troupe.slack.hands.command(self.id, channel or self.troupe.channel, text)
        assert not answer.timeout, f"no answer to {text}"
        self.troupe.mover.settle()
        return Told(self.name, channel or self.troupe.channel, answer.ts, answer.text, answer.blocks)

    def says(self, text: str, gig: str = "", channel: str = "") -> Told:
        """Words in the thread of the newest card that holds `gig`, or in another channel itself."""
        since = self.troupe.mark()
        thread = None if channel else self.troupe.post("card", gig).ts
        self.troupe.slack.hands.say(self.id, channel or self.troupe.channel, text, thread)
        return self.hears(since)

    def rewrites(self, text: str, instead: str) -> Told:
        """The newest own message with other words; "" takes it away."""
        since, hands = self.troupe.mark(), self.troupe.slack.hands
        mine = self.troupe.slack.ledger.entries(Kind.POSTED, user=self.id)[-1]
        if instead:
            hands.edit(self.id, mine.channel, mine.ts, instead)
        else:
            hands.remove(self.id, mine.channel, mine.ts)
        assert text in mine.text
        return self.hears(since)

    def reacts(self, emoji: str, kind: str = "ask", gig: str = "") -> Told:
        """A reaction on the newest post of that kind."""
        since, line = self.troupe.mark(), self.troupe.post(kind, gig)
        self.troupe.slack.hands.react(self.id, line.channel, line.ts, emoji)
        return self.hears(since)

    def unreacts(self, emoji: str, kind: str = "ask", gig: str = "") -> Told:
        """Takes that reaction away."""
        since, line = self.troupe.mark(), self.troupe.post(kind, gig)
        self.troupe.slack.hands.unreact(self.id, line.channel, line.ts, emoji)
        return self.hears(since)

    def presses(self, label: str, on: Entry | Told | str = "ask") -> Told:
        """A button that begins so, on a post (the newest of a kind) or on a private answer."""
        where = self.troupe.post(on) if isinstance(on, str) else on
        since = self.troupe.mark()
        answer = self.troupe.slack.hands.press(self.id, where.channel, where.ts, self._whole(label, where))
        assert not answer.timeout, f"no answer to {label}"
        return self.hears(since)

    def _whole(self, label: str, where: Entry | Told) -> str:
        found = self.troupe.slack.message(where.channel, where.ts)
        labels = Told("", "", "", "", found.blocks if found else []).labels
        return next((each for each in labels if each.startswith(label)), label)

    def chooses(self, label: str, option: str, on: Entry | Told) -> Told:
        """An option that begins so, in the menu called `label`."""
        since = self.troupe.mark()
        found = self.troupe.slack.message(on.channel, on.ts)
        options = Told("", "", "", "", found.blocks if found else []).choices
        whole = next(each for each in options if each.startswith(option))
        self.troupe.slack.hands.choose(self.id, on.channel, on.ts, label, whole)
        return self.hears(since)

    def holds(self, label: str, on: Entry | Told) -> "Finger":
        """A finger on a button as it looks now: it may press however late."""
        message, control = self._button(label, on)
        return Finger(self, replace(message, blocks=list(message.blocks)), control)

    def forges(self, label: str, value: str, on: Entry | Told) -> Told:
        """The press of a button whose value is not the one we gave it."""
        return self._sends(*self._button(label, on), value)

    def forges_action(self, action_id: str, value: str, on: Entry | Told) -> Told:
        """The press of a button that we never made."""
        message, control = self._button("", on)
        made = {**control.element, "action_id": action_id}
        return self._sends(message, Control(control.block, made), value)

    def forges_choice(self, label: str, value: str, on: Told) -> Told:
        """A choice that the menu called `label` does not offer."""
        message, control = self._button(label, on)
        since = self.troupe.mark()
        chosen = {"selected_option": {"text": {"type": "plain_text", "text": "forged"}, "value": value}}
        send_action(self.troupe.slack.slack, Place(self.id, message=message), control, chosen)
        return self.hears(since)

    def _button(self, label: str, on: Entry | Told) -> tuple[Message, Control]:
        message = self.troupe.slack.message(on.channel, on.ts)
        assert message is not None
        return message, find_control(message.blocks, self._whole(label, on))

    def _sends(self, message: Message, control: Control, value: str) -> Told:
        since = self.troupe.mark()
        self.sends(message, control, value)
        return self.hears(since)

    def sends(self, message: Message, control: Control, value: str) -> bool:
        """A press as Slack tells of it; False when nobody acked it."""
        answer = send_action(self.troupe.slack.slack, Place(self.id, message=message), control, {"value": value})
        return not answer.timeout

    def drops(self, content: str | bytes, name: str = "wild god.csv", channel: str = "") -> None:
        """A file dropped into the channel."""
        told = content.encode() if isinstance(content, str) else content
        self.troupe.slack.hands.drop_file(self.id, channel or self.troupe.channel, name, told)
        self.troupe.mover.settle()

    def direct(self) -> str:
        """The id of the conversation with the bot."""
        return self.troupe.slack.hands.open_direct(self.id)

    def hears(self, since: int) -> Told:
        """What was said privately since, once all is still."""
        self.troupe.mover.settle()
        lines = self.troupe.slack.ledger.entries(*SHOWN, since=since, user=self.id)
        if not lines:
            return NOTHING_TOLD
        return Told(self.name, lines[-1].channel, lines[-1].ts, lines[-1].text, lines[-1].blocks)


@dataclass(frozen=True)
class Finger:
    """A finger on a button."""

    actor: Actor
    message: Message
    control: Control

    def __call__(self) -> Told:
        """Press, and hear what is said privately."""
        since = self.actor.troupe.mark()
        self.push()
        return self.actor.hears(since)

    def push(self) -> bool:
        """Press, and wait for nothing but the ack."""
        return self.actor.sends(self.message, self.control, self.control.element.get("value", ""))


PEOPLE = ("tess", "pia", "sam", "ana", "bo", "lou", "kit", "max", "dee", "jo")


def kind_of(line: Entry) -> str:
    return str((line.metadata or {}).get("event_type", "")).removeprefix("buscall_")


def starts(words: str) -> pytest.MarkDecorator:
    """A mark: the test begins at this instant (UTC)."""
    return pytest.mark.parametrize("troupe", [pytest.param(utc(words), id=words[:10])], indirect=True)


@contextmanager
def on_tour(url: str, start: datetime = START) -> Iterator[Troupe]:
    """A troupe whose book is the SQLite store at `url`."""
    clock, opened = HandClock(start), []

    def open_slack(now: Any) -> Sandbox:
        opened.append(patient_slack(now))
        return opened[-1]

    with running(open_slack, clock, url) as (_, program, channel):
        mover = Mover(program, clock, opened[0])
        yield Troupe(opened[0], mover, channel, Path(url.removeprefix("sqlite:///")))
