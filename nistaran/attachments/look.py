"""The one door to an attachment: looks at what a file is and shows, whatever its name says, in a process of its own.

Not here: the reading (read.py), what is done with the facts (steps/).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from nistaran.attachments.limits import Limits
from nistaran.attachments.signature import HEAD_BYTES, OPENED, kind_of, name_fits
from nistaran.domain.attachment_facts import Damaged, FileKind, Look, Trouble, UnknownFacts, look_from_json

_READER = "nistaran.attachments.alone"
_READY = b"ready\n"
#: What Python needs to start; settings and passwords of the house stay away from a process that reads strangers' bytes.
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TZ")


def look_at(path: Path, name: str, *, limits: Limits | None = None) -> Look:
    """What an attachment shows. `name` is what the office called it: only its end is looked at; `path` may be named otherwise.

    Takes a third of a second of the processor for most files, and never more than the limits say in time and memory.

    Raises:
        OSError: when the world (disk, share, process table) does not give the bytes or a process. Nothing else, whatever the bytes are.
    """
    limits = limits or Limits()
    if not path.is_file():
        raise FileNotFoundError(
            "the attachment is not there or is no plain file; look whether the object store is reachable"
        )
    with path.open("rb") as file:
        data = file.read(limits.max_file_bytes + 1)
    kind = kind_of(data[:HEAD_BYTES])
    return replace(_look(data, kind, limits), name_fits=name_fits(name, kind) or not data)


def _look(data: bytes, kind: FileKind, limits: Limits) -> Look:
    if not data:
        return Damaged(kind=kind, trouble=Trouble.EMPTY)
    if kind not in OPENED:
        return UnknownFacts(kind=kind)
    if len(data) > limits.max_file_bytes:
        return Damaged(kind=kind, trouble=Trouble.TOO_LARGE)
    return _read_alone(data, kind, limits)


def _read_alone(data: bytes, kind: FileKind, limits: Limits) -> Look:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", _READER, json.dumps(asdict(limits)), kind.value],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=limits.wall_seconds,
            check=False,
        )
        said, ended = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        said, ended = late.stdout or b"", -1
    if not said.startswith(_READY):
        raise OSError(
            f"the reader of attachments did not start (ended with {ended}); run python -m {_READER} '{{}}' to see why"
        )
    try:
        return look_from_json(json.loads(said.removeprefix(_READY)))
    except (ValueError, KeyError, TypeError):
        return Damaged(kind=kind, trouble=Trouble.TOO_COSTLY)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    path = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
    # one thread: numpy's others would each take their share of the bounded addresses
    return kept | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
