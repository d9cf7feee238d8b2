"""Rows of the tables that a clerk edits, as typed values, and the reading of one TOML file with errors a clerk understands.

Here: the shape of each row. Not here: how the tables belong together (pack.py, district.py).
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from nistaran.domain.errors import BadTable

Level = Literal["district", "subdivision", "tehsil", "block", "thana", "town"]
PlaceKind = Literal["district", "tehsil", "block", "thana", "town", "village"]

_CODE = re.compile(r"[A-Z0-9]+(?:[-_][A-Z0-9]+)*", re.ASCII)
_CODE_LETTERS = 64


def _code(written: str) -> str:
    """A code that is safe as the name of a folder on any disk, and reads the same in the ledger, in notices and in artifacts."""
    if len(written) > _CODE_LETTERS or not _CODE.fullmatch(written):
        raise PydanticCustomError(
            "code",
            "कोड में केवल A–Z, 0–9 और बीच में एक «-» या «_» हो सकता है, अधिकतम 64 अक्षर, जैसे SDR-SDM-BANSI / "
            "a code has only A–Z, 0–9 and single «-» or «_» between them, at most 64, e.g. SDR-SDM-BANSI",
        )
    return written


Code = Annotated[str, AfterValidator(_code)]


class Row(BaseModel):
    """A row of an editable table: unknown fields are refused, so that a misspelt field name is found and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PackFacts(Row):
    """pack.toml: what holds for the whole State."""

    code: str
    name_hi: str
    name_en: str
    timezone: Literal["Asia/Kolkata"]
    hop_cap: int = Field(ge=1, le=10)
    default_channel: str
    repeat_window_days: int = Field(ge=1, le=3650)
    near_same_percent: int = Field(ge=50, le=100)
    place_unknown: Literal["district", "ask"] = "district"


class LaneRow(Row):
    """lanes.toml: which cases are worked first (S4-2)."""

    code: str
    name_hi: str
    name_en: str
    priority: int = Field(ge=1)
    queue: str


class ChannelRow(Row):
    """channels.toml: where complaints come from (S0-1)."""

    code: str
    name_hi: str
    name_en: str
    lane: str
    ladder: str
    aliases: tuple[str, ...] = ()
    special_close: bool = False
    closing_form: str = ""
    sender_hi: str = (
        ""  #: who sends such cases down from above the district; "" where the citizen comes to the district
    )


class LimitRow(Row):
    """channels.toml: days for a channel, with the dates from and until which they hold."""

    channel: str
    days: int = Field(ge=1, le=400)
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    note: str = ""
    source: str = ""


class RungRow(Row):
    """ladders.toml: who is responsible on which level, and for how many days (S3-1)."""

    ladder: str
    level: Literal["L1", "L2", "L3", "L4"]
    post_hi: str
    post_en: str
    days: int = Field(ge=1, le=400)
    stands: Literal["", "field", "department", "senior", "head", "above"] = ""  #: "" means the usual one of its level
    note: str = ""


class DepartmentRow(Row):
    """departments.toml: a department, and which of its offices takes a complaint first."""

    code: str
    name_hi: str
    name_en: str
    district_post_hi: str = ""
    district_post_en: str = ""
    receives_rural: tuple[Level, ...] = ()
    receives_town: tuple[Level, ...] = ()
    own_words: tuple[str, ...] = ()
    covers: str = ""
    does_not_cover: str = ""


class DistrictNameRow(Row):
    """districts.toml: a district of the State, so that a text that names another one is known."""

    name: str
    aliases: tuple[str, ...] = ()


class PlaceRow(Row):
    """places.toml: a tehsil, block, thana, town or village, and the places that contain it."""

    code: str
    kind: PlaceKind
    name: str
    aliases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class OfficeRow(Row):
    """offices.toml: a post with its territory (decision 3). The folder courier names a folder by the code."""

    code: Code
    department: str
    level: Level
    name_hi: str
    name_en: str
    territory: tuple[str, ...]
    superior: str
    post_hi: str
    officer: str
    mobile: str = ""
    email: str = ""
    login: str = ""


class DistrictFacts(Row):
    """district.toml: the district itself."""

    code: str
    name_hi: str
    name_en: str
    aliases: tuple[str, ...] = ()
    pack: str
    census_code: str = ""
    arbiter: str
    cell: str


class HolidayRow(Row):
    """holidays.toml: a day on which offices are closed."""

    date: date
    name_hi: str
    kind: Literal["gazetted", "local"]
    note: str = ""


RowType = TypeVar("RowType", bound=Row)
Coded = TypeVar("Coded", LaneRow, ChannelRow, DepartmentRow, PlaceRow, OfficeRow)


def read_toml(path: Path) -> dict[str, Any]:
    """The TOML file as plain values.

    Raises:
        BadTable: when it is missing or is not TOML; names the file and line.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as error:
        raise BadTable(f"{path.name} नहीं मिली / is missing in {path.parent}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTable(f"{path.name}: TOML नहीं है / is not TOML: {error}") from error


def rows(path: Path, key: str, kind: type[RowType], *, data: dict[str, Any] | None = None) -> list[RowType]:
    """The [[key]] rows of a file.

    Raises:
        BadTable: naming file, row number, field and reason, in Hindi and English.
    """
    found: list[RowType] = []
    for number, raw in enumerate((read_toml(path) if data is None else data).get(key, []), start=1):
        found.append(parse(path, f"[[{key}]] {number}", kind, raw))
    if not found:
        raise BadTable(f"{path.name}: एक भी [[{key}]] नहीं / has no [[{key}]]")
    return found


def by_code(path: Path, key: str, kind: type[Coded], *, data: dict[str, Any] | None = None) -> dict[str, Coded]:
    """The [[key]] rows of a file by their code.

    Raises:
        BadTable: as rows(), and for a code that stands twice, naming both rows: the first would be overwritten in silence.
    """
    table: dict[str, Coded] = {}
    for number, row in enumerate(rows(path, key, kind, data=data), start=1):
        first = list(table).index(row.code) + 1 if row.code in table else 0
        need(
            not first,
            path,
            f"[[{key}]] {number}",
            f"«code»: {row.code} पहले [[{key}]] {first} में आ चुका है / already stands in [[{key}]] {first}",
        )
        table[row.code] = row
    return table


def parse(path: Path, where: str, kind: type[RowType], raw: Any) -> RowType:
    """One row, or BadTable that names what is wrong with it."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        wrong = "; ".join(f"«{'.'.join(map(str, one['loc']))}»: {one['msg']}" for one in error.errors()[:5])
        raise BadTable(f"{path.name}, {where} में त्रुटि / wrong: {wrong}") from error


def need(condition: bool, path: Path, where: str, reason: str) -> None:
    """Refuse a table whose rows do not fit together.

    Raises:
        BadTable: when the condition does not hold.
    """
    if not condition:
        raise BadTable(f"{path.name}, {where}: {reason}")
