"""A tour from its spreadsheet: dropped, imported, bound, added to."""

from datetime import timedelta

import pytest

from handlers.tours import import_sheet
from storage.store import Store
from tests.handlers.troupe import NEW, START, Actor, Troupe

TOUR = """date,city,country,venue
2026-10-01,Lisbon,Portugal,Musicbox
2026-10-03,Porto,Portugal,Hard Club
2026-08-01,Madrid,Spain,Sala Sol
"""


def imported(who: Actor, content: str | bytes = TOUR, name: str = "wild god.csv") -> str:
    who.drops(content, name)
    return who.types("/gig import").text


def test_a_dropped_file_opens_the_tour_named_after_it(troupe: Troupe, tess: Actor) -> None:
    told = imported(tess)
    assert told.startswith("*wild god*: 3 gigs imported from 3 rows.")
    assert troupe.rows("SELECT name, lead FROM tours") == [("wild god", tess.id)]
    assert troupe.said() == ["overview"]


def test_a_past_row_is_played_without_items_and_cues(troupe: Troupe, tess: Actor) -> None:
    imported(tess)
    assert troupe.rows("SELECT city, state FROM gigs ORDER BY date") == [
        ("Madrid", "played"),
        ("Lisbon", "confirmed"),
        ("Porto", "confirmed"),
    ]
    assert troupe.rows("SELECT count(*) FROM items JOIN gigs ON gig_id = gigs.id WHERE city = 'Madrid'") == [(0,)]


def test_imported_twice_doubles_nothing(troupe: Troupe, tess: Actor) -> None:
    imported(tess)
    before, since = troupe.dump(), troupe.mark()
    told = imported(tess)
    assert "0 gigs imported" in told
    assert "3 were there already: nothing was doubled" in told
    after = troupe.dump()
    assert {name for name in after if after[name] != before[name]} <= {"drops", "journal"}
    assert troupe.said(since) == []


