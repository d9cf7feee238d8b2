"""The folder courier writes a notice once a key, whole or not at all."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from nistaran.couriers.folder import FolderCourier
from nistaran.domain.errors import WorldAway
from tests.couriers.conftest import MESSAGE, OFFICE


def send(root: Path, key: str = "k1", **changes: str) -> str:
    return FolderCourier(root).deliver(key=key, office=OFFICE, message={**MESSAGE, **changes})


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_a_notice_is_a_json_file_in_the_folder_of_its_office(tmp_path: Path) -> None:
    receipt = send(tmp_path)
    assert [tmp_path / receipt] == files(tmp_path)
    assert Path(receipt).parent.name == "SDR-ENERGY"
    assert Path(receipt).name.startswith("SDR-2026-0000042-")
    told = json.loads((tmp_path / receipt).read_text(encoding="utf-8"))
    assert told == {"key": "k1", "office": OFFICE, **MESSAGE}


def test_the_same_key_is_written_once_and_gives_the_same_receipt(tmp_path: Path) -> None:
    first = send(tmp_path)
    before = (tmp_path / first).stat()
    assert send(tmp_path, due_on="changed") == first
    after = (tmp_path / first).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_other_keys_and_other_numbers_are_other_files(tmp_path: Path) -> None:
    assert len({send(tmp_path), send(tmp_path, "k2"), send(tmp_path, number="SDR-2026-0000043")}) == 3


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_nothing_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr({"fsync": os, "replace": Path}[call], call, full)
    with pytest.raises(WorldAway):
        send(tmp_path)
    assert files(tmp_path) == []
    monkeypatch.undo()
    receipt = send(tmp_path)
    assert files(tmp_path) == [tmp_path / receipt]


def test_a_folder_that_cannot_be_made_is_the_world_away(tmp_path: Path) -> None:
    (tmp_path / "SDR-ENERGY").write_text("a file where the folder should be")
    with pytest.raises(WorldAway):
        send(tmp_path)


def test_a_notice_that_cannot_be_written_down_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeError):
        send(tmp_path, text="half a letter \ud83d")
    assert files(tmp_path) == []


def seen_by_a_watcher(tmp_path: Path, deliver: Any) -> list[int]:
    """Sizes of files with their final name that a watcher sees while several writers bring the same keys."""
    text = "क" * 20_000
    sizes: set[int] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            for path in tmp_path.rglob("*.json"):
                if not path.name.startswith("."):
                    sizes.add(path.stat().st_size)

    def write() -> None:
        for n in range(40):
            deliver(tmp_path, f"k{n}", text)

    threads = [threading.Thread(target=write) for _ in range(3)]
    watcher = threading.Thread(target=watch)
    watcher.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watcher.join()
    return sorted(sizes)


def test_nobody_ever_sees_half_a_notice(tmp_path: Path) -> None:
    sizes = seen_by_a_watcher(tmp_path, lambda root, key, text: send(root, key, text=text, reference=f"{key:>4}"))
    assert len(sizes) <= 2, "k1 and k10 differ by one byte, no file by more"
    assert min(sizes) > 60_000
    assert len(files(tmp_path)) == 40


def test_the_twin_that_writes_in_place_is_caught(tmp_path: Path) -> None:
    def in_place(root: Path, key: str, text: str) -> None:
        with (root / f"{key}.json").open("w", encoding="utf-8") as file:
            file.write(text[:10_000])
            file.flush()
            file.write(text[10_000:])

    assert min(seen_by_a_watcher(tmp_path, in_place)) < 60_000
