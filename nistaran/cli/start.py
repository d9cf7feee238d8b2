"""Verbs that begin: init, serve. Prefect is only ever started as a process of its own (no door imports another). Not here: demo.py."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, say

if TYPE_CHECKING:
    from nistaran.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (init, serve):
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
