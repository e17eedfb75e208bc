"""What a person who reads by ear, by keyboard or with weak eyes would stumble over on a page."""

from collections.abc import Iterator
from typing import Any

NAMED = {
    *("button", "link", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "tab", "menuitem"),
    *("option", "dialog", "feed", "navigation", "main", "complementary", "region", "img", "Date", "InputTime"),
    *("DisclosureTriangle", "spinbutton"),
}
"""Roles that must say what they are."""
LEAST_CONTRAST, LEAST_TAP = 4.5, 40
CONTRAST = """
  (least) => {
    const parse = (text) => {
      const found = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
      const scale = text.startsWith("color(") ? 255 : 1;
      return [found[0] * scale, found[1] * scale, found[2] * scale, found[3] ?? 1];
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => part * a + below[n] * (1 - a));
    const ground = (made) => {
      const all = [];
      for (let here = made; here; here = here.parentElement) all.push(parse(getComputedStyle(here).backgroundColor));
      return all.reverse().reduce((below, each) => over(each, below), [255, 255, 255]);
    };
    const light = (colour) => {
      const [r, g, b] = colour.map((p) => (p / 255 <= 0.03928 ? p / 3294.6 : ((p / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const isSeen = (made) => made.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const poor = [];
    const check = (made, colour, words) => {
      const below = ground(made);
      const [a, b] = [light(over(parse(colour), below)), light(below)].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < least) poor.push(`${ratio.toFixed(2)} ${made.className || made.tagName}: ${words.slice(0, 40)}`);
    };
    for (const made of document.querySelectorAll("[placeholder]")) {
      if (isSeen(made)) check(made, getComputedStyle(made, "::placeholder").color, made.placeholder);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const made = walk.currentNode.parentElement;
      const words = walk.currentNode.textContent.trim();
      if (!/[\\p{L}\\p{N}]/u.test(words) || !isSeen(made) || made.closest(":disabled, .unseen, noscript")) continue;
      check(made, getComputedStyle(made).color, words);
    }
    return poor;
  }
"""
SMALL = """
  (least) => [...document.querySelectorAll("button, select, summary, textarea, input, a.button")].filter((made) => {
    const isSeen = made.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!isSeen || made.closest(".unseen")) return false;
    const { width, height } = (made.closest("label") ?? made).getBoundingClientRect();
    return height > 1 && Math.min(width, height) < least;
  }).map((made) => {
    const { width, height } = made.getBoundingClientRect();
    return `${made.tagName} ${made.className} ${made.ariaLabel ?? made.textContent.slice(0, 20)} ${width} x ${height}`;
  })
"""
FOCUSED = """
  () => {
    const made = document.activeElement;
    const look = getComputedStyle(made);
    const around = made.closest(".composer-box") ?? made;
    const isSeen = look.outlineStyle !== "none" || getComputedStyle(around).boxShadow !== "none";
    return { name: made.dataset.key ?? made.className ?? made.tagName, isSeen, isBody: made === document.body };
  }
"""


def nameless(page: Any) -> list[str]:
    """What the browser tells a screen reader without a name."""
    session = page.context.new_cdp_session(page)
    found = [f"{role} without a name: {_markup(session, node)}" for role, name, node in _told(session) if not name]
    session.detach()
    return found


def _told(session: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        role = "" if node.get("ignored") else node["role"]["value"]
        if role in NAMED:
            yield role, str(node.get("name", {}).get("value", "")).strip(), node


def _markup(session: Any, node: dict[str, Any]) -> str:
    found = session.send("DOM.getOuterHTML", {"backendNodeId": node["backendDOMNodeId"]})
    return str(found["outerHTML"])[:120]


def faint(page: Any) -> list[str]:
    """Words that stand out too little from what is behind them, in either theme."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += [f"{theme} {each}" for each in page.evaluate(CONTRAST, LEAST_CONTRAST)]
    return found


def small(page: Any) -> list[str]:
    """Things too small for a thumb."""
    return [str(each) for each in page.evaluate(SMALL, LEAST_TAP)]


def walk(page: Any, steps: int) -> list[str]:
    """The names of what Tab goes through. Fails where the focus cannot be seen."""
    names = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["isSeen"] or here["isBody"], here
        names.append(str(here["name"]))
    return names
