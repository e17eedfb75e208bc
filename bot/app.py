"""The only wiring: settings, clock and store in; one running program out."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.bell import Bell
from bot.clock import Clock, use_packaged_zones
from bot.config import Settings
from bot.courier import Courier, Words
from bot.door import Door
from bot.errands import Errands
from bot.fetching import Fetcher
from bot.log import logger
from bot.rounds import Round
from bot.wire import Client
from handlers import ring, routes
from handlers.listener import Listener
from storage.store import Store

STOP_WITHIN = 10.0
INTRODUCED_WITHIN = 1.0
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
        self._errands: Errands | None = None
        self._listener: Listener | None = None
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
        self._door = Door(self.settings, known)
        fetcher = Fetcher(self.settings)
        quick = Client(self.settings, self.settings.bot_token, INTRODUCED_WITHIN)
        greeter = Errands(self.store, self.team, quick, self.clock, routes.met)
        self._listener = Listener(self.store, self.clock.now, fetcher.fetch, greeter.introduce)
        self._listener.attach(self._door.app)
        self._door.open()
        log.info("ready", team=self.team, store=self.settings.store_kind, next_due=self.next_due() or "nothing")

    def _make_rounds(self, client: Client) -> tuple[Round, ...]:
        store, team, clock = self.store, self.team, self.clock
        words = Words(routes.write, routes.unreachable, routes.undeliverable)
        bell = Bell(store, team, ring.ring, clock, self._is_stopping)
        courier = Courier(store, team, client, clock, words, self._is_stopping)
        self._errands = errands = Errands(store, team, client, clock, routes.met, self._is_stopping)
        rounds = (
            Round("bell", clock, bell.ring_all, store.next_due),
            Round("courier", clock, courier.carry_all, store.next_due),
            Round("errands", clock, errands.run_all, errands.next_due),
        )
        for each in rounds:
            each.on_rest(self._rest)
        return rounds

    def stop(self, seconds: float = STOP_WITHIN) -> bool:
        """Take nothing more, finish what is under way, close; False when something did not end in time."""
        ends = time.monotonic() + seconds
        shut = threading.Thread(target=self._shut_door, name="shutting", daemon=True)
        shut.start()
        shut.join(seconds / 2)
        ended = [each.stop(max(0.1, ends - time.monotonic())) for each in self.rounds]
        self.clock.stop()
        self.store.close()
        return all(ended) and not shut.is_alive()

    def _shut_door(self) -> None:
        if self._door is not None:
            self._door.shut()
        if self._listener is not None:
            self._listener.close()

    def nudge(self) -> None:
        """A commit may have brought work for any round; its ack goes first."""
        for each in self.rounds:
            each.nudge()

    def wake(self) -> None:
        """There may be work for any round."""
        for each in self.rounds:
            each.wake()

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
        dues = [self.store.next_due(), self._errands.next_due() if self._errands else None]
        return min((due for due in dues if due is not None), default=None)

    def on_rest(self, call: Callable[[], None]) -> None:
        """Be told each time a round comes to rest."""
        self._on_rest = call

    def _rest(self) -> None:
        self._on_rest()

    def _is_stopping(self) -> bool:
        return any(each.is_stopping for each in self.rounds)


def _known(client: Client) -> dict[str, Any]:
    told = client.auth_test().data
    return told if isinstance(told, dict) else {}


def build(settings: Settings, clock: Clock, store: Store | None = None) -> Program:
    """The program, wired and not yet running; without a store the one of the settings is opened and upgraded."""
    use_packaged_zones()
    if store is None:
        store = Store.open(settings.database_url)
        store.upgrade()
    return Program(settings, clock, store)


def _nothing() -> None:
    return
