"""What every flow shares: retries for the world being away only, errors without citizens' words, artifacts of counts only.

Not here: steps. An artifact is built only by the functions below, which take numbers, codes and dates (decision 7, P27).
"""

from __future__ import annotations

import functools
import logging
import re
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task, exponential_backoff

from nistaran.domain.errors import NistaranError, WorldAway
from nistaran.domain.privacy import mask_text

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
_EVERY_SECONDS = 2.0


class StepFailed(NistaranError):
    """A step failed for a reason nobody foresaw: see the place named here in the code, mend it, run the flow again."""


class NotForArtifacts(NistaranError):
    """Only numbers, codes and dates may stand in an artifact: pass a count or a code."""


def guarded(step: Callable[P, R]) -> Callable[P, R]:
    """Let our own errors pass; turn any other into StepFailed that names type and place, and nothing that a citizen wrote.

    Prefect stores the message of whatever a task raises, and a database error may carry the row that it choked on.
    """

    @functools.wraps(step)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except NistaranError:
            raise
        except Exception as error:  # noqa: BLE001 - turned into StepFailed below
            place = _place_of(error)
        raise StepFailed(place)

    return run


async def world_away(task: Task[Any, Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether to try again: only when the world was away. A wrong table does not become right by waiting."""
    result = await state.aresult(raise_on_failure=False)
    return isinstance(result, WorldAway)


def batch_task(name: str, *, run_name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A task over many complaints: guarded, tried again with back-off when the world is away, never cached or persisted."""

    def wrap(step: Callable[P, R]) -> Task[P, R]:
        return task(
            name=name,
            task_run_name=run_name,
            retries=6,
            retry_delay_seconds=exponential_backoff(backoff_factor=2),
            retry_jitter_factor=0.5,
            retry_condition_fn=world_away,
            cache_policy=NO_CACHE,
            persist_result=False,
            log_prints=False,
        )(guarded(step))

    return wrap


class MaskingFilter(logging.Filter):
    """The last guard: phones and other numbers of people are masked in every line that is about to be written anywhere."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the sentence. Of exceptions only type and place stay, whether attached or put into the sentence: their text
        and the lines of their stack may hold a citizen's words, which no pattern knows."""
        told = [mask_text(_sentence(record))]
        if record.exc_info and isinstance(error := record.exc_info[1], BaseException):
            told.append(f"[{_place_of(error)}]")
        record.msg, record.args = " ".join(told), None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _sentence(record: logging.LogRecord) -> str:
    """The line with its arguments, exceptions among them by type and place. Never raises: a filter's error would stop the work."""
    if isinstance(record.msg, BaseException):
        return _place_of(record.msg)
    args = record.args
    if isinstance(args, Mapping):
        record.args = {name: _without_words(value) for name, value in args.items()}
    elif args:
        record.args = tuple(_without_words(value) for value in args)
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001 - whatever a value's own text raises; the arguments are dropped
        return f"a line that could not be put together ({type(error).__name__} at {record.filename}:{record.lineno})"


def _without_words(value: object) -> object:
    return _place_of(value) if isinstance(value, BaseException) else value


def _place_of(error: BaseException) -> str:
    """Type and innermost place of an exception: «ValueError at route.py:42»."""
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
        if frames
        else type(error).__name__
    )


def guard_logs() -> None:
    """Put the masking filter on the root's and Prefect's handlers. Safe to call many times."""
    for name in ("", "prefect", "prefect.flow_runs", "prefect.task_runs"):
        for handler in logging.getLogger(name).handlers:
            if not any(isinstance(known, MaskingFilter) for known in handler.filters):
                handler.addFilter(MaskingFilter())


def publish_counts(key: str, title: str, counts: Mapping[str, int], names: Mapping[str, str] | None = None) -> None:
    """A table artifact: code, name from the pack, count. Keys must be codes, values whole numbers."""
    rows = [
        {"कोड": code_cell(code), "नाम": (names or {}).get(code, ""), "संख्या": count_cell(n)}
        for code, n in counts.items()
    ]
    create_table_artifact(table=rows or [{"कोड": "-", "नाम": "", "संख्या": 0}], key=key, description=title)


def publish_summary(key: str, title: str, lines: Sequence[tuple[str, int]]) -> None:
    """A markdown artifact of counted lines. The labels are constants of the flow, the numbers are counts."""
    body = "\n".join(f"| {label} | {count_cell(count)} |" for label, count in lines)
    create_markdown_artifact(f"## {title}\n\n| | संख्या |\n|---|---:|\n{body}\n", key=key, description=title)


def code_cell(code: str) -> str:
    """A code as it may stand in an artifact."""
    if not _CODE.fullmatch(code):
        raise NotForArtifacts("a cell is not a code")
    return code


def count_cell(count: int) -> int:
    """A count as it may stand in an artifact."""
    if not isinstance(count, int):
        raise NotForArtifacts("a cell is not a count")
    return count


class ArtifactProgress:
    """Long work shown in Prefect's UI as a progress artifact: made after two seconds of work, renewed every two seconds."""

    def __init__(self, key: str, title: str, *, expected: int) -> None:
        self._key, self._title, self._expected = key, title, max(expected, 1)
        self._id: UUID | None = None
        self._done, self._shown = 0, 0.0

    def start(self, title: str, total: int | None) -> None:
        """Work begins. The file's own name stays out: people put names of persons into file names."""
        self._expected = total or self._expected
        self._shown = time.monotonic()

    def advance(self, done: int) -> None:
        """More is done."""
        self._done += done
        if time.monotonic() - self._shown > _EVERY_SECONDS:
            self._shown = time.monotonic()
            self._show(min(99.0, 100.0 * self._done / self._expected))

    def finish(self) -> None:
        """It is over."""
        if self._id is not None:
            self._show(100.0)

    def _show(self, percent: float) -> None:
        told = f"{self._title}: {self._done}"
        if self._id is None:
            self._id = cast(UUID, create_progress_artifact(percent, key=self._key, description=told))
        else:
            update_progress_artifact(self._id, percent, description=told)
