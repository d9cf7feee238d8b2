"""`nistaran risk …`: training the risk of default on the house's own history, and what is used now. The list itself: `nistaran due --by risk`.

Not here: what the verbs do (steps/risk.py), the gate (models/risk).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import both, print_json, print_table, say
from nistaran.domain.risk_words import WHY_DAYS_LEFT

if TYPE_CHECKING:
    from nistaran.domain.risk_kept import RiskKept

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
_SIDES = {
    "learned": ("सीखा हुआ", "learned"),
    "days left": ("केवल शेष दिन", "days left alone"),
    "office": ("कार्यालय का पिछला अनुपात", "the office's past share"),
}

risk = typer.Typer(
    name="risk",
    help="The risk that an open case becomes a defaulter, learned from the house's own history: train, show.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the group of verbs."""
    for verb in (train, show):
        risk.command()(verb)
    app.add_typer(risk)


def train(as_json: Json = False) -> None:
    """Train on the last thirteen months; what is learned is used only when it is better on later days. Exit 1 when it is not."""
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_risk import risk_trainer
    from nistaran.settings import load
    from nistaran.steps.risk import train_risk

    with open_house(load()) as house:
        kept = train_risk(house, risk_trainer())
    _show(kept, as_json=as_json)
    if kept.trained.why is not None:
        raise typer.Exit(1)


def show(as_json: Json = False) -> None:
    """What the order by risk is reckoned with now, since when, and how it compared."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.risk import newest_risk

    with open_house(load()) as house:
        kept = newest_risk(house)
    _show(kept, as_json=as_json)


def _show(kept: RiskKept, *, as_json: bool) -> None:
    trained = kept.trained
    if as_json:
        print_json(
            {
                "on": kept.on,
                "learned": trained.why is None,
                "why_days_left": trained.why.value if trained.why else None,
                "examples": trained.examples,
                "figures": {name: dict(figures) for name, figures in trained.figures.items()},
            }
        )
        return
    if trained.why is not None:
        say(both(*WHY_DAYS_LEFT[trained.why]))
    else:
        day = f"{kept.on:%d.%m.%Y}"
        say(f"{day} का सीखा हुआ अनुमान लागू / what was learned on {day} is used: nistaran due --by risk")
    if trained.figures:
        print_table(
            f"बाद के दिनों पर तुलना / compared on later days; उदाहरण / examples: {trained.examples}",
            [
                "",
                "Brier",
                "log loss",
                "अंशांकन त्रुटि / calibration error",
                "पहले दशांश में चूक / defaulters in the first tenth",
            ],
            [
                (
                    both(*_SIDES[name]),
                    f"{told['brier']:.4f}",
                    f"{told['log_loss']:.4f}",
                    f"{told['ece']:.4f}",
                    f"{100 * told['head']:.1f} %",
                )
                for name, told in trained.figures.items()
            ],
        )
