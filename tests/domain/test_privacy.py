"""Masking: nothing of a person stays, what officers need stays (P30)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.privacy import mask_name, mask_phone, mask_text

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@given(
    digits=st.from_regex(r"[6-9][0-9]{9}", fullmatch=True),
    devanagari=st.booleans(),
    gap=st.sampled_from(["", " ", "-", "."]),
)
def test_no_mobile_number_survives(digits: str, devanagari: bool, gap: str) -> None:
    written = f"{digits[:5]}{gap}{digits[5:]}"
    masked = mask_text(f"मेरा नंबर {written.translate(DEVANAGARI) if devanagari else written} है")
    assert digits[:5] not in masked
    assert digits[:5].translate(DEVANAGARI) not in masked
    assert masked.startswith("मेरा नंबर ")
    assert masked.endswith(" है")


@pytest.mark.parametrize(
    "kept",
    [
        "सन्दर्भ संख्या 40019923001789 का फर्जी निस्तारण",
        "दिनांक 12-05-2024 को आया",
        "दिनांक 12.05.2024 को",
        "1500 रुपये मांगे",
        "गाटा संख्या 429 मि0",
        "वार्ड 12",
    ],
)
def test_what_officers_need_stays(kept: str) -> None:
    assert mask_text(kept) == kept


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("आधार 1234 5678 9012 है", "1234 5678"),
        ("खाता 123456789012345 में", "1234567890"),
        ("पैन ABCDE1234F", "ABCDE1234F"),
        ("ईमेल ram.k@example.invalid", "ram.k"),
        ("+91-9876543210", "98765"),
    ],
)
def test_other_numbers_of_people_go(written: str, gone: str) -> None:
    assert gone not in mask_text(written)


def test_names_and_phones_of_the_complainant() -> None:
    assert mask_name("राम सिंह") == "र… स…"
    assert mask_phone("98765 43210") == "XXXXXXXX10"
    assert mask_phone("") == ""
