"""Every refusal can be made, and says what is wrong and what to do in both languages."""

from __future__ import annotations

import re

import pytest

from nistaran.domain.refusal_sentences import SENTENCES
from nistaran.domain.refusals import RefusalCode, refuse


def test_every_code_has_sentences_and_every_sentence_a_code() -> None:
    assert set(SENTENCES) == {code.value for code in RefusalCode}


@pytest.mark.parametrize("code", list(RefusalCode))
def test_a_refusal_is_complete_in_both_languages_even_without_facts(code: RefusalCode) -> None:
    made = refuse(code, file="a.csv", row=3)
    for hindi in (made.reason_hi, made.remedy_hi):
        assert re.search("[\u0900-\u097f]", hindi)
        assert "{" not in hindi
        assert not re.search("[\u0400-\u04ff]", hindi), "Cyrillic look-alike"
    for english in (made.reason_en, made.remedy_en):
        assert english.endswith(".")
        assert "{" not in english
        assert not re.search("[\u0900-\u097f]", english)


def test_facts_fill_the_sentence() -> None:
    made = refuse(RefusalCode.ROW_TOO_WIDE, file="a.csv", row=7, found=14, expected=12)
    assert "14" in made.reason_hi
    assert "12" in made.reason_en
