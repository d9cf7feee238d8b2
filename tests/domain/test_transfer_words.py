"""Every code that a transfer can carry has its words, in Hindi and English, and its letter."""

from __future__ import annotations

from nistaran.domain import transfer_sentences as said
from nistaran.domain.complaint import Status
from nistaran.domain.events import EventKind
from nistaran.domain.following import (
    AddTask,
    AskCell,
    AskComplainant,
    Forward,
    ForwardWhy,
    Freeze,
    FreezeWhy,
    ReturnToSender,
    StayWhy,
    StayWith,
)
from nistaran.domain.letters import WORDING, Letter
from nistaran.domain.task import TaskKind, TaskState
from nistaran.domain.transfer import AnswerKind
from nistaran.domain.wording import EVENT_HI, STATUS_HI, TASK_HI, TASK_STATE_HI


def test_every_code_has_its_words() -> None:
    assert set(said.ANSWER) == {one.value for one in AnswerKind}
    assert set(said.ANSWER_CHOICE_HI) == set(said.ANSWER)
    assert set(said.FREEZE) == {one.value for one in FreezeWhy}
    assert set(said.FORWARD) == {one.value for one in ForwardWhy}
    assert set(said.STAY) == {one.value for one in StayWhy}
    kinds = (AskCell, Forward, Freeze, ReturnToSender, AddTask, AskComplainant, StayWith)
    assert set(said.FOLLOWING) == {kind.__name__ for kind in kinds}
    assert set(TASK_HI) == {one.value for one in TaskKind}
    assert set(TASK_STATE_HI) == {one.value for one in TaskState}
    assert set(EVENT_HI) == {one.value for one in EventKind}
    assert set(STATUS_HI) == {one.value for one in Status}


def test_every_letter_has_its_subject_and_order() -> None:
    assert set(WORDING) == set(Letter)
    for wording in WORDING.values():
        assert "SDR-2026-0000042" in wording.subject.format(number="SDR-2026-0000042")
        assert wording.order.endswith("।")
