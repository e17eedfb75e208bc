from datetime import datetime

import pytest

from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Delivery, DeliveryState, Op, Room
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_card, a_gig, a_tour, after, next_of, post, say_ask, say_card


def start(book: Book, delivery: int, boot: str = "boot", body_hash: str = "h") -> None:
    going = book.outbox.get(delivery)
    assert going is not None
    book.outbox.start(delivery, boot, going.channel, "{}", body_hash, NOW)


def fetched(book: Book, delivery: int | None) -> Delivery:
    kept = book.outbox.get(delivery or 0)
    assert kept is not None
    return kept


def upcoming(book: Book, now: datetime = NOW) -> list[tuple[Letter, Op]]:
    """What goes out now, sent one by one."""
    gone = []
    while going := next_of(book, now):
        start(book, going.id)
        book.outbox.sent(going.id, going.ts or f"9.{going.id}", now)
        gone.append((going.letter, going.op))
    return gone


def test_what_is_said_waits_with_its_subject(book: Book) -> None:
    gig = a_gig(book)
    said = book.outbox.say(
        Letter.ASK, Room.THREAD, "ask:1", NOW, tour_id=gig.tour_id, gig_id=gig.id, person="UANA",
        subject={"calls": [1, 2]}, not_before=after(1), expires=after(9),
    )  # fmt: skip
    kept = fetched(book, said)
    assert (kept.letter, kept.op, kept.room, kept.key) == (Letter.ASK, Op.POST, Room.THREAD, "ask:1")
    assert (kept.tour_id, kept.gig_id, kept.person, kept.subject) == (gig.tour_id, gig.id, "UANA", {"calls": [1, 2]})
    assert (kept.not_before, kept.expires, kept.state) == (after(1), after(9), DeliveryState.PENDING)
    assert (kept.made_at, kept.tries, kept.body, kept.sent_at) == (NOW, 0, "", None)


def test_the_same_key_is_said_once(book: Book) -> None:
    gig = a_gig(book)
    first = say_ask(book, gig)
    assert book.outbox.say(Letter.ASK, Room.THREAD, "ask:1", after(5), gig_id=gig.id) is None
    post(book, first, "2.2")
    assert book.outbox.say(Letter.ASK, Room.THREAD, "ask:1", after(5), gig_id=gig.id) is None
    assert [delivery.id for delivery in book.outbox.of_gig(gig.id)] == [first]


def test_the_channel_waits_until_the_tour_is_bound_and_reachable(book: Book) -> None:
    gig = a_gig(book, a_tour(book, channel="", lead=""))
    card = say_card(book, gig)
    assert next_of(book, NOW) is None
    book.tours.bind(gig.tour_id, "C5", "UTESS")
    book.tours.set_reachable(gig.tour_id, False)
    assert next_of(book, NOW) is None
    book.tours.set_reachable(gig.tour_id, True)
    going = next_of(book, NOW)
    assert going is not None
    assert (going.id, going.channel, going.thread_ts, going.ts) == (card, "C5", "", "")


def test_the_thread_waits_for_the_card(book: Book) -> None:
    gig = a_gig(book)
    ask = say_ask(book, gig)
    assert next_of(book, NOW) is None
    a_card(book, gig, "100.1")
    going = next_of(book, NOW)
    assert going is not None
    assert (going.id, going.channel, going.thread_ts) == (ask, "C1", "100.1")
    post(book, ask, "100.2")
    kept = fetched(book, ask)
    assert (kept.state, kept.channel, kept.thread_ts, kept.ts) == (DeliveryState.SENT, "C1", "100.1", "100.2")
    assert book.outbox.by_ts("C1", "100.2") == kept


def test_the_thread_waits_while_the_tour_is_out_of_reach(book: Book) -> None:
    gig = a_gig(book)
    a_card(book, gig)
    say_ask(book, gig)
    book.tours.set_reachable(gig.tour_id, False)
    book.outbox.refresh_card(gig.id, NOW)
    assert next_of(book, NOW) is None
    book.tours.set_reachable(gig.tour_id, True)
    assert upcoming(book) == [(Letter.ASK, Op.POST), (Letter.CARD, Op.UPDATE)]


def test_a_dm_goes_out_without_tour_and_learns_its_channel(book: Book) -> None:
    book.outbox.say(Letter.DIGEST, Room.DM, "d", NOW, person="UANA")
    going = next_of(book, NOW)
    assert going is not None
    assert going.channel == ""
    book.people.set_dm("UANA", "D1")
    going = next_of(book, NOW)
    assert going is not None
    assert going.channel == "D1"


