"""What makes two rows one complaint (P4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.identity import case_number, complaint_key, copy_key, phone_digits, plain, reference_number


def key(**changes: str) -> str:
    facts = {
        "district": "SDR",
        "channel": "ONLINE",
        "reference": "",
        "text": "नाली जाम है",
        "person": "p1",
        "place": "बांसी",
        "received_on": "2026-11-01",
    }
    return complaint_key(**{**facts, **changes})


def test_spacing_digits_and_case_do_not_make_a_new_complaint() -> None:
    assert key(text="नाली  जाम\nहै वार्ड १२ JE") == key(text="नाली जाम है वार्ड 12 je")


@pytest.mark.parametrize("field", ["district", "channel", "text", "person", "place", "received_on"])
def test_without_a_reference_every_fact_counts(field: str) -> None:
    assert key() != key(**{field: "other"})


def test_with_a_reference_number_and_text_decide() -> None:
    numbered = {"reference": "40019923001789"}
    assert key(**numbered) == key(**numbered, person="p2", received_on="2026-11-02", channel="CM")
    assert key(**numbered) != key(**numbered, text="दूसरी बात")


@given(st.text(max_size=60))
def test_plain_is_idempotent(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+91 98765 43210", "9876543210"),
        ("०९८७६५४३२१०", "9876543210"),
        ("98765-43210", "9876543210"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_phone_digits(written: str, digits: str) -> None:
    assert phone_digits(written) == digits


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("40019923001789", "40019923001789"),
        ("GOVUP/E/2023/0057076", "govup/e/2023/0057076"),
        ("NA", ""),
        ("-", ""),
        ("12", ""),
    ],
)
def test_fillers_and_serial_numbers_are_no_references(written: str, number: str) -> None:
    assert reference_number(written) == number


def test_copies_have_keys_of_their_own() -> None:
    assert len({key(), copy_key(key(), 2), copy_key(key(), 3)}) == 3


def test_case_number_sorts_by_serial() -> None:
    assert case_number(district="SDR", year=2026, serial=42) == "SDR-2026-0000042"
