"""Makes files of many complaints of forty words for measuring, from the words of the training texts; seeded.

These are word salads with real vocabulary: right for speed, useless for accuracy.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

HEADERS = ("सन्दर्भ संख्या", "सन्दर्भ का प्रकार", "दिनांक", "शिकायत का विवरण", "आवेदक का नाम", "मोबाइल नं0", "तहसील", "ग्राम")
CHANNELS = ("ऑनलाइन सन्दर्भ", "ऑनलाइन सन्दर्भ", "ऑनलाइन सन्दर्भ", "मुख्यमंत्री हेल्पलाइन", "जिलाधिकारी सन्दर्भ", "सीएससी")
TEHSILS = ("नौगढ़", "बांसी", "इटवा", "डुमरियागंज", "शोहरतगढ़")
NAMES = ("राम", "श्याम", "गीता", "सलमा", "इमरान", "सुनीता", "विजय", "मीना")


def pool_of_texts(sheets: Path) -> list[list[str]]:
    """The words of every training text."""
    texts: list[list[str]] = []
    for sheet in sorted(sheets.glob("h*.txt")):
        for line in sheet.read_text(encoding="utf-8").splitlines():
            parts = line.split(" | ", 8)
            if len(parts) == 9:
                texts.append(parts[8].replace("\\n", " ").split())
    return texts


def write_complaints(target: Path, *, count: int, seed: int, sheets: Path, words: int = 40) -> None:
    """Write `count` complaints of `words` words as a portal's CSV. No two are the same complaint."""
    rng = random.Random(seed)
    texts = pool_of_texts(sheets)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for serial in range(count):
            text: list[str] = []
            while len(text) < words:
                text += rng.choice(texts)
            writer.writerow(
                (
                    f"400{rng.randrange(132, 203)}26{seed % 10}{serial:06d}"[:14].ljust(14, "0")
                    if count <= 10**6
                    else serial,
                    rng.choice(CHANNELS),
                    f"{rng.randrange(1, 29):02d}/{rng.randrange(1, 11):02d}/2026",
                    " ".join(text[: words - 1]) + f" {serial}",
                    rng.choice(NAMES) + " " + rng.choice(NAMES),
                    f"9{rng.randrange(10**8, 10**9)}",
                    rng.choice(TEHSILS),
                    "",
                )
            )
