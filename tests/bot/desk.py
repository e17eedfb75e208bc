"""One workspace with an outbox and a courier, for the courier's tests."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import HandClock
from bot.config import Settings
from bot.courier import Courier
from bot.lookback import LookBack
from bot.pace import Pace
from bot.patience import USUAL
from bot.prover import Asks, Prover
from bot.recorder import Recorder, Tells, Undeliverable
from bot.sandbox.sandbox import Sandbox
from bot.seat import Holding, who_am_i
from bot.voice import Voice, key_of
from bot.wire import Client
from checklists.letters import Letter
from handlers.cards.blocks import Card
from handlers.cards.blocks import card as made_of
from storage.book import Book
from storage.outbox import Delivery, DeliveryState, Room
from storage.store import Store
from tests.storage.built import a_gig

SECOND = timedelta(seconds=1)
TEAM = "T0SANDBOX"


@dataclass
class Said:
    """Words for the courier: written, changed and refused as the test wants; remembers what it was told."""

    words: dict[str, str | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    outside: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    vanished: list[int] = field(default_factory=list)
    has_lead: bool = True

    def write(self, book: Book, delivery: Delivery, _: datetime) -> Card | None:
        first = book.outbox.get(delivery.of_id) if delivery.of_id else delivery
        key = first.key if first else ""
        if key in self.broken:
            raise RuntimeError("a template is wrong")
        words = self.words.get(key, f"{key}, with love")
        return made_of(words) if words else None

    def unreachable(self, book: Book, delivery: Delivery, _: datetime) -> None:
        self.outside.append(delivery.id)
        if delivery.tour_id is not None:
            book.tours.set_reachable(delivery.tour_id, False)

    def ask(self, _: Book, delivery: Delivery, __: datetime) -> bool:
        self.asked.append(delivery.id)
        return self.has_lead

    def settle(self, _: Book, delivery: Delivery, __: datetime) -> None:
        self.settled.append(delivery.id)

    def miss(self, _: Book, delivery: Delivery, __: datetime) -> None:
        self.vanished.append(delivery.id)

    def undeliverable(self, _: Book, delivery: Delivery, error: str, __: datetime) -> None:
        self.failed.append((delivery.id, error))


class Desk:
    """One workspace with a tour in #wild-god, its outbox, and the courier that empties it."""

    def __init__(
        self, store: Store, slack: Sandbox, settings: Settings, clock: HandClock, deadline: float = 0.0
    ) -> None:
        self.store, self.slack, self.clock = store, slack, clock
        self.said = Said()
        store.connect(TEAM, "Sandbox", slack.names.bot_user, clock.now())
        with store.begin(TEAM) as book:
            self.tour = book.tours.open("Wild God", "C0WILDGOD", "U0TESS", clock.now()).id
        self.client = Client(settings, settings.bot_token, deadline)
        self.seats: list[Holding] = []
        self.courier = self.another()

    def another(self, undeliverable: Undeliverable | None = None) -> Courier:
        """One more run of the program, with a seat of its own to wait for."""
        seat = Holding(self.store.seat(TEAM), who_am_i(), self.clock, USUAL)
        self.seats.append(seat)
        voice, pace = Voice(self.client, TEAM), Pace()
        tells = Tells(self.said.unreachable, undeliverable or self.said.undeliverable)
        recorder = Recorder(self.store, TEAM, self.clock, pace, USUAL, tells)
        self.look_back = look_back = LookBack(self.client, TEAM, USUAL)
        asks = Asks(self.said.ask, self.said.settle, self.said.miss)
        self.prover = prover = Prover(self.store, TEAM, look_back, voice, self.clock, USUAL, asks)
        return Courier(self.store, TEAM, self.clock, seat, voice, recorder, prover, pace, self.said.write, USUAL)

    def leave(self) -> None:
        """Every run has ended."""
        for seat in self.seats:
            seat.stop()
        self.seats.clear()

    def post(
        self,
        key: str,
        room: Room = Room.CHANNEL,
        person: str = "",
        not_before: datetime | None = None,
        expires: datetime | None = None,
    ) -> int:
        with self.store.begin(TEAM) as book:
            made = book.outbox.say(
                Letter.OVERVIEW,
                room,
                key,
                self.clock.now(),
                tour_id=self.tour,
                person=person,
                not_before=not_before,
                expires=expires,
            )
        assert made is not None
        return made

    def key(self, delivery_id: int) -> str:
        """What marks its message in Slack."""
        return key_of(TEAM, self.delivery(delivery_id))

    def open_gig(self) -> int:
        """A gig of the tour."""
        with self.store.begin(TEAM) as book:
            return a_gig(book, book.tours.get(self.tour)).id

    def refresh(self, of_id: int) -> None:
        with self.store.begin(TEAM) as book:
            book.outbox.refresh(of_id, self.clock.now())

    def react(self, ts: str, remove: bool = False) -> int:
        with self.store.begin(TEAM) as book:
            key = f"r{ts}{remove}"
            made = book.outbox.react("C0WILDGOD", ts, "white_check_mark", key, self.clock.now(), remove=remove)
        assert made is not None
        return made

    def carry(self) -> None:
        self.courier.carry_all(self.clock.now())

    def later(self, seconds: float) -> None:
        self.clock.set(self.clock.now() + seconds * SECOND)
        self.carry()

    def delivery(self, delivery_id: int) -> Delivery:
        with self.store.read(TEAM) as book:
            found = book.outbox.get(delivery_id)
        assert found is not None
        return found

    def state(self, delivery_id: int) -> DeliveryState:
        return self.delivery(delivery_id).state

    def texts(self, channel: str = "wild-god") -> list[str]:
        return [entry.text for entry in self.slack.posts(channel)]
