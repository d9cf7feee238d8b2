"""Keep: raw files come into the house unchanged, create-only and under their hash, before anything is parsed.

Not here: reading them (ingest.py).
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.errors import ObjectMissing
from nistaran.domain.records import KeptFile
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.world import Inbox

log = logging.getLogger(__name__)


def keep_file(house: House, path: Path, *, name: str, source: str) -> KeptFile:
    """Put the raw bytes into the object store, unchanged and create-only, and register them. Nothing is parsed yet.

    The same bytes are kept once, whoever brings them. Order: object first, row second, so that no row points at nothing (P11).
    """
    sha256 = _sha256(path)
    key = f"raw/{sha256[:2]}/{sha256}"
    if not house.objects.exists(key):
        house.objects.put(key, path, sha256=sha256)
    fault("after_raw_put")
    kept = KeptFile(
        sha256=sha256, name=name, object_key=key, size=path.stat().st_size, source=source, received_at=house.clock.now()
    )
    with house.work() as work:
        if not work.files.add(kept):
            _read_under_new_name(work, kept)
        work.commit()
    with house.read() as work:
        return work.files.get(sha256) or kept


def _read_under_new_name(work: UnitOfWork, kept: KeptFile) -> None:
    """A file from which nothing was taken (wrong ending, say) comes again under a better name: it is read once more."""
    known = work.files.get(kept.sha256)
    if known is None or known.name == kept.name or known.counts.accepted or known.counts.known:
        return
    work.files.reopen(kept.sha256, name=kept.name, source=kept.source)
    work.refusals.correct(
        [row.id for row in work.refusals.open_rows() if row.file_sha256 == kept.sha256 and row.row is None]
    )


def collect(house: House, inbox: Inbox, *, source: str) -> list[KeptFile]:
    """Keep every file that lies in the inbox now, then move each out of the way."""
    kept: list[KeptFile] = []
    for name in inbox.names():
        try:
            with TemporaryDirectory(dir=house.spool) as folder:
                copy = Path(folder) / "file"
                inbox.fetch(name, copy)
                kept.append(keep_file(house, copy, name=name, source=source))
            inbox.done(name)
        except (ObjectMissing, ValueError, OSError) as error:  # it left meanwhile, or cannot be read: the others go on
            log.warning("a file of the inbox was left", extra={"error": type(error).__name__})
    return kept


def unread(house: House) -> list[KeptFile]:
    """Files that are kept but not read to the end: new ones and those that a crash left half read."""
    with house.read() as work:
        return work.files.unread()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
