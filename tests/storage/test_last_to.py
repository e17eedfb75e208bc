"""The newest message of a kind to one person about a tour: what the next one is compared with."""

from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Room
from tests.storage.built import NOW, a_tour


def test_the_last_message_of_a_kind_is_found_by_whom_it_was_for(book: Book) -> None:
    tour = a_tour(book)
    for n, (person, day) in enumerate([("UANA", 1), ("UBO", 1), ("UANA", 2)]):
        key, subject = f"weekly:{n}", {"day": day}
        book.outbox.say(Letter.WEEKLY, Room.DM, key, NOW, tour_id=tour.id, person=person, subject=subject)
    book.outbox.say(Letter.DIGEST, Room.DM, "digest", NOW, tour_id=tour.id, person="UANA", subject={"day": 3})
    found = {who: book.outbox.last_to(tour.id, Letter.WEEKLY, who) for who in ("UANA", "UBO", "UDEE")}
    assert {who: last and last.subject["day"] for who, last in found.items()} == {"UANA": 2, "UBO": 1, "UDEE": None}
    assert book.outbox.last_to(tour.id + 1, Letter.WEEKLY, "UANA") is None
