"""Verify: links, reference, category and places are held against the ledger (P15). The cases here are written event by event."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nistaran.domain.complaint import Case, Complainant, Link, LinkKind, Status, Whereabouts
from nistaran.domain.events import Event, EventKind
from nistaran.domain.proof import facts_text, place_text
from nistaran.domain.records import SealedPerson
from nistaran.steps.house import House
from nistaran.steps.verify import verify
from tests.files import many, row, write_csv
from tests.taking import take

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def case(n: int) -> Case:
    return Case(
        id=n, number=f"SDR-2026-{n:07d}", key=f"key{n}", district="SDR", channel="ONLINE", lane="ordinary", priority=4,
        reference=f"4001872600{n}", received_on=date(2026, 11, 5), due_on=date(2026, 12, 5), registered_at=NOW,
        status=Status.REGISTERED, text=f"नाली जाम है {n}", addressed_to="जिलाधिकारी", category="सफाई",
        whereabouts=Whereabouts(district="सिद्धार्थनगर", tehsil="बांसी", village="खेतपुर"), damaged=False,
        department="", office="",
    )  # fmt: skip


LINKS = [
    Link(case_id=2, kind=LinkKind.SAME_PERSON_NEAR_TEXT, other=case(1).number, other_id=1),
    Link(case_id=2, kind=LinkKind.MENTIONED, other="40018725000001", other_id=None),
]


def registered(house: House, one: Case) -> dict[str, Any]:
    seal = house.vault.text_seal
    return {
        "channel": one.channel,
        "lane": one.lane,
        "received": one.received_on.isoformat(),
        "due": one.due_on.isoformat(),
        "key": one.key,
        "text": seal(one.id, one.text),
        "facts": seal(one.id, facts_text(one)),
        "place": seal(one.id, place_text(one)),
    }


def write(house: House, without: tuple[str, ...] = ()) -> None:
    """Two cases and their links, with all that an event carries, or without what earlier versions left out."""
    cases = [case(1), case(2)]
    bodies = [(EventKind.REGISTERED, one.number, registered(house, one)) for one in cases]
    bodies += [
        (EventKind.LINKED, case(2).number, {"kind": link.kind.value, "other": link.other, "other_id": link.other_id})
        for link in LINKS
    ]
    with house.work() as work:
        work.cases.add(cases, facts=[{}, {}])
        work.complainants.add(
            [
                SealedPerson(
                    case_id=one.id, person="", sealed=house.vault.seal(Complainant(), to=one.key), received_on=one.received_on
                )
                for one in cases
            ]
        )  # fmt: skip
        work.links.add(LINKS)
        work.ledger.append(
            Event(
                case=number, kind=kind, at=NOW, body={key: value for key, value in body.items() if key not in without}
            )
            for kind, number, body in bodies
        )
        work.commit()


def tamper(house: House, statement: str) -> None:
    with closing(sqlite3.connect(house.spool.parent / "nistaran.db")) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        assert database.execute(statement).rowcount > 0
        database.commit()


_FACTS = "1: its reference number, category, district, priority or damage is not what was registered"
_PLACE = "1: its place or addressee is not what was registered"
_LINKS = "2: its links are not those of its events"
TAMPERED = [
    ("UPDATE cases SET reference = '40018726999999' WHERE id = 1", _FACTS),
    ("UPDATE cases SET category = 'पेंशन' WHERE id = 1", _FACTS),
    ("UPDATE cases SET district = 'BST' WHERE id = 1", _FACTS),
    ("UPDATE cases SET priority = 1 WHERE id = 1", _FACTS),
    ("UPDATE cases SET damaged = 1 WHERE id = 1", _FACTS),
    *(
        (f"UPDATE words SET {column} = 'x' WHERE case_id = 1", _PLACE)
        for column in (
            "addressed_to", "place_district", "place_tehsil", "place_block", "place_thana", "place_town", "place_village",
        )
    ),
    ("UPDATE words SET place_village = '', place_town = 'खेतपुर' WHERE case_id = 1", _PLACE),
    ("DELETE FROM links WHERE kind = 'MENTIONED'", _LINKS),
    ("UPDATE links SET other = '40018725000002' WHERE kind = 'MENTIONED'", _LINKS),
    ("UPDATE links SET kind = 'SAME_REFERENCE' WHERE kind = 'MENTIONED'", _LINKS),
    ("UPDATE links SET other_id = 2 WHERE other_id = 1", _LINKS),
    ("UPDATE links SET other_id = NULL WHERE other_id = 1", _LINKS),
    ("UPDATE links SET case_id = 1 WHERE kind = 'MENTIONED'", "1: its links are not those of its events"),
    ("UPDATE links SET kind = 'LIKED' WHERE other_id = 1", "2: a link, decision, desk or notice of it cannot be read"),
    ("INSERT INTO links (case_id, kind, other) VALUES (1, 'MENTIONED', 'x')", "1: its links are not those of its events"),
]  # fmt: skip


def test_what_was_left_alone_has_no_fault(house: House) -> None:
    write(house)
    assert (verify(house).faults, verify(house).unsealed) == ([], 0)


@pytest.mark.promise("P15")
@pytest.mark.parametrize(("statement", "named"), TAMPERED, ids=[statement for statement, _ in TAMPERED])
def test_what_is_changed_behind_the_back_is_named(house: House, statement: str, named: str) -> None:
    write(house)
    tamper(house, statement)
    faults = verify(house).faults
    assert any(named in fault for fault in faults), faults


@pytest.mark.parametrize("statement", [statement for statement, named in TAMPERED if named in (_FACTS, _PLACE)])
def test_events_without_the_seals_prove_nothing_and_verify_says_so(house: House, statement: str) -> None:
    """The broken twin: a ledger as it was before. Nothing is seen, and nobody is told that all of it was looked at."""
    write(house, without=("facts", "place"))
    tamper(house, statement)
    outcome = verify(house)
    assert outcome.faults == []
    assert outcome.unsealed == outcome.cases == 2


def test_a_link_of_an_older_event_is_held_by_kind_and_number(house: House) -> None:
    write(house, without=("other_id",))
    assert verify(house).faults == []
    tamper(house, "UPDATE links SET other_id = 2 WHERE other_id = 1")
    assert verify(house).faults == []
    tamper(house, "UPDATE links SET other = 'x' WHERE kind = 'MENTIONED'")
    assert verify(house).faults == [f"case {case(2).number}: its links are not those of its events"]


def test_a_case_under_another_number_is_found(house: House) -> None:
    write(house)
    tamper(house, "UPDATE cases SET number = 'SDR-2026-0000099' WHERE id = 1")
    faults = verify(house).faults
    assert "case SDR-2026-0000099: has no event that registered it" in faults
    assert "case SDR-2026-0000001: has events but no row" in faults


def test_two_cases_that_swap_their_numbers_are_found(house: House) -> None:
    write(house)
    for step in ("'x' WHERE id = 1", "'SDR-2026-0000001' WHERE id = 2", "'SDR-2026-0000002' WHERE id = 1"):
        tamper(house, f"UPDATE cases SET number = {step}")
    assert [fault for fault in verify(house).faults if "key is not what was registered" in fault]


@pytest.mark.parametrize("text_of", [facts_text, place_text])
def test_no_two_cases_read_the_same(text_of: Callable[[Case], str]) -> None:
    """A village moved into the town's column, or a category into the reference's, is another text."""
    one, other = case(1), case(1)
    one.whereabouts, other.whereabouts = Whereabouts(town="क"), Whereabouts(village="क")
    one.reference, one.category, other.reference, other.category = "क", "", "", "क"
    assert text_of(one) != text_of(other)


def test_ingest_seals_what_verify_compares(house: House, tmp_path: Path) -> None:
    take(house, write_csv(tmp_path / "a.csv", [*many(2), row(reference="40018726000000", text="वही नम्बर, दूसरी बात")]))
    outcome = verify(house)
    assert (outcome.faults, outcome.unsealed, outcome.cases) == ([], 0, 3)
    with house.read() as work:
        links = list(work.ledger.links())
    assert [set(json.loads(link.body)) for link in links if link.kind == "Linked"] == [{"kind", "other", "other_id"}]
