"""What a backup says of itself, how old it is, and which backups are kept: seven daily, four weekly, twelve monthly.

Values and rules. Not here: making one (nistaran/steps/backup.py), copying databases (storage/backup.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from nistaran.domain.deadlines import day_in_india

_DAILY, _WEEKLY, _MONTHLY = 7, 4, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One moment of the database, as it was copied: the ledger's end, counts, the form of its tables."""

    seq: int
    hash: str
    cases: int
    files: int
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands in a backup. `objects` is the sha256 of each object by its key."""

    made_at: str  #: a moment in ISO text, with its zone
    district: str
    kind: str  #: sqlite or postgresql
    database: str  #: the file's name
    database_sha256: str
    snapshot: Snapshot
    objects: Mapping[str, str]

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def to_json(self) -> str:
        """The canonical text that is signed."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


def manifest_of(text: str) -> Manifest:
    """What to_json() wrote. Raises ValueError, KeyError or TypeError when it is none, or names a file outside the backup: before the key is
    there nobody can say who wrote it."""
    read = json.loads(text)
    found = Manifest(**{**read, "snapshot": Snapshot(**read["snapshot"]), "objects": dict(read["objects"])})
    if "/" in found.database or not all(_stays_below(name) for name in (found.database, *found.objects)):
        raise ValueError("a name leads out of the backup")
    return found


def _stays_below(name: str) -> bool:
    parts = name.split("/")
    return not any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts)


def kept_backups(made: Iterable[datetime], *, now: datetime, days: int) -> set[datetime]:
    """Which of these backups stay: all of the last day, the newest of each of the last seven days, four weeks and twelve months that
    have one, and always the newest of all; but none that is older than `days`, for what was purged must leave the backups too."""
    newest_first = sorted(made, reverse=True)
    kept = {at for at in newest_first if now - at < timedelta(days=1)} | set(newest_first[:1])
    for name_of, most in ((_day, _DAILY), (_week, _WEEKLY), (_month, _MONTHLY)):
        seen: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            seen.setdefault(name_of(at), at)
        kept |= set(list(seen.values())[:most])
    return {at for at in kept if now - at < timedelta(days=days)}


def _day(at: datetime) -> tuple[int, ...]:
    day = day_in_india(at)
    return day.year, day.month, day.day


def _week(at: datetime) -> tuple[int, ...]:
    return day_in_india(at).isocalendar()[:2]


def _month(at: datetime) -> tuple[int, ...]:
    return _day(at)[:2]
