"""Clean-up orders: a target day on a set of cases that is fixed when the order is given, followed to the end (S2-2, S1-5).

Pure rules. An order never moves a due date. Not here: choosing the cases (steps/orders.py), keeping them (storage/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from nistaran.domain.errors import NistaranError


class OrderState(StrEnum):
    """How far an order has come."""

    GIVEN = "GIVEN"
    CLOSED = "CLOSED"  #: every case of it is disposed of
    WITHDRAWN = "WITHDRAWN"


class Standing(StrEnum):
    """How a case of an order stands."""

    DONE = "DONE"  #: disposed of by the target day
    DONE_LATE = "DONE_LATE"
    LEFT = "LEFT"  #: open, at the office that had it when the order was given
    MOVED = "MOVED"  #: open, and now at another office, which must know of the order
    REOPENED = "REOPENED"  #: disposed of since the order, and open again


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedCase:
    """A case of an order, with the office that was answerable for it and its round when the order was given."""

    case_id: int
    office: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order. `chosen` says how its cases were chosen, in codes and days; the set does not change afterwards."""

    id: str  #: ORDER-2026-27-0001
    given_at: datetime
    given_by: str
    why: str
    target: date
    chosen: Mapping[str, object]
    cases: tuple[OrderedCase, ...] = ()
    state: OrderState = OrderState.GIVEN
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""


class OrderRefused(NistaranError):
    """आदेश नहीं लिया गया / The order was not taken"""


class UnknownOrder(NistaranError):
    """इस क्रमांक का कोई आदेश नहीं है: `nistaran orders list` से क्रमांक देखें / There is no order of this id: look it up with
    `nistaran orders list`"""


def order_id(year: str, serial: int) -> str:
    """The id by which an order is called for."""
    return f"ORDER-{year}-{serial:04d}"


def standing(
    one: OrderedCase, *, is_open: bool, office: str, round_now: int, disposed_on: date | None, target: date
) -> Standing:
    """How a case of an order stands now. `office` is answerable now, `disposed_on` the day of its last disposal, None when there is none."""
    if is_open:
        if round_now > one.round:
            return Standing.REOPENED
        return Standing.LEFT if office == one.office else Standing.MOVED
    return Standing.DONE_LATE if disposed_on is None or disposed_on > target else Standing.DONE
