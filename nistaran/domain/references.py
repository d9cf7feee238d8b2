"""Older grievance numbers that a citizen names in the text, so that the old case and the new one are linked.

Here: finding and naming them. Not here: linking (steps/). A phone, Aadhaar or account number is never a reference.
Number forms: IGRS 14 digits, CPGRAMS office/letter/year/serial, Rajasthan Sampark 13 digits after a cue word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["IGRS_ONLINE", "IGRS_PG", "IGRS_CMHELP", "IGRS_OTHER", "CPGRAMS", "SAMPARK"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A number as a portal writes it (ASCII digits, no spaces), found at text[start:end]."""

    kind: Kind
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits without a break."""

    digits: str
    start: int
    end: int


_DIGITS = re.compile("[0-9०-९]+")
#: Every reference holds thirteen digits with at most two joining signs between them, or a year before a serial: one scan tells.
_MAY_HOLD_ONE = re.compile(
    "[0-9०-९](?:[ \u00a0\u2011–-]{0,2}[0-9०-९]){12}|[0०][0-9०-९]{2}[ ]{0,2}[/\\\\|-][ ]{0,2}[0-9०-९]{4}"
)
_JOIN = frozenset({" ", "-", "–", "‑", "  ", " -", "- ", "\u00a0", "--"})
_TO_ASCII = str.maketrans("०१२३४५६७८९", "0123456789")
_CPGRAMS = re.compile(
    r"(?<![A-Za-z])([A-Za-z]{4,6})[ ]{0,2}[/\\|-][ ]{0,2}([A-Za-z])[ ]{0,2}[/\\|-][ ]{0,2}"
    r"([2२][0०][0-9०-९][0-9०-९])[ ]{0,2}[/\\|-][ ]{0,2}([0-9०-९]{4,7})(?![0-9०-९])"
)
_LOOK_BACK = 40
_CUE = re.compile(
    "परिवाद|शिकायत|स[ंम]्?पर्क|स[ंन]्?दर्भ|प्रकरण|पंजीकरण|पंजीयन|आई ?जी ?आर|आईडी|जनसुनवाई|हेल्पलाइन|"
    "sampark|grievance|complain|reference|ref|igrs|registration|jansunwai|shikayat",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    "खाता|एकाउ|अकाउ|बैंक|आधार|मोबा|फोन|फ़ोन|दूरभाष|मो[0०॰.]|गाटा|मीटर|कनेक्शन|account|bank|a/c|aadhaar|aadhar|mobile|phone|ifsc",
    re.IGNORECASE,
)


def find_references(text: str) -> tuple[Reference, ...]:
    """All references in the text, in the order in which they stand. A text without digits costs one scan."""
    if _MAY_HOLD_ONE.search(text) is None:
        return ()
    found = list(_cpgrams(text))
    taken = [(r.start, r.end) for r in found]
    for chain in _chains(text):
        if not any(chain[0].start < end and start < chain[-1].end for start, end in taken):
            found.extend(_in_chain(text, chain))
    return tuple(sorted(found, key=lambda r: r.start))


def _cpgrams(text: str) -> Iterator[Reference]:
    for match in _CPGRAMS.finditer(text):
        office, letter, year, serial = match.groups()
        number = f"{office}/{letter}/{year}/{serial}".upper().translate(_TO_ASCII)
        yield Reference(kind="CPGRAMS", number=number, start=match.start(), end=match.end())


def _chains(text: str) -> Iterator[list[_Group]]:
    """Groups of digits with at most a space or a hyphen between them belong to one chain."""
    chain: list[_Group] = []
    for match in _DIGITS.finditer(text):
        group = _Group(match.group().translate(_TO_ASCII), match.start(), match.end())
        if _is_abbreviation_zero(text, group):
            continue
        if chain and text[chain[-1].end : group.start] not in _JOIN:
            yield chain
            chain = []
        chain.append(group)
    if chain:
        yield chain


def _is_abbreviation_zero(text: str, group: _Group) -> bool:
    """«सं0», «मो0»: a zero right after a letter stands for the abbreviation sign, not for a number."""
    before = text[group.start - 1 : group.start]
    return group.digits == "0" and "\u0900" <= before <= "\u0965"


def _in_chain(text: str, chain: list[_Group]) -> Iterator[Reference]:
    at = 0
    while at < len(chain):
        width = _width_of_reference(text, chain, at)
        if width is None:
            at += 1
            continue
        window = chain[at : at + width]
        number = "".join(g.digits for g in window)
        yield Reference(kind=_kind(number), number=number, start=window[0].start, end=window[-1].end)
        at += width


def _width_of_reference(text: str, chain: list[_Group], at: int) -> int | None:
    """How many groups from `at` on make one reference; None when none does."""
    digits = ""
    for width, group in enumerate(chain[at : at + 8], start=1):
        digits += group.digits
        if len(digits) > 14:
            return None
        window = chain[at : at + width]
        # thirteen digits and one more behind a gap are a spaced 14-digit number
        goes_on = len(chain) > at + width and len(chain[at + width].digits) == 1
        if len(digits) == 13 and not goes_on and _is_sampark(text, window):
            return width
        if len(digits) == 14 and _is_igrs(text, window, digits):
            return width
    return None


def _is_sampark(text: str, window: list[_Group]) -> bool:
    return _cue(text, window[0].start) == "reference" and not _has_phone(window)


def _is_igrs(text: str, window: list[_Group], digits: str) -> bool:
    cue = _cue(text, window[0].start)
    if digits.startswith("0091") and digits[4] in "6789":
        return False  # 0091 and a mobile number
    if len(window) == 1:
        return cue != "account"
    if _has_phone(window) or cue == "account":
        return False
    return _fits_a_family(digits) or (cue == "reference" and digits[0] in "123")


def _fits_a_family(digits: str) -> bool:
    """The families seen on real papers: 400+district+year, 60000+year, 9+year+district."""
    if digits.startswith("400"):
        return "14" <= digits[6:8] <= "39"
    if digits.startswith("60000"):
        return "14" <= digits[5:7] <= "39"
    return digits[0] == "9" and "14" <= digits[1:3] <= "39" and "100" <= digits[3:6] <= "299"


def _has_phone(window: list[_Group]) -> bool:
    """Ten digits in one group, or five and five as phones are written."""
    sizes = [len(g.digits) for g in window]
    return 10 in sizes or any(a == b == 5 for a, b in pairwise(sizes))


def _cue(text: str, start: int) -> Literal["reference", "account", ""]:
    """The nearest word of either kind in the characters before the number decides."""
    before = text[max(0, start - _LOOK_BACK) : start]
    reference = max((m.end() for m in _CUE.finditer(before)), default=-1)
    account = max((m.end() for m in _ACCOUNT.finditer(before)), default=-1)
    if reference == account == -1:
        return ""
    return "reference" if reference > account else "account"


def _kind(number: str) -> Kind:
    if len(number) == 13:
        return "SAMPARK"
    if number.startswith("400"):
        return "IGRS_ONLINE"
    if number.startswith("60000"):
        return "IGRS_PG"
    if number[0] == "9" and "10" <= number[1:3] <= "39":
        return "IGRS_CMHELP"
    return "IGRS_OTHER"
