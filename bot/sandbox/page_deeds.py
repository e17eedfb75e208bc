"""What a person does on the page, one function per deed: JSON in, the sandbox's hands, JSON out."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.faults import Trouble
from bot.sandbox.hands import Hands
from bot.sandbox.interactions import Answer
from bot.sandbox.records import Json
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import RefusedError

TEXT_MOST = 40_000
Deed = Callable[[Hands, "Wish"], Json]


class Wish:
    """What came from the page, read strictly. Raises RefusedError where a word is missing or no word."""

    def __init__(self, told: Mapping[str, Any], content: bytes = b"") -> None:
        self.told = told
        self.content = content

    def word(self, name: str) -> str:
        value = self.told.get(name)
        if not isinstance(value, str) or not value:
            raise RefusedError(f"The page did not say {name}.")
        return value

    def maybe(self, name: str) -> str | None:
        return str(self.told[name]) if self.told.get(name) else None

    @property
    def text(self) -> str:
        text = self.word("text")
        if len(text) > TEXT_MOST:
            raise RefusedError(f"That is {len(text):,} characters; a message holds {TEXT_MOST:,}.")
        return text

    @property
    def spot(self) -> tuple[str, str, str]:
        return self.word("who"), self.word("channel"), self.word("ts")


def say(hands: Hands, wish: Wish) -> Json:
    return {"ts": hands.say(wish.word("who"), wish.word("channel"), wish.text, wish.maybe("thread"))}


def command(hands: Hands, wish: Wish) -> Json:
    return tell(hands.command(wish.word("who"), wish.word("channel"), wish.text, wish.maybe("thread")))


def tell(answer: Answer) -> Json:
    """What the page must know of an answer; what it says comes by the stream."""
    told: Json = {"view": answer.view.id if answer.view else None}
    return told | {"ok": not answer.error, "error": answer.text or answer.error if answer.error else ""}


def edit(hands: Hands, wish: Wish) -> Json:
    hands.edit(*wish.spot, wish.text)
    return {}


def remove(hands: Hands, wish: Wish) -> Json:
    hands.remove(*wish.spot)
    return {}


def react(hands: Hands, wish: Wish) -> Json:
    return {"added": hands.react(*wish.spot, wish.word("name"))}


def unreact(hands: Hands, wish: Wish) -> Json:
    return {"removed": hands.unreact(*wish.spot, wish.word("name"))}


def press(hands: Hands, wish: Wish) -> Json:
    control, value = wish.word("control"), wish.maybe("value")
    view = wish.maybe("view")
    return tell(hands.press_in_view(view, control, value) if view else hands.press(*wish.spot, control, value))


def shortcut(hands: Hands, wish: Wish) -> Json:
    return tell(hands.shortcut(*wish.spot, wish.word("name")))


def choose(hands: Hands, wish: Wish) -> Json:
    control, option = wish.word("control"), wish.told.get("option")
    view = wish.maybe("view")
    return tell(hands.choose_in_view(view, control, option) if view else hands.choose(*wish.spot, control, option))


def suggest(hands: Hands, wish: Wish) -> Json:
    control, query = wish.word("control"), str(wish.told.get("query") or "")
    view = wish.maybe("view")
    if view:
        return {"options": hands.suggest(view, control, query)}
    return {"options": hands.suggest_in_message(*wish.spot, control, query)}


def submit(hands: Hands, wish: Wish) -> Json:
    values = wish.told.get("values")
    sent = hands.submit(wish.word("view"), values if isinstance(values, dict) else {})
    return {"ok": sent.ok, "errors": sent.errors, "error": sent.error}


def close(hands: Hands, wish: Wish) -> Json:
    hands.close(wish.word("view"))
    return {}


def home(hands: Hands, wish: Wish) -> Json:
    view = hands.open_home(wish.word("who"))
    return {"view": view.id if view else None}


def direct(hands: Hands, wish: Wish) -> Json:
    others = wish.told.get("others")
    return {"channel": hands.open_direct(wish.word("who"), *(others if isinstance(others, list) else []))}


def drop(hands: Hands, wish: Wish) -> Json:
    who, channel, name = wish.word("who"), wish.word("channel"), wish.word("name")
    return {"file": hands.drop_file(who, channel, name, wish.content, thread_ts=wish.maybe("thread"))}


def attach(hands: Hands, wish: Wish) -> Json:
    """A file for a form's field: stored, and shared nowhere."""
    return {"file": hands.upload(wish.word("who"), wish.word("name"), wish.content)}


DEEDS: Mapping[str, Deed] = {
    "say": say,
    "command": command,
    "edit": edit,
    "remove": remove,
    "react": react,
    "unreact": unreact,
    "press": press,
    "shortcut": shortcut,
    "choose": choose,
    "suggest": suggest,
    "submit": submit,
    "close": close,
    "home": home,
    "direct": direct,
    "drop": drop,
    "attach": attach,
}


def spoil(slack: Slack, wish: Wish) -> Json:
    """One of Slack's bad days. Raises RefusedError for a day we have not got."""
    days = _bad_days(slack)
    day = wish.word("day")
    if day not in days:
        raise RefusedError(f"There is no switch {day}.")
    days[day]()
    slack.pulse.beat()
    return {}


def _bad_days(slack: Slack) -> dict[str, Callable[[], object]]:
    faults, line = slack.faults, slack.line
    return {
        "429": lambda: faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=5),
        "500": lambda: faults.plan("chat.postMessage", Trouble.SERVER_ERROR),
        "500 accepted": lambda: faults.plan("chat.postMessage", Trouble.SERVER_ERROR, accepted=True),
        "twice": lambda: setattr(faults, "deliver_events_twice", not faults.deliver_events_twice),
        "paced": lambda: setattr(faults, "one_post_per_second", not faults.one_post_per_second),
        "again": lambda: _send_last_again(slack),
        "disconnect": line.disconnect,
        "hang up": line.hang_up,
        "good": faults.clear,
    }


def _send_last_again(slack: Slack) -> None:
    if not slack.line.envelopes:
        raise RefusedError("Nothing was sent yet.")
    slack.line.redeliver(slack.line.envelopes[-1])
