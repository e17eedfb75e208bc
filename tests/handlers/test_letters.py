"""Every letter of the list, every form, the home tab and every private answer, for a hostile gig.

Names of 300 characters full of markup, sixty crew, two hundred items. A new letter, form or verb is covered by itself.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.sandbox.limits import check_message, check_view, is_too_long
from bot.sandbox.markup import mentions
from checklists.crew import AnsweredBy, CallState, Person, Position, Role
from checklists.cues import Cue, CueKind, CueState
from checklists.dues import due_when
from checklists.gig import Gig, GigState
from checklists.kit import Line
from checklists.ladder import OfferState
from checklists.letters import Letter
from checklists.library import stock
from checklists.rentals import Rental
from checklists.walls import Wall
from handlers import routes, verbs
from handlers.asked import Asked, Reply
from handlers.cards.board import CALLS_A_PAGE, GIGS_A_PAGE, TOURS_A_PAGE
from handlers.cards.forms import View, call_form, item_form, new_form, times_form
from handlers.cards.ids import Action, Form
from handlers.opening import open_gigs, open_tour
from handlers.upkeep import picture
from storage.book import Book
from storage.gigs import NewGig
from storage.items import NewItem
from storage.outbox import Delivery, Op, Room
from storage.store import Store
from tests.handlers.pictures import HOSTILE

TEAM, CHANNEL, LEAD = "T0HOSTILE", "C0HOSTILE", "U0TESS"
NOW = datetime(2026, 10, 25, 12, tzinfo=UTC)
EDITED_MOST = 4_000
PEOPLE = [f"U0{n:03}" for n in range(60)]
STATES = (CallState.CALLED, CallState.CONFIRMED, CallState.DECLINED, CallState.MAYBE, CallState.NO_SHOW)
WORDS = re.compile(r"[^\W_]")
SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
PRIVATE = (
    "list", "show #1", "ready #1", "check #1", "check #1 va.power", "help", "fact #1", "call #1", "new", "times #1",
    "standins #1", "standins #1 WARDROBE", "standins all", "deputy", "hours #1", "licence <@U0001>", "kit", "kit #1",
    "venue #1", "venue need",
)  # fmt: skip
ALL_BLOCKS = ("section", "header", "context")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("hostile") / "book.db"
    opened = Store.open(f"sqlite:///{path}")
    opened.upgrade()
    opened.connect(TEAM, "Hostile", "U0BUSCALL", NOW)
    with opened.begin(TEAM) as book:
        _fill(book)
    with closing(sqlite3.connect(path)) as second, second:
        second.execute("UPDATE deliveries SET state = 'asked'")  # nobody can tell whether they arrived
    yield opened
    opened.close()


def _fill(book: Book) -> None:
    made = NOW - timedelta(days=60)
    tour = open_tour(book, HOSTILE[:300], CHANNEL, LEAD, made)
    for person in [*PEOPLE, LEAD]:
        book.people.learn(Person(person, HOSTILE[:80], "Europe/Lisbon", is_known=True, is_outsider=False), made)
    nights = [_night(n) for n in range(GIGS_A_PAGE * 2 + 1)]
    gigs = open_gigs(book, tour, nights, LEAD, made)
    items = [item for sheet in stock().values() for item in sheet if not item.lite][:200]
    book.items.add_many(gigs[0].id, [NewItem(each, due_when(gigs[0], each.due).at, False) for each in items])
    book.tours.give_role(tour.id, PEOPLE[0], Role.PM, made)
    for gig in gigs[: CALLS_A_PAGE + 2]:
        _call_everybody(book, gig, made)
    for n in range(TOURS_A_PAGE):
        open_tour(book, f"{n} {HOSTILE[:298]}", "", LEAD, made)
    facts: dict[str, Any] = {"tour_id": tour.id, "gig_id": gigs[0].id, "person": PEOPLE[0]}
    book.outbox.say(Letter.ASK_DM, Room.DM, "asked", made, **facts)
    book.facts.keep(gigs[0].id, "wifi", HOSTILE[:300], PEOPLE[0], made)
    name, line = HOSTILE[:60], Line(0, HOSTILE[:60], 4, True, (HOSTILE[:60],) * 8, PEOPLE[0])
    book.kit.put_line(tour.id, line)
    book.rentals.ask(Rental(0, gigs[0].id, line.key, name, 2, name, 3, 18050, "EUR", asked_by=LEAD, asked_at=made))
    book.houses.keep(book.houses.open(gigs[0]), "PA", HOSTILE[:200], PEOPLE[0], made)
    stand_in = book.standins.ask(book.crew.of_gig(gigs[0].id)[2], PEOPLE[1], 0, made)
    book.standins.settle([stand_in], OfferState.TAKEN, made)
    named = {"calls": [call.id for call in book.crew.of_gig(gigs[1].id)]}
    book.outbox.say(Letter.SILENT_LIST, Room.DM, "list", made, gig_id=gigs[1].id, person=LEAD, subject=named)
    book.loops.open(tour.id, gigs[1].id, Letter.SILENT_LIST, "list", made)
    book.standins.set_chain(tour.id, None, Position.WARDROBE, [PEOPLE[:9], PEOPLE[9:]])
    for n in range(30):
        book.journal.write(made, PEOPLE[0], "asked", gig_id=gigs[0].id, before="thread", after=f"{n} {HOSTILE[:290]}")
        missed = Cue(CueKind.ASK_DM, NOW - timedelta(hours=5), gigs[0].id, tour.id, PEOPLE[n], f"a{n}", f"{n}")
        book.cues.put(missed, NOW)
    for _ in range(1000):
        cue = book.cues.take_due(NOW)
        if cue is None:
            break
        book.cues.settle(cue.id, CueState.MISSED, NOW, "too late to be of use")


def _night(n: int) -> NewGig:
    day = (NOW + timedelta(days=2 + n)).date()
    return NewGig(HOSTILE[:300], HOSTILE[:300], HOSTILE[:300], "PT", "Europe/Lisbon", 38.7, -9.1, day)


def _call_everybody(book: Book, gig: Gig, now: datetime) -> None:
    for n, person in enumerate(PEOPLE):
        wall = Wall(time(12 + n // 10))
        call = book.crew.ask(gig.id, person, Position.WARDROBE, wall, gig.when(wall), now)
        if (state := STATES[n % len(STATES)]) is not CallState.CALLED:
            book.crew.set_answer(call.answered(state, AnsweredBy.WORDS, "hostile", now, late=20 * (n % 2)), now)


def subject_of(book: Book, gig: Gig) -> dict[str, Any]:
    """Everything that any letter says about its subject, as hostile as it can be."""
    calls = book.crew.of_gig(gig.id)
    declined = next((call.id for call in calls if call.state is CallState.DECLINED), 0)
    return {
        "calls": [call.id for call in calls],
        "call": declined,
        "again": True,
        "kind": CueKind.DOORS_60.value,
        "anchor": Letter.ASK.value,
        "version": "1",
        "changes": [HOSTILE[:300]] * 7,
        "was": "Sat 26 Oct 2024",
        "why": HOSTILE[:300],
        "what": Letter.DAY_SHEET.value,
        "error": HOSTILE[:200],
        "delivery": 1,
        "topics": [["time", "doors"], ["day", ""], ["venue", ""], ["fact", "wifi"], ["person", "WARDROBE"]],
        "who": PEOPLE,
        "offer": 1,
        "to": "lead",
        "loops": [1],
        "at": NOW.isoformat(),
        "by": LEAD,
        "verdict": "green",
        "locked": 82.5,
        "rental": 1,
    } | {"late": True, "asker": PEOPLE[0], "since": (NOW - timedelta(days=60)).isoformat(), "until": NOW.isoformat()}


def delivery_of(book: Book, letter: Letter, gig: Gig, of_id: int | None) -> Delivery:
    """A delivery of that letter about that gig; `of_id` for an edit."""
    known: dict[str, Any] = {
        "id": 1,
        "letter": letter,
        "op": Op.UPDATE if of_id else Op.POST,
        "room": Room.THREAD,
        "tour_id": gig.tour_id,
        "gig_id": gig.id,
        "person": LEAD,
        "subject": subject_of(book, gig),
        "key": f"hostile:{letter}",
        "not_before": NOW,
        "of_id": of_id,
        "made_at": NOW,
        "tries": 1,
        "looks": 0,
    }
    empty = {"channel": CHANNEL, "thread_ts": "", "ts": "", "body": "", "body_hash": "", "error": ""}
    facts: dict[str, Any] = {field.name: {**empty, **known}.get(field.name) for field in fields(Delivery)}
    return Delivery(**facts)


def written(store: Store, letter: Letter, state: GigState = GigState.CONFIRMED) -> list[Any]:
    """The letter's card as a message and as an edit of it; without those that are not worth saying."""
    with store.read(TEAM) as book:
        gig = book.gigs.by_number(1)
        assert gig is not None
    found = []
    for of_id in (None, 1):
        with store.begin(TEAM) as book:
            book.gigs.set_state(gig.id, state)
            found.append(routes.write(book, delivery_of(book, letter, gig, of_id), NOW))
            book.gigs.set_state(gig.id, GigState.CONFIRMED)
    return [card for card in found if card is not None]


