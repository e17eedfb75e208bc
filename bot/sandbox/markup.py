"""Slack's markup: what typing turns into, who a message pings, how long text is cut."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

ADVISED_TEXT = 4_000
LONGEST_TEXT = 40_000

PING = re.compile(r"<(?:@([UW][A-Z0-9]+)|!(channel|here|everyone)|!subteam\^([A-Z0-9]+))(?:\|[^>]*)?>")
LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|]+[^\s<>|.,;:!?)]")
BROADCAST = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")


def escape(text: str) -> str:
    """Turn the three control characters into entities, as Slack does with what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_as_command(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """A slash command's text with should_escape: `@ana` becomes `<@U…|ana>`, `#tour` becomes `<#C…|tour>`.

    `people` and `channels` map names to ids; a private channel's name comes mapped to `C…|` by the caller.
    """
    text = LINK.sub(lambda found: f"<{found.group()}>", escape(text))
    text = _replace_names(text, "@", {name: f"<@{key}|{name}>" for name, key in people.items()})
    return _replace_names(text, "#", {name: f"<#{key}>" for name, key in channels.items()})


def write_as_message(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What a person types into a message, as the event carries it: `<@U…>`, `<!here>`, `<#C…|tour>`."""
    text = LINK.sub(lambda found: f"<{found.group()}>", escape(text))
    return link_names(text, people, channels)


def link_names(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Turn bare @names, #names and @here into real mentions, as `link_names` and `parse=full` do."""
    text = BROADCAST.sub(lambda found: f"<!{found.group(1)}>", text)
    text = _replace_names(text, "@", {name: f"<@{key}>" for name, key in people.items()})
    return _replace_names(text, "#", {name: f"<#{key}>" for name, key in channels.items()})


def _replace_names(text: str, sign: str, written: Mapping[str, str]) -> str:
    if not written:
        return text
    names = "|".join(re.escape(name) for name in sorted(written, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w<{sign}|]){sign}({names})(?![\w|])")
    return pattern.sub(lambda found: written[found.group(1)], text)


def mentions(text: str | None, blocks: Iterable[Any] | None = None) -> set[str]:
    """Who a message pings: user ids, `!channel`, `!here`, `!everyone`, `!subteam^S…`.

    Entities (`&lt;@U…&gt;`) and plain_text are inert; the fallback text counts too, for notifications read it.
    """
    pinged = _pings_of(text or "")
    for block in blocks or []:
        pinged |= _pings_within(block)
    return pinged


def _pings_of(text: str) -> set[str]:
    return {_name_ping(*found) for found in PING.findall(text)}


def _name_ping(user: str, broadcast: str, group: str) -> str:
    return user or (f"!{broadcast}" if broadcast else f"!subteam^{group}")


def _pings_within(thing: Any) -> set[str]:
    if isinstance(thing, list):
        return set().union(*(_pings_within(part) for part in thing)) if thing else set()
    if not isinstance(thing, dict):
        return set()
    if thing.get("type") in ("mrkdwn", "markdown"):
        return _pings_of(str(thing.get("text", "")))
    return _rich_ping(thing) | _pings_within(list(thing.values()))


def _rich_ping(thing: Mapping[str, Any]) -> set[str]:
    match thing.get("type"):
        case "user" if "user_id" in thing:
            return {str(thing["user_id"])}
        case "broadcast":
            return {f"!{thing.get('range')}"}
        case "usergroup":
            return {f"!subteam^{thing.get('usergroup_id')}"}
    return set()


def split(text: str) -> list[str]:
    """Cut text for a message without blocks: at most 40,000 characters, in pieces of at most 4,000."""
    text = text[:LONGEST_TEXT]
    pieces = []
    while len(text) > ADVISED_TEXT:
        cut = _find_cut(text)
        pieces.append(text[:cut])
        text = text[cut:].lstrip()
    return [*pieces, text] if text or not pieces else pieces


def _find_cut(text: str) -> int:
    for mark in ("\n", " "):
        at = text.rfind(mark, 1, ADVISED_TEXT)
        if at > 0:
            return at
    return ADVISED_TEXT
