"""Doctor: what keeps this house from working well, each finding with what to do about it.

Not here: verifying the ledger (verify.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.errors import BadTable
from nistaran.domain.records import NoticeState
from nistaran.domain.wording import LACKS_HI, STATUS_HI, TASK_HI
from nistaran.steps.calendar_days import calendar_findings
from nistaran.steps.doctor_flows import backup_findings, flow_findings, retention_findings
from nistaran.steps.doctor_papers import paper_findings
from nistaran.steps.finding import Finding
from nistaran.steps.house import House
from nistaran.steps.registry import has_logins, incomplete_offices
from nistaran.steps.silence import Deployed
from nistaran.steps.tasks import count_tasks
from routing.retention import RetentionRules


def examine(house: House, deployed: Sequence[Deployed] = (), retention: RetentionRules | None = None) -> list[Finding]:
    """Look at the tables, the model, the queues, the files, and at what `deployed` schedules."""
    return [
        *_tables(house),
        _model(house),
        *_queues(house),
        *_transfers(house),
        *_deadlines(house),
        *calendar_findings(house),
        *paper_findings(house),
        *flow_findings(house, deployed),
        *backup_findings(house),
        *retention_findings(retention),
    ]


def _tables(house: House) -> list[Finding]:
    district, pack = house.district, house.pack
    found = [
        Finding(
            subject="pack and district",
            subject_hi="राज्य और जनपद की तालिकाएँ",
            state="ok",
            detail=f"{pack.facts.code}: {len(pack.channels)} channels, {len(pack.departments)} departments; "
            f"{district.facts.code}: {len(district.places)} places, {len(district.offices)} offices",
            detail_hi=f"{pack.facts.name_hi}: {len(pack.channels)} माध्यम, {len(pack.departments)} विभाग; "
            f"{district.facts.name_hi}: {len(district.places)} स्थान, {len(district.offices)} कार्यालय",
        )
    ]
    for name, offices in incomplete_offices(house).items():
        if offices:
            some = f"{len(offices)}: {', '.join(offices[:5])}{'…' if len(offices) > 5 else ''}"
            found.append(
                Finding(
                    subject=f"offices without {name}",
                    subject_hi=f"कार्यालय जिनका {LACKS_HI[name]} नहीं भरा है",
                    state="warn",
                    detail=some,
                    detail_hi=some,
                    remedy="`nistaran registry lacking --export FILE.xlsx`, fill it in, `nistaran registry import`, send it to NIC (S3-3)",
                    remedy_hi="`nistaran registry lacking --export FILE.xlsx`, भरें, `nistaran registry import`; सूची एन०आई०सी० को भेजें",
                )
            )
    if not has_logins(house):
        found.append(
            Finding(
                subject="logins and offices",
                subject_hi="लॉगिन और कार्यालय",
                state="warn",
                detail="the registry holds no login: whoever runs a command may act for any office",
                detail_hi="पंजिका में कोई लॉगिन नहीं: कोई भी लॉगिन किसी भी कार्यालय के लिए कार्य कर सकता है",
                remedy="enter officers and logins: `nistaran registry import FILE`",
                remedy_hi="अधिकारी और लॉगिन भरें: `nistaran registry import FILE`",
            )
        )
    return [*found, *_limits(house)]


def _limits(house: House) -> list[Finding]:
    limits = house.pack.limits
    unconfirmed = [limit for limit in limits if "confirm" in limit.note.lower()]
    if not unconfirmed:
        return []
    return [
        Finding(
            subject="time limits to confirm",
            subject_hi="समय-सीमाएँ जिनकी पुष्टि शेष है",
            state="warn",
            detail=f"{len(unconfirmed)} of {len(limits)} are defaults",
            detail_hi=f"{len(limits)} में से {len(unconfirmed)} अनुमानित हैं",
            remedy="confirm them in channels.toml with the district's order",
            remedy_hi="channels.toml में जनपद के आदेश से मिलाकर पुष्टि करें",
        )
    ]


def _model(house: House) -> Finding:
    classifier = house.classifier()
    subject, subject_hi = "department model", "विभाग पहचानने वाला मॉडल"
    if classifier is None:
        return Finding(
            subject=subject,
            subject_hi=subject_hi,
            state="bad",
            detail="none that can be trusted: every case goes to a person",
            detail_hi="विश्वसनीय मॉडल नहीं है: हर प्रकरण व्यक्ति के समक्ष जाएगा",
            remedy="reinstall, or `make train`; then `nistaran route --asked`",
            remedy_hi="दोबारा स्थापित करें, या `make train` चलाएँ; फिर `nistaran route --asked`",
        )
    version = classifier.version
    return Finding(subject=subject, subject_hi=subject_hi, state="ok", detail=version, detail_hi=version)


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
            subject_hi="प्रकरण",
            state="ok",
            detail=", ".join(f"{name} {count}" for name, count in statuses.items()) or "none",
            detail_hi=", ".join(f"{STATUS_HI[name]} {count}" for name, count in statuses.items()) or "कोई नहीं",
        ),
        _queue("files not read to the end", "फ़ाइलें जो पूरी नहीं पढ़ी गईं", len(unread), *_RUN_INGEST),
        _queue("cases not routed", "प्रकरण जो कार्यालय को नहीं सौंपे गये", statuses.get("REGISTERED", 0), *_RUN_ROUTE),
        _queue("notices waiting", "सूचनाएँ जो भेजी जानी हैं", waiting, *_RUN_DELIVER),
        _queue("notices in the dead letters", "सूचनाएँ जो नहीं पहुँच सकीं", dead, *_REVIVE, bad=True),
        _queue("refused rows waiting for correction", "अस्वीकृत पंक्तियाँ जिनका सुधार शेष है", refused, *_CORRECT),
    ]


_Remedy = tuple[str, str]
_RUN_INGEST: _Remedy = ("run `nistaran ingest`", "`nistaran ingest` चलाएँ")
_RUN_ROUTE: _Remedy = ("run `nistaran route`", "`nistaran route` चलाएँ")
_RUN_DELIVER: _Remedy = ("run `nistaran deliver`", "`nistaran deliver` चलाएँ")
_REVIVE: _Remedy = (
    "mend what the log names, then `nistaran deliver --dead`",
    "लॉग में बताई बाधा दूर करें, फिर `nistaran deliver --dead` चलाएँ",
)
_CORRECT: _Remedy = (
    "`nistaran rejected --export FILE.csv`, correct, `nistaran ingest FILE.csv`; needs none: `nistaran rejected --close ID`",
    "`nistaran rejected --export FILE.csv`, सुधारें, `nistaran ingest FILE.csv`; सुधार आवश्यक न हो तो `nistaran rejected --close ID`",
)


def _queue(subject: str, subject_hi: str, count: int, remedy: str, remedy_hi: str, *, bad: bool = False) -> Finding:
    said = str(count)
    if not count:
        return Finding(subject=subject, subject_hi=subject_hi, state="ok", detail=said, detail_hi=said)
    return Finding(
        subject=subject,
        subject_hi=subject_hi,
        state="bad" if bad else "warn",
        detail=said,
        detail_hi=said,
        remedy=remedy,
        remedy_hi=remedy_hi,
    )


def _transfers(house: House) -> list[Finding]:
    """The tables of transfers, and what is owed on cases past its day."""
    subject, subject_hi = "transfers", "अंतरण की तालिकाएँ"
    try:
        rules = house.transfers()
    except BadTable as error:
        remedy, remedy_hi = "correct the named row", "बताई गई पंक्ति ठीक करें"
        bad = Finding(
            subject=subject,
            subject_hi=subject_hi,
            state="bad",
            detail=str(error),
            detail_hi=str(error),
            remedy=remedy,
            remedy_hi=remedy_hi,
        )
        return [bad]
    pairs, posts, cap = len(rules.pairs.table), len(rules.respondents.rows), rules.hop_cap
    well = Finding(
        subject=subject,
        subject_hi=subject_hi,
        state="ok",
        detail=f"{pairs} pairs of departments, {posts} posts, at most {cap} hops",
        detail_hi=f"विभागों के {pairs} जोड़े, {posts} पद, अधिकतम {cap} अंतरण",
    )
    waiting, stuck = count_tasks(house)
    if not stuck:
        return [well]
    late = ", ".join(f"{kind} {count}" for kind, count in sorted(stuck.items()))
    late_hi = ", ".join(f"{TASK_HI[kind]} {count}" for kind, count in sorted(stuck.items()))
    return [
        well,
        Finding(
            subject="tasks past their day",
            subject_hi="समय-सीमा पार कार्य",
            state="warn",
            detail=f"{late} (open in all: {waiting.total()})",
            detail_hi=f"{late_hi} (कुल लम्बित: {waiting.total()})",
            remedy="look at `nistaran tasks --stuck` and `nistaran forwards`",
            remedy_hi="`nistaran tasks --stuck` और `nistaran forwards` देखें",
        ),
    ]


def _deadlines(house: House) -> list[Finding]:
    """Whether the sweep that warns and marks defaulters has run of late: a silent one is heard here (P20)."""
    subject, subject_hi = "deadlines", "समय-सीमा की जाँच"
    with house.read() as work:
        last, oldest = work.marks.last_sweep(), work.marks.open_cases(after_id=0, limit=1)
        first = work.cases.by_ids([one.id for one in oldest])
    told = f"{last.on_day:%d.%m.%Y}" if last else "-"
    today = day_in_india(house.clock.now())
    waits = last.on_day if last else day_in_india(first[0].registered_at) if first else today
    if (today - waits).days <= 1:
        return [Finding(subject=subject, subject_hi=subject_hi, state="ok", detail=told, detail_hi=told)]
    return [
        Finding(
            subject=subject,
            subject_hi=subject_hi,
            state="bad",
            detail=f"last swept: {told}; nobody is warned, no defaulter is marked",
            detail_hi=f"अन्तिम जाँच: {told}; न चेतावनी जा रही है, न डिफॉल्टर अंकित हो रहे हैं",
            remedy="run `nistaran escalate`, and see why the deployment `escalate/deadlines` is silent",
            remedy_hi="`nistaran escalate` चलाएँ, और देखें कि `escalate/deadlines` क्यों नहीं चल रहा",
        )
    ]
