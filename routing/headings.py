"""Headings of the files that people fill: answers, reports, feedback, registry (headers.toml). Not complaints: readers/headers.py."""

from __future__ import annotations

from pathlib import Path

from routing.tables import need, read_toml

#: Fields of each kind of file.
ANSWER_FIELDS = ("case", "department", "reason", "office", "answer", "place")
REPORT_FIELDS = (
    "case", "office", "text", "officer", "rank", "visited_on", "action", "action_on", "measures", "orders", "order_on", "court",
    "court_case", "section", "parties", "stage", "next_date", "stay", "witnesses", "contacted_on", "contact_gist", "close", "category",
    "evidence",
)  # fmt: skip
FEEDBACK_FIELDS = ("case", "outcome", "relief", "how")
OFFICER_FIELDS = ("office", "name", "designation", "mobile", "email", "login", "since", "until")
LOGIN_FIELDS = ("login", "at", "time")
ROSTER_FIELDS = ("village", "post", "name", "mobile", "weekdays", "sits_at", "office", "since", "until")


def load_headings(path: Path, section: str, fields: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Read a section of headers.toml, for files that people fill: field → headings, the preferred one first.

    Raises:
        BadTable: when a field is unknown or has no heading.
    """
    written = read_toml(path).get(section, {})
    for field in {*fields, *written}:
        need(field in fields, path, f"[{section}] {field}", f"the fields are {', '.join(fields)}")
        need(bool(written.get(field)), path, f"[{section}] {field}", "has no heading")
    return {field: tuple(headings) for field, headings in written.items()}
