"""Every block and element the page must draw, and words that would like to be markup."""

from typing import Any

from tests.sandbox.stage import actions, button, field_block, modal, option, plain, section

Json = dict[str, Any]
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>&lt;b&gt;"
CSV = b"date,city,country,venue\n"


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def chooser(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": kind, **more}


OPTIONS = [option("First", "1"), option("Second", "2")]
LONG = option("Power: amps, phases, plugs, where; audio and lights apart; electrician", "3")
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It *cannot* be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}


def message_blocks() -> list[Json]:
    """One message with everything that may stand in one."""
    words = (
        "*Bold* _slanted_ ~gone~ `code` <https://example.com|a link> &amp; &lt;tag&gt; <@U0TESS> :tada:\n&gt; quoted"
    )
    return [
        {"type": "header", "text": plain("A header")},
        section(words, accessory=chooser("overflow", options=OPTIONS)),
        section("<!date^1795366200^{date_short_pretty} at {time}|22 Nov 2026 16:50 UTC>"),
        {"type": "section", "fields": [mrkdwn("*Left*\n1"), mrkdwn("*Right*\n2")]},
        {"type": "context", "elements": [mrkdwn("small words"), picture()]},
        {"type": "divider"},
        actions(button("Go", "go", style="primary"), button("Stop", "stop", style="danger", confirm=CONFIRM)),
        actions(chooser("static_select", options=[*OPTIONS, LONG]), chooser("users_select"), chooser("datepicker")),
        actions(chooser("timepicker", timezone="Europe/Lisbon"), chooser("radio_buttons", options=OPTIONS)),
        actions(chooser("external_select", min_query_length=1), chooser("checkboxes", options=OPTIONS)),
        {**picture(), "title": plain("A picture")},
        rich_text(),
        {"type": "table", "rows": [[cell("Who"), cell("When")], [cell("Ana"), cell("14:00")]]},
        actions(chooser("conversations_select"), chooser("channels_select"), chooser("datetimepicker")),
        section("Many", accessory=chooser("multi_static_select", options=OPTIONS)),
        section("Many people", accessory=chooser("multi_users_select")),
        section("A picture beside", accessory={key: picture()[key] for key in ("type", "image_url", "alt_text")}),
        {"type": "markdown", "text": "**as it was written**"},
        {"type": "actions", "elements": [button("A workflow", "flow") | {"type": "workflow_button"}]},
        {
            "type": "video",
            "title": plain("Load-in"),
            "video_url": "https://example.com/v",
            "thumbnail_url": "https://example.com/t.png",
            "alt_text": "how to find the ramp",
        },
    ]


INPUTS: dict[str, Json] = {
    "plain_text_input": {"max_length": 80},
    "datepicker": {"initial_date": "2026-12-12"},
    "timepicker": {"initial_time": "19:00", "timezone": "Europe/Lisbon"},
    "datetimepicker": {},
    "external_select": {"min_query_length": 1},
    "multi_external_select": {"min_query_length": 1},
    "static_select": {"options": OPTIONS},
    "multi_static_select": {"options": OPTIONS},
    "users_select": {},
    "multi_users_select": {},
    "conversations_select": {},
    "multi_conversations_select": {},
    "channels_select": {},
    "multi_channels_select": {},
    "checkboxes": {"options": OPTIONS},
    "radio_buttons": {"options": OPTIONS},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "file_input": {"max_files": 2},
    "rich_text_input": {},
}


def inputs() -> Json:
    """A modal with every input there is; the first must be filled in."""
    fields = [
        field_block(kind, {"type": kind, "action_id": "a", **facts}, optional=kind != "plain_text_input")
        for kind, facts in INPUTS.items()
    ]
    warning = {"type": "alert", "text": plain("The venue has not answered.")}
    return modal(warning, section("Times are in *Lisbon* time (WET)."), *fields, title=plain("Everything"))


def home() -> Json:
    """The app's home, with what may stand there."""
    return {"type": "home", "blocks": [block for block in message_blocks() if block["type"] != "markdown"][:10]}


def kinds(part: Any) -> set[str]:
    """Every type in blocks, their elements included."""
    if isinstance(part, list):
        return set().union(*map(kinds, part))
    if not isinstance(part, dict):
        return set()
    own = {str(part["type"])} if isinstance(part.get("type"), str) else set()
    return own.union(*map(kinds, part.values()))


def picture() -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "the stage plot"}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def rich_text() -> Json:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}]}
    rows = {"type": "rich_text_list", "style": "bullet", "elements": [line, line]}
    return {"type": "rich_text", "elements": [line, rows]}


def form() -> Json:
    """A modal with every input."""
    elements: dict[str, Json] = {
        "name": {"type": "plain_text_input", "action_id": "a", "max_length": 80},
        "notes": {"type": "plain_text_input", "action_id": "a", "multiline": True},
        "day": {"type": "datepicker", "action_id": "a", "initial_date": "2026-12-12"},
        "doors": {"type": "timepicker", "action_id": "a", "initial_time": "19:00", "timezone": "Europe/Lisbon"},
        "venue": {"type": "external_select", "action_id": "a", "min_query_length": 1},
        "boss": {"type": "users_select", "action_id": "a"},
        "kind": {"type": "static_select", "action_id": "a", "options": OPTIONS},
        "parts": {"type": "checkboxes", "action_id": "a", "options": OPTIONS},
        "size": {"type": "radio_buttons", "action_id": "a", "options": OPTIONS},
    }
    optional = ("notes", "boss", "kind", "parts", "size", "venue")
    blocks = [field_block(name, element, optional=name in optional) for name, element in elements.items()]
    return modal(section("Times are in *Lisbon* time (WET)."), *blocks, title=plain("A new gig"))
