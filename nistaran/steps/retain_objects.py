"""Retain, of bytes: raw files, attachments, offices' files and copies in folders go after their periods; orphans are found.

Here: what is given up is first written down, then removed, so that a killed run is taken up there. Not here: cases (retain.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from nistaran.domain.deadlines import day_in_india
from nistaran.domain.records import KeptFile
from nistaran.steps.fault import fault
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.retain import Retained, owe_scrub, start_of
from routing.retention import RetentionRules

_PAGE = 500
#: What was put longer ago than this and is named by no report will not be named by the one that it was put for.
_PUT_BY = timedelta(days=1)
#: Offices' files as they came, and the tables that told them which rows were refused: no row of the database names them.
_UNNAMED = ("answers/", "answers-refused/", "reports/", "reports-refused/")


def retain_objects(house: House, rules: RetentionRules, retained: Retained) -> None:
    """Let raw files, refused rows, records of logging in and objects go whose time is over.

    Raises:
        WorldAway: when the database or the object store does not answer.
    """
    today = day_in_india(house.clock.now())
    days = rules.periods
    retained.went["files"] += _give_up_files(house, rules, start_of(today - timedelta(days=days.raw - 1)))
    with house.work() as work:
        retained.went["refused"] += work.erasures.purge_refused(
            before=start_of(today - timedelta(days=days.refused - 1))
        )
        retained.went["logins"] += work.erasures.purge_logins(before=start_of(today - timedelta(days=days.logins - 1)))
        if retained.went["refused"] or retained.went["logins"]:
            owe_scrub(house, work)
        work.commit()
    fault("before_objects_go")
    retained.went["objects"] += _remove_given_up(house)
    before = start_of(today - timedelta(days=days.raw - 1))
    retained.went["objects"] += _remove_put_again(house, rules, before)
    for prefix in _UNNAMED:
        for key in list(house.objects.older(prefix, before=before)):
            house.objects.remove(key)
            retained.went["objects"] += 1


def retain_copies(folders: Sequence[Path], before: datetime) -> int:
    """Remove files of these folders, at any depth, last written before that moment; links are left alone. Returns how many."""
    count = 0
    for path in [one for folder in folders if folder.is_dir() for one in sorted(folder.rglob("*"))]:
        if not path.is_symlink() and path.is_file() and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count


def orphans(house: House, *, before: datetime) -> list[str]:
    """Keys of attachments and raw objects put before that moment that no row names: left by a crash between object and row.

    They are listed and not removed: whoever put one may be about to name it.
    """
    with house.read() as work:
        attached = work.erasures.attached()
        raw = {file.object_key for file in work.files.page(limit=1_000_000)}
        given_up = {*work.erasures.given_up(done=True), *work.erasures.given_up(done=False)}
    found = [key for key in house.objects.older("attachments/", before=before) if key.rsplit("/", 1)[1] not in attached]
    found += [key for key in house.objects.older("raw/", before=before) if key not in raw]
    return [key for key in found if key not in given_up]


def _give_up_files(house: House, rules: RetentionRules, before: datetime) -> int:
    today, count = day_in_india(house.clock.now()), 0
    with house.read() as work:
        needed = _held(work, rules)
    for page in _old_files(house, before):
        over = [file for file in page if file.sha256 not in needed]
        if not over:  # what is held stays in the list night after night, and is no reason to write the database anew
            continue
        with house.work() as work:
            for file in over:
                work.erasures.give_up_file(file, on_day=today)
            owe_scrub(house, work)
            work.commit()
        count += len(over)
    return count


def _old_files(house: House, before: datetime) -> Iterator[list[KeptFile]]:
    after = ""
    while True:
        with house.read() as work:
            page = work.erasures.old_files(before=before, after=after, limit=_PAGE)
        if not page:
            return
        yield page
        after = page[-1].sha256


def _held(work: UnitOfWork, rules: RetentionRules) -> set[str]:
    """The hashes of the raw files that cases under legal hold came from."""
    held = [case.id for number in sorted(rules.holds) if (case := work.cases.by_number(number)) is not None]
    return work.erasures.came_from(held)


def _remove_put_again(house: House, rules: RetentionRules, before: datetime) -> int:
    """The same bytes may come once more after they went: a raw file goes again after its time, an attachment when no report names it."""
    today = house.clock.now()
    with house.read() as work:
        gone, stay = set(work.erasures.given_up(done=True)), _held(work, rules) | work.erasures.attached()
    old = [*house.objects.older("raw/", before=before), *house.objects.older("attachments/", before=today - _PUT_BY)]
    again = [key for key in old if key in gone and key.rsplit("/", 1)[1] not in stay]
    for key in again:
        with house.work() as work:
            file = work.files.get(key.rsplit("/", 1)[1]) if key.startswith("raw/") else None
            if file is not None:  # it may have come under a new name
                work.erasures.give_up_file(file, on_day=day_in_india(today))
                owe_scrub(house, work)
            work.commit()
        house.objects.remove(key)
    return len(again)


def _remove_given_up(house: House) -> int:
    """What was given up goes, unless a report still names the same bytes: then it stays until that one's time."""
    with house.read() as work:
        keys = work.erasures.given_up(done=False)
        attached = work.erasures.attached() if any(key.startswith("attachments/") for key in keys) else set()
    removed: Counter[str] = Counter()
    for key in keys:
        if key.startswith("attachments/") and key.rsplit("/", 1)[1] in attached:
            continue
        house.objects.remove(key)
        removed[key] += 1
        fault("between_objects")
    if removed:
        with house.work() as work:
            work.erasures.gone(list(removed))
            work.commit()
    return len(removed)
