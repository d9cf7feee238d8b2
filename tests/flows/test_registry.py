"""The registry through Prefect: counts by office come out, no name and no number."""

from __future__ import annotations

from pathlib import Path

from prefect.client.orchestration import get_client

from flows.registry import registry
from nistaran.bootstrap import project_root, standing_house
from nistaran.settings import load
from nistaran.steps.registry_files import logins_from, officers_from


def test_offices_stand_in_artifacts_without_a_person(home: Path) -> None:
    house = standing_house(load())
    samples = project_root() / "samples" / "registry"
    officers_from(house, samples / "officers.csv")
    logins_from(house, samples / "logins.csv")
    counts = registry(days=400)
    assert counts["known_days"] in (0, 5)  # none before the samples' week has come
    assert counts["silent"] == counts["untouched"] == 0
    assert counts["without_login"] > 0
    with get_client(sync_client=True) as client:
        made = {one.key: str(one.data) for one in client.read_artifacts()}
    assert {"login-days", "silent-offices", "registry"} <= set(made)
    for text in made.values():
        assert "प्रजापति" not in text
        assert "90000009" not in text
        assert "@" not in text
