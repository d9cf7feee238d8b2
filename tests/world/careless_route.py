"""The broken twin of `nistaran route`: it does not hold the cases that it decides. Run as a module by test_at_once.py."""

from __future__ import annotations

from sqlalchemy import select

from nistaran.cli import main
from storage.repositories import cases


def take_without_holding(self: cases.SqlCases, *, limit: int, lanes: object) -> list[cases.Case]:
    wanted = select(cases._cases.c.id).where(cases._cases.c.status == "REGISTERED").order_by(cases._cases.c.id)
    return self.by_ids([row.id for row in self._connection.execute(wanted.limit(limit))])


if __name__ == "__main__":
    cases.SqlCases.take_unrouted = take_without_holding  # type: ignore[method-assign, assignment]
    main()
