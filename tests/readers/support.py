"""How the readers' tests read a file: with the up pack's headers, sorted into records, refusals and notes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nistaran.domain.refusals import Refusal
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.limits import Limits
from nistaran.readers.read import read_records
from nistaran.readers.record import Note, Record

ROOT = Path(__file__).parents[2]

#: One usual Hindi header for each field.
HINDI = {
    "reference": "सन्दर्भ संख्या",
    "channel": "सन्दर्भ का प्रकार",
    "received_on": "प्राप्ति दिनांक",
    "text": "शिकायत का विवरण",
    "subject": "विषय",
    "name": "आवेदक का नाम",
    "phone": "मो0 नं0",
    "address": "पता",
    "district": "जनपद",
    "tehsil": "तहसील",
    "block": "विकास खण्ड",
    "thana": "थाना",
    "town": "नगर निकाय",
    "village": "ग्राम",
    "addressed_to": "सम्बन्धित अधिकारी",
    "category": "श्रेणी",
}


class Read(NamedTuple):
    """What came out of a file, in order."""

    records: list[Record]
    refusals: list[Refusal]
    notes: list[Note]

    @property
    def codes(self) -> list[str]:
        """The codes of the refusals."""
        return [refusal.code.value for refusal in self.refusals]

    def noted(self, code: str) -> list[str]:
        """The details of the notes with a code."""
        return [note.detail for note in self.notes if note.code == code]


@cache
def aliases(pack: str = "up") -> HeaderAliases:
    table = tomllib.loads((ROOT / "routing" / "packs" / pack / "headers.toml").read_text(encoding="utf-8"))
    return HeaderAliases(table["fields"])


def read(path: Path, *, name: str | None = None, limits: Limits | None = None) -> Read:
    """Read a whole small file."""
    result = Read([], [], [])
    for item in read_records(path, name=name or path.name, aliases=aliases(), limits=limits or Limits()):
        if isinstance(item, Record):
            result.records.append(item)
        elif isinstance(item, Refusal):
            result.refusals.append(item)
        else:
            result.notes.append(item)
    return result


def read_bytes(folder: Path, content: bytes | str, name: str = "a.csv", *, limits: Limits | None = None) -> Read:
    """Write the content under the name and read it."""
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read(path, limits=limits)
