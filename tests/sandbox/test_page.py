"""The page by plain HTTP: what it shows, what it streams, what it does and refuses."""

import json
import re
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox import page_desk
from tests.sandbox.stage import Asked, Stage, actions, button, field_block, modal, option, plain
from tests.sandbox.visitor import Visitor

PAGE = page_desk.FILES
TEXTS = [file for file in sorted(PAGE.iterdir()) if file.suffix in page_desk.KINDS]
HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script> </script> &lt;b&gt; \u2028 \"'"
MARKUP_DOORS = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc")


@pytest.fixture
def visitor(stage: Stage) -> Visitor:
    stage.sandbox.show_page(title="A try", roles={"tess": "Tour manager"}, hints=[("/gig new", "opens a gig")])
    return Visitor(stage.sandbox)


@pytest.fixture
def room(stage: Stage) -> tuple[str, str]:
    """A person and the channel he is in."""
    who = stage.person("ana")
    return who, stage.channel(who)


def test_the_snapshot_has_people_places_messages_and_what_was_given(
    stage: Stage, visitor: Visitor, room: tuple[str, str]
) -> None:
    who, channel = room
    ts = stage.client.chat_postMessage(channel=channel, text="Hello")["ts"]
    seen = visitor.state()
    assert who in [person["id"] for person in seen["people"]]
    assert channel in [place["id"] for place in seen["channels"]]
    assert ("Hello", None) in [(m["text"], m["root"]) for m in seen["messages"] if m["ts"] == ts]
    assert seen["given"]["title"] == "A try"
    assert seen["given"]["hints"] == [["/gig new", "opens a gig"]]
    assert datetime.fromisoformat(seen["board"]["now"]) == stage.clock.now()


def test_a_post_is_streamed_at_once(stage: Stage, visitor: Visitor, room: tuple[str, str]) -> None:
    with visitor.stream(visitor.state()["seq"]) as stream:
        ts = stage.client.chat_postMessage(channel=room[1], text="Soon")["ts"]
        posted = stage.sandbox.posts(room[1])[-1].accepted
        came, message = stream.wait_for("messages", {"ts": ts})
        assert message["text"] == "Soon"
        assert came - posted < 0.5  # 100 ms on a machine with nothing else to do


def test_edits_deletions_and_reactions_are_streamed(stage: Stage, visitor: Visitor, room: tuple[str, str]) -> None:
    who, channel = room
    with visitor.stream(visitor.state()["seq"]) as stream:
        ts = visitor.do("say", who=who, channel=channel, text="in")["ts"]
        visitor.do("edit", who=who, channel=channel, ts=ts, text="out")
        stream.wait_for("messages", {"ts": ts, "text": "out", "edited": True})
        visitor.do("react", who=who, channel=channel, ts=ts, name="eyes")
        stream.wait_for("messages", {"ts": ts, "reactions": [["eyes", [who]]]})
        visitor.do("unreact", who=who, channel=channel, ts=ts, name="eyes")
        visitor.do("remove", who=who, channel=channel, ts=ts)
        stream.wait_for("messages", {"ts": ts, "deleted": True})


def test_a_command_answers_only_its_typist_and_is_refused_in_threads(
    stage: Stage, visitor: Visitor, room: tuple[str, str]
) -> None:
    who, channel = room
    stage.bot.on_command = lambda asked: asked.ack("only for you")
    with visitor.stream(visitor.state()["seq"]) as stream:
        assert visitor.do("command", who=who, channel=channel, text="/gig list")["ok"]
        stream.wait_for("messages", {"text": "only for you", "only": who})
    root = stage.client.chat_postMessage(channel=channel, text="root")["ts"]
    told = visitor.do("command", who=who, channel=channel, text="/gig list", thread=root)
    assert told == {"ok": False, "error": "/gig is not supported in threads. Sorry!"}


def test_private_answers_from_before_the_page_are_forgotten(stage: Stage, room: tuple[str, str]) -> None:
    who, channel = room
    stage.client.chat_postEphemeral(channel=channel, user=who, text="before the page")
    stage.sandbox.show_page()
    stage.client.chat_postEphemeral(channel=channel, user=who, text="since")
    texts = [message["text"] for message in Visitor(stage.sandbox).state()["messages"] if message["only"]]
    assert "since" in texts
    assert "before the page" not in texts


