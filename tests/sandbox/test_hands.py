"""What people do: commands, messages, presses, choices; and what Slack lets nobody do."""

import pytest

from bot.sandbox.ledger import Kind
from bot.sandbox.workspace import RefusedError
from tests.sandbox.stage import Asked, Json, Stage, actions, button, fail, option, plain, section, stay_silent


@pytest.fixture
def ana(stage: Stage) -> str:
    return stage.person("ana")


@pytest.fixture
def here(stage: Stage, ana: str) -> str:
    return stage.channel(ana)


def post(stage: Stage, here: str, *elements: Json) -> str:
    told = stage.client.chat_postMessage(channel=here, text="x", blocks=[section(), actions(*elements)])
    return str(told["ts"])


def test_a_command_gets_its_private_answer(stage: Stage, ana: str, here: str) -> None:
    stage.bot.on_command = lambda asked: asked.ack("Saved")
    answer = stage.sandbox.hands.command(ana, here, f"/gig call @{stage.name(ana)} R&B")
    assert (answer.text, answer.ephemeral, answer.timeout) == ("Saved", True, False)
    body = stage.bot.bodies[-1]
    assert body["text"] == f"call <@{ana}|{stage.name(ana)}> R&amp;B"
    assert (body["command"], body["channel_id"], body["user_id"]) == ("/gig", here, ana)
    assert "thread_ts" not in body
    assert stage.sandbox.messages(here) == []
    line = stage.sandbox.ledger.ephemerals(user=ana)[-1]
    assert (line.text, line.via, line.channel) == ("Saved", "ack", here)


def test_an_in_channel_answer_is_a_message(stage: Stage, ana: str) -> None:
    here = stage.channel(ana, with_bot=False)
    stage.bot.on_command = lambda asked: asked.ack("All hear", response_type="in_channel")
    answer = stage.sandbox.hands.command(ana, here, "/buscall")
    assert not answer.ephemeral
    assert [m.text for m in stage.sandbox.messages(here)] == ["All hear"]


def test_an_answer_with_bad_blocks_is_not_shown(stage: Stage, ana: str, here: str) -> None:
    stage.bot.on_command = lambda asked: asked.ack(text="x", blocks=[section("")])
    assert stage.sandbox.hands.command(ana, here, "/gig").error == "invalid_blocks"
    assert stage.sandbox.ledger.errors()[-1].via == "ack"


@pytest.mark.parametrize("listener", [stay_silent, fail])
def test_a_command_nobody_acks_times_out_with_slacks_words(impatient: Stage, listener: object) -> None:
    ana = impatient.person("ana")
    impatient.bot.on_command = listener  # type: ignore[assignment]
    answer = impatient.sandbox.hands.command(ana, impatient.channel(ana), "/gig new")
    assert answer.timeout
    assert answer.text == '/gig failed with the error "operation_timeout"'
    assert impatient.sandbox.ledger.entries(Kind.TIMED_OUT, user=ana)
    assert answer.envelope.acked is None


def test_a_late_ack_counts_for_nothing(impatient: Stage, ana: str, here: str) -> None:
    done: list[bool] = []

    def dawdle(asked: Asked) -> None:
        impatient.sandbox.wait_until(lambda: done, 2)
        asked.ack("too late")

    impatient.bot.on_command = dawdle
    answer = impatient.sandbox.hands.command(ana, here, "/gig")
    done.append(True)
    assert answer.timeout
    assert impatient.sandbox.wait_until(lambda: answer.envelope.acked is not None, 20)
    assert impatient.sandbox.ledger.ephemerals(user=ana) == []


def test_commands_are_refused_where_slack_refuses_them(stage: Stage, ana: str, here: str) -> None:
    hands = stage.sandbox.hands
    outsider = stage.person("house", team_id="T0VENUE")
    shared = stage.channel(ana, outsider)
    parent = hands.say(ana, here, "x")
    with pytest.raises(RefusedError, match="/gig is not supported in threads"):
        hands.command(ana, here, "/gig ready", thread_ts=parent)
    with pytest.raises(RefusedError, match="another organisation"):
        hands.command(outsider, shared, "/gig")
    with pytest.raises(RefusedError, match="not a valid command"):
        hands.command(ana, here, "/gog")
    with pytest.raises(RefusedError, match="is not in"):
        hands.command(stage.person("bo"), here, "/gig")


def test_a_command_works_where_the_bot_is_not(stage: Stage, ana: str) -> None:
    stage.bot.on_command = lambda asked: asked.ack("here too")
    assert stage.sandbox.hands.command(ana, stage.channel(ana, with_bot=False), "/gig").text == "here too"


def test_pressing_a_button_carries_everything_slack_sends(stage: Stage, ana: str, here: str) -> None:
    ts = post(stage, here, button("Confirm", "yes", value="call:7"), button("Can't", "no", value="call:7"))
    stage.bot.on_action = lambda asked: (asked.respond("Thanks"), asked.ack())
    answer = stage.sandbox.hands.press(ana, here, ts, "Confirm")
    assert answer.text == "Thanks"
    body = stage.bot.bodies[-1]
    action = body["actions"][0]
    assert (action["action_id"], action["value"], action["type"]) == ("yes", "call:7", "button")
    assert action["block_id"]
    assert action["action_ts"]
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": here,
        "is_ephemeral": False,
    }
    assert body["message"]["ts"] == ts
    assert body["channel"]["id"] == here
    assert body["user"]["id"] == ana
    assert body["trigger_id"]
    assert body["response_url"].startswith("http://127.0.0.1:")


