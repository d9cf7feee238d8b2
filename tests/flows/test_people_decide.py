"""People decide in Prefect's UI: a run waits with a Hindi form, does what is answered, asks again when it must, and ends in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import FlowPauseTimeout
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Pending, Running, Scheduled, Suspended

from flows import asking
from flows.arbiter_ruling import arbiter_ruling
from flows.forms import ChosenAndAll, ForwardsForm, ForwardsWord, NothingChosen, NotShown
from flows.forwards_pages import Became
from flows.promote_model import promote_model
from flows.release_forwards import RULING, decide_one, meant, release_forwards
from nistaran.bootstrap import open_house
from nistaran.domain.complaint import Status
from nistaran.domain.deadlines import IST
from nistaran.domain.task import TaskKind
from nistaran.settings import Settings
from nistaran.steps.house import House
from nistaran.steps.release import Word, decide_forwards
from nistaran.steps.retrain import retrain
from nistaran.steps.tasks import open_tasks
from nistaran.steps.verify import verify
from tests.flows.deciding import Asked, artifact, deployed, everything_about, runs_of, works_in
from tests.models.quick import open_quick
from tests.steps.people import number
from tests.steps.test_who_may import officer, put
from tests.steps.transferring import ARBITER, CELL, OFFICE, PLAIN, case_of, kinds, say, with_cases

UNSURE = {"ENERGY": 0.6, "POLICE": 0.2, "REVENUE": 0.2}
ALL, CHOSEN, KEEP = "सब स्वीकृत / release all", "चुने हुए स्वीकृत / release the chosen", "सब यथावत / keep all where they are"
TO_ARBITER = "निर्णायक अधिकारी को / to the arbiter"
YES, NO = "हाँ, लागू करें / yes, make it live", "नहीं / no"
SECRET, PHONE = "गुप्तशब्दकखग", "9988776655"
NOTHING = {"released": 0, "kept": 0, "to_arbiter": 0, "gone": 0, "nobody": 0, "own": 0}

Proposals = Callable[..., House]


@pytest.fixture(autouse=True)
def _no_heartbeat() -> Iterator[None]:
    """A second a run."""
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


@pytest.fixture
def proposals(house: House, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proposals:
    """So many cases; their office says of the first ones (else of all) that they are not its own: each is proposed to the cell."""

    def make(count: int, *, said: int | None = None) -> House:
        texts = [f"{PLAIN} {SECRET} {PHONE} {n}" for n in range(count)]
        held = with_cases(house, tmp_path, UNSURE, *texts, name=SECRET, phone=PHONE)
        for n in range(1, (count if said is None else said) + 1):
            say(held, "NOT_OUR_DEPARTMENT", n, department="POLICE")
        works_in(held, settings, monkeypatch, "flows.release_forwards", "flows.arbiter_ruling")
        return held

    return make


@pytest.fixture(autouse=True)
def _nobody_else_waits() -> Iterator[None]:
    """What a test leaves suspended must not be in the next one's way."""
    yield
    for flow in (release_forwards, arbiter_ruling, promote_model):
        for run in runs_of(flow):
            run.cancel()


def release() -> Asked:
    return Asked(release_forwards, "release-forwards")


def task(n: int) -> str:
    return f"{number(n)}/t1"


def office(held: House, n: int) -> str:
    return case_of(held, n).office


@pytest.mark.demand("S0-5")
@pytest.mark.promise("P27")
def test_the_cell_sees_the_proposals_releases_chosen_ones_and_no_citizen_reaches_prefect(proposals: Proposals) -> None:
    held = proposals(3)
    was = office(held, 1)
    asked = release()
    assert asked.start() == "Suspended"

    form = asked.form()
    assert form["required"] == ["word", "by"]
    assert form["properties"]["word"]["title"] == "निर्णय / decision"
    assert form["definitions"]["ForwardsWord"]["enum"] == [ALL, CHOSEN, KEEP, TO_ARBITER]
    assert "**3 प्रस्तावित अंतरण" in form["told"]
    assert "ऊर्जा (विद्युत) → गृह (पुलिस): 3" in form["told"]
    first = artifact("release-forwards")[0]
    assert (first["कार्य"], first["वर्तमान कार्यालय"], first["मॉडल का अंश"]) == (task(1), was, "45.2 %")
    assert (first["आधार"], first["नियत दिन"]) == ("कार्यालय द्वारा बताए गए विभाग के आधार पर", "23.11.2026")

    done = asked.answer(word=CHOSEN, chosen=f" {task(1).lower()},\n{number(3)}", by="  UP.Cell1 ")
    assert done == {**NOTHING, "waiting": 1, "released": 2}
    assert [office(held, n) == was for n in (1, 2, 3)] == [False, True, False]
    assert [row["परिणाम"] for row in artifact("release-result")] == ["अंतरित", "अंतरित"]
    assert asked.run.tags == [f"by:{CELL}"]
    with held.read() as work:
        [forwarded] = [json.loads(link.body) for link in work.ledger.of(number(1)) if link.kind == "Forwarded"]
    assert forwarded["released_by"] == CELL
    told = everything_about([asked])
    assert number(1) in told
    for secret in (SECRET, PHONE, "रामदीन", "ट्रांसफार्मर"):
        assert secret not in told
    assert verify(held).faults == []


