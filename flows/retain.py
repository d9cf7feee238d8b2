"""Retain, every night: mask and purge, verify the ledger, back up, and once a week try the backup out. Any fault is a failed run.

Not here: periods (the pack's retention.toml), the steps (nistaran/steps/retain.py, verify.py, backup.py, restore.py).
"""

from __future__ import annotations

from datetime import timedelta

from prefect import flow, get_run_logger

from flows.edge import batch_task, guard_logs, publish_summary
from flows.heartbeat import leave_heartbeat
from nistaran.bootstrap import open_house
from nistaran.bootstrap_backup import take_backup, try_restore
from nistaran.bootstrap_retain import retain_all, retain_settings
from nistaran.domain.errors import NistaranError
from nistaran.domain.retention import WENT_WORDS
from nistaran.settings import load
from nistaran.steps.retain import Retained
from nistaran.steps.retain_objects import orphans
from nistaran.steps.verify import verify

_ORPHAN_AFTER = timedelta(days=1)


class NotSound(NistaranError):
    """घटनाक्रम या बैकअप में दोष मिला: `nistaran verify` या `nistaran restore-test` चलाएँ और कुछ न मिटाएँ / The ledger or the backup has faults:
    run `nistaran verify` or `nistaran restore-test`, and delete nothing."""


@batch_task("retain", run_name="mask-and-purge")
def mask_and_purge() -> tuple[Retained, int]:
    """Mask and purge what is over its time. Returns what went and how many objects nobody names."""
    settings = retain_settings(load())
    with open_house(settings) as house:
        retained = retain_all(settings, house)
        return retained, len(orphans(house, before=house.clock.now() - _ORPHAN_AFTER))


@batch_task("verify", run_name="verify-ledger")
def verify_ledger() -> tuple[int, int]:
    """Look at the whole ledger. Returns how many events, and how many faults."""
    with open_house(retain_settings(load())) as house:
        outcome = verify(house)
    return outcome.events, len(outcome.faults)


@batch_task("backup", run_name="back-up")
def back_up_house() -> tuple[int, int, int]:
    """Back up. Returns how many objects stand in it, how many were new, how many older backups went."""
    settings = retain_settings(load())
    with open_house(settings) as house:
        made = take_backup(settings, house)
    return len(made.manifest.objects), made.copied, made.thinned


@batch_task("restore-test", run_name="try-the-backup")
def try_backup() -> int:
    """Restore the newest backup into a temporary place. Returns how many faults it has."""
    settings = retain_settings(load())
    with open_house(settings) as house:
        return len(try_restore(settings, house).faults)


@flow(name="retain", flow_run_name="retain", persist_result=False, log_prints=False, on_completion=[leave_heartbeat])
def retain(trial: bool = False) -> dict[str, int]:
    """Keep the house in order; with `trial` the new backup is restored for a test. Nothing is backed up over a broken ledger's old
    backups: thinning would in time take the last good one.

    Returns counts: masked, purged, files, objects, orphans, events, copied, thinned, and with `trial` its faults.

    Raises:
        NotSound: when the ledger or the backup has faults.
    """
    guard_logs()
    retained, lost = mask_and_purge()
    events, faults = verify_ledger()
    counts = {kind: retained.went[kind] for kind in WENT_WORDS} | {"orphans": lost, "events": events, "faults": faults}
    if not faults:
        counts["in_backup"], counts["copied"], counts["thinned"] = back_up_house()
        if trial:
            counts["faults"] = try_backup()
    lines = [(f"{WENT_WORDS[kind][0]} / {WENT_WORDS[kind][1]}", retained.went[kind]) for kind in WENT_WORDS]
    publish_summary("retain", "अभिलेखों की अवधि और बैकअप / retention and backup", [*lines, *_of_backup(counts)])
    said = get_run_logger().warning if lost or counts["faults"] else get_run_logger().info
    said("retain: %(masked)d masked, %(purged)d purged, %(events)d events verified, %(faults)d faults", counts)
    if counts["faults"]:
        raise NotSound(str(counts["faults"]))
    return counts


def _of_backup(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [
        ("घटनाएँ जाँची गईं / events verified", counts["events"]),
        ("दोष / faults", counts["faults"]),
        ("बिना अभिलेख की फ़ाइलें / objects that no row names", counts["orphans"]),
        ("बैकअप में फ़ाइलें / objects in the backup", counts.get("in_backup", 0)),
        ("उनमें नयी / of these new", counts.get("copied", 0)),
        ("पुराने बैकअप हटे / older backups removed", counts.get("thinned", 0)),
    ]


if __name__ == "__main__":
    retain()
