"""The sweep through Prefect: counts by department and mark come out, words stay in."""

from __future__ import annotations

from pathlib import Path

from prefect.client.orchestration import get_client

from flows.escalate import escalate
from flows.ingest import ingest
from flows.risk import risk
from tests.files import many, write_csv


def test_the_marks_stand_in_artifacts_without_a_word(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [one | {"received_on": "05/11/2025"} for one in many(4)])
    ingest()
    counts = escalate()
    assert (counts["looked_at"], counts["handled"], counts["skipped"]) == (4, 4, 0)
    assert counts["DEFAULTER"] == counts["L4"] == counts["WARNING_1"] == 4
    assert counts["will_default"] == 0  # all are defaulters already
    again = escalate()
    assert (again["DEFAULTER"], again["letters"], again["looked_at"]) == (0, 0, 4)
    assert risk() == {"examples": 0, "learned": 0}  # all of them are late: nothing to learn from
    with get_client(sync_client=True) as client:
        made = {one.key: str(one.data) for one in client.read_artifacts()}
    assert {"marks", "forecast", "escalate", "risk"} <= set(made)
    for text in made.values():
        assert "ट्रांसफार्मर" not in text
        assert "आवेदक" not in text
