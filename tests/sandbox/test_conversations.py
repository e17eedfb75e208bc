"""conversations.*, users.*, reactions.*, files.* through the real WebClient."""

import urllib.request

import pytest

from tests.sandbox.stage import Stage, error_of


def test_history_is_newest_first_and_pages(stage: Stage) -> None:
    here = stage.channel(stage.person("ana"))
    for number in range(5):
        stage.client.chat_postMessage(channel=here, text=str(number))
    page = stage.client.conversations_history(channel=here, limit=2)
    assert [m["text"] for m in page["messages"]] == ["4", "3"]
    cursor = page["response_metadata"]["next_cursor"]
    after = stage.client.conversations_history(channel=here, limit=3, cursor=cursor)
    assert [m["text"] for m in after["messages"]] == ["2", "1", "0"]
    assert not after["has_more"]


def test_metadata_comes_whole_only_when_asked_for(stage: Stage) -> None:
    here = stage.channel(stage.person("ana"))
    metadata = {"event_type": "call", "event_payload": {"key": "A7F3"}}
    stage.client.chat_postMessage(channel=here, text="x", metadata=metadata)
    plain = stage.client.conversations_history(channel=here)["messages"][0]
    whole = stage.client.conversations_history(channel=here, include_all_metadata=True)["messages"][0]
    assert plain["metadata"] == {"event_type": "call"}
    assert whole["metadata"] == metadata


def test_history_keeps_to_its_times_and_leaves_replies_out(stage: Stage) -> None:
    here = stage.channel(stage.person("ana"))
    first = stage.client.chat_postMessage(channel=here, text="first")["ts"]
    stage.clock.move(minutes=1)
    later = stage.client.chat_postMessage(channel=here, text="later")["ts"]
    stage.client.chat_postMessage(channel=here, text="reply", thread_ts=first)
    told = stage.client.conversations_history(channel=here, oldest=first)["messages"]
    assert [m["ts"] for m in told] == [later]
    told = stage.client.conversations_history(channel=here, oldest=first, inclusive=True)["messages"]
    assert [m["text"] for m in told] == ["later", "first"]
    thread = stage.client.conversations_replies(channel=here, ts=first)["messages"]
    assert [m["text"] for m in thread] == ["first", "reply"]
    assert thread[0]["reply_count"] == 1
    ask = stage.client.conversations_replies
    assert error_of(lambda: ask(channel=here, ts="1.000001")) == "thread_not_found"


def test_the_restricted_profile_gives_fifteen_messages_once_a_minute(stage: Stage) -> None:
    here = stage.channel(stage.person("ana"))
    for number in range(17):
        stage.client.chat_postMessage(channel=here, text=str(number))
    stage.sandbox.faults.history_of_strangers = True
    assert len(stage.client.conversations_history(channel=here, limit=100)["messages"]) == 15
    assert error_of(lambda: stage.client.conversations_history(channel=here)) == "ratelimited"
    stage.clock.move(minutes=1)
    assert error_of(lambda: stage.client.conversations_history(channel=here)) == ""


def test_the_bot_sees_only_what_it_may(stage: Stage) -> None:
    ana = stage.person("ana")
    outside, secret = stage.channel(ana, with_bot=False), stage.channel(ana, with_bot=False, private=True)
    ours = stage.channel(ana, private=True)
    assert error_of(lambda: stage.client.conversations_history(channel=outside)) == "not_in_channel"
    assert error_of(lambda: stage.client.conversations_info(channel=secret)) == "channel_not_found"
    kinds = "public_channel,private_channel"
    seen = stage.client.conversations_list(types=kinds, limit=1000)["channels"]
    listed = {channel["id"] for channel in seen}
    assert outside in listed
    assert ours in listed
    assert secret not in listed
    assert stage.client.conversations_members(channel=ours)["members"] == [ana, "U0BUSCALL"]


def test_a_direct_conversation_keeps_its_id(stage: Stage) -> None:
    ana, bo = stage.person("ana"), stage.person("bo")
    first = stage.client.conversations_open(users=ana)["channel"]["id"]
    assert stage.client.conversations_open(users=[ana])["channel"]["id"] == first
    assert first.startswith("D")
    group = stage.client.conversations_open(users=[ana, bo], return_im=True)["channel"]
    assert group["is_mpim"]
    assert error_of(lambda: stage.client.conversations_open(users="U0NOBODY")) == "user_not_found"


def test_outsiders_are_reached_only_over_a_shared_channel(stage: Stage) -> None:
    guest = stage.person("house", team_id="T0VENUE")
    assert error_of(lambda: stage.client.conversations_open(users=guest)) == "user_not_visible"
    here = stage.channel(guest)
    assert error_of(lambda: stage.client.conversations_open(users=guest)) == ""
    assert stage.client.conversations_info(channel=here)["channel"]["is_ext_shared"]


