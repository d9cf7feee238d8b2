"""Versions of the model in a folder: `<registry>/<version>/{model.npz, model.json, card.md}` and `current.json`, the pointer.

A version is loaded only if its files have the hashes that its manifest and the pointer name. Not here: the files' contents
(models/artefact.py), the versions that a house trains and which of them is live (models/shelf.py, models/promotion.py).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from models import artefact
from models.artefact import ARRAYS_FILE, MAX_FILE_BYTES, SETTINGS_FILE, Artefact
from nistaran.domain.errors import UntrustedModel

SHIPPED = Path(__file__).parent / "shipped"
POINTER_FILE, MANIFEST_FILE = "current.json", "manifest.json"
MAX_JSON_BYTES = 1_000_000
_MOST_BYTES = {ARRAYS_FILE: MAX_FILE_BYTES, SETTINGS_FILE: MAX_JSON_BYTES}


@dataclass(frozen=True, slots=True)
class Registry:
    """A folder of model versions. `SHIPPED` holds the one that comes with the project."""

    folder: Path = SHIPPED

    def current(self) -> Path:
        """The folder of the current version. Raises UntrustedModel if the pointer is missing, bad or does not fit."""
        pointer = _json_of(_bytes_of(self.folder / POINTER_FILE, MAX_JSON_BYTES), POINTER_FILE)
        version = pointer.get("version", "")
        found = self.folder / version
        if not version or found.parent != self.folder or version in {".", ".."}:
            raise UntrustedModel(f"{POINTER_FILE} names no version; promote one again")
        if _sha256(_bytes_of(found / MANIFEST_FILE, MAX_JSON_BYTES)) != pointer.get("manifest_sha256"):
            raise UntrustedModel(f"{MANIFEST_FILE} of the current version is not the promoted one; restore it")
        return found

    def save(self, trained: Artefact) -> Path:
        """Writes a version's files and manifest; returns its folder. The pointer is left alone."""
        folder = self.folder / trained.settings.version
        artefact.write(trained, folder)
        hashes = {name: _sha256((folder / name).read_bytes()) for name in (ARRAYS_FILE, SETTINGS_FILE)}
        _write_atomically(folder / MANIFEST_FILE, hashes)
        return folder

    def promote(self, version: str) -> None:
        """Makes a saved version the current one, after reading it once in full. Raises UntrustedModel if it is not sound."""
        load_artefact(self.folder / version)
        manifest = (self.folder / version / MANIFEST_FILE).read_bytes()
        _write_atomically(self.folder / POINTER_FILE, {"version": version, "manifest_sha256": _sha256(manifest)})


def load_artefact(folder: Path) -> Artefact:
    """The model in a version's folder: sizes first, then hashes against the manifest, then contents.

    Raises UntrustedModel for every mismatch; nothing is unpacked or interpreted before its hash is right.
    """
    manifest = _manifest(folder)
    contents = {name: _bytes_of(folder / name, most) for name, most in _MOST_BYTES.items()}
    _must_have_hashes(contents, manifest)
    return artefact.read(contents[ARRAYS_FILE], contents[SETTINGS_FILE])


def manifest_of(folder: Path, *, whole: bool = True) -> dict[str, str]:
    """File name → sha256 as the manifest in a version's folder says. `whole`: the files must be there and have these hashes.

    Raises UntrustedModel for a manifest of another form, and for other files.
    """
    manifest = _manifest(folder)
    if whole:
        _must_have_hashes({name: _bytes_of(folder / name, most) for name, most in _MOST_BYTES.items()}, manifest)
    return manifest


def _manifest(folder: Path) -> dict[str, str]:
    manifest = _json_of(_bytes_of(folder / MANIFEST_FILE, MAX_JSON_BYTES), MANIFEST_FILE)
    if set(manifest) != {ARRAYS_FILE, SETTINGS_FILE}:
        raise UntrustedModel(f"{MANIFEST_FILE} must name exactly {ARRAYS_FILE} and {SETTINGS_FILE}; restore it")
    return manifest


def _must_have_hashes(contents: dict[str, bytes], manifest: dict[str, str]) -> None:
    for name, content in contents.items():
        if _sha256(content) != manifest[name]:
            raise UntrustedModel(f"{name} does not have the hash in {MANIFEST_FILE}; restore it from the release")


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise UntrustedModel(f"{path.name} of the model is missing; run `make train` or restore it") from error
    if len(content) > most:
        raise UntrustedModel(f"{path.name} is larger than {most} bytes; restore it from the release")
    return content


def _json_of(content: bytes, name: str) -> dict[str, str]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise UntrustedModel(f"{name} is no JSON; restore it from the release") from error
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise UntrustedModel(f"{name} is not of the expected form; restore it from the release")
    return value


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write_atomically(path: Path, value: dict[str, str]) -> None:
    # A name of its own: two who write at once must not write into each other's file.
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    unfinished.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unfinished.replace(path)