def test_nothing_goes_before_its_time_and_the_oldest_goes_first(book: Book) -> None:
    for key, minutes in (("late", 5), ("one", 0), ("two", 0)):
        book.outbox.say(Letter.DIGEST, Room.DM, key, NOW, person="UANA", not_before=after(minutes))
    going = next_of(book, NOW)
    assert going is not None
    assert going.key == "one"
    book.outbox.expire(going.id, "no longer worth saying", NOW)
    assert len(upcoming(book)) == 1
    assert next_of(book, after(4)) is None
    assert len(upcoming(book, after(5))) == 1


def test_one_refresh_waits_per_posted_message(book: Book) -> None:
    gig = a_gig(book)
    card = say_card(book, gig)
    book.outbox.refresh_card(gig.id, NOW)
    assert upcoming(book) == [(Letter.CARD, Op.POST)], "a pending card is written when it goes out"
    for _ in range(3):
        book.outbox.refresh_card(gig.id, NOW)
        book.outbox.refresh(card, NOW)
    going = next_of(book, NOW)
    assert going is not None
    assert (going.op, going.of_id, going.channel, going.ts) == (Op.UPDATE, card, "C1", f"9.{card}")
    start(book, going.id)
    book.outbox.refresh_card(gig.id, NOW)
    book.outbox.sent(going.id, going.ts, NOW)
    assert upcoming(book) == [(Letter.CARD, Op.UPDATE)], "facts that changed while it was sent are shown too"


def test_a_refresh_carries_what_the_message_was_about(book: Book) -> None:
    gig = a_gig(book)
    a_card(book, gig)
    ask = book.outbox.say(Letter.ASK, Room.THREAD, "a", NOW, tour_id=gig.tour_id, gig_id=gig.id, subject={"calls": [7]})
    assert ask is not None
    post(book, ask, "100.2")
    book.outbox.refresh(ask, NOW, not_before=after(2))
    assert next_of(book, after(1)) is None
    going = next_of(book, after(2))
    assert going is not None
    assert (going.letter, going.room, going.gig_id, going.subject) == (Letter.ASK, Room.THREAD, gig.id, {"calls": [7]})
    assert (going.key, going.ts, going.thread_ts) == ("", "100.2", "100.1")


def test_every_message_of_these_kinds_is_refreshed_unless_it_never_arrived(book: Book) -> None:
    gig = a_gig(book)
    a_card(book, gig)
    sent, lost, failed = (say_ask(book, gig, f"ask:{n}") for n in range(3))
    post(book, sent, "100.2")
    for delivery in (lost, failed):
        start(book, delivery)
    book.outbox.unknown(lost, "timeout", NOW, NOW)
    book.outbox.fail(failed, "is_archived", NOW)
    say_ask(book, gig, "pending")
    book.outbox.refresh_letters(gig.id, [Letter.ASK, Letter.MOVED], NOW)
    waiting = [d.of_id for d in book.outbox.of_gig(gig.id) if d.op is Op.UPDATE]
    assert waiting == [sent, lost]
    assert book.outbox.posted(gig.id, Letter.ASK) == [fetched(book, sent)]


def test_only_the_messages_that_speak_about_a_call_are_refreshed(book: Book) -> None:
    gig = a_gig(book)
    a_card(book, gig)
    about = {
        name: book.outbox.say(Letter.ASK, Room.THREAD, name, NOW, tour_id=gig.tour_id, gig_id=gig.id, subject=subject)
        for name, subject in (("his", {"calls": [7, 8]}), ("hers", {"calls": [9]}), ("everybody's", {}))
    }
    for n, delivery in enumerate(about.values()):
        assert delivery is not None
        post(book, delivery, f"100.{n + 2}")
    book.outbox.refresh_about(gig.id, [Letter.ASK], {8}, NOW)
    book.outbox.refresh_about(gig.id, [Letter.MOVED], {8}, NOW)
    waiting = [d.of_id for d in book.outbox.of_gig(gig.id) if d.op is Op.UPDATE]
    assert waiting == [about["his"], about["everybody's"]]


def test_an_update_waits_until_its_message_is_known(book: Book) -> None:
    gig = a_gig(book)
    card = say_card(book, gig)
    start(book, card)
    book.outbox.unknown(card, "timeout", NOW, NOW)
    book.outbox.refresh_card(gig.id, NOW)
    assert next_of(book, NOW) is None
    book.outbox.sent(card, "100.1", NOW)
    assert book.gigs.card(gig.id) == ("C1", "100.1")
    assert upcoming(book) == [(Letter.CARD, Op.UPDATE)]


