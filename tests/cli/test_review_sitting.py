"""A sitting, whatever keys are pressed: what stood last for a case is written, what was taken back is not, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nistaran.cli.review_screen import Screen
from nistaran.cli.review_sitting import Sitting
from nistaran.steps.house import House
from nistaran.steps.review import waiting
from tests.files import many
from tests.steps.people import CLERK, number
from tests.steps.test_review import asking, fed

CASES = 4
CHOSEN = {"1": "ENERGY", "2": "POLICE"}


class Scripted(Screen):
    """The screen, with lines that were decided before; whatever it shows is dropped."""

    def __init__(self, house: House, lines: Sequence[str]) -> None:
        super().__init__(house)
        self._lines: Iterator[str] = iter(lines)

    def read(self, prompt: str = "> ") -> str | None:
        return next(self._lines, None)


def expected(keys: Sequence[str]) -> dict[int, str]:
    """What each case should be, told without any of the sitting's own words: answers by case, the last act may be undone once."""
    answers: dict[int, str] = {}
    at, undoable = 0, False
    for key in keys:
        if at == CASES and key != "u":
            break
        if key == "u" and undoable:
            at, undoable = at - 1, False
            answers.pop(at, None)
        elif key == "q":
            break
        elif key in {"1", "2", "s"}:
            if key != "s":
                answers[at] = CHOSEN[key]
            at, undoable = at + 1, True
            if at == CASES and key == "s":
                break  # nothing is held, so nothing is asked any more
    return answers


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.sampled_from(["1", "2", "s", "u", "u", "q", "", "?", "1", "2"]), max_size=12))
def test_whatever_keys_are_pressed(house: House, tmp_path: Path, keys: list[str]) -> None:
    asked = fed(asking(house), tmp_path, *many(CASES))
    sitting = Sitting(asked, waiting(asked), screen=Scripted(asked, keys), by=CLERK)
    sitting.run()
    answers = expected(keys)
    with asked.read() as work:
        cases = work.cases.page(after_id=0, limit=10)
        kinds = {case.number: [link.kind for link in work.ledger.of(case.number)] for case in cases}
    assert {case.number: case.department for case in cases} == {number(n + 1): answers.get(n, "") for n in range(CASES)}
    assert all(found.count("DepartmentCorrected") <= 1 for found in kinds.values())
    assert (sitting.tally.answered, sitting.tally.refused) == (len(answers), 0)
