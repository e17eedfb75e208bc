"""Plays the script on a stage, and says how it went."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.story.cast import LAST_INSTANT, member
from bot.story.check import Outcome, check
from bot.story.deeds import Act, Drops, Presses, Reacts, Says, Types
from bot.story.finals import PRIVATE, SHOWN, Record, check_finals, newest_ask, timeouts
from bot.story.posted import Posted, Readings, directs_of
from bot.story.script import SCRIPT
from bot.story.stage import Line, Stage
from bot.story.table import Date, read_expected, read_final, read_gigs
from bot.story.transcript import transcript


def play(
    stage: Stage,
    out: Callable[[str], object],
    script: Sequence[Act] = SCRIPT,
    progress: Callable[[datetime], object] = lambda _: None,
) -> Outcome:
    """Plays everything from the stage's present instant to the last one, writes the transcript, the problems
    and the closing line to `out`, and gives the outcome. `progress` hears the instant of each act."""
    gigs = read_gigs()
    player = Player(stage, gigs)
    stumbles = []
    for act in script:
        progress(act.at)
        stumbles += [words] if (words := player.perform(act)) else []
    progress(LAST_INSTANT)
    stage.program.move(LAST_INSTANT)
    stage.program.settle()
    directs = directs_of(stage)
    posted = Readings(stage, gigs, directs).read()
    outcome = _judge(stage, posted, stumbles)
    for line in (*transcript(stage, posted, gigs, directs), "", *outcome.problems, str(outcome)):
        out(line)
    return outcome


def _judge(stage: Stage, posted: Sequence[Posted], stumbles: Sequence[str]) -> Outcome:
    lines = stage.ledger.entries()
    finals = check_finals(read_final(), Record(lines, posted, stage.bot))
    return check(read_expected(), posted, [*stumbles, *timeouts(lines), *finals])


class Player:
    """Does one act after the other; what cannot be done is told and the story goes on."""

    def __init__(self, stage: Stage, gigs: Sequence[Date]) -> None:
        self._stage = stage
        self._readings = Readings(stage, gigs, {})

    def perform(self, act: Act) -> str:
        """Moves the clock to the act, does it, lets the program settle. Gives what went wrong, or ""."""
        if act.at > self._stage.program.clock.now():
            self._stage.program.move(act.at)
        problem = self._do(act)
        self._stage.program.settle()
        return f"{act.at:%Y-%m-%d %H:%MZ} {act.who}: {problem}" if problem else ""

    def _do(self, act: Act) -> str:
        hands, channel = self._stage.hands, self._stage.channel
        match act.deed:
            case Types(text):
                return _unless(not hands.command(act.who, channel, text).timeout, f"no answer to {text}")
            case Drops() as file:
                hands.drop_file(act.who, channel, file.file_name, file.content)
            case Says(gig, text):
                return self._say(act.who, gig, text)
            case Reacts(gig, emoji):
                return self._react(act.who, gig, emoji)
            case Presses() as press:
                return self._press(act.who, press)
        return ""

    def _posted(self) -> list[Posted]:
        return self._readings.read()

    def _say(self, who: str, gig: str, text: str) -> str:
        card = next((one.ts for one in self._posted() if one.gig == gig and one.kind == "card"), "")
        if card:
            self._stage.hands.say(who, self._stage.channel, text, card)
        return _unless(bool(card), f"{gig} has no card, nowhere to say {text!r}")

    def _react(self, who: str, gig: str, emoji: str) -> str:
        ask = newest_ask(self._posted(), gig, who)
        if ask:
            self._stage.hands.react(who, self._stage.channel, ask, emoji)
        return _unless(bool(ask), f"no ask in {gig} to react to")

    def _press(self, who: str, press: Presses) -> str:
        found = next(self._buttons(who, press), None)
        if found is None:
            return f"no button {press.label!r} to press {press.gig}".rstrip()
        ts, label, value = found
        answer = self._stage.hands.press(who, self._stage.channel, ts, label, value)
        return _unless(not answer.timeout, f"no answer to {label}")

    def _buttons(self, who: str, press: Presses) -> Iterator[tuple[str, str, str | None]]:
        """The ts, full label and value of each button that fits, newest first."""
        for line in reversed(self._candidates(who, press)):
            for label, value in buttons(line.blocks):
                if _plainly(label).startswith(_plainly(press.label)):
                    yield line.ts, label, value

    def _candidates(self, who: str, press: Presses) -> list[Line]:
        """The message's last look, or every private answer of this person."""
        lines = self._stage.ledger.entries()
        if not press.gig:
            return [line for line in lines if line.kind in PRIVATE and line.user == member(who).id]
        ask = newest_ask(self._posted(), press.gig, who)
        return [line for line in lines if line.kind in SHOWN and line.ts == ask][-1:]


def buttons(part: Any) -> Iterator[tuple[str, str | None]]:
    """The label and value of every button in these blocks."""
    if isinstance(part, Mapping):
        if part.get("type") == "button":
            yield part["text"]["text"], part.get("value")
        for inner in part.values():
            yield from buttons(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from buttons(inner)


def _plainly(label: str) -> str:
    return label.replace("’", "'").casefold()


def _unless(is_well: bool, problem: str) -> str:
    return "" if is_well else problem
