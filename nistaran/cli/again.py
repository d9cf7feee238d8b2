"""`nistaran route --asked [REASON …]`: cases that stand with a person for a machine's reason are decided once more.

Not here: which cases those are and how they are decided (steps/route_again.py), routing what is new (work.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from nistaran.cli.output import TerminalProgress, both, print_json, print_table, say
from nistaran.domain.decision import AskReason
from nistaran.domain.wording import ASK_HI

if TYPE_CHECKING:
    from nistaran.steps.route_again import AgainOutcome


def route_asked(reasons: list[str], *, asked: bool, lanes: list[str] | None, as_json: bool) -> None:
    """Decide anew and tell what came of it.

    Raises:
        typer.BadParameter: for reasons without --asked, or a word that is no reason (exit 2).
    """
    wanted = _wanted(reasons, asked=asked)
    from nistaran.bootstrap import calm_the_collector, open_house
    from nistaran.cli.work import refuse_unknown_lanes
    from nistaran.settings import load
    from nistaran.steps import route_again
    from nistaran.steps.verify import checkpoint

    total = route_again.AgainOutcome()
    with open_house(load()) as house:
        refuse_unknown_lanes(house, lanes or [])
        calm_the_collector()
        bar = TerminalProgress()
        bar.start("route", None)
        for outcome in route_again.route_asked(house, reasons=wanted or route_again.NOT_LOOKED_AT, lanes=lanes or None):
            total.add(outcome)
            bar.advance(outcome.cases)
        bar.finish()
        checkpoint(house)
    if as_json:
        print_json(_json(total))
    else:
        _print(total)


def _wanted(reasons: list[str], *, asked: bool) -> set[AskReason]:
    if not asked:
        raise typer.BadParameter("कारण --asked के साथ दें / reasons are given with --asked", param_hint="REASON")
    known = {reason.value for reason in AskReason}
    for given in reasons:
        if given.upper() not in known:
            raise typer.BadParameter(
                f"{given}: ऐसा कारण नहीं है; कारण हैं / there is no such reason; there are: {', '.join(sorted(known))}",
                param_hint="REASON",
            )
    return {AskReason(given.upper()) for given in reasons}


def _json(total: AgainOutcome) -> dict[str, object]:
    return {
        "routed": total.decided.routed,
        "asked": total.decided.asked,
        "departments": dict(total.decided.departments),
        "reasons": dict(total.decided.reasons),
        "unchanged": total.unchanged,
        "touched": total.touched,
    }


def _print(total: AgainOutcome) -> None:
    say(
        f"पुनः देखे गये / looked at again: {total.cases}    कार्यालय को भेजे गये / routed: {total.decided.routed}    "
        f"अन्य कारण से पूछे गये / asked for another reason: {total.decided.asked}",
        f"उत्तर वही रहा / the same answer: {total.unchanged}    "
        f"व्यक्ति के हाथ में, छोड़े गये / in a person's hands, left: {total.touched}",
    )
    if total.decided.reasons:
        print_table(
            "अब क्यों पूछा गया / why a person now",
            ["कारण / reason", "संख्या / count"],
            [(both(ASK_HI[reason], reason), count) for reason, count in total.decided.reasons.most_common()],
        )
    if total.unchanged and not total.decided.cases:
        say("कारण अभी बना हुआ है: `nistaran doctor` देखें / the cause is still there: see `nistaran doctor`")
