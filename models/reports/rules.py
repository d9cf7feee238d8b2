"""The few vetoes: cases so plain that no score is asked. Everything else is left to the learned judge.

A report is never refused for its length: one word with a payment's number passes here. Not here: word lists (nistaran.domain).
"""

from __future__ import annotations

from nistaran.domain.evidence import Evidence
from nistaran.domain.report import ReportCode

_EMPTY_WORDS = 3
_SHORT_WORDS = 15
_LEAST_REPEATED = 0.15
_COPIED_SHARE = 0.5  # of the report's pairs of words that stand in the complaint
_REPEATED_SHARE = 0.75  # of its words


def veto(seen: Evidence) -> ReportCode | None:
    """The reason that is certain by rule alone, None when the score must decide."""
    has_mark = seen.anchors > 0
    if not has_mark and seen.words <= _EMPTY_WORDS:
        return ReportCode.TOO_SHORT
    if not has_mark and (seen.overlap.copied >= _COPIED_SHARE or seen.overlap.repeated >= _REPEATED_SHARE):
        return ReportCode.COPY_OF_COMPLAINT
    if _tells_nothing(seen):
        return ReportCode.NOT_SPECIFIC
    if not has_mark and seen.slots["pending"] and not seen.slots["remedy"] and not seen.marked.counts["plain"]:
        return ReportCode.SUB_JUDICE_INCOMPLETE
    if not has_mark and seen.slots["not_ours"] and not seen.slots["transfer"] and not seen.slots["remedy"]:
        return ReportCode.WRONG_DEPARTMENT_NOT_FORWARDED
    return None


def _tells_nothing(seen: Evidence) -> bool:
    """A date beside words of which none is of an office's work and none is the complaint's: «lorem ipsum 20.11.2026».

    An amount, a number or a measure is enough to be read by the score: an office may write «₹2,000, UTR …» and no more.
    """
    only_dated = seen.anchors == seen.marked.counts["date"] > 0 and not seen.marked.counts["plain"]
    return only_dated and not any(seen.slots.values()) and seen.overlap.repeated == 0


def can_be(code: ReportCode, seen: Evidence) -> bool:
    """False for a reason that the text itself contradicts, so that an officer is never told of a court nobody named."""
    if code is ReportCode.SUB_JUDICE_INCOMPLETE:
        return seen.slots["court"] > 0
    if code is ReportCode.TOO_SHORT:
        return seen.words <= _SHORT_WORDS
    if code is ReportCode.COPY_OF_COMPLAINT:
        return seen.overlap.repeated >= _LEAST_REPEATED
    return True
