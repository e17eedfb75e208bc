"""A tour book with a thousand gigs, as the handlers open them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from checklists.gig import Gig
from handlers.opening import open_gigs, open_tour
from storage.gigs import NewGig
from storage.store import Store

GIGS = 1000
FIRST_IN = timedelta(days=10)
PER_DAY = 3
TOUR = "Thousand Nights"


def seed(url: str, team: str, bot_user: str, channel: str, lead: str, now: datetime, gigs: int = GIGS) -> Sequence[Gig]:
    """Upgrades the store and opens the tour in its channel, with its gigs by date; gives them."""
    store = Store.open(url)
    try:
        store.upgrade()
        store.connect(team, "Bench", bot_user, now)
        with store.begin(team) as book:
            tour = open_tour(book, TOUR, channel, lead, now)
            return open_gigs(book, tour, [_night(n, now) for n in range(1, gigs + 1)], lead, now)
    finally:
        store.close()


def _night(n: int, now: datetime) -> NewGig:
    day = (now + FIRST_IN).date() + timedelta(days=(n - 1) // PER_DAY)
    return NewGig(
        name=TOUR,
        venue=f"Hall {n}",
        city=city_of(n),
        country="NL",
        zone="Europe/Amsterdam",
        lat=52.37,
        lon=4.9,
        date=day,
    )


def city_of(n: int) -> str:
    """The city of the gig with this number."""
    return f"Town {n:04d}"
