"""A book with a row in most tables, and looking at all of a store at once."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from checklists.letters import Letter
from storage.outbox import Room
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_call, a_card, a_cue, a_gig, after, connect, new_item, post, say_ask


def fill(url: str) -> None:
    """A gig with its card, a call, an item, a cue, a journal line, and a delivery in each state."""
    store = Store.open(url)
    connect(store)
    with store.begin(TEAM) as book:
        gig = a_gig(book)
        a_call(book, gig)
        a_card(book, gig)
        book.items.add_many(gig.id, [new_item()])
        book.cues.add(a_cue(gig), NOW)
        book.journal.write(NOW, "UTESS", "opened", gig_id=gig.id, after="“Łódź” \u2028 'quoted'")
        book.inbox.claim("key", NOW)
        book.questions.ask("UTESS", "new", "words", "C1", {"city": "Paris, Texas"}, NOW)
        for number, state in enumerate(("pending", "sending", "sent", "unknown", "verified", "failed"), start=1):
            one = say_ask(book, gig, f"{state}:{number}")
            _bring(book, one, state)
        book.outbox.say(Letter.DIGEST, Room.DM, "digest", NOW, person="UANA", not_before=after(60), subject={"n": 1.5})
    store.close()


def _bring(book: Any, one: int, state: str) -> None:
    if state == "pending":
        return
    if state in ("sent", "verified"):
        post(book, one, f"20{one}.1")
    else:
        book.outbox.start(one, "boot", "C1", "{}", "h", NOW)
    match state:
        case "verified":
            book.looks.verified(book.outbox.get(one), NOW)
        case "unknown":
            book.outbox.unknown(one, "cut", NOW, NOW)
        case "failed":
            book.outbox.fail(one, "is_archived", NOW)


def lines_of(path: Path) -> list[Any]:
    """What a backup says, line by line."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def write_lines(path: Path, lines: list[bytes]) -> None:
    """A file of such lines."""
    path.write_bytes(gzip.compress(b"".join(lines)))


LATER = NOW + timedelta(days=3)
