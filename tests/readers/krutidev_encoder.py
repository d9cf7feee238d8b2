"""Unicode Hindi → KrutiDev 010, for tests only: files as an old typing centre would make them.

Written apart from the decoder's algorithm (syllable by syllable), so that a round trip says something.
"""

from __future__ import annotations

import re

_HALF = dict(zip("कखगघचजञणतथधनपफबभमयलवशषसह", ["D", "[", "X", "?", "P", "T", "¥", ".", "R", "F", "/", "U", "I", "¶", "C", "H",
             "E", "¸", "Y", "O", "'", '"', "L", "º"], strict=True))  # fmt: skip
_FULL = dict(zip("कगङचछजझटठडढतदनपफबमयरलवसहळ", ["d", "x", "³", "p", "N", "t", ">", "V", "B", "M", "<", "r", "n", "u", "i", "Q",
             "c", "e", ";", "j", "y", "o", "l", "g", "G"], strict=True))  # fmt: skip
_JOINED = {"क्ष": ("{", "{k"), "त्र": ("«", "="), "ज्ञ": ("K~", "K"), "श्र": (None, "J"), "द्य": (None, "|"), "द्व": (None, "}"),
           "द्ध": (None, ")"), "क्र": (None, "Ø"), "प्र": (None, "iz"), "ट्र": (None, "Vª"), "ड्र": (None, "Mª"), "त्त": ("Ù", "Ùk"),
           "द्द": (None, "Ì"), "ट्ट": (None, "Í"), "ट्ठ": (None, "ë"), "ड्ड": (None, "ì"), "ह्म": (None, "ã"), "न्न": ("™", "é"),
           "फ्र": (None, "Ý"), "द्र": (None, "nz"), "ह्य": (None, "á"), "रु": (None, "#"), "रू": (None, ":"), "कृ": (None, "Ñ"),
           "दृ": (None, "–"), "हृ": (None, "â")}  # fmt: skip
_VOWEL = {"अ": "v", "आ": "vk", "ओ": "vks", "औ": "vkS", "ऑ": "vkW", "इ": "b", "ई": "bZ", "उ": "m", "ऊ": "Å", "ए": ",", "ऐ": ",s",
          "ऋ": "_"}  # fmt: skip
_MATRA = {"ा": "k", "ी": "h", "ु": "q", "ू": "w", "ृ": "`", "े": "s", "ै": "S", "ो": "ks", "ौ": "kS", "ॅ": "W", "ॉ": "kW", "ं": "a",
          "ँ": "¡", "ः": "%"}  # fmt: skip
_SIGN = {"।": "A", "-": "&", ",": "]", ".": "-", "/": "@", ";": "(", "?": "\\", "॰": "Œ", "(": "¼", ")": "½", ":": "%",
         "‘": "^", "’": "*", "“": "Þ", "”": "ß"}  # fmt: skip
_SYLLABLE = re.compile("((?:[क-ह]\u093c?\u094d)*)([क-ह]\u093c?)(\u094d?)([\u093e-\u094c]?)([\u0901-\u0903]?)")


def encode(text: str) -> str:
    """The keys that a KrutiDev typist strikes for the text."""
    out: list[str] = []
    at = 0
    while at < len(text):
        match = _SYLLABLE.match(text, at)
        if match is None:
            char = text[at]
            out.append(_VOWEL.get(char) or _MATRA.get(char) or _SIGN.get(char) or char)
            at += 1
        else:
            out.append(_syllable(*match.groups()))
            at = match.end()
    return "".join(out)


def _syllable(before: str, last: str, halant: str, matra: str, bindu: str) -> str:
    reph = before.startswith("र्")
    cluster = (before[2:] if reph else before) + last + halant
    whole = cluster + matra
    keys = _JOINED[whole][1] if whole in ("रु", "रू", "कृ", "दृ", "हृ") else _cluster(cluster)
    if whole not in ("रु", "रू", "कृ", "दृ", "हृ") and matra and matra != "ि":
        keys = str(keys) + _MATRA[matra]
    return ("f" if matra == "ि" else "") + str(keys) + ("Z" if reph else "") + (_MATRA[bindu] if bindu else "")


def _cluster(cluster: str) -> str:
    out = ""
    at = 0
    while at < len(cluster):
        joined = cluster[at : at + 3]
        if joined in _JOINED and cluster[at + 3 : at + 4] != "\u093c":
            half = cluster[at + 3 : at + 4] == "\u094d"
            keys = _JOINED[joined][0] if half else _JOINED[joined][1]
            if keys is not None:
                out += keys
                at += 4 if half else 3
                continue
        letter = cluster[at]
        nukta = "+" if cluster[at + 1 : at + 2] == "\u093c" else ""
        at += 2 if nukta else 1
        half = cluster[at : at + 1] == "\u094d"
        if half and cluster[at + 1 : at + 2] == "र" and letter in _FULL and not nukta:
            out += _FULL[letter] + "z"
            at += 2
        elif half:
            out += _HALF[letter] + nukta if letter in _HALF else _FULL[letter] + nukta + "~"
            at += 1
        else:
            out += _FULL[letter] + nukta if letter in _FULL else _HALF[letter] + nukta + "k"
    return out