def test_pressing_and_choosing_reach_the_app(stage: Stage, visitor: Visitor, room: tuple[str, str]) -> None:
    who, channel = room
    menu = {"type": "static_select", "action_id": "menu", "options": [option("One", "1")], "placeholder": plain("?")}
    blocks = [actions(button("Go", "go", value="7"), menu)]
    ts = stage.client.chat_postMessage(channel=channel, text="x", blocks=blocks)["ts"]
    spot = {"who": who, "channel": channel, "ts": ts}
    assert visitor.do("press", **spot, control="go", value="7")["ok"]
    assert visitor.do("choose", **spot, control="menu", option=option("One", "1"))["ok"]
    pressed = [body["actions"][0] for body in stage.bot.bodies if body.get("type") == "block_actions"]
    assert [action["action_id"] for action in pressed] == ["go", "menu"]


def open_form(stage: Stage) -> None:
    def open_it(asked: Asked) -> object:
        text = {"type": "plain_text_input", "action_id": "a"}
        asked.client.views_open(trigger_id=asked.body["trigger_id"], view=modal(field_block("name", text)))
        return asked.ack()

    stage.bot.on_command = open_it
    stage.bot.on_view = lambda asked: asked.ack(response_action="errors", errors={"name": "Taken"})


def test_a_form_opens_shows_its_errors_at_the_field_and_closes(
    stage: Stage, visitor: Visitor, room: tuple[str, str]
) -> None:
    open_form(stage)
    view = visitor.do("command", who=room[0], channel=room[1], text="/gig new")["view"]
    assert [shown["id"] for shown in visitor.state()["views"] if shown["user"] == room[0]] == [view]
    assert visitor.do("submit", view=view, values={})["errors"]["name"].startswith("Please complete")
    assert visitor.do("submit", view=view, values={"name": "Nobody"})["errors"] == {"name": "Taken"}
    assert visitor.do("close", view=view)["ok"]
    assert view not in [shown["id"] for shown in visitor.state()["views"]]


def test_a_dropped_file_is_shared_and_twenty_megabytes_do_not_hurt(visitor: Visitor, room: tuple[str, str]) -> None:
    who, channel = room
    big = b"x" * 20_000_000
    assert visitor.drop(big, who=who, channel=channel, name="tour.csv")["ok"]
    file = next(m["files"][0] for m in visitor.state()["messages"] if m["channel"] == channel)
    assert (file["name"], file["size"]) == ("tour.csv", len(big))


def test_home_and_direct_conversations_open(visitor: Visitor, room: tuple[str, str]) -> None:
    assert visitor.do("home", who=room[0])["ok"]
    assert visitor.do("direct", who=room[0])["channel"].startswith("D")


def test_too_long_a_paste_is_refused_in_words(visitor: Visitor, room: tuple[str, str]) -> None:
    told = visitor.do("say", who=room[0], channel=room[1], text="x" * 40_001)
    assert "40,000" in told["error"]


@pytest.mark.parametrize(
    ("deed", "wish"),
    [
        ("fly", {}),
        ("say", {}),
        ("say", {"who": 7}),
        ("move", {"to": "soon"}),
        ("bad", {"day": "never"}),
        ("close", {"view": "V0"}),
    ],
)
def test_nonsense_is_refused_in_words(visitor: Visitor, deed: str, wish: dict[str, object]) -> None:
    told = visitor.do(deed, **wish)
    assert not told["ok"]
    assert told["error"].endswith(".")


def test_the_clock_is_moved_by_whom_it_belongs_to_and_never_twice_at_once(stage: Stage) -> None:
    begun, go = threading.Event(), threading.Event()
    asked: list[datetime] = []

    def move(to: datetime) -> None:
        asked.append(to)
        begun.set()
        assert go.wait(20)

    stage.sandbox.show_page(move=move, next_due=lambda: stage.clock.now(), status=lambda: [("Gigs", "1 red")])
    visitor, to = Visitor(stage.sandbox), stage.clock.now() + timedelta(hours=1)
    mover = threading.Thread(target=visitor.do, args=("move",), kwargs={"to": to.isoformat()})
    mover.start()
    assert begun.wait(20)
    board = visitor.state()["board"]
    assert visitor.do("move", to=to.isoformat())["error"] == "The clock is moving already."
    go.set()
    mover.join(5)
    assert asked == [to]
    assert (board["moving"], board["status"]) == (to.isoformat(), [["Gigs", "1 red"]])
    back = visitor.do("move", to=(stage.clock.now() - timedelta(minutes=1)).isoformat())
    assert back["error"] == "Time does not go back here."


