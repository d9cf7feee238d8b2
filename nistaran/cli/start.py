"""Verbs that begin: init, demo, serve. Prefect is only ever started as a process of its own (no door imports another)."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, print_table, say
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
    """Register the verbs."""
    for verb in (init, demo, serve):
        app.command()(verb)


def init(as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False) -> None:
    """Make the home folder, the key and the database, and check the tables. Safe to repeat."""
    from nistaran.bootstrap import load_tables, prepare
    from nistaran.settings import load

    settings = load()
    pack, district = load_tables(settings)
    made = prepare(settings)
    if as_json:
        print_json({"home": str(settings.home), "made": made, "pack": pack.facts.code, "district": district.facts.code})
        return
    say(
        f"{district.facts.name_hi} ({pack.facts.name_hi}): {len(district.offices)} कार्यालय, {len(district.places)} स्थान",
        *(f"बनाया / made: {what}" for what in made),
        f"फ़ाइलें यहाँ रखें / put files here: {settings.inbox_place}",
        f"कुंजी का अलग बैकअप लें / back up this key apart from the database: {settings.key_file}",
    )


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
        "2. Prefect: ingest → route → forward → quality → escalate …",
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


def prefect_environment(settings: Settings) -> dict[str, str]:
    """The environment in which Prefect's processes run: its own home, no telemetry, our tables and our root."""
    from nistaran.bootstrap import project_root

    root = str(project_root())
    return {
        "PREFECT_HOME": str(settings.home.resolve() / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        # its default of 20 s is too short for a first start on a busy office PC: the run would fail before it begins
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        # its default keeps in memory who runs: after a power cut the deployment would stay «running» and cancel all new runs
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "DO_NOT_TRACK": "1",
        **os.environ,
        "NISTARAN_HOME": str(settings.home.resolve()),
        "NISTARAN_PACK": settings.pack,
        "NISTARAN_DISTRICT": settings.district,
        "NISTARAN_ROOT": root,
        "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")])),
    }


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
    say(
        f"   {taken['files']} फ़ाइलें, {taken['rows']} पंक्तियाँ: {taken['accepted']} नये प्रकरण, {taken['known']} पूर्व से ज्ञात, "
        f"{taken['refused']} अस्वीकृत",
        f"   {routed['routed']} कार्यालयों को सौंपे गये, {routed['asked']} में व्यक्ति से पूछा जाएगा, {routed['delivered']} सूचनाएँ पहुँचीं",
        f"   {answered['taken']} उत्तर लिये गये, {answered['refused']} अस्वीकृत; आख्याएँ: {judged['accepted']} स्वीकृत, {judged['rejected']} कारण सहित वापस",
        f"   {marked['looked_at']} खुले प्रकरण देखे: {marked['DEFAULTER']} डिफॉल्टर, {marked['letters']} पत्र",
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
    _tell_places(settings)


def _tell_places(settings: Settings) -> None:
    home, nistaran = settings.home, command_line()
    chosen = {"NISTARAN_HOME": str(home), "NISTARAN_PACK": settings.pack, "NISTARAN_DISTRICT": settings.district}
    say(
        "",
        "5. क्या कहाँ है / where things are",
        f"   डेटाबेस / database: {home / 'nistaran.db'}",
        f"   मूल फ़ाइलें / raw files: {home / 'objects'}",
        f"   सूचनाएँ / notices: {home / 'notices'}",
        f"   कुंजी / key: {settings.key_file}",
        "",
        "6. अब ये चलाकर देखें / now try these",
        f"   export {' '.join(f'{name}={shlex.quote(value)}' for name, value in chosen.items())}",
        *(
            f"   {nistaran} {verb}"
            for verb in ("doctor", "verify", "rejected", "forwards", "due", "export cases.xlsx", "show 1")
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


def serve(
    port: Annotated[int, typer.Option(help="port of Prefect's UI on this machine")] = 4200,
) -> None:
    """Start Prefect's server and UI with every deployment scheduled and a worker, until Ctrl-C."""
    from nistaran.bootstrap import load_tables, prepare, project_root
    from nistaran.cli.serving import serve_until_stopped
    from nistaran.settings import load

    settings = load()
    prepare(settings)
    pack, _ = load_tables(settings)
    queues = {lane.queue: lane.priority for lane in pack.lanes.values()}
    serve_until_stopped(prefect_environment(settings), root=project_root(), port=port, queues=queues)
