"""The one place at the command line where a complainant is shown unmasked: `nistaran show NUMBER --open --by … --reason …`.

Not here: writing down who looked and why (steps/story.py does it before it gives anything), the masked story (cli/story.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from nistaran.cli.output import print_json, say

if TYPE_CHECKING:
    from nistaran.steps.story import Shown


def unmask(number: str, *, asked: bool, by: str, reason: str, as_json: bool) -> None:
    """Show the complainant of one case, once the ledger says who looked and why.

    Raises:
        typer.BadParameter: when --open, --by or --reason is missing (exit 2).
    """
    for option, given in (("--open", asked), ("--by", by.strip()), ("--reason", reason.strip())):
        if not given:
            raise typer.BadParameter(
                "आवेदक का विवरण खोलने के लिए --open, --by (कौन देख रहा है) और --reason (क्यों) तीनों आवश्यक हैं / "
                "to see the complainant give all three: --open, --by (who looks) and --reason (why)",
                param_hint=option,
            )
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.find_case import full_number
    from nistaran.steps.story import show_complainant
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        shown = show_complainant(house, full_number(house, number), by=by, why=reason)
        checkpoint(house)  # so that the look cannot be cut off the ledger's end unseen
    if as_json:
        print_json(_json(shown))
    else:
        _print(shown)


def _json(shown: Shown) -> dict[str, object]:
    seen = shown.complainant
    return {
        "number": shown.number,
        "complainant": {"name": seen.name, "phone": seen.phone, "address": seen.address},
        "beside": dict(shown.beside),
        "by": shown.by,
        "why": shown.why,
    }


def _print(shown: Shown) -> None:
    seen = shown.complainant
    say(
        f"प्रकरण {shown.number} — आवेदक / complainant",
        f"नाम / name: {seen.name or '-'}",
        f"फ़ोन / phone: {seen.phone or '-'}",
        f"पता / address: {seen.address or '-'}",
        *(f"{header}: {cell}" for header, cell in shown.beside.items()),
        "",
        f"घटना-पंजी में दर्ज / kept in the ledger: {shown.by} — {shown.why}",
    )
