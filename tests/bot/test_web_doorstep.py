"""The web server's own end: slow and idle visitors are hung up on, and it shuts without dropping anything."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.doorstep import CROWDED, MOST_OPEN, Doorstep

HELLO = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
Wait = Callable[[], object]


class Inside:
    """A WSGI application that answers at once, or when `may_go` is set."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self.may_go = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.came.set()
            self.may_go.wait(60)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def step(inside: Inside) -> Iterator[Doorstep]:
    made = Doorstep(inside, "127.0.0.1", 0, patience=0.3)
    made.open()
    yield made
    inside.may_go.set()
    assert made.shut(20)


def visit(step: Doorstep) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(step.effective_port)), timeout=20)


def test_who_sends_a_header_forever_is_hung_up_on(step: Doorstep) -> None:
    with visit(step) as wire:
        wire.sendall(b"POST / HTTP/1.1\r\nX-Slow: ")
        begun = time.monotonic()
        wire.settimeout(0.05)
        while time.monotonic() - begun < 30:
            try:
                wire.sendall(b"a")
                if wire.recv(10) == b"":
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert time.monotonic() - begun < 20


def test_a_crowd_that_says_nothing_does_not_keep_others_out(step: Doorstep) -> None:
    crowd = [visit(step) for _ in range(MOST_OPEN + 20)]
    try:
        with visit(step) as wire:
            wire.sendall(HELLO)
            assert wire.recv(1000).startswith(b"HTTP/1.1 200")
        assert len(step.active_channels) <= MOST_OPEN
    finally:
        for each in crowd:
            each.close()
    assert CROWDED < MOST_OPEN


def test_what_is_under_way_is_answered_before_it_shuts(step: Doorstep, inside: Inside) -> None:
    with visit(step) as wire, visit(step) as idle:
        wire.sendall(HELLO.replace(b"/ ", b"/slow "))
        assert inside.came.wait(20)
        told: list[bool] = []
        shutting = threading.Thread(target=lambda: told.append(step.shut(20)))
        shutting.start()
        assert idle.recv(10) == b""
        inside.may_go.set()
        assert wire.recv(1000).startswith(b"HTTP/1.1 200")
        shutting.join(30)
        assert told == [True]
    with pytest.raises(ConnectionRefusedError):
        visit(step)


def test_it_shuts_in_time_though_a_request_hangs(step: Doorstep, inside: Inside) -> None:
    with visit(step) as wire:
        wire.sendall(HELLO.replace(b"/ ", b"/slow "))
        assert inside.came.wait(20)
        begun = time.monotonic()
        assert not step.shut(0.3)
        assert time.monotonic() - begun < 20


def test_half_a_request_does_not_hold_it_up(step: Doorstep) -> None:
    with visit(step) as wire:
        wire.sendall(b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc")
        assert step.shut(20)


def test_an_address_that_is_taken_is_told(step: Doorstep, inside: Inside) -> None:
    with pytest.raises(OSError, match="in use"):
        Doorstep(inside, "127.0.0.1", int(step.effective_port))
