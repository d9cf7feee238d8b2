"""Values for the storage tests, each with every field filled and Hindi where the house has Hindi."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from nistaran.domain.complaint import Case, Status, Whereabouts
from nistaran.domain.decision import Candidate
from nistaran.domain.events import Event, EventKind
from nistaran.domain.records import DecisionRecord, DeskEntry, KeptFile, Notice, Placement, RefusedRow, SealedPerson

NOW = datetime(2026, 11, 22, 4, 30, 15, 123456, tzinfo=UTC)
RECEIVED_ON = date(2026, 11, 20)
TEXT = "हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है «लाइनमैन» सुनता नहीं; 'उद्धरण' \"too\" % ? \\ 🙏"


def later(minutes: float) -> datetime:
    """So many minutes after NOW."""
    return NOW + timedelta(minutes=minutes)


def number(n: int) -> str:
    """The number of case n."""
    return f"SDR-2026-{n:07d}"


def case(n: int, **changes: Any) -> Case:
    """Case n, fresh from registration."""
    values: dict[str, Any] = {
        "id": n,
        "number": number(n),
        "key": f"{n:032x}",
        "district": "SDR",
        "channel": "IGRS",
        "lane": "DM",
        "priority": 3,
        "reference": "",
        "received_on": RECEIVED_ON,
        "due_on": date(2026, 12, 20),
        "registered_at": NOW,
        "status": Status.REGISTERED,
        "text": f"{TEXT} {n}",
        "addressed_to": "अधिशासी अभियन्ता",
        "category": "विद्युत",
        "whereabouts": Whereabouts(district="सिद्धार्थनगर", tehsil="बांसी", village="बढ़नी"),
        "damaged": n % 2 == 0,
        "department": "",
        "office": "",
    }
    return Case(**{**values, **changes})


def add_cases(work: Any, *ns: int, **changes: Any) -> list[Case]:
    """Keep cases of these numbers, without anything else."""
    cases = [case(n, **changes) for n in ns]
    work.cases.add(cases, facts=[{"row": n} for n in ns])
    return cases


def person(n: int, known_as: str = "", *, received_on: date = RECEIVED_ON) -> SealedPerson:
    """The sealed complainant of case n."""
    return SealedPerson(case_id=n, person=known_as, sealed=bytes([n % 256, 0, 255]) * 5, received_on=received_on)


def registered(n: int, at: datetime = NOW) -> Event:
    """The first event of case n."""
    return Event(case=number(n), kind=EventKind.REGISTERED, at=at, body={"channel": "IGRS", "शब्द": "हाँ", "n": n})


def routed(n: int, at: datetime = NOW) -> Event:
    """Case n goes to an office."""
    return Event(case=number(n), kind=EventKind.ROUTED, at=at, body={"office": "pvvnl-ee-1", "confidence": 0.9312})


def decision(n: int, **changes: Any) -> DecisionRecord:
    """A decision on case n."""
    values: dict[str, Any] = {
        "case_id": n,
        "at": NOW,
        "outcome": "assign",
        "reason": "",
        "department": "POWER",
        "office": "pvvnl-ee-1",
        "confidence": 0.9312345678901234,
        "rule": "tehsil",
        "model": "m-2026-11",
        "words": ("ट्रांसफार्मर", "जला"),
        "places": ("T-BANSI",),
        "candidates": (Candidate("POWER", 0.93), Candidate("PWD", 0.07)),
    }
    return DecisionRecord(**{**values, **changes})


def placement(n: int, status: Status = Status.WITH_OFFICE) -> Placement:
    """Where case n now stands."""
    return Placement(case_id=n, status=status, department="POWER", office="pvvnl-ee-1")


def desk(n: int, office: str = "pvvnl-ee-1", since: datetime = NOW) -> DeskEntry:
    """Case n lies on a desk."""
    return DeskEntry(case_id=n, office=office, since=since)


def notice(n: int, turn: int = 1) -> Notice:
    """The notice that case n was assigned."""
    return Notice(
        key=f"assigned:{number(n)}:{turn}",
        kind="assigned",
        case_id=n,
        office="pvvnl-ee-1",
        body={"number": number(n), "words": ["जला"], "due": "2026-12-20"},
    )


def file(n: int, **changes: Any) -> KeptFile:
    """A kept file."""
    values: dict[str, Any] = {
        "sha256": f"{n:064x}",
        "name": f"शिकायत {n}.csv",
        "object_key": f"raw/2026/11/{n:064x}",
        "size": 10_000_000_000 + n,
        "source": "inbox",
        "received_at": later(n),
    }
    return KeptFile(**{**values, **changes})


def refusal(n: int, **changes: Any) -> RefusedRow:
    """A row that could not be taken."""
    values: dict[str, Any] = {
        "id": f"{n:016x}",
        "file_sha256": f"{1:064x}",
        "file": "शिकायत.csv",
        "row": n,
        "field": "text",
        "code": "NO_TEXT",
        "reason_hi": "विवरण खाली है",
        "reason_en": "the text is empty",
        "remedy_hi": "विवरण भरें",
        "remedy_en": "fill in the text",
        "sealed_row": b"\x00\xff sealed",
        "at": later(n),
    }
    return RefusedRow(**{**values, **changes})
