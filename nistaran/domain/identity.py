"""What makes two rows the same complaint, and what makes two complaints repeats of one another.

Here: keys and normal forms for comparing. Not here: searching for repeats (steps/ingest.py), meaning (models/).
"""

from __future__ import annotations

import hashlib
import re

_DEVANAGARI_DIGIT = re.compile("[०-९]")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
#: Shorter «references» are serial numbers of a list or fillers.
_REFERENCE_DIGITS = 4
_NOT_DIGIT = re.compile(r"[^0-9]")


def plain(text: str) -> str:
    """Text with one space between words, ASCII digits and lower-case Latin: for comparing, never for showing."""
    text = " ".join(text.split()).lower()
    return text.translate(_DIGITS) if _DEVANAGARI_DIGIT.search(text) else text


def phone_digits(phone: str) -> str:
    """The last ten digits of an Indian mobile number in any spelling, or "" when there are fewer than ten."""
    digits = _NOT_DIGIT.sub("", phone.translate(_DIGITS))
    return digits[-10:] if len(digits) >= 10 else ""


def reference_number(written: str) -> str:
    """A reference as it is compared and kept; "" for what is none: «NA», «-», a row's serial number."""
    number = plain(written)
    return number if sum(letter.isdigit() for letter in number) >= _REFERENCE_DIGITS else ""


def complaint_key(
    *, district: str, channel: str, reference: str, text: str, person: str, place: str, received_on: str
) -> str:
    """The key of a complaint, the same whatever file, order or process brings it (promise P4).

    With a reference number: number and text decide, so that a later export with other columns is known again, while the
    same number with another text is a new complaint, linked as a repeat. Without one: channel, text, person, place and day
    decide, so that three villages that send the same sentence are three complaints.
    """
    parts = [district, "ref", reference, plain(text)]
    if not reference:
        parts = [district, channel, plain(text), person, plain(place), received_on]
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8"), digest_size=16).hexdigest()


def copy_key(key: str, copy: int) -> str:
    """The key of the second, third … row of one file that nothing tells apart and that names nobody: they may be several
    people's, and two linked cases are better than one lost. The same file again gives the same keys."""
    return hashlib.blake2b(f"{key}\x1f{copy}".encode(), digest_size=16).hexdigest()


def case_number(*, district: str, year: int, serial: int) -> str:
    """The number that people use for a case: district, year of registration, serial, e.g. SDR-2026-0000042."""
    return f"{district}-{year}-{serial:07d}"
