"""Whether a login may act is asked in one query at each act."""

from __future__ import annotations

from sqlalchemy import event

from storage.unit_of_work import SqlStore
from tests.storage.contract.test_registry import officer


def test_what_concerns_a_login_is_one_query(sql_store: SqlStore) -> None:
    said: list[str] = []
    with sql_store.work() as work:
        for kept in ([], [officer(login="")], [officer()]):
            work.registry.put_officers(kept)
            said.clear()
            event.listen(sql_store.engine, "before_cursor_execute", _listener := lambda *given: said.append(given[2]))
            work.registry.concerning("up.x", ["SDR-DM", "SDR-SDM-BANSI"])
            event.remove(sql_store.engine, "before_cursor_execute", _listener)
            assert len(said) == 1
