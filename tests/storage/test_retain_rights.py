"""On Postgres only nistaran_retain takes words away, and not even it touches the ledger (roles.sql)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from nistaran.domain.errors import NotReady
from nistaran.domain.retention import Erased, MaskedWords
from storage.backup import copy_database
from storage.unit_of_work import SqlStore
from tests.storage import samples as s
from tests.storage.contract.test_reports import report
from tests.storage.test_append_only import app_store

__all__ = ["app_store"]

DAY = date(2029, 11, 22)
NEVER_APP = [
    *(f"DELETE FROM {table}" for table in ("words", "complainants", "refusals", "logins", "erasures", "heartbeats")),
    *("UPDATE words SET text = ''", "UPDATE complainants SET sealed = sealed", "UPDATE reports SET text = ''"),
    *("UPDATE outbox SET body = body", "UPDATE decisions SET grounds = grounds", "UPDATE heartbeats SET since = since"),
    "INSERT INTO erasures VALUES (1, 'PURGED', '2029-11-22')",
]
NEVER_RETAIN = [
    *("DELETE FROM events", "UPDATE events SET body = '{}'", "DELETE FROM cases", "UPDATE cases SET due_on = due_on"),
    *("DELETE FROM erasures", "UPDATE erasures SET on_day = on_day", "DELETE FROM gone_objects", "DELETE FROM reports"),
]


@pytest.fixture
def kept(app_store: SqlStore) -> SqlStore:
    """The house with one case and everything beside it."""
    with app_store.work() as work:
        s.add_cases(work, 1, 2)
        work.complainants.add([s.person(1)])
        work.decisions.add([s.decision(1)])
        work.reports.add([report(1)])
        work.heartbeats.beat("ingest/inbox", {"files": 1}, at=s.NOW)
        work.commit()
    return app_store


@pytest.fixture
def retain_store(kept: SqlStore, open_store: Callable[[str], SqlStore]) -> SqlStore:
    """The same database as the role that may take words away."""
    return open_store(kept.engine.url.set(username="nistaran_retain").render_as_string(hide_password=False))


def refused(store: SqlStore, statement: str) -> bool:
    with store.engine.connect() as connection, pytest.raises(DBAPIError) as error:
        connection.execute(text(statement))
    return isinstance(error.value.orig, InsufficientPrivilege)


def test_only_retain_takes_away_and_the_ledger_not_even_it(kept: SqlStore, retain_store: SqlStore) -> None:
    assert [one for one in NEVER_APP if not refused(kept, one)] == []
    assert [one for one in NEVER_RETAIN if not refused(retain_store, one)] == []


def test_the_house_that_tries_is_told_which_setting(kept: SqlStore) -> None:
    with pytest.raises(NotReady, match="NISTARAN_RETAIN_DATABASE"), kept.work() as work:
        work.erasures.purge([1], on_day=DAY)


def test_retain_masks_and_purges_and_the_house_reads_that_it_did(kept: SqlStore, retain_store: SqlStore) -> None:
    with retain_store.work() as work:
        work.erasures.mask([MaskedWords(case_id=2, text="x", sealed=b"x")], on_day=DAY)
        went = work.erasures.purge([1], on_day=DAY)
        work.erasures.purge_refused(before=s.NOW)
        work.erasures.purge_logins(before=s.NOW)
        work.erasures.gone(work.erasures.given_up(done=False))
        work.ledger.append([s.registered(1)])
        work.heartbeats.beat("retain/nightly", {}, at=s.NOW)
        work.commit()
    assert went[1]["words"] == went[1]["reports"] == 1
    with kept.read() as work:
        assert work.erasures.of_each([1, 2]) == {1: {Erased.PURGED}, 2: {Erased.MASKED}}
        assert [one.text for one in work.cases.by_ids([1, 2])] == ["", "x"]


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="needs postgresql-client")
def test_retain_may_back_up_and_try_the_backup(retain_store: SqlStore, tmp_path: Path) -> None:
    snapshot = copy_database(retain_store.engine, tmp_path / "house.dump")
    assert snapshot.cases == 2
    with retain_store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE nistaran_trial_rights"))
        connection.execute(text("DROP DATABASE nistaran_trial_rights WITH (FORCE)"))
