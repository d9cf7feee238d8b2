"""No altered, missing, swapped, oversized or pickled file is ever loaded as a model."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from models.artefact import Artefact, UntrustedModel
from models.registry import Registry, load_artefact


@pytest.fixture
def folder(version_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(version_folder.parent, tmp_path / "registry") / version_folder.name


def _rehash(folder: Path) -> None:
    """What an attacker would do who can write the folder but not the pointer: mend the manifest."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.npz", "model.json")}
    (folder / "manifest.json").write_text(json.dumps(hashes))


def _repack(folder: Path, **changed: np.ndarray) -> None:
    with np.load(folder / "model.npz") as loaded:
        arrays = dict(loaded) | changed
    np.savez_compressed(folder / "model.npz", **{name: array for name, array in arrays.items() if array is not None})
    _rehash(folder)


def test_what_was_saved_is_loaded(folder: Path, trained: Artefact) -> None:
    loaded = load_artefact(folder)
    assert loaded.settings == trained.settings
    assert loaded.space.index == trained.space.index
    np.testing.assert_array_equal(loaded.coefficients, trained.coefficients)
    np.testing.assert_array_equal(loaded.space.weights, trained.space.weights)


@pytest.mark.parametrize("name", ["model.npz", "model.json", "manifest.json"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(UntrustedModel, match=name):
        load_artefact(folder)


@pytest.mark.parametrize("name", ["model.npz", "model.json"])
def test_one_flipped_bit_is_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(UntrustedModel, match="hash"):
        load_artefact(folder)


def test_a_mended_manifest_does_not_pass_the_pointer(folder: Path) -> None:
    _repack(folder, weights=np.load(folder / "model.npz")["weights"] * 2)
    load_artefact(folder)  # the files agree with their manifest …
    with pytest.raises(UntrustedModel, match="promoted"):
        Registry(folder.parent).current()  # … but nobody promoted it


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("harmed"),)


def test_a_pickle_in_the_arrays_is_refused_and_not_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    _repack(folder, weights=np.asarray([Harm()], dtype=object))
    with pytest.raises(UntrustedModel):
        load_artefact(folder)
    (folder / "model.npz").write_bytes(pickle.dumps(Harm()))
    _rehash(folder)
    with pytest.raises(UntrustedModel, match="npz"):
        load_artefact(folder)
    assert not Path("harmed").exists()


def test_a_bomb_is_refused_before_it_unpacks(folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in ("features", "weights", "coefficients"):
            bomb.writestr(f"{name}.npy", bytes(60_000_000))
    (folder / "model.npz").write_bytes(packed.getvalue())
    _rehash(folder)
    with pytest.raises(UntrustedModel, match="unpacks"):
        load_artefact(folder)


def test_a_file_over_the_cap_is_refused_unread(folder: Path) -> None:
    with (folder / "model.npz").open("r+b") as opened:
        opened.truncate(31_000_000)
    with pytest.raises(UntrustedModel, match="larger"):
        load_artefact(folder)


def test_arrays_of_another_kind_or_shape_are_refused(folder: Path) -> None:
    with np.load(folder / "model.npz") as loaded:
        coefficients, weights = loaded["coefficients"], loaded["weights"]
    for changed in (
        {"coefficients": coefficients[:-1]},
        {"coefficients": coefficients.astype(np.float64)},
        {"coefficients": np.full_like(coefficients, np.nan)},
        {"weights": weights[:-1]},
        {"surprise": weights},
    ):
        _repack(folder, **{"coefficients": coefficients, "weights": weights} | changed)
        with pytest.raises(UntrustedModel):
            load_artefact(folder)


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": 0.0},
        {"temperature": "1"},
        {"thresholds": []},
        {"departments": ["A", "A"]},
        {"surprise": 1},
        {"guard": {}},
    ],
)
def test_settings_of_another_form_are_refused(folder: Path, change: dict[str, object]) -> None:
    settings = json.loads((folder / "model.json").read_text()) | change
    (folder / "model.json").write_text(json.dumps(settings))
    _rehash(folder)
    with pytest.raises(UntrustedModel, match="model"):
        load_artefact(folder)


@pytest.mark.parametrize("version", ["../elsewhere", "", ".", "a/b", "missing"])
def test_a_pointer_to_anywhere_else_is_refused(folder: Path, version: str) -> None:
    (folder.parent / "current.json").write_text(json.dumps({"version": version, "manifest_sha256": ""}))
    with pytest.raises(UntrustedModel):
        Registry(folder.parent).current()


def test_an_unsound_version_is_not_promoted(folder: Path) -> None:
    before = (folder.parent / "current.json").read_bytes()
    (folder / "model.npz").write_bytes(b"")
    with pytest.raises(UntrustedModel):
        Registry(folder.parent).promote(folder.name)
    assert (folder.parent / "current.json").read_bytes() == before
