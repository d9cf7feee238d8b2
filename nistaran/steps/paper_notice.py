"""Notices of the outbox that are about no single case: a department's daily notice, an order. What a courier is told of one.

What stands in them is put together when they are queued, of numbers, days, codes and our own sentences: no citizen's word. Not here:
notices about a case (deliver.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nistaran.domain.records import Notice

#: Kinds of such notices.
DAILY, SILENT, ORDERED, ORDER_EVE, ORDER_OVER = "daily-notice", "notices-silent", "order", "order-eve", "order-over"
#: So many cases stand in the text of one by their numbers.
MOST_NUMBERS = 200
#: The kind of an alarm to the cell, and how its number begins: the ledger keeps that it was delivered, and nothing else of it.
ALARM, ALARM_PREFIX = "alarm", "ALARM-"
#: The kind of a letter about many marks at once (told_together.py), and how its number begins: each mark's own event names its office.
MARKED, MARKED_PREFIX = "marked", "MARKS-"


def paper_notice(
    kind: str, paper: str, office: str, *, key: str, subject: str, lines: Sequence[str], more: Mapping[str, object]
) -> Notice:
    """A notice that brings a paper to an office, once for its key. `lines` are its text as people read it, `more` the same for programs."""
    body = {"paper": paper, "subject": subject, "text": "\n".join(lines), "told": dict(more)}
    return Notice(key=key, kind=kind, case_id=None, office=office, body=body)


def paper_of(notice: Notice) -> str:
    """The id of what it brings, as the ledger calls it."""
    return str(notice.body["paper"])


def paper_message(notice: Notice) -> dict[str, object]:
    """What the courier is told."""
    return {
        "kind": notice.kind,
        "number": paper_of(notice),
        "subject": str(notice.body["subject"]),
        "text": str(notice.body["text"]),
        "told": notice.body["told"],
    }
