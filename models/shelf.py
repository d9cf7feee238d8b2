"""The files of model versions in the house's object store, each under its hash, and copies of them on this machine.

A worker on another machine fetches a version by the hash of its manifest. Not here: which version is live (models/promotion.py), what
the files contain (models/artefact.py).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from models.artefact import ARRAYS_FILE, SETTINGS_FILE, Artefact
from models.journal import Objects
from models.registry import MANIFEST_FILE, MAX_JSON_BYTES, Registry, manifest_of
from nistaran.domain.errors import ObjectDamaged, ObjectMissing, UntrustedModel
from nistaran.domain.promotion import Kept

PREFIX = "models/files/"
CARD_FILE = "card.md"
_VERSION = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


class Shelf:
    """Versions by manifest hash. `folder` holds this machine's copies; it may be lost at any time."""

    def __init__(self, objects: Objects, folder: Path) -> None:
        """Nothing is opened yet."""
        self._objects, self._folder = objects, folder

    def keep(self, trained: Artefact) -> Kept:
        """Write a trained model's files and keep them. Safe to repeat."""
        with TemporaryDirectory() as aside:
            return self.keep_folder(Registry(Path(aside)).save(trained), trained.settings.version)

    def keep_folder(self, folder: Path, version: str) -> Kept:
        """Keep the files of a version that lies in a folder. Raises UntrustedModel when they are not what their manifest says."""
        manifest = manifest_of(folder)
        content = (folder / MANIFEST_FILE).read_bytes()
        kept = Kept(version=version, manifest_sha256=hashlib.sha256(content).hexdigest())
        try:
            for name, sha256 in sorted(manifest.items()):
                self._objects.put(PREFIX + sha256, folder / name, sha256=sha256)
        except ObjectDamaged:
            raise UntrustedModel(f"the files of {version} changed while they were kept; train again") from None
        # The manifest last: when it is there, all that it names is there.
        self._objects.put_bytes(PREFIX + kept.manifest_sha256, content)
        return kept

    def fetch(self, kept: Kept) -> Path:
        """This machine's folder of the version, fetched when it is not there or was damaged.

        Raises:
            UntrustedModel: when the object store does not have the files, or has others.
        """
        if not _VERSION.fullmatch(kept.version):
            raise UntrustedModel("a version's name has other letters than a-z, 0-9, . and -; train again")
        place = self._folder / f"{kept.version}.{kept.manifest_sha256[:12]}"
        if not _is_whole(place, kept):
            self._copy(kept, place)
        return place

    def _copy(self, kept: Kept, place: Path) -> None:
        """Beside, then under its name in one step, so that nobody ever reads half a model."""
        aside = self._folder / f".incoming-{secrets.token_hex(8)}"
        aside.mkdir(parents=True)
        try:
            self._objects.fetch(PREFIX + kept.manifest_sha256, aside / MANIFEST_FILE, sha256=kept.manifest_sha256)
            for name, sha256 in manifest_of(aside, whole=False).items():
                self._objects.fetch(PREFIX + sha256, aside / name, sha256=sha256)
            if place.exists():  # damaged: it is replaced
                place.rename(aside.with_name(aside.name + "-old"))
            aside.rename(place)
        except (ObjectMissing, ObjectDamaged):
            raise UntrustedModel(f"the files of {kept.version} are not in the object store as they were kept") from None
        except OSError:
            if not _is_whole(place, kept):  # another process brought it in the same moment
                raise
        finally:
            for rest in (aside, aside.with_name(aside.name + "-old")):
                shutil.rmtree(rest, ignore_errors=True)


def _is_whole(place: Path, kept: Kept) -> bool:
    try:
        content = (place / MANIFEST_FILE).read_bytes()
        if len(content) > MAX_JSON_BYTES or hashlib.sha256(content).hexdigest() != kept.manifest_sha256:
            return False
        hashes = json.loads(content)
        return all(_sha256_of(place / name) == hashes[name] for name in (ARRAYS_FILE, SETTINGS_FILE))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sha256_of(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
