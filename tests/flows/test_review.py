"""The weekly review through Prefect: both files are kept once, counts come out, words stay in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from prefect.client.orchestration import get_client

from flows.ingest import ingest
from flows.review import review
from nistaran.bootstrap import SystemClock, standing_house
from nistaran.domain.deadlines import day_in_india
from nistaran.settings import load
from nistaran.steps.promises import promise
from tests.files import many, write_csv


def test_the_review_is_kept_and_its_counts_published_without_a_word(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", [one | {"received_on": "05/11/2025"} for one in many(4)])
    ingest()
    today = day_in_india(SystemClock().now())
    house = standing_house(load())
    promise(house, "ENERGY", line="गोपनीय पंक्ति", target=today + timedelta(days=3), by="up.cell1", number=0)
    counts = review(until=today)
    assert (counts["received"], counts["pending"], counts["defaulters"], counts["files"]) == (4, 4, 4, 2)
    kept = list(house.objects.keys("reviews/"))
    assert [key.rsplit(".", 1)[1] for key in kept] == ["pdf", "xlsx"]
    assert house.objects.read_bytes(kept[0]).startswith(b"%PDF")
    assert review(until=today) == counts
    assert list(house.objects.keys("reviews/")) == kept  # the same figures are kept once
    assert not list(house.spool.iterdir())
    with get_client(sync_client=True) as client:
        made = {one.key: str(one.data) for one in client.read_artifacts()}
    assert {"weekly", "weekly-office", "weekly-channel"} <= set(made)
    for text in made.values():
        for word in ("ट्रांसफार्मर", "आवेदक 1", "गोपनीय"):
            assert word not in text
