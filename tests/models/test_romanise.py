"""The romanised copy is deterministic, Latin, and spells common words as people do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from models.romanise import is_mostly_devanagari, romanised
from models.text import tokens


@settings(deadline=None)
@given(st.text("कखगचजटडतदनपबमयरलवशसहअआइईउएओािीुूेैोौ्ं ज्ञक्ष", max_size=60), st.text(max_size=5))
def test_copies_are_latin_and_repeat_by_seed(text: str, seed: str) -> None:
    copied = romanised(tokens(text), seed)
    assert copied == romanised(tokens(text), seed)
    assert all(word.isascii() for word in copied)


def test_latin_and_class_tokens_stay() -> None:
    assert romanised(["bijli", "<long>"], "a") == ["bijli", "<long>"]


def test_seeds_vary_the_spelling() -> None:
    spelt = {" ".join(romanised(tokens("मेरे गाँव में बिजली नहीं आ रही है शिकायत"), str(seed))) for seed in range(30)}
    assert len(spelt) > 10


def test_spells_as_people_do() -> None:
    spelt = {romanised(["लडका"], str(seed))[0] for seed in range(40)}
    assert "ladka" in spelt
    assert {romanised(["पीएमएवाई"], str(seed))[0] for seed in range(5)} == {"pmay"}


def test_a_roman_text_needs_no_copy() -> None:
    assert is_mostly_devanagari(tokens("राशन कार्ड card"))
    assert not is_mostly_devanagari(tokens("rashan card नहीं"))
