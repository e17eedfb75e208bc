"""`try`: the bot in a Slack of its own: on a page, by lines, or played by the story."""

import logging
import re
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import Any, Protocol

from rich.console import Console

from bot.app import Program, build
from bot.clock import Clock, HandClock, RealClock
from bot.config import Settings
from bot.log import start_logging
from bot.manifest import manifest
from bot.moving import Mover, Stillness, Stuck
from bot.sample import BEGAN, COMPANY, play_sample, suggestions
from bot.sample import CHANNEL as SAMPLE_CHANNEL
from bot.story.cast import CAST, CHANNEL, CURTAIN, Member
from bot.story.check import Outcome
from bot.story.play import play
from bot.story.stage import Hands, Ledger, Line, Stage
from handlers.verbs import VERBS
from storage.store import Store

ABOUT = """Buscall gets live gigs ready. The tour manager plans in slash commands, crew answer in threads, and \
reminders go out by themselves.
This is a Slack of its own on your machine, with a sample tour half planned. You can be anybody in it."""
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
    def posts(self, channel: str = "", thread_ts: str | None = None) -> Sequence[Any]: ...
    def install(self, manifest: dict[str, Any], /) -> None: ...
    def show_page(self, **given: Any) -> str: ...
    def unacked(self) -> int: ...
    def next_retry(self) -> datetime | None: ...


OpenSlack = Callable[[Callable[[], datetime]], AbstractContextManager[Slack]]
Say = Callable[[str], object]


def play_story(open_slack: OpenSlack, out: Say) -> Outcome:
    """Play the tour of `bot/story` by a clock moved by hand; the transcript goes to `out`."""
    start_logging(logging.WARNING)
    clock = HandClock(CURTAIN)
    with running(open_slack, clock) as (slack, program, channel):
        stage = Stage(slack.hands, slack.ledger, Mover(program, clock, slack), channel, slack.names.bot_user)
        with Console(stderr=True).status("Playing a tour…") as shown:
            return play(stage, out, progress=lambda at: shown.update(f"Playing a tour: it is {at:%d %b %Y, %H:%M} UTC"))


@contextmanager
def running(
    open_slack: OpenSlack, clock: Clock, url: str = "", let_in: Callable[[Slack], str] | None = None
) -> Iterator[tuple[Slack, Program, str]]:
    """A Slack with the story's cast (or whom `let_in` brings), the program in it, and the tour channel's id.

    The store is temporary unless a database URL is given.
    """
    with TemporaryDirectory() as folder, open_slack(clock.now) as slack:
        slack.install(manifest())
        channel = (let_in or _cast)(slack)
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


def _cast(slack: Slack) -> str:
    for one in CAST:
        _add(slack, one)
    return slack.add_channel(CHANNEL, [one.name for one in CAST])


def _company(slack: Slack) -> str:
    for part in COMPANY:
        _add(slack, part.member, real_name=part.real_name)
    return slack.add_channel(SAMPLE_CHANNEL, [part.member.name for part in COMPANY])


def _add(slack: Slack, one: Member, **facts: Any) -> None:
    facts |= {"tz": one.zone, "is_restricted": one.is_guest}
    slack.add_person(one.name, **facts, **({"team_id": HOME_TEAM_OUT} if one.is_outsider else {}))


def show(open_slack: OpenSlack, out: Say, wait: Callable[[], object], *, browse: bool = True) -> None:
    """The page: a sample tour by a clock moved by hand that stands at now; ends when `wait` returns."""
    start_logging(logging.WARNING)
    now = RealClock().now().replace(second=0, microsecond=0)
    clock = HandClock(now - BEGAN)
    with running(open_slack, clock, let_in=_company) as (slack, program, channel):
        steering = Steering(program, clock, slack)
        play_sample(slack, channel, clock.now(), steering.settle)
        steering.move(now)
        address = slack.show_page(**_given(slack, program, steering, channel))
        out(f"Buscall is running in a Slack of its own, for this machine only: {address}")
        for title, who, _, text in suggestions(slack, channel):
            out(f"  {title} As {who}: {text}")
        out("Nothing is kept. Ctrl-C ends it.")
        if browse:
            _browse(address)
        with suppress(KeyboardInterrupt):
            wait()


def _browse(address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


def _given(slack: Slack, program: Program, steering: "Steering", channel: str) -> dict[str, Any]:
    return {
        "title": "Buscall, to try",
        "about": ABOUT,
        "viewer": COMPANY[0].member.name,
        "channel": channel,
        "roles": {part.member.name: part.role for part in COMPANY},
        "hints": [(verb.usage, verb.about) for verb in VERBS.values()],
        "suggestions": suggestions(slack, channel),
        "status": lambda: steering.tell(channel),
        "next_due": program.next_due,
        "move": steering.move,
        "stop": steering.stop,
        "settle": steering.settle,
    }


class Steering:
    """One hand on the clock at a time, from whichever thread."""

    def __init__(self, program: Program, clock: HandClock, slack: Slack) -> None:
        self._program = program
        self._clock = clock
        self._mover = Mover(program, clock, slack)
        self._turn = Lock()
        self._stopping = Event()
        self._moving = False
        self._trouble = ""

    def settle(self) -> None:
        """Let what an action started come to rest; a move under way takes it along."""
        if not self._moving:
            with self._turn:
                self._watch(self._mover.settle)

    def move(self, to: datetime) -> None:
        """Step to an instant (UTC), due by due; ends early when `stop` is called."""
        self._stopping.clear()
        with self._turn:
            self._moving = True
            self._watch(lambda: self._step_to(to))
            self._moving = False

    def _step_to(self, to: datetime) -> None:
        while not self._stopping.is_set() and self._clock.now() < to:
            due = self._program.next_due()
            self._mover.move(min(to, max(due, self._clock.now())) if due else to)

    def stop(self) -> None:
        """End a move at the step where it is."""
        self._stopping.set()

    def tell(self, channel: str) -> list[tuple[str, str]]:
        """The program's own lines for the page."""
        with self._program.store.read(self._program.team) as book:
            tour = book.tours.of_channel(channel)
            gigs = book.gigs.of_tour(tour.id) if tour else []
        verdicts = Counter(gig.verdict or "grey" for gig in gigs if gig.is_judged)
        counted = ", ".join(f"{verdicts[each]} {each}" for each in ("red", "amber", "green") if verdicts[each])
        busy = ", ".join(self._program.busy())
        lines = [("Gigs", counted or "none judged"), ("Program", f"at work: {busy}" if busy else "at rest")]
        return [*lines, ("Trouble", self._trouble)] if self._trouble else lines

    def _watch(self, act: Callable[[], object]) -> None:
        self._trouble = ""
        try:
            act()
        except Stuck as stuck:
            self._trouble = str(stuck)


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
        roots = [line.thread_ts or line.ts for line in self._slack.posts() if line.channel.startswith("C")]
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
