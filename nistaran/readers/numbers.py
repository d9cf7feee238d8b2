"""Reference and phone numbers as their digits, whatever a spreadsheet made of them.

Not here: whether a number is a valid reference or phone (steps/).
"""

from __future__ import annotations

import re
from decimal import Decimal

_TO_ASCII = str.maketrans("०१२३४५६७८९", "0123456789")
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]{1,20}))?[eE]\+?([0-9]{1,2})")
_WHOLE_FLOAT = re.compile(r"([0-9]{4,20})\.0{1,6}")
_SPACED = re.compile(r"[0-9][0-9 \-\u2010-\u2013\u00a0]{2,40}")
_MOST_DIGITS = 14
_GAPS = re.compile(r"[^0-9]+")


def plain_number(text: str) -> str | None:
    """The number's digits if the text is one (4.0019923001789E+13, 9415012345.0, ="0315", '0315, ९४१५…, 400 199 …).

    Any other text comes back as it is, with ASCII digits. None: the last digits are lost (4.00199E+13).
    """
    if text.isdigit() and text.isascii():
        return text
    value = text.translate(_TO_ASCII)
    if value.startswith('="') and value.endswith('"'):
        value = value[2:-1]  # the trick by which a CSV keeps Excel from rounding
    value = value.lstrip("'").strip()
    whole = _WHOLE_FLOAT.fullmatch(value)
    if whole is not None:
        return whole[1]
    scientific = _SCIENTIFIC.fullmatch(value)
    if scientific is not None:
        return _expanded(value, scientific)
    if _SPACED.fullmatch(value):
        digits = _GAPS.sub("", value)
        return digits if len(digits) <= _MOST_DIGITS else value  # more: two numbers in one cell
    return value


def _expanded(value: str, match: re.Match[str]) -> str | None:
    """All digits if the exponent asks for no more than stand there; Excel shows six when it has cut a number."""
    digits_after = len(match[2] or "")
    return str(int(Decimal(value))) if digits_after >= int(match[3]) else None
