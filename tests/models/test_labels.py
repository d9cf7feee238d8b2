"""Trusted corrections become training rows: each case and each text once, nobody too loud, in any order of reading the same (P22)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.canaries import as_rows, read_canaries
from models.corpus.reader import Row, read_sheets
from models.labels import HAND, LeftOut, Limits, as_row, clean_labels
from nistaran.domain.correction import TrustedLabel

START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)  # a Monday
WORDS = [
    "बिजली",
    "मीटर",
    "तार",
    "खम्भा",
    "बिल",
    "राशन",
    "कोटेदार",
    "थाना",
    "पुलिस",
    "चोरी",
    "सड़क",
    "गड्ढा",
    "नाली",
    "कूड़ा",
    "पेंशन",
    "विधवा",
    "आवास",
    "मनरेगा",
    "मजदूरी",
    "स्कूल",
    "अध्यापक",
    "दवा",
    "डॉक्टर",
    "नहर",
    "खाद",
    "बीज",
    "गन्ना",
    "पर्ची",
    "जंगल",
    "पेड़",
    "शराब",
    "ठेका",
    "बस",
    "लाइसेंस",
    "बैनामा",
    "खतौनी",
    "मेड़",
    "तालाब",
    "कब्जा",
    "रास्ता",
]


def told(number: int) -> str:
    """A text unlike all others."""
    return " ".join(random.Random(number).choices(WORDS, k=14)) + f" मामला{number}ख"


def label(number: int, department: str = "ENERGY", **given_: object) -> TrustedLabel:
    values: dict[str, object] = {
        "case": f"SDR-2026-{number:07d}",
        "at": START + timedelta(hours=number),
        "by": f"login{number % 7}",
        "office": "SDR-X",
        "source": "CELL",
        "department": department,
        "said": "",
        "text": told(number),
        "addressed_to": "",
    }
    return TrustedLabel(**{**values, **given_})  # type: ignore[arg-type]


def corpus(count: int = 400, departments: tuple[str, ...] = ("ENERGY", "POLICE")) -> list[Row]:
    return [as_row(label(100_000 + number, departments[number % len(departments)])) for number in range(count)]


def cases(labels: tuple[TrustedLabel, ...]) -> set[str]:
    return {one.case for one in labels}


def test_the_newest_fifth_and_audits_are_measured_on_and_never_trained_on() -> None:
    labels = [label(number) for number in range(50)]
    audits = [label(200 + number, source="AUDIT", at=START) for number in range(5)]
    cleaned = clean_labels([*audits, *labels], corpus(), [])
    assert cases(cleaned.newest) == {one.case for one in labels[40:]}
    assert cases(cleaned.audited) == {one.case for one in audits}
    assert cases(cleaned.taken).isdisjoint(cases(cleaned.newest) | cases(cleaned.audited))
    assert cleaned.left_out[LeftOut.MEASURED] == 15


@settings(max_examples=5, deadline=None)
@given(st.randoms())
def test_the_order_of_reading_changes_nothing(shuffler: random.Random) -> None:
    labels = [label(number, by="flood" if number % 2 else f"l{number % 5}") for number in range(120)]
    first = clean_labels(labels, corpus(), [])
    shuffler.shuffle(labels)
    assert clean_labels(labels, corpus(), []) == first


def test_a_case_teaches_once_and_with_its_newest_word_unless_it_was_audited() -> None:
    twice = [label(1, at=START), label(1, "POLICE", at=START + timedelta(days=1))]
    audited = [label(2, at=START + timedelta(days=9)), label(2, "POLICE", at=START, source="AUDIT")]
    cleaned = clean_labels([*twice, *audited, *(label(n) for n in range(100, 120))], corpus(), [])
    assert {one.case: one.department for one in cleaned.taken}["SDR-2026-0000001"] == "POLICE"
    assert [one.department for one in cleaned.audited] == ["POLICE"]
    assert cleaned.left_out[LeftOut.OLDER_WORD] == 2


def test_a_mass_petition_counts_once() -> None:
    petition = [label(n, text=f"{told(7)} हम {n} परिवार पीड़ित हैं", by=f"l{n}") for n in range(30)]
    cleaned = clean_labels([*petition, *(label(n) for n in range(100, 140))], corpus(), [])
    assert len(cases(cleaned.taken) & {one.case for one in petition}) == 1
    assert cleaned.left_out[LeftOut.REPEAT] == 29


def test_near_duplicates_go_by_the_votes_of_logins_and_a_draw_teaches_nothing() -> None:
    def three(*departments: str) -> list[TrustedLabel]:
        return [
            label(n, department, text=f"{told(7)} {n}", by=f"l{n}", at=START)
            for n, department in enumerate(departments)
        ]

    rest = [label(n) for n in range(100, 120)]
    won = clean_labels([*three("POLICE", "ENERGY", "POLICE"), *rest], corpus(), [])
    assert [one.department for one in won.taken if one.case < "SDR-2026-0000100"] == ["POLICE"]
    draw = clean_labels([*three("POLICE", "ENERGY"), *rest], corpus(), [])
    assert draw.left_out[LeftOut.DISPUTED] == 2


def test_what_is_like_the_corpus_or_like_what_is_measured_on_is_left_out() -> None:
    own = corpus()
    sheet = as_row(label(500_000))
    newest = [label(n) for n in range(900, 906)]
    copies = [
        label(1, text=own[3].text + " जी", at=START),
        label(2, text=sheet.text + " जी", at=START),
        label(3, text=newest[-1].text + " जी", at=START),
    ]
    cleaned = clean_labels([*copies, *(label(n) for n in range(50, 70)), *newest], own, [sheet])
    assert cases(cleaned.taken).isdisjoint(cases(tuple(copies)))
    assert cleaned.left_out[LeftOut.LIKE_THE_CORPUS] == 3


def test_no_words_or_a_department_that_the_model_does_not_know_teaches_nothing() -> None:
    odd = [label(1, text="।।।"), label(2, "NO_SUCH")]
    cleaned = clean_labels([*odd, *(label(n) for n in range(10, 20))], corpus(), [])
    assert (cleaned.left_out[LeftOut.NO_WORDS], cleaned.left_out[LeftOut.UNKNOWN_DEPARTMENT]) == (1, 1)


@pytest.mark.promise("P22")
def test_all_three_limits_hold_as_shares_of_the_training_rows() -> None:
    own = corpus(400)
    labels = [label(n, "POLICE" if n % 3 else "ENERGY", by=f"l{n % 40}" if n % 2 else "loud") for n in range(900)]
    cleaned = clean_labels(labels, own, [])
    rows = len(own) + len(cleaned.taken)
    assert len(cleaned.taken) <= 0.2 * rows
    assert max(Counter(one.by for one in cleaned.taken).values()) <= 0.05 * rows
    trained = Counter(row.department for row in (*own, *cleaned.rows))
    usual = Counter(row.department for row in own)
    for department, count in trained.items():
        assert count / rows <= 2 * usual[department] / len(own)
    assert cleaned.left_out[LeftOut.OPERATOR_LIMIT] > 0
    assert cleaned.left_out[LeftOut.TOTAL_LIMIT] > 0


def test_a_small_department_is_not_doubled() -> None:
    own = [*corpus(400), *(as_row(label(700_000 + n, "CANE")) for n in range(10))]
    cleaned = clean_labels([label(n, "CANE", by=f"l{n % 30}") for n in range(200)], own, [])
    assert len(cleaned.taken) == 10
    assert cleaned.left_out[LeftOut.DEPARTMENT_LIMIT] == 150


def test_a_flood_of_one_week_yields_to_steady_work_newest_first() -> None:
    steady = [label(n, by="one", at=START + timedelta(days=7 * n)) for n in range(10)]
    flood = [label(1000 + n, by="one", at=START + timedelta(days=7 * 9, minutes=1 + n)) for n in range(60)]
    later = [label(5000 + n, by=f"x{n}", at=START + timedelta(days=400)) for n in range(30)]
    cleaned = clean_labels([*steady, *flood, *later], corpus(400), [])  # one login: 20 of 400
    kept = cases(cleaned.taken)
    assert {one.case for one in steady} <= kept
    assert {one.case for one in flood[:10]} <= kept
    assert not {one.case for one in flood[10:]} & kept


def test_limits_are_shares_and_can_be_narrowed() -> None:
    labels = [label(n, by=f"l{n % 50}") for n in range(200)]
    cleaned = clean_labels(labels, corpus(400), [], limits=Limits(total=0.05))
    assert len(cleaned.taken) == 21  # 5 % of 421


def test_no_hand_of_the_sheets_is_the_hand_of_corrections() -> None:
    assert not {row.hand for row in read_sheets() if row.hand.startswith(HAND)}


def test_canaries_are_in_no_sheet_and_are_many_enough() -> None:
    canaries = read_canaries()
    departments = Counter(canary.department for canary in canaries)
    assert len(departments) >= 13
    assert "NONE" in departments
    assert min(departments.values()) >= 8
    assert min(Counter(canary.intent for canary in canaries).values()) >= 4
    assert any(canary.text.isascii() for canary in canaries)
    assert {row.hand for row in as_rows(canaries)} == {"t0"}


def test_no_canary_is_nearly_a_row_that_is_trained_on() -> None:
    from models.corpus.overlap import leaks

    rows = [row for row in read_sheets() if not row.is_test]
    assert leaks([*rows, *as_rows(read_canaries())]) == []
