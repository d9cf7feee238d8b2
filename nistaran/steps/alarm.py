"""Alarm: a letter to the grievance cell that something runs no more, through the house's own outbox: no outside service is needed.

Here: what it says, once a day for one flow. Not here: noticing it (flows/automations.py), bringing it (deliver.py).
"""

from __future__ import annotations

from enum import StrEnum

from nistaran.domain.deadlines import day_in_india
from nistaran.steps.house import House
from nistaran.steps.paper_notice import ALARM, ALARM_PREFIX, paper_notice


class AlarmKind(StrEnum):
    """What happened."""

    FAILED = "FAILED"  #: a run ended with a failure
    LATE = "LATE"  #: a run that was due has not begun
    DRIFT = "DRIFT"  #: the model's decisions are no longer like its reference


#: Subject in Hindi, in English; what to do in Hindi, in English.
_SAYS: dict[AlarmKind, tuple[str, str, str, str]] = {
    AlarmKind.FAILED: (
        "निर्धारित कार्य असफल",
        "a scheduled flow failed",
        "Prefect के पृष्ठ पर इस कार्य का अन्तिम run देखें; उसमें बताई बाधा दूर कर वहीं से दोबारा चलाएँ। कोई प्रकरण नहीं खोया है।",
        "Look at its last run in Prefect's UI, mend what it says, and start it there again. No case is lost.",
    ),
    AlarmKind.LATE: (
        "निर्धारित कार्य समय पर आरम्भ नहीं हुआ",
        "a scheduled flow did not begin in time",
        "कार्य चलाने वाला worker बन्द है या व्यस्त है: `nistaran doctor` देखें; आवश्यक हो तो `systemctl restart nistaran` चलाएँ।",
        "The worker is down or busy: see `nistaran doctor`; if need be `systemctl restart nistaran`.",
    ),
    AlarmKind.DRIFT: (
        "विभाग पहचानने वाले मॉडल के निर्णय बदल रहे हैं",
        "the department model's decisions drift",
        "`nistaran model drift` देखें। जो विभाग बदल रहे हैं उनके प्रकरण तब तक व्यक्ति के समक्ष जाते हैं।",
        "See `nistaran model drift`. Until it is cleared the cases of those departments go to a person.",
    ),
}


def raise_alarm(house: House, kind: AlarmKind, *, flow: str) -> str:
    """Queue the letter, once a day for one kind and flow. Returns the number of the alarm."""
    now = house.clock.now()
    day = day_in_india(now)
    subject, subject_en, remedy, remedy_en = _SAYS[kind]
    number = f"{ALARM_PREFIX}{day:%Y%m%d}-{kind.value}-{flow.replace('/', '-')}"
    notice = paper_notice(
        ALARM,
        number,
        house.district.facts.cell,
        key=f"alarm:{number}",
        subject=f"{subject}: {flow}",
        lines=[f"{subject}: {flow} ({day:%d.%m.%Y})", remedy, "", f"{subject_en}: {flow}", remedy_en],
        more={"kind": kind.value, "flow": flow, "day": day.isoformat()},
    )
    with house.work() as work:
        work.outbox.add([notice], at=now)
        work.commit()
    return number
