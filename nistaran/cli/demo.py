"""The verb `demo`: the samples through every step in Prefect, then what came of them, and one complaint's story.

Not here: the steps (flows/life.py), Prefect's environment (start.py).
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_table, say
from nistaran.cli.start import prefect_environment
from nistaran.domain.errors import NistaranError
from nistaran.domain.refusal_sentences import FIELD_NAMES_HI

if TYPE_CHECKING:
    from nistaran.settings import Settings
    from nistaran.steps.house import House

_MARK = ".nistaran-demo"


class DemoFailed(NistaranError):
    """प्रदर्शन पूरा नहीं हुआ: कारण ऊपर की पंक्तियों में है; उसी NISTARAN_HOME के साथ `nistaran doctor` चलाएँ / The demonstration's
    flow run failed: its lines stand above; run `nistaran doctor` with the same NISTARAN_HOME."""


class NotADemo(NistaranError):
    """यह फ़ोल्डर प्रदर्शन का नहीं है, इसलिए छेड़ा नहीं गया: --home से दूसरा फ़ोल्डर दें / This folder is not a
    demonstration's and is left alone: name another one with --home."""


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(demo)


def demo(
    home: Annotated[Path, typer.Option(help="folder for the demonstration; made new each time")] = Path("demo-data"),
    pack: Annotated[str, typer.Option(help="up or rajasthan")] = "up",
) -> None:
    """Run the main job on the sample inbox, through Prefect, and tell the story of one complaint."""
    from nistaran.bootstrap import prepare, project_root
    from nistaran.settings import load

    district = {"up": "siddharthnagar", "rajasthan": "jodhpur"}.get(pack)
    if district is None:
        raise typer.BadParameter("up or rajasthan")
    _fresh(home)
    settings = load(home=home, pack=pack, district=district)
    prepare(settings)
    of = "" if pack == "up" else "-jodhpur"
    for name in ("inbox", "answers", "reports"):
        shutil.copytree(project_root() / "samples" / f"{name}{of}", home / name, dirs_exist_ok=True)
    say(
        f"1. {len(list((home / 'inbox').iterdir()))} फ़ाइलें इनबॉक्स में / files in {home / 'inbox'}; कार्यालयों के उत्तर और आख्याएँ / offices'"
        " answers and reports",
        "2. Prefect: ingest → route → forward → quality → escalate → drafts → review …",
    )
    counts = _run_life(settings)
    _tell(settings, counts)


def _fresh(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        if not (home / _MARK).exists():
            raise NotADemo(str(home))
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).touch()


