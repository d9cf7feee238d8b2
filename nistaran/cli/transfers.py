"""The verb transfers: what misrouting cost, by the confusions that cost most days. Codes and counts, never a citizen's word.

Here: the verb and its JSON. Not here: the tables (transfer_tables.py).
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nistaran.cli.output import print_json

if TYPE_CHECKING:
    from nistaran.domain.shares import Share, Spread
    from nistaran.domain.transfer_figures import Forwards, TransferFigures


def add_to(app: typer.Typer) -> None:
    """Register the verb."""
    app.command()(transfers)


def transfers(
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
            help="cases received on or after this day; default: of the last 30 days",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object, with every pair and office")] = False,
) -> None:
    """Tell what misrouting cost: first desks, hops, days on wrong desks by pair and office, answers, tasks. Exit 1: tasks are stuck."""
    from nistaran.bootstrap import calm_the_collector, open_house
    from nistaran.cli.transfer_tables import print_figures
    from nistaran.settings import load
    from nistaran.steps.transfer_figures import default_since, transfer_figures

    with open_house(load()) as house:
        calm_the_collector()
        figures = transfer_figures(house, since=since.date() if since else default_since(house))
        if as_json:
            print_json(figures_json(figures))
        else:
            print_figures(house, figures)
    if figures.stuck:
        raise typer.Exit(1)


def figures_json(figures: TransferFigures) -> dict[str, Any]:
    """Everything that was counted."""
    return {
        "since": figures.since,
        "cases": figures.cases,
        "unreadable": figures.unreadable,
        **_desks_json(figures),
        "days_lost": _days_json(figures),
        "days_before_first_desk": _spread(figures.waited),
        "days_unanswered": _spread(figures.silent),
        "proposals": {
            "waiting": figures.proposals_waiting,
            "words": dict(sorted(figures.words.items())),
            "hours": _spread(figures.hours),
            "late": figures.late,
        },
        "forwards": {"automatic": _forwards(figures.automatic), "released": _forwards(figures.released)},
        "answers": _answers_json(figures),
        "tasks": [
            {"kind": kind.value, "office": office, "open": count, "stuck": figures.stuck[kind, office]}
            for (kind, office), count in sorted(figures.tasks.items())
        ],
    }


def _desks_json(figures: TransferFigures) -> dict[str, Any]:
    from nistaran.domain.desk_course import FirstDesk, Known, SentBy

    return {
        "known": {known.value: figures.known[known] for known in Known},
        "first_desk": {first.value: figures.began(first) for first in FirstDesk},
        "misrouted": {
            "all": _share(figures.misrouted()),
            "settled": _share(figures.misrouted(settled=True)),
            **{who.value: _share(figures.misrouted(who)) for who in SentBy},
        },
        "hops": {str(hops): count for hops, count in sorted(figures.hops.items())},
        "frozen": {"cases": figures.frozen_cases, "why": dict(sorted(figures.frozen.items()))},
        "rulings": figures.rulings,
    }


def _days_json(figures: TransferFigures) -> dict[str, Any]:
    return {
        **_spread(figures.lost),
        "per_case": figures.lost_per_case,
        "deciding": figures.deciding_days,
        "right_desk_not_known": figures.open_days,
        "pairs": [asdict(pair) for pair in figures.pairs()],
        "offices": [{"office": office, **_spread(days)} for office, days in figures.offices()],
    }


def _answers_json(figures: TransferFigures) -> list[dict[str, Any]]:
    return [
        {
            "office": one.office,
            "kinds": {kind.value: count for kind, count in sorted(one.kinds.items())},
            "disclaimed": one.disclaimed,
            "disclaimed_rightly": _share_of(one.right, one.judged),
        }
        for one in figures.answered()
    ]


def _share_of(part: int, of: int) -> dict[str, Any]:
    from nistaran.domain.shares import Share

    return _share(Share(part=part, of=of))


def _share(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {
        "part": share.part,
        "of": share.of,
        "share": share.value,
        "interval_95": [low, high],
        "few": share.few,
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "count": spread.count,
        "total": spread.total,
        "mean": spread.mean,
        "median": spread.median,
        "largest": spread.largest,
    }


def _forwards(forwards: Forwards) -> dict[str, Any]:
    return {
        "count": forwards.count,
        "disclaimed": forwards.disclaimed,
        "wrong_of_settled": _share_of(forwards.wrong, forwards.settled),
    }
