"""The press: pages in Devanagari whose text can be read back, and facts that can never become markup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from nistaran.domain.cleaning import clean
from nistaran.letters import press as at_press
from nistaran.letters.press import NotPrinted, press

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
PLAIN = """#import "paper.typ": *
#show: paper.with(title: facts().title)
= #facts().title
#facts().words
#ruled((1fr, auto), ("कार्यालय", "लम्बित"), facts().rows, right: (1,))
#bars(facts().rows)
#trend((3, 1, 4))
"""


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "plain.typ").write_text(PLAIN, "utf-8")
    (tmp_path / "paper.typ").write_bytes((at_press.TEMPLATES / "paper.typ").read_bytes())
    monkeypatch.setattr(at_press, "TEMPLATES", tmp_path)
    at_press._compiler.cache_clear()
    yield "plain"
    at_press._compiler.cache_clear()


def _facts(words: str = "क्षेत्राधिकारी द्वितीय, स्पष्टीकरण") -> dict[str, object]:
    return {"title": "साप्ताहिक समीक्षा", "words": words, "rows": [["विद्युत उपखण्ड, नौगढ़", 16], ["तहसील नौगढ़", 3]]}


def _read(pages: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pages))


def test_what_was_set_can_be_read_back(plain: str) -> None:
    text = _read(press(plain, _facts(), at=AT))
    for words in ("साप्ताहिक समीक्षा", "क्षेत्राधिकारी द्वितीय, स्पष्टीकरण", "विद्युत उपखण्ड, नौगढ़ 16", "पृष्ठ 1 / 1"):
        assert words in text


def test_the_same_facts_give_the_same_bytes(plain: str) -> None:
    assert press(plain, _facts(), at=AT) == press(plain, _facts(), at=AT)


@pytest.mark.parametrize(
    "words",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "*मोटा* _टेढ़ा_ $x$",
        '#link("javascript:1")[x]',
        "= शीर्षक",
        "`raw` <label> @ref",
        "\\ \u202e \x07",
    ],
)
def test_facts_are_never_markup(plain: str, words: str) -> None:
    pages = press(plain, _facts(words), at=AT)
    assert "/URI" not in pages.decode("latin-1")
    shown = _read(pages)
    assert "\u202e" not in shown
    assert clean(words).split()[0] in shown


def test_a_missing_fact_is_said_without_any_value(plain: str) -> None:
    facts = _facts("राम प्रसाद 98XXXXXX10")
    del facts["title"]
    with pytest.raises(NotPrinted) as told:
        press(plain, facts, at=AT)
    assert "plain.typ" in str(told.value)
    assert "राम" not in str(told.value)


@pytest.mark.parametrize("name", ["none", "../press", "/etc/passwd", "paper.typ"])
def test_only_templates_are_pressed(name: str) -> None:
    with pytest.raises(NotPrinted):
        press(name, {}, at=AT)
