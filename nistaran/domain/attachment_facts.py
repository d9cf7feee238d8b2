"""What an attachment of a disposal report shows: of a photo its day, place and picture, of a PDF its pages and their text's length.

Facts as plain values, and when two pictures are the same. Not here: reading them from a file (nistaran/attachments), what they mean for
a report (decided elsewhere). Of a file's own words, names and serial numbers nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from nistaran.domain.positions import Position

#: Of the 64 bits of a picture's hash so many may differ. Between «5: a few things may differ» and «10: likely another picture» (N.
#: Krawetz, hackerfactor.com «Looks Like It», 2011); PDQ, the same transform with 256 bits, is matched up to 31 of them = 7.75 of 64
#: (Facebook, ThreatExchange, «The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm», 2019).
SAME_PICTURE_BITS = 8
_HASH_LETTERS = 16


class FileKind(StrEnum):
    """What a file is by its content."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    BMP = "BMP"
    TIFF = "TIFF"
    PDF = "PDF"
    HEIC = "HEIC"  #: an iPhone's photo (or AVIF): known, not opened
    SVG = "SVG"
    HTML = "HTML"  #: or XML
    ZIP = "ZIP"  #: DOCX, XLSX and ODT too
    OLE = "OLE"  #: old Word and Excel
    VIDEO = "VIDEO"
    TEXT = "TEXT"
    OTHER = "OTHER"


class Trouble(StrEnum):
    """Why nothing could be read from a file that should show something."""

    EMPTY = "EMPTY"  #: 0 bytes
    TOO_LARGE = "TOO_LARGE"  #: more bytes or pixels than are read
    TOO_COSTLY = "TOO_COSTLY"  #: reading it took too much time or memory, or brought the reader down
    BROKEN = "BROKEN"  #: cut off or damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """A picture as a person sees it, its rotation mended.

    `taken_at`: when the camera says it was taken; `offset_assumed`: the camera named no time zone, and India's was assumed. Latitude and
    longitude are both given or both None. `made_by_phone`: the camera is a phone's. `picture_hash`: 16 hex digits, alike for alike
    pictures (same_picture), None where there is nothing to see. `contrast`: levels (0–255) between the darkest and the brightest
    hundredth; `sharpness`: variance of the Laplacian of the picture at 512 pixels; `legible`: see attachments/clearness.py.
    `name_fits`: the end of its name says what it is.
    """

    format: FileKind
    width: int
    height: int
    taken_at: datetime | None
    offset_assumed: bool
    latitude: float | None
    longitude: float | None
    made_by_phone: bool
    picture_hash: str | None
    contrast: int
    sharpness: float
    legible: bool
    name_fits: bool = True

    @property
    def position(self) -> Position | None:
        """Where it was taken."""
        if self.latitude is None or self.longitude is None:
            return None
        return Position(self.latitude, self.longitude)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        taken = self.taken_at.isoformat() if self.taken_at else None
        return {"look": "photo", **asdict(self), "format": self.format.value, "taken_at": taken}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PhotoFacts:
        """The facts in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        taken = value["taken_at"]
        known = {
            **value,
            "format": FileKind(value["format"]),
            "taken_at": datetime.fromisoformat(taken) if taken else None,
        }
        return cls(**_without_look(known))


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """A PDF. `pages_read` of its `pages` were looked at, the first ones; `characters` (blanks not counted), `text_share` (0–1, of the
    pages read) and `images` speak of those. `encrypted`: it is under lock; when it does not open without a password, nothing else is
    known and `pages` is 0. `legible`: see attachments/pdf.py."""

    pages: int
    pages_read: int
    characters: int
    text_share: float
    images: int
    encrypted: bool
    legible: bool
    name_fits: bool = True

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"look": "pdf", **asdict(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PdfFacts:
        """The facts in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(**_without_look(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFacts:
    """A file that is neither a picture nor a PDF that this house opens."""

    kind: FileKind
    name_fits: bool = True

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"look": "unknown", "kind": self.kind.value, "name_fits": self.name_fits}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> UnknownFacts:
        """The facts in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(**_without_look({**value, "kind": FileKind(value["kind"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A file from which nothing could be read. `kind` is what its first bytes claim."""

    kind: FileKind
    trouble: Trouble
    name_fits: bool = True

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"look": "damaged", "kind": self.kind.value, "trouble": self.trouble.value, "name_fits": self.name_fits}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Damaged:
        """The facts in a parsed JSON value. Raises KeyError, TypeError or ValueError for anything else."""
        known = {**value, "kind": FileKind(value["kind"]), "trouble": Trouble(value["trouble"])}
        return cls(**_without_look(known))


Look = PhotoFacts | PdfFacts | UnknownFacts | Damaged

_LOOKS: dict[str, type[PhotoFacts] | type[PdfFacts] | type[UnknownFacts] | type[Damaged]] = {
    "photo": PhotoFacts,
    "pdf": PdfFacts,
    "unknown": UnknownFacts,
    "damaged": Damaged,
}


def look_from_json(value: Mapping[str, Any]) -> Look:
    """What to_json of any look gave, back again. Raises KeyError, TypeError or ValueError for anything else."""
    return _LOOKS[value["look"]].from_json(value)


def same_picture(hash_a: str, hash_b: str) -> bool:
    """Whether two pictures are likely one: at most 8 of 64 bits differ. By chance this happens to 1 of 3,500,000,000 unlike pairs.

    Raises:
        ValueError: when one is not 16 hex digits. A picture with nothing to see has no hash and is like no other.
    """
    if len(hash_a) != _HASH_LETTERS or len(hash_b) != _HASH_LETTERS:
        raise ValueError("a picture's hash has 16 hex digits")
    return (int(hash_a, 16) ^ int(hash_b, 16)).bit_count() <= SAME_PICTURE_BITS


def _without_look(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if name != "look"}
