"""The bot's own forms and its Home tab in a real browser: filled in by hand and by keyboard, errors at the field."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.pages.conftest import SIZES, OpenPage
from tests.pages.trial import Person, Trial


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()  # noqa: TID251 - the page starts at now


@pytest.fixture
def tess(shared_trial: Callable[[tuple[int, int]], Trial], open_page: OpenPage, size: tuple[int, int]) -> Person:
    """The tour manager in the tour's channel, where the others' gigs may have changed and hers have not."""
    person = Person(open_page(shared_trial(size).address, size))
    person.go_to("winter-run")
    return person


@SIZES
def test_a_gig_is_opened_by_the_form_once_its_date_is_put_right(tess: Person) -> None:
    form = tess.opens("/gig new")
    form.fill("name", "The Lanterns")
    form.finds("place", "porto", "Porto, Portugal")
    form.fill("venue", "Coliseu")
    form.fill("day", in_days(-3))
    form.send()
    form.has_error("day", "is past")
    form.fill("day", in_days(60))
    form.fill("doors", "21:00")
    form.send()
    form.is_gone()
    tess.sees("Porto, Coliseu")
    tess.write("/gig show porto")
    tess.page.locator("#list .only").last.get_by_text("doors 21:00 WE").first.wait_for()


@SIZES
def test_times_are_set_by_the_form_in_the_venues_zone(tess: Person) -> None:
    form = tess.opens("/gig times amsterdam")
    assert "Amsterdam time (CE" in form.words()
    assert form.field("doors").input_value() == "19:00"
    form.fill("set", "18:00")
    form.send()
    form.has_error("set", "would come before")
    form.fill("set", "20:45")
    form.send()
    form.is_gone()
    tess.sees("set 20:45 CE")


@SIZES
def test_two_people_are_called_from_the_gig_that_is_shown_by_keyboard(tess: Person) -> None:
    form = tess.presses_on_the_newest("/gig show copenhagen", "Call crew")
    form.types("people", "ana", "Enter")
    form.types("people", "bo", "ArrowDown", "Enter")
    assert form.chips("people") == ["Ana Duarte", "Bo Stavrou"]
    form.types("people", "max", "Enter")
    form.types("people", "", "Backspace")
    form.choose("position", "FOH")
    form.send()
    form.has_error("clock", "Called at what time?")
    assert form.chips("people") == ["Ana Duarte", "Bo Stavrou"]
    form.fill("clock", "14:00")
    form.send()
    form.is_gone()
    tess.open_thread_of("Copenhagen, Vega")
    ask = tess.page.locator("#panel .message", has_text="no answer yet").last
    ask.wait_for()
    words = ask.inner_text().replace("@", "")
    assert words.count("FOH, 14:00 CET: no answer yet") == 2
    assert "Max" not in words


@SIZES
def test_waiving_an_item_without_a_reason_is_told_at_its_field(tess: Person) -> None:
    form = tess.presses_on_the_newest("/gig show amsterdam", "Tick an item")
    form.choose("item", "va.power")
    form.choose("state", "waived")
    form.send()
    form.has_error("why", "needs a reason")
    form.fill("why", "the house brings a generator")
    form.send()
    form.is_gone()
    tess.sees("va.power")


@SIZES
def test_the_tour_manager_has_her_board_and_crew_confirm_in_their_home_tab(tess: Person) -> None:
    tess.open_home()
    tess.sees("NOT confirmed: lou LD", "#home")
    tess.sees("Lisbon, LAV", "#home")
    tess.become("Lou Reyes")
    tess.open_home()
    tess.sees("1 of them wait for your answer", "#home")
    tess.page.locator("#home").get_by_role("button", name="Confirm").click()
    tess.sees("all of them are answered", "#home")
