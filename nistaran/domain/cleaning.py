"""The guard through which every citizen's text passes before anything else may look at it (promise P25).

Here: caps, removal of what cannot be seen, repair of damage that has one reading only. Not here: spelling variants and
folding for comparison (models/), legacy fonts (readers/krutidev.py). The raw file is kept elsewhere, unchanged.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 20_000
MAX_MARKS = 8
DAMAGED_SHARE = 0.05  #: from this value of `looks_damaged` on, a person should look at the case
_MAX_READ = 90_000  #: characters looked at before the caps, so that a run of marks does not push the text out
_MAX_WORK = 30_000  #: characters worked on before the length cap, so that what is removed does not count

_MATRAS = "\u093a\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957"
_OTHERS = "\u0964-\u0971 -~\n\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20b9"
_LETTERS = "\u0904-\u0939\u093d\u0950\u0960\u0961\u0972-\u097f\u200c\u200d"
# Ordinary text: no letter carries more than nukta, one matra or halant, and one bindu. The possessive quantifiers (++, *+)
# never step back, so the match is linear. Four microseconds for 250 characters.
_ORDINARY = re.compile(f"(?:[{_LETTERS}{_OTHERS}]++\u093c?+[\u093e-\u094d]?+[\u0901-\u0903]?+)*+")
_RUN = re.compile(r"[^\w\s!-~]{9,}")  # every run of nine marks is inside such a run
_ENDLESS = re.compile(r"([^\w\s!-~]{64})[^\w\s!-~]+")  # the same cheaply, for texts that must be cut anyway
_DOUBLED = re.compile(f"([{_MATRAS}])\\1+")
_GONE = re.compile("[\ud800-\udfff\U000e0000-\U000e007f]+")  # lone surrogates, invisible tag characters

_BIDI = {
    0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO",
    0x202E: "RLO", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
_INVISIBLE = (0x00AD, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF, *range(0xFFF9, 0xFFFC))
_SPACES = (0x09, 0x0B, 0x0C, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_TABLE: dict[int, str | None] = (
    dict.fromkeys((*range(32), *range(127, 160)))
    | {code: f"⟦{name}⟧" for code, name in _BIDI.items()}
    | dict.fromkeys(_INVISIBLE)
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), "\n")
)


def clean(text: str) -> str:
    """The text with nothing hidden, nothing endless and in normal form C; `clean(clean(x)) == clean(x)`.

    At most 20 000 characters and 8 combining marks in a run; controls, NUL, lone surrogates and BOM removed, bidi controls
    shown as ⟦RLO⟧, tabs and no-break spaces as a space, ZWJ and ZWNJ kept. «ा»+«ॅ» becomes «ॉ», a matra typed twice is
    one. At most 50 ms for any text (P25): the cap on marks comes before normalising, which is quadratic in their number.
    """
    if len(text) <= MAX_CHARS and _ORDINARY.fullmatch(text) and not _composes(text):
        return text
    if len(text) > _MAX_WORK:
        text = _ENDLESS.sub(r"\1", text[:_MAX_READ])[:_MAX_WORK]
    shown = _GONE.sub("", text).replace("\r\n", "\n").translate(_TABLE)
    normal = unicodedata.normalize("NFC", _cap_marks(shown)[:MAX_CHARS])
    return _cap_marks(_repair(_cap_marks(normal)))[:MAX_CHARS]


def _composes(text: str) -> bool:
    """The only pairs of Devanagari that form C joins: nukta on न, र and ळ."""
    return "\u0928\u093c" in text or "\u0930\u093c" in text or "\u0933\u093c" in text


def _cap_marks(text: str) -> str:
    if _RUN.search(text) is None:
        return text
    marks = "".join(sorted(char for char in set(text) if unicodedata.category(char)[0] == "M"))
    return re.sub(f"([{marks}]{{{MAX_MARKS}}})[{marks}]+", r"\1", text) if marks else text


def _repair(text: str) -> str:
    """Damage of font converters and PDF text that can be read one way only."""
    single = _DOUBLED.sub(r"\1", text)
    return _DOUBLED.sub(r"\1", single.replace("\u093e\u0945", "\u0949"))


_WORD = re.compile("[\u0900-\u097f\u200c\u200d]+")
_ILLEGAL = re.compile(
    f"[{_MATRAS}\u094d](?=[{_MATRAS}])"  # two matras, or a matra on a halant
    f"|(?<![\u0900-\u097f\u200c\u200d])[{_MATRAS}\u093c\u094d\u0900-\u0903]"  # a mark with nothing to stand on
    "|\u094d\u094d|[\ue000-\uf8ff\ufffd]"  # two halants; glyph numbers of a PDF font
)


# As _ORDINARY, and every mark stands on a letter.
_LEGAL = re.compile(f"(?:[{_OTHERS}]*+[{_LETTERS}]++\u093c?+[\u093e-\u094d]?+[\u0901-\u0903]?+)*+[{_OTHERS}]*+")


def looks_damaged(text: str) -> float:
    """Illegal Devanagari sequences a word (0–1), as text pulled out of PDFs shows them; 0.0 for text without Devanagari.

    At `DAMAGED_SHARE` or more a person should look: correct text has none, one slip of the finger in a short text is borne.
    """
    if _LEGAL.fullmatch(text):
        return 0.0
    words = sum(1 for _ in _WORD.finditer(text))
    if not words:
        return 0.0
    illegal = sum(1 for _ in _ILLEGAL.finditer(text))
    return min(1.0, illegal / words)
