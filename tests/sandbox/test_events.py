"""Events: what is told, where, how often; retries on the sandbox's clock; reconnecting."""

import urllib.request
from collections.abc import Callable
from datetime import timedelta
from urllib.error import HTTPError

import pytest

from bot.sandbox.events import EnvelopeType
from bot.sandbox.ledger import Kind
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.stage import Asked, HandClock, Json, Stage, fail


def heard(stage: Stage, type_: str, subtype: str | None = None) -> Json:
    """The newest event of this type, once everything is acked."""
    stage.settle()
    return stage.bot.events(type_, subtype)[-1]


def test_a_message_is_told_with_its_thread(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    parent = stage.client.chat_postMessage(channel=here, text="Call")["ts"]
    ts = stage.sandbox.hands.say(ana, here, f"in & <late> @{stage.name(ana)}", thread_ts=parent)
    event = heard(stage, "message")
    assert (event["ts"], event["thread_ts"], event["user"]) == (ts, parent, ana)
    assert event["text"] == f"in &amp; &lt;late&gt; <@{ana}>"
    assert (event["channel_type"], event["parent_user_id"]) == ("channel", "U0BUSCALL")
    body = next(b for b in stage.bot.bodies if b.get("event") == event)
    assert body["authorizations"][0]["user_id"] == "U0BUSCALL"
    assert (body["team_id"], body["type"]) == ("T0SANDBOX", "event_callback")
    assert body["event_time"] == int(stage.clock.now().timestamp())


def test_every_kind_of_conversation_has_its_word(stage: Stage) -> None:
    ana, bo = stage.person("ana"), stage.person("bo")
    private, direct = stage.channel(ana, private=True), stage.sandbox.hands.open_direct(ana)
    group = stage.client.conversations_open(users=[ana, bo])["channel"]["id"]
    for where, word in [(private, "group"), (direct, "im"), (group, "mpim")]:
        stage.sandbox.hands.say(ana, where, "hi")
        assert heard(stage, "message")["channel_type"] == word


def test_edits_and_deletions_are_told(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    ts = stage.sandbox.hands.say(ana, here, "in")
    stage.sandbox.hands.edit(ana, here, ts, "out")
    changed = heard(stage, "message", "message_changed")
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("out", "in")
    assert changed["message"]["edited"]["user"] == ana
    stage.sandbox.hands.remove(ana, here, ts)
    assert heard(stage, "message", "message_deleted")["deleted_ts"] == ts


def test_reactions_files_people_and_channels_are_told(stage: Stage) -> None:
    ana, bo = stage.person("ana"), stage.person("bo")
    here, hands = stage.channel(ana), stage.sandbox.hands
    ts = hands.say(ana, here, "x")
    assert hands.react(ana, here, ts, ":thumbsup:")
    assert not hands.react(ana, here, ts, "thumbsup")
    added = heard(stage, "reaction_added")
    assert (added["item"]["ts"], added["reaction"], added["item_user"]) == (ts, "thumbsup", ana)
    assert hands.unreact(ana, here, ts, "thumbsup")
    assert heard(stage, "reaction_removed")["user"] == ana
    key = hands.drop_file(ana, here, "tour.csv", b"x", "here you go")
    assert heard(stage, "file_shared")["file"] == {"id": key}
    assert heard(stage, "message", "file_share")["files"][0]["id"] == key
    hands.change_person(ana, tz="America/New_York")
    assert heard(stage, "user_change")["user"]["tz_offset"] == -4 * 3600
    hands.join(bo, here)
    assert heard(stage, "member_joined_channel")["user"] == bo
    hands.rename_channel(ana, here, f"renamed-{here.lower()}")
    assert heard(stage, "channel_rename")["channel"]["id"] == here


def test_the_bot_hears_nothing_where_it_is_not_until_it_is_invited(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana, with_bot=False)
    before = len(stage.sandbox.envelopes)
    ts = stage.sandbox.hands.say(ana, here, "secret")
    stage.sandbox.hands.react(ana, here, ts, "eyes")
    assert len(stage.sandbox.envelopes) == before
    stage.sandbox.hands.invite(ana, here, "U0BUSCALL")
    assert heard(stage, "member_joined_channel")["user"] == "U0BUSCALL"


def test_only_subscribed_events_are_sent() -> None:
    sandbox = Sandbox(HandClock().now, subscriptions=["message.channels"])
    ana = sandbox.add_person("ana")
    here = sandbox.add_channel("tour", [ana])
    ts = sandbox.hands.say(ana, here, "hi")
    sandbox.hands.react(ana, here, ts, "eyes")
    sandbox.hands.say(ana, sandbox.hands.open_direct(ana), "psst")
    assert {e.payload["event"]["type"] for e in sandbox.envelopes} == {"message"}
    assert {e.payload["event"]["channel"] for e in sandbox.envelopes} == {here}


def test_every_envelope_knows_when_it_was_sent_and_acked(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.sandbox.hands.command(ana, stage.channel(ana), "/gig")
    envelope = stage.sandbox.envelopes[-1]
    assert envelope.type is EnvelopeType.COMMAND
    assert envelope.sent is not None
    assert envelope.acked is not None
    assert envelope.made <= envelope.sent < envelope.acked < envelope.made + 3


def attempts(stage: Stage, event_id: str) -> list[tuple[int, str]]:
    sent = [e for e in stage.sandbox.envelopes if e.payload.get("event_id") == event_id]
    return [(e.retry_attempt, e.retry_reason) for e in sent]


def test_an_unacked_event_comes_again_at_once_then_after_one_and_five_minutes(impatient: Stage) -> None:
    stage, ana = impatient, impatient.person("ana")
    stage.bot.on_event = fail
    stage.sandbox.hands.say(ana, stage.channel(ana), "in")
    event_id = stage.sandbox.envelopes[-1].payload["event_id"]
    expected = [(0, ""), (1, "timeout")]
    assert stage.sandbox.wait_until(lambda: attempts(stage, event_id) == expected, 20)
    assert stage.sandbox.wait_until(lambda: stage.sandbox.next_retry() is not None, 20)
    assert stage.sandbox.next_retry() == stage.clock.now() + timedelta(minutes=1)
    for attempt, step in [(2, 1), (3, 5)]:
        stage.clock.move(minutes=step)
        assert stage.sandbox.unacked() == 1
        assert attempts(stage, event_id)[-1] == (attempt, "timeout")
        stage.settle()
    lost = stage.sandbox.ledger.entries(Kind.EVENT_LOST)
    assert lost[-1].detail["event_id"] == event_id
    assert {b["event_id"] for b in stage.bot.bodies} == {event_id}


def test_a_retry_that_is_acked_is_the_last(impatient: Stage) -> None:
    stage, ana = impatient, impatient.person("ana")

    def fail_once(asked: Asked) -> None:
        if len(stage.bot.bodies) > 1:
            asked.ack()
        else:
            raise RuntimeError("not this time")

    stage.bot.on_event = fail_once
    stage.sandbox.hands.say(ana, stage.channel(ana), "in")
    assert stage.sandbox.wait_until(lambda: len(stage.bot.bodies) >= 2, 20)
    stage.settle()
    assert stage.sandbox.next_retry() is None


def test_duplicates_come_on_demand_with_the_same_event_id(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    stage.sandbox.faults.deliver_events_twice = True
    stage.sandbox.hands.say(ana, here, "in")
    stage.settle()
    first, second = [body["event_id"] for body in stage.bot.bodies]
    assert first == second
    stage.sandbox.faults.deliver_events_twice = False
    stage.sandbox.hands.command(ana, here, "/gig")
    again = stage.sandbox.redeliver(stage.sandbox.envelopes[-1])
    assert stage.sandbox.slack.line.wait_for(again)
    assert stage.bot.bodies[-1]["trigger_id"] == stage.bot.bodies[-2]["trigger_id"]


def test_the_app_reconnects_when_asked_and_hears_on(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    opened = len([c for c in stage.sandbox.calls if c.method == "apps.connections.open"])
    stage.sandbox.disconnect("warning")
    ready = stage.sandbox.wait_until(
        lambda: len([c for c in stage.sandbox.calls if c.method == "apps.connections.open"]) > opened, 3
    )
    assert ready
    assert stage.sandbox.wait_until(lambda: stage.sandbox.connected() == 1, 20)
    stage.bot.on_command = lambda asked: asked.ack("still here")
    assert stage.sandbox.hands.command(ana, here, "/gig").text == "still here"


def test_pings_are_answered(stage: Stage) -> None:
    session = stage.handlers[0].client.current_session
    assert session is not None
    session.ping(f"{session.session_id}:17.5")
    assert stage.sandbox.wait_until(lambda: session.last_ping_pong_time == 17.5, 20)


def test_a_socket_needs_a_ticket_that_was_not_used(stage: Stage) -> None:
    door = stage.sandbox.slack.base_url
    address = stage.client.apps_connections_open(app_token="xapp-sandbox")["url"]
    assert address.startswith("ws://127.0.0.1:")
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(f"{door}/link?ticket=made-up")  # noqa: S310


class DeafSocket:
    """Keeps the frames that were pushed."""

    def __init__(self) -> None:
        self.frames: list[str] = []

    def push(self, text: str, note_sent: Callable[[], None]) -> None:
        note_sent()
        self.frames.append(text)

    def close(self) -> None:
        self.frames.append("closed")


def test_ten_sockets_are_the_most_and_each_payload_goes_to_one() -> None:
    sandbox = Sandbox(HandClock().now)
    line, sockets = sandbox.slack.line, [DeafSocket() for _ in range(11)]
    assert [line.join(socket, {"type": "hello"}) for socket in sockets] == [True] * 10 + [False]
    assert "too_many_websockets" in sockets[10].frames[0]
    ana = sandbox.add_person("ana")
    sandbox.hands.say(ana, sandbox.add_channel("tour", [ana]), "hi")
    assert sum(len(socket.frames) - 1 for socket in sockets) == 1
    assert sandbox.unacked() == 1


def test_a_socket_told_to_go_gets_nothing_once_a_new_one_is_there() -> None:
    sandbox = Sandbox(HandClock().now)
    old, new = DeafSocket(), DeafSocket()
    sandbox.slack.line.join(old, {"type": "hello"})
    sandbox.disconnect("refresh_requested")
    sandbox.slack.line.join(new, {"type": "hello"})
    ana = sandbox.add_person("ana")
    sandbox.hands.say(ana, sandbox.add_channel("tour", [ana]), "hi")
    assert old.frames[1:] == ['{"type": "disconnect", "reason": "refresh_requested"}', "closed"]
    assert len(new.frames) == 2


def test_without_a_socket_commands_fail_and_events_wait_for_their_retry() -> None:
    clock = HandClock()
    sandbox = Sandbox(clock.now)
    ana = sandbox.add_person("ana")
    here = sandbox.add_channel("tour", [ana])
    answer = sandbox.hands.command(ana, here, "/gig")
    assert (answer.error, answer.timeout) == ("dispatch_failed", True)
    sandbox.hands.say(ana, here, "anybody?")
    assert sandbox.next_retry() == clock.now() + timedelta(minutes=1)
    assert sandbox.unacked() == 0
