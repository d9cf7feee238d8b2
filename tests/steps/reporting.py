"""Reports on cases, for tests of what offices hand in. The judge is the test's own: it refuses what holds «की जा रही है»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nistaran.domain.office_report import CloseKind, ReportFields
from nistaran.domain.report import ReportCode, ReportDecision, ReportVerdict, finding
from nistaran.steps.house import House
from nistaran.steps.submit_report import Handed, Submitted, submit_report
from tests.steps.people import number
from tests.steps.transferring import OFFICE, case_of

GOOD = "दिनांक 20.11.2026 को मौके पर नया ट्रांसफार्मर 25 केवीए स्थापित कराया गया, आपूर्ति चालू है, आवेदक से फोन पर पुष्टि हुई।"
BETTER = "पुनः निरीक्षण में केबल जली मिली; 21.11.2026 को 60 मीटर केबल बदली गई, वोल्टेज 225 मापा गया, ग्राम प्रधान के समक्ष आपूर्ति चालू की गई।"
FILLER = "प्रकरण में नियमानुसार कार्यवाही की जा रही है।"


class Judge:
    """Refuses fillers, takes all else."""

    version = "fixed"

    def judge(self, reports: Sequence[str], complaints: Sequence[str]) -> list[ReportVerdict]:
        return [self._of(report) for report in reports]

    def _of(self, report: str) -> ReportVerdict:
        bad = "की जा रही है" in report
        return ReportVerdict(
            decision=ReportDecision.REJECT if bad else ReportDecision.ACCEPT,
            reasons=(ReportCode.BOILERPLATE,) if bad else (),
            findings=(finding(ReportCode.BOILERPLATE, "की जा रही है"),) if bad else (),
            reject_probability=0.9 if bad else 0.1,
            model="fixed",
        )


def hand_in(house: House, text: str = GOOD, n: int = 1, *, by: str = OFFICE, **given: Any) -> Submitted:
    """The office that has case n reports on it."""
    handed = Handed(text=text, **{"fields": ReportFields(), "close": CloseKind.ORDINARY, **given})
    return submit_report(house, Judge(), number(n), office=case_of(house, n).office, by=by, handed=handed)
