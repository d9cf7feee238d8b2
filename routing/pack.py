"""A State's pack: channels, lanes, limits, ladders, departments, vocabulary, header aliases — checked as a whole.

Not here: the district's places and offices (district.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nistaran.domain.deadlines import Limit
from routing import tables
from routing.corrections import CorrectionLimits, load_limits
from routing.headings import (
    ANSWER_FIELDS,
    FEEDBACK_FIELDS,
    LOGIN_FIELDS,
    OFFICER_FIELDS,
    REPORT_FIELDS,
    ROSTER_FIELDS,
    load_headings,
)
from routing.tables import (
    ChannelRow,
    DepartmentRow,
    DistrictNameRow,
    LaneRow,
    PackFacts,
    RungRow,
    by_code,
    need,
    read_toml,
    rows,
)

NONE = "NONE"
_NOT_WORD = re.compile(r"[\s.\-_/()०0॰'’]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words by which a place's kind, or a rural or town matter, is recognised in a text.

    `district_follows`: words that follow «<name> जनपद» where the district itself is meant.
    """

    cues: Mapping[str, tuple[str, ...]]
    rural: tuple[str, ...]
    urban: tuple[str, ...]
    district_follows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All tables of a State, by code."""

    facts: PackFacts
    lanes: Mapping[str, LaneRow]
    channels: Mapping[str, ChannelRow]
    limits: Sequence[Limit]
    rungs: Sequence[RungRow]
    departments: Mapping[str, DepartmentRow]
    districts: Sequence[DistrictNameRow]
    vocabulary: Vocabulary
    headers: Mapping[str, Sequence[str]]
    channel_by_alias: Mapping[str, str]
    corrections: CorrectionLimits
    answer_headers: Mapping[str, Sequence[str]]
    report_headers: Mapping[str, Sequence[str]]
    feedback_headers: Mapping[str, Sequence[str]]
    officer_headers: Mapping[str, Sequence[str]]
    login_headers: Mapping[str, Sequence[str]]
    roster_headers: Mapping[str, Sequence[str]]
    department_by_name: Mapping[str, str]

    def channel_of(self, written: str) -> ChannelRow | None:
        """The channel that a cell names by its code, name or any alias; the default one for an empty cell; None if unknown."""
        if not written.strip():
            return self.channels[self.facts.default_channel]
        code = self.channel_by_alias.get(alias_key(written))
        return self.channels[code] if code else None

    def department_of(self, written: str) -> str | None:
        """The code of the department that an answer names by its code, full name or own word; None if unknown."""
        return self.department_by_name.get(alias_key(written))


@lru_cache(maxsize=10_000)
def alias_key(written: str) -> str:
    """A spelling without case, spaces, points and abbreviation zeros, for finding aliases."""
    return _NOT_WORD.sub("", written.casefold()).replace("ऑ", "आ").replace("ॉ", "ा").replace("़", "").replace("ँ", "ं")


def load_pack(folder: Path) -> Pack:
    """Read and check a pack.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    facts = tables.parse(folder / "pack.toml", "pack.toml", PackFacts, read_toml(folder / "pack.toml"))
    lanes = by_code(folder / "lanes.toml", "lane", LaneRow)
    channels, limits = _channels(folder / "channels.toml", lanes)
    rungs = rows(folder / "ladders.toml", "rung", RungRow)
    ladders = {rung.ladder for rung in rungs}
    for channel in channels.values():
        need(
            channel.ladder in ladders,
            folder / "channels.toml",
            channel.code,
            f"ladder {channel.ladder} is not in ladders.toml",
        )
    need(facts.default_channel in channels, folder / "pack.toml", "default_channel", "is not in channels.toml")
    departments = by_code(folder / "departments.toml", "department", DepartmentRow)
    need(NONE in departments, folder / "departments.toml", NONE, "the row for complaints of no department is missing")
    return Pack(
        facts=facts,
        lanes=lanes,
        channels=channels,
        limits=limits,
        rungs=rungs,
        departments=departments,
        districts=_districts(folder / "districts.toml"),
        vocabulary=_vocabulary(folder / "vocabulary.toml"),
        headers=_headers(folder / "headers.toml"),
        channel_by_alias=_aliases(folder / "channels.toml", channels),
        corrections=load_limits(folder / "corrections.toml"),
        answer_headers=load_headings(folder / "headers.toml", "answers", ANSWER_FIELDS),
        report_headers=load_headings(folder / "headers.toml", "reports", REPORT_FIELDS),
        feedback_headers=load_headings(folder / "headers.toml", "feedback", FEEDBACK_FIELDS),
        officer_headers=load_headings(folder / "headers.toml", "officers", OFFICER_FIELDS),
        login_headers=load_headings(folder / "headers.toml", "logins", LOGIN_FIELDS),
        roster_headers=load_headings(folder / "headers.toml", "rosters", ROSTER_FIELDS),
        department_by_name=_department_names(folder / "departments.toml", departments),
    )


def _channels(path: Path, lanes: Mapping[str, LaneRow]) -> tuple[dict[str, ChannelRow], list[Limit]]:
    data = read_toml(path)
    channels = by_code(path, "channel", ChannelRow, data=data)
    limits = []
    for row in rows(path, "limit", tables.LimitRow, data=data):
        need(row.channel in channels, path, f"limit {row.channel}", "no such channel")
        limits.append(
            Limit(channel=row.channel, days=row.days, since=row.since, until=row.until, note=row.source or row.note)
        )
    for channel in channels.values():
        need(channel.lane in lanes, path, channel.code, f"lane {channel.lane} is not in lanes.toml")
        need(any(limit.channel == channel.code for limit in limits), path, channel.code, "has no [[limit]] (days)")
    return channels, limits


def _aliases(path: Path, channels: Mapping[str, ChannelRow]) -> dict[str, str]:
    found: dict[str, str] = {}
    for channel in channels.values():
        for alias in (channel.code, channel.name_hi, channel.name_en, *channel.aliases):
            key = alias_key(alias)
            need(
                found.get(key, channel.code) == channel.code,
                path,
                channel.code,
                f"alias «{alias}» also names {found.get(key)}",
            )
            found[key] = channel.code
    return found


def _department_names(path: Path, departments: Mapping[str, DepartmentRow]) -> dict[str, str]:
    """What a department may be called in an answer: its code, its full names, and the own words that it shares with none («राजस्व»)."""
    found: dict[str, str] = {}
    for row in departments.values():
        for name in (row.code, row.name_hi, row.name_en, *row.own_words):
            other = found.setdefault(alias_key(name), row.code)
            need(other == row.code, path, row.code, f"«{name}» also names {other}")
    return found


def _districts(path: Path) -> list[DistrictNameRow]:
    found = rows(path, "district", DistrictNameRow)
    named: dict[str, str] = {}
    for row in found:
        for spelling in (row.name, *row.aliases):
            other = named.setdefault(alias_key(spelling), row.name)
            need(other == row.name, path, row.name, f"«{spelling}» also names {other}")
    return found


def _vocabulary(path: Path) -> Vocabulary:
    data = read_toml(path)
    return Vocabulary(
        cues={kind: tuple(words) for kind, words in data.get("cues", {}).items()},
        rural=tuple(data.get("rural", {}).get("words", ())),
        urban=tuple(data.get("urban", {}).get("words", ())),
        district_follows=tuple(data.get("district_follows", {}).get("words", ())),
    )


def _headers(path: Path) -> dict[str, tuple[str, ...]]:
    return {field: tuple(spellings) for field, spellings in read_toml(path).get("fields", {}).items()}
