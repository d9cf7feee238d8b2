"""KrutiDev 010, the typewriter font whose files hold Hindi as Latin letters: telling it from English, and decoding it.

Decoding follows the glyphs: longest match first, then ि moves behind its consonants, then the reph before its syllable.
Not here: the glyph table (krutidev_table.py), the signs by which it is known (krutidev_signs.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nistaran.readers.krutidev_signs import LIKELY, OBVIOUS, SURE, krutidev_score
from nistaran.readers.krutidev_table import GLYPHS, MOVING

_DEVANAGARI = re.compile("[\u0900-\u097f]")
_SHORTEST = 5  #: «dkdk» is काका, or a finger left on the keys
_LATIN = re.compile("[A-Za-z]")
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"[0-9][0-9./,:+-]*")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.(?:com|in|org|net|gov|nic|co)[\w.]{0,20}|https?:\S+|www\.\S+")
# BDO, FIR: typed in another font. Capitals are half letters in KrutiDev; no word has them only, save for B G J K M N Q V.
_CAPITALS = re.compile(r"(?=[A-Z]{0,7}[CDEFHILOPRTUXY])[A-Z]{2,8}[0-9]*")

_CONSONANT = "[\u0915-\u0939]\u093c?"
_CLUSTER = f"{_CONSONANT}(?:\u094d{_CONSONANT}){{0,5}}"
_SHORT_I = re.compile(f"f({_CLUSTER})")
_REPH = re.compile(f"((?:{_CLUSTER}|[\u0905-\u0914])[\u093e-\u094c]*[\u0901\u0902]?)Z")
_NUKTA_LATE = re.compile("([\u093e-\u094d])\u093c")
_BINDU_EARLY = re.compile("([\u0901\u0902])([\u093e-\u094c])")
_VISARGA = re.compile("(?<=[\u0905-\u0939\u093e-\u094c])%(?=[\u0915-\u0939])|(?<=[तश])%$")
_VISARGA_WORDS = frozenset({"पुन%", "प्राय%", "छ%", "दु%", "नि%", "प्रात%", "अंत%", "अन्त%"})
_COLON_WORDS = frozenset({"बाबत%", "मार्फत%", "जनपद%", "तहत%", "बकाया%"})
_MOVES = re.compile("|".join(map(re.escape, MOVING)))
_GLYPH = re.compile("|".join(re.escape(g) for g in sorted(GLYPHS, key=len, reverse=True)))


def is_krutidev(text: str) -> bool:
    """Whether a text on its own is KrutiDev. It errs towards no: English, roman Hindi, codes and numbers are left alone."""
    return len(text) >= _SHORTEST and may_be_krutidev(text) and krutidev_score(text) >= SURE


def krutidev_cells(cells: Sequence[str], places: Iterable[int]) -> list[int]:
    """Which of the cells of one row at `places` are KrutiDev.

    Beside a cell that is KrutiDev beyond doubt one short word is enough. The row alone decides, so that a file read in
    another order, or in parts, gives the same.
    """
    scores = [
        (krutidev_score(cell), at)
        for at in places
        if (cell := cells[at]) and (cell.isascii() or _DEVANAGARI.search(cell) is None)
    ]
    if not scores or max(scores)[0] < SURE:
        return []
    if max(scores)[0] >= OBVIOUS:
        return [at for score, at in scores if score >= LIKELY and may_be_krutidev(cells[at])]
    return [at for score, at in scores if score >= SURE and is_krutidev(cells[at])]


def may_be_krutidev(text: str) -> bool:
    """Whether decoding could make sense at all: Latin letters, and none of Devanagari."""
    return _LATIN.search(text) is not None and _DEVANAGARI.search(text) is None


def decode(cell: str) -> str:
    """The Hindi text that a KrutiDev cell shows, in normal form C. Spaces and line breaks stay as they are."""
    return _TOKEN.sub(_decode_match, cell)


def _decode_match(match: re.Match[str]) -> str:
    return _decode_token(match.group())


@lru_cache(maxsize=50_000)
def _decode_token(token: str) -> str:
    """One word. Kept in a cache: the words of complaints repeat."""
    if len(token) > 500:
        return token  # no word; decoding it would only cost time
    if _NUMBER.fullmatch(token) or _ADDRESS.fullmatch(token):
        return token
    return token if _CAPITALS.fullmatch(token) else _show(token)


def _show(token: str) -> str:
    ordered = _MOVES.sub(lambda m: MOVING[m.group()], token)
    letters = _GLYPH.sub(lambda m: GLYPHS[m.group()], ordered)
    placed = _SHORT_I.sub("\\1\u093f", letters).replace("f", "\u093f")
    placed = _BINDU_EARLY.sub(r"\2\1", _NUKTA_LATE.sub("\u093c\\1", placed))
    placed = _REPH.sub("\u0930\u094d\\1", placed).replace("Z", "\u0930\u094d")
    return unicodedata.normalize("NFC", _visarga(placed))


def _visarga(word: str) -> str:
    """One glyph shows both visarga and colon: visarga inside a word and in adverbs (अतः, क्रमशः), else a colon."""
    if "%" not in word:
        return word
    if word in _VISARGA_WORDS:
        return word.replace("%", "\u0903")
    if word not in _COLON_WORDS:
        word = _VISARGA.sub("\u0903", word)
    return word.replace("%", ":")
