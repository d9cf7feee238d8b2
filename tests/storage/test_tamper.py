"""Every single quiet edit of the ledger is found, and the first bad event is named (promise P15)."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from nistaran.domain.events import GENESIS, Link, chain_hash, first_break
from nistaran.domain.records import Head
from storage.unit_of_work import SqlStore
from tests.storage import samples as s

EVENTS = 120
EDITS = 84
SEED = 20261122


def _flip(connection: sqlite3.Connection, dice: random.Random) -> int:
    seq, column = dice.randint(1, EVENTS), dice.choice(["case_number", "kind", "at", "body", "hash"])
    [value] = connection.execute(f"SELECT {column} FROM events WHERE seq = ?", (seq,)).fetchone()
    at = dice.randrange(len(value))
    changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
    connection.execute(f"UPDATE events SET {column} = ? WHERE seq = ?", (changed, seq))
    return seq


def _delete(connection: sqlite3.Connection, dice: random.Random) -> int:
    seq = dice.randint(1, EVENTS - 1)
    connection.execute("DELETE FROM events WHERE seq = ?", (seq,))
    return seq


def _delete_and_close_up(connection: sqlite3.Connection, dice: random.Random) -> int:
    seq = _delete(connection, dice)
    connection.execute("UPDATE events SET seq = -seq WHERE seq > ?", (seq,))
    connection.execute("UPDATE events SET seq = -seq - 1 WHERE seq < 0")
    return seq


def _swap(connection: sqlite3.Connection, dice: random.Random) -> int:
    one, two = sorted(dice.sample(range(1, EVENTS + 1), 2))
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute("UPDATE events SET seq = ? WHERE seq = ?", (new, old))
    return one


def _insert(connection: sqlite3.Connection, dice: random.Random) -> int:
    seq = dice.randint(1, EVENTS)
    connection.execute("UPDATE events SET seq = -seq WHERE seq >= ?", (seq,))
    connection.execute("UPDATE events SET seq = -seq + 1 WHERE seq < 0")
    connection.execute(
        "INSERT INTO events SELECT ?, case_number, kind, at, body, hash FROM events WHERE seq = ?",
        (seq, dice.choice([n for n in range(1, EVENTS + 1) if n != seq])),
    )
    return seq


def _renumber(connection: sqlite3.Connection, dice: random.Random) -> int:
    seq = dice.randint(1, EVENTS)
    connection.execute("UPDATE events SET seq = ? WHERE seq = ?", (EVENTS + dice.randint(2, 99), seq))
    return seq


def _rewrite_with_a_fitting_hash(connection: sqlite3.Connection, dice: random.Random) -> int:
    """The best a hand can do on one row: its own hash fits again, so only the next link shows it."""
    seq = dice.randint(2, EVENTS - 1)
    [before] = connection.execute("SELECT hash FROM events WHERE seq = ?", (seq - 1,)).fetchone()
    case, kind, at = connection.execute("SELECT case_number, kind, at FROM events WHERE seq = ?", (seq,)).fetchone()
    fitting = chain_hash(before, seq, case, kind, at, '{"office":"mine"}')
    connection.execute("UPDATE events SET body = ?, hash = ? WHERE seq = ?", ('{"office":"mine"}', fitting, seq))
    return seq + 1


HANDS = [_flip, _delete, _delete_and_close_up, _swap, _insert, _renumber, _rewrite_with_a_fitting_hash]


def careless_break(links: Iterable[Link]) -> int | None:
    """The broken twin of first_break: each event against its own neighbour's hash as found, sequence not looked at."""
    for link in links:
        if len(link.hash) != len(GENESIS):
            return link.seq
    return None


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path, open_store: Callable[[str], SqlStore]) -> Path:
    """A ledger of a few cases in a SQLite file, closed to nobody: the triggers are gone, as for a thief with the file."""
    store = open_store(sqlite_url)
    with store.work() as work:
        work.ledger.append([event for n in range(EVENTS // 2) for event in (s.registered(n), s.routed(n, s.later(n)))])
        work.commit()
    store.close()
    path = tmp_path / "house.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("DROP TRIGGER events_no_delete")
    return path


def _read(path: Path) -> list[Link]:
    store = SqlStore(f"sqlite:///{path}")
    with store.read() as work:
        links = list(work.ledger.links())
    store.close()
    return links


def _edited(
    path: Path, hand: Callable[[sqlite3.Connection, random.Random], int], dice: random.Random
) -> tuple[int, list[Link]]:
    """Edit, read, and put the ledger back as it was."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TEMP TABLE kept AS SELECT * FROM events")
        first = hand(connection, dice)
        links = _read(path)
        connection.execute("DELETE FROM events")
        connection.execute("INSERT INTO events SELECT * FROM kept")
    return first, links


@pytest.mark.promise("P15")
def test_every_single_edit_is_found_where_it_is(ledger: Path) -> None:
    dice = random.Random(SEED)
    assert first_break(_read(ledger)) is None
    for turn in range(EDITS):
        hand = HANDS[turn % len(HANDS)]
        first, links = _edited(ledger, hand, dice)
        assert first_break(links) == first, f"{hand.__name__}, seed {SEED}, turn {turn}"
    assert first_break(_read(ledger)) is None


@pytest.mark.promise("P15")
def test_a_check_that_does_not_chain_misses_edits(ledger: Path) -> None:
    """The broken twin: a check that looks at each event alone finds none of the same edits."""
    dice = random.Random(SEED)
    missed = sum(careless_break(_edited(ledger, hand, dice)[1]) is None for hand in HANDS)
    assert missed == len(HANDS)


@pytest.mark.promise("P15")
def test_a_cut_tail_shows_only_against_a_checkpoint(ledger: Path) -> None:
    whole = _read(ledger)
    checkpoint = Head(seq=whole[-1].seq, hash=whole[-1].hash)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.execute("DELETE FROM events WHERE seq > ?", (EVENTS - 7,))
    cut = _read(ledger)

    assert first_break(cut) is None  # the chain alone cannot know
    assert Head(seq=cut[-1].seq, hash=cut[-1].hash) != checkpoint
    assert len(cut) < checkpoint.seq


def test_two_records_never_read_the_same() -> None:
    """Every field is chained with its length: moving characters from one field to the next changes the hash."""
    assert chain_hash(GENESIS, 1, "A", "B\nC", "D", "{}") != chain_hash(GENESIS, 1, "A", "B", "C\nD", "{}")
    assert chain_hash(GENESIS, 1, "A\n1:B", "C", "D", "{}") != chain_hash(GENESIS, 1, "A", "B\nC", "D", "{}")
