"""What the engine says about one complaint: which department, how sure, and where it goes or that a person is asked.

Not here: how a classification is learned (models/) or how an office is found (routing/).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Candidate:
    """One department with its calibrated probability (0–1)."""

    department: str
    confidence: float


class AskReason(StrEnum):
    """Why a person must decide. Each is shown to the clerk in Hindi by the pack's sentences."""

    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    TOO_LITTLE_EVIDENCE = "TOO_LITTLE_EVIDENCE"
    UNKNOWN_SCRIPT = "UNKNOWN_SCRIPT"
    DAMAGED_TEXT = "DAMAGED_TEXT"
    NOT_A_GRIEVANCE = "NOT_A_GRIEVANCE"
    NO_MODEL = "NO_MODEL"
    NO_OFFICE = "NO_OFFICE"
    AMBIGUOUS_PLACE = "AMBIGUOUS_PLACE"
    NO_PLACE = "NO_PLACE"
    OUTSIDE_DISTRICT = "OUTSIDE_DISTRICT"
    DRIFT = "DRIFT"  #: the drift watch gave this department, or all, to people (drift.py)
    RESPONDENT = "RESPONDENT"  #: every office that could take it is of a post that the text complains of
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The department classifier's word on one text.

    `candidates` are the likeliest departments, best first, at least five where the model knows five. `words` are the words of
    the text that spoke for the first candidate against the second, strongest first. `ask` is None when the model is sure
    enough to act on its own (decision 2: not knowing is a value).
    """

    candidates: tuple[Candidate, ...]
    words: tuple[str, ...]
    ask: AskReason | None
    model: str

    @property
    def best(self) -> Candidate:
        """The likeliest department. A classification without candidates is never made: NO_MODEL has none and asks."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """The case goes to this office. `rule` names the rule that chose the office; `places` the place codes that it used."""

    office: str
    department: str
    confidence: float
    rule: str
    words: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAPerson:
    """Nobody may guess: a clerk decides. `department` is the best guess to show, "" if there is none."""

    reason: AskReason
    department: str
    confidence: float
    words: tuple[str, ...]
    places: tuple[str, ...]


Decision = Assign | AskAPerson
