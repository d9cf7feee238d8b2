"""What steps need of the tables of reports and of feedback, as protocols, beside those of ports.py.

Not here: any implementation (storage/), any rule (nistaran/domain/office_report.py, feedback.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from nistaran.domain.feedback import Feedback
from nistaran.domain.office_report import OfficeReport


class Reports(Protocol):
    """What offices reported on cases, and what was said of the reports."""

    def add(self, reports: Sequence[OfficeReport]) -> None:
        """Keep new reports. Raises RowRefused for an id that is there already, or a case that is not."""

    def settle(self, reports: Sequence[OfficeReport]) -> None:
        """Write where these kept reports now stand, who decided that, when and why; what was handed in and found never changes.
        Raises RowRefused when one of them is not kept."""

    def of(self, case_id: int) -> list[OfficeReport]:
        """The reports on a case, oldest first."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[OfficeReport]]:
        """The reports on each of these cases, as of() gives them; a case without any is left out."""

    def by_ids(self, ids: Sequence[str]) -> list[OfficeReport]:
        """The reports of these ids, in the order of the ids; an id that is none is left out."""

    def of_office(self, office: str, *, since: datetime, limit: int) -> list[OfficeReport]:
        """What one office handed in after that moment, on any case, newest first."""

    def page(self, *, after: str, limit: int) -> list[OfficeReport]:
        """Reports with an id above `after`, by id: for exports and sweeps, paged by key."""


class Feedbacks(Protocol):
    """What complainants said when they were asked after a disposal. Never changed."""

    def add(self, feedback: Sequence[Feedback]) -> None:
        """Keep what was said. Raises RowRefused for an id that is there already, or a case that is not."""

    def of(self, case_id: int) -> list[Feedback]:
        """What was said of a case's disposals, oldest first."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, list[Feedback]]:
        """What was said of each of these cases, as of() gives it; a case without any is left out."""

    def page(self, *, after: str, limit: int) -> list[Feedback]:
        """Feedback with an id above `after`, by id: for exports and sweeps, paged by key."""
