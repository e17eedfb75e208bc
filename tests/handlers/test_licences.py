"""Licences: noted, listed, taken away, and printed on the calls that need them."""

from datetime import date

import pytest

from checklists.clash import LicenceKind
from checklists.errors import Refusal
from handlers.licences import LicenceRequest, read_licence
from tests.handlers.troupe import NEW, Actor, Troupe, starts

TODAY = date(2026, 9, 20)
ANA = "<@U0ANA|ana>"


@pytest.mark.parametrize(
    ("typed", "kind", "expires"),
    [
        ("rigging until 1 Mar 2027", LicenceKind.RIGGING, date(2027, 3, 1)),
        ("Rigger licence valid until 2027-03-01", LicenceKind.RIGGING, date(2027, 3, 1)),
        ("HGV till 1 Mar", LicenceKind.DRIVING, date(2027, 3, 1)),
        ("SIA card expires 30 Sep 2026", LicenceKind.SECURITY, date(2026, 9, 30)),
        ("first aid certificate expires on 30 Sep 2025", LicenceKind.MEDICAL, date(2025, 9, 30)),
        ("pyro until 1 Jan 2028", LicenceKind.EFFECTS, date(2028, 1, 1)),
        ("flt ends 1 Jan 2028", LicenceKind.FORKLIFT, date(2028, 1, 1)),
        ("forklift off", LicenceKind.FORKLIFT, None),
        ("", None, None),
    ],
)
def test_a_licence_as_typed(typed: str, kind: LicenceKind | None, expires: date | None) -> None:
    assert read_licence(f"{ANA} {typed}", TODAY) == LicenceRequest("U0ANA", kind, expires)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Whose licence?"),
        ("@ana rigging until 1 Mar 2027", "Whose licence?"),
        (f"{ANA} <@U0BO|bo> rigging off", "One person at a time"),
        (f"{ANA} rigging", "Until when?"),
        (f"{ANA} rigging until 3/4/2027", "3 April or 4 March"),
        (f"{ANA} rigging until 31 Feb 2027", "no such date"),
        (f"{ANA} rigging until", "Until when?"),
        (f"{ANA} riging until 1 Mar 2027", "Did you mean rigging?"),
        (f"{ANA} poetic until 1 Mar 2027", "I do not know the licence"),
        (f"{ANA} until 1 Mar 2027", "Which licence?"),
        (f"{ANA} off", "Which licence?"),
    ],
)
def test_what_is_not_a_licence(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_licence(typed, TODAY)
    assert told in str(no.value)
    assert "/gig licence" in str(no.value) or "Write" in str(no.value)


@starts("2026-09-20 12:00")
def test_it_is_noted_replaced_listed_and_taken_away(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    assert "I know of no licence of <@U0ANA>" in tess.types("/gig licence @ana").text
    assert "until Mon 1 Mar 2027" in tess.types("/gig licence @ana rigging until 1 Mar 2027").text
    tess.types("/gig licence @ana rigging until 2 Mar 2027")
    told = tess.types("/gig licence @ana first aid until 1 Sep 2026").text
    assert "That day is past" in told
    listed = tess.types("/gig licence @ana").text
    assert "rigging until Tue 2 Mar 2027" in listed
    assert "medical until Tue 1 Sep 2026, expired" in listed
    assert "Taken away" in tess.types("/gig licence @ana rigging off").text
    assert "Nothing was changed" in tess.types("/gig licence @ana rigging off").text
    assert troupe.rows("SELECT person, kind FROM licences") == [("U0ANA", "medical")]


@starts("2026-09-20 12:00")
def test_only_those_who_may_change_the_tour_see_or_note_them(troupe: Troupe, tess: Actor, bo: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig licence @ana rigging until 1 Mar 2027")
    for typed in ("/gig licence @ana", "/gig licence @ana rigging off", "/gig licence @bo fx until 1 Mar 2027"):
        assert "Only the tour manager" in bo.types(typed).text
    assert troupe.rows("SELECT person, kind FROM licences") == [("U0ANA", "rigging")]
