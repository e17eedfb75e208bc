"""The only wiring: settings, clock and store in; one running program out."""

import threading
import time
from collections.abc import Callable, Set
from datetime import datetime
from functools import partial
from typing import Any

from bot.auditor import Auditor
from bot.bell import Bell, Hand
from bot.clock import Clock, RealClock, use_packaged_zones
from bot.config import Settings
from bot.courier import Courier
from bot.door import Door, SocketDoor
from bot.errands import Errands
from bot.fetching import Fetcher
from bot.gaps import Gaps
from bot.health import Health, Vitals
from bot.log import logger
from bot.lookback import LookBack
from bot.pace import Pace
from bot.prover import Asks, Prover
from bot.recorder import Recorder, Tells
from bot.rounds import Round
from bot.seat import Holding, who_am_i
from bot.trust import trust
from bot.voice import Voice
from bot.watch import Watch
from bot.web import HttpDoor
from bot.wire import Client
from checklists.library import load_stock
from checklists.replies import read
from checklists.rules import load_rules
from handlers import ring, routes
from handlers.listener import Listener
from storage.news import News
from storage.store import Store

STOP_WITHIN = 10.0
INTRODUCED_WITHIN = 1.0
BELL, COURIER, ERRANDS, AUDITOR, GAPS = "bell", "courier", "errands", "auditor", "gaps"
WAITS_FOR = {BELL: News.CUES, COURIER: News.OUTBOX, ERRANDS: News.PEOPLE, AUDITOR: News.SENT}
OLDEST_OF = 100
log = logger("buscall")


