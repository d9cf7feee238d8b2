"""What a file is, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from nistaran.readers.limits import Limits
from tests.readers.support import read, read_bytes

CSV = "शिकायत का विवरण,मोबाइल\nनाली जाम है,9415012345\n"
HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><th>विवरण</th></tr></table></html>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "EMPTY_FILE"),
        ("a.xlsx", b"", "EMPTY_FILE"),
        ("a.csv", b" \r\n\n ", "EMPTY_FILE"),
        ("a.csv", b"\xef\xbb\xbf", "EMPTY_FILE"),
        ("a.csv", b"\xff\xfe\r\x00\n\x00", "EMPTY_FILE"),
        ("a.csv", bytes(5_000), "NUL_BYTES"),
        ("a.xlsx", CSV.encode(), "WRONG_EXTENSION"),
        ("a.xlsx", HTML.encode(), "HTML_TABLE"),
        ("a.xls", ("\ufeff" + HTML).encode("utf-16-le"), "HTML_TABLE"),
        ("a.csv", HTML.encode(), "HTML_TABLE"),
        ("a.xls", OLE, "OLD_XLS"),
        ("a.xlsx", OLE, "OLD_XLS"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "PASSWORD_PROTECTED"),
        ("a.csv", b"PK\x03\x04" + bytes(100), "WRONG_EXTENSION"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "TRUNCATED_XLSX"),
        ("a.csv", b"%PDF-1.4\n", "WRONG_EXTENSION"),
        ("a.pdf", b"%PDF-1.4\n", "UNSUPPORTED_FILE"),
        ("a.csv", bytes(range(256)) * 20, "WRONG_EXTENSION"),
        ("a.xlsx", b'{"text": "a"}\n', "WRONG_EXTENSION"),
        ("a.doc", CSV.encode(), "UNSUPPORTED_FILE"),
        ("noend", CSV.encode(), "UNSUPPORTED_FILE"),
        ("a.xls", CSV.encode(), "UNSUPPORTED_FILE"),
    ],
)
def test_files_that_are_not_what_they_say(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    result = read_bytes(tmp_path, content, name)
    assert [(r.row, r.code.value) for r in result.refusals] == [(None, code)]
    assert result.records == []
    assert result.refusals[0].remedy_hi


def test_the_name_counts_and_not_the_path(tmp_path: Path) -> None:
    path = tmp_path / "0f3c"
    path.write_text(CSV, encoding="utf-8")
    assert len(read(path, name="List.CSV").records) == 1
    assert read(path, name="List.xlsx").refusals[0].file == "List.xlsx"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, CSV, limits=Limits(max_file_bytes=20)).codes == ["FILE_TOO_LARGE"]


def test_the_world_failing_is_an_exception(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        read(tmp_path / "missing.csv")


def test_refusals_and_notes_never_hold_the_text(tmp_path: Path) -> None:
    secret = "गुप्तवाक्य"
    lines = [
        f"1,{secret},31/02/2024",
        f'2,"{secret}',
        f"3,{secret},12/06/2024,{secret}",
        f"4,{'क' * 200_000}{secret},12/06/2024",
    ]
    result = read_bytes(tmp_path, "शिकायत संख्या,विवरण,दिनांक\n" + "\n".join(lines) + "\n")
    assert len(result.refusals) >= 3
    assert secret not in repr(result.refusals) + repr(result.notes)


def test_zip_signature_with_nothing_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("a.txt", "x")
    assert read(tmp_path / "a.xlsx").codes == ["UNSUPPORTED_FILE"]
