"""Backups of houses on Postgres (by pg_dump, at the very moment that the counts are of) and S3; nothing is ever written over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house, prepare
from nistaran.bootstrap_backup import restore_home, take_backup, try_restore
from nistaran.domain.errors import NotReady
from nistaran.settings import Settings
from storage.backup import NoPostgresTools, copy_database, restore_database
from storage.unit_of_work import SqlStore
from tests.files import many, write_csv
from tests.servers import PostgresServer, S3Server
from tests.storage import samples as s
from tests.taking import take


@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="needs postgresql-client")
def test_a_house_on_postgres_is_backed_up_tried_and_put_back(
    new_postgres_url: str, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home", database=new_postgres_url)  # type: ignore[arg-type]
    prepare(settings)
    with open_house(settings) as house:
        take(house, write_csv(tmp_path / "cases.csv", many(6)))
        made = take_backup(settings, house)
        assert (made.manifest.kind, made.manifest.snapshot.cases) == ("postgresql", 6)
        assert try_restore(settings, house).faults == []
        take(house, write_csv(tmp_path / "more.csv", many(8)[6:]))
    with postgres_server.new_database() as name:
        new = Settings(home=tmp_path / "new", database=postgres_server.url(name))  # type: ignore[arg-type]
        assert restore_home(new, made.folder, key=settings.key_file)
        with pytest.raises(NotReady, match="tables already"):
            restore_home(Settings(home=tmp_path / "again", database=postgres_server.url(name)), made.folder, key=None)  # type: ignore[arg-type]


def test_without_its_tools_it_says_so(
    postgres_url: str, open_store: Callable[[str], SqlStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoPostgresTools, match="pg_dump"):
        copy_database(open_store(postgres_url).engine, tmp_path / "house.dump")


def test_nothing_is_written_over(sqlite_url: str, open_store: Callable[[str], SqlStore], tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    with store.work() as work:
        s.add_cases(work, 1)
        work.ledger.append([s.registered(1)])
        work.commit()
    snapshot = copy_database(store.engine, tmp_path / "copy.db")
    assert (snapshot.seq, snapshot.cases) == (1, 1)
    with pytest.raises(NotReady, match="is there already"):
        restore_database(tmp_path / "copy.db", store.engine)


def test_objects_in_a_bucket_are_backed_up_and_put_into_another(s3_server: S3Server, tmp_path: Path) -> None:
    one, two = (f"s3://{s3_server.new_bucket()}/house" for _ in range(2))
    settings = Settings(home=tmp_path / "home", objects=one, s3_endpoint=s3_server.endpoint)
    prepare(settings)
    with open_house(settings) as house:
        take(house, write_csv(tmp_path / "cases.csv", many(3)))
        made = take_backup(settings, house)
        assert try_restore(settings, house).faults == []
    new = Settings(home=tmp_path / "new", objects=two, s3_endpoint=s3_server.endpoint)
    assert restore_home(new, made.folder, key=settings.key_file)
