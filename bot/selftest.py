"""`selftest`: does this workspace do what we rely on? Posts, looks back, edits, reacts, posts again, tidies up.

Every call goes over the courier's own line; what Slack does not answer clearly is looked for, as the courier does.
"""

import logging
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.config import Settings
from bot.corner import Corner
from bot.log import one_line, start_logging
from bot.outcomes import Outcome, Result
from bot.wire import Client
from checklists.errors import Refusal
from storage.store import Store

WORDS = "Buscall tests itself. This message goes away in a moment."
EDITED = "Buscall tests itself, edited. This message goes away in a moment."
REACTION = "white_check_mark"
WIDTH = 80
SAY_WHERE = "Say where to post: `--person U...` (a member's id) or `--channel C...` (a channel the bot is in)."
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: what was done, in how many seconds, and what came of it."""

    name: str
    seconds: float
    is_well: bool
    verdict: str


def test(settings: Settings, channel: str, person: str, now: datetime, say: Say) -> int:
    """Runs every step and prints the table; gives the exit code. Raises Refusal when it cannot begin."""
    start_logging(logging.CRITICAL)
    client = Client(settings, settings.bot_token, settings.patience.deadline)
    entering = Corner(client, channel, settings.patience, now)
    where = channel or _open_direct(entering, person or _first_lead(settings))
    say(f"Self-test in {where}. Each message of it is deleted again.")
    corner = Corner(client, where, settings.patience, now)
    steps = run(corner)
    for step in steps:
        say(told(step))
    wrong = sum(not step.is_well for step in steps)
    say(f"{wrong} of {len(steps)} need a look." if wrong else "This workspace does all that Buscall relies on.")
    return 1 if wrong else 0


def _open_direct(corner: Corner, person: str) -> str:
    outcome, _ = corner.attempt(lambda: corner.client.conversations_open(users=person))
    if outcome.result is not Result.DONE:
        raise Refusal(f"No direct message to {person}: {one_line(outcome.error)}. {SAY_WHERE}")
    return outcome.channel


def _first_lead(settings: Settings) -> str:
    """The tour manager of the first tour in the book."""
    store = Store.open(settings.database_url)
    try:
        for team in store.teams() if store.revision() else []:
            with store.read(team) as book:
                if lead := next((tour.lead for tour in book.tours.all() if tour.lead), ""):
                    return lead
    finally:
        store.close()
    raise Refusal(f"There is no tour manager yet whom I could write to. {SAY_WHERE}")


def run(corner: Corner) -> list[Step]:
    """Every step, and the tidying up whatever came before it."""
    steps: list[Step] = []
    try:
        ts = _post(corner, steps)
        if ts:
            _edit(corner, ts, steps)
            _react(corner, ts, steps)
            _repeat(corner, ts, steps)
    finally:
        steps.append(_tidy(corner))
    return steps


def _post(corner: Corner, steps: list[Step]) -> str:
    outcome, seconds = corner.post(WORDS)
    if outcome.result is Result.DONE:
        steps.append(Step("post", seconds, True, "posted"))
    elif outcome.result is Result.UNCLEAR:
        steps.append(Step("post", seconds, True, f"no clear answer ({outcome.error}): looked for instead"))
    else:
        steps.append(Step("post", seconds, False, f"not taken: {outcome.error}"))
        return ""
    return _look_back(corner, outcome, steps)


def _look_back(corner: Corner, outcome: Outcome, steps: list[Step]) -> str:
    begun = time.monotonic()
    found = corner.look(bool)
    seconds = time.monotonic() - begun
    if found is None:
        told = f"nobody lets us look ({corner.blind}): a lost answer would be asked of a person"
    elif not found:
        told = "not found: a lost answer would stay unknown, and be asked of a person"
    elif outcome.ts and outcome.ts not in found:
        told = "found under another stamp than it was given"
    else:
        told = "found by its metadata: a lost answer can be settled"
    is_well = bool(found) and (not outcome.ts or outcome.ts in (found or {}))
    steps.append(Step("look back", seconds, is_well, told))
    return outcome.ts or min(found or {}, default="")


def _edit(corner: Corner, ts: str, steps: list[Step]) -> None:
    outcome, seconds = corner.edit(ts, EDITED)
    if outcome.result is not Result.DONE:
        steps.append(Step("edit", seconds, False, f"not done: {outcome.error}"))
        return
    found = corner.look(lambda seen: seen.get(ts) == EDITED)
    kept = found is not None and found.get(ts) == EDITED
    steps.append(Step("edit", seconds, True, "edited, and found again as edited" if kept else "edited"))


def _react(corner: Corner, ts: str, steps: list[Step]) -> None:
    outcome, seconds = corner.react(ts, REACTION)
    is_well = outcome.result is Result.DONE
    steps.append(Step("react", seconds, is_well, "reacted" if is_well else f"not done: {outcome.error}"))


def _repeat(corner: Corner, ts: str, steps: list[Step]) -> None:
    """The same client_msg_id once more: whatever Slack does with it, the courier can live with."""
    outcome, seconds = corner.post(WORDS)
    if outcome.result is Result.DONE:
        what = "same stamp, posted once" if outcome.ts == ts else "ignored, posted twice"
    else:
        what = f"error {outcome.error}"
    steps.append(Step("post again", seconds, True, f"client_msg_id used twice: {what}"))


def _tidy(corner: Corner) -> Step:
    begun = time.monotonic()
    wrong = corner.tidy()
    return Step("tidy up", time.monotonic() - begun, not wrong, wrong or "nothing is left behind")


def told(step: Step) -> str:
    """A row of the table, for a narrow screen."""
    head = f"{'ok' if step.is_well else 'LOOK':<6}{step.name:<11}{step.seconds * 1000:>7,.0f} ms  "
    words = one_line(step.verdict)
    return textwrap.fill(words, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
