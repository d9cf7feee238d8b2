"""Plan lines of departments, written down at a weekly review (S1-5). Not here: what came of them (weekly.py)."""

from __future__ import annotations

from datetime import date

from nistaran.domain.cleaning import clean
from nistaran.domain.correction_refused import login_of
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import NistaranError
from nistaran.domain.privacy import mask_text
from nistaran.domain.promise import Counted, Promise
from nistaran.steps.fault import fault
from nistaran.steps.house import House

#: A line is no letter: so many signs at most.
LONGEST = 200


class NoPromise(NistaranError):
    """वचन दर्ज नहीं हुआ: विभाग, पंक्ति, दिनांक और संख्या जाँचें / The promise was not written down: check department, line, target, number."""


def promise(
    house: House,
    department: str,
    *,
    line: str,
    target: date,
    by: str,
    number: int | None = None,
    counted: Counted = Counted.DEFAULTERS,
) -> Promise:
    """Write down what a department promises: by the end of `target` at most `number` of `counted`, or a line without a number. A phone or
    another number of a person in the line is masked.

    Raises:
        NoPromise: for a department that is none (code or full name), a line that is blank or too long, a day that is over, a negative number.
        WrongLogin: when the login is none.
    """
    code = house.pack.department_of(department)
    if code is None:
        raise NoPromise("विभाग departments.toml में नहीं / no such department in departments.toml")
    words = mask_text(" ".join(clean(line).split()))
    if not words or len(words) > LONGEST:
        raise NoPromise(f"पंक्ति 1 से {LONGEST} अक्षर की हो / a line has 1 to {LONGEST} signs")
    now = house.clock.now()
    if target < day_in_india(now):
        raise NoPromise("दिनांक बीत चुका है / the target is over")
    if number is not None and number < 0:
        raise NoPromise("संख्या 0 या अधिक हो / a number is 0 or more")
    made = Promise(department=code, line=words, target=target, counted=counted, number=number, by=login_of(by), at=now)
    with house.work() as work:
        work.promises.add([made])
        fault("before_commit")
        work.commit()
    fault("after_commit")
    return made
