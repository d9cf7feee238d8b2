"""People's words on the judge become labels: only a person's, only ordinary reports, in a file for one reader."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from nistaran.domain.office_report import CloseKind
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.report_labels import report_labels, write_report_labels
from nistaran.steps.report_words import overrule, recall
from tests.steps.people import number
from tests.steps.reporting import FILLER, GOOD, hand_in
from tests.steps.transferring import CELL, PLAIN, with_cases

SURE = {"ENERGY": 0.98, "POLICE": 0.01, "REVENUE": 0.01}


def test_labels_are_peoples_words_only(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, SURE, *(f"{PLAIN} खम्भा {n}" for n in range(1, 6)))
    refused = hand_in(held, FILLER, 1).report
    overrule(held, refused.id, by=CELL, why="TRUE_ON_FACTS")
    taken = hand_in(held, GOOD, 2).report
    recall(held, taken.id, by=CELL, why="NOTHING_DONE")
    hand_in(held, GOOD, 3)  # nobody spoke of it
    hand_in(held, GOOD, 4, close=CloseKind.INTERIM)
    hand_in(held, GOOD, 5)
    give_feedback(held, number(5), by=CELL, outcome="DISSATISFIED", relief="NOT_GIVEN", how="CALL")

    found = [(one.id, one.verdict.value, one.why, one.by) for one in report_labels(held)]
    assert found == [(refused.id, "ACCEPT", "TRUE_ON_FACTS", CELL), (taken.id, "REJECT", "NOTHING_DONE", CELL)]

    target = tmp_path / "labels.jsonl"
    target.write_text("older, readable by all", encoding="utf-8")
    target.chmod(0o644)
    assert write_report_labels(held, target) == 2
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {
        "id": refused.id,
        "complaint": f"{PLAIN} खम्भा 1",
        "report": FILLER,
        "verdict": "ACCEPT",
        "why": "TRUE_ON_FACTS",
        "by": CELL,
    }
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*.part"))
