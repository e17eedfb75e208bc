"""A dry run and a rehearsal of a gig whose every word is hostile keep Slack's limits and ping nobody."""

from datetime import timedelta

from bot.sandbox.markup import mentions
from checklists.crew import Person, Position
from checklists.walls import Wall
from handlers import routes
from handlers.asked import Asked
from handlers.opening import open_gigs, open_tour
from storage.book import Book
from storage.gigs import NewGig
from tests.handlers.backstage import CHANNEL, NAMED, TEAM, Backstage, begins
from tests.handlers.pictures import HOSTILE
from tests.handlers.test_letters import is_sound
from tests.handlers.troupe import utc

NOW = utc("2026-09-29 20:00")
PEOPLE = [f"U0H{n:02}" for n in range(8)]


def fill(book: Book) -> None:
    """Three gigs in a row with eight called to each."""
    for person in PEOPLE:
        book.people.learn(Person(person, HOSTILE[:80], "Europe/Lisbon", is_known=True, is_outsider=False), NOW)
    tour = open_tour(book, HOSTILE[:300], CHANNEL, "U0TESS", NOW)
    days = [(NOW + timedelta(days=n)).date() for n in (1, 2, 4)]
    places = [(HOSTILE[: 300 - n], day) for n, day in enumerate(days)]
    new = [NewGig(words, words, words, "PT", "Europe/Lisbon", 38.7, -9.1, day) for words, day in places]
    for gig in open_gigs(book, tour, new, "U0TESS", NOW):
        for number, person in enumerate(PEOPLE):
            wall = Wall.of_minutes(12 * 60 + number * 15)
            book.crew.ask(gig.id, person, Position.HAND, wall, gig.when(wall), NOW)
    book.tours.set_days_off(tour.id, days[-1:])


@begins("2026-09-29 20:00")
def test_what_is_tried_is_sound_however_hostile(house: Backstage) -> None:
    day = (NOW + timedelta(days=4)).date()
    with house.store.begin(TEAM) as book:
        fill(book)
        for line in (f"move #1 {day} --dry-run", "rehearse", "rehearse #2"):
            asked = Asked(now=NOW, key=line, who="U0TESS", where=CHANNEL, where_name=NAMED, text=line)
            told = routes.typed(book, asked)
            blocks = [dict(block) for block in told.blocks]
            assert is_sound(told.text, blocks, 13_000)
            assert mentions(told.text, blocks) == set()
