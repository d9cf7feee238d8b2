"""What letters for a signature say: letters.toml of a pack, checked; the district edits its sentences.

Here: reading and checking. Not here: when a letter is drawn up (nistaran/steps/propose_drafts.py), how its page looks (nistaran/letters/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field

from nistaran.domain.drafts import DraftKind
from nistaran.domain.errors import BadTable
from routing.tables import Row, need, parse, read_toml, rows

#: Words that any sentence may name in { }.
_ALWAYS = frozenset({"district", "today", "count", "office", "department", "superior"})
_CASES = frozenset({"due_span", "oldest", "cases"})
_FOLLOWS = _CASES | {"earlier"}
#: Words that only sentences of these kinds may name besides.
_OF_KIND: Mapping[DraftKind, frozenset[str]] = {
    DraftKind.REMINDER: _CASES,
    DraftKind.EXPLANATION: _CASES | {"reply_days"},
    DraftKind.WARNING: _FOLLOWS,
    DraftKind.SHOW_CAUSE: _FOLLOWS | {"reply_days", "reply_by"},
    DraftKind.TO_SUPERIOR: frozenset({"months", "total", "open", "rank"}),
    DraftKind.FORWARDING: _CASES,
    DraftKind.RETURN: _CASES,
    DraftKind.COURT_REPLY: _CASES,
}
#: Kinds that are proposed from so many cases on only.
_COUNTED = frozenset({DraftKind.REMINDER, DraftKind.EXPLANATION, DraftKind.TO_SUPERIOR})
_COLUMNS, _MONTH_COLUMNS = 6, 2


class PageRow(Row):
    """letters.toml, [page]: what stands on every letter."""

    head: tuple[str, ...] = Field(min_length=1, max_length=3)
    number_label: str
    number: str
    from_label: str
    to_label: str
    applicant: tuple[str, ...]
    salutation: str
    closing: str
    copies_label: str
    annex: str
    counted: str
    draft: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(min_length=_COLUMNS, max_length=_COLUMNS)
    month_columns: tuple[str, ...] = Field(min_length=_MONTH_COLUMNS, max_length=_MONTH_COLUMNS)


class LetterRow(Row):
    """letters.toml, [[letter]]: one kind of letter."""

    kind: DraftKind
    name_hi: str
    mark: str = Field(min_length=1)
    to: Literal["office", "superior", "sender", "applicant"]
    signatory: Literal["head", "arbiter", "cell"]
    subject: str = Field(min_length=1)
    references: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = Field(min_length=1)
    blanks: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    reply_days: int = Field(default=0, ge=0, le=60)
    after_days: int = Field(default=0, ge=0, le=400)
    from_cases: int = Field(default=1, ge=1, le=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRules:
    """The whole table."""

    page: PageRow
    letters: Mapping[DraftKind, LetterRow]


def load_letter_rules(folder: Path) -> LetterRules:
    """Read and check letters.toml of a pack's folder.

    Raises:
        BadTable: naming file, row and reason, for the first thing that is wrong.
    """
    path = folder / "letters.toml"
    data = read_toml(path)
    page = parse(path, "[page]", PageRow, data.get("page", {}))
    _known(path, "[page] head", page.head, frozenset({"district", "head"}))
    _known(path, "[page] number", (page.number,), frozenset({"serial", "mark", "year"}))
    need(
        {"{serial}", "{mark}", "{year}"} <= {f"{{{name}}}" for name in _named(page.number)},
        path,
        "[page] number",
        "{serial}, {mark} और {year} तीनों लिखें / write {serial}, {mark} and {year}, all three",
    )
    found: dict[DraftKind, LetterRow] = {}
    for turn, row in enumerate(rows(path, "letter", LetterRow, data=data), start=1):
        where = f"[[letter]] {turn} ({row.kind.value})"
        need(row.kind not in found, path, where, "यह kind पहले आ चुका है / this kind stands there already")
        _check(path, where, row)
        found[row.kind] = row
    missing = [kind.value for kind in DraftKind if kind not in found]
    need(not missing, path, ", ".join(missing), "[[letter]] नहीं है / is missing")
    marks = [row.mark for row in found.values()]
    need(len(set(marks)) == len(marks), path, "mark", "दो पत्रों का mark एक न हो / no two letters share a mark")
    return LetterRules(page=page, letters=found)


def _check(path: Path, where: str, row: LetterRow) -> None:
    allowed = _ALWAYS | _OF_KIND[row.kind]
    for name in ("subject", "references", "paragraphs", "copies"):
        said = getattr(row, name)
        _known(path, f"{where} {name}", (said,) if isinstance(said, str) else said, allowed)
    owes = row.kind in {DraftKind.EXPLANATION, DraftKind.SHOW_CAUSE}
    need(
        owes == (row.reply_days > 0),
        path,
        f"{where} reply_days",
        "स्पष्टीकरण और कारण बताओ नोटिस में 1 या अधिक, शेष में 0 / 1 or more for an explanation and a show-cause, 0 for all others",
    )
    need(
        row.from_cases == 1 or row.kind in _COUNTED,
        path,
        f"{where} from_cases",
        "केवल अनुस्मारक, स्पष्टीकरण और वरिष्ठ अधिकारी को पत्र में / only for a reminder, an explanation and a letter to the superior",
    )
    need(
        row.kind is not DraftKind.EXPLANATION or row.from_cases == 1 or row.after_days > 0,
        path,
        f"{where} after_days",
        "from_cases 1 से अधिक हो तो 1 या अधिक: अकेला डिफॉल्टर छूटे नहीं / 1 or more where from_cases is above 1: nobody is forgotten",
    )


def _known(path: Path, where: str, sentences: tuple[str, ...], allowed: frozenset[str]) -> None:
    for turn, sentence in enumerate(sentences, start=1):
        try:
            strange = sorted(_named(sentence) - allowed)
        except ValueError:
            raise BadTable(f"{path.name}, {where} {turn}: {{ }} जोड़े में लिखें / write {{ and }} in pairs") from None
        need(
            not strange,
            path,
            f"{where} {turn}",
            f"{{{'}, {'.join(strange)}}} यहां नहीं चलता / is not known here; known: {', '.join(sorted(allowed))}",
        )


def _named(sentence: str) -> set[str]:
    """The words in { }; a format, a conversion or a part of a word is a name that is not known."""
    found = set()
    for _, name, spec, conversion in Formatter().parse(sentence):
        if name is not None:
            found.add(name + (f":{spec}" if spec else "") + (f"!{conversion}" if conversion else ""))
    return found
