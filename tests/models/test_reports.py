"""The judge of disposal reports: minimal pairs, table of fillers, vetoes, corpus, artefact."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from models.registry import Registry, load_artefact
from models.reports.augment import augmented
from models.reports.corpus import BadCorpus, read_reports
from models.reports.evaluate import any_overlap, judge_rows, length_auc, precision_recall_f1
from models.reports.judge import ReportJudge
from models.reports.phrases import read_table
from models.reports.rules import veto
from models.reports.shelf import SHIPPED
from models.reports.slots import slot_names, slot_row
from models.reports.wording import pair_token, singles, wording
from nistaran.domain.errors import BadTable, UntrustedModel
from nistaran.domain.evidence import read_evidence
from nistaran.domain.report import ReportCode

DRAIN = "मेरे घर के सामने नाली टूटी है और पानी सड़क पर बहता है, ग्राम रामपुर, शिवनाथ"
PENSION = "मेरी वृद्धा पेंशन छह माह से नहीं आयी। रामदेई, ग्राम हरपुर"

PAIRS = [
    # a filler beside a real action, and the filler alone
    (
        DRAIN,
        "दि0 12.11.26 को सचिव रमेश यादव द्वारा 18 मी0 नाली की मरम्मत करायी गयी, शिवनाथ उपस्थित रहे। अग्रिम कार्यवाही की जा रही है।",
        "ACCEPT",
    ),
    (DRAIN, "सचिव को मरम्मत हेतु निर्देशित किया गया। अग्रिम कार्यवाही की जा रही है।", "REJECT"),
    # one line with a payment's number, and the same as a promise
    (PENSION, "दि0 12.10.26 को पेंशन ₹3000 UTR SBIN326311908842 से खाते में अंतरित।", "ACCEPT"),
    (PENSION, "दि0 25.12.26 तक पेंशन का भुगतान करा दिया जायेगा।", "REJECT"),
    # a court with and without its particulars
    (
        DRAIN,
        "मूल वाद सं0 211/2024 शिवनाथ बनाम राधे, न्यायालय सिविल जज देवरिया में विचाराधीन, अगली तिथि 14.12.2026, कोई स्थगन नहीं।",
        "ACCEPT",
    ),
    (DRAIN, "प्रकरण मा0 न्यायालय में विचाराधीन है।", "REJECT"),
    # a transfer with and without an addressee
    (
        DRAIN,
        "नाली लो0नि0वि0 की है; पत्रांक 331 दि0 04.11.26 से अधिशासी अभियन्ता प्रान्तीय खण्ड को अन्तरित, आवेदक को सूचित किया गया।",
        "ACCEPT",
    ),
    (DRAIN, "यह मामला इस विभाग से सम्बन्धित नहीं है।", "REJECT"),
    # long, dated and numbered, and nothing done
    (
        PENSION,
        "दिनांक 05.11.26 को जिला समाज कल्याण अधिकारी की अध्यक्षता में बैठक हुई जिसमें पेंशन के विषय पर विस्तार से चर्चा की गयी। दिनांक "
        "08.11.26 को सहायक विकास अधिकारी से वार्ता हुई। पत्रांक 442 दि0 09.11.26 द्वारा सूची मांगी गयी है। सूची मिलने पर आगे देखा जायेगा।",
        "REJECT",
    ),
    # Latin letters
    (DRAIN, "Nali 06.11.26 ko theek karayi gayi, 18 mtr, Shivnath ne dekha.", "ACCEPT"),
    (DRAIN, "Nali theek karwane ke liye sachiv ko bol diya hai, jald ho jayega.", "REJECT"),
]


@pytest.fixture(scope="module")
def judge() -> ReportJudge:
    return ReportJudge(load_artefact(Registry(SHIPPED).current()), read_table())


@pytest.mark.parametrize(("complaint", "report", "wanted"), PAIRS)
def test_minimal_pairs(judge: ReportJudge, complaint: str, report: str, wanted: str) -> None:
    verdict = judge.judge([report], [complaint])[0]
    assert verdict.decision == wanted
    assert bool(verdict.reasons) == (wanted == "REJECT")
    assert [found.code for found in verdict.findings][: len(verdict.reasons)] == list(verdict.reasons)


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("", "TOO_SHORT"),
        ("निस्तारित", "TOO_SHORT"),
        (DRAIN, "COPY_OF_COMPLAINT"),
        ("प्रकरण न्यायालय में लम्बित है।", "SUB_JUDICE_INCOMPLETE"),
        ("यह प्रकरण इस कार्यालय से सम्बन्धित नहीं है।", "WRONG_DEPARTMENT_NOT_FORWARDED"),
    ],
)
def test_the_certain_is_refused_with_its_reason(judge: ReportJudge, report: str, reason: str) -> None:
    assert judge.judge([report], [DRAIN])[0].reasons[0] == reason


def test_length_alone_is_never_vetoed() -> None:
    assert veto(read_evidence("UTR 326311908842", "")) is None


@pytest.mark.parametrize(
    "report",
    [
        "lorem ipsum 20.11.2026",
        "कखगघ चछजझ टठडढ 20.11.2026",
        "आज मौसम अच्छा है और चाय बहुत गरम थी 20.11.2026",
        "test test 12/11/2026",
    ],
)
def test_a_date_beside_nonsense_is_no_report(judge: ReportJudge, report: str) -> None:
    found = judge.judge([report], ["मेरे गांव का ट्रांसफार्मर जला है"])[0]
    assert found.reasons[0] is ReportCode.NOT_SPECIFIC


@pytest.mark.parametrize(
    "report", ["₹20,000, UTR UBIN426901, 14-11-2026।", "तार 15.11.2026 को जोड़ दिया।", "41 सेट 12.11.26 को बंटे।"]
)
def test_few_words_with_what_was_done_are_left_to_the_score(report: str) -> None:
    assert veto(read_evidence(report, "मेरे गांव का ट्रांसफार्मर जला है")) is None


def test_batches_do_not_change_verdicts(judge: ReportJudge) -> None:
    reports, complaints = [pair[1] for pair in PAIRS], [pair[0] for pair in PAIRS]
    together = judge.judge(reports, complaints)
    for one, report, complaint in zip(together, reports, complaints, strict=True):
        alone = judge.judge([report], [complaint])[0]
        assert (alone.decision, alone.reasons) == (one.decision, one.reasons)
        assert alone.reject_probability == pytest.approx(one.reject_probability, abs=1e-4)


def test_fillers_are_met_in_every_spelling() -> None:
    table = read_table()
    for text in (
        "कार्यवाही की जा रही है",
        "कार्यवाही की जा रही हैं",
        "karyavahi ki ja rahi hai",
        "कार्यवाही शीघ्र की जा रही है",
    ):
        assert any(met.code is ReportCode.BOILERPLATE for met in table.met(text.split())), text
    assert not table.met(["नाली", "साफ", "करायी"])


@pytest.mark.parametrize("content", ["[UNKNOWN]\nphrases = ['क']", "[BOILERPLATE]\nphrases = ['']", "no toml ="])
def test_a_bad_table_is_refused(tmp_path: Path, content: str) -> None:
    bad = tmp_path / "phrases.toml"
    bad.write_text(content, encoding="utf-8")
    with pytest.raises(BadTable):
        read_table(bad)


def test_the_test_hand_is_never_read_for_training() -> None:
    assert not {row.hand for row in read_reports()} & {"q1", "q2"}


def test_quick_reading_gives_the_tokens_that_training_saw() -> None:
    for row in read_reports()[:60]:
        marked = read_evidence(row.report, row.complaint).marked.text
        words = singles(marked)
        pairs = [pair_token(pair) for pair in dict.fromkeys(itertools.pairwise(words))]
        assert (*dict.fromkeys(words), *pairs) == wording(marked)


def test_every_feature_has_its_name() -> None:
    assert len(slot_row(read_evidence("नाली 12.11.26 को ठीक", ""), ())) == len(slot_names())


def test_a_bad_corpus_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "r9-1.txt").write_text("ACCEPT | - | real\n", encoding="utf-8")
    with pytest.raises(BadCorpus, match="r9-1:1"):
        read_reports(tmp_path)


def test_copies_keep_the_verdict_and_are_repeatable() -> None:
    rows = read_reports()[:40]
    copies = augmented(rows)
    assert copies == augmented(rows)
    verdicts = {row.id: row.is_reject for row in rows}
    assert all(verdicts[copy.id.rstrip("+")] == copy.is_reject for copy in copies)


def test_a_model_of_something_else_is_refused() -> None:
    trained = load_artefact(Registry(SHIPPED).current())
    other = replace(trained, settings=replace(trained.settings, departments=trained.settings.departments[::-1]))
    with pytest.raises(UntrustedModel):
        ReportJudge(other, read_table())


def test_the_measure_catches_a_judge_that_refuses_nothing_or_all(judge: ReportJudge) -> None:
    rows = read_reports()[:60]
    judged, _ = judge_rows(judge, rows)
    assert precision_recall_f1(judged)[2] > 0.95  # training rows
    assert any_overlap(judged) > 0.85
    assert length_auc(rows) < 0.75

    trained = load_artefact(Registry(SHIPPED).current())
    lenient = replace(trained, coefficients=trained.coefficients * 0 - 0.5)
    lenient_judged, _ = judge_rows(ReportJudge(lenient, read_table()), rows)
    assert precision_recall_f1(lenient_judged)[1] < 0.5
