"""Masking what belongs to the complainant wherever people or machines other than the owning office read it.

Here: masks for phones, names and long numbers in text. Not here: encryption at rest (storage/vault.py).
14-digit IGRS numbers are not masked: they are how people find a case.
"""

from __future__ import annotations

import re

_DIGIT = "0-9०-९"
_RUN = re.compile(rf"(?<![{_DIGIT}])\+?[{_DIGIT}](?:[ \-.]?[{_DIGIT}]){{7,18}}(?![{_DIGIT}])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}")
_PAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{5}[0-9]{4}[A-Za-z](?![A-Za-z0-9])")
_REFERENCE_DIGITS = 14


def mask_phone(phone: str) -> str:
    """Only the last two digits stay: «XXXXXXXX12». "" stays ""."""
    digits = [letter for letter in phone if letter.isdigit()]
    return "X" * max(len(digits) - 2, 0) + "".join(digits[-2:]) if digits else ""


def mask_name(name: str) -> str:
    """Only the first letter of each word stays: «रा… कु…» for privacy of the complainant before those complained of."""
    return " ".join(f"{word[0]}…" for word in name.split())


def mask_text(text: str) -> str:
    """The text with phones, Aadhaar, account numbers, PAN and e-mail addresses masked; dates and amounts stay readable."""
    text = _RUN.sub(_mask_run, text)
    if "@" in text:
        text = _EMAIL.sub("[ई-मेल]", text)
    return _PAN.sub("[पैन]", text)


def _mask_run(found: re.Match[str]) -> str:
    run = found.group()
    digits = sum(letter.isdigit() for letter in run)
    if digits == _REFERENCE_DIGITS or _is_date(run):
        return run
    kept = digits - 2 if digits >= 10 else digits
    seen = 0
    out: list[str] = []
    for letter in run:
        seen += letter.isdigit()
        out.append("X" if letter.isdigit() and seen <= kept else letter)
    return "".join(out)


_DATE = re.compile(
    rf"[{_DIGIT}]{{1,2}}[-. ][{_DIGIT}]{{1,2}}[-. ][{_DIGIT}]{{4}}|[{_DIGIT}]{{4}}[-. ][{_DIGIT}]{{2}}[-. ][{_DIGIT}]{{2}}"
)


def _is_date(run: str) -> bool:
    return bool(_DATE.fullmatch(run))
