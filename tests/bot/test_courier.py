"""The courier against a real Slack and both stores: what becomes of each delivery."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.clock import HandClock
from bot.config import Settings
from bot.courier import TRIES_TO_REPEAT, Courier, Words
from bot.sandbox.faults import Trouble
from bot.sandbox.ledger import Kind
from bot.sandbox.sandbox import Sandbox
from bot.wire import Client
from checklists.letters import Letter
from handlers.cards.blocks import Card
from handlers.cards.blocks import card as made_of
from storage.book import Book
from storage.outbox import Delivery, DeliveryState, Op, Room
from storage.store import Store

SECOND = timedelta(seconds=1)
TEAM = "T0SANDBOX"


@dataclass
class Said:
    """Words for the courier: written, changed and refused as the test wants; remembers what it was told."""

    words: dict[str, str | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    outside: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)

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

    def undeliverable(self, _: Book, delivery: Delivery, error: str, __: datetime) -> None:
        self.failed.append((delivery.id, error))


class Desk:
    """One workspace with a tour in #wild-god, its outbox, and the courier that empties it."""

    def __init__(self, store: Store, slack: Sandbox, settings: Settings, clock: HandClock) -> None:
        self.store, self.slack, self.clock = store, slack, clock
        self.said = Said()
        store.connect(TEAM, "Sandbox", slack.names.bot_user, clock.now())
        with store.begin(TEAM) as book:
            self.tour = book.tours.open("Wild God", "C0WILDGOD", "U0TESS", clock.now()).id
        self.client = Client(settings, settings.bot_token, 0.5)
        self.courier = self.another()

    def another(self) -> Courier:
        words = Words(self.said.write, self.said.unreachable, self.said.undeliverable)
        return Courier(self.store, TEAM, self.client, self.clock, words)

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


@pytest.fixture
def desk(store: Store, slack: Sandbox, settings: Settings, clock: HandClock) -> Desk:
    return Desk(store, slack, settings, clock)


def test_a_delivery_is_posted_once_with_its_kind_and_an_opaque_key(desk: Desk) -> None:
    made = desk.post("overview:1")
    desk.carry()
    desk.carry()
    assert desk.texts() == ["overview:1, with love"]
    entry = desk.slack.posts("wild-god")[0]
    assert entry.metadata is not None
    assert entry.metadata["event_type"] == "buscall_overview"
    assert "overview:1" not in str(entry.metadata)
    sent = desk.delivery(made)
    assert (sent.state, sent.ts, sent.channel) == (DeliveryState.SENT, entry.ts, "C0WILDGOD")


def test_it_is_committed_as_sending_before_the_first_byte(desk: Desk) -> None:
    made, seen = desk.post("a"), list[DeliveryState]()
    send = desk.client.chat_postMessage

    class Watching(Client):
        def chat_postMessage(self, **words: object) -> object:  # type: ignore[override] # noqa: N802
            seen.append(desk.state(made))
            return send(**words)  # type: ignore[arg-type]

    desk.client.__class__ = Watching
    desk.carry()
    assert seen == [DeliveryState.SENDING]
    assert desk.state(made) is DeliveryState.SENT


OUTCOMES = [
    (Trouble.RATE_LIMITED, "", DeliveryState.PENDING),
    (Trouble.NAMED_ERROR, "ratelimited", DeliveryState.PENDING),
    (Trouble.SERVER_ERROR, "", DeliveryState.UNKNOWN),
    (Trouble.CUT, "", DeliveryState.UNKNOWN),
    (Trouble.GARBAGE, "", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "fatal_error", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "never_heard_of", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "is_archived", DeliveryState.FAILED),
    (Trouble.NAMED_ERROR, "invalid_blocks", DeliveryState.FAILED),
    (Trouble.NAMED_ERROR, "token_revoked", DeliveryState.FAILED),
]


@pytest.mark.parametrize(("trouble", "error", "expected"), OUTCOMES)
def test_each_answer_of_slack_gives_its_state(
    desk: Desk, trouble: Trouble, error: str, expected: DeliveryState
) -> None:
    desk.slack.faults.plan("chat.postMessage", trouble, error=error)
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is expected
    assert desk.said.failed == ([(made, error)] if expected is DeliveryState.FAILED else [])


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.CUT, Trouble.GARBAGE, Trouble.NAMED_ERROR])
def test_what_slack_took_and_did_not_say_stays_unknown_and_is_never_posted_twice(desk: Desk, trouble: Trouble) -> None:
    desk.slack.faults.plan("chat.postMessage", trouble, accepted=True)
    made = desk.post("a")
    for _ in range(3):
        desk.later(3600)
    assert desk.state(made) is DeliveryState.UNKNOWN
    assert desk.texts() == ["a, with love"]


def test_an_answer_after_the_deadline_is_unknown(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.DELAY, seconds=0.8)
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.UNKNOWN


