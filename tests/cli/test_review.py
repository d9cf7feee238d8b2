"""`nistaran review`: the file out and in, and a sitting at the terminal, by pipe, by pseudo-terminal and in this process."""

from __future__ import annotations

import builtins
import io
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nistaran.bootstrap import open_house, project_root
from nistaran.cli import review_sitting
from nistaran.cli.review_screen import columns, wrapped
from nistaran.domain.errors import WorldAway
from nistaran.settings import Settings
from nistaran.steps.correct import Corrected, correct_case
from nistaran.steps.house import House
from nistaran.steps.review_file import DEPARTMENT_AT, REASON_AT
from nistaran.steps.route import route_batch
from tests.cli.test_commands import Cli
from tests.cli.test_correct import CLERK, Here, here  # noqa: F401 - a fixture
from tests.files import row, write_csv
from tests.taking import take

NAME, PHONE = "चन्द्रावती देवी", "9876512345"
#: Texts on which the model asks: too little is said.
VAGUE = ("महोदय मेरी समस्या का समाधान करायें", "कृपया ध्यान दें", "हमारी बात सुनी जाए", "न्याय दिलाया जाए", "कोई सुनता नहीं")
TEXTS = [f"{text}, {NAME} मो0 {PHONE}" for text in VAGUE]
#: Words of the command, lines typed → exit code, output, errors.
Sit = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def waiting_home(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with five cases that wait for a person, to be copied: loading the model for each test would take most of the time."""
    folder = tmp_path_factory.mktemp("waiting")
    home = Path(shutil.copytree(prepared_home, folder / "home"))
    rows = [row(text=text, name=NAME, phone=PHONE, reference=f"400187260000{n:02d}") for n, text in enumerate(TEXTS)]
    with open_house(Settings(home=home)) as house:
        take(house, write_csv(folder / "a.csv", rows))
        assert route_batch(house).asked == len(TEXTS)
    return home


@pytest.fixture
def asked(here: Here, waiting_home: Path) -> Here:  # noqa: F811
    """The command line over a copy of it."""
    home = Path(os.environ["NISTARAN_HOME"])
    shutil.rmtree(home)
    shutil.copytree(waiting_home, home)
    return here


@pytest.fixture
def sit(asked: Here, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Sit down with these lines on standard input; what was shown, in one line unless `raw`."""
    monkeypatch.setenv("COLUMNS", "80")

    def go(*lines: str, code: int = 0, limit: str = "50", raw: bool = False) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        said = asked("review", *CLERK, "--limit", limit, code=code)
        assert PHONE not in said.stdout + said.stderr
        assert NAME.split(maxsplit=1)[0] not in said.stdout + said.stderr
        return said.stdout + said.stderr if raw else " ".join((said.stdout + said.stderr).split())

    return go


def departments(here: Here, count: int = 5) -> list[str]:  # noqa: F811
    return [here.json("show", str(n))["case"]["department"] for n in range(1, count + 1)]


def test_answers_are_written_one_behind_and_the_last_one_can_be_taken_back(
    sit: Callable[..., str], asked: Here
) -> None:
    shown = sit("/पुलिस", "1", "u", "/bijli", "1", "n", "१", "s", "u", "/lekhpal", "1", "q", limit="4")
    assert departments(asked) == ["ENERGY", "NONE", "REVENUE", "", ""]
    assert "answered: 3" in shown
    assert "still waiting: 2" in shown
    reasons = [event["body"]["reason"] for event in asked.json("show", "2")["events"] if "reason" in event["body"]]
    assert reasons[-1] == "THANKS"
    assert asked.json("verify")["faults"] == []


def test_the_answer_before_the_last_cannot_be_taken_back(sit: Callable[..., str], asked: Here) -> None:
    shown = sit("/पुलिस", "1", "/bijli", "1", "u", "u", "q")
    assert "nothing to take back" in shown
    assert departments(asked)[:2] == ["POLICE", ""]


def test_after_the_last_case_its_answer_can_still_be_taken_back(sit: Callable[..., str], asked: Here) -> None:
    sit("/पुलिस", "1", "u", "s", limit="1")
    assert departments(asked)[0] == ""
    sit("/पुलिस", "1", "", limit="1")
    assert departments(asked)[0] == "POLICE"


def test_the_end_of_the_input_writes_the_answer_and_ctrl_c_does_not(
    sit: Callable[..., str], asked: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit("/पुलिस", "1")
    assert departments(asked)[:2] == ["POLICE", ""]
    typed = iter(["/पुलिस", "1"])

    def read(prompt: str) -> str:
        line = next(typed, None)
        if line is None:
            raise KeyboardInterrupt
        return line

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "input", read)
        assert "not written" in " ".join(asked("review", *CLERK).stdout.split())
    assert departments(asked)[:3] == ["POLICE", "", ""]


def test_strange_lines_change_nothing(sit: Callable[..., str], asked: Here) -> None:
    strange = ("", "9", "०", "/", "x", "?", "t", "/xyzzyq", "/bijli", "7", "n", "99", "\x1b[31m", "12", "= 1", "े")
    shown = sit(*strange, "q")
    assert departments(asked) == [""] * 5
    assert "\x1b" not in shown
    assert "skipped: 1" in shown  # the key of s in the Hindi layout


def test_lines_are_at_most_eighty_columns(sit: Callable[..., str]) -> None:
    shown = sit("?", "/shiksha", "", "n", "", "s", "q", raw=True)
    wide = [line for line in shown.splitlines() if columns(line.split("> ")[-1]) > 80]
    assert wide == []


def test_wrapping_loses_no_word() -> None:
    text = "हमारे गांव का  ट्रांसफार्मर\n\n  पांच दिन से जला पड़ा है " * 9 + "क" * 200
    for width in (10, 40, 79):
        lines = wrapped(text, width)
        assert lines.split() == text.split()
        assert all(columns(line) <= width for line in lines.splitlines() if len(line.split()) > 1)


def test_what_somebody_else_decided_meanwhile_is_left(
    sit: Callable[..., str], asked: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another clerk decides the second case while it is on the screen, and the third before it is shown."""
    keys = iter(["s", "/पुलिस", "1", "q"])
    home = Settings(home=Path(os.environ["NISTARAN_HOME"]))

    def read(prompt: str) -> str:
        key = next(keys)
        if key == "/पुलिस":
            with open_house(home) as other:
                for n in (2, 3):
                    number = f"SDR-2026-{n:07d}"
                    correct_case(other, number, department="REVENUE", by="up.clerk2")
        return key

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "input", read)
        said = asked("review", *CLERK, code=1)
    assert "SDR-2026-0000002" in said.stderr
    assert "correct" in said.stderr
    assert "refused: 1" in said.stdout
    assert "by others: 1" in said.stdout
    assert departments(asked)[:3] == ["", "REVENUE", "REVENUE"]


def test_when_the_database_goes_away_the_clerk_knows_what_was_written(
    sit: Callable[..., str], asked: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = review_sitting.correct_case

    def away_from_the_second_on(house: House, number: str, **words: Any) -> Corrected:
        if number.endswith("2"):
            raise WorldAway
        return write(house, number, **words)

    monkeypatch.setattr(review_sitting, "correct_case", away_from_the_second_on)
    shown = sit("/पुलिस", "1", "/पुलिस", "1", "s", "q", code=4)
    assert "SDR-2026-0000002: उत्तर नहीं लिखा गया" in shown
    assert "answered: 1" in shown
    assert departments(asked)[:3] == ["POLICE", "", ""]


def test_a_file_goes_to_a_clerk_and_comes_back(asked: Here, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert asked.json("review", "--export", str(path), "--limit", "4") == {"file": "review.xlsx", "cases": 4, "left": 1}
    assert b"PK" in path.read_bytes()[:2]
    assert "दूसरा नाम" in asked("review", "--export", str(path), code=3).stderr
    book = load_workbook(path)
    sheet = book["प्रकरण"]
    sheet.cell(3, DEPARTMENT_AT, "गृह (पुलिस)")
    sheet.cell(4, DEPARTMENT_AT, "कबूतर")
    sheet.cell(5, DEPARTMENT_AT, "किसी विभाग से सम्बन्धित नहीं")
    sheet.cell(5, REASON_AT, "धन्यवाद या प्रशंसा")
    book.save(path)
    done = asked.json("review", "--import", str(path), *CLERK, code=1)
    assert [done[name] for name in ("rows", "changed", "unchanged", "blank")] == [4, 2, 0, 1]
    assert [(one["row"], one["field"], one["code"]) for one in done["refused"]] == [
        (4, "department", "NoSuchDepartment")
    ]
    again = asked.json("correct", "--file", str(path), "--by", "up.clerk2", code=1)
    assert (again["changed"], again["unchanged"]) == (0, 2)
    assert departments(asked) == ["POLICE", "", "NONE", "", ""]
    assert asked.json("verify")["faults"] == []


def test_only_of_a_lane_or_a_reason(asked: Here, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    assert "no case waits" in asked("review", "--export", str(path), "--lane", "cm-cell").stdout
    assert "no case waits" in asked("review", *CLERK, "--reason", "no_model").stdout
    assert not path.exists()
    reasons = Counter(asked.json("show", str(n))["decisions"][-1]["reason"] for n in range(1, 6))
    for reason, count in reasons.items():
        found = asked.json("review", "--export", str(path), "--lane", "ordinary", "--reason", reason)
        assert found["cases"] == count
        path.unlink()


WRONG_USE = [
    ("review",),
    ("review", *CLERK, "--json"),
    ("review", "--export", "a.csv"),
    ("review", "--export", "a.xlsx", "--import", "pyproject.toml"),
    ("review", "--import", "nowhere.xlsx", *CLERK),
    ("review", *CLERK, "--lane", "pigeon"),
    ("review", *CLERK, "--reason", "PIGEON"),
    ("review", *CLERK, "--limit", "0"),
]


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use(words: tuple[str, ...], asked: Here) -> None:
    assert asked(*words, code=2).stdout == ""


def test_a_name_is_no_login(asked: Here) -> None:
    assert "लॉगिन" in asked("review", "--by", "रमेश", code=3).stderr


@pytest.fixture
def home(waiting_home: Path, tmp_path: Path) -> Cli:
    return Cli(Path(shutil.copytree(waiting_home, tmp_path / "own")))


def started(home: Cli) -> tuple[list[str], dict[str, str], Path]:
    words = [sys.executable, "-m", "nistaran.cli", "review", *CLERK]
    return (
        words,
        {**os.environ, "NISTARAN_HOME": str(home.home), "COLUMNS": "80", "LINES": "24", "TERM": "xterm"},
        project_root(),
    )


def test_in_a_process_of_its_own_by_pipe_and_at_a_terminal(home: Cli) -> None:
    words, env, folder = started(home)
    keys = "/bijli\n1\nu\n/पुलिस\n1\nn\n2\nq\n"
    done = subprocess.run(
        words, cwd=folder, env=env, input=keys, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert PHONE not in done.stdout
    assert home.json("show", "1")["case"]["department"] == "POLICE"
    assert home.json("show", "2")["case"]["department"] == "NONE"
    shown = _typed(words, env, folder, ["/bijli", "1", "q"])
    assert "answered: 1" in shown
    assert "3/3" not in shown
    assert re.search("1/3 .*SDR-2026-0000003", shown)
    assert NAME.split(maxsplit=1)[0] not in shown
    assert home.json("show", "3")["case"]["department"] == "ENERGY"
    left = {path.name for path in home.home.rglob("*") if path.is_file() and "history" in path.name}
    assert left == set()


def _typed(words: list[str], env: dict[str, str], folder: Path, lines: list[str]) -> str:
    """What a pseudo-terminal showed while these lines were typed, each after a prompt."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(words, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    shown, waiting, end = b"", list(lines), time.monotonic() + 90
    try:
        while time.monotonic() < end:
            ready, _, _ = select.select([ours], [], [], 1)
            if not ready and process.poll() is not None:
                break
            try:
                more = os.read(ours, 65536) if ready else b""
            except OSError:
                break
            shown += more
            if waiting and shown.rstrip(b" ").endswith(b">"):
                line = waiting.pop(0)
                os.write(ours, f"{line}\n".encode())
                shown += b"\n"
    finally:
        process.wait(timeout=30)
        os.close(ours)
    assert process.returncode == 0, shown.decode(errors="replace")
    return shown.decode(errors="replace")