def test_channels_are_made_joined_filled_and_archived(stage: Stage) -> None:
    ana = stage.person("ana")
    made = stage.client.conversations_create(name=f"gig-{stage.clock.now():%f}-{next(stage.numbers)}")["channel"]
    stage.client.conversations_invite(channel=made["id"], users=[ana])
    stage.client.conversations_setTopic(channel=made["id"], topic="Paradiso")
    assert stage.client.conversations_info(channel=made["id"])["channel"]["topic"]["value"] == "Paradiso"
    again = stage.client.conversations_invite
    assert error_of(lambda: again(channel=made["id"], users=ana)) == "already_in_channel"
    assert error_of(lambda: stage.client.conversations_create(name=made["name"])) == "name_taken"
    assert error_of(lambda: stage.client.conversations_create(name="Big Show")) == "invalid_name_specials"
    stage.client.conversations_archive(channel=made["id"])
    assert error_of(lambda: stage.client.conversations_archive(channel=made["id"])) == "already_archived"
    outside = stage.channel(ana, with_bot=False)
    assert stage.client.conversations_join(channel=outside)["channel"]["is_member"]
    direct = stage.client.conversations_open(users=ana)["channel"]["id"]
    join = stage.client.conversations_join
    assert error_of(lambda: join(channel=direct)) == "method_not_supported_for_channel_type"


def test_people_have_the_offset_of_the_moment(stage: Stage) -> None:
    ana = stage.person("ana", tz="Europe/Lisbon", is_restricted=True)
    told = stage.client.users_info(user=ana)["user"]
    assert (told["tz"], told["tz_offset"], told["is_restricted"]) == ("Europe/Lisbon", 3600, True)
    assert stage.client.users_lookupByEmail(email=told["profile"]["email"])["user"]["id"] == ana
    assert error_of(lambda: stage.client.users_info(user="U0NOBODY")) == "user_not_found"
    assert error_of(lambda: stage.client.users_lookupByEmail(email="x@x")) == "users_not_found"
    assert ana in [user["id"] for user in stage.client.users_list()["members"]]
    stranger = stage.person("house", team_id="T0VENUE")
    assert "tz" not in stage.client.users_info(user=stranger)["user"]


def test_team_and_bot_tell_who_they_are(stage: Stage) -> None:
    assert stage.client.team_info()["team"]["id"] == "T0SANDBOX"
    assert stage.client.bots_info(bot="B0BUSCALL")["bot"]["user_id"] == "U0BUSCALL"
    assert error_of(lambda: stage.client.bots_info(bot="B0OTHER")) == "bot_not_found"


def test_a_reaction_is_there_once(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    ts = stage.sandbox.hands.say(ana, here, "in")
    stage.client.reactions_add(channel=here, timestamp=ts, name="eyes")
    add, remove = stage.client.reactions_add, stage.client.reactions_remove
    assert error_of(lambda: add(channel=here, timestamp=ts, name="eyes")) == "already_reacted"
    assert error_of(lambda: add(channel=here, timestamp=ts, name="not an emoji")) == "invalid_name"
    assert error_of(lambda: add(channel=here, timestamp="1.000001", name="eyes")) == "message_not_found"
    assert stage.sandbox.reactions(here, ts) == {"eyes": ["U0BUSCALL"]}
    remove(channel=here, timestamp=ts, name="eyes")
    assert error_of(lambda: remove(channel=here, timestamp=ts, name="eyes")) == "no_reaction"
    assert stage.sandbox.reactions(here, ts) == {}


def fetch(url: str, token: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return bytes(answer.read())


def test_a_dropped_file_is_fetched_with_the_token_and_only_with_it(stage: Stage) -> None:
    ana = stage.person("ana")
    here = stage.channel(ana)
    key = stage.sandbox.hands.drop_file(ana, here, "tour.csv", b"date,city\n")
    told = stage.client.files_info(file=key)["file"]
    assert (told["name"], told["size"], told["channels"]) == ("tour.csv", 10, [here])
    assert fetch(told["url_private"], "xoxb-sandbox") == b"date,city\n"
    assert fetch(told["url_private"], "wrong").startswith(b"<!DOCTYPE html>")
    hidden = stage.sandbox.hands.drop_file(ana, stage.channel(ana, with_bot=False), "x.csv", b"x")
    assert error_of(lambda: stage.client.files_info(file=hidden)) == "file_not_found"


@pytest.mark.parametrize("content", [b"%PDF-", b"x" * 100_000])
def test_an_upload_in_three_steps_is_shared(stage: Stage, content: bytes) -> None:
    here = stage.channel(stage.person("ana"))
    stage.client.files_upload_v2(channel=here, filename="sheet.pdf", content=content, initial_comment="Day sheet")
    message = stage.sandbox.messages(here)[-1]
    assert (message.text, message.subtype) == ("Day sheet", "file_share")
    assert stage.sandbox.workspace.files[message.files[0]].content == content
