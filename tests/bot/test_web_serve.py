"""`serve` over HTTP, as a platform runs it: a process of its own, ended by a signal, and under junk."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import RealClock
from bot.doorstep import Doorstep
from bot.sandbox.sandbox import Sandbox
from bot.serving import why
from bot.web import EVENTS
from tests.bench.flood import SECRET, free_port, pour
from tests.bench.stage import set_up

ROOT = Path(__file__).resolve().parents[2]
CANARY = "c4n4ry-77"
GIGS, SECONDS = 3, 2.0
"""Cards go into their channel one a second, and all are waited for."""


@dataclass
class Served:
    """A serve that runs, and the Slack that speaks to it."""

    slack: Sandbox
    port: int
    process: subprocess.Popen[str]

    def wait_until_ready(self) -> None:
        assert self.process.stderr is not None
        assert next((line for line in self.process.stderr if " ready " in line), "")
        self.slack.deliver_to(f"http://127.0.0.1:{self.port}{EVENTS}", SECRET)


def start(slack: Sandbox, url: str, port: int) -> subprocess.Popen[str]:
    env = {"SLACK_BOT_TOKEN": slack.names.bot_token, "SLACK_API_URL": slack.base_url, "DATABASE_URL": url}
    env |= {"PORT": str(port), "HOST": "127.0.0.1", "SLACK_SIGNING_SECRET": SECRET}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def served(sqlite_url: str) -> Iterator[Served]:
    with Sandbox(RealClock().now) as slack:
        slack.add_channel("wild-god", [slack.add_person("tess", tz="Europe/London")])
        port = free_port()
        made = Served(slack, port, start(slack, sqlite_url, port))
        yield made
        made.process.kill()
        made.process.communicate()


def test_a_signal_lets_what_is_under_way_finish_and_the_log_has_no_words_of_it(served: Served) -> None:
    served.wait_until_ready()
    told: list[str] = []

    def type_on() -> None:
        while not told or told[-1]:
            told.append(served.slack.hands.command("tess", "wild-god", f"/gig list {CANARY}").text)
            if "failed" in told[-1]:
                return

    typing = threading.Thread(target=type_on)
    typing.start()
    assert served.slack.wait_until(lambda: len(told) >= 3)
    served.process.send_signal(signal.SIGTERM)
    # It ends within 10 s, which the faults rig measures; here others may hold the machine.
    typing.join(30)
    assert served.process.wait(30) == 0
    log = served.process.stderr.read() if served.process.stderr else ""
    assert "stopped" in log
    assert CANARY not in log
    assert SECRET not in log
    # Each was answered, or refused at a shut door: none was taken and dropped.
    assert all(each.answered or each.undeliverable for each in served.slack.envelopes)


def test_a_port_that_is_taken_is_told_in_plain_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as first, pytest.raises(OSError, match="in use") as caught:
        Doorstep(None, "127.0.0.1", first.getsockname()[1])
    said = "nobody can listen at HOST and PORT: address already in use. Give another PORT, or stop who has it"
    assert why(caught.value) == said


def test_reminders_go_out_and_people_are_answered_under_five_hundred_junk_requests_a_second() -> None:
    with set_up(gigs=GIGS) as stage:
        read = pour(stage, SECONDS)
    # How late, and how soon, is measured in `make bench`, over a minute; here others may hold the machine.
    assert len(read.due) == len(read.late) == 10
    assert min(read.late) >= 0
    assert read.acks
    assert max(read.memory) <= 250
    assert read.strange == 0
    assert len(read.junk["took"]) >= 100
