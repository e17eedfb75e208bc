"""The page of `try` in a real Chromium: its first sight, a post's way to it, and 5,000 messages scrolled."""

import importlib
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient

from bot.clock import RealClock
from bot.sandbox.sandbox import Sandbox
from tests.bench.commands import PLAIN
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import ROOT

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
MESSAGES = 5000
OPENED, POSTED, SCROLLED, STARTED = 5, 40, 600, 5
STEP = 240
"""Pixels a frame: a hard flick."""
PATIENCE = 20_000
CREW = ("tess", "ana", "bo", "lou")
LOOKS = """
  const usable = () => document.querySelector("#list .message") && document.querySelector("#write textarea");
  const watch = new MutationObserver(() => {
    if (window.usableAt === undefined && usable()) requestAnimationFrame(() => (window.usableAt ??= performance.now()));
    const found = document.querySelector("#list .message:last-of-type")?.textContent.match(/bench post (\\d+)/);
    if (found) (window.met ??= {})[found[1]] ??= Date.now();
  });
  watch.observe(document, { childList: true, subtree: true });
"""
SCROLLS = """
  async ([frames, step]) => {
    const list = document.querySelector("#list");
    const took = [];
    let [last, way] = [await new Promise(requestAnimationFrame), -1];
    for (let n = 0; n < frames; n += 1) {
      if (list.scrollTop <= 0) way = 1;
      list.scrollTop += way * step;
      const now = await new Promise(requestAnimationFrame);
      took.push(now - last);
      last = now;
    }
    return took;
  }
"""


def measure(say: Say) -> list[Reading]:
    """Everything about the page. Raises Unmeasured where there is no browser."""
    with _room() as room, _browser() as browser:
        say(f"opening the page {OPENED} times, {MESSAGES:,} messages in its channel")
        usable = [_usable(browser, room.address) for _ in range(OPENED)]
        page = _open(browser, room.address)
        say(f"{POSTED} posts")
        posts = [_post(page, room, number) for number in range(POSTED)]
        say(f"scrolling {SCROLLED} frames")
        page.evaluate("document.querySelector('#list').scrollTop = 1e9")
        frames = page.evaluate(SCROLLS, [SCROLLED, STEP])
    over = sum(frame > 50 for frame in frames)
    told = f"{over} of {SCROLLED} over 50 ms, {STEP} px a frame"
    return [
        Reading("page", usable, f"worst {max(usable):.2f} s"),
        Reading("page-post", posts),
        Reading("page-scroll", frames, told),
    ]


def measure_try(say: Say) -> list[Reading]:
    """The command that brings the page up. Raises Unmeasured when it prints no address."""
    say(f"{STARTED} times python -m bot try")
    return [Reading("try", [_start() for _ in range(STARTED)])]


class Room:
    """A channel full of talk and cards, on a page."""

    def __init__(self, sandbox: Sandbox) -> None:
        people = [sandbox.add_person(name) for name in CREW]
        self.channel = sandbox.add_channel("room", people)
        self.client = WebClient("xoxb-sandbox", base_url=sandbox.base_url, retry_handlers=[])
        for number in range(MESSAGES):
            self._fill(sandbox, number)
        self.address = sandbox.show_page(title="Bench", viewer=CREW[0], channel="room", about="")

    def _fill(self, sandbox: Sandbox, number: int) -> None:
        who, words = CREW[number % len(CREW)], f"line {number}: *load-in* at 12:00, " * (1 + number % 4)
        if number % 10:
            sandbox.hands.say(who, "room", words)
        else:
            self.client.chat_postMessage(channel=self.channel, text=words, blocks=_card(number))


def _card(number: int) -> list[dict[str, Any]]:
    words = f"*Gig {number}* :red_circle: RED\n• the venue is silent\n• <@U0BO> has not confirmed"
    label = {"type": "plain_text", "text": "Confirm"}
    press = {"type": "button", "action_id": "confirm", "text": label, "value": str(number)}
    return [
        {"type": "header", "text": {"type": "plain_text", "text": f"Night {number}"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": words}},
        {"type": "actions", "elements": [press]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_doors 19:00 CET_"}]},
    ]


@contextmanager
def _room() -> Iterator[Room]:
    with Sandbox(RealClock().now) as sandbox:
        yield Room(sandbox)


@contextmanager
def _browser() -> Iterator[Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise Unmeasured("there is no chromium here: apt-get install chromium")
    playwright = importlib.import_module("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


def _open(browser: Any, address: str) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(LOOKS)
    page.goto(address)
    page.wait_for_function("() => window.usableAt !== undefined")
    return page


def _usable(browser: Any, address: str) -> float:
    """Seconds from the navigation's start until a message is drawn and the message field is there."""
    page = _open(browser, address)
    took = float(page.evaluate("window.usableAt")) / 1000
    page.context.close()
    return took


def _post(page: Any, room: Room, number: int) -> float:
    """Milliseconds from the bot's post being answered until the message stands on the page."""
    room.client.chat_postMessage(channel=room.channel, text=f"bench post {number}")
    posted = time.time() * 1000  # noqa: TID251 - the browser's clock is this one
    page.wait_for_function("number => window.met?.[number] !== undefined", arg=number)
    threading.Event().wait(0.03)
    return max(float(page.evaluate("number => window.met[number]", number)) - posted, 0.0)


def _start() -> float:
    """Seconds from the command until its address is printed. Raises Unmeasured when it prints none."""
    began = time.monotonic()
    command = [sys.executable, "-m", "bot", "try", "--no-browse"]
    with subprocess.Popen(command, cwd=ROOT, env=PLAIN, stdout=subprocess.PIPE, text=True) as begun:
        line = begun.stdout.readline() if begun.stdout else ""
        took = time.monotonic() - began
        begun.send_signal(signal.SIGINT)
    if "http://127.0.0.1:" not in line:
        raise Unmeasured(f"try printed no address: {line.strip() or 'it said nothing'}")
    return took
