"""The glyphs of the KrutiDev 010 font and the Unicode letters that they show. Data only; krutidev.py uses it.

`f` (the matra ि, typed before its consonants) and `Z` (the reph, typed after its syllable) move and are not in the table.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Half letters: each becomes the whole letter when the stem `k` follows.
_HALVES: dict[str, str] = {
    "D": "क", "[": "ख", "X": "ग", "?": "घ", "P": "च", "T": "ज", "÷": "झ", "Ö": "झ", "¥": "ञ", ".": "ण", "R": "त", "F": "थ",
    "/": "ध", "Ë": "ध", "è": "ध", "U": "न", "I": "प", "¶": "फ", "C": "ब", "H": "भ", "E": "म", "¸": "य", "Y": "ल",
    "O": "व", "'": "श", "‘": "श", "’": "श", "Ü": "श", '"': "ष", "“": "ष", "”": "ष", "L": "स", "{": "क्ष", "«": "त्र",
    "Ù": "त्त", "™": "न्न", "º": "ह",
}  # fmt: skip

_WHOLE: dict[str, str] = {
    "d": "क", "x": "ग", "Ä": "घ", "³": "ङ", "p": "च", "N": "छ", "t": "ज", ">": "झ", "V": "ट", "B": "ठ", "M": "ड", "<": "ढ",
    "r": "त", "n": "द", "u": "न", "i": "प", "Q": "फ", "c": "ब", "e": "म", ";": "य", "j": "र", "y": "ल", "G": "ळ", "o": "व",
    "l": "स", "g": "ह", "Ò": "भ", "K": "ज्ञ", "J": "श्र", "=": "त्र", "=kk": "त्रा", "|": "द्य", "}": "द्व", ")": "द्ध",
    "#": "रु", ":": "रू", "Ø": "क्र", "Ý": "फ्र", "ç": "प्र", "Á": "प्र", "æ": "द्र", "Ñ": "कृ", "—": "कृ", "–": "दृ", "ä": "क्त",
    "é": "न्न", "Í": "ट्ट", "ê": "ट्ट", "Î": "ट्ठ", "ë": "ट्ठ", "Ï": "ड्ड", "ì": "ड्ड", "ï": "ड्ढ", "Ô": "ड्ढ", "Ì": "द्द", "í": "द्द",
    "á": "ह्य", "â": "हृ", "ã": "ह्म", "à": "ह्न", "ô": "क्क", "xz": "ग्र", "È": "ीं",
    "Nî": "छ्य", "Vî": "ट्य", "Bî": "ठ्य", "Mî": "ड्य", "<î": "ढ्य", "î": "्य", "Ó": "्य",
    "Vª": "ट्र", "Mª": "ड्र", "<ª": "ढ्र", "Nª": "छ्र", "ª": "्र", "z": "्र",
}  # fmt: skip

_VOWELS: dict[str, str] = {
    "v": "अ", "vk": "आ", "vks": "ओ", "vkS": "औ", "vkW": "ऑ", "v‚": "ऑ", "b": "इ", "bZ": "ई", "Ã": "ई", "b±": "ईं", "bZa": "ईं", "m": "उ",
    "Å": "ऊ", ",": "ए", ",s": "ऐ", "_": "ऋ",
    "k": "ा", "h": "ी", "q": "ु", "w": "ू", "`": "ृ", "s": "े", "S": "ै", "ks": "ो", "kS": "ौ", "W": "ॅ", "kW": "ॉ", "‚": "ॉ",
    "a": "ं", "¡": "ँ", "~": "्", "+": "़", "·": "ऽ", "¢": "्र",
}  # fmt: skip

#: Combinations that move: the matra ि or the reph together with another sign.
_MOVING: dict[str, str] = {"Ç": "fa", "É": "Zfa", "Ê": "hZ", "Æ": "Zf", "±": "Za", "¯": "fa"}

_SIGNS: dict[str, str] = {
    "A": "।", "&": "-", "]": ",", "-": ".", "@": "/", "(": ";", "\\": "?", "ñ": "॰", "Œ": "॰", "•": "ऽ", "^": "‘", "*": "’",
    "Þ": "“", "ß": "”", "¼": "(", "½": ")", "¿": "{", "À": "}", "¾": "=", "$": "+", "µ": "-",
    "å": "०", "ƒ": "१", "„": "२", "…": "३", "†": "४", "‡": "५", "ˆ": "६", "‰": "७", "Š": "८", "‹": "९",
}  # fmt: skip

#: Every glyph sequence and what it shows; a half letter carries its halant.
GLYPHS: Mapping[str, str] = (
    {half: f"{letter}्" for half, letter in _HALVES.items()}
    | {f"{half}k": letter for half, letter in _HALVES.items()}
    | {f"{half}+": f"{letter}़्" for half, letter in _HALVES.items()}
    | {f"{half}+k": f"{letter}़" for half, letter in _HALVES.items()}
    | _WHOLE | _VOWELS | _SIGNS
)  # fmt: skip

MOVING: Mapping[str, str] = _MOVING
