"""Every bad file of the daily tests and what must become of it. Not here: bombs that take long (test_heavy.py)."""

from __future__ import annotations

from dataclasses import dataclass

from samples.broken import bomb, scan, web_page
from tests.bad_input import files
from tests.bad_input.files import GOOD, Maker, around, csv_of, good, json_rows, lines, raw, xlsx, xlsx_rows
from tests.files import HEADERS

Refused = tuple[str, int | None, str]  #: code, row (None: the whole file), field


@dataclass(frozen=True, slots=True, kw_only=True)
class BadFile:
    """A file, what is refused in it, how many of its rows become cases, and the codes of the notes that it must cause."""

    name: str
    make: Maker
    refused: tuple[Refused, ...]
    taken: int = 0
    notes: tuple[str, ...] = ()


def _whole(name: str, code: str, content: bytes) -> BadFile:
    return BadFile(name=name, make=raw(content), refused=((code, None, ""),))


def _row(name: str, code: str, field: str, make: Maker, *, at: int = 3, taken: int = 2) -> BadFile:
    return BadFile(name=name, make=make, refused=((code, at, field),), taken=taken)


_TEXT, _REFERENCE = HEADERS["text"], HEADERS["reference"]
_NUMBER = HEADERS["phone"]

WHOLE_FILES = (
    _whole("खाली.csv", "EMPTY_FILE", b""),
    _whole("blank.csv", "EMPTY_FILE", b"\xef\xbb\xbf\r\n \r\n"),
    _whole("empty.xlsx", "EMPTY_FILE", b"\r\n"),
    _whole("pdf.csv", "WRONG_EXTENSION", scan()),
    _whole("csv.xlsx", "WRONG_EXTENSION", f"{_REFERENCE},{_TEXT}\n1,{GOOD}\n".encode()),
    _whole("page.xlsx", "HTML_TABLE", web_page()),
    _whole("old.xlsx", "OLD_XLS", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048)),
    _whole("truncated.xlsx", "TRUNCATED_XLSX", files.truncated()),
    _whole("bomb.xlsx", "ZIP_BOMB", bomb(60)),
    _whole("lying-bomb.xlsx", "TRUNCATED_XLSX", files.lying_bomb()),
    _whole("entities.xlsx", "UNSAFE_XML", files.with_entities()),
    _whole("zeros.csv", "NUL_BYTES", bytes(50_000)),
    _whole("no-header.csv", "NO_HEADER", f"1,2,3\n4,5,6\n7,8,{GOOD}\n".encode()),
    _whole("no-text-column.csv", "NO_TEXT_COLUMN", f"{_REFERENCE},{HEADERS['name']},{_NUMBER}\n1,a,2\n".encode()),
    _whole("header-only.csv", "NO_ROWS", f"{_REFERENCE},{_TEXT}\r\n".encode()),
)

ROWS = (
    _row("no-text.csv", "NO_TEXT", "text", csv_of(around(1100, text=""))),
    _row("only-invisible.csv", "NO_TEXT", "text", csv_of(around(1110, text="\u200b \u2060\ufeff"))),
    _row("future.csv", "FUTURE_DATE", "received_on", csv_of(around(1120, received_on="05/11/2062"))),
    _row("channel.csv", "UNKNOWN_CHANNEL", "channel", csv_of(around(1130, channel="कबूतर डाक"))),
    _row("no-such-day.csv", "BAD_DATE", "received_on", csv_of(around(1140, received_on="31/02/2026"))),
    _row("rounded.csv", "NUMBER_DAMAGED", "reference", csv_of(around(1150, reference="4.00184E+13"))),
    _row("formula.xlsx", "FORMULA_CELL", "text", raw(xlsx(xlsx_rows(1160, "=E2")))),
    _row(
        "too-wide.csv",
        "ROW_TOO_WIDE",
        "",
        lines((_REFERENCE, _TEXT), f"1170,{GOOD}", f"1171,{GOOD},और,और", f"1172,{GOOD}"),
    ),
    _row(
        "quote.csv",
        "UNCLOSED_QUOTE",
        "",
        lines((_REFERENCE, _NUMBER, _TEXT), f"1180,,{GOOD}", f'1181,,"{GOOD}', f"1182,,{GOOD}"),
    ),
    _row("broken.jsonl", "BAD_JSON", "", raw(json_rows(1190, '{"reference": "1', "\n")), at=2),
    _row("nested.jsonl", "NESTED_VALUE", "text", raw(json_rows(1200, '{"reference": "1", "text": ["a"]}')), at=2),
    _row(
        "torn-end.csv",
        "NO_TEXT",
        "text",
        raw(f"{_REFERENCE},{_TEXT}\n1210,{GOOD}\n1211,{GOOD}\n".encode() + bytes(50_000)),
        at=4,
    ),
    _row("long.csv", "FIELD_TOO_LONG", "", lambda path: files.long_field(path, characters=20_000_000)),
)

#: Files that look bad and are taken whole.
TAKEN = (
    BadFile(name="formula-text.csv", make=csv_of(around(1300, text=f"=HYPERLINK(A1) {GOOD}")), refused=(), taken=3),
    BadFile(name="nul-in-text.csv", make=csv_of(around(1310, text=f"{GOOD[:30]}\0\0{GOOD[30:]}\0")), refused=(), taken=3),
    BadFile(name="marks.csv", make=csv_of(around(1320, text=f"ख{files.marks()}म्भा टूटा {GOOD}")), refused=(), taken=3),
    BadFile(name="marks.jsonl", make=raw(json_rows(1330, f'{{"reference": "1332", "text": "ख{files.marks()} {GOOD}"}}')),
            refused=(), taken=3),
    BadFile(name="devanagari.csv", make=csv_of([good(1340, reference="40018426001340"),
            good(1341, text=f"पूर्व शिकायत संख्या ४००१८४२६००१३४० का फर्जी निस्तारण हुआ {GOOD}")]), refused=(), taken=2),
    BadFile(name="damaged.csv", make=csv_of([good(1350), good(1351, text=files.DAMAGED)]), refused=(), taken=2),
    BadFile(name="one-column.csv", make=lines((_TEXT,), f"{GOOD} एक", f"{GOOD} दो"), refused=(), taken=2),
    BadFile(name="headers-twice.csv", refused=(), taken=1, notes=("COLUMNS_JOINED", "COLUMNS_JOINED", "UNKNOWN_HEADER"),
            make=lines((_REFERENCE, _NUMBER, _TEXT, _NUMBER, _TEXT, "अनजान"), f"1360,9000007771,{GOOD},9000007772,दूसरा भाग,शेष")),
)  # fmt: skip

ALL = (*WHOLE_FILES, *ROWS, *TAKEN)

#: Files that are fed one at a time, so that exit code, time and memory are theirs alone; starting Python is what takes long.
_ALONE = ("खाली.csv", "pdf.csv", "page.xlsx", "truncated.xlsx", "bomb.xlsx", "no-text.csv", "future.csv", "channel.csv",
          "formula.xlsx", "long.csv", "marks.csv")  # fmt: skip
RUNS: tuple[tuple[BadFile, ...], ...] = (
    *((bad,) for bad in ALL if bad.name in _ALONE),
    tuple(bad for bad in WHOLE_FILES if bad.name not in _ALONE),
    tuple(bad for bad in ROWS if bad.name not in _ALONE),
    tuple(bad for bad in TAKEN if bad.name not in _ALONE),
)