def test_every_envelope_and_call_is_in_the_log_and_opens(stage: Stage, visitor: Visitor, room: tuple[str, str]) -> None:
    with visitor.stream(visitor.state()["seq"]) as stream:
        visitor.do("command", who=room[0], channel=room[1], text="/gig hello")
        _, line = stream.wait_for("log", {"name": "/gig hello", "state": "acked"})
        stage.client.conversations_setTopic(channel=room[1], topic="x")
        _, call = stream.wait_for("log", {"name": f"conversations.setTopic {room[1]}", "state": "ok"})
    assert line["ms"] < 3000
    assert visitor.get(f"/page/log/{line['key']}")["payload"]["text"] == "hello"
    assert visitor.get(f"/page/log/{call['key']}")["args"]["topic"] == "x"
    assert visitor.ask("GET", "/page/log/e99999999").status == 404
    assert visitor.ask("GET", "/page/log/nothing").status == 404


def test_bad_days_come_by_switch(stage: Stage, visitor: Visitor) -> None:
    visitor.do("bad", day="429")
    visitor.do("bad", day="twice")
    board = visitor.state()["board"]
    assert board["planned"] == ["chat.postMessage: rate_limited"]
    assert board["switches"]["twice"]
    visitor.do("bad", day="good")
    assert visitor.state()["board"]["planned"] == []
    assert not stage.sandbox.faults.deliver_events_twice


def test_hostile_text_is_told_as_text(visitor: Visitor, room: tuple[str, str]) -> None:
    who, channel = room
    visitor.do("say", who=who, channel=channel, text=HOSTILE)
    answer = visitor.ask("GET", "/page/state")
    assert answer.getheader("Content-Type", "").startswith("application/json")
    assert "script-src 'self'" in answer.getheader("Content-Security-Policy", "")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    written = next(m["text"] for m in visitor.state()["messages"] if m["channel"] == channel)
    assert "<" not in written
    assert "onerror" in written


def test_only_this_machine_s_own_page_is_answered(visitor: Visitor) -> None:
    wish = json.dumps({"who": "x"}).encode()
    assert visitor.ask("GET", "/page/state", Host="evil.example").status == 403
    kind = {"Content_Type": "application/json"}
    assert visitor.ask("POST", "/page/do/say", wish, Origin="https://evil.example", **kind).status == 403
    for simple in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert visitor.ask("POST", "/page/do/say", wish, Content_Type=simple).status == 403
    assert visitor.ask("POST", "/page/do/say", b"[1]", **kind).status == 200


def test_the_files_come_with_their_types_and_nothing_else_comes(visitor: Visitor) -> None:
    assert visitor.ask("GET", "/").getheader("Content-Type") == "text/html; charset=utf-8"
    for file in TEXTS:
        assert visitor.ask("GET", f"/page/{file.name}").status == 200, file.name
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page/server.py", "/page/", "/etc/passwd"):
        assert visitor.ask("GET", path).status == 404, path


def test_without_a_page_there_is_none(stage: Stage) -> None:
    stage.sandbox._door.page = None
    assert Visitor(stage.sandbox).ask("GET", "/").status == 404


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_the_page_loads_nothing_from_elsewhere_and_opens_no_door_to_markup(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    outside = set(re.findall(r"https?://[\w.-]+", text)) - {"http://www.w3.org"}
    assert outside == set()
    assert [door for door in MARKUP_DOORS if door in text] == []
    assert "@import" not in text
    if file.suffix in (".js", ".css", ".html"):
        assert len(text.splitlines()) <= 300


def test_a_new_page_lets_the_readers_of_the_old_one_go(stage: Stage, visitor: Visitor) -> None:
    with visitor.stream(0) as stream:
        stream.wait_for("people", {"name": "buscall"})
        stage.sandbox.show_page()
        assert stream.wait_for_end()
