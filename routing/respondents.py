"""Posts complained of: found in the text, and kept from inquiring into their own case by going one level higher (S0-6).

Here: respondents.toml, finding, the bar on desks. Not here: which office is next (transfer.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from routing.names import Folds, Phrases, fold, folded_letters
from routing.tables import OfficeRow, Row, need, parse, read_toml, rows

#: So many words after a post may hold the officer's name before a sign such as «ने» or «द्वारा» follows.
_NAME_WORDS = 4
#: Not the full stop: it stands in abbreviations.
_SENTENCE_END = re.compile(r"[।॥|?!\n]")

Phrase = tuple[str, ...]


class SignsRow(Row):
    """respondents.toml, [signs]: what shows that a post is complained of and not only mentioned."""

    near: int = Field(ge=1, le=40)
    after: tuple[str, ...]
    accusing: tuple[str, ...]


class RespondentRow(Row):
    """respondents.toml: a post, its spellings, and the desks (DEPARTMENT/level) at which it sits."""

    code: str
    name_hi: str
    name_en: str
    words: tuple[str, ...] = Field(min_length=1)
    desks: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondents:
    """The posts of a State that may be complained of, ready for finding."""

    near: int
    after: Phrases
    accusing: Phrases
    rows: Mapping[str, RespondentRow]
    spellings: Mapping[Phrase, str]
    firsts: frozenset[str]  #: first words of the spellings: most sentences hold none and are passed over at once
    any_first: re.Pattern[str]  #: any of them anywhere, in a text of folded letters: most texts hold none
    longest: int
    folds: Folds

    def complained_of(self, text: str) -> tuple[str, ...]:
        """Codes of the posts that the text complains of, each once, in the order of the text.

        A post that is only asked for help or mentioned («लेखपाल को भेजकर पैमाइश कराएं») is not among them.
        """
        found: dict[str, None] = {}
        if not self.any_first.search(folded_letters(text)):
            return ()
        for sentence in _SENTENCE_END.split(text):
            words = fold(sentence, self.folds)
            if not self.firsts.isdisjoint(words):
                found.update(dict.fromkeys(self._accused_in(words)))
        return tuple(found)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Codes of the posts that a text names, complained of or not."""
        words, found, at = fold(text, self.folds), list[str](), 0
        while at < len(words):
            size = self._size(words, at)
            if size:
                found.append(self.spellings[tuple(words[at : at + size])])
            at += size or 1
        return tuple(dict.fromkeys(found))

    def sits_at(self, post: str, office: OfficeRow) -> bool:
        """Whether this post sits at that office, so that the case may not go there."""
        return f"{office.department}/{office.level}" in self.rows[post].desks

    def _accused_in(self, words: Sequence[str]) -> list[str]:
        found, at = [], 0
        while at < len(words):
            size = self._size(words, at) if words[at] in self.firsts else 0
            if size and self._is_accused(words, at, at + size):
                found.append(self.spellings[tuple(words[at : at + size])])
            at += size or 1
        return found

    def _size(self, words: Sequence[str], at: int) -> int:
        return next((n for n in range(self.longest, 0, -1) if tuple(words[at : at + n]) in self.spellings), 0)

    def _is_accused(self, words: Sequence[str], start: int, end: int) -> bool:
        behind = words[end : end + _NAME_WORDS]
        around = words[max(0, start - self.near) : end + self.near]
        return self.after.stand_in(behind) or self.accusing.stand_in(around)


def load_respondents(path: Path, departments: Collection[str]) -> Respondents:
    """Read and check respondents.toml.

    Raises:
        BadTable: naming row and reason: a code or spelling that stands twice, a desk of an unknown department.
    """
    signs = parse(path, "[signs]", SignsRow, read_toml(path).get("signs", {}))
    table: dict[str, RespondentRow] = {}
    spellings: dict[Phrase, str] = {}
    for row in rows(path, "respondent", RespondentRow):
        need(row.code not in table, path, row.code, "stands twice")
        table[row.code] = row
        for desk in row.desks:
            need(desk.partition("/")[0] in departments, path, row.code, f"desk {desk} is of no department of the pack")
        for phrase in {tuple(fold(word)) for word in row.words} - {()}:
            other = spellings.setdefault(phrase, row.code)
            need(other == row.code, path, row.code, f"«{' '.join(phrase)}» also names {other}")
    return Respondents(
        near=signs.near,
        after=Phrases(signs.after),
        accusing=Phrases(signs.accusing),
        rows=table,
        spellings=spellings,
        firsts=frozenset(phrase[0] for phrase in spellings),
        any_first=re.compile("|".join(sorted({re.escape(phrase[0]) for phrase in spellings}))),
        longest=max(map(len, spellings)),
        folds=Folds(),
    )


def raised(
    office: str, posts: Collection[str], *, respondents: Respondents, offices: Mapping[str, OfficeRow]
) -> tuple[str, tuple[str, ...]]:
    """The nearest office upwards, from this one on, at which none of the posts sits; and the posts for whose sake it was raised.

    "" for the office when the chain of superiors ends before such an office. To be asked before every assignment, the first included.
    """
    because: dict[str, None] = {}
    while office:
        here = offices[office]
        sitting = [post for post in posts if respondents.sits_at(post, here)]
        if not sitting:
            break
        because.update(dict.fromkeys(sitting))
        office = here.superior
    return office, tuple(because)
