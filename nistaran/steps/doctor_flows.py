"""Doctor, of time: flows that are silent, and backups that are old or were never tried. Each with what to do about it.

Not here: the other findings (doctor.py), when something is silent (silence.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from nistaran.domain.deadlines import IST
from nistaran.steps.finding import Finding
from nistaran.steps.house import House
from nistaran.steps.silence import Deployed, Silent, silent_flows
from routing.retention import RetentionRules

#: After so many days without one somebody must look; from when the house first expected to hear of anything.
_BACKUP_DAYS, _TRIAL_DAYS = 2, 14
_SUBJECT = ("flows on schedule", "निर्धारित कार्य")


def flow_findings(house: House, deployed: Sequence[Deployed]) -> list[Finding]:
    """Whether every scheduled flow has come to its end of late (P20)."""
    with house.read() as work:
        heartbeats = work.heartbeats.all()
    found = silent_flows(deployed, heartbeats, now=house.clock.now())
    scheduled = [one for one in deployed if one.crons]
    names = {one.name for one in scheduled}
    last = max((one.at for one in heartbeats if one.at is not None and one.name in names), default=None)
    if found and (last is None or last < min(one.due for one in found)):
        return [_nothing_runs(found, last)]
    heard = f"{len(scheduled) - len(found)} / {len(scheduled)}"
    well = Finding(subject=_SUBJECT[0], subject_hi=_SUBJECT[1], state="ok", detail=heard, detail_hi=heard)
    return [*([] if found else [well]), *(_silent(one) for one in found)]


def retention_findings(rules: RetentionRules | None) -> list[Finding]:
    """Whether the periods of retention.toml are still our proposal."""
    if rules is None or not rules.unconfirmed:
        return []
    return [
        Finding(
            subject="retention periods to confirm",
            subject_hi="अभिलेखों की अवधियाँ जिनकी पुष्टि शेष है",
            state="warn",
            detail=f"{rules.unconfirmed} are our proposal; words go {rules.periods.words} days after the final closing",
            detail_hi=f"{rules.unconfirmed} प्रस्तावित हैं; पाठ अन्तिम निस्तारण के {rules.periods.words} दिन बाद मिटता है",
            remedy="confirm them in retention.toml with the district's order and the State archives' schedule",
            remedy_hi="retention.toml में जनपद के आदेश और राज्य अभिलेख अनुसूची से मिलाकर पुष्टि करें",
        )
    ]


def backup_findings(house: House) -> list[Finding]:
    """Whether there is a backup of late, and whether one was tried out of late."""
    with house.read() as work:
        heartbeats = {one.name: one for one in work.heartbeats.all()}
    first = min((one.since for one in heartbeats.values()), default=house.clock.now())
    found = []
    for name, days, words in (("backup", _BACKUP_DAYS, _BACKUP), ("restore-test", _TRIAL_DAYS, _TRIAL)):
        beat = heartbeats.get(name)
        last = beat.at if beat else None
        told = f"{last.astimezone(IST):%d.%m.%Y %H:%M}" if last else "-"
        well = house.clock.now() - (last or first) <= timedelta(days=days)
        subject, subject_hi, remedy, remedy_hi = words
        found.append(
            Finding(
                subject=subject,
                subject_hi=subject_hi,
                state="ok" if well else "bad",
                detail=told if well else f"last: {told}",
                detail_hi=told if well else f"अन्तिम: {told}",
                remedy="" if well else remedy,
                remedy_hi="" if well else remedy_hi,
            )
        )
    return found


_BACKUP = (
    "backup",
    "बैकअप",
    "run `nistaran backup`, and see why the deployment `retain/nightly` is silent",
    "`nistaran backup` चलाएँ, और देखें कि `retain/nightly` क्यों नहीं चल रहा",
)
_TRIAL = (
    "backup tried out",
    "बैकअप का परीक्षण",
    "run `nistaran restore-test` and do what it says",
    "`nistaran restore-test` चलाएँ और उसके अनुसार करें",
)


def _nothing_runs(found: Sequence[Silent], last: datetime | None) -> Finding:
    """Since the first of them was due nothing at all came to its end: one cause, and one remedy."""
    told = f"{last.astimezone(IST):%d.%m.%Y %H:%M}" if last else "-"
    return Finding(
        subject=_SUBJECT[0],
        subject_hi=_SUBJECT[1],
        state="bad",
        detail=f"nothing runs: {len(found)} flows were due; the last end of any: {told}",
        detail_hi=f"कुछ नहीं चल रहा: {len(found)} कार्य नियत थे; अन्तिम कार्य पूर्ण हुआ: {told}",
        remedy="start the scheduler: `nistaran serve`, or `systemctl restart nistaran`",
        remedy_hi="समय-सारणी चालू करें: `nistaran serve`, या `systemctl restart nistaran`",
    )


def _silent(one: Silent) -> Finding:
    last = f"{one.last.astimezone(IST):%d.%m.%Y %H:%M}" if one.last else "-"
    due = f"{one.due:%d.%m.%Y %H:%M}"
    return Finding(
        subject=f"flow {one.name}",
        subject_hi=f"कार्य {one.name}",
        state="bad",
        detail=f"silent: last ended {last}, a run was due {due}",
        detail_hi=f"मौन: अन्तिम बार {last} को पूर्ण हुआ, {due} को चलना था",
        remedy="look at its runs in Prefect's UI, mend what the last one says, and start it there (Quick run)",
        remedy_hi="Prefect के पृष्ठ पर इसके run देखें, अन्तिम run में बताई बाधा दूर करें और वहीं से चलाएँ (Quick run)",
    )