def said_in(blocks: list[dict[str, Any]]) -> list[str]:
    """Every line that the blocks say, but for buttons and menus."""
    shown = [block for block in blocks if block["type"] in ALL_BLOCKS]
    texts = [block["text"]["text"] for block in shown if "text" in block]
    texts += [part["text"] for block in shown for part in [*block.get("elements", []), *block.get("fields", [])]]
    return [line for text in texts for line in text.split("\n")]


def labels_in(blocks: list[dict[str, Any]]) -> list[str]:
    """What is read on the buttons and in the menus."""
    elements = [element for block in blocks for element in block.get("elements", []) if "action_id" in element]
    options = [option["text"]["text"] for element in elements for option in element.get("options", [])]
    return [element["text"]["text"] for element in elements if "text" in element] + options


def is_sound(text: str, blocks: list[dict[str, Any]], most: int) -> bool:
    """Keeps Slack's limits, says in the text what the blocks say, and nothing by a sign or colour alone."""
    assert check_message(blocks) == []
    assert not is_too_long(blocks)
    assert 0 < len(text.encode()) <= most
    assert [line for line in said_in(blocks) if line not in text] == []
    for words in [*said_in(blocks), *labels_in(blocks)]:
        assert not words.strip() or WORDS.search(SHORTCODE.sub("", words)), f"no words in {words!r}"
    return True


