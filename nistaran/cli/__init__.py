"""The command line: one verb a step. A door: it opens the house, calls a step and prints. No rule stands here.

Exit codes: 0 done · 1 done, and something needs a person · 2 wrong use · 3 refused, the message says what to do ·
4 the world is away (database, store, mail), try again later.
"""

from __future__ import annotations

import sys

import typer

from nistaran.cli import bulk, look, start, work
from nistaran.cli.output import say_error
from nistaran.domain.errors import NistaranError, WorldAway

app = typer.Typer(
    name="nistaran",
    help="जन शिकायतों का निस्तारण — the engine of a district's grievance cell. `nistaran demo` shows it at work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (start, work, look, bulk):
    module.add_to(app)


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
