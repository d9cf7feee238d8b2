"""letters.toml of the packs as it is shipped, and refused by name when it is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nistaran.bootstrap import packs_folder
from nistaran.domain.drafts import DraftKind
from nistaran.domain.errors import BadTable
from nistaran.domain.paper_wording import DRAFT_HI
from routing.letters import load_letter_rules


@pytest.mark.parametrize("pack", ["up", "rajasthan"])
def test_every_kind_is_written_in_both_packs(pack: str) -> None:
    rules = load_letter_rules(packs_folder() / pack)
    assert set(rules.letters) == set(DraftKind)
    assert {kind.value: row.name_hi for kind, row in rules.letters.items()} == DRAFT_HI
    assert rules.page.draft == "आलेख — हस्ताक्षर के बिना मान्य नहीं"


def test_rajasthan_speaks_its_own_words() -> None:
    told = (packs_folder() / "rajasthan" / "letters.toml").read_text("utf-8").replace("सन्दर्भित", "")
    assert not any(word in told for word in ("सन्दर्भ", "जनपद", "आई0जी0आर0एस0", "जिलाधिकारी", "आवेदक"))
    assert "परिवाद" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "WARNING"', 'kind = "REMINDER"', "REMINDER"),
        ('kind = "WARNING"', 'kind = "SALARY"', "kind"),
        ("{oldest} दिन का है", "{oldest_days} दिन का है", "oldest_days"),
        ("{oldest} दिन का है", "{oldest.__class__} दिन का है", "__class__"),
        ("{oldest} दिन का है", "{oldest!r} दिन का है", "oldest!r"),
        ("{oldest} दिन का है", "{oldest दिन का है", "{ }"),
        ("दिनांक {reply_by} तक", "दिनांक {months} तक", "SHOW_CAUSE"),
        ("{serial}/{mark}", "{mark}", r"\[page\] number"),
        ("reply_days = 7", "reply_days = 0", "reply_days"),
        ("from_cases = 3\nafter_days = 7", "from_cases = 3\nafter_days = 0", "EXPLANATION\\) after_days"),
        ("after_days = 14", "from_cases = 2", "WARNING\\) from_cases"),
        ('mark = "चेता0"', 'mark = "अनु0"', "mark"),
        ('signatory = "cell"', 'signatory = "machine"', "signatory"),
        ('closing = "', 'closng = "', "clos"),
    ],
)
def test_a_wrong_table_is_refused_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = Path(shutil.copytree(packs_folder() / "up", tmp_path / "up", ignore=shutil.ignore_patterns("districts")))
    path = folder / "letters.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadTable, match=told) as refused:
        load_letter_rules(folder)
    assert "letters.toml" in str(refused.value)
