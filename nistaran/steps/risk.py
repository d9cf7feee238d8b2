"""Training the risk of default on the house's own history, keeping the outcome signed, and reading the newest one back.

Here: histories from the store, the object that is kept. Not here: fitting and the gate (models/risk, handed in), the list (risk_list.py).
No citizen's word is read: days, codes and counts alone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import UntrustedModel, WorldAway
from nistaran.domain.escalation import OpenCase
from nistaran.domain.events import EventKind, canonical_json
from nistaran.domain.risk import Course, Lap, Surroundings
from nistaran.domain.risk_history import History
from nistaran.domain.risk_kept import RiskKept, from_json, to_json
from nistaran.domain.risk_trained import RiskTrained, WhyDaysLeft
from nistaran.domain.task import TaskKind
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork

log = logging.getLogger(__name__)
PREFIX = "risk/"
_WINDOW = timedelta(days=400)
_FIRST_LOOK = timedelta(days=30)  #: until then the history knows too little of its offices
_LOOKS = 70
_MOST_KEPT = 31
_MOST_CASES = 150_000  #: the newest; a district's thirteen months are about a hundred thousand
_ENDS = {EventKind.DISPOSED.value, EventKind.SPECIAL_CLOSED.value}
Trainer = Callable[..., RiskTrained]


def train_risk(house: House, trainer: Trainer) -> RiskKept:
    """Train on what came in the last thirteen months, let the gate judge, and keep the outcome with what is known of offices today.

    Raises:
        BadTable: when calendar.toml or escalation.toml is wrong. WorldAway: when the database or the object store does not answer.
    """
    now = house.clock.now()
    today = day_in_india(now)
    courses = deque(courses_since(house, today - _WINDOW), maxlen=_MOST_CASES)
    working = cache(house.escalation().calendar.working_days_between)
    history = History(courses, working=working, until=today)
    examples = list(history.examples(_looks(courses, today)))
    trained = trainer(examples, today=today)
    kept = RiskKept(on=today, trained=trained, around=history.around(today))
    _keep(house, kept, now)
    return kept


def courses_since(house: House, since: date) -> Iterator[Course]:
    """The course of every case that came on that day or later, page by page."""
    last = 0
    while True:
        with house.read() as work:
            page = work.marks.received_since(since, after_id=last, limit=house.batch)
            if not page:
                return
            last = page[-1].id
            found = _courses(work, page)
        yield from found


def _looks(courses: Sequence[Course], today: date) -> list[date]:
    """The days on which the history is looked at, evenly over it."""
    if not courses:
        return []
    first = min(course.laps[0].since for course in courses) + _FIRST_LOOK
    every = max(1, -(-(today - first).days // _LOOKS))
    return [first + timedelta(days=turn) for turn in range(0, (today - first).days, every)]


def _courses(work: UnitOfWork, page: Sequence[OpenCase]) -> list[Course]:
    ids = [case.id for case in page]
    tasks, desks = work.tasks.of_each(ids), work.desks.of_each(ids)
    events = work.ledger.of_each([case.number for case in page])
    found = []
    for case in page:
        anew = [(one.since, one.due_on) for one in tasks.get(case.id, ()) if one.kind is TaskKind.REWORK]
        ends = [datetime.fromisoformat(one.at) for one in events.get(case.number, ()) if one.kind in _ENDS]
        found.append(
            Course(
                id=case.id,
                channel=case.channel,
                department=case.department,
                priority=case.priority,
                laps=_laps(case, anew, ends),
                desks=[(entry.office, day_in_india(entry.since)) for entry in desks.get(case.id, ())],
            )
        )
    return found


def _laps(case: OpenCase, anew: Sequence[tuple[datetime, date]], ends: Sequence[datetime]) -> list[Lap]:
    """The first round and one for every reopening; each ends with the first closing before the next begins."""
    starts = [None, *(since for since, _ in anew)]
    dues = [case.due_on, *(due for _, due in anew)]
    laps = []
    for turn, (start, due_on) in enumerate(zip(starts, dues, strict=True)):
        until = starts[turn + 1] if turn + 1 < len(starts) else None
        own = [at for at in ends if (start is None or at >= start) and (until is None or at <= until)]
        since = case.received_on if start is None else day_in_india(start)
        laps.append(Lap(since=since, due_on=due_on, ended=day_in_india(own[0]) if own else None))
    return laps


def _keep(house: House, kept: RiskKept, at: datetime) -> None:
    """Under a name that sorts by time; of the earlier ones a month of nights stays, of later ones (another clock's, or forged) none."""
    content = canonical_json(to_json(kept))
    told = {"content": content, "signature": house.vault.sign(_signed(content))}
    data = canonical_json(told).encode()
    own = f"{PREFIX}{at.astimezone(UTC):%Y%m%d-%H%M%S-%f}-{hashlib.sha256(data).hexdigest()[:12]}.json"
    house.objects.put_bytes(own, data)
    try:
        names = sorted(house.objects.keys(PREFIX))
        stays = set([name for name in names if name <= own][-_MOST_KEPT:])
        for name in names:
            if name not in stays:
                house.objects.remove(name)
    except WorldAway as error:  # the new one stands: the next night takes the old ones away
        log.warning("old risk models are not removed: %s", type(error).__name__)


def newest_risk(house: House) -> RiskKept:
    """The newest outcome. One that this house's key did not sign, or that cannot be read, is none: the order is by days left then."""
    names = sorted(house.objects.keys(PREFIX))
    if not names:
        return _none(house, WhyDaysLeft.NEVER_TRAINED)
    try:
        return from_json(json.loads(_signed_by_us(house, json.loads(house.objects.read_bytes(names[-1])))))
    except (UntrustedModel, ValueError, KeyError, TypeError) as error:
        log.error("no trusted risk model: %s", type(error).__name__)
        return _none(house, WhyDaysLeft.UNTRUSTED)


def _signed_by_us(house: House, told: Mapping[str, object]) -> str:
    content = str(told["content"])
    if not hmac.compare_digest(str(told["signature"]), house.vault.sign(_signed(content))):
        raise UntrustedModel("the risk model was not signed by this house")
    return content


def _signed(content: str) -> bytes:
    return b"nistaran risk\n" + content.encode()  # so that no other signed thing of the house can pass for one


def _none(house: House, why: WhyDaysLeft) -> RiskKept:
    trained = RiskTrained(model=None, why=why, examples=0, figures={})
    return RiskKept(on=day_in_india(house.clock.now()), trained=trained, around=Surroundings())
