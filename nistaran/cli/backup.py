"""Verbs of backup: backup, restore-test (try one out), restore (put one into a new home). Counts and places, never a citizen's word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, say
from nistaran.domain.deadlines import IST

if TYPE_CHECKING:
    from nistaran.steps.restore import Tried

_SAME_DISK = (
    "   ⚠ यह उसी डिस्क पर है: दूसरी डिस्क का फ़ोल्डर NISTARAN_BACKUPS में लिखें / it lies on the same disk: name a folder on another one in "
    "NISTARAN_BACKUPS",
)
Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (backup, restore_test, restore):
        app.command()(verb)


def backup(
    to: Annotated[
        Path | None, typer.Option(help="folder for backups, best on another disk; default: NISTARAN_BACKUPS")
    ] = None,
    as_json: Json = False,
) -> None:
    """Back up database and objects while the house works on; older backups are thinned. The key is never among them."""
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_backup import take_backup
    from nistaran.bootstrap_retain import retain_settings
    from nistaran.settings import load

    settings = retain_settings(load())
    with open_house(settings) as house:
        made = take_backup(settings, house, to)
    said = made.manifest.snapshot
    if as_json:
        counts = {"cases": said.cases, "events": said.seq, "objects": len(made.manifest.objects)}
        print_json({"folder": str(made.folder), **counts, "copied": made.copied, "thinned": made.thinned})
        return
    say(
        f"बैकअप बना / backed up: {made.folder}",
        f"   {said.cases} प्रकरण / cases, {said.seq} घटनाएँ / events, {len(made.manifest.objects)} फ़ाइलें / objects "
        f"({made.copied} नयी / new), {made.thinned} पुराने बैकअप हटे / older backups removed",
        *(_SAME_DISK if made.folder.is_relative_to(settings.home.absolute()) else ()),
        f"   कुंजी इसमें नहीं है; इसे अलग, बन्द स्थान पर रखें / the key is not in it; keep it apart, locked away: {settings.key_file}",
    )


def restore_test(
    folder: Annotated[Path | None, typer.Argument(help="one backup's folder; default: the newest")] = None,
    as_json: Json = False,
) -> None:
    """Restore a backup into a temporary place, verify it from the first event on, compare counts, and say whether it can be relied on.
    Exit 1 when it cannot."""
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_backup import try_restore
    from nistaran.bootstrap_retain import retain_settings
    from nistaran.settings import load

    settings = retain_settings(load())
    with open_house(settings) as house:
        tried = try_restore(settings, house, folder)
    if as_json:
        said = tried.manifest.snapshot
        counts = {"cases": said.cases, "events": said.seq, "objects": len(tried.manifest.objects)}
        age = int(tried.age.total_seconds())
        print_json({"folder": str(tried.folder), **counts, "age_seconds": age, "faults": tried.faults})
    else:
        _print_tried(tried)
    if tried.faults:
        raise typer.Exit(1)


def restore(
    folder: Annotated[Path, typer.Argument(help="one backup's folder, e.g. backups/20261122T203000000000Z")],
    home: Annotated[Path, typer.Option(help="the new home folder: empty, or not there yet")],
    key: Annotated[
        Path | None,
        typer.Option(
            help="the house's key; without it put house.key into the new home by hand", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Put a backup into a new home folder for good. Nothing is ever written over. Exit 1 when it does not verify."""
    from nistaran.bootstrap_backup import restore_home
    from nistaran.settings import load

    settings = load(home=home)
    well = restore_home(settings, folder, key=key)
    say(f"वापस रखा गया / restored: {home}")
    if key is None:
        say(
            f"अब कुंजी यहाँ रखें, फिर `nistaran init` और `nistaran verify` चलाएँ / now put the key here, then run `nistaran init` and "
            f"`nistaran verify`: {settings.key_file}"
        )
        return
    if not well:
        say("जाँच में दोष मिले / it does not verify: `nistaran verify`")
        raise typer.Exit(1)
    say("घटनाक्रम और गणनाएँ सही हैं / the ledger and all counts hold")


def _print_tried(tried: Tried) -> None:
    said = tried.manifest.snapshot
    say(
        f"बैकअप / backup: {tried.folder}",
        f"   बनाया गया / made: {tried.manifest.at.astimezone(IST):%d.%m.%Y %H:%M}; आयु / age: {_age(tried.age)} "
        "(अभी वापस रखने पर इतने समय का कार्य खो जाएगा / so much work would be lost if it were restored now)",
        f"   {said.cases} प्रकरण / cases, {said.seq} घटनाएँ / events, {len(tried.manifest.objects)} फ़ाइलें / objects",
    )
    if tried.faults:
        say("✗ इस पर भरोसा न करें / it cannot be relied on:", *(f"   {fault}" for fault in tried.faults[:20]))
        say("   तुरन्त नया बैकअप बनाएँ, फिर उसका परीक्षण करें / make a new backup at once, then try that: nistaran backup")
    else:
        say("✓ परीक्षण सफल: वापस रखा गया, घटनाक्रम और गणनाएँ सही / restored, the ledger and all counts hold")


def _age(age: timedelta) -> str:
    hours, minutes = divmod(int(age.total_seconds()) // 60, 60)
    return f"{hours // 24} दिन / days {hours % 24:02d}:{minutes:02d}"