def test_a_button_in_a_private_answer_can_be_pressed_by_that_person_only(stage: Stage, ana: str) -> None:
    bo = stage.person("bo")
    here = stage.channel(ana, bo)
    stage.bot.on_command = lambda asked: asked.ack(text="Which?", blocks=[actions(button("#12", "pick"))])
    answer = stage.sandbox.hands.command(ana, here, "/gig ready")
    stage.sandbox.hands.press(ana, here, answer.ts, "#12")
    body = stage.bot.bodies[-1]
    assert body["container"]["is_ephemeral"]
    assert "message" not in body
    with pytest.raises(RefusedError, match="no such message"):
        stage.sandbox.hands.press(bo, here, answer.ts, "#12")


def test_a_press_nobody_acks_times_out(impatient: Stage, ana: str, here: str) -> None:
    ts = post(impatient, here, button())
    impatient.bot.on_action = stay_silent
    assert impatient.sandbox.hands.press(ana, here, ts, "go").error == "operation_timeout"


def test_buttons_alike_are_told_apart_by_value(stage: Stage, ana: str, here: str) -> None:
    ts = post(stage, here, button("Done", "a", value="1"), button("Done", "b", value="2"))
    with pytest.raises(RefusedError, match="say which"):
        stage.sandbox.hands.press(ana, here, ts, "Done")
    stage.sandbox.hands.press(ana, here, ts, "Done", "2")
    assert stage.bot.bodies[-1]["actions"][0]["action_id"] == "b"
    with pytest.raises(RefusedError, match="there is Done, a, b"):
        stage.sandbox.hands.press(ana, here, ts, "Undo")


def test_outsiders_press_buttons_and_reply(stage: Stage) -> None:
    house = stage.person("house", team_id="T0VENUE")
    here = stage.channel(house)
    ts = post(stage, here, button())
    assert not stage.sandbox.hands.press(house, here, ts, "go").timeout
    assert stage.bot.bodies[-1]["user"]["team_id"] == "T0VENUE"
    assert stage.sandbox.hands.say(house, here, "load-in at 12", thread_ts=ts)


def test_menus_and_pickers_send_what_was_chosen(stage: Stage, ana: str, here: str) -> None:
    options = [option("Friday", "fri"), option("Sunday", "sun")]
    ts = post(
        stage,
        here,
        {"type": "static_select", "action_id": "day", "options": options, "placeholder": plain("Day")},
        {"type": "overflow", "action_id": "more", "options": options},
        {"type": "datepicker", "action_id": "date"},
        {"type": "users_select", "action_id": "who"},
        {"type": "external_select", "action_id": "city", "min_query_length": 1},
    )
    stage.bot.on_options = lambda asked: asked.ack(options=[option("Lisbon", "2267057")])
    hands = stage.sandbox.hands
    for control, wanted, key, told in [
        ("Day", "Friday", "selected_option", options[0]),
        ("more", "sun", "selected_option", options[1]),
        ("date", "2026-08-02", "selected_date", "2026-08-02"),
        ("who", ana, "selected_user", ana),
        ("city", "Lisbon", "selected_option", option("Lisbon", "2267057")),
    ]:
        hands.choose(ana, here, ts, control, wanted)
        assert stage.bot.bodies[-1]["actions"][0][key] == told
    assert hands.suggest_in_message(ana, here, ts, "city", "lis") == [option("Lisbon", "2267057")]


def test_nobody_writes_where_he_is_not_or_changes_what_is_not_his(stage: Stage, ana: str, here: str) -> None:
    hands, bo = stage.sandbox.hands, stage.person("bo")
    ts = hands.say(ana, here, "mine")
    with pytest.raises(RefusedError, match="is not in"):
        hands.say(bo, here, "hi")
    hands.join(bo, here)
    with pytest.raises(RefusedError, match="own messages"):
        hands.edit(bo, here, ts, "yours")
    with pytest.raises(RefusedError, match="own messages"):
        hands.remove(bo, here, ts)
    with pytest.raises(RefusedError, match="no thread"):
        hands.say(bo, here, "hi", thread_ts="1.000001")
    with pytest.raises(RefusedError, match="invited"):
        hands.join(stage.person("guest", is_restricted=True), here)
    hands.change_person(bo, deleted=True)
    with pytest.raises(RefusedError, match="no account"):
        hands.say(bo, here, "ghost")
    hands.archive(ana, here)
    with pytest.raises(RefusedError, match="archived"):
        hands.say(ana, here, "late")


def test_what_an_app_offers_in_a_messages_own_menu_tells_it_the_message(stage: Stage, ana: str, here: str) -> None:
    hands, ts = stage.sandbox.hands, post(stage, here, button())
    stage.sandbox.install({"features": {"shortcuts": [{"name": "Why me?", "type": "message", "callback_id": "why"}]}})
    stage.bot.on_action = lambda asked: (asked.ack(), asked.respond("Because"))
    told = hands.shortcut(ana, here, ts, "Why me?")
    assert (told.text, told.ephemeral) == ("Because", True)
    body = stage.bot.bodies[-1]
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "why", ts)
    assert (body["message"]["ts"], body["channel"]["id"], body["user"]["id"]) == (ts, here, ana)
    assert body["trigger_id"]
    assert body["action_ts"]
    outside = stage.person("house", team_id="T0VENUE")
    hands.invite(ana, here, outside)
    with pytest.raises(RefusedError, match="another organisation"):
        hands.shortcut(outside, here, ts, "Why me?")
    with pytest.raises(RefusedError, match="No app offers"):
        hands.shortcut(ana, here, ts, "Who me?")
