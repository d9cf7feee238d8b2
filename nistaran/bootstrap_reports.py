"""Puts the judge of reports together: the shipped model, trusted by its hashes, and the table of fillers. No rule stands here."""

from __future__ import annotations

from nistaran.steps.check_reports import ReportJudge


def open_report_judge() -> ReportJudge:
    """The judge that comes with the project.

    Raises:
        UntrustedModel: when its files are missing or not those of the release.
        BadTable: when the table of fillers is wrong.
    """
    from models.registry import Registry, load_artefact
    from models.reports.judge import ReportJudge as Judge
    from models.reports.phrases import read_table
    from models.reports.shelf import SHIPPED

    return Judge(load_artefact(Registry(SHIPPED).current()), read_table())
