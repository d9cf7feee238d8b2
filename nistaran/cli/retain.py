"""The verb retain: mask and purge what citizens told after the pack's periods. Counts and codes, never a citizen's word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.retention import KEPT_WORDS, WENT_WORDS

if TYPE_CHECKING:
    from nistaran.steps.retain import Retained

#: What was put so long ago and is named by no row is an orphan; anything younger may be about to be named.
_ORPHAN_AFTER = timedelta(days=1)
_SHOWN = 50


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(retain)


def retain(as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False) -> None:
    """Mask and purge what is older than retention.toml allows, and list orphan objects. Safe to repeat. Exit 1 when there are orphans."""
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_retain import retain_all, retain_settings
    from nistaran.settings import load
    from nistaran.steps.retain_objects import orphans

    settings = load()
    with open_house(retain_settings(settings)) as house:
        done = retain_all(retain_settings(settings), house)
        lost = orphans(house, before=house.clock.now() - _ORPHAN_AFTER)
    if as_json:
        kept = {why.value: count for why, count in done.kept.items()}
        print_json({"went": {kind: count for kind, count in done.went.items() if count}, "kept": kept, "orphans": lost})
    else:
        _print(done, lost)
    if lost:
        raise typer.Exit(1)


def _print(done: Retained, lost: list[str]) -> None:
    went = [(both(*words), done.went[kind]) for kind, words in WENT_WORDS.items() if done.went[kind]]
    if went:
        print_table("अवधि पूर्ण होने पर हटाया गया / taken away after its time", ["", "संख्या / count"], went)
    else:
        say("आज किसी की अवधि पूर्ण नहीं हुई / nothing's time is over today")
    kept = [(both(*KEPT_WORDS[why]), count) for why, count in done.kept.most_common()]
    if kept:
        print_table("निस्तारित प्रकरण जो अभी रहेंगे / closed cases that stay for now", ["क्यों / why", "संख्या / count"], kept)
    if lost:
        say(
            f"{len(lost)} फ़ाइलें किसी अभिलेख से जुड़ी नहीं; देखकर हटाएँ / {len(lost)} objects that no row names; look, then remove:"
        )
        say(*(f"   {key}" for key in lost[:_SHOWN]))
