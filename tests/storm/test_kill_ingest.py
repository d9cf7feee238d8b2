"""kill -9 while ingesting: what was acknowledged is kept, nothing is doubled, nothing stands half (P1, P2, P4).

A kill is not a power cut: the page cache survives it. Torn files are shown in tests/storage.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house, prepare
from nistaran.domain.events import Event
from nistaran.domain.records import FileCounts, Head
from nistaran.settings import Settings
from nistaran.steps import fault
from nistaran.steps.house import House
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import keep_file
from nistaran.steps.route import route_batch
from nistaran.steps.verify import verify
from tests.files import many, write_csv

COMPLAINTS = int(os.environ.get("STORM_COMPLAINTS", "10000"))
KILLS = int(os.environ.get("STORM_KILLS", "100"))
SEED = int(os.environ.get("STORM_SEED", "20261122"))


class Acknowledging:
    """Progress that tells the outside, through a pipe, how many rows are committed."""

    def __init__(self, pipe: int) -> None:
        self._pipe, self._done = pipe, 0

    def start(self, title: str, total: int | None) -> None: ...

    def advance(self, done: int) -> None:
        self._done += done
        os.write(self._pipe, f"{self._done}\n".encode())

    def finish(self) -> None: ...


def in_child(work: Callable[[int], None], *, kill_after: float | None) -> tuple[int, list[str]]:
    """Run in a forked child that may be killed; returns how it ended (negative: by that signal) and the lines it sent."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        code = 1
        try:
            work(writer)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as pipe:
        lines = pipe.read().decode().splitlines()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), lines


def settings_of(tmp_path: Path, batch: int = 25) -> Settings:
    made = Settings(home=tmp_path / "home", batch=batch)
    prepare(made)
    return made


def ingest_in_child(settings: Settings, path: Path) -> Callable[[int], None]:
    def work(pipe: int) -> None:
        with open_house(settings) as house:
            kept = keep_file(house, path, name=path.name, source="storm")
            ingest_file(house, kept.sha256, Acknowledging(pipe))

    return work


def stored(settings: Settings) -> tuple[int, int, list[str]]:
    """Cases, distinct keys, and whatever `nistaran verify` finds wrong."""
    with open_house(settings) as house:
        keys: list[str] = []
        last = 0
        with house.read() as work:
            while page := work.cases.page(after_id=last, limit=5000):
                last = page[-1].id
                keys += [case.key for case in page]
        return len(keys), len(set(keys)), verify(house).faults


@pytest.mark.storm
@pytest.mark.promise("P1")
@pytest.mark.timeout(600)
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    rng = random.Random(SEED)
    settings = settings_of(tmp_path)
    path = write_csv(tmp_path / "all.csv", many(COMPLAINTS))
    acknowledged = killed = 0
    for _ in range(KILLS * 4):
        if killed >= KILLS:
            break
        code, lines = in_child(ingest_in_child(settings, path), kill_after=rng.uniform(0.02, 0.6))
        killed += code == -signal.SIGKILL
        acknowledged = max([acknowledged, *(int(line) for line in lines)])
        cases, distinct, faults = stored(settings) if killed % 10 == 0 else (acknowledged, acknowledged, [])
        assert cases >= acknowledged, f"seed={SEED}: {acknowledged - cases} acknowledged complaints are lost"
        assert (cases, faults) == (distinct, []), f"seed={SEED}"
        if code == 0:
            with open_house(settings) as house, house.work() as work:  # finished early: let it be read again
                work.files.finish("", work.files.page(limit=1)[0].counts)
    assert killed >= KILLS // 2, "too few kills to mean anything: make STORM_COMPLAINTS larger"
    assert in_child(ingest_in_child(settings, path), kill_after=None)[0] == 0
    assert stored(settings) == (COMPLAINTS, COMPLAINTS, [])


