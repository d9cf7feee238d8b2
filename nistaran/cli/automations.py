"""The verb automations: what Prefect's server does by itself when something goes wrong. Prefect is only ever started as a process."""

from __future__ import annotations

from typing import Annotated

import typer

from nistaran.cli.output import both, print_json, print_table

_WORDS = {"created": ("बनाया गया", "created"), "updated": ("अद्यतन किया गया", "updated")}
_WHAT = {
    "nistaran-failed-run": ("कोई run असफल हो: प्रकोष्ठ को पत्र", "a run fails: a letter to the cell"),
    "nistaran-late-run": (
        "कोई run आधे घंटे से विलम्बित हो: प्रकोष्ठ को पत्र",
        "a run is half an hour late: a letter to the cell",
    ),
    "nistaran-drift": ("मॉडल के निर्णय बदलें: प्रकोष्ठ को पत्र", "the model drifts: a letter to the cell"),
}


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(automations)


def automations(
    server: Annotated[
        str, typer.Option(envvar="PREFECT_API_URL", help="address of Prefect's API")
    ] = "http://127.0.0.1:4200/api",
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
) -> None:
    """Create or update, by name, what Prefect's server does when a run fails or is late or the model drifts. Safe to repeat;
    `nistaran serve` does it by itself."""
    from nistaran.bootstrap import project_root
    from nistaran.cli.serving import prepare_automations
    from nistaran.cli.start import prefect_environment
    from nistaran.settings import load

    done = prepare_automations({**prefect_environment(load()), "PREFECT_API_URL": server}, project_root())
    if as_json:
        print_json({"automations": done})
        return
    rows = [(name, both(*_WHAT[name]), both(*_WORDS[what])) for name, what in done.items()]
    print_table("स्वचालित कार्यवाही / automations", ["नाम / name", "कब क्या / what", "स्थिति / state"], rows)
