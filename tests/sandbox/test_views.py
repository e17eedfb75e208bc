"""Modals and home tabs: opened with a trigger, filled in by hand, answered by the app."""

import threading

import pytest

from bot.sandbox.forms import REQUIRED, TROUBLE
from bot.sandbox.ledger import Kind
from bot.sandbox.records import View
from bot.sandbox.workspace import RefusedError
from tests.sandbox.stage import (
    Asked,
    Bot,
    Json,
    Stage,
    acknowledge,
    actions,
    button,
    error_of,
    field_block,
    modal,
    option,
    section,
    stay_silent,
)

TEXT = {"type": "plain_text_input", "action_id": "text"}
DAY = {"type": "static_select", "action_id": "day", "options": [option("Friday", "fri"), option("Sunday", "sun")]}
FORM = modal(field_block("name", TEXT), field_block("day", DAY, optional=True), callback_id="gig", private_metadata="7")


@pytest.fixture
def ana(stage: Stage) -> str:
    return stage.person("ana")


def open_form(stage: Stage, user: str, form: Json = FORM) -> View:
    """Type a command that opens a form; gives the form."""

    def show(asked: Asked) -> None:
        asked.client.views_open(trigger_id=asked.body["trigger_id"], view=form)
        asked.ack()

    stage.bot.on_command = show
    answer = stage.sandbox.hands.command(user, stage.channel(user), "/gig form")
    assert answer.view is not None
    return answer.view


def ask_trigger(stage: Stage, user: str) -> str:
    stage.bot.on_command = acknowledge
    stage.sandbox.hands.command(user, stage.channel(user), "/gig")
    return str(stage.bot.bodies[-1]["trigger_id"])


