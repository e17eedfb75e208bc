"""Fixtures that many tests share, each said in a line: the people of a house, and what they have typed before."""

from typing import Any

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import NEW

PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 4 Oct 2026"
WITH_A_DEPUTY = (
    NEW,
    PORTO,
    "/gig call #1 @ana FOH 14:00, @bo MON 14:00",
    "/gig call #2 @ana FOH 14:00",
    "/gig deputy @max",
)
"""Lisbon on 1 October and Porto on 4 October, Ana is FOH on both, Bo is MON on the first; Max is the deputy."""
CHAIN = "/gig standins lisbon FOH @bo @kit"
WITH_STAND_INS = (NEW, "/gig call lisbon @ana FOH 14:00", CHAIN)
"""Lisbon on 1 October, Ana called as FOH at 14:00 WEST; Bo, then Kit would stand in."""
ASKS = "*Can you stand in?* FOH on #1 Lisbon, Musicbox, Thu 1 Oct 2026."


def hand(name: str) -> Any:
    """A fixture: this person of the house."""

    @pytest.fixture
    def person(house: Backstage) -> Hand:
        return house.person(name)

    return person


def opened(*lines: str) -> Any:
    """A fixture: the house once Tess has typed these lines."""

    @pytest.fixture
    def typed(house: Backstage) -> Backstage:
        for line in lines:
            house.person("tess").types(line)
        return house

    return typed


def told(house: Backstage, since: int) -> list[str]:
    """What was said since, but for the digests of the morning."""
    return [line for line in house.said(since) if not line.startswith("digest")]
