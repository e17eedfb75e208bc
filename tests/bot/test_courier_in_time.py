"""The courier: direct messages, edits, reactions, time and pace."""

from datetime import datetime

import pytest

from bot.recorder import LAPSED, TRIES_TO_REPEAT
from bot.sandbox.faults import Trouble
from bot.sandbox.ledger import Kind
from storage.book import Book
from storage.outbox import Delivery, DeliveryState, Op, Room
from tests.bot.desk import SECOND, TEAM, Desk


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


def test_what_is_no_longer_worth_saying_or_too_late_expires_unsaid_and_what_is_too_late_is_told(desk: Desk) -> None:
    desk.said.words["a"] = None
    unwanted = desk.post("a")
    late = desk.post("b", expires=desk.clock.now() + SECOND)
    desk.later(1)
    assert desk.state(unwanted) is desk.state(late) is DeliveryState.EXPIRED
    assert desk.texts() == []
    assert desk.said.failed == [(late, LAPSED)]


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

    desk.leave()
    desk.courier = desk.another(break_down)
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
    due = desk.courier.next_at()
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
    assert desk.seats[0].is_mine()
    second.carry_all(desk.clock.now())
    standby.append(second.is_standby)
    assert desk.texts() == []
    desk.seats[0].stop()
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
