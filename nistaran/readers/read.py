"""The one door to all readers: looks at what a file is, whatever its name says, and reads it or refuses it by name.

Not here: how each kind is read (separated.py, workbook.py, jsonlines.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.headers import HeaderAliases
from nistaran.readers.jsonlines import read_json_array, read_json_lines
from nistaran.readers.limits import Limits
from nistaran.readers.record import Note, Record
from nistaran.readers.separated import read_separated
from nistaran.readers.signature import Kind, kind_of
from nistaran.readers.workbook import read_workbook

_MB = 1_000_000
_EXPECTED: dict[str, tuple[Kind, ...]] = {
    ".csv": (Kind.TEXT, Kind.JSON_ARRAY, Kind.JSON_LINES),
    ".tsv": (Kind.TEXT,),
    ".txt": (Kind.TEXT, Kind.JSON_ARRAY, Kind.JSON_LINES),
    ".xlsx": (Kind.ZIP,),
    ".xlsm": (Kind.ZIP,),
    ".jsonl": (Kind.JSON_LINES, Kind.TEXT, Kind.JSON_ARRAY),
    ".ndjson": (Kind.JSON_LINES, Kind.TEXT, Kind.JSON_ARRAY),
    ".json": (Kind.JSON_ARRAY, Kind.JSON_LINES, Kind.TEXT),
}
_JSON = (".jsonl", ".ndjson", ".json")
_ALWAYS_REFUSED: dict[Kind, RefusalCode] = {
    Kind.EMPTY: RefusalCode.EMPTY_FILE,
    Kind.NULS: RefusalCode.NUL_BYTES,
    Kind.HTML: RefusalCode.HTML_TABLE,
    Kind.OLE: RefusalCode.OLD_XLS,
    Kind.OLE_ENCRYPTED: RefusalCode.PASSWORD_PROTECTED,
}


def read_records(path: Path, *, name: str, aliases: HeaderAliases, limits: Limits) -> Iterator[Record | Refusal | Note]:
    """Read the file, whatever it is: its records in order, with refusals of rows and notes between them.

    `name` is the file's name as the operator knows it (its end says what it claims to be); `path` may be named otherwise.
    A file that cannot be taken gives one Refusal with row None and nothing after it. Memory is flat for CSV and JSON Lines.

    Raises:
        OSError: when the world (disk, share) does not give the bytes. Nothing else, whatever the bytes are.
    """
    suffix = Path(name).suffix.lower()
    kind = kind_of(path)
    refusal = _refused(path, name, suffix, kind, limits)
    if refusal is not None:
        yield refusal
    elif suffix in (".xlsx", ".xlsm"):
        yield from read_workbook(path, name=name, aliases=aliases, limits=limits)
    elif suffix in _JSON and kind is Kind.JSON_ARRAY:
        yield from read_json_array(path, name=name, aliases=aliases, limits=limits)
    elif suffix in _JSON:
        yield from read_json_lines(path, name=name, aliases=aliases, limits=limits)
    else:
        yield from read_separated(path, name=name, aliases=aliases, limits=limits)


def _refused(path: Path, name: str, suffix: str, kind: Kind, limits: Limits) -> Refusal | None:
    size = path.stat().st_size
    if size > limits.max_file_bytes:
        return refuse(RefusalCode.FILE_TOO_LARGE, file=name, size=size // _MB, limit=limits.max_file_bytes // _MB)
    if kind in _ALWAYS_REFUSED:
        return refuse(_ALWAYS_REFUSED[kind], file=name)
    if suffix not in _EXPECTED:
        return refuse(RefusalCode.UNSUPPORTED_FILE, file=name, kind=suffix or kind.value)
    if kind not in _EXPECTED[suffix]:
        return refuse(RefusalCode.WRONG_EXTENSION, file=name, expected=suffix, found=kind.value)
    if kind is Kind.JSON_ARRAY and suffix in _JSON and size > limits.max_json_array_bytes:
        return refuse(RefusalCode.JSON_TOO_LARGE, file=name, size=size // _MB, limit=limits.max_json_array_bytes // _MB)
    return None
