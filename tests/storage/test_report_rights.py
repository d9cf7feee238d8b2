"""On Postgres the house's role may move where a report stands and nothing else of it; readers see no word of it (roles.sql)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.report_tables import FeedbackRow, ReportRow
from storage.tables import table_of
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_feedback import word
from tests.storage.contract.test_reports import overruled, report
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

MOVES = {"state", "decided_by", "decided_at", "why"}
PRIVATE = {"text", "fields", "findings", "attachments"}
NEVER = [
    *(f"UPDATE reports SET {one.name} = {one.name}" for one in table_of(ReportRow).columns if one.name not in MOVES),
    *(f"UPDATE feedback SET {one.name} = {one.name}" for one in table_of(FeedbackRow).columns),
    *("DELETE FROM reports", "DELETE FROM feedback", "TRUNCATE reports, feedback"),
]


@pytest.fixture
def reader(app_store: SqlStore, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """The house with one report and one word on it, as dashboards see it."""
    with app_store.work() as work:
        s.add_cases(work, 1)
        work.reports.add([report(1)])
        work.feedback.add([word(1)])
        work.commit()
    return open_store(app_store.engine.url.set(username="nistaran_reader").render_as_string(hide_password=False))


def _refused(store: SqlStore, statement: str) -> bool:
    with store.engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            return isinstance(error.orig, InsufficientPrivilege)
    return False


def test_the_house_keeps_reports_settles_them_and_keeps_feedback(app_store: SqlStore) -> None:
    with app_store.work() as work:
        s.add_cases(work, 1)
        work.reports.add([report(1)])
        work.reports.settle([overruled(1)])
        work.feedback.add([word(1)])
        work.commit()
    with app_store.read() as work:
        assert work.reports.of(1) == [overruled(1)]
        assert work.feedback.of(1) == [word(1)]


def test_it_has_no_right_to_change_what_was_handed_in_or_said(app_store: SqlStore) -> None:
    assert [statement for statement in NEVER if not _refused(app_store, statement)] == []
    assert not any(_refused(app_store, f"UPDATE reports SET {column} = {column}") for column in MOVES)


def test_readers_count_reports_and_read_feedback(reader: SqlStore) -> None:
    shown = [one.name for one in table_of(ReportRow).columns if one.name not in PRIVATE]
    with reader.engine.connect() as connection:
        row = connection.execute(text(f"SELECT {', '.join(shown)} FROM reports WHERE office = 'pvvnl-ee-1'")).one()
        assert (row.id, row.state, row.reasons) == (report(1).id, "REJECTED", '["NO_ACTION","NO_CONTACT"]')
        assert connection.execute(text("SELECT count(*) FROM reports")).scalar_one() == 1
    with reader.read() as work:
        assert work.feedback.of(1) == [word(1)]


def test_readers_see_no_word_of_a_report_and_change_nothing(reader: SqlStore) -> None:
    asked = [*(f"SELECT {column} FROM reports" for column in sorted(PRIVATE)), "SELECT * FROM reports"]
    changes = ["UPDATE reports SET why = ''", "UPDATE feedback SET relief = relief", "DELETE FROM feedback"]
    assert [statement for statement in (*asked, *changes) if not _refused(reader, statement)] == []
