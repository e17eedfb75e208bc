"""A Slack in a process of its own, whose ledger outlives everything that is killed.

`python -m tests.faults.fakeslack FOLDER` prints the port of its control door and lives until its stdin closes.
One process holds many workspaces: `POST /WORKSPACE/WORD` with a JSON object; the answer is JSON too. Each word is
a function of `WORDS`.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from bot.clock import RealClock
from bot.sandbox.events import EnvelopeType
from bot.sandbox.faults import Gamble, Trouble
from bot.sandbox.sandbox import Sandbox
from tests.faults.kept import KeptLedger
from tests.faults.weather import ways

Json = dict[str, Any]


@dataclass
class House:
    """One workspace, and where its ledger is kept."""

    sandbox: Sandbox
    ledger: KeptLedger
    lock: threading.Lock = field(default_factory=threading.Lock)


def open_house(folder: Path, name: str, told: Json) -> tuple[House, Json]:
    """A new workspace with people, channels and, in each channel, cards to hang threads on."""
    sandbox = Sandbox(RealClock().now)
    ledger = KeptLedger(sandbox.slack.pulse, sandbox.names.bot_user, folder / f"{name}.jsonl")
    sandbox.ledger = sandbox.slack.ledger = ledger
    sandbox.start()
    lead = sandbox.add_person("tess")
    people = [sandbox.add_person(f"hand{n:03d}") for n in range(told["people"])]
    channels = [sandbox.add_channel(f"tour-{n}", [lead, *people]) for n in range(told["channels"])]
    names = sandbox.names
    facts: Json = {"url": sandbox.base_url, "team": names.team_id, "bot_user": names.bot_user}
    facts |= {"bot_token": names.bot_token, "app_token": names.app_token, "lead": lead, "people": people}
    facts |= {"channels": channels, "ledger": str(ledger.path)}
    facts["directs"] = [sandbox.hands.open_direct(person) for person in people]
    facts["cards"] = [[_card(sandbox, channel) for _ in range(told["cards"])] for channel in channels]
    return House(sandbox, ledger), facts


def _card(sandbox: Sandbox, channel: str) -> str:
    return str(sandbox.hands.say("tess", channel, "a card to hang a thread on"))


def plan(house: House, told: Json) -> Json:
    """A fault, as `Faults.plan` takes it."""
    house.sandbox.faults.plan(told.pop("method"), Trouble(told.pop("trouble")), **told)
    return {}


def gamble(house: House, told: Json) -> Json:
    """A share of the posts fails, in all the ways there are."""
    drawn = ways(told["factor"], told.get("only", ()))
    house.sandbox.faults.gamble(Gamble("chat.postMessage", told["seed"], told["share"], drawn))
    return {}


def limit(house: House, told: Json) -> Json:
    """Slack's pace."""
    house.sandbox.faults.posts_per_minute = told["per_minute"]
    house.sandbox.faults.one_post_per_second = told.get("strict", True)
    return {}


def clear(house: House, told: Json) -> Json:
    """Good weather again."""
    house.sandbox.faults.clear()
    return {}


def go_down(house: House, told: Json) -> Json:
    """Nobody listens at the address any more."""
    with house.lock:
        house.sandbox.stop()
    return {}


def come_back(house: House, told: Json) -> Json:
    """The same address answers again."""
    with house.lock:
        house.sandbox.start()
    return {}


def type_command(house: House, told: Json) -> Json:
    """Somebody types a command; with `pid` that process is killed the moment its ack is in."""
    answer = house.sandbox.hands.command(told["who"], told["channel"], told["text"])
    acked = not answer.timeout and not answer.error
    if acked and told.get("pid"):
        os.kill(told["pid"], signal.SIGKILL)
    return {"acked": acked, "text": answer.text, "trigger": str(answer.envelope.payload.get("trigger_id", ""))}


def say(house: House, told: Json) -> Json:
    """Somebody writes."""
    return {"ts": house.sandbox.hands.say(told["who"], told["channel"], told["text"], told.get("thread"))}


def replay(house: House, told: Json) -> Json:
    """Every event so far once more, one to four times each, in any order."""
    dice = Random(told["seed"])  # noqa: S311 - a toy
    sent = [each for each in house.sandbox.envelopes if each.type is EnvelopeType.EVENT]
    again = [each for each in sent for _ in range(dice.randint(1, 4))]
    dice.shuffle(again)
    for each in again:
        house.sandbox.redeliver(each)
    return {"events": len(sent), "sent": len(again)}


def disconnect(house: House, told: Json) -> Json:
    """The sockets are asked to come again, or (`rudely`) just closed."""
    if told.get("rudely"):
        house.sandbox.hang_up()
    else:
        house.sandbox.disconnect(told.get("reason", "refresh_requested"))
    return {}


def deafen(house: House, told: Json) -> Json:
    """The sockets that are open stay open, and nothing comes through them any more."""
    line = house.sandbox.slack.line
    deaf = list(line.sockets)
    for socket in deaf:
        line.leave(socket)
    return {"deaf": len(deaf)}


def count(house: House, told: Json) -> Json:
    """The calls by method, those that were refused, and the sockets that stand."""
    calls = list(house.sandbox.calls)
    made = Counter(call.method for call in calls)
    refused = Counter(f"{call.method} {call.error}" for call in calls if call.error)
    return {"calls": dict(made), "refused": dict(refused), "sockets": house.sandbox.connected()}


def close(house: House, told: Json) -> Json:
    """The workspace is gone; its ledger stays."""
    with house.lock:
        house.sandbox.stop()
    house.ledger.close()
    return {}


Word = Callable[[House, Json], Json]
WORDS: dict[str, Word] = {
    "plan": plan,
    "gamble": gamble,
    "limit": limit,
    "clear": clear,
    "down": go_down,
    "up": come_back,
    "command": type_command,
    "say": say,
    "replay": replay,
    "disconnect": disconnect,
    "deafen": deafen,
    "count": count,
    "close": close,
}


class Town:
    """All workspaces of this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._houses: dict[str, House] = {}

    def act(self, name: str, word: str, told: Json) -> Json:
        """Do one thing. Raises KeyError for a word or workspace that is not known."""
        if word == "open":
            self._houses[name], facts = open_house(self._folder, name, told)
            return facts
        done = WORDS[word](self._houses[name], told)
        if word == "close":
            del self._houses[name]
        return done


def control_door(town: Town) -> ThreadingHTTPServer:
    """The door for commands, on a free port of the loopback."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            _, name, word = self.path.split("/")
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, answer = 200, town.act(name, word, told)
            except Exception as error:  # noqa: BLE001 - whoever asked is told
                status, answer = 500, {"error": f"{type(error).__name__}: {error}"}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    return ThreadingHTTPServer(("127.0.0.1", 0), Desk)


def main() -> None:
    """Opens the control door and waits for the end of stdin."""
    door = control_door(Town(Path(sys.argv[1])))
    threading.Thread(target=door.serve_forever, daemon=True).start()
    sys.stdout.write(f"{door.server_address[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()
    # Connections may hang on purpose; nothing here is worth a goodbye.
    os._exit(0)


if __name__ == "__main__":
    main()
