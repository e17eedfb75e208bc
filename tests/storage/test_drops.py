from storage.book import Book
from tests.storage.built import NOW, after


def test_the_newest_unused_file_of_that_person_there_is_taken(book: Book) -> None:
    for minutes, file, channel, person in (
        (0, "F1", "C1", "UTESS"),
        (5, "F2", "C1", "UTESS"),
        (6, "F3", "C1", "UPIA"),
        (7, "F4", "C2", "UTESS"),
    ):
        book.drops.put(file, channel, person, after(minutes))
    assert book.drops.newest("C1", "UTESS", NOW) == "F2"
    assert book.drops.newest("C1", "UTESS", after(5)) == "F2"
    assert book.drops.newest("C1", "UTESS", after(5.1)) is None
    book.drops.used("F2")
    assert book.drops.newest("C1", "UTESS", NOW) == "F1"


def test_the_same_drop_told_twice_stays_used(book: Book) -> None:
    book.drops.put("F1", "C1", "UTESS", NOW)
    book.drops.used("F1")
    book.drops.put("F1", "C1", "UTESS", NOW)
    assert book.drops.newest("C1", "UTESS", NOW) is None
