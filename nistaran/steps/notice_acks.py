"""Acknowledging daily notices: by a word at the cell, by a file in the login's folder; and which departments kept silent (S2-4).

Here: who may, until when, telling the cell. Not here: drawing notices up (daily_notice.py).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from nistaran.domain.correction_refused import CorrectionRefused, login_of
from nistaran.domain.daily_notices import DailyNotice, UnknownNotice, acknowledge_until, notice_of_file
from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import ObjectMissing
from nistaran.domain.events import Event, EventKind
from nistaran.steps.house import House
from nistaran.steps.paper_notice import SILENT, paper_notice
from nistaran.steps.who_may import must_speak_for
from nistaran.steps.world import Inbox
from routing.tables import DepartmentRow

log = logging.getLogger(__name__)

#: So many days back silence is told.
_BACK = 14


def acknowledge(house: House, day: date, department: str, *, by: str) -> DailyNotice:
    """A department says that it has the notice; the first word stands, a second one changes nothing.

    Raises:
        UnknownNotice: when there is no such notice.
        WrongLogin, NotYourOffice: when the login is none, or speaks for other departments only.
    """
    login, code = login_of(by), house.pack.department_of(department) or department.strip().upper()
    with house.work() as work:
        work.ledger.lock()
        must_speak_for(house, work, login, code)
        notice = work.daily_notices.get(day, code)
        if notice is None:
            raise UnknownNotice(f"{day.isoformat()} {code[:40]}")
        if notice.acknowledged_at is not None:
            return notice
        now = house.clock.now()
        notice = replace(notice, acknowledged_at=now, acknowledged_by=login)
        work.daily_notices.acknowledge(notice)
        body = {"by": login}
        work.ledger.append([Event(case=notice.id, kind=EventKind.DAILY_NOTICE_ACKNOWLEDGED, at=now, body=body)])
        work.commit()
    return notice


def take_acknowledgements(house: House, inbox: Inbox) -> tuple[int, int]:
    """Take every file that is named after a notice from every folder that is named after a login. Returns (taken, left lying).

    What stands in such a file is not read: that it was put there is the word. A crash in between takes one again, which changes nothing.
    """
    taken = left = 0
    for folder in inbox.parts():
        part = inbox.part(folder)
        for name in part.names():
            named = notice_of_file(name)
            if named is None:
                continue
            try:
                with TemporaryDirectory(dir=house.spool) as spool:
                    part.fetch(name, Path(spool) / "acknowledgement")  # only what was fetched can be put away
                acknowledge(house, *named, by=login_of(folder))
                part.done(name)
                taken += 1
            except (UnknownNotice, CorrectionRefused, ObjectMissing) as error:
                log.warning("an acknowledgement was left", extra={"error": type(error).__name__})
                left += 1
    return taken, left


def silent(house: House) -> list[DailyNotice]:
    """Notices of the last two weeks that were not acknowledged by 11:00 of the next working day, the oldest first."""
    now, calendar = house.clock.now(), house.escalation().calendar
    with house.read() as work:
        found = work.daily_notices.since(day_in_india(now) - timedelta(days=_BACK))
    return [one for one in found if one.acknowledged_at is None and acknowledge_until(one.day, calendar) < now]


def tell_silence(house: House) -> int:
    """Send the cell the list of notices that nobody acknowledged, once a working day. Returns how many there are."""
    kept, today = silent(house), day_in_india(house.clock.now())
    if not kept or not house.escalation().calendar.is_working(today):
        return len(kept)
    names = house.pack.departments
    lines = [
        "निम्न विभागों ने दैनिक सूचना की प्राप्ति की पुष्टि नहीं की है:",
        *(f"{one.day:%d.%m.%Y}  {_name(names, one.department)}" for one in kept),
        "",
        "सम्बन्धित अधिकारी से दूरभाष पर पुष्टि कर दर्ज करें: nistaran notice ack दिनांक विभाग --by लॉगिन",
    ]
    notice = paper_notice(
        SILENT,
        kept[0].id,
        house.district.facts.cell,
        key=f"notices-silent:{today.isoformat()}",
        subject=f"दैनिक सूचना की पुष्टि शेष: {len(kept)}",
        lines=lines,
        more={"notices": [one.id for one in kept]},
    )
    with house.work() as work:
        work.outbox.add([notice], at=house.clock.now())
        work.commit()
    return len(kept)


def _name(departments: Mapping[str, DepartmentRow], code: str) -> str:
    row = departments.get(code)  # the table may have lost it since
    return f"{row.name_hi} ({code})" if row else code
