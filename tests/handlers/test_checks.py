"""What speaks against a call is printed before anybody answers, and on the call itself; nobody is refused by it."""

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = [starts("2026-09-20 12:00"), BACKSTAGE]
PORTO = "/gig new The Lanterns, Hard Club Porto, 2 Oct 2026"
SHORT = "ana FOH: rest 7.75 h after Lisbon (planned release Fri 2 Oct ~01:15 WEST), under 8 h: red"


def test_short_rest_stands_on_the_receipt_and_on_the_call(troupe: Stage, tess: Anyone, ana: Anyone, bo: Anyone) -> None:
    tess.types(NEW)
    tess.types(PORTO)
    assert "red" not in tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00").text
    told = tess.types("/gig call #2 @ana FOH 09:00, @ana MON 09:00, @bo LD 14:00").text
    assert told.count(SHORT) == 1
    assert "ana MON:" not in told
    assert "bo LD:" not in told
    assert SHORT in troupe.now_reads(troupe.post("ask", "Porto")).text
    ana.says("can't make it", "Lisbon")
    bo.says("confirmed", "Porto")
    assert "under 8 h" not in troupe.now_reads(troupe.post("ask", "Porto")).text


@IN_SLACK
def test_two_gigs_on_one_day_are_a_double_booking_and_another_tour_is_not_named(troupe: Troupe, tess: Actor) -> None:
    secret = troupe.slack.add_channel("secret-tour", ["tess", "ana"], private=True)
    tess.types(NEW)
    tess.types("/gig new The Lanterns, Lux Sintra, 1 Oct 2026", secret)
    tess.types("/gig call #1 @ana FOH 14:00")
    told = tess.types("/gig call #2 @ana LD 15:00", secret).text
    assert "ana LD: double booked: FOH at a gig of another tour from Thu 1 Oct 14:00 WEST" in told
    again = tess.types("/gig call #1 @ana MON 15:00").text
    assert "ana MON: double booked: LD at a gig of another tour from Thu 1 Oct 15:00 WEST" in again


def test_a_safety_role_beside_another_and_an_expired_licence_are_red(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    tess.types("/gig licence @ana rigging until 30 Sep 2026")
    told = tess.types("/gig call #1 @ana RIG 10:00, @ana LD 12:00").text
    assert "ana RIG: RIG is never doubled: also LD: red" in told
    assert "ana RIG: rigging licence expired on Wed 30 Sep 2026, before the show: red" in told
    assert "licence" not in troupe.now_reads(troupe.post("ask")).text
    tess.types("/gig licence @ana rigging until 1 Oct 2026")
    assert "licence" not in tess.types("/gig call #1 @ana RIG 09:00").text
