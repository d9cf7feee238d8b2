"""`nistaran model …`: which model is live, training a challenger, promoting, going back, and the drift watch.

Not here: any rule (nistaran/domain/{promotion,drift}.py), what the verbs do (steps/retrain.py, steps/drift.py), how it is shown
(model_tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.audits import audit
from nistaran.cli.output import print_json, say

if TYPE_CHECKING:
    from models.house import HouseModels
    from nistaran.settings import Settings
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who does this, e.g. up.sdr-cell; no name, no phone")]

model = typer.Typer(
    name="model",
    help="The department model of this house: which is live, retraining, promotion, rollback, drift.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the group of verbs."""
    model.command("list")(versions)
    for verb in (show, audit, retrain, promote, rollback, drift):
        model.command()(verb)
    app.add_typer(model)


@contextmanager
def _opened() -> Iterator[tuple[Settings, House, HouseModels]]:
    from nistaran.bootstrap import open_house
    from nistaran.bootstrap_model import open_models
    from nistaran.settings import load

    settings = load()
    with open_house(settings) as house:
        yield settings, house, open_models(settings)


def versions(as_json: Json = False) -> None:
    """List what was proposed and what went live when, by whom; the live version first."""
    from nistaran.cli.model_tables import print_versions, versions_json

    with _opened() as (_, _, models):
        live, proposals, history = models.live(), models.proposals(), models.history()
    if as_json:
        print_json(versions_json(live, proposals, history))
    else:
        print_versions(live, proposals, history)


def show(
    version: Annotated[
        str, typer.Argument(help="name of a version; none: the newest challenger, else the live model")
    ] = "",
    as_json: Json = False,
) -> None:
    """Show a model's card: what it was made from, the gate's verdict, figures by department, limits, who agreed. Never a citizen's
    word."""
    from nistaran.cli.model_tables import proposal_json
    from nistaran.domain.model_card import card
    from nistaran.domain.promotion import UnknownVersion

    with _opened() as (_, house, models):
        found = [one for one in models.proposals() if version in {"", one.kept.version}]
        history, (original, text) = models.history(), models.original()
        live = models.live().version
    if not found and version not in {"", original}:
        raise UnknownVersion(version)
    if found:
        names = {code: row.name_hi for code, row in house.pack.departments.items()}
        told = card(found[-1], history=history, names=names)
        value = proposal_json(found[-1]) | {"live": found[-1].kept.version == live}
    else:
        told = f"{_of_original(original == live)}\n\n{text}"
        value = {"version": original, "live": original == live, "card": text}
    if as_json:
        print_json(value)
    else:
        say(told)


def _of_original(is_live: bool) -> str:
    state = "लागू है / live" if is_live else "लागू नहीं / not live"
    return (
        f"मूल मॉडल, जो प्रोग्राम के साथ आता है (या NISTARAN_MODEL में तय है); इस पर किसी की सहमति नहीं ली गई / the model that comes with the "
        f"program (or that NISTARAN_MODEL names); nobody here was asked about it. {state}"
    )


def retrain(
    by: By,
    force: Annotated[bool, typer.Option("--force", help="train however few corrections are new")] = False,
    as_json: Json = False,
) -> None:
    """Train a challenger from the trusted corrections and let the gate judge it. Takes minutes. Exit 1 when the gate refused it, or
    too few cases were audited to judge it on."""
    from nistaran.cli.model_tables import print_retrained, retrained_json
    from nistaran.steps.retrain import Retrained
    from nistaran.steps.retrain import retrain as retrain_step

    with _opened() as (settings, house, models):
        enough = 0 if force else settings.retrain_after
        outcome = retrain_step(house, models, enough=enough, approval=settings.promote, by=by)
    if as_json:
        print_json(retrained_json(outcome))
    else:
        print_retrained(outcome)
    if outcome.state in {Retrained.REFUSED, Retrained.NOT_AUDITED}:
        raise typer.Exit(1)


def promote(
    version: Annotated[str, typer.Argument(help="name of a version that the gate let pass")],
    by: By,
    as_json: Json = False,
) -> None:
    """Make a proposed model live. Exit 1 when a second person must agree as well (NISTARAN_PROMOTE=two)."""
    from nistaran.cli.model_tables import promotion_json
    from nistaran.steps.retrain import promote as promote_step

    with _opened() as (settings, house, models):
        done = promote_step(house, models, version, by=by, approval=settings.promote)
    if as_json:
        print_json({"live": promotion_json(done) if done else None, "waits_for_second_person": done is None})
    elif done is not None:
        say(f"लागू / live: {done.kept.version}   पहले / before: {done.before.version}")
    else:
        say(
            f"सहमति दर्ज हुई; दूसरे अधिकारी की सहमति शेष है / noted; a second person must agree: nistaran model promote {version} --by LOGIN"
        )
    if done is None:
        raise typer.Exit(1)


def rollback(by: By, as_json: Json = False) -> None:
    """Go back to the model that was live before, in one step."""
    from nistaran.cli.model_tables import promotion_json
    from nistaran.steps.retrain import rollback as rollback_step

    with _opened() as (_, house, models):
        done = rollback_step(house, models, by=by)
    if as_json:
        print_json({"live": promotion_json(done)})
    else:
        say(f"वापस लागू / live again: {done.kept.version}   हटाया / taken off: {done.before.version}")


def drift(
    look: Annotated[bool, typer.Option("--look", help="compare the newest decisions with the reference now")] = False,
    clear: Annotated[
        bool, typer.Option("--clear", help="you have looked: the model decides again; needs --by")
    ] = False,
    by: Annotated[str, typer.Option(help="with --clear: login of who has looked")] = "",
    as_json: Json = False,
) -> None:
    """Show what the drift watch has given to people; --look to watch now, --clear to end it. Exit 1 while an alarm stands."""
    if clear and look:
        raise typer.BadParameter("--look और --clear में से एक दें / give --look or --clear, not both")
    if clear != bool(by.strip()):
        raise typer.BadParameter("--clear और --by साथ दें / give --clear and --by together")
    from nistaran.cli.model_tables import print_watch, watch_json
    from nistaran.steps import drift as steps

    with _opened() as (_, house, models):
        if clear:
            steps.clear(house, models, by=by)
        looked = steps.look(house, models) if look else None
        watch = models.watch()
    if as_json:
        print_json(watch_json(watch, looked))
    else:
        print_watch(watch, looked, cleared=clear)
    if watch.alarms:
        raise typer.Exit(1)
