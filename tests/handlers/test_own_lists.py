"""Lines that a tour has made its own, or one gig alone; and a whole list from a file."""

import pytest

from checklists.crew import Role
from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import Actor, Troupe

LISBON = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"
PARIS = "/gig new The Lanterns, Bataclan Paris, 29 Sep 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Tess, with a gig in Lisbon."""
    hand = house.person("tess")
    hand.types(LISBON)
    return hand


def test_a_line_of_the_tour_goes_to_every_gig_and_to_those_made_later(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    told = tess.types("/gig checklist tour add PM T-10d critical doc equipment Pyro plan signed").text
    assert "`own.pyro_plan` Pyro plan signed · PM · T-10d · critical · equipment · closed by doc" in told
    assert "Lists changed: 2 of the gigs ahead." in told
    tess.types("/gig new The Lanterns, Tivoli Utrecht, 9 Oct 2026")
    found = "SELECT count(*), min(due), min(evidence), min(severity) FROM items WHERE key = 'own.pyro_plan'"
    assert house.rows(found) == [(3, "T-10d", "doc", "critical")]
    assert "there already: `own.pyro_plan`" in tess.types("/gig checklist tour add T-3d Pyro plan signed").text
    assert "`own.pyro_plan_2`" in tess.types("/gig checklist tour add T-3d Pyro plan shown").text
    tess.types("/gig check lisbon own.pyro_plan done https://example.org/pyro.pdf")
    assert "Lists changed: 2 of" in tess.types("/gig checklist tour drop pyro_plan").text
    assert house.rows("SELECT gig_id, state FROM items WHERE key = 'own.pyro_plan'") == [(1, "done")]


def test_lines_are_reworded_dated_owned_dropped_and_reset(house: Backstage, tess: Hand) -> None:
    line = "SELECT text, due, owner FROM items WHERE key = 'va.parking'"
    tess.types("/gig checklist lisbon wider")
    stock = house.rows(line)
    tess.types("/gig checklist tour reword va.parking Bus &amp; &lt;truck&gt;, 15 m")
    tess.types("/gig checklist tour due parking t-21")
    tess.types("/gig checklist tour owner va.parking sm")
    assert house.rows(line) == [("Bus & <truck>, 15 m", "T-21d", "SM")]
    shown = tess.types("/gig checklist tour").text
    assert "`va.parking` Bus &amp; &lt;truck&gt;, 15 m · SM · T-21d" in shown
    tess.types("/gig checklist tour drop va.parking")
    assert house.rows(line) == []
    assert "*Dropped* (1): `va.parking`" in tess.types("/gig checklist tour").text
    assert "as in everybody's list" in tess.types("/gig checklist tour reset va.parking").text
    assert house.rows(line) == stock


def test_what_somebody_has_worked_on_stays_as_it_is(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist tour wider")
    tess.types("/gig check lisbon va.parking problem no place")
    assert "No list of a gig ahead has changed" in tess.types("/gig checklist tour drop va.parking").text
    assert house.rows("SELECT state FROM items WHERE key = 'va.parking'") == [("problem",)]


def test_a_line_of_one_gig_alone_is_put_on_and_taken_off(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    told = tess.types("/gig checklist lisbon add SM doors-30m Flowers in the room").text
    assert "`own.flowers_room` Flowers in the room · SM · doors-30m" in told
    assert "there already" in tess.types("/gig checklist lisbon add T-1d flowers in the room").text
    assert house.rows("SELECT gig_id FROM items WHERE key = 'own.flowers_room'") == [(1,)]
    tess.types("/gig check lisbon own.flowers_room sent")
    assert "somebody has worked on it" in tess.types("/gig checklist lisbon drop own.flowers_room").text
    tess.types("/gig check lisbon own.flowers_room open")
    tess.types("/gig checklist lisbon add T-1d Balloons")
    assert "dropped: `own.balloons`" in tess.types("/gig checklist lisbon drop balloons").text


def test_only_the_producer_drops_a_gate(house: Backstage, tess: Hand) -> None:
    with house.store.begin("T0BACK") as book:
        book.tours.give_role(book.tours.all()[0].id, "U0LOU", Role.EP, house.now)
    assert "`ds.exits` is dropped" in house.person("lou").types("/gig checklist tour drop ds.exits").text
    assert house.rows("SELECT count(*) FROM items WHERE key = 'ds.exits'") == [(0,)]


SHEET = """checklist: ours
anchors: {get_out: load_out+30m}
items:
- {key: our.flag, area: equipment, owner: BL, due: T-5d, evidence: tick, severity: normal, lite: true, text: "Flag"}
- {key: our.paid, area: money, owner: TA, due: get_out-10m, evidence: pay, severity: critical, text: "Paid"}
- {key: va.parking, area: venue, owner: TM, due: T-30d, evidence: ack, severity: normal, text: "Parking, ours"}
"""


def taken(who: Actor, content: str | bytes, name: str = "ours.yaml") -> str:
    who.drops(content, name)
    return who.types("/gig checklist import").text


def test_a_list_from_a_file_is_the_tours_own_whatever_else_was_dropped(troupe: Troupe) -> None:
    tess = troupe.person("tess")
    tess.types(LISBON)
    tess.drops(SHEET, "ours.yml")
    tess.drops("date,city,country,venue\n2026-10-09,Porto,Portugal,Hard Club\n", "more.csv")
    told = tess.types("/gig checklist import").text
    assert "3 lines of ours.yml, 1 in place of everybody's" in told
    assert "Lists changed: 1 of the gigs ahead." in told
    assert troupe.rows("SELECT key, due FROM items WHERE key LIKE 'our.%'") == [("our.flag", "T-5d")]
    tess.types("/gig checklist lisbon wider")
    found = troupe.rows("SELECT key, due FROM items WHERE key LIKE 'our.%' OR key = 'va.parking' ORDER BY key")
    assert found == [("our.flag", "T-5d"), ("our.paid", "load_out+20m"), ("va.parking", "T-30d")]
    tess.drops(SHEET, "ours.yml")
    assert "1 gigs imported" in tess.types("/gig import").text


def wrong(**change: str) -> str:
    """The sheet with one value of its first line another."""
    fields = {"area": "equipment", "owner": "BL", "due": "T-5d", "evidence": "tick", "severity": "normal", **change}
    inside = ", ".join(f"{name}: {value}" for name, value in fields.items())
    return f"checklist: ours\nitems:\n- {{key: our.flag, {inside}, text: Flag}}\n"


FAULTS: list[tuple[str | bytes, str]] = [
    (wrong(owner="ROADIE"), "bad.yaml, line 3: our.flag: unknown owner ROADIE"),
    (wrong(due="lobby-30m"), "line 3: our.flag: unknown anchor lobby"),
    (wrong(evidence="handshake"), "line 3: our.flag: unknown evidence handshake"),
    (wrong(applies="rainy"), "line 3: our.flag: unknown condition rainy"),
    (f"{wrong()}{wrong().splitlines()[-1]}\n", "line 4: our.flag: the key is already in line 3"),
    ("checklist: x\nanchors: {a: b+1m, b: a+1m}\nitems:\n- {}\n", "line 2: a: circular anchor"),
    ("checklist: x\nitems: [\n", "not a YAML sheet"),
    ("x" * 300_000, "more than 200,000 characters"),
    (b"\xff\xfe\x00checklist", "is no text in UTF-8"),
    (
        "checklist: x\nitems:\n- {key: ds.exits, area: venue, owner: PM, due: doors-30m, evidence: tick, "
        "severity: normal, text: Exits}\n",
        "is a gate",
    ),
]


def test_a_faulty_file_is_refused_with_its_line_and_nothing_is_taken(troupe: Troupe) -> None:
    tess = troupe.person("tess")
    tess.types(LISBON)
    assert "I see no YAML of yours" in tess.types("/gig checklist import").text
    before = troupe.rows("SELECT count(*) FROM own_items")
    for content, said in FAULTS:
        assert said in taken(tess, content, "bad.yaml")
    assert troupe.rows("SELECT count(*) FROM own_items") == before == [(0,)]
