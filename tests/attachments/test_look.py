"""The door to attachments: the kind by content, the reader in its own process, and what happens when that does not come back."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from nistaran.attachments.limits import Limits
from nistaran.attachments.look import look_at
from nistaran.domain.attachment_facts import (
    Damaged,
    FileKind,
    Look,
    PdfFacts,
    PhotoFacts,
    Trouble,
    UnknownFacts,
    look_from_json,
)
from tests.attachments.pdfs import with_text
from tests.attachments.pictures import camera, encoded, places, scene

JPEG = encoded(scene(1), exif=camera(places=places(27.2961, 83.0923)))


def look(folder: Path, data: bytes, name: str, limits: Limits | None = None) -> Look:
    path = folder / "kept"
    path.write_bytes(data)
    return look_at(path, name, limits=limits)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return file.getvalue()


def test_a_photo(tmp_path: Path) -> None:
    facts = look(tmp_path, JPEG, "स्थल फोटो.JPG")
    assert isinstance(facts, PhotoFacts)
    assert (facts.format, facts.latitude, facts.legible, facts.name_fits) == (FileKind.JPEG, 27.2961, True, True)


def test_a_pdf(tmp_path: Path) -> None:
    facts = look(tmp_path, with_text("Order No. 417 of 12.06.2026 is complied with"), "आख्या.pdf")
    assert isinstance(facts, PdfFacts)
    assert (facts.pages, facts.legible, facts.name_fits) == (1, True, True)


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    assert isinstance(look(tmp_path, JPEG, "a.pdf"), PhotoFacts)
    facts = look(tmp_path, with_text("Order No. 417 of 12.06.2026"), "a.jpg")
    assert isinstance(facts, PdfFacts)
    assert not facts.name_fits


@pytest.mark.parametrize(
    ("data", "name", "kind", "fits"),
    [
        (zipped(), "a.pdf", FileKind.ZIP, False),
        (zipped(), "a.docx", FileKind.ZIP, True),
        (b"<!DOCTYPE html><html><body>%PDF</body></html>", "a.jpg", FileKind.HTML, False),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", FileKind.SVG, True),
        (b'<svg onload="alert(1)"/>', "a.png", FileKind.SVG, False),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "a.doc", FileKind.OLE, True),
        (b"\0\0\0\x18ftypheic" + bytes(100), "a.heic", FileKind.HEIC, True),
        (b"\0\0\0\x18ftypmp42" + bytes(100), "a.mp4", FileKind.VIDEO, True),
        ("बीएम नाली साफ करा दी गयी".encode(), "a.txt", FileKind.TEXT, True),
        (b"BM as a text begins", "a.bmp", FileKind.TEXT, False),
        (b"\x7fELF" + bytes(100), "a.bin", FileKind.OTHER, True),
        (b"\xff" * 100, "no end", FileKind.OTHER, True),
    ],
)
def test_what_is_neither(tmp_path: Path, data: bytes, name: str, kind: FileKind, fits: bool) -> None:
    assert look(tmp_path, data, name) == UnknownFacts(kind=kind, name_fits=fits)


def test_nothing_at_all(tmp_path: Path) -> None:
    assert look(tmp_path, b"", "a.jpg") == Damaged(kind=FileKind.OTHER, trouble=Trouble.EMPTY)


def test_more_bytes_than_are_read(tmp_path: Path) -> None:
    assert look(tmp_path, JPEG, "a.jpg", Limits(max_file_bytes=1000)) == Damaged(
        kind=FileKind.JPEG, trouble=Trouble.TOO_LARGE
    )


@pytest.mark.parametrize("data", [JPEG[:2000], JPEG[:3], JPEG[: len(JPEG) // 2], b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"])
def test_a_file_cut_off(tmp_path: Path, data: bytes) -> None:
    facts = look(tmp_path, data, "a")
    assert isinstance(facts, Damaged)
    assert facts.trouble is Trouble.BROKEN


@pytest.mark.parametrize("name", ["not there", "."])
def test_what_is_no_file_is_the_worlds_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="attachment"):
        look_at(tmp_path / name, "a.jpg")


def test_facts_survive_being_kept() -> None:
    when = {"taken_at": "2026-06-12T16:30:05+05:30", "offset_assumed": True, "latitude": None, "longitude": None}
    seen = {
        "made_by_phone": True,
        "picture_hash": "00ff00ff00ff00ff",
        "contrast": 200,
        "sharpness": 310.5,
        "legible": True,
    }
    photo = {"look": "photo", "format": "JPEG", "width": 800, "height": 600, **when, **seen, "name_fits": True}
    assert look_from_json(photo).to_json() == photo


class Stub:
    """Stands in for the interpreter, so that the reader's process does what a test wants."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._path = folder / "python"
        self._monkeypatch = monkeypatch

    def does(self, script: str) -> None:
        self._path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        self._path.chmod(0o700)
        self._monkeypatch.setattr(sys, "executable", str(self._path))


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stub:
    if sys.platform == "win32":
        pytest.skip("a script stands in for the interpreter")
    return Stub(tmp_path, monkeypatch)


@pytest.mark.parametrize("script", ["exit 1", "echo nonsense", "exec sleep 60"], ids=["fails", "other", "hangs"])
def test_a_reader_that_does_not_start_is_no_damaged_file(tmp_path: Path, stub: Stub, script: str) -> None:
    stub.does(script)
    with pytest.raises(OSError, match="did not start"):
        look(tmp_path, JPEG, "a.jpg", Limits(wall_seconds=0.5))


@pytest.mark.parametrize("script", ["exit 139", 'echo \'{"look": "ph\'', "echo '{\"look\": 1}'", "exec sleep 60"])
def test_a_reader_that_does_not_come_back_cost_too_much(tmp_path: Path, stub: Stub, script: str) -> None:
    stub.does(f"echo ready\n{script}")
    damaged = Damaged(kind=FileKind.JPEG, trouble=Trouble.TOO_COSTLY)
    assert look(tmp_path, JPEG, "a.jpg", Limits(wall_seconds=3.0)) == damaged


def test_the_reader_knows_no_secret_and_no_name(tmp_path: Path, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NISTARAN_MAIL_PASSWORD", "s3cret")
    told = tmp_path / "told"
    stub.does(f"(env; echo $@) > {told}; exit 1")
    with pytest.raises(OSError, match="did not start"):
        look(tmp_path, JPEG, "रामू की नाली.jpg")
    seen = told.read_text(encoding="utf-8")
    assert "PYTHONPATH" in seen
    assert "s3cret" not in seen
    assert "रामू" not in seen
