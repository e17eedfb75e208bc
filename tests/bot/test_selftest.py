"""`selftest` tells what a workspace does, whatever its mood, and leaves nothing behind."""

from dataclasses import replace

import pytest

from bot import selftest
from bot.config import Settings
from bot.patience import USUAL
from bot.sandbox.faults import ClientMsgId, Trouble
from bot.sandbox.sandbox import Sandbox
from checklists.errors import Refusal
from storage.store import Store
from tests.bot.conftest import START
from tests.storage.built import NOW

TESS = "U0TESS"


@pytest.fixture
def quick(settings: Settings, sqlite_url: str) -> Settings:
    return replace(settings, patience=USUAL.scaled(0.05), database_url=sqlite_url)


def run(settings: Settings, channel: str = "", person: str = "") -> tuple[int, str]:
    said: list[str] = []
    code = selftest.test(settings, channel, person, START, said.append)
    assert all(len(line) <= 80 for each in said for line in each.splitlines())
    return code, " ".join(" ".join(said).split())


def left_in(slack: Sandbox) -> list[str]:
    messages = [message for here in slack.workspace.channels.values() for message in here.messages.values()]
    return [message.text for message in messages if "Buscall tests itself" in message.text and not message.deleted]


@pytest.mark.parametrize(
    ("mood", "told"),
    [
        (ClientMsgId.IGNORED, "ignored, posted twice"),
        (ClientMsgId.SAME_TS, "same stamp, posted once"),
        (ClientMsgId.ERROR, "error duplicate_message_not_found"),
    ],
)
def test_it_tells_what_a_repeated_client_msg_id_does(
    quick: Settings, slack: Sandbox, mood: ClientMsgId, told: str
) -> None:
    slack.faults.client_msg_id = mood
    code, said = run(quick, person=TESS)
    assert told in said
    assert code == 0
    assert "This workspace does all that Buscall relies on." in said
    assert left_in(slack) == []


def test_it_works_in_a_channel_too(quick: Settings, slack: Sandbox) -> None:
    code, said = run(quick, channel="C0WILDGOD")
    assert code == 0
    assert "found by its metadata" in said
    assert left_in(slack) == []


@pytest.mark.parametrize("trouble", [Trouble.CUT, Trouble.SERVER_ERROR, Trouble.GARBAGE])
def test_a_lost_answer_is_found_by_looking_and_tidied_up(quick: Settings, slack: Sandbox, trouble: Trouble) -> None:
    slack.faults.plan("chat.postMessage", trouble, accepted=True)
    code, said = run(quick, person=TESS)
    assert "no clear answer" in said
    assert "found by its metadata" in said
    assert code == 0
    assert left_in(slack) == []


def test_an_answer_lost_to_the_second_post_is_tidied_up_too(quick: Settings, slack: Sandbox) -> None:
    slack.faults.plan("chat.postMessage", Trouble.CUT, nth=2, accepted=True)
    code, _ = run(quick, person=TESS)
    assert code == 0
    assert left_in(slack) == []


def test_a_call_that_slack_holds_back_is_made_again(quick: Settings, slack: Sandbox) -> None:
    slack.faults.plan("reactions.add", Trouble.RATE_LIMITED, retry_after=1)
    code, said = run(quick, person=TESS)
    assert (code, "reacted" in said) == (0, True)


@pytest.mark.parametrize(
    ("method", "error", "step"),
    [
        ("chat.postMessage", "restricted_action", "not taken: restricted_action"),
        ("conversations.history", "missing_scope", "nobody lets us look (missing_scope)"),
        ("chat.update", "edit_window_closed", "not done: edit_window_closed"),
        ("reactions.add", "missing_scope", "not done: missing_scope"),
    ],
)
def test_what_does_not_work_is_told_and_the_rest_goes_on(
    quick: Settings, slack: Sandbox, method: str, error: str, step: str
) -> None:
    slack.faults.plan(method, Trouble.NAMED_ERROR, times=99, error=error)
    code, said = run(quick, person=TESS)
    assert step in said
    assert code == 1
    slack.faults.clear()
    assert left_in(slack) == []


def test_what_it_cannot_take_away_it_says(quick: Settings, slack: Sandbox) -> None:
    slack.faults.plan("chat.delete", Trouble.NAMED_ERROR, times=999, error="cant_delete_message")
    code, said = run(quick, person=TESS)
    assert "please do it by hand" in said
    assert code == 1


def test_a_slack_that_lets_one_look_a_minute_through_is_told_not_waited_for(quick: Settings, slack: Sandbox) -> None:
    slack.faults.history_of_strangers = True
    code, said = run(quick, person=TESS)
    assert "asked to wait" in said or "found by its metadata" in said
    assert left_in(slack) == []
    assert code in (0, 1)


def test_without_a_word_it_writes_to_the_first_tour_manager(quick: Settings, slack: Sandbox) -> None:
    with pytest.raises(Refusal, match="--person"):
        run(quick)
    store = Store.open(quick.database_url)
    store.connect("T0SANDBOX", "Sandbox", "UBOT", NOW)
    with store.begin("T0SANDBOX") as book:
        book.tours.open("Wild God", "C0WILDGOD", TESS, NOW)
    store.close()
    assert run(quick)[0] == 0


@pytest.mark.parametrize("person", ["U0NOBODY", "tess"])
def test_somebody_it_cannot_write_to_is_a_plain_no(quick: Settings, slack: Sandbox, person: str) -> None:
    with pytest.raises(Refusal, match=f"No direct message to {person}"):
        run(quick, person=person)


def test_without_a_network_it_says_so(quick: Settings, slack: Sandbox) -> None:
    with pytest.raises(Refusal, match="No direct message"):
        run(replace(quick, api_url="http://127.0.0.1:9/api/"), person=TESS)
