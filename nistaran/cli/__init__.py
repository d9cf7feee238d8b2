"""The command line: one verb a step. A door: it opens the house, calls a step and prints. No rule stands here.

Exit codes: 0 done · 1 done, and something needs a person · 2 wrong use · 3 refused, the message says what to do ·
4 the world is away (database, store, mail), try again later.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import typer

from nistaran.cli import (
    automations,
    backup,
    bulk,
    calendar,
    closing,
    correct,
    demo,
    drafts,
    escalate,
    feedback,
    look,
    models,
    notices,
    orders,
    petitions,
    registry,
    reports,
    retain,
    review,
    risk,
    start,
    transfer,
    transfers,
    weekly,
    work,
)
from nistaran.cli.output import say_error
from nistaran.domain.errors import BadSetting, NistaranError, StorageFull, WorldAway

app = typer.Typer(
    name="nistaran",
    help="जन शिकायतों का निस्तारण — the engine of a district's grievance cell. `nistaran demo` shows it at work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (
    start,
    demo,
    work,
    correct,
    transfer,
    closing,
    feedback,
    transfers,
    review,
    look,
    petitions,
    escalate,
    risk,
    weekly,
    drafts,
    notices,
    orders,
    calendar,
    models,
    registry,
    bulk,
    reports,
    retain,
    backup,
    automations,
):
    module.add_to(app)


class FileTrouble(NistaranError):
    """फ़ाइल या फ़ोल्डर खोला या लिखा नहीं जा सका: नाम, स्थान और अनुमति जाँचें / A file or folder could not be opened or written:
    check its name, place and permissions."""


def main() -> None:
    """The console entry point."""
    try:
        app()
    except WorldAway as error:
        say_error(str(error))
        sys.exit(4)
    except NistaranError as error:
        say_error(str(error))
        sys.exit(3)
    except OSError as error:
        say_error(str(_of_files(error)))
        sys.exit(3)


def _of_files(error: OSError) -> NistaranError:
    """What a person can do about a failure of the disk; the setting is named where it is about the home folder."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull()
    name = error.filename if isinstance(error.filename, str) else "-"
    told = f"{name}: {os.strerror(error.errno) if error.errno else type(error).__name__}"
    home = os.environ.get("NISTARAN_HOME", "")
    if home and Path(name).absolute().is_relative_to(Path(home).absolute()):
        return BadSetting(f"NISTARAN_HOME: {told}")
    return FileTrouble(told)
