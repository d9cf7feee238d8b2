"""When offices are open, when officers sit, when a case is warned about and climbs: calendar.toml and escalation.toml of a pack.

Here: reading and checking both tables with the ladders and the district's holidays. Not here: the rules (nistaran/domain/escalation.py,
working_days.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from nistaran.domain.errors import BadTable
from nistaran.domain.escalation import ClimbFrom, EscalationDays, Ladder, MarkKind
from nistaran.domain.working_days import SittingRule, WorkingDays
from routing.district import District
from routing.pack import Pack
from routing.rungs import Rungs, rungs_by_mark, seats
from routing.tables import OfficeRow, Row, need, parse, read_toml

Weekday = Literal["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
_WEEKDAYS: tuple[Weekday, ...] = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_WARNINGS_AT_MOST = 3
#: The department whose district office is the head of the district.
_HEAD = "GEN_ADMIN"


class WeekRow(Row):
    """calendar.toml, [week]: which days offices are closed without any holiday."""

    closed: tuple[Weekday, ...]
    closed_saturdays: tuple[int, ...] = ()


class SittingRow(Row):
    """calendar.toml: on which days officers sit to hear people, for a channel."""

    channel: str
    weekday: Weekday
    nth: tuple[int, ...] = Field(min_length=1)
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    note: str = ""


class WarnRow(Row):
    """escalation.toml, [warn]: so many days before the due date."""

    days: tuple[int, ...] = Field(min_length=1, max_length=_WARNINGS_AT_MOST)


class ClimbRow(Row):
    """escalation.toml, [climb]: from when the days of ladders.toml are counted."""

    count_from: ClimbFrom = Field(alias="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRules:
    """Both tables with the ladders of the pack and the holidays of the district."""

    points: EscalationDays
    ladders: Mapping[str, Ladder]  #: by channel
    rungs: Mapping[str, Rungs]  #: by channel
    offices: Mapping[str, OfficeRow]
    head: str  #: the head of the district, the last one who is written to
    nodal: str  #: who stands before him where no ADM or CDO is among the superiors
    calendar: WorkingDays
    sittings: Sequence[SittingRule]

    def above(self, office: str) -> tuple[str, ...]:
        """The offices above, the nearest first, up to the head of the district: whom the State writes to is no machine's matter.

        None for the head himself, and for an office that is not in the table.
        """
        found: list[str] = []
        row = self.offices.get(office)
        while row is not None and row.superior and row.code != self.head:
            found.append(row.superior)
            row = self.offices.get(row.superior)
        return tuple(found)

    def rung_offices(self, office: str, channel: str) -> Mapping[MarkKind, str]:
        """Who is written to on each rung of a case of this channel that this office is answerable for (rungs.py).

        Raises:
            KeyError: for an office or channel that is not in the tables.
        """
        superiors = [self.offices[code] for code in self.above(office)]
        return seats(self.offices[office], self.rungs[channel], superiors, self.offices[self.nodal])


def load_escalation_rules(folder: Path, pack: Pack, district: District) -> EscalationRules:
    """Read and check calendar.toml and escalation.toml of a pack's folder for one district.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    path = folder / "escalation.toml"
    data = read_toml(path)
    warn = parse(path, "[warn]", WarnRow, data.get("warn", {})).days
    furthest_first = all(a > b for a, b in pairwise(warn)) and warn[-1] >= 0
    need(
        furthest_first, path, "[warn] days", "दूर का दिन पहले लिखें, जैसे [3, 1] / the furthest day comes first, e.g. [3, 1]"
    )
    climb = parse(path, "[climb]", ClimbRow, data.get("climb", {}))
    calendar = folder / "calendar.toml"
    week = parse(calendar, "[week]", WeekRow, (days := read_toml(calendar)).get("week", {}))
    head = district.district_office(_HEAD)
    need(head is not None, path, _HEAD, "has no district office")
    return EscalationRules(
        points=EscalationDays(warn=warn, climb_from=climb.count_from),
        ladders=_ladders(folder / "ladders.toml", pack),
        rungs={
            channel.code: rungs_by_mark([rung for rung in pack.rungs if rung.ladder == channel.ladder])
            for channel in pack.channels.values()
        },
        offices=district.offices,
        head=head.code if head else "",
        nodal=district.facts.arbiter,
        calendar=WorkingDays(
            closed_weekdays=frozenset(_WEEKDAYS.index(day) for day in week.closed),
            closed_saturdays=frozenset(week.closed_saturdays),
            holidays=frozenset(row.date for row in district.holidays),
        ),
        sittings=[_sitting(calendar, turn, raw, pack) for turn, raw in enumerate(days.get("sitting", []), start=1)],
    )


def _ladders(path: Path, pack: Pack) -> dict[str, Ladder]:
    """The days of L1, L2 and L3 by channel."""
    found: dict[str, Ladder] = {}
    for channel in pack.channels.values():
        days = {rung.level: rung.days for rung in pack.rungs if rung.ladder == channel.ladder}
        missing = sorted({"L1", "L2", "L3", "L4"} - set(days))
        if missing:
            raise BadTable(f"{path.name}, {channel.ladder}: {', '.join(missing)} नहीं है / is missing")
        found[channel.code] = Ladder(days=(days["L1"], days["L2"], days["L3"]))
    return found


def _sitting(path: Path, turn: int, raw: object, pack: Pack) -> SittingRule:
    row = parse(path, f"[[sitting]] {turn}", SittingRow, raw)
    need(row.channel in pack.channels, path, f"[[sitting]] {turn}", f"channel {row.channel} is not in channels.toml")
    need(set(row.nth) <= {1, 2, 3, 4, 5}, path, f"[[sitting]] {turn}", "nth is from 1 to 5")
    return SittingRule(
        channel=row.channel, weekday=_WEEKDAYS.index(row.weekday), nth=row.nth, since=row.since, until=row.until
    )