def test_a_429_waits_as_long_as_slack_says_and_only_in_that_channel(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=30)
    first, second = desk.post("a"), desk.post("b")
    dm = desk.post("c", Room.DM, "U0TESS")
    desk.carry()
    assert desk.state(dm) is DeliveryState.SENT
    desk.later(29)
    assert desk.state(first) is desk.state(second) is DeliveryState.PENDING
    desk.later(1)
    assert desk.texts() == ["a, with love", "b, with love"]


def test_where_slack_cannot_be_reached_the_delivery_waits_and_goes_out_later(
    store: Store, slack: Sandbox, settings: Settings, clock: HandClock
) -> None:
    desk = Desk(store, slack, settings, clock)
    there, desk.client.base_url = desk.client.base_url, "http://127.0.0.1:9/api/"
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.PENDING
    desk.client.base_url = there
    desk.later(2)
    assert desk.texts() == ["a, with love"]


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found"])
def test_a_channel_that_does_not_let_us_in_holds_its_deliveries_until_it_does(desk: Desk, error: str) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.NAMED_ERROR, error=error)
    made, other = desk.post("a"), desk.post("b")
    desk.carry()
    assert desk.said.outside == [made]
    assert desk.state(made) is desk.state(other) is DeliveryState.PENDING
    with desk.store.begin(TEAM) as book:
        book.tours.set_reachable(desk.tour, True)
    desk.carry()
    assert desk.texts() == ["a, with love", "b, with love"]


def test_a_direct_message_opens_the_conversation_once(desk: Desk) -> None:
    with desk.store.begin(TEAM) as book:
        book.people.meet(["U0TESS"], desk.clock.now())
    for key in ("a", "b"):
        desk.post(key, Room.DM, "U0TESS")
    desk.carry()
    direct = desk.slack.hands.open_direct("tess")
    assert desk.texts(direct) == ["a, with love", "b, with love"]
    assert [call.method for call in desk.slack.calls].count("conversations.open") == 1


def test_somebody_who_cannot_be_written_to_fails_and_is_told(desk: Desk) -> None:
    made = desk.post("a", Room.DM, "U0NOBODY")
    desk.carry()
    assert desk.state(made) is DeliveryState.FAILED
    assert desk.said.failed == [(made, "user_not_found")]


def test_a_conversation_that_does_not_open_is_tried_again(desk: Desk) -> None:
    desk.slack.faults.plan("conversations.open", Trouble.SERVER_ERROR)
    made = desk.post("a", Room.DM, "U0TESS")
    desk.carry()
    assert desk.state(made) is DeliveryState.PENDING
    desk.later(60)
    assert desk.state(made) is DeliveryState.SENT


def test_a_refresh_edits_the_message_and_an_unchanged_one_is_not_sent(desk: Desk) -> None:
    made = desk.post("a")
    desk.carry()
    desk.refresh(made)
    desk.carry()
    assert desk.slack.ledger.entries(Kind.EDITED) == []
    desk.said.words["a"] = "news"
    desk.refresh(made)
    desk.carry()
    assert [entry.text for entry in desk.slack.ledger.entries(Kind.EDITED)] == ["news"]
    desk.refresh(made)
    desk.carry()
    assert len(desk.slack.ledger.entries(Kind.EDITED)) == 1


def test_an_edit_whose_outcome_is_unclear_is_done_again_because_twice_does_no_harm(desk: Desk) -> None:
    made = desk.post("a")
    desk.carry()
    desk.said.words["a"] = "news"
    desk.slack.faults.plan("chat.update", Trouble.SERVER_ERROR)
    desk.refresh(made)
    desk.carry()
    desk.later(60)
    message = desk.slack.message("wild-god", desk.delivery(made).ts)
    assert message is not None
    assert message.text == "news"


def test_an_edit_that_never_gets_a_clear_answer_becomes_unknown(desk: Desk) -> None:
    made = desk.post("a")
    desk.carry()
    desk.said.words["a"] = "news"
    desk.slack.faults.plan("chat.update", Trouble.SERVER_ERROR, times=100)
    desk.refresh(made)
    for _ in range(TRIES_TO_REPEAT + 2):
        desk.later(61)
    edit = desk.delivery(made + 1)
    assert (edit.state, edit.tries) == (DeliveryState.UNKNOWN, TRIES_TO_REPEAT + 1)


def test_an_edit_that_must_wait_gives_way_to_a_newer_one(desk: Desk) -> None:
    made = desk.post("a")
    desk.carry()
    desk.said.words["a"] = "old news"
    desk.slack.faults.plan("chat.update", Trouble.RATE_LIMITED, retry_after=5)
    desk.refresh(made)
    desk.carry()
    desk.refresh(made)
    desk.said.words["a"] = "new news"
    desk.later(6)
    assert [entry.text for entry in desk.slack.ledger.entries(Kind.EDITED)] == ["new news"]
    assert desk.texts() == ["a, with love"]


