"""What a line of the script makes people do in Slack."""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from bot.sandbox.controls import controls
from bot.sandbox.ledger import Kind
from bot.sandbox.sandbox import Sandbox
from bot.story.posted import texts
from tests.stories.crew.ledger import PRIVATE, Book
from tests.stories.crew.people import BY_NAME, named

WHO, THERE = r"(?P<who>.+?)", r"(?:in (?P<gig>\w+)|by DM|there)"
Spot = tuple[str, str]


class Deeds:
    """People's hands, by the words of the script."""

    def __init__(self, slack: Sandbox, book: Book, channel: str) -> None:
        self._slack = slack
        self._hands = slack.hands
        self._book = book
        self._channel = channel
        self._ways: Mapping[str, Callable[[re.Match[str]], object]] = {
            r"(?P<who>\w+) types: (?P<text>.+)": self._type,
            rf"{WHO} says? (?:in (?P<gig>\w+)|by DM): (?P<text>.+)": self._say,
            rf'{WHO} press(?:es)? "(?P<text>[^"]+)" (?P<first>on the first message )?{THERE}(?P<once>, at once)?': (
                self._press
            ),
            rf"{WHO} (?P<un>un)?reacts? :(?P<text>[\w+:-]+): in (?P<gig>\w+)": self._react,
            r"(?P<who>\w+) rewrites it: (?P<text>.+)": self._rewrite,
            r'(?P<who>\w+) chooses "(?P<text>[^"]+)" on (?P<label>\w+ (?:of|to) \w+)': self._choose,
            r"(?P<who>\w+) opens Home": self._open_home,
        }

    def do(self, deed: str) -> list[str]:
        """Does it, and gives who did. Raises LookupError when it cannot be done, ValueError when it cannot be read."""
        for pattern, way in self._ways.items():
            if found := re.fullmatch(pattern, deed):
                way(found)
                return named(found["who"])
        raise ValueError(f"cannot be read: {deed}")

    def _type(self, said: re.Match[str]) -> None:
        self._hands.command(said["who"], self._channel, said["text"])

    def _say(self, said: re.Match[str]) -> None:
        for who in named(said["who"]):
            if said["gig"]:
                self._hands.say(who, self._channel, said["text"], self._card(said["gig"]))
            else:
                self._hands.say(who, self._hands.open_direct(BY_NAME[who].id), said["text"])

    def _card(self, gig: str) -> str:
        return next(ts for ts, known in self._book.gig_of_card.items() if known == gig)

    def _press(self, said: re.Match[str]) -> None:
        fingers = [(who, self._button(who, said)) for who in named(said["who"])]
        if not said["once"]:
            for who, button in fingers:
                self._push(who, button)
            return
        with ThreadPoolExecutor(len(fingers)) as hands:
            for job in [hands.submit(self._push, who, button) for who, button in fingers]:
                job.result(timeout=30)

    def _push(self, who: str, button: tuple[str, str, str]) -> None:
        if self._hands.press(BY_NAME[who].id, *button).timeout:
            raise LookupError(f"no answer to {button[2]}")

    def _button(self, who: str, said: re.Match[str]) -> tuple[str, str, str]:
        """Where a button is that begins so, and its whole label: on the newest message that names who presses."""
        spots = list(self._spots(who, said["gig"], said.string))
        for channel, ts in spots if said["first"] else reversed(spots):
            message = self._slack.message(channel, ts)
            for control in controls(message.blocks) if message else ():
                label = str(control.element.get("text", {}).get("text", "")) if control.kind == "button" else ""
                if label.replace("’", "'").startswith(said["text"]):
                    return channel, ts, label
        raise LookupError(f"no button “{said['text']}” for {who}")

    def _spots(self, who: str, gig: str | None, deed: str) -> Iterator[Spot]:
        if gig:
            yield from (spot for spot, label in self._book.labels.items() if self._names(spot, label, who, gig))
        elif "by DM" in deed:
            direct = self._hands.open_direct(BY_NAME[who].id)
            yield from (spot for spot in self._book.labels if spot[0] == direct)
        else:
            lines = self._slack.ledger.entries(*PRIVATE, user=BY_NAME[who].id)
            yield from ((line.channel, line.ts) for line in lines)

    def _names(self, spot: Spot, label: str, who: str, gig: str) -> bool:
        message = self._slack.message(*spot)
        if not label.endswith(f" of {gig}") or message is None:
            return False
        read = "\n".join([message.text, *texts(message.blocks)])
        return label.startswith("load_out") or re.search(rf"\b{who}\b|<@{BY_NAME[who].id}>", read) is not None

    def _react(self, said: re.Match[str]) -> None:
        for who in named(said["who"]):
            asks = [spot for spot, label in self._book.labels.items() if label == f"ask of {said['gig']}"]
            spot = [spot for spot in asks if self._names(spot, f"ask of {said['gig']}", who, said["gig"])][-1]
            deed = self._hands.unreact if said["un"] else self._hands.react
            deed(who, *spot, said["text"])

    def _rewrite(self, said: re.Match[str]) -> None:
        mine = self._slack.ledger.entries(Kind.POSTED, user=BY_NAME[said["who"]].id)[-1]
        self._hands.edit(said["who"], mine.channel, mine.ts, said["text"])

    def _choose(self, said: re.Match[str]) -> None:
        self._hands.shortcut(said["who"], *self._book.newest[said["label"]], said["text"])

    def _open_home(self, said: re.Match[str]) -> None:
        self._hands.open_home(said["who"])
