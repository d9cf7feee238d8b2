"""How the command line speaks: tables and sentences for people, one JSON object for machines, never a control character."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


def console(*, stderr: bool = False) -> Console:
    """A console that never guesses markup, numbers or emoji in citizens' text."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def safe(text: object) -> str:
    """Text with every control character but the newline made visible, so that no complaint can drive the terminal (P27)."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"} else f"⟦{ord(letter):02X}⟧"
        for letter in str(text)
    )


def print_json(value: Mapping[str, object]) -> None:
    """One JSON object on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def say(*sentences: str) -> None:
    """Sentences on standard output."""
    out = console()
    for sentence in sentences:
        out.print(safe(sentence))


def both(hindi: object, english: object) -> str:
    """Hindi with the English below; once, when they are the same."""
    return str(hindi) if hindi == english else f"{hindi}\n{english}"


def say_error(sentence: str) -> None:
    """A failure on standard error, in one line."""
    console(stderr=True).print(safe(f"त्रुटि / error: {sentence}"))


def print_table(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, whole: Sequence[str] = ()
) -> None:
    """A table for people. Columns under the headers of `whole` are never folded: what stands there is copied."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold", no_wrap=header in whole)
    for row in rows:
        table.add_row(*(Text(safe(cell)) for cell in row))
    console().print(table)


class TerminalProgress:
    """A progress bar on standard error; nothing at all when that is not a terminal."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar: Progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self._task: TaskID | None = None

    def start(self, title: str, total: int | None) -> None:
        """A piece of work begins."""
        self._bar.start()
        self._task = self._bar.add_task(safe(title), total=total)

    def advance(self, done: int) -> None:
        """More is done."""
        if self._task is not None:
            self._bar.advance(self._task, done)

    def finish(self) -> None:
        """It is over."""
        self._bar.stop()
