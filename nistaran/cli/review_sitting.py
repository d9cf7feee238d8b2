"""A sitting: a person decides one waiting case after the other; each answer is held until the next, so that it can be taken back.

Here: what each key does, and the counts. Not here: what is shown (review_screen.py), what an answer changes (steps/correct.py).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from nistaran.cli.review_screen import HELP
from nistaran.domain.correction import NONE, CorrectionReason
from nistaran.domain.correction_refused import CorrectionRefused
from nistaran.domain.errors import WorldAway
from nistaran.domain.wording import CORRECTION_HI
from nistaran.steps.correct import correct_case
from nistaran.steps.review import look
from nistaran.steps.review_search import DepartmentSearch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nistaran.cli.review_screen import Screen
    from nistaran.steps.house import House
    from nistaran.steps.review import ToReview

NOT_WRITTEN = "उत्तर नहीं लिखा गया, प्रकरण प्रतीक्षा में है / the answer was not written, the case still waits"
#: The key that was meant: the Latin one, or what the same key writes while the Hindi (InScript) layout is on.
_KEYS = {"े": "s", "ह": "u", "ौ": "q", "ल": "n", "ू": "t"}


@dataclass(slots=True)
class Tally:
    """What a sitting came to. `gone`: ids of cases that somebody else decided before they were shown; `same`: those that somebody
    else decided alike while they were; `seconds`: from the first case to the last answer."""

    answered: int = 0
    same: int = 0
    skipped: int = 0
    refused: int = 0
    gone: set[int] = field(default_factory=set)
    held_back: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person said of a case that is not written yet."""

    case: ToReview
    department: str
    reason: CorrectionReason


class _Step(Enum):
    ON = auto()
    BACK = auto()
    END = auto()


@dataclass(slots=True)
class Sitting:
    """The cases of these ids, in their order, before one person."""

    house: House
    ids: Sequence[int]
    screen: Screen
    by: str
    tally: Tally = field(default_factory=Tally)
    _held: Answer | None = None
    _back: int | None = None  #: the case shown before this one, as long as its answer can be taken back
    _search: DepartmentSearch | None = None

    @property
    def left(self) -> int:
        """How many of these cases nobody has decided: those that were skipped or not reached."""
        done = self.tally.answered + self.tally.same + self.tally.refused + len(self.tally.gone)
        return len(self.ids) - done

    def run(self) -> None:
        """Until the last case, `q`, the end of the input or Ctrl-C.

        Raises:
            WorldAway: when the database does not answer; what was written before stays written.
        """
        began, at = time.monotonic(), 0
        try:
            while at < len(self.ids) or self._held is not None:
                match self._at(at) if at < len(self.ids) else self._last():
                    case _Step.ON:
                        at += 1
                    case _Step.BACK:
                        at, self._back = self._back if self._back is not None else at, None
                    case _Step.END:
                        break
            self._write()
        except KeyboardInterrupt:
            if self._held is not None:
                self.screen.tell("", f"{self._held.case.number}: {NOT_WRITTEN}")
        finally:
            self.tally.seconds = time.monotonic() - began

    def _at(self, at: int) -> _Step:
        found = look(self.house, [self.ids[at]])
        if not found:
            self.tally.gone.add(self.ids[at])
            return _Step.ON
        case = found[0]
        self.screen.case(case, at=at + 1, of=len(self.ids))
        while True:
            typed = self.screen.read()
            if typed is None:
                return _Step.END
            step = self._act(case, typed, at)
            if step is not None:
                return step

    def _last(self) -> _Step:
        """After the last case its answer can still be taken back."""
        self.screen.tell("", "सूची पूरी हुई / the list is done")
        typed = self.screen.read("Enter: लिखें और समाप्त / write and end · u: अन्तिम उत्तर वापस / take the last one back > ")
        if typed is None or _key(typed) != "u":
            return _Step.END
        return self._undo() or _Step.END

    def _act(self, case: ToReview, typed: str, at: int) -> _Step | None:
        """What a line does; None when the case stays before the person."""
        key = _key(typed)
        match key:
            case "s":
                self._write()
                self.tally.skipped += 1
                self._back = at
                return _Step.ON
            case "u":
                return self._undo()
            case "q":
                return _Step.END
            case "t":
                self.screen.case(case, at=at + 1, of=len(self.ids), whole=True)
            case "?":
                self.screen.tell(*HELP)
            case _:
                answer = self._answer(case, key)
                if answer is not None:
                    return self._hold(answer, at)
        return None

    def _answer(self, case: ToReview, key: str) -> Answer | None:
        if key == "n":
            return self._no_grievance(case)
        if key.isdecimal():
            at = int(key) if len(key) == 1 else 0
            if not 1 <= at <= len(case.guesses):
                self.screen.tell("ऐसी संख्या नहीं है / there is no such number")
                return None
            return self._of(case, case.guesses[at - 1].department)
        if len(key.lstrip("/ ")) >= 2:
            return self._searched(case, key.lstrip("/ "))
        self.screen.choices(case)
        return None

    def _searched(self, case: ToReview, letters: str) -> Answer | None:
        self._search = self._search or DepartmentSearch(self.house.pack.departments)
        found = self._search.find(letters)
        if not found:
            self.screen.tell("कोई विभाग नहीं मिला; दूसरे अक्षर लिखें / no department found; try other letters")
            return None
        chosen = self.screen.pick(found)
        answer = self._of(case, chosen) if chosen else None
        if answer is None:
            self.screen.choices(case)
        return answer

    def _of(self, case: ToReview, department: str) -> Answer | None:
        if department == NONE:
            return self._no_grievance(case)
        return Answer(case=case, department=department, reason=CorrectionReason.UNSTATED)

    def _no_grievance(self, case: ToReview) -> Answer | None:
        reason = self.screen.why_none()
        if reason is None:
            self.screen.choices(case)
            return None
        return Answer(case=case, department=NONE, reason=reason)

    def _hold(self, answer: Answer, at: int) -> _Step:
        self._write()
        self._held, self._back = answer, at
        why = f" ({CORRECTION_HI[answer.reason]})" if answer.department == NONE else ""
        self.screen.tell(f"→ {answer.case.number}: {self.screen.name(answer.department)}{why}   [u: वापस / take back]")
        return _Step.ON

    def _undo(self) -> _Step | None:
        if self._back is None:
            self.screen.tell(
                "वापस लेने को कुछ नहीं है; जो लिखा जा चुका वह `nistaran correct` से बदलता है / nothing to take back; what is written is "
                "changed with `nistaran correct`"
            )
            return None
        if self._held is None:
            self.tally.skipped -= 1
        self._held = None
        return _Step.BACK

    def _write(self) -> None:
        """Write the answer that is held, if any; it cannot be taken back from then on."""
        held, self._held, self._back = self._held, None, None
        if held is None:
            return
        try:
            done = correct_case(
                self.house,
                held.case.number,
                department=held.department,
                by=self.by,
                reason=held.reason,
                turn=held.case.turn,
            )
        except CorrectionRefused as error:
            self.tally.refused += 1
            self.screen.refuse(str(error))
        except WorldAway:
            self.screen.tell("", f"{held.case.number}: {NOT_WRITTEN}")
            raise
        else:
            self.tally.answered += done.changed
            self.tally.same += not done.changed
            self.tally.held_back += len(done.held_back)


def _key(typed: str) -> str:
    return _KEYS.get(typed, typed.casefold())
