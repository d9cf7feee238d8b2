"""Verbs that do the work: ingest, route, deliver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nistaran.cli.files import COUNTS
from nistaran.cli.output import TerminalProgress, both, print_json, print_table, say, say_error
from nistaran.domain.wording import ASK_HI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nistaran.domain.records import FileCounts
    from nistaran.steps.house import House
    from nistaran.steps.ingest import FileOutcome
    from nistaran.steps.route import RouteOutcome

Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]


def add_to(app: typer.Typer) -> None:
    """Register the verbs."""
    app.command()(ingest)
    app.command()(route)
    app.command()(deliver)


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(help="files to take in; none: the inbox", exists=True, dir_okay=False)
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="read known files once more; without FILE: also what was taken from an S3 inbox"),
    ] = False,
    channel: Annotated[
        str, typer.Option(help="where these files come from, for rows that do not say, e.g. CMHELP")
    ] = "",
    as_json: Json = False,
) -> None:
    """Take complaints in: keep the raw file, number new complaints, refuse bad rows by name. Exit 1: rows refused, files left."""
    from nistaran.bootstrap import calm_the_collector, open_house, open_inbox
    from nistaran.settings import load
    from nistaran.steps.inbox import Collected, collect_inbox
    from nistaran.steps.ingest import read_files
    from nistaran.steps.keep import keep_file, unread
    from nistaran.steps.verify import checkpoint

    settings = load()
    with open_house(settings) as house:
        calm_the_collector()
        _refuse_wrong_channel(house, channel, has_files=bool(files))
        found = Collected()
        if files:
            kept = [keep_file(house, path, name=path.name, source=f"cli:{channel}") for path in files]
        else:
            found = collect_inbox(house, open_inbox(settings, again=again))
            kept = unread(house)
        outcomes, failed = read_files(house, kept, TerminalProgress, again=again)
        checkpoint(house)
    _show_ingest(outcomes, found.left, as_json=as_json)
    for name, reason in failed.items():
        say_error(f"{name}: {reason}")
    _tell_left(found.left, house)
    if failed or found.left or any(outcome.counts.refused for outcome in outcomes):
        raise typer.Exit(1)


def _refuse_wrong_channel(house: House, channel: str, *, has_files: bool) -> None:
    if channel and house.pack.channel_of(channel) is None:
        raise typer.BadParameter(f"{channel}: the pack has {', '.join(house.pack.channels)}")
    if channel and not has_files:
        raise typer.BadParameter(
            f"--channel फ़ाइल के साथ दें; इनबॉक्स में माध्यम के नाम का फ़ोल्डर बनाएँ / --channel goes with a FILE; in the inbox put files "
            f"into a folder of the channel's name: {channel}/"
        )


def _tell_left(left: Mapping[str, int], house: House) -> None:
    for folder, count in left.items():
        say_error(
            f"{folder}/: इस नाम का कोई माध्यम नहीं है, इनबॉक्स के इस फ़ोल्डर की {count} फ़ाइलें वहीं छोड़ी गईं; फ़ोल्डर का नाम माध्यम पर रखें / "
            f"no channel has this name, {count} files in this folder of the inbox were left there; name it after a channel: "
            f"{', '.join(house.pack.channels)}"
        )


def _show_ingest(outcomes: list[FileOutcome], left: Mapping[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({"files": [_file_json(outcome) for outcome in outcomes], "left": dict(left)})
        return
    if not outcomes:
        say("इनबॉक्स में कोई नई फ़ाइल नहीं है / nothing new in the inbox")
        return
    print_table(
        "फ़ाइलें / files",
        ["फ़ाइल / file", *COUNTS, "अभी बने / new now"],
        [(o.name, o.counts.rows, o.counts.accepted, o.counts.known, o.counts.refused, o.new) for o in outcomes],
    )
    for outcome in outcomes:
        for note in outcome.notes:
            say(f"{outcome.name}: {note.message_hi} / {note.message_en}")
    if any(outcome.counts.refused for outcome in outcomes):
        say("अस्वीकृत पंक्तियाँ कारण सहित: nistaran rejected / refused rows with reasons: nistaran rejected")


def _file_json(outcome: FileOutcome) -> dict[str, object]:
    counts: FileCounts = outcome.counts
    return {
        "file": outcome.name,
        "sha256": outcome.sha256,
        "rows": counts.rows,
        "accepted": counts.accepted,
        "known": counts.known,
        "refused": counts.refused,
        "new": outcome.new,
        "already_read": outcome.already_read,
        "notes": [{"code": note.code, "detail": note.detail, "en": note.message_en} for note in outcome.notes],
    }


def route(
    reasons: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REASON]...", help="with --asked: which reasons; default: NO_MODEL and ERROR"),
    ] = None,
    asked: Annotated[
        bool,
        typer.Option("--asked", help="once more the cases that a person was asked about because the machine failed"),
    ] = False,
    lane: Annotated[
        list[str] | None, typer.Option(help="only these lanes, e.g. cm-cell; default: all, first lane first")
    ] = None,
    as_json: Json = False,
) -> None:
    """Decide every waiting case: its office, or that a person is asked."""
    if asked or reasons:
        from nistaran.cli.again import route_asked

        route_asked(reasons or [], asked=asked, lanes=lane, as_json=as_json)
        return
    from nistaran.bootstrap import calm_the_collector, open_house
    from nistaran.settings import load
    from nistaran.steps.route import RouteOutcome, route_batch
    from nistaran.steps.verify import checkpoint

    total = RouteOutcome()
    with open_house(load()) as house:
        refuse_unknown_lanes(house, lane or [])
        calm_the_collector()
        bar = TerminalProgress()
        bar.start("route", None)
        while (outcome := route_batch(house, lanes=lane)).cases:
            total.add(outcome)
            bar.advance(outcome.cases)
        bar.finish()
        checkpoint(house)
        names = {code: row.name_hi for code, row in house.pack.departments.items()}
    if as_json:
        print_json(
            {
                "routed": total.routed,
                "asked": total.asked,
                "departments": dict(total.departments),
                "reasons": dict(total.reasons),
            }
        )
    else:
        _show_routed(total, names)


def refuse_unknown_lanes(house: House, lanes: list[str]) -> None:
    """Raises typer.BadParameter (exit 2), naming the lanes that there are, for a word that is none."""
    for lane in lanes:
        if lane not in house.pack.lanes:
            known = ", ".join(house.pack.lanes)
            raise typer.BadParameter(f"{lane}: ऐसी कतार नहीं है; कतारें हैं / there is no such lane; there are: {known}")


def _show_routed(total: RouteOutcome, names: dict[str, str]) -> None:
    say(f"कार्यालय को भेजे गये / routed: {total.routed}    व्यक्ति से पूछे गये / a person is asked: {total.asked}")
    rows = [(names.get(code, code), code, count) for code, count in total.departments.most_common()]
    if rows:
        print_table("विभागवार / by department", ["विभाग / department", "कूट / code", "संख्या / count"], rows)
    if total.reasons:
        print_table(
            "क्यों पूछा गया / why a person",
            ["कारण / reason", "संख्या / count"],
            [(both(ASK_HI[reason], reason), count) for reason, count in total.reasons.most_common()],
        )


def deliver(
    dead: Annotated[
        bool, typer.Option("--dead", help="try the dead letters again, after mending what kept them")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring waiting notices to offices. Exit 1 when some went to the dead letters, 4 when the courier is away: then nothing is
    tried for a minute."""
    from nistaran.bootstrap import open_house
    from nistaran.settings import load
    from nistaran.steps.deliver import DeliverOutcome, deliver_batch, revive_dead, waiting
    from nistaran.steps.verify import checkpoint

    total = DeliverOutcome()
    with open_house(load()) as house:
        if dead:
            revive_dead(house)
        while (outcome := deliver_batch(house)).notices:
            total.add(outcome)
        checkpoint(house)
        still = waiting(house)
    if as_json:
        names = ("delivered", "postponed", "dead", "stale")
        print_json({**{name: getattr(total, name) for name in names}, "waiting": still})
    else:
        say(
            f"पहुँचाये गये / delivered: {total.delivered}   स्थगित / postponed: {total.postponed}   असफल / dead: {total.dead}   "
            f"भेजे जाने शेष / still waiting: {still}"
        )
    if total.dead:
        raise typer.Exit(1)
    if total.postponed:
        raise typer.Exit(4)
