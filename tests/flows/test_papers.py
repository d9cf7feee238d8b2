"""Letters and daily notices through Prefect: counts come out, words stay in."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from flows.daily_notice import daily_notice
from flows.drafts import drafts
from flows.escalate import escalate
from flows.ingest import ingest
from flows.route import route
from nistaran.domain.working_days import WorkingDays
from tests.files import many, write_csv


def test_letters_and_notices_are_counted_without_a_word(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkingDays, "is_working", lambda *_: True)  # whatever day it is when the test runs
    write_csv(home / "inbox" / "a.csv", [one | {"received_on": "05/11/2025"} for one in many(6)])
    ingest()
    route(deliver=False)
    escalate()
    drawn = drafts()
    assert drawn["EXPLANATION"] > 0
    assert drawn["TO_SUPERIOR"] == 0 or drawn["TO_SUPERIOR"] <= 5
    assert sum(drafts().values()) == 0
    told = daily_notice()
    assert (told["drawn"] > 0, told["cases"], told["silent"]) == (True, 6, 0)
    assert daily_notice()["drawn"] == 0
    assert daily_notice(only_silence=True)["known"] == 0
    with get_client(sync_client=True) as client:
        made = {one.key: str(one.data) for one in client.read_artifacts()}
    assert {"drafts", "daily-notice"} <= set(made)
    for key in ("drafts", "daily-notice"):
        assert "ट्रांसफार्मर" not in made[key]
        assert "आवेदक" not in made[key]
