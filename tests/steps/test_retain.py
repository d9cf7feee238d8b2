"""After its time nothing that a citizen told is left in any file of the house, and the ledger still verifies (P30)."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from pathlib import Path

import pytest

from nistaran.bootstrap import open_house
from nistaran.bootstrap_retain import retain_all, retention_rules, scrub_database
from nistaran.domain.complaint import Complainant
from nistaran.domain.errors import BadTable
from nistaran.domain.retention import Kept
from nistaran.settings import Settings
from nistaran.steps.deliver import deliver_batch
from nistaran.steps.feedback import give_feedback
from nistaran.steps.house import House
from nistaran.steps.labels import trusted_labels
from nistaran.steps.report_labels import report_labels
from nistaran.steps.report_words import recall
from nistaran.steps.retain import retain_cases
from nistaran.steps.retain_objects import orphans, retain_objects
from nistaran.steps.story import story_of
from nistaran.steps.verify import verify
from tests.steps.people import number
from tests.steps.reporting import BETTER, hand_in
from tests.steps.retaining import CALLER, PLANTED, STAYS, finished, found_in, on, set_back

WORDS = 1095


@pytest.fixture(scope="module")
def run_its_course(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with everything planted, on the day of the disposal, to be copied."""
    folder = tmp_path_factory.mktemp("whole")
    settings = Settings(home=Path(shutil.copytree(prepared_home, folder / "home")))
    (folder / "in").mkdir()
    with open_house(settings) as house:
        finished(house, folder / "in")
    set_back(settings)
    return settings.home


@pytest.fixture
def settings(run_its_course: Path, tmp_path: Path) -> Settings:
    return Settings(home=Path(shutil.copytree(run_its_course, tmp_path / "home")))


@pytest.fixture
def whole(house: House) -> House:
    """The house of that home, on that day."""
    return on(house, 0)


def events(house: House, n: int = 1) -> list[tuple[str, dict]]:
    with house.read() as work:
        return [(one.kind, json.loads(one.body)) for one in work.ledger.of(number(n))]


def retain(settings: Settings, house: House, days: int):
    return retain_all(settings, on(house, days))


@pytest.mark.promise("P30")
def test_a_day_before_all_is_there_and_on_the_day_nothing(whole: House, settings: Settings) -> None:
    assert set(found_in(settings.home)) >= {
        "text",
        "in_text",
        "report",
        "officer",
        "attachment",
        "file",
        "name",
        "phone",
    }
    assert verify(whole).faults == []
    retain(settings, whole, WORDS - 1)
    assert "text" in found_in(settings.home)
    done = retain(settings, whole, WORDS)
    assert found_in(settings.home) == {}
    assert done.went["purged"] == 1
    assert done.went["attachments"] == 1
    assert verify(whole).faults == []
    assert found_in(settings.home, {"open": STAYS}) != {}


@pytest.mark.promise("P30")
def test_without_scrubbing_the_words_are_still_in_the_file(whole: House, settings: Settings) -> None:
    """The broken twin: deleting rows is not enough."""
    day = on(whole, WORDS)
    rules = retention_rules(settings)
    retained = retain_cases(day, rules)
    retain_objects(day, rules, retained)
    assert any("nistaran.db" in where for places in found_in(settings.home).values() for where in places)
    scrub_database(settings)
    assert not any("nistaran.db" in where for places in found_in(settings.home).values() for where in places)


def test_number_codes_days_and_the_course_stay(whole: House, settings: Settings) -> None:
    before = story_of(whole, number(1)).case
    kinds = [kind for kind, _ in events(whole)]
    retain(settings, whole, WORDS)
    case = story_of(whole, number(1)).case
    assert case == dataclasses.replace(before, text="", addressed_to="", whereabouts=case.whereabouts)
    assert [kind for kind, _ in events(whole)] == [*kinds, "Purged"]
    assert events(whole)[-1][1]["went"]["words"] == 1
    assert list(report_labels(whole)) == []
    assert trusted_labels(whole) == []


def test_masked_first_and_purged_later(whole: House, settings: Settings) -> None:
    done = retain(settings, whole, 365)
    assert (done.went["masked"], done.went["purged"]) == (1, 0)
    left = found_in(settings.home)
    assert not {"name", "phone", "address", "in_text", "file"} & set(left)
    assert {"text", "report"} <= set(left)
    case = story_of(whole, number(1)).case
    with whole.read() as work:
        assert whole.vault.open(work.complainants.of(1) or b"", to=case.key) == Complainant()
    assert verify(whole).faults == []
    again = retain(settings, whole, 366)
    assert not again.went["masked"]
    retain(settings, whole, WORDS)
    assert [kind for kind, _ in events(whole)][-2:] == ["Masked", "Purged"]
    assert verify(whole).faults == []


def test_what_is_open_stays_however_old(whole: House, settings: Settings) -> None:
    retain(settings, whole, 40_000)
    with whole.read() as work:
        assert [bool(case.text) for case in work.cases.page(after_id=0, limit=9)] == [False, True, True]


