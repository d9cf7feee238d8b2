"""`python -m benchmarks.near_duplicates [--count 1000000]`: the index filled with many texts of forty words, and found again.

Texts are phrases of the training texts of one department, with an invented village and person each; 2 in 100 are copies with other
signatories, changed a little or not. Beside it the written pairs, half of which the threshold has never seen.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.__main__ import machine, write
from models.corpus.reader import read_sheets
from models.near.fit import judged_pairs, look_alikes, measured, precision_recall
from models.near.index import NearIndex
from models.near.likeness import shipped_likeness
from models.near.written import OTHER, Written, read_written

WORDS, PHRASE, PETITIONS, VILLAGES = 40, 9, 0.02, 2500
_SYLLABLES = (
    "रा|म|पु|र|सो|न|ब|र|सा|क|टि|या|डी|ह|बे|ल|वा|खु|ज|ग|दी|श|हा|ता|ली|के|श|म|हे|गो|वि|ला|ल|चं|नी|मा|प्र|भा|वी|नू|री|स|लो|ना"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made complaint; `copy_of` is the number of the one that it copies, -1 when it is its own."""

    text: str
    place: str
    department: str
    person: str
    copy_of: int


def complaints(count: int, seed: int = 5) -> Iterator[Made]:
    """`count` complaints, numbered in order; copies come after what they copy."""
    rng = random.Random(seed)
    phrases = _phrases()
    villages = [_name(rng, 3) for _ in range(VILLAGES)]
    departments = sorted(phrases)
    sources: list[tuple[int, Made]] = []
    for number in range(count):
        if sources and rng.random() < PETITIONS:
            original, source = rng.choice(sources)
            yield replace(source, text=_copied(rng, source.text), person=str(number), copy_of=original)
            continue
        department, place = rng.choice(departments), rng.choice(villages)
        words = ["ग्राम", place, _name(rng, 2), _name(rng, 2)]
        while len(words) < WORDS:
            words += rng.choice(phrases[department])
        text = " ".join(words[:WORDS])
        made = Made(text=text, place=place, department=department, person=str(number), copy_of=-1)
        if len(sources) < 20_000:
            sources.append((number, made))
        yield made


def _phrases() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for row in read_sheets():
        words = row.text.split()
        cut = [words[at : at + PHRASE] for at in range(0, len(words), PHRASE)]
        found.setdefault(row.department, []).extend(cut)
    return found


def _name(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choices(_SYLLABLES.split("|"), k=syllables))


def _copied(rng: random.Random, text: str) -> str:
    """The text with another greeting and signatory; half of the times a tenth of its words is left out or spelt otherwise."""
    words = text.split()
    if rng.random() < 0.5:
        words = [word if rng.random() < 0.9 else rng.choice(["", word + "े"]) for word in words]
    return f"महोदय निवेदन है कि {' '.join(words)} प्रार्थी {_name(rng, 2)} {_name(rng, 2)}"


def index_run(count: int) -> list[str]:
    """Fill the index in a process of its own; the rows to write."""
    command = [sys.executable, "-m", "benchmarks.near_duplicates", "--fill", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()


def fill(count: int) -> None:
    """Add every complaint, then print the rows of results.md."""
    index, spent, copies, found, wrong, single = NearIndex(capacity=count), 0.0, 0, 0, 0, 0
    last_tenth = 0.0
    before = _resident_mb()
    for number, made in enumerate(complaints(count)):
        started = time.process_time()
        matches = index.add(number, made.text, place=made.place, person=made.person, department=made.department)
        took = time.process_time() - started
        spent += took
        last_tenth += took if number >= count * 0.9 else 0.0
        if made.copy_of < 0:
            single += 1
            wrong += bool(matches)
        else:
            copies += 1
            found += bool(matches)
    memory = _resident_mb() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"| {count:,} texts of {WORDS} words added, each compared with all before | {count / spent:,.0f} texts/s of one core's time | |"
    )
    print(f"| … the last tenth of them | {count / 10 / last_tenth:,.0f} texts/s of one core's time | |")
    print(f"| memory of the index ({1e6 * memory / count:,.0f} bytes a text) | {memory:,.0f} MB | ≤ 4,000 MB |")
    print(f"| peak memory of the process | {peak:,.0f} MB | ≤ 4,000 MB |")
    print(f"| copies with other signatories found again, {copies:,} | {100 * found / copies:.1f} % | |")
    print(
        f"| texts of their own that match something (some share most phrases), {single:,} | {100 * wrong / single:.2f} % | |"
    )


def _resident_mb() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def written_rows() -> list[str]:
    """Precision and recall on the written pairs: judged alone, and found again among the test hands' complaints."""
    likeness, held = shipped_likeness(), judged_pairs(fitting=False)
    precision, recall = precision_recall(likeness, [pair for pair in held if pair.written])
    alike = look_alikes(test=True)
    joined = sum(likeness.chance(pair.facts) >= likeness.threshold for pair in alike)
    rows = [
        f"| written pairs, held-out half: precision at threshold {likeness.threshold} | {precision:.3f} | |",
        f"| … recall | {recall:.3f} | |",
        f"| look-alikes of different hands joined, of {len(alike)} | {joined} | 0 |",
    ]
    rows += [
        f"| … {'told apart' if kind in OTHER else 'joined'}: {kind} | {right}/{count} | |"
        for kind, count, right in measured(likeness, held)
    ]
    return rows + _found_rows([group for group in read_written() if not group[0].is_for_fitting])


def _found_rows(groups: list[list[Written]]) -> list[str]:
    index, right, same, wrong = NearIndex(), 0, 0, 0
    for number, row in enumerate(read_sheets()):
        index.add(number, row.text)
    first = len(index) * 10
    for at, group in enumerate(groups):
        index.add(first + at, group[0].text, place=group[0].place, person=group[0].person)
    for at, group in enumerate(groups):
        for row in group[1:]:
            found = [match.id for match in index.find(row.text, place=row.place, person=row.person)]
            same += row.same
            right += row.same and first + at in found
            wrong += sum(id_ != first + at or not row.same for id_ in found)
    return [f"| … found again among all corpus texts: {right} of {same}, false ones beside them | {wrong} | |"]


def main() -> None:
    """Measure and write results.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--fill", type=int, default=0, help="only fill an index of so many and print the rows")
    chosen = parser.parse_args()
    if chosen.fill:
        fill(chosen.fill)
        return
    where = machine()
    rows = [*index_run(chosen.count), *written_rows()]
    write("near duplicates", rows, where)
    print("\n".join(rows))


if __name__ == "__main__":
    main()