class TwoTransactions:
    """The broken twin of the unit of work: rows in one transaction, their events in a second one."""

    def __init__(self, house: House, between: Callable[[], None]) -> None:
        self._house, self._inner, self._between = house, house.work(), between
        self._later: list[Event] = []

    def __getattr__(self, name: str) -> object:
        return self if name == "ledger" else getattr(self._inner, name)

    def __enter__(self) -> TwoTransactions:
        self._inner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._inner.__exit__(None, None, None)

    def lock(self) -> None:
        self._inner.ledger.lock()

    def append(self, new: Iterable[Event]) -> Head:
        self._later += new
        return Head(seq=0, hash="")

    def commit(self) -> None:
        self._inner.commit()
        self._inner.__exit__(None, None, None)
        self._between()
        with self._house.work() as second:
            second.ledger.append(self._later)
            second.commit()


@pytest.mark.storm
def test_the_twin_with_two_transactions_is_caught(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    path = write_csv(tmp_path / "all.csv", many(60))

    def work(_: int) -> None:
        with open_house(settings) as house:
            kept = keep_file(house, path, name=path.name, source="storm")
            fields = {name: getattr(house, name) for name in House.__dataclass_fields__}
            broken = House(**{**fields, "work": lambda: TwoTransactions(house, lambda: os._exit(9))})
            ingest_file(broken, kept.sha256, Acknowledging(os.open(os.devnull, os.O_WRONLY)))

    assert in_child(work, kill_after=None)[0] == 9
    cases, _, faults = stored(settings)
    assert cases == 25
    assert len(faults) >= cases, "cases without events were not noticed"


@pytest.mark.storm
@pytest.mark.promise("P2")
@pytest.mark.parametrize("point", ["after_raw_put", "before_commit", "after_commit"])
def test_dying_at_a_named_point_then_running_again_ends_the_same(tmp_path: Path, point: str) -> None:
    settings = settings_of(tmp_path, batch=20)
    path = write_csv(tmp_path / "all.csv", many(100))

    def work(_: int) -> None:
        fault.arm(point)
        with open_house(settings.model_copy(update={"fault": point})) as house:
            kept = keep_file(house, path, name=path.name, source="storm")
            ingest_file(house, kept.sha256, Acknowledging(os.open(os.devnull, os.O_WRONLY)))
            route_batch(house)

    for _ in range(3):
        assert in_child(work, kill_after=None)[0] == 9
    assert in_child(ingest_in_child(settings, path), kill_after=None)[0] == 0
    assert stored(settings) == (100, 100, [])
    with open_house(settings) as house, house.read() as work:
        assert work.files.page(limit=1)[0].counts == FileCounts(rows=100, accepted=100)


@pytest.mark.storm
@pytest.mark.promise("P4")
def test_four_processes_feeding_the_same_file_take_each_complaint_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    rows = many(1000)
    paths = []
    for seed in range(4):
        random.Random(seed).shuffle(rows)
        paths.append(write_csv(tmp_path / f"{seed}.csv", rows))
    children = []
    for path in paths:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                ingest_in_child(settings, path)(os.open(os.devnull, os.O_WRONLY))
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0, 0]
    assert stored(settings) == (1000, 1000, [])


@pytest.mark.storm
def test_the_twin_whose_key_is_the_place_in_the_file_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nistaran.steps import accept

    settings = settings_of(tmp_path)
    rows = many(40)
    monkeypatch.setattr(accept, "complaint_key", lambda **facts: f"{facts['text']}{rng.random()}"[-32:])
    rng = random.Random(1)
    for name in ("once.csv", "again.csv"):
        rows.reverse()
        path = write_csv(tmp_path / name, rows)
        with open_house(settings) as house:
            kept = keep_file(house, path, name=path.name, source="storm")
            ingest_file(house, kept.sha256, Acknowledging(os.open(os.devnull, os.O_WRONLY)))
    assert stored(settings)[0] != 40
