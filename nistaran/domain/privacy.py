"""Masking what belongs to the complainant wherever people or machines other than the owning office read it.

Here: masks for phones, names and long numbers in text. Not here: encryption at rest (storage/vault.py), which columns of a
file are personal (personal_columns.py).
Reference numbers of portals (references.py) and our own case numbers are not masked: they are how people find a case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nistaran.domain.complaint import Complainant
from nistaran.domain.references import find_references

#: Signs that people put inside one number; the spaces include the invisible ones.
_SIGNS = " \t\u00a0\u2000-\u200d\u202f\u3000\ufeff_()（）‐‑‒–—―−－-"
_DIGITS = re.compile(r"\d+")
#: Devanagari's vowel signs are no \w.
_LETTER = r"[\w\u0900-\u0963]"
_NAME_WORD = re.compile(rf"{_LETTER}+")
_NARROW = re.compile(r"[ .-]")
_JOINT = re.compile(rf"[{_SIGNS}]{{1,3}}|\.")
#: «/» and «,» part the items of lists as often as the halves of a number.
_LISTED = re.compile(r" ?/ ?|,")
_MANY_DIGITS = re.compile(rf"\d(?:[.,/{_SIGNS}]{{0,3}}\d){{7}}")
_WHOLE_PHONE = re.compile(r"(?:(?:00)?91)?[6-9][0-9]{9}|0[0-9]{10}")
_DATE_SIGNS = frozenset({"-", ".", "/", " ", "–"})
_RANGE_SIGNS = frozenset({"-", "/", "–"})
_CASE_PREFIX = re.compile(r"[A-Z]{2,6}-$")
_MONEY_BEFORE = re.compile(r"(?:₹|रु[0०.]?|रू[0०.]?|रुपये|रुपए|रूपये|Rs\.?|INR)[ ]?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"[ ]?(?:/-|र[ुू][ऀ-ॣ0०.]{0,7}+|Rs\b|rupees?+)(?![ ]{0,2}\d)", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}")
_PAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{5}[0-9]{4}[A-Za-z](?![A-Za-z0-9])")


def mask_phone(phone: str) -> str:
    """Only the last two digits stay: «XXXXXXXX12». "" stays ""."""
    digits = [letter for letter in phone if letter.isdigit()]
    return "X" * max(len(digits) - 2, 0) + "".join(digits[-2:]) if digits else ""


def mask_name(name: str) -> str:
    """Only the first letter of each word stays: «रा… कु…» for privacy of the complainant before those complained of."""
    return " ".join(f"{word[0]}…" for word in name.split())


def mask_text(text: str) -> str:
    """The text with phones, Aadhaar, account numbers, PAN and e-mail addresses masked; dates, amounts, plot numbers, case
    numbers and portals' reference numbers stay readable. A text without eight digits near each other costs one scan."""
    if _MANY_DIGITS.search(text) is not None:
        text = _mask_numbers(text)
    if "@" in text:
        text = _EMAIL.sub("[ई-मेल]", text)
    return _PAN.sub("[पैन]", text)


def without_person(text: str, complainant: Complainant) -> str:
    """The text without this complainant, for a sentence that is kept for ever: each word of the name, the address and every
    part of the phone from four digits on are taken out, and whatever `mask_text` masks. A name in another script stays."""
    said = mask_text(text)
    for word in (complainant.address.strip(), *_NAME_WORD.findall(complainant.name)):
        if len(word) > 1:
            said = re.sub(rf"(?<!{_LETTER}){re.escape(word)}(?!{_LETTER})", "[आवेदक]", said, flags=re.IGNORECASE)
    phone = "".join(str(int(letter)) for letter in complainant.phone if letter.isdecimal())
    return _DIGITS.sub(lambda run: _without_phone(run.group(), phone), said)


def _without_phone(run: str, phone: str) -> str:
    plain = "".join(str(int(letter)) for letter in run)
    return "X" * len(run) if len(run) >= 4 and plain in phone else run


@dataclass(slots=True)
class _Group:
    """Digits without a break: text[start:end], after `gap` (what stands between it and the group before)."""

    start: int
    end: int
    gap: str

    @property
    def size(self) -> int:
        return self.end - self.start


def _mask_numbers(text: str) -> str:
    found = find_references(text)
    spared = ([one.start for one in found], [one.end for one in found])
    out: list[str] = []
    at = 0
    for chain in _chains(text):
        for part in _parts(text, chain, spared):
            if _is_of_a_person(text, part):
                out += (text[at : part[0].start], _masked(text[part[0].start : part[-1].end]))
                at = part[-1].end
    return "".join((*out, text[at:]))


def _masked(run: str) -> str:
    """X for every digit; of ten and more the last two stay, so that a person can tell two numbers apart."""
    digits = sum(letter.isdecimal() for letter in run)
    kept = digits - 2 if digits >= 10 else digits
    seen = 0
    out: list[str] = []
    for letter in run:
        seen += letter.isdecimal()
        out.append("X" if letter.isdecimal() and seen <= kept else letter)
    return "".join(out)


def _chains(text: str) -> Iterator[list[_Group]]:
    """Groups of digits with at most three signs between them."""
    chain: list[_Group] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if end - start == 1 and match.group() in "0०" and "\u0900" <= text[start - 1 : start] <= "\u0963":
            continue  # «मो0», «सं0»: the zero is an abbreviation sign
        gap = text[chain[-1].end : start] if chain and start - chain[-1].end <= 3 else ""
        if chain and not (_JOINT.fullmatch(gap) or _LISTED.fullmatch(gap)):
            yield chain
            chain, gap = [], ""
        chain.append(_Group(start, end, gap))
    if chain:
        yield chain


