"""The page for those who cannot see it, cannot use a mouse, or hold it in one hand."""

from typing import Any

import pytest

from tests.pages import audit
from tests.pages.conftest import NARROW, SIZES, WIDE, OpenPage, keep_picture
from tests.pages.gallery import home, inputs, message_blocks
from tests.pages.rooms import Gallery
from tests.pages.trial import Person, Trial


class Look:
    """Looks at one place after the other; `found` is what stands in somebody's way."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.found: list[str] = []

    def at(self, place: str) -> None:
        """Names, contrast in both themes, on the phone sizes too. Pictures are kept of both themes."""
        narrow = self.page.viewport_size["width"] == NARROW[0]
        poor = audit.nameless(self.page) + audit.faint(self.page) + (audit.small(self.page) if narrow else [])
        self.found += [f"{place}: {each}" for each in poor]
        for theme in ("dark", "light"):
            self.page.emulate_media(color_scheme=theme)
            keep_picture(self.page, f"{place}-{self.page.viewport_size['width']}-{theme}")


@SIZES
def test_every_place_of_the_trial_can_be_read_heard_and_hit(
    trial: Trial, open_page: OpenPage, size: tuple[int, int]
) -> None:
    tess = Person(open_page(trial.address, size))
    look = Look(tess.page)
    tess.page.locator(".suggestion").first.wait_for()
    look.at("guide")
    tess.go_to("winter-run")
    tess.write("/gig show copenhagen")
    tess.page.locator("#list .only").last.wait_for()
    look.at("channel")
    tess.open_thread_of("Amsterdam")
    tess.page.locator("#panel .message").first.wait_for()
    look.at("thread")
    tess.open_home()
    look.at("home")
    tess.page.locator("[data-key=panel-log]").click()
    tess.page.locator(".log li").first.wait_for()
    look.at("log")
    tess.go_to_side()
    tess.page.locator(".me").click()
    look.at("people")
    assert "\n".join(look.found) == ""


@SIZES
def test_every_block_and_every_input_can_be_read_heard_and_hit(
    gallery: Gallery, open_page: OpenPage, size: tuple[int, int]
) -> None:
    gallery.post("everything", blocks=message_blocks())
    gallery.client.views_publish(user_id=gallery.tess, view=home())
    person = Person(open_page(gallery.address, size))
    look = Look(person.page)
    person.go_to("room")
    person.sees("A header")
    look.at("gallery")
    gallery.open_form(inputs())
    person.page.locator("#modal[open]").wait_for()
    person.page.locator("[data-key=submit]").click()
    person.page.locator("#modal .error").first.wait_for()
    look.at("modal")
    assert "\n".join(look.found) == ""


def test_tab_goes_through_the_page_in_its_order_and_is_always_seen(gallery: Gallery, open_page: OpenPage) -> None:
    gallery.post("first")
    gallery.post("second", blocks=message_blocks()[6:7])
    page = open_page(gallery.address, WIDE)
    page.locator("#list .message").nth(1).wait_for()
    names = audit.walk(page, 30)
    order = [names.index(name) for name in ("skip", "panel-guide", "me", "finds", "field")]
    assert order == sorted(order)
    row = next(name for name in names if name.startswith("row-"))
    assert names.index("finds") < names.index(row) < names.index("field")
    assert sum(name.startswith("row-") for name in names) <= 2, "one stop for the whole list, its arrows go on"


def test_a_new_message_is_told_to_screen_readers(gallery: Gallery, open_page: OpenPage) -> None:
    page = open_page(gallery.address)
    page.locator("#list .empty").wait_for()
    assert page.locator("#live").get_attribute("aria-live") == "polite"
    gallery.post("*Doors* are at 19:00")
    page.locator("#live", has_text="Doors are at 19:00").wait_for(state="attached")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_wrong_is_said_in_words_too(gallery: Gallery, open_page: OpenPage, theme: str) -> None:
    gallery.open_form(inputs())
    page = open_page(gallery.address, color_scheme=theme)
    page.locator("[data-key=submit]").click()
    page.locator("#modal .error").first.wait_for()
    wrong = page.locator("#modal [aria-invalid=true]").all()
    assert wrong
    for field in wrong:
        told = [page.locator(f"[id='{key}']").inner_text() for key in field.get_attribute("aria-describedby").split()]
        assert any("Please complete" in words for words in told)
