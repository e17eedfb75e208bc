"""The fake Slack from outside: its faults by remote control, and a ledger that outlives it."""

from http.client import RemoteDisconnected
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.faults import Trouble
from tests.faults.kept import read_ledger
from tests.faults.town import Town
from tests.faults.weather import ODD, WAYS, ways

KEY = {"event_type": "buscall_ask", "event_payload": {"key": "k1"}}


def test_what_it_took_is_on_disk_when_it_dies(tmp_path: Path) -> None:
    with Town(tmp_path) as town:
        house = town.open(people=2)
        client = WebClient(house.cast.bot_token, base_url=house.cast.url, retry_handlers=[])
        kept = client.chat_postMessage(channel=house.cast.channels[0], text="one", metadata=KEY)
        gone = client.chat_postMessage(channel=house.cast.directs[1], text="two", metadata=KEY)
        client.chat_delete(channel=house.cast.directs[1], ts=str(gone["ts"]))
    ledger = read_ledger(Path(house.cast.ledger))
    assert [(post.key, post.kind, post.channel, post.ts, post.deleted) for post in ledger] == [
        ("k1", "ask", house.cast.channels[0], kept["ts"], False),
        ("k1", "ask", house.cast.directs[1], gone["ts"], True),
    ]


def test_faults_by_remote_control(town: Town) -> None:
    house = town.open(people=1)
    client = WebClient(house.cast.bot_token, base_url=house.cast.url, retry_handlers=[])
    house.do("plan", method="chat.postMessage", trouble="named_error", error="fatal_error", accepted=True)
    with pytest.raises(SlackApiError, match="fatal_error"):
        client.chat_postMessage(channel=house.cast.directs[0], text="x")
    house.do("gamble", seed="1", share=1.0, factor=0.1, only=["closed after accept"])
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=house.cast.directs[0], text="y")
    house.do("clear")
    client.chat_postMessage(channel=house.cast.directs[0], text="z")
    assert len(read_ledger(Path(house.cast.ledger))) == 3
    assert house.do("count")["calls"]["chat.postMessage"] == 3
    with pytest.raises(RuntimeError, match="KeyError"):
        house.do("dance")
    house.do("close")


def test_it_goes_down_and_comes_back_at_the_same_address(town: Town) -> None:
    house = town.open(people=1)
    client = WebClient(house.cast.bot_token, base_url=house.cast.url, retry_handlers=[])
    house.do("down")
    with pytest.raises(OSError, match="refused"):
        client.auth_test()
    house.do("up")
    assert client.auth_test()["ok"]
    house.do("close")


def test_the_weather_has_every_way_in_which_nobody_can_tell() -> None:
    assert len(WAYS) >= 8
    assert {way.trouble for way in [*WAYS.values(), *ODD.values()]} == set(Trouble) - {Trouble.DELAY}
    (late,) = ways(0.1, ["late accept"])
    assert late.seconds == pytest.approx(0.8)
