"""Several processes that bring the same complaints make each case once (promise P4)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.domain.events import first_break
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

ROOT = Path(__file__).parents[2]
COUNT = 240


@pytest.mark.promise("P4")
def test_two_processes_make_each_case_once(database_url: str, open_store: Callable[[str], SqlStore]) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.storage.two_writers", database_url, str(seed), str(COUNT)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for seed in (1, 2)
    ]
    told = [int(process.communicate(timeout=120)[0]) for process in processes]

    assert [process.returncode for process in processes] == [0, 0]
    assert sum(told) == COUNT
    with open_store(database_url).read() as work:
        cases = work.cases.page(after_id=0, limit=2 * COUNT)
        links = list(work.ledger.links())
    assert {case.key for case in cases} == {s.case(n).key for n in range(1, COUNT + 1)}
    assert [case.id for case in cases] == list(range(1, COUNT + 1))
    assert len(links) == COUNT
    assert first_break(links) is None
