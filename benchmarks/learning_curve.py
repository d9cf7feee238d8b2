"""How fast the model learns a district: a simulated one, strange in words and in what it complains of, corrected week by week.

`python -m benchmarks.learning_curve [--weeks 8]`. The district is made of the test hands' texts: some departments write much more than
others, words are said and spelt in the district's own way (LOCAL, SPELLING). Half of its complaints come in weekly batches; of each week the
clerk corrects what the model of that Monday asked about or sent wrongly, and those corrections alone are learned. The other half is
what accuracy and coverage are measured on; it is never learned. Simulated: the clerk is always right; no office disclaims.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.__main__ import ROOT, machine, write
from models.classifier import DepartmentClassifier
from models.corpus.descriptions import read_descriptions
from models.corpus.reader import Row, read_sheets
from models.fit import Example, Fitted, Recipe, fit
from models.metrics import coverage_at
from models.probability import mended, probabilities
from models.settings import ModelSettings
from models.text import distinct_words, tokens
from models.train import phrase_examples, training_rows
from nistaran.domain.cleaning import clean

#: The district's own words for common things: none of them stands in this sense in the training sheets' everyday use.
LOCAL = {
    "लेखपाल": "मुंशीजी", "पटवारी": "मुंशीजी", "कोटेदार": "डीलरवा", "राशन": "रसदिया", "ट्रांसफार्मर": "बक्सा", "खम्भा": "ठूँठा", "खंभा": "ठूँठा",
    "हैंडपंप": "चापा", "हैण्डपम्प": "चापा", "नल": "टोंटा", "नाली": "पनरी", "सड़क": "खरंजिया", "प्रधान": "मुखियाजी", "सरपंच": "मुखियाजी",
    "सचिव": "बाबूजन", "थाना": "चउकी", "पुलिस": "सिपहिया", "अस्पताल": "दवाखनवा", "डॉक्टर": "बैदजी", "स्कूल": "मदरसिया", "विद्यालय": "मदरसिया",
    "पेंशन": "माहवारा", "आवास": "मड़ईया", "मनरेगा": "मटिया", "गन्ना": "ऊँखवा", "नहर": "कुलबाहा", "खतौनी": "कगदा", "bijli": "karant",
    "ration": "rasad", "sadak": "khadanja", "pension": "mahwara", "nal": "tonta", "lekhpal": "munshi", "pradhan": "mukhiya",
}  # fmt: skip
#: How its writers spell, on top: consistently and not as the training sheets do.
SPELLING = str.maketrans(
    {"ी": "ि", "ू": "ु", "श": "स", "ष": "ख", "ण": "न", "व": "ब", "य": "ज", "ं": None, "ँ": None, "ै": "इ", "ौ": "उ"}
)
#: These write five times as often as the others.
LOUD = ("REVENUE", "POLICE", "PANCHAYATI_RAJ", "ENERGY", "RURAL_WATER", "PWD")


@dataclass(frozen=True, slots=True)
class Week:
    """The model of one Monday: `learned` corrections so far, top-1 and coverage at 95 % precision on the held-out half."""

    learned: int
    accuracy: float
    coverage: float


def district(rows: Sequence[Row], seed: int = 11) -> list[Row]:
    """The test hands' texts as this district writes them, loud departments mostly kept and the others thinned out."""
    choose = random.Random(seed)
    kept = [row for row in rows if row.department in LOUD or choose.random() < 0.8]
    choose.shuffle(kept)
    return [
        replace(row, text=" ".join(LOCAL.get(word, word).translate(SPELLING) for word in row.text.split()))
        for row in kept
    ]


def weeks_of(corrected: Sequence[Row], held_out: Sequence[Row], weeks: int, settings: ModelSettings) -> list[Week]:
    """The curve: one model a week, learned from the corpus and the corrections of all weeks before."""
    base, phrases = training_rows(), read_descriptions()
    learned: list[Row] = []
    found: list[Week] = []
    for week in range(weeks + 1):
        fitted = fit(
            [*_examples([*base, *learned]), *phrase_examples(phrases, settings.departments)],
            settings.departments,
            Recipe(),
        )
        chances, right = _judged(fitted, held_out, settings)
        found.append(Week(len(learned), float(right.mean()), coverage_at(chances.max(axis=1), right, 0.95)))
        sys.stdout.write(f"week {week}: {found[-1]}\n")
        arriving = corrected[week::weeks] if week < weeks else []
        if arriving:
            chances, right = _judged(fitted, arriving, settings)
            sure = chances.max(axis=1) >= np.asarray(settings.thresholds)[chances.argmax(axis=1)]
            learned += [row for row, own, alone in zip(arriving, right, sure, strict=True) if not (own and alone)]
    return found


def _examples(rows: Sequence[Row]) -> list[Example]:
    return [Example(id=row.id, tokens=_tokens(row), department=row.department) for row in rows]


def _tokens(row: Row) -> tuple[str, ...]:
    return tuple(tokens(" ".join(distinct_words(clean(row.text)))))


def _judged(
    fitted: Fitted, rows: Sequence[Row], settings: ModelSettings
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    scores = fitted.scores([_tokens(row) for row in rows])
    chances = mended(probabilities(scores, settings.temperature), settings.curve)
    truth = np.asarray([settings.departments.index(row.department) for row in rows])
    return chances, chances.argmax(axis=1) == truth


def _draw(weeks: Sequence[Week], path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([100 * week.accuracy for week in weeks], marker="o", label="top-1 on the held-out half")
    axes.plot([100 * week.coverage for week in weeks], marker="s", label="coverage at 95 % precision")
    axes.set(xlabel="weeks of corrections", ylabel="%", title="A strange district, learned week by week")
    axes.legend()
    figure.savefig(path, dpi=110, metadata={"Software": None})


def main() -> None:
    """Measure, draw docs/pictures/learning.png and write the section into results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=8)
    weeks = parser.parse_args().weeks
    where = machine()
    rows = district([row for row in read_sheets() if row.is_test])
    half = len(rows) // 2
    found = weeks_of(rows[:half], rows[half:], weeks, DepartmentClassifier.load().settings)
    _draw(found, ROOT / "docs" / "pictures" / "learning.png")
    write(
        "learning curve",
        [
            f"| week {n}, {week.learned} corrections learned: top-1; coverage at 95 % precision "
            f"| {100 * week.accuracy:.1f} %; {100 * week.coverage:.1f} % | |"
            for n, week in enumerate(found)
        ],
        f"{where}; {len(rows)} complaints, {len(rows) - half} of them held out (one case is {100 / (len(rows) - half):.1f} points)",
    )


if __name__ == "__main__":
    main()
