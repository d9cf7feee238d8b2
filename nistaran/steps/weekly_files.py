"""The two files of a weekly review, paper and sheets: into a folder for people, and into the object store for later.

Not here: the figures (weekly.py), what stands in the files (weekly_paper.py, weekly_book.py).
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from nistaran.domain.weekly_figures import WeeklyFigures
from nistaran.steps.house import House
from nistaran.steps.weekly_book import write_weekly_book
from nistaran.steps.weekly_paper import weekly_paper


def write_weekly(house: House, figures: WeeklyFigures, folder: Path) -> list[Path]:
    """Write both files into the folder, in place of those of the same week. Returns their paths, the paper first.

    Raises:
        NotPrinted: when the template is wrong. OSError: when a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paper, book = (folder / f"{stem_of(figures)}.{ending}" for ending in ("pdf", "xlsx"))
    pages = weekly_paper(house, figures)
    part = paper.with_name(f".{paper.name}.{secrets.token_hex(4)}.part")  # of its own: two may write at once
    try:
        part.write_bytes(pages)
        part.replace(paper)
    finally:
        part.unlink(missing_ok=True)
    write_weekly_book(house, figures, book)
    return [paper, book]


def stem_of(figures: WeeklyFigures) -> str:
    """The name of the files of a week without its ending: weekly-SDR-2026-11-22."""
    return f"weekly-{figures.district}-{figures.week.until.isoformat()}"


def keep_weekly(house: House, paths: list[Path]) -> list[str]:
    """Keep both files in the object store under reviews/<week>/<hash of the paper>: the same figures made again keep nothing anew, others
    never write over it. Returns their keys.

    Raises:
        WorldAway: when the store does not answer.
    """
    mark = _sha256(paths[0])[:12]
    week = paths[0].stem.lower()  # a key is of small letters
    keys = [f"reviews/{week}/{mark}{path.suffix}" for path in paths]
    for key, path in zip(keys, paths, strict=True):
        if not house.objects.exists(key):
            house.objects.put(key, path, sha256=_sha256(path))
    return keys


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