def test_all_means_all_that_were_shown_and_not_what_came_in_since(proposals: Proposals) -> None:
    held = proposals(2, said=1)
    asked = release()
    asked.start()
    say(held, "NOT_OUR_DEPARTMENT", 2, department="POLICE")
    assert asked.answer(word=ALL, by=CELL) == {**NOTHING, "waiting": 1, "released": 1}
    assert kinds(held, 2)[-1] == "ForwardProposed"


def test_what_moved_meanwhile_or_is_his_own_is_told_and_skipped_and_the_rest_is_done(proposals: Proposals) -> None:
    held = proposals(3)
    asked = release()
    asked.start()
    decide_forwards(held, [task(1)], word=Word.RELEASE, by=CELL)
    assert asked.answer(word=ALL, by=OFFICE) == {**NOTHING, "waiting": 2, "own": 2, "gone": 1}
    assert [row["परिणाम"].split(":")[0] for row in artifact("release-result")] == ["छोड़ा गया"] * 3

    again = release()
    again.start()
    decide_forwards(held, [task(2)], word=Word.KEEP, by="up.cell2")
    assert again.answer(word=KEEP, by=CELL) == {**NOTHING, "waiting": 0, "kept": 1, "gone": 1}


@pytest.mark.parametrize(
    ("word", "became"),
    [(Word.RELEASE, Became.RELEASED), (Word.KEEP, Became.KEPT), (Word.ARBITER, Became.TO_ARBITER)],
)
def test_what_the_same_answer_did_before_a_fault_is_told_as_it_is(
    proposals: Proposals, word: Word, became: Became
) -> None:
    held = proposals(1)
    first = decide_one(held, task(1), word, CELL)
    again = decide_one(held, task(1), Word.RELEASE, CELL)
    assert (first.became, again.became, again.office) == (became, became, first.office)
    assert decide_one(held, task(1), word, "up.cell2").became is Became.GONE


def test_one_that_names_nobody_is_not_released_and_is_told(house: House, tmp_path: Path) -> None:
    held = with_cases(house, tmp_path, {"ENERGY": 1.0})
    asked = say(held, "NOT_OUR_DEPARTMENT").task
    assert asked is not None
    assert decide_one(held, asked.id, Word.RELEASE, CELL).became is Became.NOBODY
    assert decide_one(held, asked.id, Word.KEEP, CELL).became is Became.KEPT


@pytest.mark.parametrize(("minutes", "waits"), [(1, True), (61, False)])
def test_a_run_that_was_killed_keeps_nobody_from_asking_for_longer_than_an_hour(minutes: int, waits: bool) -> None:
    state = Running(timestamp=datetime.now(IST) - timedelta(minutes=minutes))
    assert asking.is_killed(FlowRun(flow_id=uuid4(), state=state)) is not waits


def test_a_wrong_answer_is_told_forgotten_and_asked_for_again_until_it_can_be_done(proposals: Proposals) -> None:
    held = proposals(2)
    asked = release()
    asked.start()
    wrong: list[tuple[dict[str, str], str]] = [
        ({"word": ALL, "by": SECRET}, "लॉगिन"),
        ({"word": CHOSEN, "chosen": f"{task(1)} {PHONE} {SECRET}", "by": CELL}, "(2, 3)"),
    ]
    for given, why in wrong:
        assert asked.answer(**given) == "Suspended"
        assert why in asked.form()["told"]
        assert why in artifact("release-refused")
    assert kinds(held, 1)[-1] == "ForwardProposed"
    with pytest.raises(RuntimeError, match="Cannot resume"):
        asked.send(word="मान लिया", by=CELL)  # Prefect itself holds an answer against the form
    assert asked.answer(word=TO_ARBITER, chosen=number(2), by=CELL) == {**NOTHING, "waiting": 1, "to_arbiter": 1}
    assert case_of(held, 2).status is Status.AWAITING_RULING
    told = everything_about([asked])
    assert SECRET not in told
    assert PHONE not in told


