"""The text layer equals indic-nlp-library word by word, except where it says that it differs."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from indicnlp.normalize.indic_normalize import DevanagariNormalizer
from indicnlp.tokenize.indic_tokenize import trivial_tokenize

from models import text
from models.text import is_damaged, is_foreign, is_personal, tokens, word_tokens

LIBRARY = DevanagariNormalizer(
    lang="hi", remove_nuktas=True, nasals_mode="to_anusvaara_strict", do_normalize_chandras=True
)
CONSONANTS = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"
# Every Devanagari sign that the layer leaves wholly to the library; ॅ ॉ and the digits are repaired or classed by us.
HINDI = st.text(CONSONANTS + "अआइईउऊएऐओऔािीुूेैोौ्ंँ़ज़फ़ड़ढ़\u200d\u200c", min_size=1, max_size=12)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHJK", min_size=1, max_size=10)
WORD = st.tuples(
    st.sampled_from(["", '"', "("]), HINDI | LATIN, st.sampled_from(["", ",", "!", "?", ")", ";", '"'])
).map("".join)


def by_library(whole: str) -> list[str]:
    normal = LIBRARY.normalize(unicodedata.normalize("NFC", " ".join(whole.split())))
    found = [token.lower() for token in trivial_tokenize(normal)]
    return [token for token in found if any(unicodedata.category(sign)[0] in "LM" for sign in token)]


@settings(max_examples=500, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=12))
def test_words_come_out_as_the_library_gives_them(words: list[str]) -> None:
    whole = " ".join(words)
    expected = by_library(whole)
    assume(
        not any(
            left == middle == right
            for token in expected
            for left, middle, right in zip(token, token[1:], token[2:], strict=False)
        )
    )
    assume("चै" not in whole and "ंं" not in whole.replace("ँ", "ं"))
    assert tokens(whole) == expected


ANY_SIGN = st.text([*map(chr, range(0x0900, 0x0980)), *"aZ,।.!?()'-0", *"नमरंँ़्ा" * 4], min_size=1, max_size=9)


@settings(max_examples=1000, deadline=None)
@given(ANY_SIGN | HINDI | LATIN | WORD)
def test_the_short_way_of_plain_words_gives_what_the_long_way_gives(word: str) -> None:
    """The short way leaves the library out for words that it would leave alone."""
    assume(not is_personal(word))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_PLAIN_DEVANAGARI", re.compile("(?!)"))
        patch.setattr(text, "_PLAIN_LATIN", re.compile("(?!)"))
        long_way = word_tokens(word)
    assert word_tokens(word) == long_way


DIFFERENCES = [
    ("डाॅक्टर", "डाेक्टर", "डोक्टर"),  # library: two vowel signs
    ("हूॅं", "हूें", "हूं"),
    ("गॉव", "गोव", "गांव"),
    ("विषय:", "विषयः", "विषय"),  # library: colon becomes visarga
    ("चैराहा", "चैराहा", "चौराहा"),  # legacy-font damage
    ("मा0", "मा0", "मा"),
    ("मा०", "मा०", "मा"),
    ("मा॰", "मा॰", "मा"),
    ("नहीीी", "नहीीी", "नही"),
    ("कक्षा9", "कक्षा9", "कक्षा <high>"),
]


@pytest.mark.parametrize(("word", "library", "ours"), DIFFERENCES)
def test_differs_from_the_library_on_purpose(word: str, library: str, ours: str) -> None:
    assert LIBRARY.normalize(word) == library
    assert " ".join(word_tokens(word)) == ours


@pytest.mark.parametrize("word", ["कॉलेज", "पॉवर", "जॉब", "चैन", "चैत्र"])
def test_repairs_leave_right_words_alone(word: str) -> None:
    assert word_tokens(word) == (LIBRARY.normalize(word),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("गाँव", "गांव"),
        ("सम्बन्ध", "संबंध"),
        ("ज़मीन", "जमीन"),
        ("आई0जी0आर0एस0", "आईजीआरएस"),
        ("एस.डी.एम.", "एसडीएम"),
        ("S.D.M.", "sdm"),
        ("BIJLI", "bijli"),
        ("डाॅक्टर", "डॉक्टर"),
        ("पानी।", "पानी"),
    ],
)
def test_spellings_of_one_word_are_one_token(one: str, other: str) -> None:
    assert word_tokens(one) == word_tokens(other) != ()


def test_a_newline_and_a_danda_part_words() -> None:
    assert tokens("सड़क\nपानी है।बिजली") == ["सडक", "पानी", "है", "बिजली"]


@pytest.mark.parametrize("word", ["9876543210", "मो0नं0-98765", "९८७६५४३२१०", "a@b.in", "x" * 61])
def test_personal_words_are_one_class_and_are_not_remembered(word: str) -> None:
    assert is_personal(word)
    assert tokens(word) == ["<long>"]
    assert word not in text._remembered()


def test_numbers_keep_only_their_class() -> None:
    assert tokens("कक्षा 8 कक्षा 12 वर्ष 2024 में 108 को 350 बार") == [
        "कक्षा", "<low>", "कक्षा", "<high>", "वर्ष", "<year>", "में", "<ambulance>", "को", "<number>", "बार",
    ]  # fmt: skip


def test_no_text_can_forge_a_class_token() -> None:
    assert tokens("<ambulance> <long>") == ["ambulance", "long"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_clean_tokens(whole: str) -> None:
    for token in tokens(whole):
        assert token
        assert token == token.lower() or not token.isascii()
        assert not any(sign.isspace() for sign in token)
        assert token[0] == "<" or not any(sign.isdigit() and sign.isascii() for sign in token)


def test_a_run_of_marks_is_cheap() -> None:
    started = time.perf_counter()
    tokens("क" + "ं" * 80_000)
    assert time.perf_counter() - started < 0.05


def test_the_cache_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "CACHE_WORDS", 50)
    tokens(" ".join(f"शब्द{chr(0x915 + first)}{chr(0x915 + second)}" for first in range(20) for second in range(20)))
    assert len(text._remembered()) <= 50


@pytest.mark.parametrize(
    ("word", "damaged"), [("विभगाों", True), ("िकसान", True), ("किसान", False), ("गई", False), ("सड़क", False)]
)
def test_impossible_devanagari_is_seen(word: str, damaged: bool) -> None:
    assert is_damaged(word) is damaged


@pytest.mark.parametrize(
    ("token", "foreign"),
    [("પાણી", True), ("தண்ணீர்", True), ("سڑک", True), ("पानी", False), ("pani", False), ("<long>", False)],
)
def test_other_scripts_are_seen(token: str, foreign: bool) -> None:
    assert is_foreign(token) is foreign
