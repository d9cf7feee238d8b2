"""Letters drawn up for a person's signature: kinds, states, and which step may follow which (S1-2). A machine signs and sends nothing.

Pure rules. Not here: what a letter says (the pack's letters.toml), when one is proposed (steps/propose_drafts.py), keeping them (storage/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError

#: India's financial year begins with April.
_FIRST_MONTH = 4
_WORDS = 300


class DraftKind(StrEnum):
    """What a letter is. The first four are the ladder, in the order in which an office meets them."""

    REMINDER = "REMINDER"
    EXPLANATION = "EXPLANATION"
    WARNING = "WARNING"
    SHOW_CAUSE = "SHOW_CAUSE"
    TO_SUPERIOR = "TO_SUPERIOR"
    FORWARDING = "FORWARDING"
    RETURN = "RETURN"
    COURT_REPLY = "COURT_REPLY"

    @property
    def is_step(self) -> bool:
        """Whether it is a step of the ladder: a case meets each once in a round."""
        return self in LADDER


LADDER = (DraftKind.REMINDER, DraftKind.EXPLANATION, DraftKind.WARNING, DraftKind.SHOW_CAUSE)


class DraftState(StrEnum):
    """How far a letter has come, each time by a person."""

    DRAFTED = "DRAFTED"
    SIGNED = "SIGNED"
    SENT = "SENT"
    CANCELLED = "CANCELLED"


class ActKind(StrEnum):
    """What a person did with a letter."""

    SIGNED = "SIGNED"
    SENT = "SENT"
    ANSWERED = "ANSWERED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who did what, and when it was told. `on` is the day on which it was sent or answered, `until` the day by which an answer is owed."""

    kind: ActKind
    by: str
    at: datetime
    on: date | None = None
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter. `facts` are what stands on it, frozen when it was drawn up: ids, days, counts and the pack's sentences, no citizen's word.

    `cases` are (case id, round) of the cases it is about; `basis` is what it rests on: an earlier letter, an order, a window of months.
    """

    id: str
    kind: DraftKind
    year: str  #: financial year, 2026-27
    serial: int  #: counted without gaps a kind and year
    office: str  #: whom it is written to; "" where that is no office of the table
    department: str
    drawn_at: datetime
    drawn_by: str  #: "" when it was proposed
    facts: Mapping[str, object]
    basis: str = ""
    reply_days: int = 0  #: working days for an answer, from the day of sending; 0: none is owed
    cases: tuple[tuple[int, int], ...] = ()
    state: DraftState = DraftState.DRAFTED
    acts: tuple[Act, ...] = field(default=())

    def act(self, kind: ActKind) -> Act | None:
        """When that was done; None when it was not."""
        return next((one for one in self.acts if one.kind is kind), None)

    @property
    def reply_by(self) -> date | None:
        """The day by which the office owes an answer; None before it was sent, and where none is owed."""
        sent = self.act(ActKind.SENT)
        return sent.until if sent else None

    def unanswered(self, today: date) -> bool:
        """Whether it was sent, an answer was owed, and the day for it is over."""
        return (
            self.state is DraftState.SENT
            and self.act(ActKind.ANSWERED) is None
            and self.reply_by is not None
            and self.reply_by < today
        )


class DraftRefused(NistaranError):
    """पत्र पर यह कार्यवाही नहीं हो सकती: `nistaran drafts show` से स्थिति देखें / This cannot be done with the letter: see how it stands
    with `nistaran drafts show`"""


class NotDrawn(DraftRefused):
    """यह पत्र नहीं बनाया जा सकता: प्रकरण के पत्र `nistaran drafts list --case` से और नियम `nistaran drafts draw --help` से देखें / This letter cannot be
    drawn up: see the letters about a case with `nistaran drafts list --case`, the rules with `nistaran drafts draw --help`"""


class UnknownDraft(NistaranError):
    """इस क्रमांक का कोई पत्र नहीं है: `nistaran drafts list` से क्रमांक देखें / There is no letter of this id: look it up with
    `nistaran drafts list`"""


def financial_year(day: date) -> str:
    """The financial year of a day, as letters are numbered: 1 April 2026 to 31 March 2027 is 2026-27."""
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def draft_id(kind: DraftKind, year: str, serial: int) -> str:
    """The id by which a letter is called for: EXPLANATION-2026-27-0007."""
    return f"{kind.value}-{year}-{serial:04d}"


def may_follow(kind: DraftKind, earlier: Draft, today: date) -> bool:
    """Whether this step of the ladder may follow that letter on the same cases.

    A show-cause needs an explanation that was sent and not answered by its day; a warning needs one that was sent, and is not written
    where a show-cause is due: nobody gets two letters for one silence.
    """
    explained = earlier.kind is DraftKind.EXPLANATION and earlier.state is DraftState.SENT
    match kind:
        case DraftKind.SHOW_CAUSE:
            return explained and earlier.unanswered(today)
        case DraftKind.WARNING:
            return explained and not earlier.unanswered(today)
        case DraftKind.REMINDER | DraftKind.EXPLANATION:
            return earlier.kind is DraftKind.REMINDER
        case DraftKind.TO_SUPERIOR | DraftKind.FORWARDING | DraftKind.RETURN | DraftKind.COURT_REPLY:
            return True


def signed(draft: Draft, *, by: str, at: datetime) -> Draft:
    """The letter after a person signed it. Raises DraftRefused for one that is not a draft."""
    _must_be(draft, DraftState.DRAFTED)
    return _after(draft, DraftState.SIGNED, Act(kind=ActKind.SIGNED, by=by, at=at))


def sent(draft: Draft, *, by: str, at: datetime, on: date, until: date | None) -> Draft:
    """The letter after a person sent it on that day. Raises DraftRefused for one that is not signed, or for another day than since then."""
    _must_be(draft, DraftState.SIGNED)
    was_signed = draft.act(ActKind.SIGNED)
    _must_lie(on, since=day_in_india(was_signed.at) if was_signed else on, at=at)
    return _after(draft, DraftState.SENT, Act(kind=ActKind.SENT, by=by, at=at, on=on, until=until))


def answered(draft: Draft, *, by: str, at: datetime, on: date) -> Draft:
    """The letter after its answer came. Raises DraftRefused for one that was not sent or is answered, or for a day before it was sent."""
    _must_be(draft, DraftState.SENT)
    went = draft.act(ActKind.SENT)
    if draft.act(ActKind.ANSWERED) is not None:
        raise DraftRefused("उत्तर पहले ही दर्ज है / its answer is written down already")
    _must_lie(on, since=went.on if went and went.on else on, at=at)
    return _after(draft, DraftState.SENT, Act(kind=ActKind.ANSWERED, by=by, at=at, on=on))


def cancelled(draft: Draft, *, by: str, at: datetime, why: str) -> Draft:
    """The letter after a person put it aside; its number stays used. Raises DraftRefused for one that is gone, or without a cause."""
    _must_be(draft, DraftState.DRAFTED, DraftState.SIGNED)
    if not any(letter.isalpha() for letter in why) or len(why) > _WORDS:
        raise DraftRefused(f"कारण लिखें, {_WORDS} अक्षरों तक / say why, in at most {_WORDS} letters")
    return _after(draft, DraftState.CANCELLED, Act(kind=ActKind.CANCELLED, by=by, at=at, why=why))


def _after(draft: Draft, state: DraftState, act: Act) -> Draft:
    return replace(draft, state=state, acts=(*draft.acts, act))


def _must_be(draft: Draft, *states: DraftState) -> None:
    if draft.state not in states:
        raise DraftRefused(f"{draft.id}: {draft.state.value}")


def _must_lie(on: date, *, since: date, at: datetime) -> None:
    if not since <= on <= day_in_india(at):
        raise DraftRefused(f"दिनांक {since:%d.%m.%Y} से आज के बीच हो / the day lies between {since:%d.%m.%Y} and today")
