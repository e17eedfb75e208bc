"""chat.* through the real WebClient."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.ledger import Kind
from tests.sandbox.stage import Stage, actions, button, error_of, section


@pytest.fixture
def here(stage: Stage) -> str:
    return stage.channel(stage.person("ana"))


def test_a_post_stands_in_the_channel_and_in_the_ledger(stage: Stage, here: str) -> None:
    metadata = {"event_type": "call", "event_payload": {"key": "A7F3"}}
    told = stage.client.chat_postMessage(channel=here, text="Hi", blocks=[section()], metadata=metadata)
    message = stage.sandbox.message(here, told["ts"])
    assert message is not None
    assert (message.text, message.metadata) == ("Hi", metadata)
    line = stage.sandbox.posts(here)[-1]
    assert (line.ts, line.via, line.at) == (told["ts"], "chat.postMessage", stage.clock.now())
    assert line.accepted == pytest.approx(message.accepted, abs=1)
    assert told["message"]["blocks"][0]["block_id"]


def test_stamps_are_unique_and_grow_while_the_clock_stands(stage: Stage, here: str) -> None:
    stamps = [stage.client.chat_postMessage(channel=here, text=f"{n}")["ts"] for n in range(5)]
    assert stamps == sorted(set(stamps), key=float)
    assert stamps[0].startswith(str(int(stage.clock.now().timestamp())))


def test_errors_carry_slacks_names(stage: Stage, here: str) -> None:
    outside = stage.channel(stage.person("bo"), with_bot=False)
    secret = stage.channel(stage.person("cy"), with_bot=False, private=True)
    gone = stage.channel(stage.person("di"))
    stage.client.conversations_archive(channel=gone)
    post = stage.client.chat_postMessage
    assert error_of(lambda: post(channel="C0NOWHERE", text="x")) == "channel_not_found"
    assert error_of(lambda: post(channel=secret, text="x")) == "channel_not_found"
    assert error_of(lambda: post(channel=outside, text="x")) == "not_in_channel"
    assert error_of(lambda: post(channel=gone, text="x")) == "is_archived"
    bare = {"channel": here, "text": ""}
    assert error_of(lambda: stage.client.api_call("chat.postMessage", json=bare)) == "no_text"
    assert error_of(lambda: post(channel=here, text="x", thread_ts="1.000001")) == "thread_not_found"
    assert error_of(lambda: stage.client.api_call("chat.postMessage", json={"text": "x"})) == "invalid_arguments"


def test_bad_blocks_are_refused_with_a_pointer_in_answer_and_ledger(stage: Stage, here: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=here, text="x", blocks=[actions(button("x" * 76))])
    pointer = "/blocks/0/elements/0/text/text"
    assert refused.value.response["error"] == "invalid_blocks"
    assert pointer in refused.value.response["response_metadata"]["messages"][0]
    line = stage.sandbox.ledger.errors()[-1]
    assert (line.kind, line.name, line.channel) == (Kind.API_ERROR, "invalid_blocks", here)
    assert line.detail["problems"][0]["pointer"] == pointer


def test_blocks_that_are_too_long_together_are_refused(stage: Stage, here: str) -> None:
    blocks = [section("x" * 2650)] * 5
    post = stage.client.chat_postMessage
    assert error_of(lambda: post(channel=here, text="x", blocks=blocks)) == "msg_blocks_too_long"
    assert error_of(lambda: post(channel=here, text="x", blocks="[")) == "invalid_blocks_format"


def test_long_text_without_blocks_comes_in_pieces_and_with_blocks_in_one(stage: Stage, here: str) -> None:
    told = stage.client.chat_postMessage(channel=here, text="word " * 1800)
    assert [len(m.text) <= 4000 for m in stage.sandbox.messages(here)] == [True] * 3
    assert told["ts"] == stage.sandbox.messages(here)[0].ts
    stage.client.chat_postMessage(channel=here, text="x" * 41_000, blocks=[section()])
    assert len(stage.sandbox.messages(here)) == 4
    assert len(stage.sandbox.messages(here)[-1].text) == 40_000


def test_updating_changes_own_messages_only(stage: Stage, here: str) -> None:
    ana = stage.sandbox.workspace.channels[here].members[0]
    own = stage.client.chat_postMessage(channel=here, text="a", blocks=[section()])["ts"]
    stage.client.chat_update(channel=here, ts=own, text="b")
    message = stage.sandbox.message(here, own)
    assert message is not None
    assert (message.text, message.blocks) == ("b", [])
    hers = stage.sandbox.hands.say(ana, here, "mine")
    update = stage.client.chat_update
    assert error_of(lambda: update(channel=here, ts=hers, text="x")) == "cant_update_message"
    assert error_of(lambda: update(channel=here, ts="1.000001", text="x")) == "message_not_found"
    assert error_of(lambda: update(channel=here, ts=own, text="x" * 4001)) == "msg_too_long"
    assert error_of(lambda: stage.client.chat_delete(channel=here, ts=hers)) == "cant_delete_message"


def test_a_deleted_message_is_gone_but_the_ledger_remembers(stage: Stage, here: str) -> None:
    ts = stage.client.chat_postMessage(channel=here, text="oops")["ts"]
    stage.client.chat_delete(channel=here, ts=ts)
    assert stage.sandbox.message(here, ts) is None
    kinds = [line.kind for line in stage.sandbox.ledger.entries(channel=here) if line.ts == ts]
    assert kinds == [Kind.POSTED, Kind.DELETED]
    assert error_of(lambda: stage.client.chat_update(channel=here, ts=ts, text="x")) == "message_not_found"


def test_an_ephemeral_post_is_seen_by_one_and_is_no_message(stage: Stage, here: str) -> None:
    ana, bo = stage.sandbox.workspace.channels[here].members[0], stage.person("bo")
    ts = stage.client.chat_postEphemeral(channel=here, user=ana, text="psst")["message_ts"]
    assert [line.text for line in stage.sandbox.ledger.ephemerals(user=ana, channel=here)] == ["psst"]
    assert stage.sandbox.messages(here) == []
    assert error_of(lambda: stage.client.chat_update(channel=here, ts=ts, text="x")) == "message_not_found"
    ask = stage.client.chat_postEphemeral
    assert error_of(lambda: ask(channel=here, user=bo, text="x")) == "user_not_in_channel"


def test_metadata_has_a_shape(stage: Stage, here: str) -> None:
    def post(payload: object) -> str:
        metadata = {"event_type": "call", "event_payload": payload}
        return error_of(lambda: stage.client.chat_postMessage(channel=here, text="x", metadata=metadata))

    assert post({"a": 1, "b": ["x"], "c": {"d": "e"}}) == ""
    assert post("flat") == "invalid_metadata_schema"
    assert post({"a": {"b": {"c": 1}}}) == "invalid_metadata_schema"
    assert post({"a": "x" * 20_000}) == "metadata_too_large"


def test_posting_to_a_person_lands_in_the_conversation_with_the_app(stage: Stage) -> None:
    ana = stage.person("ana")
    told = stage.client.chat_postMessage(channel=ana, text="x")
    assert told["channel"] == stage.sandbox.hands.open_direct(ana)
    stage.sandbox.hands.change_person(ana, deleted=True)
    assert error_of(lambda: stage.client.chat_postMessage(channel=told["channel"], text="x")) == "is_archived"


def test_link_names_ping_and_plain_at_names_do_not(stage: Stage, here: str) -> None:
    ana = stage.sandbox.workspace.channels[here].members[0]
    stage.client.chat_postMessage(channel=here, text=f"@{stage.name(ana)} @here")
    assert stage.sandbox.posts(here)[-1].pinged == set()
    stage.client.chat_postMessage(channel=here, text=f"@{stage.name(ana)} @here", link_names=True)
    assert stage.sandbox.posts(here)[-1].pinged == {ana, "!here"}


def test_form_and_query_arguments_work_like_json(stage: Stage, here: str) -> None:
    stage.client.api_call("chat.postMessage", params={"channel": here, "text": "q", "blocks": "[]"})
    stage.client.api_call("chat.postMessage", data={"channel": here, "text": "f"})
    assert [m.text for m in stage.sandbox.messages(here)] == ["q", "f"]


def test_a_permalink_names_the_thread(stage: Stage, here: str) -> None:
    parent = stage.client.chat_postMessage(channel=here, text="x")["ts"]
    reply = stage.client.chat_postMessage(channel=here, text="y", thread_ts=parent)["ts"]
    link = stage.client.chat_getPermalink(channel=here, message_ts=reply)["permalink"]
    assert link.endswith(f"/archives/{here}/p{reply.replace('.', '')}?thread_ts={parent}&cid={here}")


def test_tokens_and_methods_are_checked(stage: Stage, here: str) -> None:
    assert error_of(lambda: stage.client.auth_test(token="xoxb-other")) == "invalid_auth"
    assert error_of(lambda: stage.client.auth_test(token="xapp-sandbox")) == "not_allowed_token_type"
    assert error_of(lambda: stage.client.api_call("pins.add", json={})) == "unknown_method"
    assert stage.sandbox.ledger.errors()[-1].kind is Kind.UNKNOWN_METHOD
    assert stage.sandbox.calls[-1].method == "pins.add"
    assert stage.client.auth_test()["bot_id"] == "B0BUSCALL"
