"""Rollback is one step (P23): twenty promotions by eight racing processes, one model live at any time, and the one before back at once."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from models.house import HouseModels
from models.registry import Registry
from nistaran.domain.promotion import Approval, PromotionLost, live_stack
from storage.objects import FolderObjects
from tests.files import TEXTS
from tests.models.tiny import NOW, house_models, propose, sign

MODELS, PROCESSES = 20, 8


def promote_some(root: Path, turn: int) -> None:
    """Every eighth of the twenty, each judged anew until it wins."""
    models = house_models(root, machine=f"machine{turn}")
    for number in range(turn, MODELS, PROCESSES):
        while True:
            with suppress(PromotionLost):
                propose(models, f"departments-{number}", tilt=1.0 + number)
                models.promote(f"departments-{number}", by=f"up.login{turn}", at=NOW, approval=Approval.ASK)
                break


def race(root: Path) -> list[int]:
    """Exit codes of the eight processes."""
    children = []
    for turn in range(PROCESSES):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                promote_some(root, turn)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@pytest.mark.storm
@pytest.mark.promise("P23")
@pytest.mark.timeout(300)
def test_twenty_promotions_by_eight_processes_follow_one_another(tmp_path: Path) -> None:
    models = house_models(tmp_path)
    assert race(tmp_path) == [0] * PROCESSES
    history = models.history()
    assert [one.number for one in history] == list(range(1, MODELS + 1))
    assert sorted(one.kept.version for one in history) == sorted(f"departments-{number}" for number in range(MODELS))
    assert history[0].before.version == "departments-shipped"
    assert all(later.before == earlier.kept for earlier, later in pairwise(history)), "two were live at one time"
    assert models.live() == history[-1].kept == live_stack(history)[-1]
    while len(live_stack(models.history())) > 1:
        models.rollback(by="up.login0", at=NOW)
    assert models.live().version == "departments-shipped"


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_the_twin_that_writes_over_the_newest_entry_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that writes over what is there, as a pointer file does: promotions are lost, or the chain of entries breaks."""

    def overwrite(self: FolderObjects, key: str, data: bytes) -> None:
        path = tmp_path / "objects" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{os.getpid()}{path.name}")
        aside.write_bytes(data)
        aside.replace(path)

    house_models(tmp_path)
    monkeypatch.setattr(FolderObjects, "put_bytes", overwrite)
    codes = race(tmp_path)
    promoted = [path for path in (tmp_path / "objects" / "models" / "promotions").iterdir() if path.suffix == ".json"]
    assert len(promoted) < MODELS or any(codes), "lost promotions were not noticed"


@pytest.mark.storm
@pytest.mark.promise("P23")
def test_the_model_before_is_back_within_two_seconds_to_the_last_bit(tmp_path: Path) -> None:
    models = HouseModels(
        objects=FolderObjects(tmp_path / "objects"), sign=sign, folder=tmp_path / "here", shipped=Registry().current
    )
    texts = [*TEXTS, *(f"{text} मामला {number}" for number in range(30) for text in TEXTS)]
    before = models.classifier().classify(texts)
    propose(models, "departments-b", tilt=3.0)
    models.promote("departments-b", by="up.one", at=NOW, approval=Approval.ASK)
    assert models.classifier().version == "departments-b"
    started = time.perf_counter()
    models.rollback(by="up.one", at=NOW)
    after = models.classifier().classify(texts)
    seconds = time.perf_counter() - started
    assert after == before
    assert seconds < 2, f"{seconds:.2f} s"
