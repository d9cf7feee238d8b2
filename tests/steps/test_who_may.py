"""Once the registry holds a login, each act is done by a login of the office, of one above it, of the cell or of the arbiter, as it is."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from nistaran.domain.correction_refused import WrongLogin
from nistaran.domain.office_report import CloseKind
from nistaran.domain.periods import FROM_THE_START
from nistaran.domain.registry import Officer
from nistaran.domain.registry_refused import NotYourOffice
from nistaran.steps import feedback, office_answer
from nistaran.steps.answer_files import take_answer_files
from nistaran.steps.call_sheet import write_call_sheet
from nistaran.steps.correct import correct_case
from nistaran.steps.feedback import draw_sample, give_feedback
from nistaran.steps.house import House
from nistaran.steps.office_answer import answer_case
from nistaran.steps.promises import promise
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.report_words import approve_special, overrule, recall
from nistaran.steps.ruling import rule_case
from nistaran.steps.story import show_complainant
from nistaran.steps.tasks import close_task
from nistaran.steps.trust import accept_case, release
from nistaran.steps.who_may import above, today_in
from storage.inbox import FolderInbox
from tests.steps.people import number
from tests.steps.reporting import FILLER, hand_in
from tests.steps.transferring import case_of, say, with_cases

OFFICE = "SDR-ENERGY-BANSI"
OWN, ABOVE, HEAD, CELL, ARBITER = (
    "up.sdr-energy-bansi",
    "up.sdr-energy-ee-bansi",
    "up.sdr-dm",
    "up.sdr-cell",
    "up.sdr-nodal",
)
OTHER, STRANGER = "up.sdr-energy-itwa", "up.nobody"
ALL = {OWN, ABOVE, HEAD, CELL, ARBITER, OTHER, STRANGER}
FOR_OFFICE, FOR_CELL = {OWN, ABOVE, HEAD, CELL}, {CELL, ARBITER, HEAD}

Act = Callable[[House, str], object]


def put(house: House, *officers: Officer) -> None:
    """Keep officers in the registry."""
    with house.work() as work:
        work.registry.put_officers(officers)
        work.commit()


def officer(office: str, login: str, designation: str = "लिपिक") -> Officer:
    """Somebody of an office since ever."""
    blank = dict.fromkeys(("name", "mobile", "email"), "")
    return Officer(office=office, designation=designation, login=login, since=FROM_THE_START, **blank)


@pytest.fixture
def held(house: House, tmp_path: Path) -> House:
    """Case 1 is disposed of, 2 has a refused report, 3 is open, 4 has a proposal, 5 waits for approval, 6 is before the arbiter."""
    texts = (f"बिजली का बिल गलत आ रहा है, मामला {n}।" for n in "अबसदरम")
    made = with_cases(house, tmp_path, {"ENERGY": 1.0}, *texts)
    assert case_of(made).office == OFFICE
    hand_in(made, n=1)
    hand_in(made, FILLER, n=2)
    say(made, "NOT_OUR_DEPARTMENT", 4)
    special = {"close": CloseKind.SPECIAL, "category": "SUGGESTION", "evidence": "यह केवल एक सुझाव मात्र है"}
    hand_in(made, "यह शिकायत नहीं, केवल सुझाव है, आवेदक ने फोन पर पुष्टि की।", n=5, **special)
    task = say(made, "NOT_OUR_DEPARTMENT", 6).task
    assert task is not None
    decide_forwards(made, [task.id], word=Word.ARBITER, by="up.x")
    put(made, officer("SDR-CELL", CELL))
    return made


def proposal(house: House) -> str:
    """The id of the open proposal on case 4."""
    with house.read() as work:
        return next(one.id for one in work.tasks.of(4) if one.kind.value == "RELEASE")


ACTS: dict[str, tuple[Act, set[str]]] = {
    "answer": (lambda h, by: answer_case(h, number(3), office=OFFICE, kind="COURT_MATTER", by=by), FOR_OFFICE),
    "accept": (lambda h, by: accept_case(h, number(3), office=OFFICE, by=by), FOR_OFFICE),
    "report": (lambda h, by: hand_in(h, n=3, by=by), FOR_OFFICE),
    "call": (lambda h, by: give_feedback(h, number(1), outcome="NO_ANSWER", by=by), FOR_OFFICE),
    "cell call": (lambda h, by: give_feedback(h, number(1), outcome="NO_ANSWER", how="CELL_CALL", by=by), FOR_CELL),
    "field": (lambda h, by: give_feedback(h, number(1), outcome="SATISFIED", how="FIELD", by=by), ALL - {STRANGER}),
    "recall": (lambda h, by: recall(h, f"{number(1)}/r1", by=by, why="FALSE_REPORT"), FOR_OFFICE),
    "overrule": (lambda h, by: overrule(h, f"{number(2)}/r1", by=by, why="TRUE_ON_FACTS"), {ABOVE, HEAD, CELL}),
    "approve": (lambda h, by: approve_special(h, f"{number(5)}/r1", by=by, approve=True), {ABOVE, HEAD}),
    "release": (lambda h, by: decide_forwards(h, [proposal(h)], word=Word.KEEP, by=by), FOR_CELL),
    "rule": (lambda h, by: rule_case(h, number(6), department="ENERGY", by=by), {ARBITER, HEAD}),
    "open": (lambda h, by: show_complainant(h, number(3), by=by, why="सम्पर्क हेतु"), FOR_OFFICE),
    "correct": (lambda h, by: correct_case(h, number(3), department="POLICE", by=by), FOR_CELL),
    "sample": (lambda h, by: draw_sample(h, count=1, seed=1, by=by), FOR_CELL),
    "promise": (lambda h, by: promise(h, "ENERGY", line="शून्य", target=today_in(h) + timedelta(7), by=by), FOR_CELL),
    "release a correction": (lambda h, by: release(h, [], by=by), FOR_CELL),
}  # fmt: skip


def let_through(house: House, act: Act, logins: set[str]) -> set[str]:
    """Those of the logins that were not turned away; whatever else stops them does not count."""
    found = set()
    for login in sorted(logins):
        try:
            act(house, login)
        except NotYourOffice:
            continue
        except Exception:  # an act that was done already
            pass
        found.add(login)
    return found


@pytest.mark.parametrize("name", ACTS)
def test_who_may_do_it_and_nobody_else(held: House, name: str) -> None:
    act, may = ACTS[name]
    with held.read() as work:
        before = work.ledger.head()
    assert let_through(held, act, ALL - may) == set()
    with held.read() as work:
        assert work.ledger.head() == before
    assert let_through(held, act, may) == may


@pytest.mark.parametrize(("name", "module"), [("answer", office_answer), ("call", feedback)])
def test_an_act_that_asks_nobody_is_caught(
    held: House, name: str, module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "must_act_for", lambda *_: None)
    act, may = ACTS[name]
    assert let_through(held, act, ALL - may) == ALL - may


def test_while_the_registry_holds_no_login_everybody_may(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 1.0})
    put(held, officer("SDR-CELL", ""))
    assert accept_case(held, number(1), office=OFFICE, by=STRANGER).changed


def test_who_is_shown_a_complainant_gives_a_login_and_no_name(held: House, tmp_path: Path) -> None:
    with pytest.raises(WrongLogin):
        show_complainant(held, number(3), by="रमेश, लिपिक", why="सम्पर्क हेतु")
    with pytest.raises(NotYourOffice):
        write_call_sheet(held, tmp_path / "calls.xlsx", office=OFFICE, by=OTHER, why="सम्पर्क हेतु")
    assert not (tmp_path / "calls.xlsx").exists()
    assert write_call_sheet(held, tmp_path / "calls.xlsx", office=OFFICE, by=OWN, why="सम्पर्क हेतु") == 1


def test_an_office_s_own_entries_count_over_the_starting_table(held: House) -> None:
    put(held, officer(OFFICE, "up.naya"))
    act, _ = ACTS["accept"]
    assert let_through(held, act, {OWN, "up.naya"}) == {"up.naya"}


def test_a_task_is_closed_by_who_owes_it(held: House) -> None:
    answer_case(held, number(3), office=OFFICE, kind="INSUFFICIENT_FACTS", by=OWN)
    with held.read() as work:
        task = next(one for one in work.tasks.of(3) if one.kind.value == "FACTS")
    with pytest.raises(NotYourOffice):
        close_task(held, task.id, by=OTHER)
    assert close_task(held, task.id, by=CELL).closed_by == CELL


def test_a_file_in_another_office_s_folder_is_refused_row_by_row(held: House, tmp_path: Path) -> None:
    folder = tmp_path / "answers" / OTHER
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text(f"प्रकरण संख्या,कार्यालय कूट,उत्तर\n3,{OFFICE},ACCEPTED\n", encoding="utf-8")
    ((taken,), _) = take_answer_files(held, FolderInbox(tmp_path / "answers"))
    ((refused,), changed) = taken.outcome.refused, taken.outcome.changed
    assert (refused.row, refused.field, refused.code, changed) == (2, "by", "NotYourOffice", 0)
    assert "nistaran registry" in refused.reason
    assert taken.told


def test_above_is_the_whole_chain(house: House) -> None:
    chain = above(house, OFFICE)
    assert chain[:3] == ["SDR-ENERGY-EE_BANSI", "SDR-ENERGY-SE", "SDR-DM"]
    assert chain[-1] == "SDR-SHASAN-GEN_ADMIN"
    assert above(house, "SDR-NOWHERE") == []


ASKING = (
    *("correct", "feedback", "office_answer", "promises", "release", "report_words", "ruling", "submit_report", "tasks", "trust"),
)  # fmt: skip


@pytest.mark.parametrize("name", ASKING)
def test_each_act_for_an_office_asks(name: str) -> None:
    tree = ast.parse((Path(office_answer.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    asks = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "login_of" in asks
    assert any(one.startswith("must_") for one in asks), f"{name}.py takes a login and asks nobody"
