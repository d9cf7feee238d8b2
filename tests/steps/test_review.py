"""Review: whom the machine asks about, in the order of work, without the complainant; and no answer to a case that has moved."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from nistaran.domain.correction import NONE, CorrectionReason
from nistaran.domain.correction_refused import MarkGone, MovedSince
from nistaran.domain.decision import AskReason, Candidate, Classification
from nistaran.domain.errors import ObjectDamaged
from nistaran.domain.wording import CORRECTION_HI
from nistaran.steps.correct import correct_case
from nistaran.steps.house import House
from nistaran.steps.review import look, waiting
from nistaran.steps.review_mark import MARK, mark_of, turn_in
from nistaran.steps.route import route_batch
from tests.files import row, write_csv
from tests.steps.people import CLERK, SECOND, decided, in_memory, number
from tests.taking import take

NAME, PHONE = "चन्द्रावती देवी", "9876512345"


class Asks:
    """A classifier that asks about every case, for these reasons in turn, and gives as deciding words what it is told."""

    version = "fixed"

    def __init__(self, *reasons: AskReason, words: tuple[str, ...] = ()) -> None:
        self._reasons, self._words = reasons, words

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """Five guesses of which three are worth showing."""
        guesses = tuple(
            Candidate(department, share)
            for department, share in (("ENERGY", 0.6), ("POLICE", 0.3), (NONE, 0.05), ("PWD", 0.03), ("FOREST", 0.02))
        )
        return [
            Classification(
                candidates=guesses, words=self._words, ask=self._reasons[n % len(self._reasons)], model="fixed"
            )
            for n in range(len(texts))
        ]


def asking(house: House, *reasons: AskReason, words: tuple[str, ...] = ()) -> House:
    """The house in memory with a model that asks about everything."""
    return dataclasses.replace(
        in_memory(house), classifier=lambda: Asks(*(reasons or (AskReason.LOW_CONFIDENCE,)), words=words)
    )


def fed(house: House, folder: Path, *rows: dict[str, str]) -> House:
    """Cases of these rows, decided."""
    take(house, write_csv(folder / "a.csv", rows))
    route_batch(house)
    return house


def test_first_lane_first_then_by_due_date_then_oldest(house: House, tmp_path: Path) -> None:
    rows = [
        row(text="पहली बात बिजली की", received_on="09/11/2026"),
        row(text="दूसरी बात बिजली की", received_on="05/11/2026"),
        row(text="तीसरी बात बिजली की", received_on="07/11/2026", channel="CMHELP"),
        row(text="चौथी बात बिजली की", received_on="05/11/2026"),
    ]
    asked = fed(asking(house), tmp_path, *rows)
    assert [case.number for case in look(asked, waiting(asked))] == [number(n) for n in (3, 2, 4, 1)]
    assert waiting(asked, limit=2) == waiting(asked)[:2]
    assert [case.number for case in look(asked, waiting(asked, lanes=["cm-helpline"]))] == [number(3)]


def test_only_those_asked_for_a_reason(house: House, tmp_path: Path) -> None:
    two = (AskReason.LOW_CONFIDENCE, AskReason.NOT_A_GRIEVANCE)
    asked = fed(asking(house, *two), tmp_path, *(row(text=f"बात संख्या {n}") for n in range(6)))
    found = {reason: look(asked, waiting(asked, reasons=[reason])) for reason in two}
    assert [len(cases) for cases in found.values()] == [3, 3]
    assert all(case.reason == reason for reason, cases in found.items() for case in cases)
    assert waiting(asked, reasons=[AskReason.NO_MODEL]) == []


def test_only_cases_that_wait_and_how_often_an_office_had_them(house: House, tmp_path: Path) -> None:
    lived = decided(in_memory(house), tmp_path)
    ids = waiting(lived)
    assert [case.number for case in look(lived, ids)] == [number(n) for n in (2, 4, 6)]
    assert {case.turn for case in look(lived, ids)} == {0}
    correct_case(lived, number(4), department="POLICE", by=CLERK)
    assert [case.number for case in look(lived, ids)] == [number(2), number(6)]
    assert len(waiting(lived)) == 2


def test_what_a_clerk_sees_is_without_the_complainant(house: House, tmp_path: Path) -> None:
    text = f"मैं {NAME}, मोबाइल {PHONE}, खम्भा टूटा है और {NAME.split(maxsplit=1)[0]} को करंट लगा"
    words = ("खम्भा", NAME.split(maxsplit=1)[0], PHONE)
    case = row(text=text, name=NAME, phone=PHONE, village=f"डुमरियागंज {PHONE}")
    asked = fed(asking(house, words=words), tmp_path, case)
    [seen] = look(asked, waiting(asked))
    shown = str(dataclasses.asdict(seen))
    assert "खम्भा टूटा है" in seen.text
    assert "खम्भा" in seen.words
    for secret in (PHONE, PHONE[:8], *NAME.split()):
        assert secret not in shown
    assert [one.department for one in seen.guesses] == ["ENERGY", "POLICE", NONE]


def test_a_damaged_seal_keeps_nobody_from_deciding(house: House, tmp_path: Path) -> None:
    class Damaged:
        def open(self, sealed: bytes, *, to: str) -> object:
            raise ObjectDamaged

    asked = fed(asking(house), tmp_path, row(text=f"फ़ोन {PHONE} पर बतायें, खम्भा टूटा है"))
    [seen] = look(dataclasses.replace(asked, vault=Damaged()), waiting(asked))  # type: ignore[arg-type]
    assert PHONE not in seen.text


def test_an_answer_to_a_case_that_has_moved_is_refused_unless_it_says_where_it_stands(
    house: House, tmp_path: Path
) -> None:
    lived = decided(in_memory(house), tmp_path)
    [first, *_] = look(lived, waiting(lived))
    done = correct_case(lived, first.number, department="POLICE", by=CLERK, turn=first.turn)
    assert done.changed
    with pytest.raises(MovedSince, match=f"correct.*{first.number}"):
        correct_case(lived, first.number, department="REVENUE", by=SECOND, turn=first.turn)
    assert not correct_case(lived, first.number, department="POLICE", by=SECOND, turn=first.turn).changed
    with pytest.raises(MovedSince):  # an office's case was never given out for review
        correct_case(lived, number(1), department="POLICE", by=SECOND, turn=1)
    with pytest.raises(MovedSince):  # it waits, but an office had it since
        correct_case(lived, number(4), department="POLICE", by=SECOND, turn=1)
    # the broken twin: nobody says what was seen, and the second clerk blindly undoes the first one's word
    assert correct_case(lived, first.number, department="REVENUE", by=SECOND).changed


def test_a_mark_is_of_its_own_case_only() -> None:
    assert turn_in({MARK: f" {mark_of(number(7), 3)} "}, number(7)) == 3
    assert turn_in({"case": "7"}, number(7)) is None
    for wrong in ("", number(7), f"{number(7)}:", f"{number(7)}:-1", f"{number(7)}:१", mark_of(number(8), 3), ":0"):
        with pytest.raises(MarkGone):
            turn_in({MARK: wrong}, number(7))


@pytest.mark.parametrize("reason", CorrectionReason)
def test_a_reason_may_be_written_as_the_officer_reads_it(
    reason: CorrectionReason, house: House, tmp_path: Path
) -> None:
    lived = decided(in_memory(house), tmp_path, 2)
    for_none = reason in tuple(CorrectionReason)[6:]
    done = correct_case(
        lived, number(2), department=NONE if for_none else "POLICE", by=CLERK, reason=f"  {CORRECTION_HI[reason]} "
    )
    assert done.correction is not None
    assert done.correction.reason is reason
