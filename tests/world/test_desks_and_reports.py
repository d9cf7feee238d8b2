"""From answer to feedback on SQLite and folders and on Postgres and S3 alike: by command, by files that arrive, with crashes and races."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nistaran.bootstrap import open_answers, open_house, open_reports
from nistaran.bootstrap_reports import open_report_judge
from nistaran.domain.complaint import Case, Status
from nistaran.steps.answer_files import take_answer_files, take_report_files
from storage.objects import S3Objects
from tests.files import TEXTS, row, write_csv
from tests.servers import s3
from tests.world.gate import LEDGER_LOCK, wait_until, waiting
from tests.world.worlds import World

ASKED, SDO, SECOND, CELL = "up.caller", "up.sdo", "up.office2", "up.cell1"
FILLER = "प्रकरण में नियमानुसार कार्यवाही की जा रही है।"
GOOD = (
    "दिनांक 10.11.2026 को अवर अभियन्ता श्री रमेश यादव ने मौके पर जाकर जला हुआ 25 केवीए ट्रांसफार्मर बदलवाया, कार्यादेश संख्या 214 दिनांक "
    "09.11.2026; आपूर्ति 10.11.2026 को चालू करायी गयी। आवेदक रामदीन को फोन कर अवगत कराया गया, वह संतुष्ट हैं।"
)
BETTER = (
    "पुनः निरीक्षण 12.11.2026 में सर्विस केबल जली मिली; 13.11.2026 को 60 मीटर नई केबल डाली गयी, वोल्टेज 225 मापा गया, पंचनामा ग्राम प्रधान "
    "के समक्ष बना, कार्यादेश संख्या 231।"
)


@pytest.fixture(params=["folders", "servers"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """A house with four routed cases; files of answers and reports arrive where its complaints do."""
    made: World = request.getfixturevalue(request.param)
    if isinstance(made.objects, S3Objects):
        bucket = made.env["NISTARAN_INBOX"].removeprefix("s3://").partition("/")[0]
        places = {f"NISTARAN_{kind.upper()}": f"s3://{bucket}/arrived/{kind}" for kind in ("answers", "reports")}
        made = replace(made, env={**made.env, **places})
    made.prepare()
    rows = [row(reference=f"4001872600{n:04d}", text=f"{TEXTS[0]} मामला {n}") for n in range(4)]
    made.drop_into_inbox(write_csv(tmp_path / "a.csv", rows))
    made.here("ingest")
    made.here("route")
    assert all(case.status is Status.WITH_OFFICE for case in made.cases())
    return made


def case(world: World, n: int = 1) -> Case:
    return world.cases()[n - 1]


def told(world: World, *words: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(world.here(*words, "--json", code=code))
    return found


def report(world: World, folder: Path, text: str, n: int = 1) -> list[str]:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return ["report", str(n), "--office", case(world, n).office, "--by", SDO, "--text", str(path)]


def arrive(world: World, kind: str, login: str, name: str, text: str) -> None:
    place = world.env.get(f"NISTARAN_{kind.upper()}", "")
    if place:
        bucket, _, prefix = place.removeprefix("s3://").partition("/")
        key = f"{prefix}/{login}/{name}"
        s3(world.env["NISTARAN_S3_ENDPOINT"]).put_object(Bucket=bucket, Key=key, Body=text.encode())
    else:
        path = world.home / kind / login / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_case_goes_from_an_answer_to_the_complainants_last_word(world: World, tmp_path: Path) -> None:
    due, first = case(world).due_on, case(world).office
    proposed = told(world, "answer", "1", "--kind", "NOT_OUR_DEPARTMENT", "--department", "PANCHAYATI_RAJ", "--office",
                    first, "--by", SDO, code=1)  # fmt: skip
    released = told(world, "forwards", "--release", proposed["task"], "--by", CELL)
    assert released["decided"][0]["office"] == case(world).office != first
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 not a whole picture")
    assert told(world, *report(world, tmp_path, FILLER), code=1)["state"] == "REJECTED"
    assert told(world, *report(world, tmp_path, GOOD), "--attach", str(photo))["state"] == "ACCEPTED"
    assert [one["case"] for one in told(world, "calls")["calls"]] == [case(world).number]
    assert told(world, "feedback", "1", "--outcome", "असंतुष्ट", "--by", ASKED, code=1)["reopened"]
    assert told(world, *report(world, tmp_path, GOOD), code=1)["reasons"] == ["SAME_AS_REFUSED"]
    assert told(world, *report(world, tmp_path, BETTER))["state"] == "ACCEPTED"
    told(world, "feedback", "1", "--outcome", "SATISFIED", "--relief", "GIVEN", "--by", ASKED)
    assert told(world, "relief")["groups"][0]["final"]["part"] == 1
    assert (case(world).status, case(world).due_on) == (Status.DISPOSED, due)
    assert world.verified().faults == []


def test_files_of_answers_and_reports_are_taken_where_they_arrive(world: World) -> None:
    office = case(world).office
    arrive(world, "answers", SDO, "a.csv", f"प्रकरण संख्या,कार्यालय कूट,उत्तर\n२,{office},ACCEPTED\n9,{office},ACCEPTED\n")
    arrive(world, "reports", SDO, "r.csv", f'प्रकरण संख्या,कार्यालय कूट,आख्या\n3,{office},"{GOOD}"\n4,{office},{FILLER}\n')
    with open_house(world.settings()) as house:
        (answers,), _ = take_answer_files(house, open_answers(world.settings()))
        (reports,), _ = take_report_files(house, open_reports(world.settings()), open_report_judge())
        assert take_answer_files(house, open_answers(world.settings())) == ([], 0)
    assert (answers.outcome.changed, [one.row for one in answers.outcome.refused]) == (1, [3])
    assert world.objects.exists(answers.told)
    assert dict(+reports.outcome.followed) == {"ACCEPTED": 1, "REJECTED": 1}
    assert world.verified().faults == []


def test_a_crash_leaves_a_report_whole_or_not_there(world: World, tmp_path: Path) -> None:
    words = report(world, tmp_path, GOOD)
    world(*words, code=9, NISTARAN_FAULT="before_commit")
    assert told(world, "reports", "1") == {"reports": []}
    world(*words, code=9, NISTARAN_FAULT="after_commit")
    assert not told(world, *words)["changed"]
    assert len(told(world, "reports", "1")["reports"]) == 1
    assert world.verified().faults == []


def both(world: World, *acts: list[str]) -> list[int]:
    """Two processes that meet at the ledger's lock; returns how each ended."""
    with psycopg.connect(world.database) as gate:
        gate.execute("SELECT pg_advisory_xact_lock(%s)", (LEDGER_LOCK,))
        processes = [world.start(*words) for words in acts]
        wait_until(lambda: waiting(gate) == 2 or any(process.poll() is not None for process in processes))
        together = waiting(gate)
        gate.rollback()
    for process in processes:
        _, err = process.communicate(timeout=180)
        assert "Traceback" not in err
    assert together == 2, "the two did not meet: nothing was tested"
    return sorted(process.returncode for process in processes)


