"""A channel of five thousand messages: quick to open, smooth, whole, and found in."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.sandbox import Sandbox
from tests.pages.conftest import OpenPage
from tests.pages.rooms import NOON, Gallery

MANY = 5000
DRAWN = (
    "() => [...document.querySelectorAll('#list .message')].map((m) => Number(m.textContent.match(/line (\\d+)/)[1]))"
)
FRAMES = """
  async (steps) => {
    const list = document.querySelector("#list");
    const told = { jumps: 0, gaps: 0 };
    const here = () => {
      const { top, bottom } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll(".message")].map((made) => [made, made.getBoundingClientRect()]);
      const seen = rows.filter(([, box]) => box.bottom > top && box.top < bottom);
      if (!seen.length || (seen[0][1].top > top + 60 && list.scrollTop > 60)) told.gaps += 1;
      return seen.map(([made, box]) => [made, box.top]).at(0);
    };
    for (const step of steps) {
      const [made, before] = here();
      const from = list.scrollTop;
      list.scrollTop += step;
      const went = list.scrollTop - from;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const moved = before - made.getBoundingClientRect().top;
      if (made.isConnected && Math.abs(moved - went) > 2) told.jumps += 1;
    }
    return told;
  }
"""


@pytest.fixture(scope="module")
def crowd() -> Iterator[str]:
    """The address of a page with all those messages."""
    with Sandbox(lambda: NOON) as sandbox:
        gallery = Gallery(sandbox)
        for number in range(MANY):
            gallery.keep(f"line {number}" + " and more words" * (number % 7 * 6))
        yield gallery.address


@pytest.fixture
def page(crowd: str, open_page: OpenPage) -> Any:
    opened = open_page(crowd)
    opened.locator("#list").get_by_text(f"line {MANY - 1}").wait_for()
    return opened


def drawn(page: Any) -> list[int]:
    return list(page.evaluate(DRAWN))


def test_five_thousand_messages_scroll_and_what_is_read_stays_in_place(page: Any) -> None:
    assert len(drawn(page)) < 150, "only a window is drawn"
    told = page.evaluate(FRAMES, [-240] * 60 + [120] * 30 + [-700] * 20)
    assert told["gaps"] == 0, "there is always something to read"
    assert told["jumps"] == 0, "what is read moves as far as one scrolled"
    assert drawn(page) == list(range(drawn(page)[0], drawn(page)[-1] + 1)), "none is left out"
    page.evaluate("document.querySelector('#list').scrollTop = 0")
    page.locator("#list").get_by_text("line 0", exact=True).wait_for()
    page.evaluate("document.querySelector('#list').scrollTop /= 2")
    page.evaluate("document.querySelector('#list').scrollTop = document.querySelector('#list').scrollHeight / 2")
    page.wait_for_function("() => Math.abs(Number(document.querySelector('#list .message').ariaPosInSet) - 2500) < 900")
    assert drawn(page) == list(range(drawn(page)[0], drawn(page)[-1] + 1))


def test_any_message_is_found_and_keys_go_from_one_to_the_next(page: Any) -> None:
    page.keyboard.press("Control+f")
    page.keyboard.type("line 1234")
    page.locator("#list .found", has_text="line 1234").wait_for()
    assert page.locator("#find [role=status]").inner_text() == "1 of 1"
    page.keyboard.press("Escape")
    page.locator("#list .message", has_text="line 1234").focus()
    page.keyboard.press("ArrowUp")
    assert "line 1233" in page.locator(":focus").inner_text()
    page.keyboard.press("Home")
    page.locator(":focus", has_text="line 0").wait_for()
    assert page.locator(":focus").get_attribute("aria-posinset") == "1"
    assert page.locator(":focus").get_attribute("aria-setsize") == str(MANY)
    page.keyboard.press("End")
    page.locator(":focus", has_text=f"line {MANY - 1}").wait_for()