@pytest.mark.parametrize(
    ("word", "chosen", "refused"),
    [
        (CHOSEN, " , ", NothingChosen),
        (ALL, "SDR-2026-0000001", ChosenAndAll),
        (KEEP, "SDR-2026-0000001", ChosenAndAll),
        (TO_ARBITER, "1", NotShown),
        (CHOSEN, "SDR-2026-0000001/t9", NotShown),
    ],
)
def test_an_answer_that_contradicts_itself_is_not_taken(
    proposals: Proposals, word: str, chosen: str, refused: type[Exception]
) -> None:
    tasks = list(open_tasks(proposals(1), kind=TaskKind.RELEASE))
    with pytest.raises(refused):
        meant(ForwardsForm(word=ForwardsWord(word), chosen=chosen, by=CELL), tasks)


@pytest.mark.parametrize(("strategy", "then"), [("ENQUEUE", "AwaitingConcurrencySlot"), ("CANCEL_NEW", "Cancelled")])
def test_a_resumed_run_waits_for_its_turn_where_the_others_strategy_would_cancel_it(strategy: str, then: str) -> None:
    """A suspended run gives its slot back; which strategy is deployed is held by test_deployments.py."""
    suspended, other = (Asked(release_forwards, f"limited-{strategy}", strategy=strategy) for _ in range(2))
    assert [suspended.becomes(one) for one in (Pending(), Running())] == ["Pending", "Running"]
    assert suspended.becomes(Suspended(timeout_seconds=60, pause_key="1")) == "Suspended"
    assert other.becomes(Pending()) == "Pending"
    suspended.send()
    assert suspended.becomes(Pending()) == then


def test_a_second_run_sees_that_one_waits_and_one_with_nothing_to_ask_ends(proposals: Proposals) -> None:
    held = proposals(1)
    first, second, third = release(), release(), release()
    assert first.start() == "Suspended"
    assert second.start() == {"waiting": 0}
    first.send(word=KEEP, by=CELL)
    assert third.start() == {"waiting": 0}, "the answered run has not gone on yet: nobody is asked twice"
    assert first.start() == {**NOTHING, "waiting": 0, "kept": 1}
    assert release().start() == {"waiting": 0}
    assert list(open_tasks(held, kind=TaskKind.RELEASE)) == []