def test_a_second_file_adds_to_the_tour_in_the_channel(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    told = imported(tess)
    assert "2 gigs imported" in told
    assert "1 were there already" in told
    assert troupe.rows("SELECT count(*) FROM tours") == [(1,)]
    assert troupe.rows("SELECT count(*) FROM gigs") == [(3,)]


def test_a_file_is_read_once(tess: Actor) -> None:
    imported(tess)
    assert "I see no CSV of yours" in tess.types("/gig import").text


def test_the_usual_encodings_and_separators_are_read(troupe: Troupe, tess: Actor) -> None:
    ways = [(encoding, separator) for encoding in ("utf-8-sig", "latin-1", "utf-16") for separator in ",;\t"]
    for day, (encoding, separator) in enumerate(ways, 1):
        content = f"date,city,country,venue\n2026-10-{day:02},Málaga,Spain,París 15\n".replace(",", separator)
        assert "1 gigs imported" in imported(tess, content.encode(encoding)), (encoding, separator)
    assert set(troupe.rows("SELECT city, venue, zone FROM gigs")) == {("Málaga", "París 15", "Europe/Madrid")}


OLD = TOUR.replace("2026-10-01", "2026-09-10")


@pytest.mark.parametrize(("label", "state"), [("Already done", "done"), ("Chase them", "open")])
def test_old_dues_are_asked_once_and_either_answer_holds(label: str, state: str, troupe: Troupe, tess: Actor) -> None:
    tess.drops(OLD)
    asked = tess.types("/gig import")
    assert "items fell due before today" in asked.text
    assert asked.labels == ["Already done", "Chase them"]
    told = tess.presses(label, asked)
    assert "items are" in told.text
    assert told.labels == []
    states = {
        state for (state,) in troupe.rows("SELECT state FROM items WHERE compressed AND key <> 'cr.calls_posted'")
    }
    assert states == {state}


def test_already_done_does_not_tick_what_only_facts_tick(troupe: Troupe, tess: Actor) -> None:
    tess.drops(TOUR.replace("2026-10-01", "2026-09-02"))
    tess.presses("Already done", tess.types("/gig import"))
    ticked = (
        "SELECT key FROM items WHERE state = 'done' AND key IN ('cr.calls_posted', 'cr.confirm_24', 'ds.sheet_out')"
    )
    assert troupe.rows(ticked) == []


def test_old_dues_can_be_closed_for_the_whole_tour_by_words(troupe: Troupe, tess: Actor) -> None:
    imported(tess)
    told = tess.types("/gig check lg.contract done all").text
    assert "`lg.contract` is done on 2 gigs" in told
    assert troupe.rows("SELECT DISTINCT state FROM items WHERE key = 'lg.contract'") == [("done",)]


def test_the_command_lines_tour_waits_for_its_channel_and_plans_its_cues_there(troupe: Troupe, tess: Actor) -> None:
    _by_command_line(troupe)
    assert troupe.rows("SELECT count(*) FROM cues") == [(0,)]
    told = tess.types("/gig here wild").text
    assert "*wild god* lives here now: 3 gigs" in told
    assert troupe.said() == ["overview"]
    assert troupe.rows("SELECT lead, channel FROM tours") == [(tess.id, troupe.channel)]
    assert troupe.rows("SELECT count(*) > 0 FROM cues WHERE state = 'waiting'") == [(1,)]
    assert "#1 Lisbon" in tess.types("/gig show lisbon").text


def test_a_tour_is_bound_once_and_a_channel_holds_one(troupe: Troupe, tess: Actor) -> None:
    _by_command_line(troupe)
    tess.types("/gig here wild")
    other = troupe.slack.add_channel("other", ["tess"])
    assert "This channel holds a tour already" in tess.types("/gig here wild").text
    assert "No imported tour waits" in tess.types("/gig here wild", other).text


def test_several_waiting_tours_are_named(troupe: Troupe, tess: Actor) -> None:
    _by_command_line(troupe)
    _by_command_line(troupe, "skeleton tree")
    told = tess.types("/gig here").text
    assert "wild god, skeleton tree" in told
    assert "lives here now" in tess.types("/gig here skel").text


def _by_command_line(troupe: Troupe, name: str = "wild god") -> None:
    store = Store.open(f"sqlite:///{troupe.book}")
    with store.begin(troupe.slack.names.team_id) as book:
        import_sheet(book, TOUR.encode(), f"{name}.csv", name, START)
    store.close()


def test_a_file_older_than_fifteen_minutes_is_not_taken(troupe: Troupe, tess: Actor) -> None:
    tess.drops(TOUR)
    troupe.mover.move(START + timedelta(minutes=15, seconds=1))
    assert "I see no CSV of yours in this channel from the last 15 minutes" in tess.types("/gig import").text


def test_a_file_that_somebody_else_dropped_is_not_taken(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    ana.drops(TOUR)
    assert "I see no CSV of yours" in tess.types("/gig import").text


def test_the_newest_of_two_files_is_taken(troupe: Troupe, tess: Actor) -> None:
    tess.drops(TOUR, "first.csv")
    tess.drops("date,city,country\n2026-11-01,Paris,France\n", "second.csv")
    assert "*second*: 1 gigs" in tess.types("/gig import").text


def test_a_picture_dropped_after_the_spreadsheet_does_not_hide_it(troupe: Troupe, tess: Actor) -> None:
    tess.drops(TOUR, "wild god.csv")
    tess.drops(b"\x89PNG\r\n\x1a\n123", "poster.png")
    assert "*wild god*: 3 gigs imported" in tess.types("/gig import").text


def test_an_older_file_never_stands_in_for_one_that_cannot_be_read(troupe: Troupe, tess: Actor) -> None:
    tess.drops(TOUR, "old.csv")
    tess.drops(b"PK\x03\x04 a workbook", "new.xlsx")
    assert "“new.xlsx” is not a CSV file" in tess.types("/gig import").text
    tess.drops(TOUR + "x" * 1_100_000, "huge.csv")
    assert "huge.csv is larger than 1 MB" in tess.types("/gig import").text
    assert troupe.rows("SELECT * FROM gigs") == []


def test_rows_that_cannot_be_placed_are_explained_and_the_others_come_in(troupe: Troupe, tess: Actor) -> None:
    told = imported(tess, TOUR + "2026-10-05,Xyzzyville,Spain,Sala\nsoon,Paris,France,Bataclan\n")
    assert "3 gigs imported from 5 rows" in told
    assert "line 5, Xyzzyville: unknown" in told
    assert "line 6, Paris: invalid" in told
