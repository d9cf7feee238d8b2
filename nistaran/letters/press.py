"""The press: a template and its facts become a PDF. Typst sets the pages: it shapes Devanagari and needs no system library.

Facts reach a template as data and never as markup: nothing that a citizen or an office wrote can become a command, a link or a file name.
Not here: what stands on a page (templates/), who signs it (steps/drafts.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nistaran.domain.cleaning import clean
from nistaran.domain.errors import NistaranError

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"


class NotPrinted(NistaranError):
    """पत्र की पीडीएफ नहीं बन सकी: नीचे बताया ढाँचा (टेम्पलेट) जाँचें / The PDF could not be made: check the template named below."""


def press(template: str, facts: Mapping[str, object], *, at: datetime) -> bytes:
    """The PDF of `templates/<template>.typ` with these facts (JSON-able; a template reads them by `facts()` of paper.typ). `at` is written
    into the file as its day of making, so that the same facts give the same bytes.

    Raises:
        NotPrinted: when there is no such template, or it needs a fact that is not there; names both, never a fact's value.
    """
    source = TEMPLATES / f"{template}.typ"
    if Path(template).name != template or not source.is_file():
        raise NotPrinted(f"{template}.typ: ऐसा ढाँचा नहीं है / there is no such template")
    import typst  # 80 MB of engine, and needed here only

    try:
        pages = _compiler().compile(
            source,
            format="pdf",
            sys_inputs={"facts": json.dumps(_cleaned(facts), ensure_ascii=False)},
            timestamp=at.replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise NotPrinted(f"{template}.typ: {_where(error)}") from None
    if not isinstance(pages, bytes):
        raise NotPrinted(f"{template}.typ: no pages")
    return pages


@cache
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)


def _cleaned(value: object) -> object:
    """The facts with no sign that controls a page: one that turns the direction of reading could make a letter say another thing."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_cleaned(one) for one in value]
    return value


def _where(error: typst.TypstError) -> str:
    """The engine's complaint without the lines that it quotes: a fact may stand in them."""
    return error.message.split("\n", 1)[0].split(":", 1)[0]
