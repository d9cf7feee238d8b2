"""Evidence in disposal reports: folding, marks and slots, read by rules."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nistaran.domain.evidence import read_evidence
from nistaran.domain.evidence_marks import digits_of, fold, mark
from nistaran.domain.report import ReportCode, ReportWarning, finding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("की गयी", "की गई"),
        ("सम्बन्धित", "संबंधित"),
        ("दि0 ५", "दि० 5"),
        ("जायेगा", "जाएगा"),
        ("जाँच", "जांच"),
        ("जावेगी", "जाएगी"),
    ],
)
def test_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("दि0 12.10.26 को", "date"),
        ("2 नवम्बर को", "date"),
        ("5 तारीख की", "date"),
        ("on 6 Nov 2026", "date"),
        ("₹3,000 खाते में", "money"),
        ("2.18 लाख का", "money"),
        ("3.20 मी0 चौड़ी", "quantity"),
        ("63 केवीए का", "quantity"),
        ("40 कुन्तल", "quantity"),
        ("UTR SBIN326311908842", "number"),
        ("आदेश सं0 1182/पं0", "number"),
        ("मु0अ0सं0 77/26", "number"),
        ("98XXXXXX07 पर", "phone"),
        ("धारा 116 में", "law"),
    ],
)
def test_numbers_are_marked_by_kind(text: str, kind: str) -> None:
    assert mark(fold(text), frozenset()).counts[kind] == 1


def test_a_postposition_is_no_number_word() -> None:
    assert mark(fold("लेखपाल ने 18 लोगों"), frozenset()).counts["number"] == 0


def test_a_number_of_the_complaint_is_no_evidence() -> None:
    marked = mark(fold("गाटा सं0 318 देखा गया"), digits_of(fold("मेरा गाटा 318")))
    assert (marked.counts["number"], marked.old) == (0, 1)


def test_done_and_promised_differ() -> None:
    done = read_evidence("दि0 05.11.26 को 40 मी0 नाली साफ करायी गयी।", "")
    promised = read_evidence("दि0 05.12.26 तक 40 मी0 नाली साफ करा दी जायेगी।", "")
    assert (done.remedied, promised.remedied) == (1, 0)
    assert (done.open_ended, promised.open_ended) == (0, 1)


def test_overlap_of_a_copy_is_whole() -> None:
    asked = "हमारे गांव की नाली टूटी पड़ी है पानी सड़क पर बहता है"
    assert read_evidence(asked, asked).overlap.copied == 1.0
    assert read_evidence("मरम्मत पूर्ण, 40 मी0", asked).overlap.copied == 0.0


@given(st.text(max_size=300), st.text(max_size=100))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(report: str, complaint: str) -> None:
    seen = read_evidence(report, complaint)
    assert seen.anchored <= seen.sentences
    assert 0.0 <= seen.overlap.repeated <= 1.0


@pytest.mark.parametrize("piece", ["1", "1.", "दि0 ", "1/", "कर दिया गया। ", "न्यायालय ", "इस विभाग "])
def test_long_reports_are_read_in_time(piece: str) -> None:
    started = time.process_time()
    read_evidence((piece * 20_000)[:20_000], "")
    assert time.process_time() - started < 2.0


def test_every_code_has_a_cure_in_hindi() -> None:
    for code in (*ReportCode, *ReportWarning):
        cure = finding(code, "")
        assert cure.cure_en
        assert any("\u0900" <= letter <= "\u097f" for letter in cure.cure_hi)


@given(st.text(alphabet="कनम्यीेा०0५5॰ँः\n \t.,॥ZΣabअ⟦", max_size=60), st.integers(0, 60))
def test_folding_looks_at_no_neighbouring_word(text: str, place: int) -> None:
    apart = f"{text[:place]} {text[place:]}"
    assert fold(apart) == f"{fold(text[:place])} {fold(text[place:])}"
    assert fold(apart) == fold(apart)  # remembered as it was found
