"""When a case is due, counted by the calendar in India's time and never by seconds.

Here: the citizen's due date from the channel's limit. Working-day calendars come with the escalation step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nistaran.domain.errors import BadTable

IST = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many calendar days for a channel, for complaints received from `since` until `until` (inclusive; None: open)."""

    channel: str
    days: int
    since: date
    until: date | None
    note: str


def due_on(limits: Sequence[Limit], *, channel: str, received_on: date) -> date:
    """The citizen's due date: the day received plus the channel's days then in force.

    It is computed once, when the complaint is numbered, and never moves again (decision 4).

    Raises:
        BadTable: when no limit covers the channel on that day.
    """
    for limit in limits:
        if (
            limit.channel == channel
            and limit.since <= received_on
            and (limit.until is None or received_on <= limit.until)
        ):
            return received_on + timedelta(days=limit.days)
    raise BadTable(f"channels.toml: no [[limit]] for channel {channel} on {received_on.isoformat()}")


def day_in_india(at: datetime) -> date:
    """The calendar day in India at that moment."""
    return at.astimezone(IST).date()
