"""The weekly figures through Prefect: counts come out, words stay in."""

from __future__ import annotations

from pathlib import Path

from prefect.client.orchestration import get_client

from flows.ingest import ingest
from flows.route import route
from flows.transfer_figures import transfer_figures
from nistaran.bootstrap import standing_house
from nistaran.settings import load
from nistaran.steps.correct import correct_case
from nistaran.steps.office_answer import answer_case
from tests.files import many, write_csv


def test_the_figures_stand_in_artifacts_without_a_word(home: Path) -> None:
    write_csv(home / "inbox" / "a.csv", many(4))
    ingest()
    route(deliver=False)
    house = standing_house(load())
    with house.read() as work:
        numbers = [case.number for case in work.cases.page(after_id=0, limit=10)]
    for number in numbers:
        correct_case(house, number, department="ENERGY", by="up.cell")
    with house.read() as work:
        cases = work.cases.page(after_id=0, limit=10)
    answer_case(
        house, cases[0].number, office=cases[0].office, kind="NOT_OUR_DEPARTMENT", by="up.o", department="POLICE"
    )
    counts = transfer_figures()
    assert counts["cases"] == 4
    assert counts["waiting"] + counts["judged"] == 4
    with get_client(sync_client=True) as client:
        made = {one.key: str(one.data) for one in client.read_artifacts()}
    assert {"transfers", "confusions", "disclaimers", "open-tasks"} <= set(made)
    assert cases[0].office in made["disclaimers"]
    for text in made.values():
        assert "ट्रांसफार्मर" not in text
    for key in ("transfers", "confusions", "disclaimers", "open-tasks"):  # others count complainants, by that word
        assert "आवेदक" not in made[key]
