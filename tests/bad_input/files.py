"""Bad files, one function a kind, each with good rows beside the bad one where the kind allows it.

Every file has references of its own, so that all of them can go into one house. Not here: what must become of them.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from samples.broken import bomb
from tests.files import HEADERS, row, write_csv

#: Words of the complainants in these files, which must never be seen on standard error.
SECRETS = ("रहस्यमणि", "9000007771", "गोपनीयशब्द")
NAME, PHONE, WORD = SECRETS
GOOD = f"{WORD} हमारे गांव का ट्रांसफार्मर पांच दिन से जला पड़ा है बिजली नहीं आ रही है लाइनमैन सुनता नहीं"
#: Text as it comes out of a PDF: signs before their letters, two signs in a row, words torn apart.
DAMAGED = "सवेा मे ंश्ीमान िजला अिधकारी महोदय िनवदेन है िक मरेे गांव का खंभा िगर गया है ंतार खते मे ंपड़ा है"

Row = Mapping[str, str]
Maker = Callable[[Path], Path]


def good(serial: int, **values: str) -> dict[str, str]:
    """A row that can be taken."""
    text = f"{GOOD} मामला {serial}"
    return row(**{"text": text, "name": NAME, "phone": PHONE, "reference": f"{serial:014d}", **values})


def around(serial: int, **values: str) -> list[Row]:
    """A good row, one with the given values, a good row: rows 2, 3 and 4 of a file."""
    return [good(serial), good(serial + 1, **values), good(serial + 2)]


def csv_of(rows: Sequence[Row]) -> Maker:
    return lambda path: write_csv(path, rows)


def raw(content: bytes) -> Maker:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def lines(headers: Sequence[str], *rows: str) -> Maker:
    """A CSV written out by hand."""
    return raw("\r\n".join([",".join(headers), *rows, ""]).encode())


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append(list(cells))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_rows(serial: int, text: str) -> list[Sequence[object]]:
    """Headers, a good row, a row with this text, a good row."""
    fields = ("reference", "received_on", "name", "phone", "text")
    found: list[Sequence[object]] = [[HEADERS[field] for field in fields]]
    found += [[one[field] for field in fields] for one in around(serial, text=text)]
    return found


def truncated() -> bytes:
    whole = xlsx(xlsx_rows(100, GOOD))
    return whole[: len(whole) // 2]


def lying_bomb(megabytes: int = 60) -> bytes:
    """A bomb whose list of contents says that it is small."""
    content = bytearray(bomb(megabytes))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        real = package.getinfo("xl/worksheets/sheet1.xml").file_size
    at = -1
    while (at := content.find(struct.pack("<I", real), at + 1)) >= 0:
        content[at : at + 4] = struct.pack("<I", 4096)
    return bytes(content)


def with_entities() -> bytes:
    """A workbook whose sheet declares an entity that names a file of the machine."""
    source, out = io.BytesIO(xlsx(xlsx_rows(110, GOOD))), io.BytesIO()
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(out, "w") as package:
        for part in whole.infolist():
            data = whole.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + data
            package.writestr(part.filename, data)
    return out.getvalue()


def json_rows(serial: int, *middle: str) -> bytes:
    """JSON Lines: a good line, these lines, a good line."""
    first, last = (json.dumps(good(number), ensure_ascii=False) for number in (serial, serial + 1))
    return "".join(f"{line}\n" for line in (first, *middle, last)).encode()


def marks(count: int = 80_000) -> str:
    """Combining marks in the order that costs a normaliser most: the two classes by turns."""
    return "\u0301\u0316" * (count // 2)


def long_field(path: Path, *, characters: int) -> Path:
    """Good rows, a row whose text never seems to end, a good row."""
    headers = ",".join(HEADERS[field] for field in ("reference", "name", "phone", "text"))
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{headers}\n00000000000901,{NAME},{PHONE},{GOOD} १\n00000000000902,{NAME},{PHONE},")
        for _ in range(characters // 1_000_000):
            file.write("x" * 1_000_000)
        file.write(f"\n00000000000903,{NAME},{PHONE},{GOOD} ३\n")
    return path


def endless_field(path: Path, *, size: int) -> Path:
    """Good rows for 100 kB, then a quote that opens a field of `size` bytes. Most of it is a hole: it takes no disk."""
    headers = ",".join(HEADERS[field] for field in ("reference", "name", "phone", "text"))
    with path.open("wb") as file:
        file.write(f"{headers}\n".encode())
        for serial in range(400):
            file.write(f"{9_000_000 + serial:014d},{NAME},{PHONE},{GOOD} मामला {serial}\n".encode())
        file.write(f'00000000999999,{NAME},{PHONE},"'.encode())
        file.truncate(file.tell() + size)
    return path