@pytest.mark.parametrize("world", ["servers"], indirect=True)
def test_two_words_on_one_case_at_once_are_one_after_the_other(world: World, tmp_path: Path) -> None:
    office = case(world).office
    disclaim = [
        "answer",
        "1",
        "--kind",
        "NOT_OUR_DEPARTMENT",
        "--department",
        "PANCHAYATI_RAJ",
        "--office",
        office,
        "--by",
        SDO,
    ]
    world.here(*disclaim, code=1)
    release = ["forwards", "--release", "1/t1", "--by", CELL]
    assert both(world, release, ["accept", "1", "--office", office, "--by", SECOND]) == [0, 3]
    answer = [
        "answer",
        "2",
        "--kind",
        "NOT_OUR_DEPARTMENT",
        "--department",
        "PANCHAYATI_RAJ",
        "--office",
        office,
        "--by",
        SDO,
    ]
    both(world, answer, ["correct", "2", "--department", "POLICE", "--by", CELL])
    assert both(world, report(world, tmp_path, GOOD, 3), report(world, tmp_path, GOOD, 3)) == [0, 0]
    word = ["feedback", "3", "--outcome", "DISSATISFIED", "--by", ASKED]
    assert both(world, word, word) == [1, 3]
    assert both(
        world, report(world, tmp_path, BETTER, 3), ["correct", "3", "--department", "POLICE", "--by", CELL]
    ) in (
        [0, 3],
        [3, 3],
    )
    assert world.verified().faults == []
