"""Reasons read as plain words in venue time."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from checklists.gig import GigState
from checklists.items import ItemState
from checklists.judging import Facts, Verdict
from checklists.readiness import readiness
from checklists.reasons import WORDS, Reason, ReasonKind
from tests.checklists.readiness_facts import NOW, after, judged_facts

LATE = Reason(Verdict.RED, ReasonKind.OVERDUE, "ds.medics_in", "Medics in place", owner="PM", due=after(-1.25))
SOON = Reason(Verdict.AMBER, ReasonKind.DUE_SOON, what="Clear to open", owner="PM", due=after(0.5))
FOH = Reason(Verdict.AMBER, ReasonKind.UNCONFIRMED, "FOH", due=after(47.9))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (LATE, "Medics in place: overdue since 11:45 CET (PM)"),
        (replace(LATE, owner="", due=after(-43)), "Medics in place: overdue since Wed 4 Nov 18:00 CET"),
        (replace(LATE, state=ItemState.SENT), "Medics in place: sent, no answer, overdue since 11:45 CET (PM)"),
        (replace(LATE, state=ItemState.PROBLEM), "Medics in place: problem, overdue since 11:45 CET (PM)"),
        (replace(LATE, kind=ReasonKind.LATE), "Medics in place: late since 11:45 CET (PM)"),
        (SOON, "Clear to open: due 13:30 CET, in 30 min (PM)"),
        (replace(SOON, due=after(28)), "Clear to open: due Sat 7 Nov 17:00 CET, in 28 h (PM)"),
        (FOH, "FOH not confirmed, call in 47 h"),
        (replace(FOH, due=after(1.5)), "FOH not confirmed, call in 90 min"),
        (replace(FOH, due=after(-1)), "FOH not confirmed, call was 12:00 CET"),
        (replace(FOH, count=3), "FOH: 3 not confirmed, first call in 47 h"),
        (
            Reason(Verdict.AMBER, ReasonKind.REST, key="FOH", owner="PM", figure=8.5, limit=10),
            "rest 8.5 h before the call, under 10 h (FOH)",
        ),
        (
            Reason(Verdict.RED, ReasonKind.DRIVE, figure=10.9, limit=9.0),
            "drive of 10.9 h, over the limit of 9 h, with one driver",
        ),
        (
            Reason(Verdict.AMBER, ReasonKind.CHANGE, "FOH, MON", due=after(-3)),
            "change of 10:00 CET not acknowledged: FOH, MON",
        ),
        (
            Reason(Verdict.RED, ReasonKind.CURFEW, what="hard", due=after(10.5), against=after(10)),
            "set ends 23:30 CET, after the hard curfew 23:00 CET",
        ),
        (
            Reason(Verdict.AMBER, ReasonKind.ON_TIME, figure=91.0, limit=95.0),
            "on time 91.0 % of what is due, under 95 %",
        ),
        (Reason(Verdict.RED, ReasonKind.BLOCKER, what="stage not built"), "blocker: stage not built"),
        (
            Reason(Verdict.GREY, ReasonKind.STATE, GigState.POSTPONED.value),
            "postponed: readiness is not judged",
        ),
    ],
)
def test_a_reason_in_words(reason: Reason, words: str) -> None:
    assert reason.words(NOW, "Europe/Amsterdam") == words


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(ReasonKind)


@settings(deadline=None)
@given(judged_facts)
def test_every_reason_of_any_gig_reads_on_one_line_without_holes(facts: Facts) -> None:
    for reason in readiness(facts, NOW).reasons:
        words = reason.words(NOW, "Asia/Kathmandu")
        assert words.strip() == words != ""
        assert not any(hole in words for hole in ("None", "\n", "  ", "()", "not known"))
