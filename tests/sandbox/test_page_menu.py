"""What an app offers in a message's own menu, as the page's door tells and does it."""

from tests.sandbox.stage import Stage
from tests.sandbox.visitor import Visitor

OFFER = {"name": "Why me?", "type": "message", "callback_id": "why"}


def test_the_page_knows_the_menu_and_chooses_in_it(stage: Stage) -> None:
    stage.sandbox.install({"features": {"shortcuts": [OFFER, {**OFFER, "type": "global", "callback_id": "all"}]}})
    stage.sandbox.show_page()
    visitor, who = Visitor(stage.sandbox), stage.person("ana")
    channel = stage.channel(who)
    ts = stage.client.chat_postMessage(channel=channel, text="Hello")["ts"]
    assert visitor.state()["given"]["shortcuts"] == [["why", "Why me?"]]
    stage.bot.on_action = lambda asked: (asked.ack(), asked.respond("Because"))
    assert visitor.do("shortcut", who=who, channel=channel, ts=ts, name="why")["ok"]
    assert stage.sandbox.ledger.ephemerals(user=who)[-1].text == "Because"
    assert "No app offers" in visitor.do("shortcut", who=who, channel=channel, ts=ts, name="what")["error"]