def _parts(text: str, chain: Sequence[_Group], spared: tuple[list[int], list[int]]) -> Iterator[list[_Group]]:
    """What may be one number each, without what is known to be something else."""
    part: list[_Group] = []
    at = 0
    while at < len(chain):
        width = _known_width(text, chain, at, spared)
        joined = part and not width and (_JOINT.fullmatch(chain[at].gap) or _are_halves(text, chain[at - 1], chain[at]))
        if part and not joined:
            yield part
            part = []
        if not width:
            part.append(chain[at])
        at += width or 1
    if part:
        yield part


def _are_halves(text: str, left: _Group, right: _Group) -> bool:
    """A mobile number, or one with an area code, in two groups: not two items of a list."""
    if min(left.size, right.size) < 3 or not 10 <= left.size + right.size <= 14:
        return False
    digits = "".join(str(int(letter)) for letter in text[left.start : left.end] + text[right.start : right.end])
    return _WHOLE_PHONE.fullmatch(digits) is not None


def _known_width(text: str, chain: Sequence[_Group], at: int, spared: tuple[list[int], list[int]]) -> int:
    """How many groups from `at` on make a reference, case number, date, range of years or amount; 0 when none."""
    group = chain[at]
    before = bisect_right(spared[0], group.start) - 1
    if before >= 0 and group.end <= spared[1][before]:
        return 1
    if at + 1 == len(chain):
        return 0
    gaps = [one.gap for one in chain[at : at + 8]] + [""]
    sizes = [one.size for one in chain[at : at + 7]]
    if _is_case_number(text, group, gaps, sizes):
        return 2
    return _date_width(text, chain, at, gaps, sizes) or _amount_width(gaps, sizes)


def _is_case_number(text: str, group: _Group, gaps: Sequence[str], sizes: Sequence[int]) -> bool:
    """As identity.case_number writes it: SDR-2026-0000042."""
    if sizes[:2] != [4, 7] or gaps[1] != "-" or not text.startswith("20", group.start):
        return False
    return _CASE_PREFIX.search(text[max(0, group.start - 7) : group.start]) is not None


def _date_width(text: str, chain: Sequence[_Group], at: int, gaps: Sequence[str], sizes: Sequence[int]) -> int:
    """A day, or a range of years. Neither goes on with the sign that stands inside it: then it is part of a number."""
    if len(sizes) >= 3 and gaps[1] == gaps[2] and gaps[1] in _DATE_SIGNS and gaps[1] not in (gaps[0], gaps[3]):
        values = [int(text[one.start : one.end]) if one.size <= 4 else -1 for one in chain[at : at + 3]]
        shape = sorted(sizes[:3])
        if sizes[0] == 4:
            values.reverse()
        whole_year = shape[1] <= 2 and shape[2] == 4 and 1900 <= values[2] <= 2099
        short_year = shape[2] == 2 == sizes[2] and gaps[1] != " "
        if (whole_year or short_year) and 1 <= values[0] <= 31 and 1 <= values[1] <= 12:
            return 3
    if len(sizes) >= 2 and sizes[0] == 4 and sizes[1] in (2, 4) and gaps[1] in _RANGE_SIGNS:
        years = [int(text[one.start : one.end]) for one in chain[at : at + 2]]
        last_known = sizes[1] == 2 or 1900 <= years[1] <= 2099
        if 1900 <= years[0] <= 2099 and last_known and gaps[1] not in (gaps[0], gaps[2]):
            return 2
    return 0


def _amount_width(gaps: Sequence[str], sizes: Sequence[int]) -> int:
    """«1,50,000», «150,000», with paise or without, and «150000.00»."""
    width = 1
    while width < len(sizes) and gaps[width] == ",":
        width += 1
    inner = sizes[1 : width - 1]
    western = sizes[0] <= 3 and set(inner) <= {3}
    indian = sizes[0] <= 2 and set(inner) <= {2}
    total = sum(sizes[:width])
    grouped = width > 1 and sizes[width - 1] == 3 and (western or indian) and gaps[0] != "," and gaps[width] != ","
    if grouped and total <= 12:
        return width + 1 if gaps[width] == "." and sizes[width : width + 1] == [2] else width
    alone = not _JOINT.fullmatch(gaps[0]) and not (len(gaps) > 2 and _JOINT.fullmatch(gaps[2]))
    return 2 if alone and sizes[0] <= 7 and gaps[1] == "." and sizes[1:2] == [2] else 0


def _is_of_a_person(text: str, part: Sequence[_Group]) -> bool:
    """Eight digits together, or ten with unusual signs between them, unless they are said to be rupees."""
    total = sum(group.size for group in part)
    narrow = all(_NARROW.fullmatch(group.gap) for group in part[1:])
    if total < (8 if narrow else 10):
        return False
    start, end = part[0].start, part[-1].end
    may_be_money = total <= 9 or (total == 10 and 1 <= int(text[start]) <= 5)
    if not may_be_money or max(group.size for group in part) > 8:
        return True
    return not (_MONEY_BEFORE.search(text[max(0, start - 8) : start]) or _MONEY_AFTER.match(text, end))
