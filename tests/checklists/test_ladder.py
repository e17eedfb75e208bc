"""Which places nobody fills, and who is asked next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checklists.crew import Call, CallKind, CallState, Position
from checklists.deadlines import (
    answer_by,
)
from checklists.ladder import Hole, Offer, OfferState, Standin, barred, holes, step, waves_of
from tests.checklists.gigs import call, lisbon

HOUR = timedelta(hours=1)
ASKED = datetime(2024, 10, 20, 12, tzinfo=UTC)
FAR = datetime(2024, 10, 1, 12, tzinfo=UTC)


def a_call(number: int, **facts: object) -> Call:
    return call(lisbon(), number, "14:00", **{"position": Position.FOH, "asked_at": ASKED, **facts})


def dropped(number: int, after: timedelta = HOUR, **facts: object) -> Call:
    return a_call(number, state=CallState.DECLINED, answered_at=ASKED + after, **facts)


def offered(to: Call, who: str, state: OfferState = OfferState.ASKED, at: datetime = ASKED, number: int = 1) -> Offer:
    return Offer(number, to.gig_id, to.id, to.version, to.position, who, 0, state, at)


def test_a_place_is_open_from_the_decline_until_somebody_is_called_after_it() -> None:
    gone = dropped(1)
    assert holes([gone], {}, FAR) == [Hole(gone, ASKED + HOUR)]
    other = a_call(2)
    assert holes([gone, other], {}, FAR) == [Hole(gone, ASKED + HOUR)]
    instead = a_call(3, asked_at=ASKED + 2 * HOUR)
    assert holes([gone, other, instead], {}, FAR) == []
    gone_too = replace(instead, state=CallState.DECLINED, answered_at=ASKED + 3 * HOUR)
    assert [hole.call for hole in holes([gone, other, gone_too], {}, FAR)] == [gone_too]


def test_two_who_drop_out_are_two_places_and_one_who_is_called_fills_one() -> None:
    calls = [dropped(1), dropped(2)]
    assert len(holes(calls, {}, FAR)) == 2
    instead = a_call(3, asked_at=ASKED + 2 * HOUR)
    assert [hole.call for hole in holes([*calls, instead], {}, FAR)] == [calls[1]]
    his = offered(calls[1], "U3", OfferState.TAKEN)
    assert [hole.call for hole in holes([*calls, instead], {}, FAR, [his])] == [calls[0]]


def test_the_called_off_and_other_kinds_of_call_are_no_places() -> None:
    assert holes([a_call(1, state=CallState.CALLED_OFF)], {}, FAR) == []
    assert holes([dropped(1, kind=CallKind.BUS)], {}, FAR) == []


def test_a_no_show_is_a_place_a_quarter_of_an_hour_after_he_was_awaited() -> None:
    missing = a_call(1, state=CallState.NO_SHOW, late=20)
    assert holes([missing], {}, FAR) == [Hole(missing, missing.at + timedelta(minutes=35))]


def test_silence_is_a_no_only_once_its_time_has_come() -> None:
    silent = a_call(1)
    assert holes([silent], {1: ASKED + HOUR}, ASKED) == []
    assert [hole.call for hole in holes([silent], {1: ASKED + HOUR}, ASKED + HOUR)] == [silent]
    assert holes([replace(silent, state=CallState.MAYBE)], {1: ASKED}, ASKED + HOUR) == []


def test_the_first_wave_is_asked_then_the_next_once_all_have_refused_or_their_time_is_over() -> None:
    gone, chain = dropped(1), [["UB"], ["UC", "UD"]]
    hole, now = Hole(gone, ASKED), ASKED
    first = step(hole, chain, [], (), lambda _: "Europe/Lisbon", now)
    assert (first.wave, dict(first.ask), first.again_at) == (0, {"UB": now}, answer_by(now, gone, "Europe/Lisbon"))
    asked = offered(gone, "UB")
    waits = step(hole, chain, [asked], (), lambda _: "Europe/Lisbon", now + HOUR)
    assert (dict(waits.ask), waits.again_at, waits.is_spent) == ({}, first.again_at, False)
    over = step(hole, chain, [asked], (), lambda _: "Europe/Lisbon", first.again_at or now)
    assert (over.wave, set(over.ask)) == (1, {"UC", "UD"})
    refused = replace(asked, state=OfferState.REFUSED)
    assert set(step(hole, chain, [refused], (), lambda _: "Europe/Lisbon", now).ask) == {"UC", "UD"}


def test_who_is_barred_is_passed_over_and_a_chain_ends() -> None:
    gone = dropped(1)
    hole = Hole(gone, ASKED)
    assert set(step(hole, [["UB"], ["UC"]], [], {"UB"}, lambda _: "UTC", ASKED).ask) == {"UC"}
    assert step(hole, [["UB"]], [], {"UB"}, lambda _: "UTC", ASKED).is_spent
    assert step(hole, [["UB"]], [offered(gone, "UB", OfferState.REFUSED)], (), lambda _: "UTC", ASKED).is_spent


def test_whoever_lapsed_is_asked_again() -> None:
    gone = dropped(1)
    lapsed = offered(gone, "UB", OfferState.LAPSED)
    assert set(step(Hole(gone, ASKED), [["UB"]], [lapsed], (), lambda _: "UTC", ASKED).ask) == {"UB"}


def test_a_sleeper_is_asked_in_the_morning_and_his_time_runs_from_then() -> None:
    gone, night = dropped(1), datetime(2024, 10, 21, 23, 30, tzinfo=UTC)
    asked = step(Hole(gone, night), [["UB"]], [], (), lambda _: "Europe/Lisbon", night)
    morning = datetime(2024, 10, 22, 7, tzinfo=UTC)
    assert dict(asked.ask) == {"UB": morning}
    assert asked.again_at == morning + timedelta(hours=4)


def test_nobody_is_asked_for_what_he_refused_works_in_or_is_asked_for_elsewhere() -> None:
    gig, gone, other = lisbon(), dropped(1), dropped(2)
    there = [gone, other, a_call(3), a_call(4, state=CallState.CALLED_OFF)]
    offers = [
        offered(other, "UB", OfferState.REFUSED, number=1),
        offered(other, "UC", OfferState.ASKED, number=2),
        offered(other, "UD", OfferState.FILLED, number=3),
        offered(replace(other, position=Position.MON), "UE", OfferState.REFUSED, number=4),
        offered(gone, "UF", OfferState.ASKED, number=5),
    ]
    assert barred(Hole(gone, ASKED), there, offers, gig) == {"U1", "U2", "U3", "UB", "UC"}
    moved = replace(gig, counted_from=ASKED + HOUR)
    assert "UB" not in barred(Hole(gone, ASKED), there, offers, moved)


def test_a_gigs_own_chain_goes_before_the_tours() -> None:
    tours = [Standin(None, Position.FOH, "UA", 0), Standin(None, Position.MON, "UM", 0)]
    own = [Standin(18, Position.FOH, "UB", 0), Standin(18, Position.FOH, "UC", 1), Standin(18, Position.FOH, "UD", 1)]
    assert waves_of(tours, Position.FOH) == [["UA"]]
    assert waves_of([*tours, *own], Position.FOH) == [["UB"], ["UC", "UD"]]
    assert waves_of([*tours, *own], Position.MON) == [["UM"]]
    assert waves_of(tours, Position.LD) == []


ANSWERS = st.sampled_from([OfferState.ASKED, OfferState.REFUSED, OfferState.LAPSED])
CHAINS = st.lists(st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=3, unique=True), min_size=1, max_size=6)


@given(CHAINS, st.lists(ANSWERS, min_size=30, max_size=30), st.sampled_from(["Europe/Lisbon", "Asia/Tokyo"]))
def test_whatever_they_say_each_is_asked_once_in_the_order_and_the_chain_comes_to_its_end(
    chain: list[list[str]], answers: list[OfferState], zone: str
) -> None:
    gone, said, now, rounds = dropped(1), iter(answers), ASKED, 0
    offers: dict[str, Offer] = {}
    while not (taken := step(Hole(gone, ASKED), chain, offers.values(), (), lambda _: zone, now)).is_spent:
        rounds += 1
        assert rounds < 40
        for who, at in taken.ask.items():
            assert offers.get(who) is None or offers[who].state is OfferState.LAPSED
            answer = next(said) if who not in offers else OfferState.REFUSED
            offers[who] = offered(gone, who, answer, at, len(offers) + 1)
        assert taken.again_at is not None
        assert taken.again_at > now
        now = taken.again_at
    assert set(offers) == {who for wave in chain for who in wave}
