"""Doctor: what keeps this house from working well, each finding with what to do about it.

Not here: verifying the ledger (verify.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nistaran.domain.records import NoticeState
from nistaran.steps.house import House
from routing.district import District


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `remedy` is "" when it is well."""

    subject: str
    state: Literal["ok", "warn", "bad"]
    detail: str
    remedy: str = ""


def examine(house: House) -> list[Finding]:
    """Look at the tables, the model, the queues and the files."""
    return [*_tables(house), _model(house), *_queues(house)]


def _tables(house: House) -> list[Finding]:
    district, pack = house.district, house.pack
    found = [
        Finding(
            subject="pack and district",
            state="ok",
            detail=f"{pack.facts.code}: {len(pack.channels)} channels, {len(pack.departments)} departments; "
            f"{district.facts.code}: {len(district.places)} places, {len(district.offices)} offices",
        )
    ]
    for name, offices in incomplete_offices(district).items():
        if offices:
            found.append(
                Finding(
                    subject=f"offices without {name}",
                    state="warn",
                    detail=f"{len(offices)}: {', '.join(offices[:5])}{'…' if len(offices) > 5 else ''}",
                    remedy="offices.toml में भरें / enter in offices.toml, and send the list to NIC (S3-3)",
                )
            )
    unconfirmed = [limit for limit in pack.limits if "confirm" in limit.note.lower()]
    if unconfirmed:
        found.append(
            Finding(
                subject="time limits to confirm",
                state="warn",
                detail=f"{len(unconfirmed)} of {len(pack.limits)} are defaults",
                remedy="channels.toml: जनपद के आदेश से पुष्टि करें / confirm with the district's order",
            )
        )
    return found


def incomplete_offices(district: District) -> dict[str, list[str]]:
    """Office codes that lack a login, an e-mail address or an officer's name (S3-3)."""
    offices = district.offices.values()
    return {
        "login": [office.code for office in offices if not office.login],
        "e-mail": [office.code for office in offices if not office.email],
        "officer": [office.code for office in offices if not office.officer],
    }


def _model(house: House) -> Finding:
    classifier = house.classifier()
    if classifier is None:
        return Finding(
            subject="department model",
            state="bad",
            detail="none that can be trusted: every case goes to a person",
            remedy="reinstall, or `make train`",
        )
    return Finding(subject="department model", state="ok", detail=classifier.version)


def _queues(house: House) -> list[Finding]:
    with house.read() as work:
        notices = work.outbox.count_by_state()
        unread = work.files.unread()
        refused = len(work.refusals.open_rows())
        statuses = work.cases.count_by_status()
    dead = notices.get(NoticeState.DEAD.value, 0)
    waiting = notices.get(NoticeState.WAITING.value, 0) + notices.get(NoticeState.CLAIMED.value, 0)
    return [
        Finding(
            subject="cases",
            state="ok",
            detail=", ".join(f"{name} {count}" for name, count in statuses.items()) or "none",
        ),
        _queue("files not read to the end", len(unread), "`nistaran ingest`"),
        _queue("cases not routed", statuses.get("REGISTERED", 0), "`nistaran route`"),
        _queue("notices waiting", waiting, "`nistaran deliver`"),
        _queue("notices in the dead letters", dead, "mend what the log names, then `nistaran deliver`", bad=True),
        _queue(
            "refused rows waiting for correction",
            refused,
            "`nistaran rejected --export FILE.csv`, correct, `nistaran ingest FILE.csv`",
        ),
    ]


def _queue(subject: str, count: int, remedy: str, *, bad: bool = False) -> Finding:
    if not count:
        return Finding(subject=subject, state="ok", detail="0")
    return Finding(subject=subject, state="bad" if bad else "warn", detail=str(count), remedy=remedy)