def test_an_update_that_must_wait_makes_room_for_a_newer_one(book: Book) -> None:
    gig = a_gig(book)
    a_card(book, gig)
    book.outbox.refresh_card(gig.id, NOW)
    older = next_of(book, NOW)
    assert older is not None
    start(book, older.id)
    book.outbox.refresh_card(gig.id, NOW)
    book.outbox.wait(older.id, after(3), "ratelimited")
    assert fetched(book, older.id).state is DeliveryState.EXPIRED
    assert next_of(book, after(2)) is None
    newer = next_of(book, after(3))
    assert newer is not None
    assert newer.of_id == older.of_id


def test_what_must_wait_goes_out_later(book: Book) -> None:
    gig = a_gig(book)
    card = say_card(book, gig)
    start(book, card)
    book.outbox.wait(card, after(3), "ratelimited")
    assert next_of(book, after(2)) is None
    going = next_of(book, after(3))
    assert going is not None
    assert (going.error, going.tries, going.not_before) == ("ratelimited", 1, after(3))
    book.outbox.wait(card, after(4), "held to Slack's pace")
    assert fetched(book, card).tries == 1


def test_a_reaction_is_written_once_and_its_removal_is_another(book: Book) -> None:
    assert book.outbox.react("C1", "5.5", "x", "r1", NOW) is not None
    assert book.outbox.react("C1", "5.5", "x", "r1", NOW) is None
    going = next_of(book, NOW)
    assert going is not None
    assert (going.op, going.channel, going.ts) == (Op.REACT, "C1", "5.5")
    assert going.subject == {"name": "x", "remove": False}
    start(book, going.id)
    book.outbox.sent(going.id, going.ts, NOW)
    assert book.outbox.by_ts("C1", "5.5") is None, "it is not our message"
    book.outbox.react("C1", "5.5", "x", "r2", NOW, remove=True)
    going = next_of(book, NOW)
    assert going is not None
    assert going.subject["remove"]


def test_the_last_hash_is_that_of_what_slack_shows(book: Book) -> None:
    gig = a_gig(book)
    card = say_card(book, gig)
    assert book.outbox.last_hash(card) == ""
    post(book, card, "1.1", "first")
    assert book.outbox.last_hash(card) == "first"
    book.outbox.refresh_card(gig.id, NOW)
    going = next_of(book, NOW)
    assert going is not None
    assert book.outbox.last_hash(card) == "first"
    start(book, going.id, body_hash="second")
    book.outbox.unknown(going.id, "timeout", NOW, NOW)
    assert book.outbox.last_hash(card) == "", "it may show either"
    book.outbox.sent(going.id, "1.1", NOW)
    assert book.outbox.last_hash(card) == "second"


def test_what_another_run_was_sending_is_unknown(book: Book) -> None:
    gig = a_gig(book)
    mine, theirs = (book.outbox.say(Letter.DIGEST, Room.DM, key, NOW, person="U") for key in "ab")
    start(book, mine or 0, "mine")
    start(book, theirs or 0, "theirs")
    say_card(book, gig)
    assert book.looks.orphans("mine", NOW, after(1)) == 1
    assert book.looks.orphans("mine", NOW, after(1)) == 0
    assert fetched(book, mine).state is DeliveryState.SENDING
    assert fetched(book, theirs).state is DeliveryState.UNKNOWN


def test_what_is_held_up_is_counted(book: Book) -> None:
    gig = a_gig(book)
    say_card(book, gig)
    say_ask(book, gig)
    assert book.outbox.held_up(gig.tour_id) == 2
    assert book.outbox.held_up(gig.tour_id + 1) == 0


def test_a_card_that_is_posted_wakes_what_waits_for_it(connected: Store) -> None:
    rung: list[str] = []
    connected.on_commit(lambda _: rung.append("!"))
    with connected.begin(TEAM) as book:
        card = say_card(book, a_gig(book))
        start(book, card)
    with connected.begin(TEAM) as book:
        book.outbox.sent(card, "1.1", NOW)
    assert len(rung) == 2


def test_no_message_has_an_empty_ts(book: Book) -> None:
    say_card(book, a_gig(book))
    assert book.outbox.by_ts("", "") is None


@pytest.mark.parametrize("verb", ["unknown", "fail", "expire"])
def test_why_is_kept(book: Book, verb: str) -> None:
    card = say_card(book, a_gig(book))
    if verb != "expire":
        start(book, card)
    look = (after(1),) if verb == "unknown" else ()
    getattr(book.outbox, verb)(card, "because", NOW, *look)
    assert fetched(book, card).error == "because"
