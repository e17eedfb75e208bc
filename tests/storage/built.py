"""Small beginnings for the storage tests: a team, a tour, a gig, a call, a posted message."""

from datetime import UTC, date, datetime, time, timedelta

from checklists.crew import Call, Position
from checklists.cues import Cue, CueKind
from checklists.gig import Gig, GigState
from checklists.items import Area, Evidence, Severity, StockItem
from checklists.letters import Letter
from checklists.walls import Wall
from storage.book import Book
from storage.gigs import NewGig
from storage.items import NewItem
from storage.outbox import Delivery, Room
from storage.store import Store
from storage.tours import Tour

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEAM, OTHER = "T1", "T2"
SHOW = date(2026, 4, 10)
NOON = Wall(time(12))


def next_of(book: Book, now: datetime) -> Delivery | None:
    """The first delivery that can go out."""
    found = book.outbox.sendable(now, 1)
    return found[0] if found else None


def after(minutes: float) -> datetime:
    """So many minutes after NOW."""
    return NOW + timedelta(minutes=minutes)


def connect(store: Store, *teams: str) -> None:
    """These teams are connected."""
    for team in teams or (TEAM,):
        store.connect(team, f"Team {team}", "UBOT", NOW)


def a_tour(book: Book, channel: str = "C1", lead: str = "UTESS") -> Tour:
    return book.tours.open("Wild Nights", channel, lead, NOW)


def new_gig(city: str = "Lisbon", day: date = SHOW, state: GigState = GigState.CONFIRMED) -> NewGig:
    return NewGig("The Lanterns", "Musicbox", city, "PT", "Europe/Lisbon", 38.7, -9.1, day, state)


def a_gig(book: Book, tour: Tour | None = None, day: date = SHOW, state: GigState = GigState.CONFIRMED) -> Gig:
    return book.gigs.open((tour or a_tour(book)).id, new_gig(day=day, state=state), NOW)


def a_call(book: Book, gig: Gig, person: str = "UANA", position: Position = Position.FOH) -> Call:
    return book.crew.ask(gig.id, person, position, NOON, gig.when(NOON), NOW)


def new_item(key: str = "lg.contract") -> NewItem:
    stock = StockItem(key, Area.DEAL_LEGAL, "Contract signed", "TM", "T-45d", Evidence.DOC, Severity.STOPPER, lite=True)
    return NewItem(stock, after(60))


def a_cue(gig: Gig, minutes: float = 10, kind: CueKind = CueKind.ASK_AGAIN, version: str = "1") -> Cue:
    return Cue(kind, after(minutes), gig.id, gig.tour_id, "", "T-3d", version)


def post(book: Book, delivery: int, ts: str, body_hash: str = "h") -> None:
    """Sends a pending delivery as the courier would."""
    going = book.outbox.get(delivery)
    assert going is not None
    book.outbox.start(delivery, "boot", going.channel, "{}", body_hash, NOW)
    book.outbox.sent(delivery, ts, NOW)


def a_card(book: Book, gig: Gig, ts: str = "100.1") -> int:
    """The gig's card, posted."""
    card = say_card(book, gig)
    post(book, card, ts)
    return card


def say_card(book: Book, gig: Gig) -> int:
    said = book.outbox.say(Letter.CARD, Room.CHANNEL, f"card:{gig.id}", NOW, tour_id=gig.tour_id, gig_id=gig.id)
    assert said is not None
    return said


def say_ask(book: Book, gig: Gig, key: str = "ask:1") -> int:
    said = book.outbox.say(Letter.ASK, Room.THREAD, key, NOW, tour_id=gig.tour_id, gig_id=gig.id)
    assert said is not None
    return said
