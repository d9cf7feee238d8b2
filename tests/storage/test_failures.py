"""No failure of a database ever carries a citizen's words (promise P30)."""

# ruff: noqa: PT012 (what is expected to fail is the whole unit of work)

from __future__ import annotations

import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.errors import NistaranError
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

SECRET = "रामकली-9876501234"


def _double(work) -> None:
    s.add_cases(work, 1)
    s.add_cases(work, 1, text=SECRET, category=SECRET, reference=SECRET)


def _checked(work) -> None:
    work.cases.add([s.case(1, text=SECRET)], facts=[{"x": SECRET}])
    work.cases._connection.execute(text("UPDATE cases SET status = 'NEW'"))


def _missing(work) -> None:
    work.cases.add([s.case(1, text=None, reference=SECRET)], facts=[{}])  # a NOT NULL broken beside the secret


@pytest.mark.promise("P30")
@pytest.mark.parametrize("act", [_double, _checked, _missing])
def test_a_refusal_by_the_database_says_nothing_of_the_row(sql_store: SqlStore, act) -> None:
    with pytest.raises(NistaranError) as refused, sql_store.work() as work:
        act(work)
        work.commit()

    said = "".join(traceback.format_exception(refused.value))
    assert SECRET not in said
    assert s.TEXT not in said
    assert "RowRefused" in said


@pytest.mark.promise("P30")
def test_the_failure_below_would_have_said_it(sql_store: SqlStore) -> None:
    """The broken twin: Postgres itself tells the row («Failing row contains …»), so the translation is needed."""
    with sql_store.work() as work:
        with pytest.raises(DBAPIError) as refused:
            _missing(work)
        if sql_store.engine.dialect.name == "postgresql":
            assert "Failing row contains" in str(refused.value.orig)
