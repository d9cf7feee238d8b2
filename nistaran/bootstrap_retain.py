"""Put together for keeping the house in order: what is deployed, the periods of retention, backups. No rule.

Not here: the house itself (bootstrap.py). Nothing is opened before a function is called.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

from nistaran.bootstrap import packs_folder, project_root
from nistaran.domain.deadlines import day_in_india
from nistaran.settings import Settings
from nistaran.steps.house import House
from nistaran.steps.retain import Retained, retain_cases, scrub_owed, scrubbed, start_of
from nistaran.steps.retain_objects import retain_copies, retain_objects
from nistaran.steps.silence import Deployed, load_deployed
from routing.retention import RetentionRules, load_retention_rules


@cache
def deployed_flows() -> tuple[Deployed, ...]:
    """What deployments/prefect.yaml deploys: the one source of schedules. Raises BadTable when it cannot be understood."""
    return tuple(load_deployed(project_root() / "deployments" / "prefect.yaml"))


def retain_settings(settings: Settings) -> Settings:
    """The same house, with the database role that may take words away (NISTARAN_RETAIN_DATABASE; empty: the ordinary one)."""
    if not settings.retain_database.get_secret_value():
        return settings
    return settings.model_copy(update={"database": settings.retain_database})


def retention_rules(settings: Settings) -> RetentionRules:
    """The pack's retention.toml. Raises BadTable."""
    named = Path(settings.pack)
    folder = packs_folder() / settings.pack
    return load_retention_rules((folder if folder.is_dir() else named) / "retention.toml")


def copies_of(settings: Settings) -> tuple[Path, ...]:
    """Folders of the house in which copies of complaints gather: notices that were written, files that were taken in."""
    places = [settings.home / "notices", settings.home / "spool"]
    for place in (settings.inbox_place, settings.answers_place, settings.reports_place):
        if not place.startswith("s3://"):
            places += [Path(place) / "taken", *(Path(place).glob("*/taken"))]
    return tuple(places)


def retain_all(settings: Settings, house: House) -> Retained:
    """Mask, purge, let copies and objects go, then scrub the database's files. Safe to repeat. `house` is open with retain_settings().

    Raises:
        BadTable, WorldAway: nothing is lost by trying again.
    """
    rules = retention_rules(settings)
    retained = retain_cases(house, rules)
    retain_objects(house, rules, retained)
    last = day_in_india(house.clock.now()) - timedelta(days=rules.periods.notices - 1)
    retained.went["copies"] += retain_copies(copies_of(settings), start_of(last))
    if scrub_owed(house):
        scrub_database(settings)
        scrubbed(house)
    return retained


def scrub_database(settings: Settings) -> None:
    """Make sure that nothing deleted is left in the database's own files. Raises WorldAway."""
    from storage.engine import make_engine
    from storage.scrub import scrub

    engine = make_engine(settings.database_url)
    try:
        scrub(engine)
    finally:
        engine.dispose()
