"""Hours told in words, in the crew's languages."""

import pytest

from checklists.replies import read
from checklists.replyclocks import told_in_words
from tests.checklists.test_replies import told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bin um halb vier da", "15:30"), ("bin um viertel vor fünf da", "16:45"),
        ("bin um viertel nach 3 da", "15:15"),
        ("ik ben er om half drie", "14:30"), ("ik ben er om kwart over drie", "15:15"),
        ("llego a las tres y media", "15:30"), ("llego a las cuatro menos cuarto", "15:45"),
        ("j'arrive à trois heures et demie", "15:30"), ("j'arrive à deux heures", "14:00"),
        ("arrivo alle tre e mezza", "15:30"), ("arrivo alle quattro meno un quarto", "15:45"),
        ("chego às três e meia", "15:30"), ("chego às duas e quinze", "14:15"),
        ("będę o wpół do czwartej", "15:30"), ("będę o trzeciej", "15:00"), ("będę o piętnastej", "15:00"),
        ("приеду в половине четвёртого", "15:30"), ("буду в три", "15:00"),
        ("kommer halv fyra", "15:30"), ("er der kvart over tre", "15:15"),
        ("arriving five past six", "18:05"), ("there about 3", "15:00"),
    ],
)  # fmt: skip
def test_an_hour_told_in_words_is_a_time(text: str, said: str) -> None:
    assert told(read(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("noch ne Viertelstunde", "15"), ("eine halbe Stunde später", "30"), ("komme anderthalb Stunden später", "90"),
        ("une heure et demie de retard", "90"), ("retard d'un quart d'heure", "15"), ("nog een kwartiertje", "15"),
        ("drie kwartier te laat", "45"), ("tardaré media hora", "30"), ("me falta un cuarto de hora", "15"),
        ("ho mezz'ora di ritardo", "30"), ("vou chegar meia hora atrasado", "30"), ("spóźnię się godzinę", "60"),
        ("опоздаю на полтора часа", "90"), ("en kvart sen", "15"), ("er der om et kvarter", "15"),
        ("between 10 and 20 late", "20"), ("five, maybe ten late", "10"), ("late by 10", "10"), ("15 ish late", "15"),
    ],
)  # fmt: skip
def test_a_span_told_in_words_is_minutes(text: str, said: str) -> None:
    assert told(read(text)) == said


@pytest.mark.parametrize("text", ["fifty fifty", "after the half", "cinco de nosotros", "die drei halben hahnchen"])
def test_a_number_that_is_no_hour_stays_what_it_is(text: str) -> None:
    assert told(read(text)) == ""


def test_what_leads_to_the_hour_is_kept() -> None:
    assert told_in_words("llego hasta las tres y media").split() == ["llego", "hasta", "las", "a03:30"]
