"""Rentals and cases by direct message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checklists.rentals import Rental, RentalState
from handlers.cards.blocks import Button, Card, card, fitting
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.kit import LINES_ROOM, KitSeen, rental_words
from handlers.cards.prose import Spoken, escape, mention, say


def ask_rental(seen: KitSeen, rental: Rental) -> Card:
    """To whoever holds the budget: may it be rented? Later what came of it."""
    value = pack(seen.gig.id, rental.id)
    buttons = [
        Button("Approve", Action.RENTAL_YES, value, style="primary"),
        Button("Refuse", Action.RENTAL_NO, value),
    ]
    is_open = rental.state is RentalState.REQUESTED
    return card(_text(seen, [rental], "ask" if is_open else "decided"), buttons if is_open else [])


def rental_decided(seen: KitSeen, rental: Rental) -> Card:
    """To whoever had asked."""
    return card(_text(seen, [rental], "decided"))


def off_hire(seen: KitSeen, rentals: Sequence[Rental]) -> Card:
    """To backline, who need not know the price: what has to go back."""
    return card(_text(replace(seen, with_prices=False), rentals, "back"))


def _text(seen: KitSeen, rentals: Sequence[Rental], what: str) -> str:
    lines = [f"{each.count} {escape(each.name)} {rental_words(seen, each)}" for each in rentals]
    return say(
        "rental",
        what=what,
        gig=seen.gig,
        headline=Spoken(headline(seen.gig)),
        name=rentals[0].name if rentals else "",
        lines=[Spoken(line) for line in fitting(lines, LINES_ROOM)],
    )


def wrong_count(seen: KitSeen, said: Mapping[str, Any]) -> Card:
    """To tour manager and backline: the number of cases is not what it should be."""
    text = say(
        "cases",
        gig=seen.gig,
        headline=Spoken(headline(seen.gig)),
        who=mention(said["by"]),
        count=said["count"],
        way=said["way"],
        off=said["off"],
    )
    return card(text)
