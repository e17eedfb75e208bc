"""The Home tab with ten thousand gigs in the book: the tour manager's first and fiftieth page, and a crew member's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import RealClock, use_packaged_zones
from bot.sandbox.controls import controls
from bot.sandbox.events import Envelope
from bot.sandbox.interactions import Place, send_action
from bot.sandbox.limits import check_view
from bot.sandbox.sandbox import Sandbox
from checklists.crew import CallState, Position
from checklists.walls import Wall
from handlers.cards.ids import Action, pack
from handlers.opening import open_tour
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import Serving

GIGS = 10_000
OWN_CALLS = 300
FIRST_IN = timedelta(days=10)
PER_DAY = 3
TIMES = 60
PAGE = 49
PATIENCE = 20.0
CHANNEL = "ten-thousand-nights"
LEAD, HAND = "tess", "ana"
OTHERS = ("bo", "lou", "kit")
VERDICTS = ("red", "amber", "green", "green")
NOON = Wall(time(12))


def measure(say: Say) -> list[Reading]:
    """Opens the tab again and again against `serve`; gives the readings, from what is sent to what is published."""
    say(f"writing {GIGS:,} gigs")
    with _stage() as (sandbox, env), Serving(env):
        tab = Tab(sandbox)
        for who in (LEAD, HAND):
            tab.opened(who)
        say(f"{TIMES} times the first page, page {PAGE + 1} and the calls of a crew member")
        first = [tab.opened(LEAD) for _ in range(TIMES)]
        far = [tab.turned(LEAD, PAGE) for _ in range(TIMES)]
        own = [tab.opened(HAND) for _ in range(TIMES)]
        note = f"{tab.blocks(LEAD)} blocks, {tab.blocks(HAND)} for {OWN_CALLS} calls"
    return [Reading("home", first, note), Reading("home-far", far), Reading("home-crew", own)]


class Tab:
    """People's home tabs; every view that is published must be within Slack's limits."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def opened(self, who: str) -> float:
        """Somebody opens it; gives the milliseconds until it is published."""
        return self._published(who, lambda: self._sandbox.hands.open_home(who))

    def turned(self, who: str, page: int) -> float:
        """Its first page button, as if it led to this page of the first board."""
        view = self._sandbox.home(who)
        if view is None:
            raise Unmeasured(f"{who} has no home tab")
        place = Place(self._sandbox.workspace.person(who).id, view=view)
        pages = [each for each in controls(place.blocks) if each.element["action_id"].startswith(Action.PAGE)]
        button = pages[0]
        value = {"value": pack(button.element["value"].split(" ")[0], page, 0)}
        self._published(who, lambda: self._sandbox.hands.open_home(who))
        return self._published(who, lambda: send_action(self._sandbox.slack, place, button, value))

    def blocks(self, who: str) -> int:
        """How many blocks the published view has. Raises Unmeasured when Slack would not take it."""
        view = self._sandbox.home(who)
        if view is None or check_view(view.body, "home"):
            raise Unmeasured(f"the tab of {who} is not within Slack's limits")
        return len(view.body["blocks"])

    def _published(self, who: str, act: Callable[[], object]) -> float:
        line, calls = self._sandbox.slack.line, self._sandbox.calls
        sent, made = len(line.envelopes), len(calls)
        act()
        if not self._sandbox.wait_until(lambda: _publishes(self._sandbox, made), PATIENCE):
            raise Unmeasured("the tab was not published")
        self.blocks(who)
        return (_publishes(self._sandbox, made)[0] - _began(line.envelopes[sent])) * 1000


def _publishes(sandbox: Sandbox, since: int) -> list[float]:
    return [call.accepted for call in sandbox.calls[since:] if call.method == "views.publish" and not call.error]


def _began(envelope: Envelope) -> float:
    if envelope.sent is None:
        raise Unmeasured("an envelope was not sent")
    return envelope.sent


@contextmanager
def _stage() -> Iterator[tuple[Sandbox, dict[str, str]]]:
    """A Slack with its people, and the book; gives what serve is told too."""
    use_packaged_zones()
    with TemporaryDirectory(prefix="bench") as folder, Sandbox(RealClock().now) as sandbox:
        people = [sandbox.add_person(name) for name in (LEAD, HAND, *OTHERS)]
        channel = sandbox.add_channel(CHANNEL, people)
        url = f"sqlite:///{Path(folder) / 'book.db'}"
        fill(url, sandbox.names.team_id, sandbox.names.bot_user, channel, people)
        yield (
            sandbox,
            {
                "SLACK_BOT_TOKEN": sandbox.names.bot_token,
                "SLACK_APP_TOKEN": sandbox.names.app_token,
                "SLACK_API_URL": sandbox.base_url,
                "DATABASE_URL": url,
            },
        )


def fill(url: str, team: str, bot_user: str, channel: str, people: list[str], gigs: int = GIGS) -> None:
    """The tour in its channel: `people` are its manager, who has 300 calls, and who is called to every gig."""
    store, now = Store.open(url), RealClock().now()
    try:
        store.upgrade()
        store.connect(team, "Bench", bot_user, now)
        with store.begin(team) as book:
            tour = open_tour(book, "Ten Thousand Nights", channel, people[0], now)
            _open(book, tour.id, people, gigs)
    finally:
        store.close()


def _open(book: Book, tour_id: int, people: list[str], count: int) -> None:
    now = RealClock().now()
    nights = [_night(n, (now + FIRST_IN).date() + timedelta(days=n // PER_DAY)) for n in range(count)]
    for n, gig in enumerate(book.gigs.open_many(tour_id, nights, now)):
        verdict = VERDICTS[n % len(VERDICTS)]
        book.gigs.judge(gig.id, verdict, ["Power: amps, phases and distance are late since yesterday"], 40, 60, now)
        called = people[2:] + people[1:2] * (n % max(count // OWN_CALLS, 1) == 0)
        for place, person in enumerate(called):
            call = book.crew.ask(gig.id, person, list(Position)[place], NOON, gig.when(NOON), now)
            if place:
                book.crew.set_state([call.id], CallState.CONFIRMED, now)


def _night(n: int, day: date) -> NewGig:
    return NewGig("Ten Thousand Nights", f"Hall {n}", f"Town {n:05}", "NL", "Europe/Amsterdam", 52.37, 4.9, day)