def test_without_an_answer_it_ends_in_time_and_the_next_run_asks_anew(
    proposals: Proposals, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = proposals(1)
    with monkeypatch.context() as short:
        short.setattr(asking, "seconds_until", lambda due, now: 0)
        asked = release()
        assert asked.start() == "Suspended"
    with pytest.raises(FlowPauseTimeout):
        asked.send(word=ALL, by=CELL)
    assert asked.run.state_name == "Failed"
    assert kinds(held)[-1] == "ForwardProposed"
    asked.becomes(Scheduled())  # what the UI's Retry does: it asks anew, under another key
    assert asked.start() == "Suspended"
    asked.cancel()
    another = release()
    assert another.start() == "Suspended"
    assert another.answer(word=KEEP, by=CELL)["kept"] == 1


@pytest.mark.parametrize(
    ("due", "hour", "hours"),
    [(23, 10, 38), (22, 10, 14), (1, 10, 14), (22, 23, 1), (29, 10, 6 * 24 + 14)],
    ids=["tomorrow", "today", "long over", "in the last hour", "in a week: seven days at most"],
)
def test_a_question_stands_until_the_end_of_its_due_day_in_india(due: int, hour: int, hours: int) -> None:
    now = datetime(2026, 11, 22, hour, 0, tzinfo=IST)
    assert asking.seconds_until(date(2026, 11, due), now) == hours * 3600


def test_a_login_that_may_not_decide_is_told_so_and_asked_again(proposals: Proposals) -> None:
    held = proposals(2)
    put(held, officer("SDR-CELL", CELL), officer("SDR-NODAL", ARBITER))
    asked = release()
    asked.start()
    assert asked.answer(word=ALL, by="up.sdr-energy-itwa") == "Suspended"
    assert "nistaran registry show" in asked.form()["told"]
    assert kinds(held, 1)[-1] == "ForwardProposed"
    assert (
        asked.answer(word=TO_ARBITER, chosen=number(2), by=CELL)["to_arbiter"] == 1
    )  # of 1 another test's run has the key
    deployed(arbiter_ruling, RULING.split("/")[1])
    release().start()
    [ruling] = runs_of(arbiter_ruling)
    ruling.start()
    assert ruling.answer(department="राजस्व एवं आपदा", by=CELL) == "Suspended"
    assert "nistaran registry show" in ruling.form()["told"]
    assert ruling.answer(department="राजस्व एवं आपदा", by=ARBITER)["state"] == "RULED"


@pytest.mark.demand("S0-6")
def test_a_frozen_case_gets_one_run_and_the_arbiter_rules_in_it(proposals: Proposals) -> None:
    held = proposals(1)
    decide_forwards(held, [task(1)], word=Word.ARBITER, by=CELL)
    deployed(arbiter_ruling, RULING.split("/")[1])
    assert [release().start() for _ in range(2)] == [{"waiting": 0}] * 2
    [asked] = runs_of(arbiter_ruling)
    assert asked.run.parameters == {"case": number(1)}
    assert asked.start() == "Suspended"
    assert Asked(arbiter_ruling, "ruling", {"case": number(1)}).start()["state"] == "WAITS_ELSEWHERE"

    form = asked.form()
    names = [row.name_hi for row in held.pack.departments.values()]
    assert form["properties"]["department"]["enum"] == names
    assert form["properties"]["department"]["title"] == "उत्तरदायी विभाग / department"
    assert "टिप्पणी" in form["told"]
    assert "टिप्पणी" in artifact("arbiter-brief")
    assert asked.answer(department="राजस्व एवं आपदा", by=ARBITER, office=PHONE) == "Suspended"
    assert "offices.toml" in asked.form()["told"]
    done = asked.answer(department="राजस्व एवं आपदा", by=ARBITER)
    assert done == {"state": "RULED", "case": number(1), "office": "SDR-REVENUE-BANSI"}
    assert (case_of(held).department, kinds(held)[-2:]) == ("REVENUE", ["Ruled", "CorrectionTrusted"])
    assert asked.run.tags == [f"by:{ARBITER}"]
    assert verify(held).faults == []
    told = everything_about([asked])
    for secret in (SECRET, PHONE, "ट्रांसफार्मर"):
        assert secret not in told


def test_ruled_elsewhere_while_the_run_waits_is_not_ruled_twice(proposals: Proposals) -> None:
    from nistaran.steps.ruling import rule_case

    held = proposals(1)
    decide_forwards(held, [task(1)], word=Word.ARBITER, by=CELL)
    asked = Asked(arbiter_ruling, "ruling", {"case": number(1)})
    asked.start()
    rule_case(held, number(1), department="POLICE", by=ARBITER)
    assert asked.answer(department="राजस्व एवं आपदा", by=ARBITER)["state"] == "OVER"
    assert case_of(held).department == "POLICE"


@pytest.fixture
def model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a model that the gate let pass, in a house where two must agree."""
    with open_house(settings) as opened:
        quick = partial(open_quick, settings)
        works_in(opened, settings, monkeypatch, "flows.promote_model")
        monkeypatch.setenv("NISTARAN_PROMOTE", "two")
        monkeypatch.setattr("flows.promote_model.open_models", lambda _: quick())
        outcome = retrain(opened, quick(), enough=0, approval=Settings().promote)
        assert outcome.proposal is not None
        yield outcome.proposal.kept.version


def test_a_model_goes_live_when_two_persons_say_so(model: str, settings: Settings) -> None:
    asked = Asked(promote_model, "promote")
    assert asked.start() == "Suspended"
    assert f"**{model}**: sheets macro_f1 85.0 % → 86.0 %" in asked.form()["told"]
    assert model in artifact("promotion-card")
    for by in (SECRET, CELL):
        assert asked.answer(word=YES, by=by) == "Suspended"
    assert "दूसरे अधिकारी की सहमति" in asked.form()["told"]
    assert asked.answer(word=YES, by=ARBITER) == {"state": "LIVE", "version": model}
    assert open_quick(settings).live().version == model
    assert asked.run.tags == [f"by:{ARBITER}", f"by:{CELL}"]
    assert SECRET not in everything_about([asked])


def test_a_model_is_declined_or_another_went_live_meanwhile(model: str, settings: Settings) -> None:
    asked = Asked(promote_model, "promote", {"version": model})
    asked.start()
    assert asked.answer(word=NO, by=CELL)["state"] == "DECLINED"
    assert open_quick(settings).live().version != model
    asked = Asked(promote_model, "promote", {"version": "none-such"})
    assert asked.start()["state"] == "NONE"
