"""The contract of check-reports and check-report, in their own processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COMPLAINT = "मेरी वृद्धा पेंशन छह माह से नहीं आयी। रामदेई, ग्राम हरपुर"
GOOD = "दि0 12.10.26 को रामदेई की पेंशन ₹3000 UTR SBIN326311908842 से खाते में अंतरित की गयी।"
BAD = "प्रकरण में नियमानुसार कार्यवाही की जा रही है।"


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nistaran.cli", *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", check=False, timeout=200,
    )  # fmt: skip


def test_every_line_is_answered_in_order_and_bad_ones_are_named(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps({"id": "a", "complaint": COMPLAINT, "report": GOOD}),
        json.dumps({"id": 2, "complaint": COMPLAINT, "report": BAD}),
        "not json",
        json.dumps({"id": "c", "report": GOOD}),
        "",
        json.dumps({"id": "d", "complaint": COMPLAINT, "report": ""}),
    ]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("check-reports", "--input", str(source), "--output", str(target), "--json")
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 1
    counts = json.loads(done.stdout)
    assert (counts["lines"], counts["bad"], counts["rejected"]) == (6, 3, 2)
    assert [answer["id"] for answer in answers] == ["a", 2, None, "c", None, "d"]
    assert answers[0]["verdict"] == "ACCEPT"
    assert answers[0]["reasons"] == []
    assert answers[1]["verdict"] == "REJECT"
    assert "BOILERPLATE" in answers[1]["reasons"]
    assert {"code", "words", "cure"} == set(answers[1]["findings"][0])
    assert answers[1]["findings"][0]["words"] in BAD
    assert (answers[2]["line"], "error" in answers[2]) == (3, True)
    assert "complaint" in answers[3]["error"]
    assert answers[5]["reasons"][0] == "TOO_SHORT"


def test_a_draft_is_told_what_is_missing_in_hindi(tmp_path: Path) -> None:
    asked = tmp_path / "complaint.txt"
    asked.write_text(COMPLAINT, encoding="utf-8")
    refused = run("check-report", "-", "--complaint", str(asked), stdin=BAD)
    assert refused.returncode == 1
    assert "स्वीकार नहीं होगी" in refused.stdout
    assert "BOILERPLATE" in refused.stdout
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD, encoding="utf-8")
    assert run("check-report", str(draft), "--complaint", str(asked)).returncode == 0