@pytest.mark.parametrize("letter", routes.LETTERS)
def test_every_letter_of_a_hostile_gig_is_sound(store: Store, letter: Letter) -> None:
    cards = written(store, letter)
    assert cards, f"{letter} was not written at all"
    for made in cards:
        blocks = [dict(block) for block in made.blocks]
        assert is_sound(made.text, blocks, EDITED_MOST)
        assert mentions(made.text, blocks) <= {*PEOPLE, LEAD}


@pytest.mark.parametrize("letter", routes.LETTERS)
def test_every_letter_of_a_cancelled_gig_is_sound(store: Store, letter: Letter) -> None:
    for made in written(store, letter, GigState.CANCELLED):
        assert is_sound(made.text, [dict(block) for block in made.blocks], EDITED_MOST)


def test_the_card_of_sixty_keeps_its_verdict_its_counts_and_its_times(store: Store) -> None:
    text = written(store, Letter.CARD)[0].text
    for words in ("*RED*", "NOT confirmed (24)", "Confirmed (12)", "Declined (24)", "more"):
        assert words in text
    assert "load-out ~23:15" in text


FORMS: Mapping[Form, Callable[[Book, Gig], View]] = {
    Form.NEW: lambda _, __: new_form(f"{CHANNEL} {HOSTILE[:80].replace(' ', '-')}", NOW.date()),
    Form.TIMES: lambda _, gig: times_form(gig, CHANNEL),
    Form.CALL: lambda _, gig: call_form(gig, CHANNEL),
    Form.ITEM: lambda book, gig: item_form(gig, picture(book, gig.id).items, CHANNEL),
}


@pytest.mark.parametrize("form", Form)
def test_every_form_of_a_hostile_gig_keeps_slacks_limits(store: Store, form: Form) -> None:
    with store.read(TEAM) as book:
        gig = book.gigs.by_number(1)
        assert gig is not None
        view = FORMS[form](book, gig)
    assert check_view(dict(view), "modal") == []
    labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    assert all(WORDS.search(label) for label in labels)


def typed(store: Store, words: str, who: str = LEAD) -> Reply:
    """What is privately answered to `/gig` and these words; nothing is kept."""
    asked = Asked(now=NOW, key=f"typed:{words}", who=who, where=CHANNEL, where_name="hostile", text=words)
    with store.read(TEAM) as book:
        return verbs.VERBS[words.split(" ")[0]].act(book, Asked(**{**_facts(asked), "text": words.partition(" ")[2]}))


def _facts(asked: Asked) -> dict[str, Any]:
    return {field.name: getattr(asked, field.name) for field in fields(Asked)}


@pytest.mark.parametrize("words", [*PRIVATE, *(f"help {verb}" for verb in verbs.VERBS)])
def test_every_private_answer_about_a_hostile_gig_is_sound(store: Store, words: str) -> None:
    reply = typed(store, words)
    if reply.form:
        assert check_view(dict(reply.form), "modal") == []
        return
    assert is_sound(reply.text, [dict(block) for block in reply.blocks], 40_000)


@pytest.mark.parametrize("verb", ["", *verbs.VERBS])
def test_help_is_short_enough_for_a_phone(store: Store, verb: str) -> None:
    assert len(typed(store, f"help {verb}").text) < 3_000


@pytest.mark.parametrize("who", [LEAD, *PEOPLE[:3], "U0NOBODY"])
@pytest.mark.parametrize("page", ["", "1 1", "mine 1", "tours 1", "1 99999", "mine 99999 -1", "x 1 1", "1 2 1 9"])
def test_the_home_tab_of_a_hostile_tour_keeps_slacks_limits(store: Store, who: str, page: str) -> None:
    with store.read(TEAM) as book:
        view = routes.HOME(book, Asked(now=NOW, key="home", who=who, value=page, text=HOSTILE))
    assert check_view(view, "home") == []
    blocks: Any = view["blocks"]
    assert len(blocks) <= 100
    assert all(WORDS.search(SHORTCODE.sub("", line)) for line in said_in(blocks) if line.strip())
    assert all(action.split(":")[0] in set(Action) for block in blocks for action in _ids(block))


def _ids(block: dict[str, Any]) -> list[str]:
    return [element["action_id"] for element in block.get("elements", [])]
