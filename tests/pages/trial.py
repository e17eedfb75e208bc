"""`try` at work, and whoever sits at its page."""

import re
import threading
from typing import Any

from bot import trying
from tests.sandbox.patient import patient_slack

TRIES = 4
AGAIN = re.compile("Drop the file here|Type the same again|Send it again")
"""How the bot asks for the same once more: the drop is not known yet, or the machine was too busy just then."""
COMES_UP_WITHIN = 60.0
TOLD = 3


class Trial:
    """`try` at work, as the command starts it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._said, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._said.wait(COMES_UP_WITHIN), "try did not come up"

    @property
    def address(self) -> str:
        return next(word for word in self.lines[0].split() if word.startswith("http://127.0.0.1:"))

    def _run(self) -> None:
        trying.show(patient_slack, self._say, self._end.wait, browse=False)

    def _say(self, line: str) -> None:
        self.lines.append(line)
        if "Ctrl-C" in line:
            self._said.set()

    def end(self) -> None:
        self._end.set()
        self._thread.join(COMES_UP_WITHIN)
        assert not self._thread.is_alive()


class Person:
    """Whoever sits at the page; works the same on a laptop and on a phone."""

    def __init__(self, page: Any) -> None:
        self.page = page
        page.locator("#side .me").wait_for(state="attached")

    @property
    def is_narrow(self) -> bool:
        return bool(self.page.viewport_size["width"] < 860)

    def go_to_side(self) -> None:
        if self.is_narrow and self.page.locator("body").get_attribute("data-screen") != "side":
            self.page.locator("[data-key=menu]").click()

    def become(self, name: str) -> None:
        self.go_to_side()
        self.page.locator(".me").click()
        self.page.locator(".person", has_text=name).click()

    def go_to(self, place: str) -> None:
        self.go_to_side()
        self.page.locator(".place", has_text=place).click()

    def write(self, text: str, where: str = "#write") -> None:
        field = self.page.locator(f"{where} textarea")
        field.fill(text)
        field.press("Enter")

    def asks(self, typed: str, answer: str) -> None:
        """Types a command until this is the answer: once more wherever the bot itself asks for it."""
        again = self.page.locator("#list .only", has_text=AGAIN)
        for _ in range(TRIES):
            before = again.count()
            self.write(typed)
            self._waits(self.page.locator("#list").get_by_text(answer).or_(again.nth(before)).last, answer)
            if again.count() == before:
                return
        raise AssertionError(f"{typed} was not done in {TRIES} tries. {self._shown('#list')}")

    def sees(self, text: str, where: str = "#list") -> None:
        self._waits(self.page.locator(where).get_by_text(text).last, text, where)

    def _waits(self, sight: Any, text: str, where: str = "#list") -> None:
        try:
            sight.wait_for()
        except Exception as error:
            raise AssertionError(f"nobody sees {text!r}. {self._shown(where)}") from error

    def _shown(self, where: str) -> str:
        last = self.page.locator(f"{where} .message").all_inner_texts()[-TOLD:]
        return f"{where} ends with: {' | '.join(last) or self.page.locator(where).inner_text()[-600:]}"

    def move_a_day(self) -> None:
        face = self.page.locator(".face strong")
        before = face.inner_text()
        self.page.locator("[data-key=day]").click()
        self.page.locator("[data-key=day]:not([aria-busy])").wait_for()
        self.page.wait_for_function(
            "before => document.querySelector('.face strong').textContent !== before", arg=before
        )

    def open_thread_of(self, heading: str) -> None:
        threads = self.page.locator("#list .message", has=self.page.locator(".thread-link"))
        threads.filter(has_text=heading).last.locator(".thread-link").click()

    def open_home(self) -> None:
        self.go_to_side()
        self.page.locator("[data-key=app]").click()
        tab = self.page.get_by_role("tab", name="Home")
        tab.click()
        self.page.locator("#home .home").wait_for()

    def opens(self, typed: str) -> "Form":
        """A command that opens a form."""
        self.write(typed)
        return Form(self.page)

    def presses_on_the_newest(self, typed: str, label: str) -> "Form":
        """A command, and the button of its private answer that opens a form."""
        private = self.page.locator("#list .only")
        before = private.count()
        self.write(typed)
        private.nth(before).get_by_role("button", name=label).click()
        return Form(self.page)


class Form:
    """The form that is open, filled in as people do."""

    def __init__(self, page: Any) -> None:
        self._modal = page.locator("#modal")
        self._page = page
        page.locator("#modal[open]").wait_for()

    def words(self) -> str:
        return str(self._modal.inner_text())

    def block(self, name: str) -> Any:
        return self._modal.locator(f"[data-block={name}]")

    def field(self, name: str) -> Any:
        return self.block(name).locator("input, select, textarea").first

    def fill(self, name: str, value: str) -> None:
        self.field(name).fill(value)

    def choose(self, name: str, begun: str) -> None:
        """The option that begins so."""
        labels = self.block(name).locator("option").all_inner_texts()
        self.field(name).select_option(label=next(label for label in labels if label.startswith(begun)))

    def finds(self, name: str, typed: str, offer: str) -> None:
        """Types into a search, and takes an offer by its words."""
        self.field(name).press_sequentially(typed)
        self.block(name).get_by_role("option", name=offer).first.click()
        self.block(name).get_by_role("listbox").wait_for(state="hidden")

    def types(self, name: str, typed: str, *keys: str) -> None:
        """Into a field of many, by keyboard alone; the keys come once the offers are there."""
        self.field(name).press_sequentially(typed)
        if typed:
            self.block(name).get_by_role("option").first.wait_for()
        for key in keys:
            self._page.keyboard.press(key)

    def chips(self, name: str) -> list[str]:
        return [text.removesuffix("×").strip() for text in self.block(name).locator(".chip").all_inner_texts()]

    def send(self) -> None:
        self._modal.locator("[data-key=submit]").click()

    def has_error(self, name: str, words: str) -> None:
        self.block(name).locator(".error", has_text=words).wait_for()
        self.block(name).locator("[aria-invalid=true]").wait_for()

    def is_gone(self) -> None:
        self._page.locator("#modal[open]").wait_for(state="detached")
