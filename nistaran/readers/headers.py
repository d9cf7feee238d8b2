"""Which column is which: header spellings, Hindi and English, to canonical fields.

Here: tolerant comparison of headers and the alias table. Not here: finding the header row (table.py), the spellings
themselves (routing/packs/<pack>/headers.toml).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from nistaran.domain.errors import BadTable
from nistaran.readers.krutidev import decode, may_be_krutidev
from nistaran.readers.record import FIELDS, SERIAL

_ABBREVIATION_ZERO = re.compile("(?<=[\u0900-\u0963\u0971-\u097f])[0\u0966oO](?![0-9\u0966-\u096f])")
_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u092e])|[\u0901\u0902]")
_NOT_WORD = re.compile("[^a-z0-9\u0900-\u0903\u0904-\u0939\u093e-\u094d\u0960-\u0963\u0972-\u097f]")
_PARENTHESES = re.compile(r"[(\[][^)\]]{0,60}[)\]]")
_PARTS = re.compile(r"[/\n|(){}\[\]–—:]| - ")
_FOLD = str.maketrans(
    {"\u093c": None, "\u0945": "\u0947", "\u200c": None, "\u200d": None, "ई": "इ", "ऊ": "उ"}
    | {chr(0x0966 + digit): str(digit) for digit in range(10)}
)


def header_key(header: str) -> str:
    """The form in which two headers are compared; "" for a header without letters or digits.

    Case, spaces, punctuation, nukta, anusvara or its homorganic nasal, and the abbreviation sign (0 ० ॰ .) do not count:
    «मो0 नं0», «मो. नं.» and «मो०नं०» are one.
    """
    text = unicodedata.normalize("NFC", header[:400]).lower()
    text = _ABBREVIATION_ZERO.sub("", text).translate(_FOLD)
    return _NOT_WORD.sub("", _NASAL.sub("\u0902", text))


class HeaderAliases:
    """The pack's table of header spellings, ready to be asked."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        """`fields`: canonical field (FIELDS or "serial") → the headers under which portals give it.

        Raises:
            BadTable: when a field is unknown, or one header stands for two fields.
        """
        self._fields: dict[str, str] = {}
        for field in (*FIELDS, SERIAL):
            self._add(field, field)
        for field, spellings in fields.items():
            if field not in FIELDS and field != SERIAL:
                raise BadTable(f"headers.toml: unknown field {field!r}; the fields are {', '.join((*FIELDS, SERIAL))}")
            for spelling in spellings:
                self._add(field, spelling)

    def _add(self, field: str, spelling: str) -> None:
        key = header_key(spelling)
        if not key:
            raise BadTable(f"headers.toml: empty header for {field}")
        if self._fields.setdefault(key, field) != field:
            raise BadTable(f"headers.toml: header {spelling!r} stands for both {self._fields[key]} and {field}")

    def field_of(self, header: str) -> str | None:
        """The field that a header names, or None. A header in KrutiDev, or with a translation beside it, is understood too."""
        found = self._look_up(header)
        if found is None and may_be_krutidev(header):
            found = self._look_up(decode(header))
        return found

    def _look_up(self, header: str) -> str | None:
        found = self._fields.get(header_key(header)) or self._fields.get(header_key(_PARENTHESES.sub("", header)))
        if found is not None:
            return found
        return self._translated(header)

    def _translated(self, header: str) -> str | None:
        """«शिकायत / Complaint»: a header with its translation, or with synonyms, beside it.

        A known word beside an unknown one of the same script («शिकायत - स्थिति») is another thing and stays unknown.
        """
        parts = [part for part in _PARTS.split(header[:400]) if header_key(part)]
        known = {part: self._fields[key] for part in parts if (key := header_key(part)) in self._fields}
        if not known or len(parts) == 1:
            return None
        scripts = {_in_devanagari(part) for part in known}
        if any(_in_devanagari(part) in scripts for part in parts if part not in known):
            return None
        return next(iter(known.values()))


def _in_devanagari(text: str) -> bool:
    return any("\u0900" <= char <= "\u097f" for char in text)
