"""Attachments of a report: kept unchanged under their hash, create-only, with what can be read from them.

Not here: reading them (nistaran/attachments), what it means for a report (closing.attachment_checks).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from nistaran.attachments.look import look_at
from nistaran.domain.cleaning import clean
from nistaran.domain.office_report import Attachment
from nistaran.steps.house import House

_NAME_LETTERS = 120


def keep_attachments(house: House, paths: Sequence[Path]) -> tuple[Attachment, ...]:
    """Keep each file and look at it; one that is damaged is kept too and says so.

    Raises:
        OSError: when a file cannot be read. WorldAway: when the object store does not answer.
    """
    return tuple(_keep(house, path) for path in paths)


def _keep(house: House, path: Path) -> Attachment:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key = f"attachments/{sha256[:2]}/{sha256}"
    if not house.objects.exists(key):
        house.objects.put(key, path, sha256=sha256)
    facts = look_at(path, path.name).to_json()
    return Attachment(sha256=sha256, name=clean(path.name)[:_NAME_LETTERS], size=path.stat().st_size, facts=facts)
