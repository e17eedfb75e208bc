"""`python -m bot try`, as a person runs it: one address, three suggestions, Ctrl-C."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def command() -> Iterator["subprocess.Popen[str]"]:
    call = [sys.executable, "-m", "bot", "try", "--no-browse"]
    begun = subprocess.Popen(call, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, text=True)
    yield begun
    begun.kill()
    begun.communicate()


def test_it_prints_one_address_and_three_suggestions_and_ends_with_ctrl_c(command: "subprocess.Popen[str]") -> None:
    assert command.stdout is not None
    lines = [command.stdout.readline() for _ in range(5)]
    host = lines[0].split("http://")[1].strip().rstrip("/")
    assert host.startswith("127.0.0.1:")
    assert all("As " in line for line in lines[1:4])
    wire = HTTPConnection(host, timeout=30)
    wire.request("GET", "/")
    assert b'<script type="module"' in wire.getresponse().read()
    wire.close()
    command.send_signal(signal.SIGINT)
    assert command.wait(60) == 0
