"""The "..." of a message on the page: what the app offers there, by mouse and by keyboard."""

from tests.pages.conftest import OpenPage
from tests.pages.trial import Person, Trial


def test_the_menu_of_a_message_tells_why_it_came(trial: Trial, open_page: OpenPage) -> None:
    tess = Person(open_page(trial.address, (1280, 800)))
    tess.go_to("winter-run")
    card = tess.page.locator("#list .message", has=tess.page.locator(".thread-link")).last
    card.hover()
    card.get_by_role("button", name="More actions").click()
    card.get_by_role("menuitem", name="Why did I get this?").click()
    tess.sees("Every gig has one card in the tour's channel")
