"""Who holds something from a day until a day, one after the other: a post of an office, a village. Pure rules.

Not here: what such an entry says besides (registry.py, rosters.py).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

#: From when the first one holds of whom nobody wrote since when: as long as anybody knows.
FROM_THE_START = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding(ABC):
    """A person holds something from `since` until `until`, both included (None: still). A blank field is not known."""

    name: str
    mobile: str
    since: date
    until: date | None = None

    @property
    @abstractmethod
    def key(self) -> tuple[str, str, date]:
        """What there is one of: where, the post, and since when."""

    def is_present(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


Entry = TypeVar("Entry", bound=Holding)


def entered(history: Sequence[Entry], new: Entry) -> list[Entry]:
    """A history with one more entry, oldest first: entries never overlap, and entering the same twice changes nothing.

    An entry of the same day is replaced; the one before ends the day before the next begins. They may come in any order.
    """
    rows = sorted([*(one for one in history if one.since != new.since), new], key=lambda one: one.since)
    ends = [date.fromordinal(after.since.toordinal() - 1) for after in rows[1:]]
    return [*(_ended(one, end) for one, end in zip(rows, ends, strict=False)), rows[-1]]


def amended(
    history: Sequence[Entry], new: Entry, *, today: date, fills: Sequence[str], same: Callable[[Entry, Entry], bool]
) -> Entry:
    """A row that names no day, as it is to be entered: what it says fills up the present entry of the same person, which keeps its day;
    another person holds from today. The first who is known has held as long as anybody knows, and so has one who is gone already.

    `fills` are the fields that it may fill up or put right; a blank one leaves what is known.
    """
    now = next((one for one in history if one.is_present(today) and same(one, new)), None)
    if new.until is not None and new.until < today:
        now = next((one for one in history if one.until == new.until and same(one, new)), now)
    if now is None:
        first = not any(one.since <= (new.until or today) for one in history)
        return replace(new, since=FROM_THE_START if first else today)
    known = {name: getattr(new, name) or getattr(now, name) for name in (*fills, "until")}
    return replace(now, **known)


def folded(written: str) -> str:
    """A name or a post without case, points and spaces: by this it is known again."""
    return "".join(written.casefold().replace(".", "").replace("।", "").split())


def same_name(one: Holding, other: Holding) -> bool:
    """Whether two entries may be of one person: their names are the same, or one is blank."""
    return not one.name or not other.name or folded(one.name) == folded(other.name)


def _ended(one: Entry, last: date) -> Entry:
    return one if one.until is not None and one.until <= last else replace(one, until=last)
