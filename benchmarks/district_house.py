"""The simulated month's house: complaints as files, a clock moved by hand, the month's classifier, and the desks of a case.

Here: what the month needs to meet the real steps. Not here: who does what on which day (district_through_steps.py).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.district_month import START
from benchmarks.district_offices import Complaint, value
from nistaran.bootstrap import open_house, prepare
from nistaran.domain.decision import AskReason, Classification
from nistaran.settings import Settings
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from nistaran.steps.route import route_batch
from routing.district import District

_FIELDS = {"tehsil": "तहसील", "block": "विकास खण्ड", "thana": "थाना", "village": "ग्राम", "town": "नगर"}
_HEADERS = ("सन्दर्भ संख्या", "सन्दर्भ का प्रकार", "प्राप्ति दिनांक", "शिकायत का विवरण", "आवेदक का नाम", "मोबाइल नं0")
_SERIAL = re.compile(r"\d+")


class DayClock:
    """A second later whenever it is asked, from nine in the morning of the day that was set."""

    def __init__(self) -> None:
        self._at = START

    def set(self, day: int) -> None:
        """The morning of this day of the month (from 0)."""
        self._at = START + timedelta(days=day)

    def now(self) -> datetime:
        """The next second."""
        self._at += timedelta(seconds=1)
        return self._at


class MonthClassifier:
    """Gives each text the shares that the month drew for it; sure from the month's threshold on."""

    version = "month"

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self._complaints = complaints

    def classify(self, texts: Sequence[str], addressed_to: Sequence[str | None] | None = None) -> list[Classification]:
        """One classification a text, found by the serial that stands in it."""
        return [self._one(serial_of(text)) for text in texts]

    def _one(self, serial: int) -> Classification:
        candidates = self._complaints[serial].candidates
        ask = None if candidates[0].confidence >= value("automatic_from") else AskReason.LOW_CONFIDENCE
        return Classification(candidates=candidates, words=(), ask=ask, model=self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthHouse:
    """The house, its clock, and which complaint each case number is."""

    house: House
    clock: DayClock
    complaints: Sequence[Complaint]
    serial_of_number: dict[str, int]

    def take(self, folder: Path, day: int, serials: Sequence[int]) -> list[str]:
        """The day's complaints come as a file, are numbered and routed. Returns their numbers."""
        path = folder / f"day{day}.csv"
        _write(path, self.house.district, [(serial, self.complaints[serial]) for serial in serials])
        kept = keep_file(self.house, path, name=path.name, source="month")
        outcome = ingest_file(self.house, kept.sha256, _Silent())
        if outcome.new != len(serials):
            raise RuntimeError(f"day {day}: {outcome.new} of {len(serials)} complaints were numbered")
        while route_batch(self.house).cases:
            pass
        return self._new_numbers()

    def _new_numbers(self) -> list[str]:
        found: list[str] = []
        with self.house.read() as work:
            for case in work.cases.page(after_id=len(self.serial_of_number), limit=10_000):
                self.serial_of_number[case.number] = serial_of(case.text)
                found.append(case.number)
        return found


def serial_of(text: str) -> int:
    """The serial in a complaint's text."""
    found = _SERIAL.search(text)
    if found is None:
        raise ValueError("the text has no serial")
    return int(found.group())


@contextmanager
def month_house(home: Path, complaints: Sequence[Complaint]) -> Iterator[MonthHouse]:
    """A new house on SQLite, as `nistaran init` makes it, but for its clock and its model."""
    settings = Settings(home=home)
    prepare(settings)
    clock, classifier = DayClock(), MonthClassifier(complaints)
    with open_house(settings) as opened:
        house = replace(opened, clock=clock, classifier=lambda: classifier)
        yield MonthHouse(house=house, clock=clock, complaints=complaints, serial_of_number={})


def _write(path: Path, district: District, complaints: Sequence[tuple[int, Complaint]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*_HEADERS, *_FIELDS.values()))
        for serial, one in complaints:
            received = (START + timedelta(days=one.day)).strftime("%d/%m/%Y")
            around = [district.places[code] for code in district.around[one.place] if code in district.places]
            where = {place.kind: place.name for place in around}
            text = f"माह का प्रकरण {serial} विवरण संलग्न सूची के अनुसार है"
            person = (f"आवेदक {serial}", f"9{serial:09d}")
            places = [where.get(kind, "") for kind in _FIELDS]
            writer.writerow((f"4001872{serial:07d}", "ऑनलाइन सन्दर्भ", received, text, *person, *places))


class _Silent:
    def start(self, title: str, total: int | None) -> None: ...
    def advance(self, done: int) -> None: ...
    def finish(self) -> None: ...
