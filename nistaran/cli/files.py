"""`nistaran files`: the raw files that came, what became of their rows, and what their readers noticed.

Not here: taking files in (work.py), refused rows (look.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import print_json, print_table, say
from nistaran.domain.deadlines import IST

if TYPE_CHECKING:
    from nistaran.steps.remarks import FileRemarks

#: What became of a file's rows, as columns of a table.
COUNTS = ("पंक्तियाँ / rows", "प्रकरण / cases", "पूर्व से ज्ञात / known", "अस्वीकृत / refused")
_STATE_HI = {"KEPT": "पढ़ना शेष / not read to the end", "READ": "पढ़ी गई / read"}


def files(
    limit: Annotated[int, typer.Option(min=1, help="so many, the newest first")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """List the files that came: what became of their rows, and unknown columns, encodings and conversions."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.remarks import newest_files

    with open_house(load()) as house:
        found = newest_files(house, limit=limit)
    if as_json:
        print_json({"files": [_json(one) for one in found]})
    else:
        _print(found)


def _print(found: list[FileRemarks]) -> None:
    if not found:
        say("अब तक कोई फ़ाइल नहीं आई / no file has come yet")
        return
    headers = ["आई / came", "फ़ाइल / file", "स्थिति / state", *COUNTS]
    rows = [
        (
            one.file.received_at.astimezone(IST).strftime("%d.%m.%Y %H:%M"),
            one.file.name,
            _STATE_HI[one.file.state.value],
            one.file.counts.rows,
            one.file.counts.accepted,
            one.file.counts.known,
            one.file.counts.refused,
        )
        for one in found
    ]
    print_table("फ़ाइलें / files", headers, rows)
    for one in found:
        for note in one.notes:
            say(f"{one.file.name}: {note.message_hi} / {note.message_en}")


def _json(one: FileRemarks) -> dict[str, Any]:
    counts = one.file.counts
    return {
        "file": one.file.name,
        "sha256": one.file.sha256,
        "received_at": one.file.received_at,
        "state": one.file.state.value,
        "rows": counts.rows,
        "accepted": counts.accepted,
        "known": counts.known,
        "refused": counts.refused,
        "notes": [{"code": note.code, "detail": note.detail, "en": note.message_en} for note in one.notes],
    }
