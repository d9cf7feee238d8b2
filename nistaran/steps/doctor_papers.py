"""Doctor's look at the cell's papers: notices that nobody acknowledged, letters that wait for a signature, orders past their day.

Not here: the other findings (doctor.py), the papers themselves (drafts.py, daily_notice.py, orders.py).
"""

from __future__ import annotations

from datetime import timedelta

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.drafts import DraftState
from nistaran.domain.errors import BadTable
from nistaran.domain.orders import OrderState
from nistaran.steps.finding import Finding
from nistaran.steps.house import House
from nistaran.steps.notice_acks import silent

#: Letters drawn up before that are told no more.
_BACK = timedelta(days=90)


def paper_findings(house: House) -> list[Finding]:
    """What of the cell's papers needs a person."""
    try:
        house.letters()
    except BadTable as error:
        wrong = str(error)
        return [
            _finding(
                ("letters", "पत्रों की तालिका"),
                (wrong, wrong),
                ("correct the named row", "बताई गई पंक्ति ठीक करें"),
                bad=True,
            )
        ]
    today = day_in_india(house.clock.now())
    with house.read() as work:
        drafted = work.drafts.count_by_state().get(DraftState.DRAFTED.value, 0)
        sent = work.drafts.find(state=DraftState.SENT, since=house.clock.now() - _BACK)
        unanswered = [one for one in sent if one.unanswered(today)]
        over = [one.id for one in work.orders.find(state=OrderState.GIVEN) if one.target < today]
    quiet = silent(house)
    told = ", ".join(f"{one.day:%d.%m} {one.department}" for one in quiet[:5]) + ("…" if len(quiet) > 5 else "")
    return [
        _finding(
            ("daily notices not acknowledged", "दैनिक सूचनाएँ जिनकी पुष्टि नहीं हुई"),
            (f"{len(quiet)}{': ' + told if quiet else ''}",) * 2,
            ("ring them, then `nistaran notice ack DAY DEPARTMENT --by LOGIN`",
             "दूरभाष पर पुष्टि करें, फिर `nistaran notice ack DAY DEPARTMENT --by LOGIN`"),
            well=not quiet,
        ),
        _finding(
            ("letters waiting for a signature", "हस्ताक्षर हेतु पत्र"),
            (f"{drafted}; {len(unanswered)} sent and not answered in time", f"{drafted}; {len(unanswered)} का उत्तर समय से नहीं आया"),
            ("`nistaran drafts list --state DRAFTED`, then sign, send or cancel them",
             "`nistaran drafts list --state DRAFTED` देखें; हस्ताक्षर, प्रेषण या निरस्त करें"),
            well=not drafted and not unanswered,
        ),
        _finding(
            ("clean-up orders past their day", "निस्तारण अभियान जिनका दिन बीत गया"),
            (", ".join(over) or "0",) * 2,
            ("`nistaran orders show ORDER`: what is left, and where", "`nistaran orders show ORDER`: क्या शेष है, कहाँ"),
            well=not over,
        ),
    ]  # fmt: skip


def _finding(
    subject: tuple[str, str], detail: tuple[str, str], remedy: tuple[str, str], *, well: bool = False, bad: bool = False
) -> Finding:
    return Finding(
        subject=subject[0],
        subject_hi=subject[1],
        state="ok" if well else "bad" if bad else "warn",
        detail=detail[0],
        detail_hi=detail[1],
        remedy="" if well else remedy[0],
        remedy_hi="" if well else remedy[1],
    )
