"""Labels beside the corpus: who may teach, within which limits, and that the gate keeps a spoilt judge out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.registry import Registry, load_artefact
from models.reports.corpus import REPORTS, read_reports
from models.reports.labels import BadLabel, GateRefused, against, read_labels
from models.reports.shelf import SHIPPED
from models.reports.train import hold_to_the_gate, main
from nistaran.domain.report import ReportCode


def lines(count: int, *, by: str = "", why: str = "NOTHING_DONE", verdict: str = "REJECT") -> list[dict[str, str]]:
    return [
        {
            "id": f"SDR-2026-{n:07d}/r1",
            "complaint": f"नाली {n} टूटी है",
            "report": f"नाली सं0 {n} देखी गयी",
            "verdict": verdict,
            "why": why,
            "by": by or f"up.cell{n}",
        }
        for n in range(count)
    ]


def written(folder: Path, rows: list[dict[str, str]]) -> Path:
    target = folder / "labels.jsonl"
    target.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return target


def test_only_words_about_the_text_teach(tmp_path: Path) -> None:
    corpus = read_reports()
    rows = [
        *lines(1),
        {**lines(2)[1], "why": "TRUE_ON_FACTS", "verdict": "ACCEPT"},
        {**lines(3)[2], "why": "FALSE_REPORT"},
        {**lines(4)[3], "why": "COMPLAINANT_CONTENT", "verdict": "ACCEPT"},
    ]
    found = read_labels(written(tmp_path, rows), corpus, measured=[])
    assert [(row.is_reject, row.reasons) for row in found] == [(True, (ReportCode.NO_ACTION_TAKEN,)), (False, ())]
    assert {row.hand for row in found} == {"h"}


def test_nobody_is_too_loud_and_nothing_measured_is_learnt(tmp_path: Path) -> None:
    corpus = read_reports()
    measured = read_reports(test=True)
    many = read_labels(written(tmp_path, lines(2_000)), corpus, measured=measured)
    assert 0.19 < len(many) / (len(many) + len(corpus)) <= 0.20
    loud = read_labels(written(tmp_path, lines(2_000, by="up.one")), corpus, measured=measured)
    assert len(loud) <= 0.05 * len(corpus)
    repeated = [{**lines(1)[0], "report": measured[0].report}, {**lines(1)[0], "report": corpus[0].report}]
    assert read_labels(written(tmp_path, repeated), corpus, measured=measured) == []


@pytest.mark.parametrize("change", [{"verdict": "MAYBE"}, {"verdict": "ACCEPT"}, {"report": 5}, {"by": None}])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(BadLabel, match="line 2"):
        read_labels(written(tmp_path, [lines(1)[0], {**lines(1)[0], **change}]), [], measured=[])


def test_the_gates_limit() -> None:
    assert against((0.96, 0.9, 0.95), (0.945, 0.99, 0.935)) == []
    assert len(against((0.96, 0.9, 0.95), (0.90, 0.9, 0.95))) == 1
    assert len(against((0.96, 0.9, 0.95), (0.90, 0.9, 0.90))) == 2


def test_the_gate_refuses_a_spoilt_judge() -> None:
    from dataclasses import replace

    shipped, rows = load_artefact(Registry(SHIPPED).current()), read_reports(test=True)
    hold_to_the_gate(shipped, shipped, rows)
    spoilt = replace(shipped, coefficients=-shipped.coefficients)
    with pytest.raises(GateRefused, match="F1 fell"):
        hold_to_the_gate(spoilt, shipped, rows)


def test_a_judge_made_with_labels_is_saved_beside_the_current_one(tmp_path: Path) -> None:
    folder, registry = tmp_path / "reports", tmp_path / "registry"
    folder.mkdir()
    for name in ("r1-1", "r1-2", "r2-1", "r2-2", "q1-1"):
        (folder / f"{name}.txt").write_bytes((REPORTS / f"{name}.txt").read_bytes())
    told = ["--registry", str(registry), "--reports", str(folder)]
    main(told)
    before = Registry(registry).current()
    main([*told, "--labels", str(written(tmp_path, lines(4)))])
    assert Registry(registry).current() != before
    assert load_artefact(Registry(registry).current()).settings.training["hands"] == "h,r1,r2"
