"""Corrections in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from nistaran.domain.correction import Correction, Trust, TrustedLabel
from nistaran.domain.errors import RowRefused
from storage.columns import moment_text
from storage.memory.tables import Draft, in_utc


class MemoryCorrections:
    """What people said of the departments of cases."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def add(self, corrections: Sequence[Correction]) -> None:
        """Keep new corrections. Raises RowRefused for an id that is there already, or a case that is not."""
        self._draft.must_be_cases(one.case_id for one in corrections)
        tables = self._draft.change("corrections", "corrections_of_case", "corrections_of_login")
        for one in corrections:
            if one.id in tables.corrections:
                raise RowRefused("corrections: an id is used once")
            tables.corrections[one.id] = in_utc(one, "at", "trusted_at")
            tables.corrections_of_case[one.case_id] = (*tables.corrections_of_case.get(one.case_id, ()), one.id)
            tables.corrections_of_login[one.by] = (*tables.corrections_of_login.get(one.by, ()), one.id)

    def settle(self, corrections: Sequence[Correction]) -> None:
        """Write how far these kept corrections are now trusted. Raises RowRefused when one of them is not kept."""
        kept = self._draft.change("corrections").corrections
        for one in corrections:
            if one.id not in kept:
                raise RowRefused("corrections: what is settled must be kept first")
            now = in_utc(one, "trusted_at")
            kept[one.id] = replace(
                kept[one.id],
                trust=now.trust,
                trusted_at=now.trusted_at,
                trusted_by=now.trusted_by,
                office=now.office,
                why_quarantined=now.why_quarantined,
            )

    def of(self, case_id: int) -> list[Correction]:
        """The corrections of a case, oldest first."""
        return _oldest_first(self.by_ids(self._draft.tables.corrections_of_case.get(case_id, ())))

    def by_ids(self, ids: Sequence[str]) -> list[Correction]:
        """The corrections of these ids, in the order of the ids; an id that is none is left out."""
        kept = self._draft.tables.corrections
        return [kept[one] for one in ids if one in kept]

    def of_login(self, by: str, *, since: datetime) -> list[Correction]:
        """What one login said after that moment, oldest first."""
        moment_text(since)
        his = self.by_ids(self._draft.tables.corrections_of_login.get(by, ()))
        return _oldest_first(one for one in his if one.at > since)

    def waiting(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for an office's word, oldest first."""
        return _oldest_first(self._with(Trust.WAITING))[:limit]

    def quarantined(self, *, limit: int) -> list[Correction]:
        """Corrections that wait for a second person, oldest first."""
        return _oldest_first(self._with(Trust.QUARANTINED))[:limit]

    def trusted(self, *, after: tuple[datetime, str] | None = None, limit: int) -> list[TrustedLabel]:
        """Corrections that may teach, in the order in which they became trusted, after the `key` of the last row before."""
        labels = [self._label(one) for one in self._with(Trust.TRUSTED)]
        wanted = [label for label in labels if label.text and (after is None or label.key > after)]
        return sorted(wanted, key=lambda label: label.key)[:limit]

    def count_by_login(self, *, since: datetime | None = None) -> dict[tuple[str, str], int]:
        """How many corrections each (login, trust) has, of those said after that moment (None: ever)."""
        said = self._draft.tables.corrections.values()
        return dict(Counter((one.by, one.trust.value) for one in said if since is None or one.at > since))

    def page(self, *, after: str, limit: int) -> list[Correction]:
        """Corrections with an id above `after`, by id."""
        return self.by_ids(sorted(one for one in self._draft.tables.corrections if one > after)[:limit])

    def _with(self, trust: Trust) -> list[Correction]:
        return [one for one in self._draft.tables.corrections.values() if one.trust is trust]

    def _label(self, one: Correction) -> TrustedLabel:
        case = self._draft.tables.cases[one.case_id]
        if one.trusted_at is None:
            raise RowRefused("corrections: what is trusted has a moment of trust")
        return TrustedLabel(
            case=one.case,
            at=one.trusted_at,
            by=one.by,
            office=one.office,
            source=one.source.value,
            department=one.department,
            said=one.said,
            text=case.text,
            addressed_to=case.addressed_to,
        )


def _oldest_first(corrections: Iterable[Correction]) -> list[Correction]:
    return sorted(corrections, key=lambda one: (one.at, one.id))
