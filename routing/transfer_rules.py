"""The tables by which cases are transferred in one district, read and checked together, and the offices they lead to.

Here: transfers.toml, and finding an office by department and place. Not here: the decision (transfer.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from routing.district import District
from routing.pack import Pack
from routing.pairs import Pairs, load_pairs
from routing.respondents import Respondents, load_respondents, raised
from routing.tables import OfficeRow, Row, need, parse, read_toml

#: Whose district office is the head of the district: what lies above it lies above the district.
_HEAD = "GEN_ADMIN"


class TransferLimits(Row):
    """transfers.toml, [limits]: how much weight a department needs to be the next, and to be so without a person."""

    kept_percent: int = Field(ge=0, le=100)
    floor_percent: int = Field(ge=1, le=100)
    named_floor_percent: int = Field(ge=0, le=100)
    agreed_percent: int = Field(ge=1, le=100)
    automatic_percent: int = Field(ge=1, le=100)
    automatic_hops: int = Field(ge=0, le=10)


class TaskDays(Row):
    """transfers.toml, [days]: calendar days that each task may take."""

    release: int = Field(ge=1, le=30)
    ruling: int = Field(ge=1, le=30)
    returning: int = Field(ge=1, le=60, alias="return")
    part: int = Field(ge=1, le=90)
    facts: int = Field(ge=1, le=60)


class SecondLook(Row):
    """transfers.toml, [second_look]: when the engine doubts where a person or an older model sent a case (S0-5)."""

    propose_percent: int = Field(ge=50, le=100)
    own_percent: int = Field(ge=0, le=50)
    days: int = Field(ge=1, le=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRules:
    """All that a transfer in one district is decided by."""

    hop_cap: int
    arbiter: str
    head: str  #: the District Magistrate's (Collector's) office
    limits: TransferLimits
    days: TaskDays
    second_look: SecondLook
    respondents: Respondents
    pairs: Pairs
    pack: Pack
    district: District

    @property
    def offices(self) -> Mapping[str, OfficeRow]:
        """The district's offices by code."""
        return self.district.offices

    def superior(self, office: str) -> str:
        """The office above; "" at the head of the district, above which no case is sent by a transfer."""
        return "" if office == self.head else self.offices[office].superior

    def raised(self, office: str, posts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """As respondents.raised, within the district: "" where it would have to leave it."""
        found, because = raised(office, posts, respondents=self.respondents, offices=self.offices)
        return (found if not because or self._is_inside(found) else ""), because

    def office_at(self, department: str, place: str) -> str:
        """The department's office that takes a case from this place first, else its district office; "" if there is none.

        Raises:
            ValueError: for a place that is not in the district file: refuse the answer's row by name before.
        """
        around = self.district.around.get(place)
        if around is None:
            raise ValueError(f"no place {place} in the district")
        row = self.pack.departments[department]
        kinds = {self.district.places[code].kind for code in around if code in self.district.places}
        for level in row.receives_town if "town" in kinds else row.receives_rural:
            fitting = [one for one in self.district.desks.get((department, level), ()) if around & set(one.territory)]
            nearest = [one for one in fitting if place in one.territory] or fitting
            if len(nearest) == 1 and level != "district":
                return nearest[0].code
        office = self.district.district_office(department)
        return office.code if office else ""

    def _is_inside(self, office: str) -> bool:
        while office and office != self.head:
            office = self.offices[office].superior
        return office == self.head


def load_transfer_rules(folder: Path, pack: Pack, district: District) -> TransferRules:
    """Read transfers.toml, respondents.toml and pairs.toml of a pack's folder for one district.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    path = folder / "transfers.toml"
    data = read_toml(path)
    limits = parse(path, "[limits]", TransferLimits, data.get("limits", {}))
    need(limits.floor_percent <= limits.automatic_percent, path, "[limits]", "floor_percent is above automatic_percent")
    head = district.district_office(_HEAD)
    need(head is not None, path, _HEAD, "has no district office")
    return TransferRules(
        hop_cap=pack.facts.hop_cap,
        arbiter=district.facts.arbiter,
        head=head.code if head else "",
        limits=limits,
        days=parse(path, "[days]", TaskDays, data.get("days", {})),
        second_look=parse(path, "[second_look]", SecondLook, data.get("second_look", {})),
        respondents=load_respondents(folder / "respondents.toml", pack.departments),
        pairs=load_pairs(folder / "pairs.toml", pack.departments),
        pack=pack,
        district=district,
    )
