"""A crowd of cases under one phone, number or file costs a look-up no more than a few: what is read is counted, not timed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, func, select

from storage.repositories import complainants
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

CROWD = 3_000
FILE = f"{1:064x}"
SINCE = date(2026, 1, 1)

Look = Callable[[Any], object]
LOOKS: dict[str, Look] = {
    "earlier": lambda work: work.complainants.earlier(["crowd", *(f"p{n}" for n in range(50))], since=SINCE, each=10),
    "by_references": lambda work: work.cases.by_references(["crowd", *(f"r{n}" for n in range(50))]),
    "by_rows": lambda work: work.cases.by_rows(FILE, range(2_000, 2_050)),
    "rows_of": lambda work: work.cases.rows_of(FILE, [s.case(n).key for n in range(2_000, 2_050)]),
}


def _fill(store: SqlStore) -> None:
    with store.work() as work:
        ns = range(1, CROWD + 1)
        cases = [s.case(n, reference="crowd", text="x") for n in ns]
        work.cases.add(cases, facts=[{"file": FILE, "row": n} for n in ns])
        work.complainants.add([s.person(n, "crowd") for n in ns])
        work.commit()


@contextmanager
def _last_statement(store: SqlStore) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: object) -> None:
        seen.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


def _most_rows_read(store: SqlStore, look: Look) -> int:
    """On Postgres: the most rows that one step of the plan gave or threw away, without any statistics about the crowd."""
    with store.work() as work, _last_statement(store) as seen:
        look(work)
        statement, parameters = seen[-1]
        connection = work.cases._connection
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN (ANALYZE, TIMING OFF) {statement}", parameters).scalars())
    steps = re.findall(r"actual rows=([0-9.]+) loops=(\d+)|Rows Removed by \w+(?: \w+)*: (\d+)", plan)
    return max(int(float(rows) * int(loops)) if loops else int(removed) for rows, loops, removed in steps)


def _instructions(store: SqlStore, look: Look) -> int:
    """On SQLite: how many steps of its machine the look takes, in hundreds."""
    hundreds = 0

    def count() -> int:
        nonlocal hundreds
        hundreds += 1
        return 0

    with store.work() as work:
        raw = work.cases._connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.set_progress_handler(count, 100)
        look(work)
        raw.set_progress_handler(None, 0)
    return hundreds


def _ranked(work: Any) -> list[Any]:
    """The broken twin: all rows of the person are numbered before most are dropped."""
    people = complainants._people
    rank = func.row_number().over(partition_by=people.c.person, order_by=people.c.received_on.desc()).label("nth")
    ranked = select(people.c.case_id, rank).where(people.c.person == "crowd").subquery()
    return list(work.cases._connection.execute(select(ranked.c.case_id).where(ranked.c.nth <= 10)))


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_postgres_reads_no_more_for_a_crowd(
    postgres_url: str, open_store: Callable[[str], SqlStore], look: Look
) -> None:
    store = open_store(postgres_url)
    _fill(store)
    assert _most_rows_read(store, look) <= 100


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_sqlite_works_no_more_for_a_crowd(sqlite_url: str, open_store: Callable[[str], SqlStore], look: Look) -> None:
    store = open_store(sqlite_url)
    _fill(store)
    assert _instructions(store, look) < CROWD // 30


def test_numbering_the_crowd_is_noticed(
    sqlite_url: str, postgres_url: str, open_store: Callable[[str], SqlStore]
) -> None:
    lite, post = open_store(sqlite_url), open_store(postgres_url)
    for store in (lite, post):
        _fill(store)

    assert _instructions(lite, _ranked) > CROWD // 30
    assert _most_rows_read(post, _ranked) >= CROWD