def test_reactions_are_put_and_taken_and_twice_is_once(desk: Desk) -> None:
    ts = desk.slack.hands.say("tess", "wild-god", "in")
    first = desk.react(ts)
    desk.carry()
    assert desk.slack.reactions("wild-god", ts) == {"white_check_mark": [desk.slack.names.bot_user]}
    second = desk.react(ts, remove=True)
    desk.carry()
    assert desk.slack.reactions("wild-god", ts) == {}
    assert desk.state(first) is desk.state(second) is DeliveryState.SENT


@pytest.mark.parametrize("error", ["already_reacted", "no_reaction"])
def test_a_reaction_that_is_there_already_counts_as_sent(desk: Desk, error: str) -> None:
    ts = desk.slack.hands.say("tess", "wild-god", "in")
    desk.slack.faults.plan("reactions.add", Trouble.NAMED_ERROR, error=error)
    made = desk.react(ts)
    desk.carry()
    assert desk.state(made) is DeliveryState.SENT


def test_a_reaction_on_a_message_that_is_gone_fails_and_bothers_nobody_twice(desk: Desk) -> None:
    made = desk.react("1.000001")
    desk.carry()
    assert desk.state(made) is DeliveryState.FAILED
    assert len(desk.said.failed) == 1


def test_what_is_no_longer_worth_saying_or_too_late_expires_unsaid(desk: Desk) -> None:
    desk.said.words["a"] = None
    unwanted = desk.post("a")
    late = desk.post("b", expires=desk.clock.now() + SECOND)
    desk.later(1)
    assert desk.state(unwanted) is desk.state(late) is DeliveryState.EXPIRED
    assert desk.texts() == []


def test_a_delivery_waits_for_its_time(desk: Desk) -> None:
    desk.post("a", not_before=desk.clock.now() + 60 * SECOND)
    desk.later(59)
    assert desk.texts() == []
    desk.later(1)
    assert desk.texts() == ["a, with love"]


def test_words_that_cannot_be_written_fail_and_do_not_hold_up_the_next(desk: Desk) -> None:
    desk.said.broken.add("a")
    broken, whole = desk.post("a"), desk.post("b")
    desk.carry()
    assert desk.state(broken) is DeliveryState.FAILED
    assert desk.state(whole) is DeliveryState.SENT
    assert "could not be written" in desk.said.failed[0][1]


def test_a_failure_that_cannot_be_told_is_kept_all_the_same(desk: Desk) -> None:
    def break_down(book: Book, delivery: Delivery, error: str, now: datetime) -> None:
        raise RuntimeError("nobody to tell")

    words = Words(desk.said.write, desk.said.unreachable, break_down)
    desk.courier = Courier(desk.store, TEAM, desk.client, desk.clock, words)
    desk.slack.faults.plan("chat.postMessage", Trouble.NAMED_ERROR, error="is_archived")
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.FAILED


def test_a_burst_in_one_channel_is_held_to_slacks_pace(desk: Desk) -> None:
    desk.slack.faults.one_post_per_second = False
    for number in range(8):
        desk.post(f"m{number}")
    desk.carry()
    assert len(desk.texts()) == 5
    due = desk.store.next_due()
    assert due == desk.clock.now() + SECOND
    for sent in (6, 7, 8):
        desk.later(1)
        assert len(desk.texts()) == sent
    assert desk.texts() == [f"m{number}, with love" for number in range(8)]


def test_what_another_run_was_sending_when_it_died_is_unknown_and_not_sent_again(desk: Desk) -> None:
    made = desk.post("a")
    with desk.store.begin(TEAM) as book:
        book.outbox.start(made, "a run that died", "C0WILDGOD", "{}", "", desk.clock.now())
    desk.carry()
    assert desk.state(made) is DeliveryState.UNKNOWN
    assert desk.texts() == []


def test_a_second_courier_stands_by_while_the_first_may_send(desk: Desk) -> None:
    desk.post("a")
    second = desk.another()
    standby = list[bool]()
    with desk.store.sender(TEAM) as mine:
        assert mine
        second.carry_all(desk.clock.now())
        standby.append(second.is_standby)
        assert desk.texts() == []
    second.carry_all(desk.clock.now())
    standby.append(second.is_standby)
    assert standby == [True, False]
    assert desk.texts() == ["a, with love"]


def test_nobody_is_pinged_and_nothing_unfurls_by_our_doing(desk: Desk) -> None:
    desk.post("a")
    desk.carry()
    call = next(call for call in desk.slack.calls if call.method == "chat.postMessage")
    assert "link_names" not in call.args
    assert call.args["unfurl_links"] in (False, "0")
    assert call.args["unfurl_media"] in (False, "0")


def test_the_operations_are_all_known() -> None:
    assert set(Op) == {Op.POST, Op.UPDATE, Op.REACT}
