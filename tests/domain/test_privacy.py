"""Masking: nothing of a person stays, what officers need stays (P30)."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nistaran.domain.complaint import Complainant
from nistaran.domain.identity import case_number
from nistaran.domain.privacy import mask_name, mask_phone, mask_text, without_person

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SCRIPTS = st.sampled_from([{}, DEVANAGARI, FULLWIDTH])
MOBILE = st.from_regex(r"[6-9][0-9]{9}", fullmatch=True)
BEFORE = st.sampled_from(["", "+91", "+91-", "91 ", "0", "0091 ", "0091-", "मो0 "])
AFTER = st.sampled_from(["", " 1204", " 2024", "/2", ", 12-05-2024 को", " पर"])
GAPS = ["", " ", "-", ".", "/", " / ", "–", "—", "  ", " - ", "-(", ") ", ",", "_", "\u00a0", "\u200d", "－", "　"]


@given(digits=MOBILE, script=SCRIPTS, gap=st.sampled_from(GAPS), before=BEFORE, after=AFTER)
def test_no_mobile_number_survives(digits: str, script: dict[int, str], gap: str, before: str, after: str) -> None:
    written = f"{before}{digits[:5]}{gap}{digits[5:]}".translate(script)
    masked = mask_text(f"मेरा नंबर {written}{after} है")
    assert not any(digits[:5].translate(table) in masked for table in ({}, DEVANAGARI, FULLWIDTH))
    assert masked.startswith("मेरा नंबर ")
    assert masked.endswith(" है")


DAYS = st.dates(date(1950, 1, 1), date(2060, 1, 1))
DAY = st.builds(
    lambda day, form: day.strftime(form),
    DAYS,
    st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%d-%m-%y", "%d/%m/%y"]),
)


def rupees(amount: int) -> str:
    """As India groups: 1,23,45,678."""
    whole, last = divmod(amount, 1000)
    groups = [f"{last:03d}"]
    while whole >= 100:
        whole, part = divmod(whole, 100)
        groups.append(f"{part:02d}")
    return ",".join([str(whole), *reversed(groups)])


MONEY = st.one_of(
    st.integers(1000, 999_999_999).map(rupees),
    st.integers(1000, 999_999_999).map(lambda amount: f"{amount:,}"),
    st.integers(1, 9_999_999).map(lambda amount: f"{amount}.00 रुपये"),
    st.integers(1, 99_999_999).map(lambda amount: f"{amount} रुपये"),
    st.integers(1, 99_999_999).map(lambda amount: f"₹{amount}"),
    st.integers(1, 99_999_999).map(lambda amount: f"रु0 {amount}/-"),
)
PLOT = st.one_of(
    st.integers(1, 9999).map(str), st.builds(lambda a, b: f"{a}/{b}", st.integers(1, 9999), st.integers(1, 99))
)
PLOTS = st.lists(PLOT, min_size=1, max_size=6).map(", ".join)
CASE = st.builds(
    lambda year, serial: case_number(district="SDR", year=year, serial=serial),
    st.integers(2020, 2099),
    st.integers(1, 9_999_999),
)
YEARS = st.integers(1990, 2090).flatmap(
    lambda year: st.sampled_from([f"{year}-{(year + 1) % 100:02d}", f"{year}-{year + 1}", f"{year}/{year + 1}"])
)
READABLE = st.one_of(DAY, MONEY, PLOTS, CASE, YEARS, st.integers(1, 99).map(lambda ward: f"वार्ड {ward}"))


@given(parts=st.lists(READABLE, min_size=1, max_size=4))
def test_dates_amounts_plots_wards_years_and_case_numbers_stay(parts: list[str]) -> None:
    text = f"प्रकरण {' तथा '.join(parts)} देखें"
    assert mask_text(text) == text


@given(parts=st.lists(st.one_of(DAY, PLOTS, CASE, YEARS), min_size=1, max_size=3), phone=MOBILE)
def test_beside_a_phone_they_stay_too(parts: list[str], phone: str) -> None:
    assert mask_text(f"{phone} से, {' व '.join(parts)}") == f"XXXXXXXX{phone[-2:]} से, {' व '.join(parts)}"


@pytest.mark.parametrize(
    "kept",
    [
        "सन्दर्भ संख्या 40019923001789 का फर्जी निस्तारण",
        "सम्पर्क शिकायत क्रमांक 1234567890123 पर कुछ नहीं",
        "DOTEL/E/2024/0001234 देखें",
        "दिनांक 12-05-2024 को आया",
        "दिनांक 12.05.2024 को",
        "12/05/2024, 15/06/2024 और 12.05.2024-15.06.2024",
        "12-05-2024 10:30 बजे",
        "1500 रुपये मांगे",
        "50000-60000 रुपये",
        "₹ 1,50,00,000.00",
        "गाटा संख्या 429 मि0",
        "गाटा 429/1, 430, 431/2, 4321",
        "धारा 323/504/506/427 एवं 323,504,506",
        "वार्ड 12",
        "SDR-2026-0000042",
    ],
)
def test_what_officers_need_stays(kept: str) -> None:
    assert mask_text(kept) == kept


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("आधार 1234 5678 9012 है", "1234 5678"),
        ("आधार 1234–5678–9012 है", "1234–5678"),
        ("खाता 123456789012345 में", "1234567890"),
        ("खाता संख्या 30012345678901 में", "3001234567"),
        ("खाता 3001234567890 में", "3001234567"),
        ("खाता 12345678901234567890123", "1234567890"),
        ("पैन ABCDE1234F", "ABCDE1234F"),
        ("ईमेल ram.k@example.invalid", "ram.k"),
        ("+91-9876543210", "98765"),
        ("0091 9876543210", "98765"),
        ("00919876543210", "98765"),
        ("9876543210 1204", "98765"),
        ("98765 43210 2024", "98765"),
        ("+91-(98765) 43210", "98765"),
        ("+91 98765/43210", "98765"),
        ("05544/220123", "22012"),
        ("98-76-54-32-10", "76-54"),
        ("70-12-11-22-33", "12-11"),
    ],
)
def test_other_numbers_of_people_go(written: str, gone: str) -> None:
    assert gone in written
    assert gone not in mask_text(written)


@pytest.mark.promise("P26")
@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1,", "12/", "1-", "123,", "9   ", "98765 ", "( ", "40019923001789 ", "रु0 1"]
)
def test_a_long_hostile_text_takes_time_in_proportion(piece: str) -> None:
    start = time.process_time()
    mask_text(piece * (50_000 // len(piece)))
    assert time.process_time() - start < 4


def test_names_and_phones_of_the_complainant() -> None:
    assert mask_name("राम सिंह") == "र… स…"
    assert mask_phone("98765 43210") == "XXXXXXXX10"
    assert mask_phone("") == ""


WHO = Complainant(name="श्री रामदीन यादव (Ramdeen)", phone="05542-223344", address="ग्राम खेतपुर, बांसी")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("रामदीन से बात करनी है", "[आवेदक] से बात करनी है"),
        ("यादव जी, RAMDEEN", "[आवेदक] जी, [आवेदक]"),
        ("फ़ोन 223344 पर", "फ़ोन XXXXXX पर"),
        ("फ़ोन २२३३४४ पर", "फ़ोन XXXXXX पर"),
        ("दूसरा नम्बर 9876512345", "दूसरा नम्बर XXXXXXXX45"),
        ("पता ग्राम खेतपुर, बांसी का सत्यापन", "पता [आवेदक] का सत्यापन"),
        ("बांसी तहसील की जाँच 2026", "बांसी तहसील की जाँच 2026"),
        ("यादवपुर और रामदीनपुरवा", "यादवपुर और रामदीनपुरवा"),
        ("आख्या पर दूरभाष वार्ता", "आख्या पर दूरभाष वार्ता"),
    ],
)
def test_a_sentence_kept_for_ever_names_no_complainant(said: str, kept: str) -> None:
    assert without_person(said, WHO) == kept


@given(st.text(max_size=40), st.text(max_size=40), st.from_regex(r"[A-Za-z\u0905-\u0939]{2,12}", fullmatch=True))
def test_no_name_between_spaces_stays(before: str, after: str, name: str) -> None:
    kept = without_person(f"{before} {name} {after}", Complainant(name=name))
    assert name not in kept.replace("[आवेदक]", "").split()


def test_without_a_complainant_a_sentence_is_only_masked() -> None:
    assert without_person("नाली की जाँच 9876512345", Complainant()) == mask_text("नाली की जाँच 9876512345")
