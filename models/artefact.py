"""A model as files: `model.npz` (arrays only, no pickle) and `model.json`. Written by training, read by serving.

Not here: versions, hashes and trust (models/registry.py, which calls `read` only on bytes whose hash it knows).
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.features import FeatureSpace
from models.settings import BadSettings, ModelSettings
from nistaran.domain.errors import UntrustedModel

ARRAYS_FILE, SETTINGS_FILE = "model.npz", "model.json"
MAX_FILE_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 120_000_000
_MEMBERS = {"features.npy", "weights.npy", "coefficients.npy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """A trained model: `coefficients` has the shape (features, departments), float32, in the order of `space`."""

    settings: ModelSettings
    space: FeatureSpace
    coefficients: NDArray[np.float32]


def write(artefact: Artefact, folder: Path) -> None:
    """Writes both files; equal artefacts give equal bytes (fixed time stamps, float16 coefficients)."""
    folder.mkdir(parents=True, exist_ok=True)
    names = "\n".join(artefact.space.index).encode("utf-8")
    arrays: dict[str, NDArray[Any]] = {
        "coefficients": artefact.coefficients.astype(np.float16),
        "features": np.frombuffer(names, dtype=np.uint8),
        "weights": artefact.space.weights,
    }
    with zipfile.ZipFile(folder / ARRAYS_FILE, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, array in arrays.items():
            unpacked = io.BytesIO()
            np.lib.format.write_array(unpacked, array, allow_pickle=False)
            packed.writestr(zipfile.ZipInfo(f"{name}.npy"), unpacked.getvalue(), zipfile.ZIP_DEFLATED)
    written = json.dumps(artefact.settings.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / SETTINGS_FILE).write_text(written + "\n", encoding="utf-8")


def read(arrays: bytes, settings: bytes) -> Artefact:
    """The artefact in the bytes of its two files. Raises UntrustedModel for anything that is not one."""
    try:
        parsed = ModelSettings.from_json(json.loads(settings))
    except (BadSettings, ValueError) as error:
        raise UntrustedModel(f"{SETTINGS_FILE} cannot be read; restore it from the release") from error
    _refuse_bomb(arrays)
    try:
        with np.load(io.BytesIO(arrays), allow_pickle=False) as loaded:
            names = loaded["features"].tobytes().decode("utf-8").split("\n")
            weights, coefficients = loaded["weights"], loaded["coefficients"]
            is_bytes = loaded["features"].dtype == np.uint8
    except (ValueError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise UntrustedModel(f"{ARRAYS_FILE} cannot be read; restore it from the release") from error
    expected = (len(names), len(parsed.departments))
    kinds_agree = is_bytes and weights.dtype == np.float32 and coefficients.dtype == np.float16
    if not kinds_agree or weights.shape != expected[:1] or coefficients.shape != expected:
        raise UntrustedModel(f"{ARRAYS_FILE} has arrays of the wrong kind or shape; restore it from the release")
    space = FeatureSpace(index={name: row for row, name in enumerate(names)}, weights=weights)
    if len(space.index) != len(names) or not (np.isfinite(weights).all() and np.isfinite(coefficients).all()):
        raise UntrustedModel(f"{ARRAYS_FILE} holds a feature twice or a value that is no number; train again")
    return Artefact(settings=parsed, space=space, coefficients=coefficients.astype(np.float32))


def _refuse_bomb(arrays: bytes) -> None:
    if len(arrays) > MAX_FILE_BYTES:
        raise UntrustedModel(f"{ARRAYS_FILE} is larger than {MAX_FILE_BYTES} bytes; restore it from the release")
    try:
        members = zipfile.ZipFile(io.BytesIO(arrays)).infolist()
    except zipfile.BadZipFile as error:
        raise UntrustedModel(f"{ARRAYS_FILE} is no npz file; restore it from the release") from error
    if {member.filename for member in members} != _MEMBERS or len(members) != len(_MEMBERS):
        raise UntrustedModel(f"{ARRAYS_FILE} holds other arrays than expected; restore it from the release")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UntrustedModel(f"{ARRAYS_FILE} unpacks to too much; restore it from the release")