def test_a_form_opens_and_its_values_come_in(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    done = stage.sandbox.hands.submit(form.id, {"name": "Paradiso", "Day": "Friday"})
    assert done.ok
    view = stage.bot.bodies[-1]["view"]
    assert view["state"]["values"]["name"]["text"] == {"type": "plain_text_input", "value": "Paradiso"}
    assert view["state"]["values"]["day"]["day"]["selected_option"]["value"] == "fri"
    assert (view["callback_id"], view["private_metadata"], view["type"]) == ("gig", "7", "modal")
    assert stage.sandbox.open_views(ana) == []
    kinds = [line.kind for line in stage.sandbox.ledger.entries(user=ana)]
    assert kinds[-3:] == [Kind.VIEW_OPENED, Kind.SUBMITTED, Kind.VIEW_CLOSED]


def test_a_required_field_is_asked_for_before_the_app_hears_of_it(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    heard = len(stage.bot.bodies)
    assert stage.sandbox.hands.submit(form.id, {}).errors == {"name": REQUIRED}
    assert len(stage.bot.bodies) == heard
    with pytest.raises(RefusedError, match="no option"):
        stage.sandbox.hands.submit(form.id, {"day": "Monday"})
    with pytest.raises(RefusedError, match="no 'colour'"):
        stage.sandbox.hands.submit(form.id, {"colour": "red"})


def test_errors_keep_the_form_open_and_must_name_input_blocks(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    stage.bot.on_view = lambda asked: asked.ack(response_action="errors", errors={"name": "Too loud"})
    assert stage.sandbox.hands.submit(form.id, {"name": "x"}).errors == {"name": "Too loud"}
    stage.bot.on_view = lambda asked: asked.ack(response_action="errors", errors={"nowhere": "?"})
    assert stage.sandbox.hands.submit(form.id, {"name": "x"}).error == TROUBLE
    assert stage.sandbox.ledger.errors()[-1].name == "invalid_response_errors"
    assert [view.id for view in stage.sandbox.open_views(ana)] == [form.id]


def test_a_form_can_be_replaced_stacked_three_deep_and_cleared(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    hands = stage.sandbox.hands
    stage.bot.on_view = lambda asked: asked.ack(response_action="update", view=modal(section("Sure?")))
    assert hands.submit(form.id, {"name": "x"}).view is form
    stage.bot.on_view = lambda asked: asked.ack(response_action="push", view=modal(section("More")))
    second = hands.submit(form.id, {}).view
    assert second is not None
    assert second.previous_id == form.id
    third = hands.submit(second.id, {}).view
    assert third is not None
    assert hands.submit(third.id, {}).error == TROUBLE
    assert stage.sandbox.ledger.errors()[-1].name == "push_limit_reached"
    with pytest.raises(RefusedError, match="on top"):
        hands.submit(form.id, {})
    stage.bot.on_view = lambda asked: asked.ack(response_action="clear")
    assert hands.submit(third.id, {}).view is None
    assert stage.sandbox.open_views(ana) == []


def test_an_unanswered_form_stays_with_slacks_words(impatient: Stage, ana: str) -> None:
    form = open_form(impatient, ana)
    impatient.bot.on_view = stay_silent
    done = impatient.sandbox.hands.submit(form.id, {"name": "x"})
    assert (done.timeout, done.error, done.view) == (True, TROUBLE, form)


def test_a_trigger_works_once(stage: Stage, ana: str) -> None:
    trigger = ask_trigger(stage, ana)
    open_view = stage.client.views_open
    assert error_of(lambda: open_view(trigger_id=trigger, view={"type": "modal"})) == "invalid_arguments"
    assert error_of(lambda: open_view(trigger_id=trigger, view=FORM)) == ""
    assert error_of(lambda: open_view(trigger_id=trigger, view=FORM)) == "exchanged_trigger_id"
    assert error_of(lambda: open_view(trigger_id="made up", view=FORM)) == "invalid_trigger_id"


def test_a_trigger_expires_in_real_time(stage: Stage, ana: str) -> None:
    trigger = ask_trigger(stage, ana)
    stage.sandbox.trigger_seconds = 0.0
    assert error_of(lambda: stage.client.views_open(trigger_id=trigger, view=FORM)) == "expired_trigger_id"


def test_a_hash_guards_against_races(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    old = form.hash
    stage.client.views_update(view_id=form.id, hash=old, view=modal(section("one")))
    update = stage.client.views_update
    assert error_of(lambda: update(view_id=form.id, hash=old, view=modal(section("two")))) == "hash_conflict"
    assert error_of(lambda: update(view_id="V0NONE", view=modal(section()))) == "not_found"
    assert form.body["blocks"][0]["text"]["text"] == "one"


def test_an_external_id_is_unique_and_finds_its_view(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana, modal(section(), external_id=f"gig-{ana}"))
    trigger = ask_trigger(stage, ana)
    twin = modal(section(), external_id=f"gig-{ana}")
    open_view = stage.client.views_open
    assert error_of(lambda: open_view(trigger_id=trigger, view=twin)) == "duplicate_external_ids"
    stage.client.views_update(external_id=f"gig-{ana}", view=modal(section("found")))
    assert form.body["blocks"][0]["text"]["text"] == "found"


def test_breaches_in_a_view_are_named_with_their_pointer(stage: Stage, ana: str) -> None:
    trigger = ask_trigger(stage, ana)
    bad = modal(section(), private_metadata="x" * 3001)
    assert error_of(lambda: stage.client.views_open(trigger_id=trigger, view=bad)) == "invalid_arguments"
    problems = stage.sandbox.ledger.errors()[-1].detail["problems"]
    assert problems[0]["pointer"] == "/view/private_metadata"


def test_opening_the_home_tab_lets_the_app_publish_it(stage: Stage, ana: str) -> None:
    home: Json = {"type": "home", "blocks": [actions(button("Refresh", "again", value="1"))]}

    def publish(asked: Asked) -> None:
        asked.client.views_publish(user_id=asked.body["event"]["user"], view=home)
        asked.ack()

    stage.bot.on_event = publish
    view = stage.sandbox.hands.open_home(ana)
    assert view is not None
    assert view is stage.sandbox.home(ana)
    stage.sandbox.hands.press_in_view(view.id, "Refresh")
    pressed = stage.bot.bodies[-1]
    assert pressed["container"] == {"type": "view", "view_id": view.id}
    assert (pressed["actions"][0]["value"], pressed["view"]["type"]) == ("1", "home")
    publish_home = stage.client.views_publish
    assert error_of(lambda: publish_home(user_id=ana, hash="old", view=home)) == "hash_conflict"


def test_an_external_select_is_asked_for_options(stage: Stage, ana: str) -> None:
    city = {"type": "external_select", "action_id": "city", "min_query_length": 2}
    form = open_form(stage, ana, modal(field_block("city", city)))
    offered = [option("Lisbon", "2267057")]
    stage.bot.on_options = lambda asked: asked.ack(options=offered)
    assert stage.sandbox.hands.suggest(form.id, "city", "l") == []
    assert stage.sandbox.hands.suggest(form.id, "city", "lis") == offered
    asked = stage.bot.bodies[-1]
    assert (asked["type"], asked["value"], asked["block_id"]) == ("block_suggestion", "lis", "city")
    stage.sandbox.hands.submit(form.id, {"city": "Lisbon"})
    chosen = stage.bot.bodies[-1]["view"]["state"]["values"]["city"]["city"]["selected_option"]
    assert chosen["value"] == "2267057"


def test_options_slack_would_refuse_are_not_offered(stage: Stage, ana: str) -> None:
    city = {"type": "external_select", "action_id": "city", "min_query_length": 0}
    form = open_form(stage, ana, modal(field_block("city", city)))
    stage.bot.on_options = lambda asked: asked.ack(options=[option("x" * 76, "v")])
    assert stage.sandbox.hands.suggest(form.id, "city", "lis") == []
    assert stage.sandbox.ledger.errors()[-1].name == "invalid_options"


def test_pickers_people_and_checkboxes_hold_what_was_chosen(stage: Stage, ana: str) -> None:
    form = open_form(
        stage,
        ana,
        modal(
            field_block("date", {"type": "datepicker", "initial_date": "2026-08-01"}),
            field_block("time", {"type": "timepicker"}),
            field_block("who", {"type": "users_select"}),
            field_block("days", {**DAY, "type": "checkboxes"}),
        ),
    )
    stage.sandbox.hands.submit(form.id, {"time": "19:00", "who": ana, "days": ["Friday", "sun"]})
    values = stage.bot.bodies[-1]["view"]["state"]["values"]
    held = {block: next(iter(value.values())) for block, value in values.items()}
    assert held["date"]["selected_date"] == "2026-08-01"
    assert held["time"]["selected_time"] == "19:00"
    assert held["who"]["selected_user"] == ana
    assert [chosen["value"] for chosen in held["days"]["selected_options"]] == ["fri", "sun"]
    with pytest.raises(RefusedError, match="not open"):
        stage.sandbox.hands.submit(form.id, {})


def test_closing_a_form_tells_the_app_only_when_it_asked(stage: Stage, ana: str) -> None:
    stage.sandbox.hands.close(open_form(stage, ana).id)
    assert stage.bot.bodies[-1].get("type") != "view_closed"
    stage.sandbox.hands.close(open_form(stage, ana, {**FORM, "notify_on_close": True}).id)
    assert stage.bot.bodies[-1]["type"] == "view_closed"


def test_a_second_submit_while_the_first_waits_reaches_the_app_too(stage: Stage, ana: str) -> None:
    form = open_form(stage, ana)
    gate = threading.Event()
    stage.bot.on_view = lambda asked: (gate.wait(2), asked.ack())
    first = threading.Thread(target=stage.sandbox.hands.submit, args=(form.id, {"name": "x"}))
    first.start()
    assert stage.sandbox.wait_until(lambda: len(views_of(stage.bot)) == 1, 20)
    second = threading.Thread(target=stage.sandbox.hands.submit, args=(form.id, {"name": "x"}))
    second.start()
    assert stage.sandbox.wait_until(lambda: len(views_of(stage.bot)) == 2, 20)
    gate.set()
    first.join()
    second.join()
    assert {view["id"] for view in views_of(stage.bot)} == {form.id}


def views_of(bot: Bot) -> list[Json]:
    return [body["view"] for body in bot.bodies if body.get("type") == "view_submission"]
