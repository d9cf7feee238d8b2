"""Verbs about letters for a signature: drafts propose, list, show, draw, sign, sent, answered, cancel. A machine signs and sends nothing.

Here: the verbs. Not here: what each does (steps/drafts.py, propose_drafts.py, draw_by_hand.py), tables (draft_tables.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.output import print_json, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from nistaran.domain.drafts import Draft
    from nistaran.steps.house import House

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]
By = Annotated[str, typer.Option(help="login of who says so; no name, no phone")]
Letter = Annotated[str, typer.Argument(help="id of a letter, e.g. EXPLANATION-2026-27-0007")]
On = Annotated[
    datetime, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], help="the day on which it was done")
]
_KINDS = "REMINDER, EXPLANATION, WARNING, SHOW_CAUSE, TO_SUPERIOR, FORWARDING, RETURN, COURT_REPLY"

drafts = typer.Typer(
    name="drafts",
    help="हस्ताक्षर हेतु पत्रों के आलेख — letters drawn up for a person's signature: reminder, explanation, warning, show-cause …",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    for verb in (propose, show, draw, sign, sent, answered, cancel):
        drafts.command()(verb)
    drafts.command("list")(list_them)
    app.add_typer(drafts)


def propose(
    months: Annotated[int, typer.Option(min=1, max=24, help="months over which departments are compared (S2-3)")] = 4,
    top: Annotated[int, typer.Option(min=1, max=50, help="departments about which the superior is written to")] = 5,
    as_json: Json = False,
) -> None:
    """Draw up the letters that the marks call for, each once: a person looks at them, signs and sends them. Exit 1 when some wait."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.draft_tables import show_drafts
    from nistaran.settings import load
    from nistaran.steps.propose_drafts import propose as draw_up
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        drawn = draw_up(house, months=months, top=top)
        checkpoint(house)
        show_drafts(house, drawn, as_json=as_json, none="कोई नया पत्र प्रस्तावित नहीं / no new letter is called for")
    if drawn:
        raise typer.Exit(1)


def list_them(
    state: Annotated[str, typer.Option(help="DRAFTED, SIGNED, SENT, CANCELLED; empty: all")] = "",
    kind: Annotated[str, typer.Option(help=f"{_KINDS}; empty: all")] = "",
    case: Annotated[str, typer.Option(help="only letters about this case")] = "",
    limit: Annotated[int, typer.Option(min=1, help="at most so many")] = 200,
    as_json: Json = False,
) -> None:
    """List letters, the newest first: number, to whom, how many cases, how it stands, by when an answer is owed."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.draft_tables import kind_of, show_drafts, state_of
    from nistaran.settings import load
    from nistaran.steps.drafts import find_drafts
    from nistaran.steps.find_case import full_number

    with open_house(load()) as house:
        number = full_number(house, case) if case else ""
        found = find_drafts(house, state=state_of(state), kind=kind_of(kind), case=number, limit=limit)
        show_drafts(house, found, as_json=as_json, none="ऐसा कोई पत्र नहीं / no such letter")


def show(
    letter: Letter,
    pdf: Annotated[
        Path | None, typer.Option(help="write the letter's pages to this file; made anew at any time")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell of one letter: what stands on it, its cases, who did what with it; with --pdf its pages. «आलेख» stands across until it is signed."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.draft_tables import show_one
    from nistaran.settings import load
    from nistaran.steps.drafts import get_draft, letter_pdf

    with open_house(load()) as house:
        draft = get_draft(house, letter)
        if pdf is not None:
            pages = letter_pdf(draft)
            with pdf.open("xb") as file:
                file.write(pages)
        show_one(house, draft, as_json=as_json)
    if pdf is not None and not as_json:
        say(f"{pdf}: पत्र लिखा गया / the letter was written")


def draw(
    kind: Annotated[str, typer.Argument(help=_KINDS)],
    by: By,
    office: Annotated[
        str, typer.Option(help="to this office, about all its cases that fit; FORWARDING: where to")
    ] = "",
    cases: Annotated[str, typer.Option(help="case numbers, with commas between")] = "",
    months: Annotated[int, typer.Option(min=1, max=24, help="TO_SUPERIOR: months looked back")] = 4,
    as_json: Json = False,
) -> None:
    """Draw up a letter by hand. The ladder's rules hold: a show-cause needs an explanation that was sent and not answered in time."""
    from nistaran.bootstrap import open_house
    from nistaran.cli.draft_tables import kind_of, show_drafts
    from nistaran.settings import load
    from nistaran.steps.draw_by_hand import draw as draw_up
    from nistaran.steps.find_case import full_number
    from nistaran.steps.verify import checkpoint

    wanted = kind_of(kind)
    if wanted is None:
        raise typer.BadParameter(_KINDS, param_hint="KIND")
    with open_house(load()) as house:
        numbers = [full_number(house, one) for one in cases.replace(",", " ").split()]
        drawn = draw_up(house, wanted, office=office, numbers=numbers, by=by, months=months)
        checkpoint(house)
        show_drafts(house, drawn, as_json=as_json, none="यह पत्र पहले से है / this letter is there already")


def sign(letter: Letter, by: By, as_json: Json = False) -> None:
    """Write down that a person has signed the letter by hand; from then on it is printed without «आलेख»."""
    from nistaran.steps.drafts import sign_draft

    _do(lambda house: sign_draft(house, letter, by=by), as_json=as_json)


def sent(letter: Letter, by: By, on: On, as_json: Json = False) -> None:
    """Write down that a person has sent the letter on that day; the working days for an answer count from it."""
    from nistaran.steps.drafts import sent_draft

    _do(lambda house: sent_draft(house, letter, by=by, on=on.date()), as_json=as_json)


def answered(letter: Letter, by: By, on: On, as_json: Json = False) -> None:
    """Write down that the answer to the letter came on that day."""
    from nistaran.steps.drafts import answered_draft

    _do(lambda house: answered_draft(house, letter, by=by, on=on.date()), as_json=as_json)


def cancel(
    letter: Letter,
    by: By,
    why: Annotated[str, typer.Option(help="why it is put aside, in a sentence without names")],
    as_json: Json = False,
) -> None:
    """Put a letter aside that was not sent; its number stays used, its cases may get another."""
    from nistaran.steps.drafts import cancel_draft

    _do(lambda house: cancel_draft(house, letter, by=by, why=why), as_json=as_json)


def _do(act: Callable[[House], Draft], *, as_json: bool) -> None:
    from nistaran.bootstrap import open_house
    from nistaran.cli.draft_tables import draft_json, next_step, told
    from nistaran.settings import load
    from nistaran.steps.verify import checkpoint

    with open_house(load()) as house:
        draft = act(house)
        checkpoint(house)
    if as_json:
        print_json(draft_json(draft))
    else:
        say(told(draft), *next_step(draft))
