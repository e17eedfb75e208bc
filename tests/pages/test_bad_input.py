"""What people do to a page without meaning to: two of it, too much of it, the wrong thing, twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.pages.conftest import OpenPage
from tests.pages.gallery import HOSTILE, inputs
from tests.pages.rooms import Gallery
from tests.pages.trial import Form, Person
from tests.sandbox.stage import actions, button

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
ROUTE = 'date,city,note\n2026-12-12,"Porto, PT","said ""yes"""\n2026-12-13,<script>alert(1)</script>,=1+1\n'
CHOOSE = "#write input[type=file]"


def opened(page: Any, file: Path, content: bytes) -> Any:
    """Drops a file and opens it; gives the dialog that shows what is in it."""
    file.write_bytes(content)
    page.locator(CHOOSE).set_input_files(file)
    page.locator("#list .file", has_text=file.name).click()
    return page.locator("dialog.wide[open]")


def test_two_browsers_see_the_same_at_once_and_each_keeps_its_own_draft(gallery: Gallery, open_page: OpenPage) -> None:
    one, two = Person(open_page(gallery.address)), Person(open_page(gallery.address))
    one.write("said in one")
    two.sees("said in one")
    one.page.locator("#write textarea").fill("half a sen")
    two.write("said in the other")
    one.sees("said in the other")
    assert one.page.locator("#write textarea").input_value() == "half a sen"
    gallery.open_form(inputs())
    for each in (one, two):
        each.page.locator("#modal[open]").wait_for()
    one.page.locator("#modal [data-key=close]").click()
    two.page.locator("#modal[open]").wait_for(state="detached")


def test_a_form_closed_in_one_browser_is_no_trap_in_the_other(gallery: Gallery, open_page: OpenPage) -> None:
    view = gallery.open_form(inputs())
    form = Form(open_page(gallery.address))
    form.fill("plain_text_input", "The Lanterns")
    gallery.sandbox.hands.close(view)
    form.is_gone()


@pytest.mark.parametrize("delay", [0, 300], ids=["at-once", "after-the-answer"])
def test_a_double_click_is_one_press(gallery: Gallery, open_page: OpenPage, delay: int) -> None:
    gallery.post("press", blocks=[actions(button("Confirm", "confirm"))])
    page = open_page(gallery.address)
    page.locator("#list").get_by_role("button", name="Confirm").dblclick(delay=delay)
    page.locator("#list button:not([aria-busy])", has_text="Confirm").wait_for()
    assert len([e for e in gallery.sandbox.slack.line.envelopes if e.payload.get("type") == "block_actions"]) == 1


def test_a_double_enter_is_one_message(gallery: Gallery, open_page: OpenPage) -> None:
    person = Person(open_page(gallery.address))
    person.write("once")
    person.page.keyboard.press("Enter")
    person.sees("once")
    assert person.page.locator("#list .message").count() == 1


def test_forty_thousand_characters_go_and_one_more_stays_in_the_field_with_the_reason(
    gallery: Gallery, open_page: OpenPage
) -> None:
    person = Person(open_page(gallery.address))
    person.write("m" * 40_000)
    person.page.locator("#list .message").first.wait_for()
    person.write("n" * 40_001)
    person.page.locator(".composer-note", has_text="40,000").wait_for()
    assert len(person.page.locator("#write textarea").input_value()) == 40_001


def test_a_dropped_table_is_opened_as_cells_and_its_script_is_words(
    gallery: Gallery, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(gallery.address)
    dialog = opened(page, tmp_path / "route.csv", ROUTE.encode())
    dialog.locator("td").first.wait_for()
    cells = dialog.locator("td").all_inner_texts()
    assert cells == ["2026-12-12", "Porto, PT", 'said "yes"', "2026-12-13", "<script>alert(1)</script>", "=1+1"]
    assert dialog.locator("script").count() == 0
    with page.expect_download() as coming:
        dialog.get_by_role("link", name="Download").click()
    assert Path(coming.value.path()).read_text() == ROUTE
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("picture.csv", PICTURE, "is not text"),
        ("empty.csv", b"", "is empty"),
        ("page.html", HOSTILE.encode(), "onerror"),
        ("big.csv", b"date,city\n" + b"2026-12-12,Porto\n" * 1_200_000, "Only its first"),
    ],
    ids=["a picture named csv", "empty", "markup", "20 MB"],
)
def test_any_file_may_be_dropped_and_opened(
    gallery: Gallery, open_page: OpenPage, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    page = open_page(gallery.address)
    dialog = opened(page, tmp_path / name, content)
    dialog.get_by_text(words).first.wait_for()
    dialog.get_by_role("button", name="Close").click()
    assert page.title() == "Gallery"
    person = Person(page)
    person.write("and on it goes")
    person.sees("and on it goes")


def test_before_the_conversation_is_there_nothing_can_be_written_that_would_go_nowhere(
    gallery: Gallery, open_page: OpenPage
) -> None:
    page = open_page(gallery.address)
    held: list[Any] = []
    page.route("**/page/state", lambda route: held.append(route))
    page.reload()
    while not held:
        page.wait_for_timeout(10)
    assert page.locator("#write textarea, #write input").count() == 0
    held[0].continue_()
    person = Person(page)
    person.write("now it goes")
    person.sees("now it goes")


def test_hostile_words_in_a_form_stay_words(gallery: Gallery, open_page: OpenPage) -> None:
    view = inputs()
    text = {"type": "plain_text", "text": HOSTILE[:24]}
    hostile = {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}}
    gallery.open_form(view | {"title": text, "blocks": [hostile, *view["blocks"]]})
    form = Form(open_page(gallery.address))
    form.fill("plain_text_input", HOSTILE[:80])
    assert "onerror" in form.words()
    assert form.block("plain_text_input").page.locator("#modal img, #modal script").count() == 0
