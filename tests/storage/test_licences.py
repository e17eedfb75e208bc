from datetime import timedelta

from checklists.clash import Licence, LicenceKind
from storage.book import Book
from tests.storage.built import SHOW

RIGGING, DRIVING = LicenceKind.RIGGING, LicenceKind.DRIVING


def test_a_licence_is_kept_by_person_and_kind_and_replaced(book: Book) -> None:
    for licence in (Licence("UBO", RIGGING, SHOW), Licence("UANA", RIGGING, SHOW), Licence("UANA", DRIVING, SHOW)):
        book.licences.put(licence)
    later = Licence("UANA", RIGGING, SHOW + timedelta(days=400))
    book.licences.put(later)
    assert book.licences.of_people(["UANA"]) == [Licence("UANA", DRIVING, SHOW), later]
    assert [each.person for each in book.licences.of_people({"UANA", "UBO", "ULOU"})] == ["UANA", "UANA", "UBO"]
    assert book.licences.of_people([]) == []


def test_a_licence_is_dropped_once(book: Book) -> None:
    book.licences.put(Licence("UANA", RIGGING, SHOW))
    assert not book.licences.drop("UANA", DRIVING)
    assert not book.licences.drop("UBO", RIGGING)
    assert book.licences.drop("UANA", RIGGING)
    assert not book.licences.drop("UANA", RIGGING)
    assert book.licences.of_people(["UANA"]) == []
