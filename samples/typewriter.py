"""Hindi text → the keys that a typist strikes under the font KrutiDev 010, for the sample register of Samadhan Divas.

Not here: reading such text (nistaran/readers/krutidev.py). This table was made apart from the reader's, so that each checks the other.
"""

from __future__ import annotations

import re

_WHOLE = {
    "क": "d", "ख": "[k", "ग": "x", "घ": "?k", "ङ": "³", "च": "p", "छ": "N", "ज": "t", "झ": ">", "ञ": "¥k", "ट": "V",
    "ठ": "B", "ड": "M", "ढ": "<", "ण": ".k", "त": "r", "थ": "Fk", "द": "n", "ध": "/k", "न": "u", "प": "i", "फ": "Q",
    "ब": "c", "भ": "Hk", "म": "e", "य": ";", "र": "j", "ल": "y", "व": "o", "श": "'k", "ष": '"k', "स": "l", "ह": "g",
}  # fmt: skip
#: Letters that have a half form; all others take a visible halant.
_HALF = {
    "क": "D", "ख": "[", "ग": "X", "घ": "?", "च": "P", "ज": "T", "ञ": "¥", "ण": ".", "त": "R", "थ": "F", "ध": "/",
    "न": "U", "प": "I", "फ": "¶", "ब": "C", "भ": "H", "म": "E", "य": "¸", "ल": "Y", "व": "O", "श": "'", "ष": '"',
    "स": "L", "ह": "º",
}  # fmt: skip
_LIGATURES = {
    "क्ष": "{k", "क्ष्": "{", "त्र": "=", "ज्ञ": "K", "श्र": "J", "द्य": "|", "द्व": "}", "द्ध": ")", "क्र": "Ø", "फ्र": "Ý",
    "त्त": "Ùk", "त्त्": "Ù", "द्द": "Ì", "ट्ट": "Í", "ट्ठ": "ë", "न्न": "é", "ह्म": "ã", "ह्य": "á", "रु": "#", "रू": ":",
    "कृ": "Ñ", "दृ": "–", "हृ": "â", "ट्र": "Vª", "ठ्र": "Bª", "ड्र": "Mª", "ढ्र": "<ª",
}  # fmt: skip
_SIGNS = {
    "अ": "v", "आ": "vk", "ऑ": "vkW", "इ": "b", "ई": "bZ", "उ": "m", "ऊ": "Å", "ऋ": "_", "ए": ",", "ऐ": ",s", "ओ": "vks",
    "औ": "vkS", "ा": "k", "ि": "f", "ी": "h", "ु": "q", "ू": "w", "ृ": "`", "े": "s", "ै": "S", "ो": "ks", "ौ": "kS",
    "ॉ": "kW", "ं": "a", "ँ": "¡", "ः": "%", "्": "~", "़": "+", "।": "A", "-": "&", ",": "]", ".": "-", "/": "@",
    ";": "(", "?": "\\", "(": "¼", ")": "½", ":": "%",
}  # fmt: skip
_KEYS = (
    _SIGNS
    | _WHOLE
    | {f"{letter}्": key for letter, key in _HALF.items()}
    | {f"{letter}्र": f"{key}z" for letter, key in _WHOLE.items()}
    | _LIGATURES
)
_PIECE = re.compile("|".join(sorted(map(re.escape, _KEYS), key=len, reverse=True)))
_CONSONANT = "[\u0915-\u0939]\u093c?"
_CLUSTER = f"(?:{_CONSONANT}\u094d)*{_CONSONANT}"
_REPH = re.compile(f"र\u094d({_CLUSTER}[\u093e-\u094c]?)")
_SHORT_I = re.compile(f"({_CLUSTER})\u093f")
_NUMBER = re.compile("[0-9][0-9./-]*")


def keys_for(text: str) -> str:
    """The keys for a text; numbers and spaces stand as they are.

    Raises:
        KeyError: for a character that the font has not.
    """
    return re.sub(r"\S+", lambda match: _keys_for_word(match.group()), text)


def _keys_for_word(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return word
    # the reph is struck after its syllable, the short i before it
    placed = _SHORT_I.sub("\u093f\\1", _REPH.sub("\\1\ue000", word))
    out: list[str] = []
    at = 0
    while at < len(placed):
        match = _PIECE.match(placed, at)
        piece = match.group() if match else placed[at]
        if match is None and piece != "\ue000" and not piece.isdigit():
            raise KeyError(f"KrutiDev has no key for U+{ord(piece):04X}")
        out.append(_KEYS[piece] if match else "Z" if piece == "\ue000" else piece)
        at += len(piece)
    return "".join(out)
