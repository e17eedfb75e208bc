"""A CSV from any spreadsheet is read, or refused in plain words."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.routing import Row
from handlers.spreadsheet import read_rows

TOURS = Path(__file__).parents[1] / "tours"
PLAIN = "date,city,country,venue,capacity,notes\n2026-12-10,Łódź,Poland,Atlas Arena,13800,cancelled\n"
LODZ = Row(2, "2026-12-10", "Łódź", "Poland", "Atlas Arena", "13800", "cancelled")


def refused(content: bytes, name: str = "tour.csv") -> str:
    with pytest.raises(Refusal) as no:
        read_rows(content, name)
    return str(no.value)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        ("\n\n , ,\n" + PLAIN).encode(),
        PLAIN.replace(",", ", ").encode(),
    ],
)
def test_encodings_separators_and_line_ends_make_no_difference(content: bytes) -> None:
    row = read_rows(content, "tour.csv")[0]
    assert (row.date, row.city, row.country, row.venue, row.capacity, row.note) == (
        *("2026-12-10", "Łódź", "Poland", "Atlas Arena", "13800", "cancelled"),
    )


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_files_of_old_programs_are_read(encoding: str) -> None:
    content = "Datum;Stadt;Land\n2026-12-10;Zürich;Österreich\n".encode(encoding)
    assert read_rows(content, "tour.csv") == [Row(2, "2026-12-10", "Zürich", "Österreich")]


def test_columns_are_known_by_other_names_in_any_order_and_others_are_left_alone() -> None:
    content = b"Hall,Cap.,Promoter,TOWN,Show Date,Status\nParadiso,1500,Mojo,Amsterdam,2026-12-10,sold out\n"
    assert read_rows(content, "tour.csv") == [Row(2, "2026-12-10", "Amsterdam", "", "Paradiso", "1500", "sold out")]


def test_a_state_column_goes_with_the_country() -> None:
    content = b"date,city,state,country\n2026-12-10,Hollywood,FL,USA\n2026-12-11,Paris,,France\n"
    assert [row.country for row in read_rows(content, "tour.csv")] == ["FL, USA", "France"]


def test_quotes_commas_blank_lines_and_short_rows_keep_their_line_numbers() -> None:
    shows = '2026-12-10,Paris,"Café, ""Le"" Bar"\n,,\n2026-12-11,Lyon\n"2026-12-12\n",Nice,x,y,z\n'
    content = f"date,city,venue\n\n{shows}".encode()
    assert read_rows(content, "tour.csv") == [
        Row(3, "2026-12-10", "Paris", venue='Café, "Le" Bar'),
        Row(5, "2026-12-11", "Lyon"),
        Row(6, "2026-12-12", "Nice", venue="x"),
    ]


def test_a_header_alone_is_a_tour_without_shows() -> None:
    assert read_rows(b"date,city\n", "tour.csv") == []


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe", b",,\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert "“tour.csv” is empty" in refused(content)


@pytest.mark.parametrize("content", [b"2026-12-10,Paris,France\n", b"hello", b"<html>", b"\xf0\x9f\x8e\xb8"])
def test_a_file_without_a_header_is_told_what_to_put_on_top(content: bytes) -> None:
    assert "date,city,country,venue" in refused(content)


def test_a_missing_column_is_named_with_the_columns_seen() -> None:
    assert refused(b"date,venue,fee\n") == "No column for “city”. I see: date, venue, fee. Name the right one “city”"
    assert "No column for “date” and “city”" in refused(b"venue,fee\n")


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7", b"\x89PNG\r\n"])
def test_a_workbook_or_picture_is_asked_for_as_csv(content: bytes) -> None:
    assert "save it as CSV" in refused(content, "tour.xlsx")


@pytest.mark.parametrize("content", [b"date,city\n2026-12-10,Par\0is\n", b"date,city\n\x1b[31m,x\n", b"\0" * 99])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    assert "no text" in refused(content)


def test_a_damaged_file_and_a_monstrous_cell_are_refused() -> None:
    assert "damaged" in refused("date,city".encode("utf-16")[:-1])
    assert "line 2" in refused(b"date,city\n2026-12-10," + b"x" * 200_000)


def test_a_refusal_never_repeats_a_name_at_length() -> None:
    assert len(refused(b"", "n" * 10_000)) < 200
    assert len(refused(b"date," + b",".join([b"h" * 1000] * 500))) < 1_000


@pytest.mark.parametrize(
    "name", ["bdrmm_club_uk_eu_2023_24", "nick_cave_wild_god_eu_2024", "pearl_jam_dark_matter_world_2024"]
)
def test_the_sample_tours_are_read_whole(name: str) -> None:
    content = (TOURS / f"{name}.csv").read_bytes()
    assert len(read_rows(content, f"{name}.csv")) == content.count(b"\n") - 1


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"date,city\n", b"date;city\n", b"\xff\xfed\0a\0t\0e\0,\0c\0i\0t\0y\0\n\0"]),
)
@example(b'"', b"date,city\n")
@example(b"\r\r\n", b"date,city\n")
def test_no_bytes_at_all_raise_anything_but_a_refusal(content: bytes, header: bytes) -> None:
    with suppress(Refusal):
        rows = read_rows(header + content, "tour.csv")
        assert all(isinstance(row, Row) for row in rows)


def test_the_plain_file_is_read_to_the_last_field() -> None:
    assert read_rows(PLAIN.encode(), "tour.csv") == [LODZ]
