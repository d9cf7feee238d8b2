"""Proposed transfers, scheduled in office hours: a person of the cell decides on all that wait, in Prefect's UI; the run is suspended.

Here: when it asks and what an answer leads to. Not here: the three words (nistaran/steps/release.py), the form (forms.py), what is
shown (forwards_pages.py). It also sees to it that each frozen case has a run that asks the arbiter (arbiter_ruling.py).
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from prefect import flow, get_run_logger
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound

from flows.asking import (
    another_waits,
    answer_of,
    ask,
    forget_answer,
    keep_login,
    last_day,
    shown_at,
    tell,
    turn_answered,
)
from flows.edge import batch_task, guard_logs
from flows.forms import ChosenAndAll, ForwardsForm, ForwardsWord, NothingChosen, chosen_of
from flows.forwards_pages import Became, Outcome, publish_outcomes, publish_waiting
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import standing_house
from nistaran.domain.correction_refused import CorrectionRefused, login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.task import Task, TaskKind, TaskState
from nistaran.domain.transfer_refused import NobodyNamed, OwnProposal, UnknownTask
from nistaran.settings import load
from nistaran.steps.follow import proposed
from nistaran.steps.house import House
from nistaran.steps.release import Decided, Word, decide_forwards
from nistaran.steps.tasks import open_tasks
from nistaran.steps.who_may import must_be_a_cell_login

RULING = "arbiter_ruling/ruling"
#: More rows than these nobody reads at once: the rest comes when these are decided.
_SHOWN_AT_MOST = 200
_RULINGS_AT_MOST = 100
_BECAME = {Word.RELEASE: Became.RELEASED, Word.KEEP: Became.KEPT, Word.ARBITER: Became.TO_ARBITER}


@batch_task("waiting", run_name="proposals-that-wait")
def waiting() -> tuple[list[Task], int]:
    """The proposals to show, the first due first, and how many wait besides."""
    found = open_tasks(standing_house(load()), kind=TaskKind.RELEASE)
    return list(islice(found, _SHOWN_AT_MOST)), sum(1 for _ in found)


@batch_task("shown", run_name="proposals-that-were-shown")
def shown(ids: list[str]) -> list[Task]:
    """The proposals that the person saw, as they stand now."""
    with standing_house(load()).read() as work:
        return work.tasks.by_ids(ids)


@batch_task("login", run_name="login-of-the-cell")
def must_be_of_the_cell(by: str) -> None:
    """Go on only for a login of the cell, or of an office above it."""
    must_be_a_cell_login(standing_house(load()), by)


@batch_task("decide", run_name="decide-on-proposals")
def decide(ids: list[str], word: Word, by: str) -> list[Outcome]:
    """The word over each, one by one: what can be decided no more keeps none of the others back."""
    house = standing_house(load())
    return [decide_one(house, one, word, by) for one in ids]


def decide_one(house: House, task_id: str, word: Word, by: str) -> Outcome:
    """The word over one proposal, or why it was not said."""
    try:
        [done] = decide_forwards(house, [task_id], word=word, by=by)
    except NobodyNamed:
        return Outcome(task=task_id, became=Became.NOBODY)
    except OwnProposal:
        return Outcome(task=task_id, became=Became.OWN)
    except UnknownTask:
        return _decided_before(house, task_id, by)
    return _told(done)


def _told(done: Decided) -> Outcome:
    became = Became.TO_ARBITER if done.frozen else _BECAME[done.word]
    return Outcome(task=done.task, became=became, office=done.office, why=done.frozen.value if done.frozen else "")


def _decided_before(house: House, task_id: str, by: str) -> Outcome:
    """Gone; or decided by the same login before: the database went away behind the commit and the task is tried again. Then where the
    case lies says what became of it."""
    with house.read() as work:
        tasks = work.tasks.by_ids([task_id])
        case = work.cases.by_number(tasks[0].case) if tasks else None
    if case is None or tasks[0].state is not TaskState.DONE or tasks[0].closed_by != login_of(by):
        return Outcome(task=task_id, became=Became.GONE)
    lies = {
        str(tasks[0].body["from"]): Became.KEPT,
        house.district.facts.arbiter: Became.TO_ARBITER,
        proposed(tasks[0]).office: Became.RELEASED,
    }
    became = lies.get(case.office, Became.GONE)
    return Outcome(task=task_id, became=became, office="" if became is Became.GONE else case.office)


@batch_task("frozen", run_name="frozen-cases")
def frozen() -> list[tuple[str, str]]:
    """(case, key of its question) of the frozen cases that the arbiter must be asked about; the key is new when a question lapses."""
    house = standing_house(load())
    today = day_in_india(house.clock.now())
    found = islice(open_tasks(house, kind=TaskKind.RULING), _RULINGS_AT_MOST)
    return [(one.case, f"{one.id}:{last_day(one.due_on, today).isoformat()}") for one in found]


def ask_for_rulings() -> int:
    """One run a frozen case, at most once a question: Prefect gives back the run that has the key. Returns how many cases wait."""
    cases = frozen()
    for case, key in cases:
        try:
            run_deployment(RULING, parameters={"case": case}, timeout=0, idempotency_key=key, as_subflow=False)
        except ObjectNotFound:
            get_run_logger().warning("there is no deployment %s: nobody is asked for rulings; deploy again", RULING)
            break
    return len(cases)


@flow(
    name="release_forwards",
    flow_run_name="अंतरणों पर निर्णय / transfers",
    persist_result=False,
    log_prints=False,
    on_completion=[leave_heartbeat],
)
def release_forwards() -> dict[str, int]:
    """Ask the cell about the proposed transfers, unless an older run waits for it, and do what it says.

    Returns counts: waiting, and what became of those that were decided on.
    """
    guard_logs()
    turn = turn_answered()
    if turn == 0:
        rulings = ask_for_rulings()
        if another_waits():
            get_run_logger().info("release: an older run waits for the cell; %d frozen cases", rulings)
            return {"waiting": 0}
        return _ask()
    try:
        answer = answer_of(ForwardsForm, turn)
        by = login_of(answer.by)
        must_be_of_the_cell(by)
        ids, word = meant(answer, shown(shown_at(turn)))
    except CorrectionRefused as refused:
        forget_answer(turn)
        return _ask(because=str(refused))
    return _do(ids, word, by)


def _ask(*, because: str = "") -> dict[str, int]:
    """Show what waits and suspend. Comes back only when nothing waits."""
    tasks, more = waiting()
    if not tasks:
        get_run_logger().info("release: nothing waits")
        return {"waiting": 0}
    house = standing_house(load())
    pairs = publish_waiting(house, tasks)
    lines = [f"**{len(tasks)} प्रस्तावित अंतरण निर्णय हेतु / transfers wait for a decision**"]
    if because:
        tell("release-refused", f"**उत्तर नहीं लिया गया / the answer was not taken**\n\n{because}\n")
        get_run_logger().warning("release: the answer was not taken; asking again")
        lines.insert(0, f"**पिछला उत्तर नहीं लिया गया / the answer before was not taken:** {because}")
    lines.append(pairs)
    if more:
        lines.append(f"{more} और, इनके बाद / more, after these")
    get_run_logger().info("release: %d proposals shown, %d more wait", len(tasks), more)
    ids = [one.id for one in tasks]
    return ask(ForwardsForm, "\n\n".join(lines), due=tasks[0].due_on, now=house.clock.now(), shown=ids)


def meant(answer: ForwardsForm, tasks: list[Task]) -> tuple[list[str], Word]:
    """The ids and the word. Raises CorrectionRefused when the answer contradicts itself or names what was not shown."""
    chosen = [one.id for one in chosen_of(answer.chosen, tasks)]
    every = [one.id for one in tasks]
    if chosen and answer.word in {ForwardsWord.ALL, ForwardsWord.KEEP}:
        raise ChosenAndAll
    match answer.word:
        case ForwardsWord.ALL:
            return every, Word.RELEASE
        case ForwardsWord.CHOSEN:
            if not chosen:
                raise NothingChosen
            return chosen, Word.RELEASE
        case ForwardsWord.KEEP:
            return every, Word.KEEP
        case ForwardsWord.ARBITER:
            return chosen or every, Word.ARBITER


def _do(ids: list[str], word: Word, by: str) -> dict[str, int]:
    keep_login(by)
    outcomes = decide(ids, word, by)
    publish_outcomes(outcomes, by)
    became = Counter(one.became for one in outcomes)
    left, more = waiting()
    counts = {"waiting": len(left) + more, **{one.value.lower(): became[one] for one in Became}}
    get_run_logger().info("release: %s", counts)
    return counts
