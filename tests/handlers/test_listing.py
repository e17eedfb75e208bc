"""Whatever is answered, said and ticked in whatever order, the list is what it should be, and loses nobody's work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import mentions
from checklists.conditions import Condition
from checklists.gig import Gig, Profile, ShowType
from checklists.items import Area, Evidence, Item, ItemState, Severity, StockItem
from checklists.library import by_key
from checklists.profiles import Own
from handlers.cards import listing as cards
from handlers.cards.blocks import PRIVATE_MOST, Card
from handlers.cards.picture import Picture
from handlers.cards.whole_list import LATE, MINE, WAITING, Only, whole_list
from handlers.listing import list_of, new_items, relist
from handlers.opening import open_gigs
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.handlers.backstage import START, TEAM, Backstage
from tests.handlers.pictures import NOW, hostile, usual

OURS = [
    StockItem(
        f"own.line{n}", Area.VENUE, f"Line {n}", "TM", "T-5d", Evidence.TICK, Severity.NORMAL, n == 1, False, each
    )
    for n, each in enumerate(("", "", "video", "border"))
]
STOCK = [by_key()[key] for key in ("va.parking", "va.power", "va.video", "tr.passports", "eq.spares")]
WORDS = st.sampled_from([*Condition])
Deed = Callable[[Book, Gig], None]


def answers(condition: Condition, everywhere: bool, holds: bool | None) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        book.lists.answer(gig.tour_id, None if everywhere else gig.id, condition, holds, "U0TESS", START)

    return deed


def listed(show: ShowType | None, profile: Profile, away: bool, headline: bool) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        book.gigs.set_list(gig.id, show_type=show, profile=profile, away=away, headline=headline)

    return deed


def touched(at: int, state: ItemState) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        items = book.items.of_gig(gig.id)
        book.items.set_state([items[at % len(items)].id], state, "U0TESS", START, why="so")

    return deed


def of_the_tour(stock: StockItem, dropped: bool, text: str) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        book.lists.keep(gig.tour_id, [Own(replace(stock, text=text or stock.text), dropped)])

    return deed


def given_up(stock: StockItem) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        book.lists.give_up(gig.tour_id, stock.key)

    return deed


def of_the_gig(at: int) -> Deed:
    def deed(book: Book, gig: Gig) -> None:
        key = f"own.line{at}"
        if key not in {item.key for item in book.items.of_gig(gig.id)}:
            line = [one for one in list_of(book, gig, []) if one.applies][:1]
            mine = [replace(each, item=replace(each.item, key=key, text="Here alone")) for each in line]
            book.items.add_many(gig.id, new_items(gig, mine, START, own=True))

    return deed


BOOLS = st.booleans()
DEEDS = st.lists(
    st.one_of(
        st.builds(answers, WORDS, BOOLS, st.none() | BOOLS),
        st.builds(listed, st.none() | st.sampled_from(ShowType), st.sampled_from(Profile), BOOLS, BOOLS),
        st.builds(touched, st.integers(0, 300), st.sampled_from(ItemState)),
        st.builds(of_the_tour, st.sampled_from([*OURS, *STOCK]), BOOLS, st.sampled_from(["", "Other words"])),
        st.builds(given_up, st.sampled_from([*OURS, *STOCK])),
        st.builds(of_the_gig, st.integers(0, 3)),
    ),
    max_size=8,
)


class Undone(Exception):  # noqa: N818 - what was tried is rolled back
    pass


def kept_by_hand(items: list[Item]) -> dict[int, tuple[str, str, ItemState]]:
    return {item.id: (item.key, item.text, item.state) for item in items if item.touched or item.own}


def check_list(book: Book, gig: Gig) -> None:
    """The list is what it should be after one more look, and nothing that somebody did is lost."""
    before = kept_by_hand(book.items.of_gig(gig.id))
    relist(book, gig, START)
    items = book.items.of_gig(gig.id)
    wanted = {one.item.key: one for one in list_of(book, gig, book.lists.own(gig.tour_id))}
    assert kept_by_hand(items) == before
    assert {item.key for item in items if not item.touched and not item.own} <= set(wanted)
    assert set(wanted) <= {item.key for item in items}
    assert len({item.key for item in items}) == len(items)
    for item in (each for each in items if not each.touched and not each.own):
        assert (item.state is ItemState.NA) is (wanted[item.key].applies is False), item.key
        assert item.undecided is (wanted[item.key].applies is None), item.key
        assert item.text == wanted[item.key].item.text
    assert relist(book, gig, START).is_nothing
    assert book.items.of_gig(gig.id) == items


def play(house: Backstage, deeds: list[Deed]) -> None:
    """One list and all that is done to it; raises Undone, so that nothing of it stays."""
    with house.store.begin(TEAM) as book:
        tour = book.tours.open("Wild Nights", "C0OTHER", "U0TESS", START)
        new = [
            NewGig("A", "Hall", "Paris", "FR", "Europe/Paris", 1.0, 1.0, date(2026, 9, 28)),
            NewGig("A", "Hall", "Lisbon", "PT", "Europe/Lisbon", 1.0, 1.0, date(2026, 10, 1)),
        ]
        gig = open_gigs(book, tour, new, "U0TESS", START)[1]
        for deed in deeds:
            deed(book, gig)
            gig = book.gigs.get(gig.id) or gig
            check_list(book, gig)
        raise Undone


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(DEEDS)
def test_in_whatever_order_nothing_is_lost_and_a_second_look_changes_nothing(
    house: Backstage, deeds: list[Deed]
) -> None:
    with pytest.raises(Undone):
        play(house, deeds)


def asking(seen: Picture) -> Card:
    """The questions of a gig on which every condition is open."""
    items = [replace(seen.items[0], applies=each, undecided=True, state=ItemState.OPEN) for each in Condition]
    return cards.questions(seen.gig, cards.asked_of(items), cards.made_by(seen.gig, items, decided(seen)))


def decided(seen: Picture) -> list[cards.Decided]:
    return [cards.Decided(each, True, seen.gig.name) for each in Condition]


def own_lines(seen: Picture) -> Card:
    lines = [Own(replace(each, text=seen.gig.name), dropped) for each in [*OURS, *STOCK] for dropped in (True, False)]
    return cards.of_tour(seen.gig.name, lines * 20, [(each, True) for each in Condition])


CARDS: dict[str, Callable[[Picture], Card]] = {
    "asking": asking,
    "own_lines": own_lines,
    "all": lambda seen: whole_list(seen, seen.items, NOW),
    "late": lambda seen: whole_list(seen, seen.items, NOW, Only(LATE)),
    "mine": lambda seen: whole_list(seen, seen.items, NOW, Only(MINE, who="U0TESS")),
    "waiting": lambda seen: whole_list(seen, seen.items, NOW, Only(WAITING)),
    "venue": lambda seen: whole_list(seen, seen.items, NOW, Only("venue", Area.VENUE)),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_hostile_gig_keeps_slacks_limits_and_pings_nobody(name: str) -> None:
    made = CARDS[name](hostile())
    blocks = [dict(block) for block in made.blocks]
    assert check_message(blocks) == []
    assert not is_too_long(blocks)
    assert 0 < len(made.text.encode()) <= PRIVATE_MOST
    assert mentions(made.text, blocks) == set()


def test_every_question_that_is_shown_has_its_two_buttons_right_below_it() -> None:
    made = asking(usual())
    rows = [n for n, block in enumerate(made.blocks) if block["type"] == "actions"]
    assert len(rows) == cards.QUESTIONS_SHOWN
    assert all(made.blocks[n - 1]["text"]["text"] in made.text for n in rows)
    assert "12 more questions come when some of these are answered." in made.text


def test_a_long_list_shows_the_first_of_each_area_and_how_to_see_the_others() -> None:
    seen = usual()
    items = tuple(
        replace(seen.items[0], id=n, key=f"xx.item{n}", area=list(Area)[n % 8], state=ItemState.OPEN, due_at=due)
        for n, due in enumerate([seen.gig.show_day_begins()] * 200)
    )
    text = whole_list(replace(seen, items=items), (), NOW).text
    assert "0 of 200 closed" in text
    assert f"• 21 more: `/gig check #{seen.gig.number} venue`" in text
    assert f"• 21 more: `/gig check #{seen.gig.number} promotion`" in text
    late = whole_list(replace(seen, items=items), (), seen.gig.show_day_ends()).text
    assert "*Late* 200\n• OVERDUE `xx.item0`" in late
    assert f"• 190 more: `/gig check #{seen.gig.number} late`" in late
    only = whole_list(replace(seen, items=items), (), NOW, Only("venue", Area.VENUE)).text
    assert only.count("xx.item") == 25


def test_on_each_engine_a_list_is_made_wider_decided_and_lite_again(store: Store) -> None:
    store.connect(TEAM, "Backstage", "U0BUSCALL", START)
    with store.begin(TEAM) as book:
        tour = book.tours.open("Wild Nights", "C0OTHER", "U0TESS", START)
        new = [NewGig("A", "Hall", "Lisbon", "PT", "Europe/Lisbon", 1.0, 1.0, date(2026, 10, 1))]
        [gig] = open_gigs(book, tour, new, "U0TESS", START)
        before = book.items.of_gig(gig.id)
        deeds = [
            listed(None, Profile.WIDER, True, True),
            answers(Condition.VIDEO, True, False),
            answers(Condition.VIDEO, False, True),
            of_the_tour(OURS[1], False, ""),
            of_the_tour(STOCK[0], True, ""),
            given_up(OURS[1]),
            given_up(STOCK[0]),
            listed(None, Profile.LITE, True, True),
        ]
        for deed in deeds:
            deed(book, gig)
            gig = book.gigs.get(gig.id) or gig
            check_list(book, gig)
        assert {item.key for item in book.items.of_gig(gig.id)} == {item.key for item in before}
