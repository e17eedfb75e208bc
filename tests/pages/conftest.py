"""A real browser: Debian's Chromium by Playwright. Where one is missing these tests skip, in CI they fail."""

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.sandbox import Sandbox
from tests.pages.rooms import NOON, Gallery
from tests.pages.trial import Trial

IN_CI = os.environ.get("CI", "").lower() == "true"  # noqa: TID251 - whether a missing browser is a failure
PICTURES = os.environ.get("TEST_PICTURES", "")  # noqa: TID251 - the folder where screenshots are kept
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000
"""Milliseconds: what takes half a second here may take ten where others are at work."""
WIDE, NARROW = (1280, 800), (390, 844)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
OpenPage = Callable[..., Any]
Contexts = Callable[..., Any]


def _missing(what: str) -> None:
    if IN_CI:
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing: pip install playwright, apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    chromium = shutil.which("chromium")
    if chromium is None:
        _missing("chromium")
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ImportError:
        _missing("playwright")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def contexts(browser: Any) -> Iterator[Contexts]:
    """By size and other facts, one context of the browser for all tests: a new one costs as much as the page in it."""
    made: dict[str, Any] = {}

    def at(size: tuple[int, int], **facts: Any) -> Any:
        name = f"{size} {sorted(facts.items())}"
        if name not in made:
            made[name] = browser.new_context(viewport={"width": size[0], "height": size[1]}, **facts)
        return made[name]

    yield at
    for each in made.values():
        each.close()


@pytest.fixture
def open_page(contexts: Contexts, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens an address at a size; the test fails when the page wrote an error to its console."""
    pages: list[Any] = []
    errors: list[str] = []

    def open_it(address: str, size: tuple[int, int] = WIDE, **facts: Any) -> Any:
        page = contexts(size, **facts).new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield open_it
    for number, page in enumerate(pages):
        if not page.is_closed():
            keep_picture(page, f"{request.node.name}-{number}")
            page.close()
    assert errors == []


def keep_picture(page: Any, name: str) -> None:
    """A picture of the page, where TEST_PICTURES names a folder for them."""
    if not PICTURES:
        return
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


@pytest.fixture
def trial() -> Iterator[Trial]:
    made = Trial()
    yield made
    made.end()


@pytest.fixture(scope="module")
def shared_trial() -> Iterator[Callable[[tuple[int, int]], Trial]]:
    """One trial for each size, for tests that keep out of each other's way in it."""
    made: dict[tuple[int, int], Trial] = {}

    def at(size: tuple[int, int]) -> Trial:
        if size not in made:
            made[size] = Trial()
        return made[size]

    yield at
    for each in made.values():
        each.end()


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with Sandbox(lambda: NOON) as sandbox:
        yield Gallery(sandbox)
