"""What a PDF shows: pages, the length of their text, and whether there is anything to read."""

from __future__ import annotations

import pytest

from nistaran.attachments.limits import Limits
from nistaran.attachments.read import read_bytes
from nistaran.domain.attachment_facts import Damaged, FileKind, PdfFacts, Trouble
from tests.attachments.pdfs import bomb, locked, paged, pdf, scan, stream, with_devanagari, with_text
from tests.attachments.pictures import page, scene

WORDS = "Order No. 417 of 12.06.2026 is complied with"
HINDI = "आदेश संख्या ४१७ का अनुपालन कराया गया तथा नाली साफ है"


def read(data: bytes, limits: Limits | None = None) -> PdfFacts:
    look = read_bytes(data, limits or Limits())
    assert isinstance(look, PdfFacts)
    return look


def test_text_in_latin() -> None:
    facts = read(with_text(WORDS, pages=3))
    assert facts == PdfFacts(
        pages=3,
        pages_read=3,
        characters=3 * len(WORDS.replace(" ", "")),
        text_share=1.0,
        images=0,
        encrypted=False,
        legible=True,
    )


def test_text_in_devanagari() -> None:
    facts = read(with_devanagari(HINDI))
    assert facts.characters == len(HINDI.replace(" ", ""))
    assert (facts.text_share, facts.legible) == (1.0, True)


def test_of_the_text_only_its_length_leaves() -> None:
    assert all(
        isinstance(value, (int, float, bool)) or value == "pdf" for value in read(with_text(WORDS)).to_json().values()
    )


def test_a_scan_is_legible_without_text() -> None:
    facts = read(scan(page(), page(5)))
    assert (facts.pages, facts.characters, facts.text_share, facts.images, facts.legible) == (2, 0, 0.0, 2, True)


@pytest.mark.parametrize("sheet", [page(0), page(size=(300, 424))], ids=["blank", "tiny"])
def test_a_scan_that_shows_nothing_is_not_legible(sheet: object) -> None:
    assert not read(scan(sheet)).legible  # type: ignore[arg-type]


def test_one_line_on_a_sheet_is_not_blank() -> None:
    assert read(scan(page(1))).legible


def test_half_of_the_pages_decide() -> None:
    assert read(scan(page(), page(0))).legible
    assert not read(scan(page(), page(0), page(0))).legible


def test_the_same_letterhead_on_all_pages_is_one_picture() -> None:
    entries = b"/Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    data = paged([(b"/I Do", b"/XObject << /I 3 0 R >>")] * 4, [stream(b"\x00\xff", entries)])
    assert (read(data).images, read(data).legible) == (1, False)


def test_a_scan_inside_a_form_is_found() -> None:
    sheet = scan(page())
    inner = sheet.replace(b"/XObject << /I 3 0 R >> >>", b"/XObject << /F 6 0 R >> >>")
    objects = [part.split(b"\n", 1)[1].rsplit(b"\nendobj", 1)[0] for part in inner.split(b" 0 obj")[1:]]
    form = stream(
        b"/I Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /I 3 0 R >> >>"
    )
    facts = read(pdf([*objects, form]))
    assert (facts.images, facts.legible) == (1, True)


def test_a_drawing_of_outlines_is_legible_an_empty_page_is_not() -> None:
    assert read(paged([(b"10 10 m 20 20 l S\n" * 200, b"")])).legible
    assert not read(paged([(b"", b"")])).legible


def test_a_locked_file_is_told_and_not_opened() -> None:
    facts = read(locked(with_text(WORDS), opens_by_itself=False))
    assert (facts.encrypted, facts.pages, facts.characters, facts.legible) == (True, 0, 0, False)


def test_a_file_locked_against_changes_only_is_read() -> None:
    facts = read(locked(with_text(WORDS), opens_by_itself=True))
    assert (facts.encrypted, facts.pages, facts.legible) == (True, 1, True)


def test_of_ten_thousand_pages_the_first_are_read() -> None:
    facts = read(with_text(WORDS, pages=10_000))
    assert (facts.pages, facts.pages_read) == (10_000, 40)


def test_more_pages_than_that_cost_too_much() -> None:
    look = read_bytes(with_text(WORDS, pages=60), Limits(max_pdf_pages=50))
    assert look == Damaged(kind=FileKind.PDF, trouble=Trouble.TOO_COSTLY)


def test_a_page_that_unpacks_without_end_is_a_page_without_text() -> None:
    facts = read(bomb(5_000_000), Limits(max_pdf_stream_bytes=1_000_000))
    assert (facts.pages, facts.characters, facts.legible) == (1, 0, False)


def test_time_runs_out_between_pages() -> None:
    assert read(with_text(WORDS, pages=5), Limits(pdf_seconds=0.0)).pages_read == 1


def test_a_page_tree_that_holds_itself() -> None:
    data = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    assert isinstance(read_bytes(data, Limits()), (Damaged, PdfFacts))


def test_a_table_that_points_at_itself() -> None:
    data = with_text(WORDS)
    table = data.rindex(b"\nxref") + 1
    assert read(data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table)).pages == 1


def test_a_file_cut_off() -> None:
    data = with_text(WORDS, pages=20)
    for part in (20, 200, len(data) // 2):
        assert isinstance(read_bytes(data[:part], Limits()), (Damaged, PdfFacts))


def test_a_scan_that_lies_about_its_size() -> None:
    data = scan(scene(1, (3000, 2000)))
    assert isinstance(read(data.replace(b"/Width 3000 /Height 2000", b"/Width 9000 /Height 9000")), PdfFacts)
