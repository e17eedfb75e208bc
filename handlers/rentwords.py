"""The terms of a rental as they are typed: `from PRG 3 days 180 EUR`."""

import re

from checklists.rentals import MOST_DAYS, Terms
from checklists.stock import NAME_MOST
from handlers.moneywords import take_money
from handlers.typed import EDGES, plain, quote, refusal

DAYS = re.compile(r"(?<!\S)(-?\d{1,5})[ -]?(days?|weeks?)(?!\S)", re.IGNORECASE | re.ASCII)
FROM = re.compile(r"\s+from\s+", re.IGNORECASE)


def read_terms(said: str, example: str) -> tuple[str, Terms]:
    """What is rented, and supplier, days and price as far as they were said.

    Raises Refusal for a price without a currency, one that is not a price, and days outside 1 to 365.
    """
    text, days = _take_days(said, example)
    text, cents, currency = take_money(text, example)
    what, *rest = FROM.split(f" {text} ", maxsplit=1)
    supplier = _supplier(rest[0], cents is None, example) if rest else ""
    return " ".join(what.split()), Terms(0, supplier, days, cents, currency)


def _supplier(text: str, no_price: bool, example: str) -> str:
    """The supplier's name; a figure at its end is a price that lacks its currency, as long as there is no other."""
    name = plain(" ".join(text.split())).strip(EDGES)
    if not name:
        raise refusal("From whom? I found no name after `from`.", example)
    if no_price and (last := re.search(r"\s(-?[0-9][0-9.,']*)$", f" {name}")):
        raise refusal(f"{quote(last[1])}: of which currency is that? I never guess it.", example)
    if len(name) > NAME_MOST:
        raise refusal(f"{quote(name)} has {len(name):,} letters, at most {NAME_MOST} fit.", example)
    return name


def _take_days(text: str, example: str) -> tuple[str, int]:
    found = DAYS.search(text)
    if not found:
        return text, 0
    days = int(found[1]) * (7 if found[2].casefold().startswith("week") else 1)
    if not 1 <= days <= MOST_DAYS:
        raise refusal(f"{quote(found[0])}? A rental has from 1 to {MOST_DAYS} days.", example)
    return f"{text[: found.start()]} {text[found.end() :]}", days
