"""Ingest, scheduled: keep what lies in the inbox, then read every file that is not read to the end."""

from __future__ import annotations

from collections import Counter

from prefect import flow, get_run_logger

from flows.edge import ArtifactProgress, batch_task, guard_logs, publish_counts, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import open_inbox, standing_house
from nistaran.domain.wording import NOTE_HI
from nistaran.settings import load
from nistaran.steps.inbox import collect_inbox
from nistaran.steps.ingest import ingest_file
from nistaran.steps.keep import unread
from nistaran.steps.remarks import count_notes
from nistaran.steps.verify import checkpoint


@batch_task("keep", run_name="keep-inbox")
def keep_inbox() -> tuple[list[tuple[str, int]], int]:
    """Keep every file of the inbox.

    Returns (sha256, size) of all files that wait to be read, also from an earlier crash, and how many files were left in
    folders that no channel has the name of.
    """
    settings = load()
    house = standing_house(settings)
    found = collect_inbox(house, open_inbox(settings))
    return [(file.sha256, file.size) for file in unread(house)], sum(found.left.values())


@batch_task("read", run_name="read-{sha256}")
def read_file(sha256: str, size: int) -> tuple[dict[str, int], dict[str, int]]:
    """Read one file in batches; each batch commits on its own, so that a retry finds what is done already.

    Returns what became of its rows, also by a reading that a crash ended, and how many notes of each code its reader gave.
    """
    progress = ArtifactProgress(f"file-{sha256[:12]}", "फ़ाइल का पंजीकरण / reading", expected=size // _BYTES_A_ROW)
    house = standing_house(load())
    outcome = ingest_file(house, sha256, progress)
    counts = outcome.counts
    rows = {"rows": counts.rows, "accepted": counts.accepted, "known": counts.known, "refused": counts.refused}
    return rows, count_notes(outcome.notes)


@batch_task("checkpoint", run_name="sign-checkpoint")
def sign_checkpoint() -> int:
    """Sign the ledger's end and keep it outside the database. Returns how many events it covers."""
    house = standing_house(load())
    return checkpoint(house)


#: For the progress bar only: a row of a portal's export is about so long.
_BYTES_A_ROW = 600


@flow(
    name="ingest", flow_run_name="ingest-inbox", persist_result=False, log_prints=False, on_completion=[leave_heartbeat]
)
def ingest() -> dict[str, int]:
    """Take in whatever has arrived. Returns counts: files, rows, accepted, known, refused, left."""
    guard_logs()
    waiting, left = keep_inbox()
    total = {"files": 0, "rows": 0, "accepted": 0, "known": 0, "refused": 0, "left": left}
    notes: Counter[str] = Counter()
    states = [read_file(sha256, size, return_state=True) for sha256, size in waiting]
    for state in states:
        if state.is_completed():
            rows, noticed = state.result()
            for name, count in rows.items():
                total[name] += count
            notes.update(noticed)
            total["files"] += 1
    sign_checkpoint()
    get_run_logger().info(
        "ingest: %(files)d files, %(accepted)d new cases, %(known)d known, %(refused)d refused", total
    )
    publish_summary(
        "ingest",
        "प्राप्ति / ingest",
        [
            ("फ़ाइलें / files", total["files"]),
            ("पंक्तियाँ / rows", total["rows"]),
            ("नये प्रकरण / new cases", total["accepted"]),
            ("पूर्व से ज्ञात / already known", total["known"]),
            ("अस्वीकृत / refused", total["refused"]),
            ("अज्ञात माध्यम के फ़ोल्डर में छोड़ी गई फ़ाइलें / files left in folders of no channel", total["left"]),
        ],
    )
    publish_counts(
        "notes",
        "फ़ाइलों में क्या दिखा; किस फ़ाइल में: nistaran files / noticed in files; in which: nistaran files",
        notes,
        NOTE_HI,
    )
    for state in states:
        if not state.is_completed():
            state.result()  # after all others are read: the run fails and names the place, the file stays unread
    return total


if __name__ == "__main__":
    ingest()
