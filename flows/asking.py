"""Asking people in Prefect's UI: a run is suspended with a form until somebody decides, or the day is over. No rule, no state.

A resumed run is a new process that begins at the top, so each turn's question is a pause key of its own, and what was shown
with it is kept beside the run. Not here: the forms (forms.py), what an answer does (nistaran/steps/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NoReturn, TypeVar, cast
from uuid import UUID

from prefect import suspend_flow_run
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterId,
    FlowRunFilter,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.input import RunInput
from prefect.input.actions import (
    create_flow_run_input,
    delete_flow_run_input,
    filter_flow_run_input,
    read_flow_run_input,
)
from prefect.input.run_input import keyset_from_base_key
from prefect.runtime import flow_run
from pydantic import ValidationError

from nistaran.domain.correction_refused import CorrectionRefused, login_of
from nistaran.domain.deadlines import IST, day_in_india
from nistaran.domain.errors import NistaranError

Form = TypeVar("Form", bound=RunInput)

_SHOWN = "shown-"
_TURNS_AT_MOST = 200
_DAYS_AT_MOST = 7
_SECONDS_AT_LEAST = 3600
#: A run that counts as running for longer than this was killed: these runs work for seconds.
_KILLED_AFTER = timedelta(hours=1)
_SUPPOSED_TO_MOVE = frozenset({StateType.PENDING, StateType.RUNNING})
_NOT_OVER = [StateType.PAUSED, StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING]


class NotDeployed(NistaranError):
    """यह कार्य केवल Deployments पृष्ठ से चलता है: वहाँ Quick run दबाएँ / Prefect suspends only runs of a deployment: start it from the
    Deployments page with Quick run."""


class Unreadable(CorrectionRefused):
    """उत्तर पढ़ा नहीं जा सका (तालिका बदल गई है या उत्तर अधूरा है): फिर से भरें / The answer cannot be read (a table was edited meanwhile,
    or it is incomplete): fill it in again."""


def turn_answered() -> int:
    """The turn whose answer let this run go on; 0 when it has just been started, also by Retry in the UI."""
    with get_client(sync_client=True) as client:
        run = _this(client)
    if run.deployment_id is None:
        raise NotDeployed
    return max((int(key) for key in run.empirical_policy.pause_keys or () if key.isdecimal()), default=0)


def another_waits(same: Mapping[str, object] | None = None) -> bool:
    """Whether an older run of this flow, with these parameters, is suspended, about to go on after its answer, or just beginning.

    A deployment's concurrency limit does not say so: a suspended run gives its slot back.
    """
    begun = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_NOT_OVER)),
        start_time=FlowRunFilterStartTime(is_null_=False),
    )
    with get_client(sync_client=True) as client:
        me = _this(client)
        others = client.read_flow_runs(
            flow_filter=FlowFilter(id=FlowFilterId(any_=[me.flow_id])), flow_run_filter=begun, limit=200
        )
    wanted = dict(same or {})
    return any(
        _order(one) < _order(me) and wanted.items() <= one.parameters.items() and not is_killed(one) for one in others
    )


def _order(run: FlowRun) -> tuple[float, str]:
    return (run.start_time.timestamp() if run.start_time else float("inf"), str(run.id))


def is_killed(run: FlowRun) -> bool:
    """Whether it counts as running for so long that it cannot be."""
    state = run.state
    if state is None or state.type not in _SUPPOSED_TO_MOVE:
        return False
    return datetime.now(IST) - state.timestamp > _KILLED_AFTER


def last_day(due: date, today: date) -> date:
    """The last day on which a question stands: its own due day, today when that is over, at most a week from now."""
    return min(max(due, today), today + timedelta(days=_DAYS_AT_MOST - 1))


def ask(form: type[Form], told: str, *, due: date, now: datetime, shown: Sequence[str] = ()) -> NoReturn:
    """Suspend this run with the form until somebody answers or the last day is over; then it fails as such, and whatever schedules
    it asks anew. `told` is Markdown over the form, `shown` are the ids that it speaks of."""
    # Counted by what is kept and not by pause keys: Retry in the UI empties those, and the form before would be in the way.
    turn = 1 + len(cast("list[object]", filter_flow_run_input(_SHOWN, limit=_TURNS_AT_MOST)))
    create_flow_run_input(f"{_SHOWN}{turn}", list(shown))
    asked = form.with_initial_data(description=told)
    suspend_flow_run(wait_for_input=asked, timeout=seconds_until(due, now), key=str(turn))
    raise AssertionError("a suspended run goes on in a new process")


def seconds_until(due: date, now: datetime) -> int:
    """So long a question with this due day stands: until the end of its last day in India, an hour at least."""
    over = datetime.combine(last_day(due, day_in_india(now)) + timedelta(days=1), time.min, IST)
    return max(int((over - now).total_seconds()), _SECONDS_AT_LEAST)


def answer_of(form: type[Form], turn: int) -> Form:
    """What was answered to the turn-th question.

    Raises:
        Unreadable: when it fits the form no more, or is missing since the run was started again by hand.
    """
    try:
        return suspend_flow_run(wait_for_input=form, key=str(turn))
    except ValidationError:
        pass  # outside of it, so that the error with what was written hangs on nothing
    raise Unreadable


def forget_answer(turn: int) -> None:
    """An answer that was not taken is not kept: people write names and phones where a login should stand."""
    response = keyset_from_base_key(f"suspended-{turn}")["response"]
    if read_flow_run_input(response) is not None:
        delete_flow_run_input(response)


def shown_at(turn: int) -> list[str]:
    """The ids that stood in the turn-th question."""
    found = cast("list[str] | None", read_flow_run_input(f"{_SHOWN}{turn}"))
    return found or []


def keep_login(by: str) -> None:
    """The run's own record names who decided, as a tag (the ledger has it from the step)."""
    login = login_of(by)
    with get_client(sync_client=True) as client:
        client.update_flow_run(_this(client).id, tags=sorted({*_this(client).tags, f"by:{login}"}))


def tell(key: str, sentence: str) -> None:
    """A sentence of our own as a Markdown artifact."""
    create_markdown_artifact(sentence, key=key, description="अवगत हों / please note")


def _this(client: SyncPrefectClient) -> FlowRun:
    found = flow_run.get_id()
    if found is None:
        raise ObjectNotFound(LookupError("flow run"), "no flow run")
    return client.read_flow_run(UUID(found))