class Program:
    """Everything that runs for one workspace. Made by `build`; starts and stops once."""

    def __init__(self, settings: Settings, clock: Clock, store: Store) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store
        self.team = ""
        self.rounds: tuple[Round, ...] = ()
        self._door: Door | None = None
        self._courier: Courier | None = None
        self._rang_at: datetime | None = None
        self._seat: Holding | None = None
        self._auditor: Auditor | None = None
        self._errands: Errands | None = None
        self._listener: Listener | None = None
        self._gaps: Gaps | None = None
        self._watch: Watch | None = None
        self.lost = ""
        """Why Slack cannot be heard any more; "" while it can."""
        self._on_lost: Callable[[], None] = _nothing
        self._on_rest: Callable[[], None] = _nothing

    def start(self) -> None:
        """Learn who we are, then listen and ring. Raises slack_sdk's errors when Slack does not let us in."""
        client = Client(self.settings, self.settings.bot_token)
        known = _known(client)
        self.team = str(known["team_id"])
        self.store.connect(self.team, str(known.get("team", "")), str(known["user_id"]), self.clock.now())
        self.rounds = self._make_rounds(client)
        self.store.on_commit(self.nudge)
        self.clock.start()
        for each in self.rounds:
            each.start()
        if self._seat is not None:
            # Others may write into the same store, and nobody but the store can tell.
            self._seat.start(self.wake, self.wake if isinstance(self.clock, RealClock) else None)
        self._door = self._make_door(known)
        fetcher = Fetcher(self.settings)
        quick = Client(self.settings, self.settings.bot_token, INTRODUCED_WITHIN)
        greeter = Errands(self.store, self.team, quick, self.clock, routes.met)
        self._listener = Listener(self.store, self.clock.now, fetcher.fetch, greeter.introduce)
        self._listener.attach(self._door.app)
        self._door.open()
        self._watch_for_gaps(client, self._listener)
        log.info("ready", team=self.team, store=self.settings.store_kind, next_due=self.next_due() or "nothing")

    def _make_rounds(self, client: Client) -> tuple[Round, ...]:
        store, team, clock = self.store, self.team, self.clock
        bell = Bell(store, team, Hand(ring.ring, ring.set_aside), clock, self._is_stopping, trust(clock, client))
        courier, auditor = self._make_courier(client)
        self._auditor = auditor
        self._errands = errands = Errands(store, team, client, clock, routes.met, self._is_stopping)
        rounds = (
            Round(BELL, clock, bell.ring_all, store.next_cue),
            Round(COURIER, clock, courier.carry_all, courier.next_at),
            Round(ERRANDS, clock, errands.run_all, errands.next_due),
            Round(AUDITOR, clock, auditor.audit, auditor.next_at),
        )
        for each in rounds:
            each.on_rest(partial(self._rest, each.name))
        return rounds

    def _watch_for_gaps(self, client: Client, listener: Listener) -> None:
        gaps = Gaps(self.store, self.team, client, self.clock, listener.hear, self._is_stopping)
        filling = Round(GAPS, self.clock, gaps.fill, gaps.next_due)

        def ask() -> None:
            gaps.ask()
            filling.wake()

        line = self._door.line if isinstance(self._door, SocketDoor) else None
        self._gaps, self.rounds = gaps, (*self.rounds, filling)
        self._watch = Watch(line, lambda: listener.taken, ask, self._lose)
        gaps.ask()
        filling.on_rest(partial(self._rest, GAPS))
        filling.start()
        self._watch.start()

    def _lose(self, why: str) -> None:
        log.error("Slack cannot be heard any more", why=why)
        self.lost = why
        self._on_lost()

    def on_lost(self, call: Callable[[], None]) -> None:
        """Be told when Slack cannot be heard any more, and nothing we can do brings it back."""
        self._on_lost = call

    def _make_door(self, known: dict[str, Any]) -> Door:
        if self.settings.speaks_http:
            return HttpDoor(self.settings, known, self.clock.now, Health(self.vitals))
        return SocketDoor(self.settings, known)

    @property
    def port(self) -> int:
        """Where it listens for HTTP; 0 when it does not."""
        return self._door.port if isinstance(self._door, HttpDoor) else 0

    def vitals(self) -> Vitals:
        """How it is; asks the store, and raises nothing."""
        now, opened = self.clock.now(), self._door is not None and self._door.is_open
        opened = opened and (self._watch is None or self._watch.is_well)
        try:
            due, reached = self._oldest(now), True
        except Exception as error:  # noqa: BLE001 - whatever it is, health is red
            log.warning("store not reached", why=type(error).__name__)
            due, reached = now, False
        return Vitals(
            ready=opened and not self._is_stopping(),
            team=self.team,
            store=reached,
            sender=self._courier is not None and not self._courier.is_standby,
            overdue=max(0.0, (now - due).total_seconds()),
            beat=(now - (self._rang_at or now)).total_seconds(),
            stuck=len(self._auditor.stuck) if self._auditor else 0,
        )

    def _make_courier(self, client: Client) -> tuple[Courier, Auditor]:
        store, team, clock, patience = self.store, self.team, self.clock, self.settings.patience
        seat = Holding(store.seat(team), who_am_i(), clock, patience)
        voice, pace = Voice(client, team), Pace()
        recorder = Recorder(store, team, clock, pace, patience, Tells(routes.unreachable, routes.undeliverable))
        asks = Asks(routes.ask_arrived, routes.settled, routes.gone)
        look_back = LookBack(client, team, patience)
        prover = Prover(store, team, look_back, voice, clock, patience, asks)
        courier = Courier(
            store, team, clock, seat, voice, recorder, prover, pace, routes.write, patience, self._is_stopping
        )
        self._seat, self._courier = seat, courier
        return courier, Auditor(store, team, look_back, prover, clock, patience, seat.is_mine)

    def _oldest(self, now: datetime) -> datetime:
        """Since when something has been due: a cue, or a delivery."""
        with self.store.read(self.team) as book:
            late = [each.not_before for each in book.outbox.sendable(now, OLDEST_OF)]
        cue = self.store.next_cue()
        return min([now, *late, *([cue] if cue is not None else [])])

    def stop(self, seconds: float = STOP_WITHIN) -> bool:
        """Take nothing more, finish what is under way, close; False when something did not end in time."""
        ends = time.monotonic() + seconds
        shut = threading.Thread(target=self._shut_door, name="shutting", daemon=True)
        shut.start()
        shut.join(seconds / 2)
        ended = [each.stop(max(0.1, ends - time.monotonic())) for each in self.rounds]
        self.clock.stop()
        if self._courier is not None and self._seat is not None:
            self._courier.close()
            self._seat.stop()
        self.store.close()
        return all(ended) and not shut.is_alive()

    def _shut_door(self) -> None:
        if self._watch is not None:
            self._watch.stop()
        if self._door is not None:
            self._door.shut()
        if self._listener is not None:
            self._listener.close()

    def nudge(self, news: Set[News]) -> None:
        """A commit has brought work for the rounds that wait for such news; its ack goes first."""
        for each in self.rounds:
            if WAITS_FOR.get(each.name) in news:
                each.nudge()
        if self._courier is not None and News.OUTBOX in news:
            self._courier.notice()

    def wake(self) -> None:
        """There may be work for any round."""
        for each in self.rounds:
            each.wake()
        if self._courier is not None:
            self._courier.notice()

    def busy(self) -> list[str]:
        """The names of the parts that are at work or asked to."""
        whispering = self._listener is not None and not self._listener.is_idle()
        return [each.name for each in self.rounds if not each.is_idle()] + ["listener"] * whispering

    def is_idle(self) -> bool:
        """True when no part is at work."""
        return not self.busy()

    def passes(self) -> int:
        """How many passes the rounds have begun; two equal readings mean that nothing went on between."""
        return sum(each.passes for each in self.rounds)

    def next_due(self) -> datetime | None:
        """The next instant (UTC) at which anything is due, or None."""
        dues = [self.store.next_cue()]
        dues += [self._errands.next_due()] if self._errands else []
        dues += [self._courier.next_at()] if self._courier else []
        dues += [self._gaps.next_due()] if self._gaps else []
        return min((due for due in dues if due is not None), default=None)

    def on_rest(self, call: Callable[[], None]) -> None:
        """Be told each time a round comes to rest."""
        self._on_rest = call

    def _rest(self, name: str) -> None:
        if name == BELL:
            self._rang_at = self.clock.now()
        self._on_rest()

    def _is_stopping(self) -> bool:
        return any(each.is_stopping for each in self.rounds)


def _known(client: Client) -> dict[str, Any]:
    told = client.auth_test().data
    return told if isinstance(told, dict) else {}


def build(settings: Settings, clock: Clock, store: Store | None = None) -> Program:
    """The program, wired and not yet running; without a store the one of the settings is opened and upgraded.

    Raises Refusal for a stock checklist, or rules of readiness, that do not load.
    """
    use_packaged_zones()
    load_stock()
    load_rules()
    # The reader brings its words with the first reply: nobody's ack shall wait for that, nor shall the start.
    threading.Thread(target=read, args=("",), name="reader", daemon=True).start()
    if store is None:
        store = Store.open(settings.database_url)
        store.upgrade()
    return Program(settings, clock, store)


def _nothing() -> None:
    return