def test_a_legal_hold_keeps_the_case_and_its_file(whole: House, settings: Settings) -> None:
    rules = dataclasses.replace(retention_rules(settings), holds=frozenset({number(1)}))
    day = on(whole, WORDS)
    done = retain_cases(day, rules)
    retain_objects(day, rules, done)
    assert done.kept == {Kept.LEGAL_HOLD: 1}
    assert done.went["files"] == 1  # the file of the others is old enough
    assert verify(whole).faults == []


@pytest.mark.parametrize("slip", [{"holds": {"SDR-2062-0000001"}}, {"court": {"SUBJUDICE"}}])
def test_a_slip_of_the_pen_in_a_hold_lets_nothing_go(whole: House, settings: Settings, slip: dict) -> None:
    """A hold on no case would hold nothing, and the case that was meant would be purged."""
    rules = dataclasses.replace(retention_rules(settings), **slip)
    with pytest.raises(BadTable, match=next(iter(*slip.values()))):
        retain_cases(on(whole, WORDS), rules)
    assert "text" in found_in(settings.home)
    others = dataclasses.replace(rules, holds={"BST-2026-0000001"}, court=frozenset())
    assert retain_cases(on(whole, WORDS), others).went["purged"] == 1


def test_verify_tells_words_that_nobody_purged_from_words_that_came_back(whole: House, settings: Settings) -> None:
    with whole.work() as work:
        work.erasures.purge([2], on_day=on(whole, 1).clock.now().date())
        work.commit()
    assert any(number(2) in fault and "text is missing" in fault for fault in verify(whole).faults)


def test_twice_is_as_once(whole: House, settings: Settings) -> None:
    retain(settings, whole, WORDS)
    again = retain(settings, whole, WORDS)
    assert not any(again.went.values())
    assert [kind for kind, _ in events(whole)].count("Purged") == 1


def test_an_attachment_that_another_report_names_stays(whole: House, settings: Settings) -> None:
    with whole.read() as work:
        (attached,) = work.erasures.attached()
        one = work.reports.of(1)[0]
    with whole.work() as work:
        work.reports.add([dataclasses.replace(one, id="SDR-2026-0000002/r1", case_id=2, case=number(2))])
        work.commit()
    retain(settings, whole, WORDS)
    assert whole.objects.exists(f"attachments/{attached[:2]}/{attached}")


def test_the_same_bytes_once_more_go_once_more(whole: House, settings: Settings, tmp_path: Path) -> None:
    """What was given up once is not looked for again: a file that was sent anew would stay for ever, and nobody would list it."""
    with whole.read() as work:
        attached, file = next(iter(work.erasures.attached())), work.files.page(limit=9)[0]
    keys = [file.object_key, f"attachments/{attached[:2]}/{attached}"]
    bytes_of = {key: whole.objects.read_bytes(key) for key in keys}
    retain(settings, whole, WORDS)
    for days in (WORDS + 1, WORDS + 400):
        again = on(whole, days)
        for key, data in bytes_of.items():
            (tmp_path / "again").write_bytes(data)
            again.objects.put(key, tmp_path / "again", sha256=key.rsplit("/", 1)[1])
            then = again.clock.now().timestamp()
            os.utime(settings.home / "objects" / key, (then, then))
        retain(settings, whole, days + 2)
        assert [again.objects.exists(key) for key in keys] == [True, False]
        retain(settings, whole, days + 365)
        assert [again.objects.exists(key) for key in keys] == [False, False]
        assert found_in(settings.home) == {}
    assert verify(whole).faults == []


def test_orphans_are_listed_and_left(whole: House) -> None:
    whole.objects.put_bytes("attachments/ab/" + "ab" * 32, b"nobody names me")
    assert orphans(on(whole, 40_000), before=on(whole, 40_000).clock.now()) == ["attachments/ab/" + "ab" * 32]
    assert whole.objects.exists("attachments/ab/" + "ab" * 32)


def test_nothing_planted_is_in_an_event(whole: House) -> None:
    with whole.read() as work:
        bodies = "".join(link.body for link in work.ledger.links())
    assert not [word for word in PLANTED.values() if word in bodies]


def test_a_case_that_is_opened_again_after_all_takes_a_new_report(whole: House, settings: Settings) -> None:
    retain(settings, whole, WORDS)
    later = on(whole, WORDS + 1)
    recall(later, f"{number(1)}/r1", by=CALLER, why="NOTHING_DONE")
    assert verify(later).faults == []
    hand_in(later, f"{BETTER} {STAYS}", n=1)
    assert verify(later).faults == []
    with whole.read() as work:
        assert [bool(one.text) for one in work.reports.of(1)] == [False, True]
    give_feedback(later, number(1), outcome="SATISFIED", relief="GIVEN", by=CALLER)
    assert retain(settings, whole, 2 * WORDS + 1).kept[Kept.NOTICE] == 1
    while deliver_batch(later).notices:
        pass
    assert retain(settings, whole, WORDS + 400).went["masked"] == 0
    assert retain(settings, whole, 2 * WORDS + 1).went["reports"] == 2
    assert retain(settings, whole, 2 * WORDS + 2).went["purged"] == 0
    assert verify(later).faults == []
    with whole.read() as work:
        assert [one.text for one in work.reports.of(1)] == ["", ""]
