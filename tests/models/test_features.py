"""Features are scikit-learn's, and the fused table gives exactly what the matrix of a whole text gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from models.features import FeatureSpace, features, ngrams
from models.phonetic import fold
from models.table import ScoreTable
from models.text import distinct_words, tokens
from models.vectorise import fit_space, rows

TEXTS = [
    "बिजली का ट्रांसफार्मर जल गया है",
    "राशन कार्ड में नाम जोड़ना है कोटेदार राशन नहीं देता",
    "bijli ka bill galat aaya hai 98765 43210",
    "गाँव में नाली जाम है, पानी भरा है। सफाई कर्मी नहीं आता 12345678",
    "बिजली बिजली बिजली, बिजली।",
]


@given(st.text("कखगािी्abc", min_size=1, max_size=9), st.integers(1, 3), st.integers(3, 5))
def test_ngrams_are_those_of_scikit_learn(token: str, smallest: int, largest: int) -> None:
    analyse = CountVectorizer(analyzer="char_wb", ngram_range=(smallest, largest), lowercase=False).build_analyzer()
    assert ngrams(token, smallest, largest) == analyse(token)


def test_a_class_token_has_only_itself() -> None:
    assert features("<long>") == ["=<long>"]


@pytest.mark.parametrize(
    "spelt",
    [
        ["बिजली", "बीजली", "bijli", "bijlee"],
        ["शिकायत", "सिकायत", "shikayat", "sikayat"],
        ["लेखपाल", "lekhpal", "lekpal"],
        ["नहीं", "nahi", "nhi", "nahin"],
    ],
)
def test_one_word_in_either_script_folds_to_one_spelling(spelt: list[str]) -> None:
    assert len({fold(word) for word in spelt}) == 1


def _space() -> FeatureSpace:
    return fit_space([tokens(text) for text in TEXTS], range(len(TEXTS)), min_rows=1)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(" ".join(TEXTS).split()), max_size=30))
def test_the_fused_table_equals_the_matrix(words: list[str]) -> None:
    space = _space()
    coefficients = np.random.default_rng(3).normal(size=(len(space.weights), 4)).astype(np.float32)
    text = " ".join(words)
    fused = ScoreTable(space, coefficients).score([text, "", text]).scores
    plain = rows([tokens(" ".join(distinct_words(text)))], space) @ coefficients
    np.testing.assert_allclose(fused[0], plain[0], rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(fused[1], np.zeros(4))
    np.testing.assert_array_equal(fused[0], fused[2])


def test_a_full_table_starts_anew_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    space = _space()
    table = ScoreTable(space, np.ones((len(space.weights), 3), dtype=np.float32))
    before = table.score(TEXTS).scores
    monkeypatch.setattr("models.table.TABLE_WORDS", 5)
    np.testing.assert_array_equal(before, table.score(TEXTS).scores)
    assert len(table._index) < 40


def test_the_table_remembers_no_long_number() -> None:
    space = _space()
    table = ScoreTable(space, np.ones((len(space.weights), 3), dtype=np.float32))
    table.score(TEXTS)
    assert not any(sum(map(str.isdigit, word)) >= 5 for word in table._index)


def test_a_feature_of_one_row_and_its_copy_is_rare() -> None:
    space = fit_space([["रामदुलारे"], ["रामदुलारे"], ["बिजली"], ["बिजली"]], [0, 0, 1, 2], min_rows=2)
    assert "=बिजली" in space.index
    assert "=रामदुलारे" not in space.index
