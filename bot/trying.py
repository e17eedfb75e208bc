"""`try`: the bot in a Slack of its own, played by the story or by whoever types."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from bot.app import Program, build
from bot.clock import Clock, HandClock, RealClock
from bot.config import Settings
from bot.log import start_logging
from bot.moving import Mover, Stillness
from bot.story.cast import CAST, CHANNEL, CURTAIN
from bot.story.check import Outcome
from bot.story.play import play
from bot.story.stage import Hands, Ledger, Line, Stage
from storage.store import Store

HOME_TEAM_OUT = "T0ELSEWHERE"
TYPED = re.compile(r"@(?P<who>\S+)\s+#(?P<where>\S+)\s+(?P<what>.+)", re.DOTALL)
BUTTON = re.compile(r"\[(?P<label>.+)\]")
SHOWN = {"posted", "edited", "ephemeral", "ephemeral_edited", "reacted"}
HOW = """Type what somebody does, for example
  @tess #wild-god < tour.csv              drops a file into the channel
  @tess #wild-god /gig import             types a command
  @ana #wild-god > confirmed              answers in the thread of the bot's last message with one
  @ana #wild-god [Confirm]                presses a button
and an empty line to leave."""


class Slack(Protocol):
    """What we need of the Slack to try it in."""

    @property
    def names(self) -> Any: ...
    @property
    def hands(self) -> Hands: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def base_url(self) -> str: ...
    def add_person(self, name: str, **facts: Any) -> str: ...
    def add_channel(self, name: str, members: Sequence[str] = (), /) -> str: ...
    def unacked(self) -> int: ...
    def next_retry(self) -> datetime | None: ...


OpenSlack = Callable[[Callable[[], datetime]], AbstractContextManager[Slack]]
Say = Callable[[str], object]


def play_story(open_slack: OpenSlack, out: Say) -> Outcome:
    """Play the tour of `bot/story` by a clock moved by hand; the transcript goes to `out`."""
    start_logging(logging.WARNING)
    clock = HandClock(CURTAIN)
    with running(open_slack, clock) as (slack, program, channel):
        mover = Mover(program, clock, slack)
        return play(Stage(slack.hands, slack.ledger, mover, channel, slack.names.bot_user), out)


@contextmanager
def running(open_slack: OpenSlack, clock: Clock, url: str = "") -> Iterator[tuple[Slack, Program, str]]:
    """A Slack with the story's cast, the program in it, and the id of the tour's channel.

    The store is temporary unless a database URL is given.
    """
    with TemporaryDirectory() as folder, open_slack(clock.now) as slack:
        channel = _people(slack)
        settings = settings_for(slack, url or f"sqlite:///{folder}/try.db")
        store = Store.open(settings.database_url)
        store.upgrade()
        program = build(settings, clock, store)
        try:
            program.start()
            yield slack, program, channel
        finally:
            program.stop()


def settings_for(slack: Slack, url: str) -> Settings:
    """Settings that point to this Slack and this database."""
    env = {"SLACK_BOT_TOKEN": slack.names.bot_token, "SLACK_APP_TOKEN": slack.names.app_token}
    return Settings.from_env(env | {"SLACK_API_URL": slack.base_url, "DATABASE_URL": url})


def _people(slack: Slack) -> str:
    for one in CAST:
        facts: dict[str, Any] = {"tz": one.zone, "is_restricted": one.is_guest}
        slack.add_person(one.name, **facts, **({"team_id": HOME_TEAM_OUT} if one.is_outsider else {}))
    return slack.add_channel(CHANNEL, [one.name for one in CAST])


def talk(open_slack: OpenSlack, ask: Callable[[], str], out: Say) -> None:
    """Let somebody type what people do, line by line, and show what comes of it; ends with an empty line."""
    start_logging(logging.WARNING)
    clock = RealClock()
    with running(open_slack, clock) as (slack, program, _):
        out(f"A Slack to try Buscall in, for this machine only: {slack.base_url}")
        out(f"People: {', '.join('@' + one.name for one in CAST)}; channel: #{CHANNEL}")
        out(HOW)
        Talk(slack, Stillness(program, slack), out).run(ask)


class Talk:
    """One conversation by lines; shows each time what is new in the ledger."""

    def __init__(self, slack: Slack, stillness: Stillness, out: Say) -> None:
        self._slack = slack
        self._stillness = stillness
        self._out = out
        self._seen = 0

    def run(self, ask: Callable[[], str]) -> None:
        """Take lines until one is empty."""
        while typed := ask().strip():
            try:
                self._do(typed)
                self._stillness.rest()
            except Exception as error:  # noqa: BLE001 - whatever the Slack refuses is told, and the talk goes on
                self._out(f"  {error}")
            self._show()

    def _do(self, typed: str) -> None:
        read = TYPED.fullmatch(typed)
        if read is None:
            raise ValueError("I read lines like: @tess #wild-god /gig list")
        who, where, what = read["who"], read["where"], read["what"].strip()
        button = BUTTON.fullmatch(what)
        if button:
            self._press(who, where, button["label"])
        elif what.startswith("<"):
            file = Path(what[1:].strip())
            self._slack.hands.drop_file(who, where, file.name, file.read_bytes())
        elif what.startswith("/"):
            self._slack.hands.command(who, where, what)
        else:
            self._speak(who, where, what)

    def _speak(self, who: str, where: str, what: str) -> None:
        root = self._last_root() if what.startswith(">") else None
        self._slack.hands.say(who, where, what.removeprefix(">").strip(), root)

    def _press(self, who: str, where: str, label: str) -> None:
        for line in reversed(self._slack.ledger.entries()):
            if line.blocks and f'"{label}"' in _flat(line.blocks):
                self._slack.hands.press(who, where, line.ts, label)
                return
        raise ValueError(f"I see no button {label}.")

    def _last_root(self) -> str | None:
        bot = self._slack.names.bot_user
        posts = [line for line in self._slack.ledger.entries() if line.kind == "posted" and line.user == bot]
        roots = [line.thread_ts or line.ts for line in posts if line.channel.startswith("C")]
        return roots[-1] if roots else None

    def _show(self) -> None:
        lines = list(self._slack.ledger.entries())
        for line in lines[self._seen :]:
            if line.kind in SHOWN:
                self._out(_told(line))
        self._seen = len(lines)


def _told(line: Line) -> str:
    private = f", only {line.user} sees" if line.kind.startswith("ephemeral") else ""
    place = f"{line.channel}{' in a thread' if line.thread_ts else ''}{private}"
    words = f":{line.name}:" if line.kind == "reacted" else line.text.replace("\n", "\n    ")
    return f"  {line.kind} in {place}\n    {words}"


def _flat(blocks: Any) -> str:
    return str(blocks).replace("'", '"')