def _run_life(settings: Settings) -> dict[str, dict[str, int]]:
    from nistaran.bootstrap import project_root

    done = subprocess.run(
        [sys.executable, "-m", "flows.life"],
        cwd=project_root(),
        env={"PREFECT_LOGGING_LEVEL": "WARNING", **prefect_environment(settings)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DemoFailed(f"exit {done.returncode}")
    counts: dict[str, dict[str, int]] = json.loads(done.stdout.strip().splitlines()[-1])
    return counts


def _tell(settings: Settings, counts: dict[str, dict[str, int]]) -> None:
    from nistaran.bootstrap import open_house
    from nistaran.cli.story import print_story
    from nistaran.steps.rejected import open_rejections
    from nistaran.steps.story import also_concerns, story_of

    taken, routed, answered, judged, marked = (
        counts[step] for step in ("ingest", "route", "forward", "quality", "escalate")
    )
    drawn, week = sum(counts["drafts"].values()), counts["review"]
    say(
        f"   {taken['files']} फ़ाइलें, {taken['rows']} पंक्तियाँ: {taken['accepted']} नये प्रकरण, {taken['known']} पूर्व से ज्ञात, "
        f"{taken['refused']} अस्वीकृत",
        f"   {routed['routed']} कार्यालयों को सौंपे गये, {routed['asked']} में व्यक्ति से पूछा जाएगा, {routed['delivered']} सूचनाएँ पहुँचीं",
        f"   {answered['taken']} उत्तर लिये गये, {answered['refused']} अस्वीकृत; आख्याएँ: {judged['accepted']} स्वीकृत, {judged['rejected']} कारण सहित वापस",
        f"   {marked['looked_at']} खुले प्रकरण देखे: {marked['DEFAULTER']} डिफॉल्टर, {marked['letters']} पत्र",
        f"   {drawn} आलेख हस्ताक्षर हेतु / letters wait for a signature; साप्ताहिक समीक्षा: {week['pending']} लम्बित, उनमें {week['defaulters']} डिफॉल्टर",
        "",
    )
    with open_house(settings) as house:
        refused = open_rejections(house)
        print_table(
            "3. जो नहीं लिया जा सका / what could not be taken",
            ["फ़ाइल", "पंक्ति", "कॉलम", "कारण", "उपाय"],
            [
                (
                    r.refused.file,
                    r.refused.row or "-",
                    FIELD_NAMES_HI.get(r.refused.field, r.refused.field or "-"),
                    r.refused.reason_hi,
                    r.refused.remedy_hi,
                )
                for r in refused
            ],
        )
        say("", "4. एक प्रकरण की कहानी / the story of one complaint", "")
        story = story_of(house, _telling_case(house))
        print_story(house, story, also=also_concerns(house, story))
        papers = _papers(house, settings.home / "reviews")
    _tell_places(settings, papers)


def _papers(house: House, folder: Path) -> list[Path]:
    """The review of the week that ends today, and one letter that waits for a signature, as files to open."""
    from nistaran.domain.deadlines import day_in_india
    from nistaran.steps.drafts import find_drafts, letter_pdf
    from nistaran.steps.weekly import weekly_figures
    from nistaran.steps.weekly_files import write_weekly

    figures = weekly_figures(house, until=day_in_india(house.clock.now()))
    made = list(write_weekly(house, figures, folder))
    for draft in find_drafts(house, limit=1):
        letter = folder / f"{draft.id}.pdf"
        letter.write_bytes(letter_pdf(draft))
        made.append(letter)
    return made


def _tell_places(settings: Settings, papers: list[Path]) -> None:
    home, nistaran = settings.home, command_line()
    chosen = {"NISTARAN_HOME": str(home), "NISTARAN_PACK": settings.pack, "NISTARAN_DISTRICT": settings.district}
    say(
        "",
        "5. क्या कहाँ है / where things are",
        f"   डेटाबेस / database: {home / 'nistaran.db'}",
        f"   मूल फ़ाइलें / raw files: {home / 'objects'}",
        f"   सूचनाएँ / notices: {home / 'notices'}",
        f"   कुंजी / key: {settings.key_file}",
        *(f"   खोलकर देखें / open: {paper}" for paper in papers),
        "",
        "6. अब ये चलाकर देखें / now try these",
        f"   export {' '.join(f'{name}={shlex.quote(value)}' for name, value in chosen.items())}",
        *(
            f"   {nistaran} {verb}"
            for verb in (
                "doctor",
                "verify",
                "rejected",
                "forwards",
                "due",
                "drafts list",
                "rank",
                "export cases.xlsx",
                "show 1",
            )
        ),
    )


def command_line() -> str:
    """How this person can start the program again: by name where the shell finds it, else as it was started now."""
    started = Path(sys.argv[0])
    if not started.name.startswith("nistaran"):  # python -m nistaran.cli
        return f"{shlex.quote(sys.executable)} -m nistaran.cli"
    found = shutil.which("nistaran")
    if found is not None and Path(found).resolve() == started.resolve():
        return "nistaran"
    return shlex.quote(str(started))


def _telling_case(house: House) -> str:
    """A case worth telling: one that was disposed of, else one that has an office and an older number linked, else the first."""
    from nistaran.domain.complaint import Status

    with house.read() as work:
        page = work.cases.page(after_id=0, limit=500)
        told = (
            [case for case in page if case.status is Status.DISPOSED]
            or [case for case in page if case.office and work.links.of(case.id)]
            or [case for case in page if case.office]
            or page
        )
    return min(told, key=lambda case: (case.priority, case.id)).number
