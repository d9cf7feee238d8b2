"""The one place where everything is put together: settings → a house whose ports are open.

Here: choosing implementations, each imported where it is chosen, so that a verb pays only for what it uses. Not here: any
rule. Nothing is opened before open_house() is called.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import routing
from nistaran.domain.errors import BadTable, NotReady
from nistaran.settings import Settings
from nistaran.steps.fault import arm
from nistaran.steps.house import House
from nistaran.steps.world import Courier, Inbox, ObjectStore
from routing.choose import Router
from routing.closing import load_closing_rules
from routing.district import District, load_district
from routing.escalation import load_escalation_rules
from routing.letters import load_letter_rules
from routing.pack import Pack, load_pack
from routing.transfer_rules import load_transfer_rules
from routing.weekly import load_weekly_rules

if TYPE_CHECKING:
    from nistaran.steps.petitions import NearIndex


class SystemClock:
    """The machine's clock, in UTC and aware."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


def project_root() -> Path:
    """The folder that holds flows/, routing/, models/, storage/, deployments/ and samples/: the checkout, or the wheel's."""
    return Path(routing.__file__).resolve().parent.parent


def packs_folder() -> Path:
    """Where the packs that come with the project lie."""
    return project_root() / "routing" / "packs"


def load_tables(settings: Settings) -> tuple[Pack, District]:
    """The pack and the district that the settings name.

    Raises:
        BadTable: when there is no such folder, or a table is wrong.
    """
    pack_folder = _folder(packs_folder(), settings.pack, "pack")
    pack = load_pack(pack_folder)
    return pack, load_district(_folder(pack_folder / "districts", settings.district, "district"), pack)


def _folder(parent: Path, name: str, what: str) -> Path:
    for folder in (parent / name, Path(name)):
        if folder.is_dir():
            return folder
    known = ", ".join(sorted(folder.name for folder in parent.iterdir() if folder.is_dir())) if parent.is_dir() else "-"
    raise BadTable(f"no {what} «{name}»; there are: {known}")


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """A house ready for work; its connections are closed on leaving.

    Raises:
        NotReady: when `nistaran init` was not run for this home folder.
        BadTable: when a table of the pack or district is wrong.
    """
    house, close = _open(settings)
    try:
        yield house
    finally:
        close()


@lru_cache(maxsize=1)
def standing_house(settings: Settings) -> House:
    """A house that stays open until the process ends: for flows, whose many tasks share one process.

    Raises:
        NotReady, BadTable: as open_house.
    """
    house, close = _open(settings)
    atexit.register(close)
    calm_the_collector()
    return house


def calm_the_collector() -> None:
    """Let Python look for garbage less often: bulk work makes many small values and no cycles, and the tables never die.

    Measured on the main job: an eighth of its time, at the same memory.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _open(settings: Settings) -> tuple[House, Callable[[], None]]:
    from nistaran.bootstrap_model import live_classifier
    from storage.unit_of_work import SqlStore
    from storage.vault import FileVault

    if not settings.key_file.exists():
        raise NotReady(f"no key in {settings.home}")
    arm(settings.fault)
    pack, district = load_tables(settings)
    store = SqlStore(settings.database_url)
    store.belongs_to(district.facts.code)
    tables = _folder(packs_folder(), settings.pack, "pack")
    spool = settings.home / "spool"
    spool.mkdir(parents=True, exist_ok=True)
    house = House(
        pack=pack,
        district=district,
        router=Router(pack, district),
        transfers=cache(partial(load_transfer_rules, tables, pack, district)),
        closing=cache(partial(load_closing_rules, tables / "closing.toml")),
        escalation=cache(partial(load_escalation_rules, tables, pack, district)),
        letters=cache(partial(load_letter_rules, tables)),
        weekly=cache(partial(load_weekly_rules, tables, pack)),
        work=store.work,
        read=store.read,
        objects=open_objects(settings),
        vault=FileVault.open_file(settings.key_file),
        classifier=live_classifier(settings),
        courier=open_courier(settings),
        clock=SystemClock(),
        spool=spool,
        batch=settings.batch,
    )
    return house, store.close


_FOLDERS = ("spool", "inbox", "answers", "reports", "notices")


def prepare(settings: Settings) -> list[str]:
    """Make what a house needs and bring its database to the newest shape; what is there already is left alone.

    Returns what was made, for the person who asked.
    """
    from nistaran.bootstrap_retain import deployed_flows
    from nistaran.steps.restore import must_be_new
    from nistaran.steps.silence import expect
    from storage.unit_of_work import SqlStore
    from storage.vault import FileVault

    made: list[str] = []
    for folder in (settings.home, *(settings.home / name for name in _FOLDERS)):
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            made.append(str(folder))
    store = SqlStore(settings.database_url)
    try:
        store.upgrade()
        store.belongs_to(load_tables(settings)[1].facts.code)
        if not settings.key_file.exists():
            must_be_new(store)
            FileVault.create(settings.key_file)
            made.append(str(settings.key_file))
        expect(store, deployed_flows(), at=SystemClock().now())
    finally:
        store.close()
    return made


def open_objects(settings: Settings) -> ObjectStore:
    """The object store that the settings name."""
    from storage.objects import FolderObjects, S3Objects

    if settings.objects.startswith("s3://"):
        bucket, prefix = s3_place(settings.objects)
        return S3Objects(bucket=bucket, prefix=prefix, endpoint=settings.s3_endpoint or None)
    return FolderObjects(Path(settings.objects) if settings.objects else settings.home / "objects")


def open_inbox(settings: Settings, *, again: bool = False) -> Inbox:
    """The place where files arrive. `again`: also what was taken from it before and still lies there (S3)."""
    return _arrivals(settings, settings.inbox_place, again=again)


def open_answers(settings: Settings) -> Inbox:
    """The place where offices' files of answers arrive, a folder for each login."""
    return _arrivals(settings, settings.answers_place, again=False)


def open_reports(settings: Settings) -> Inbox:
    """The place where offices' files of reports arrive, a folder for each login."""
    return _arrivals(settings, settings.reports_place, again=False)


def _arrivals(settings: Settings, place: str, *, again: bool) -> Inbox:
    from storage.inbox import FolderInbox, S3Inbox, Taken

    if place.startswith("s3://"):
        bucket, prefix = s3_place(place)
        taken = Taken(open_objects(settings), again=again)
        return S3Inbox(bucket=bucket, prefix=prefix, endpoint=settings.s3_endpoint or None, taken=taken)
    return FolderInbox(Path(place), quiet_seconds=settings.inbox_quiet_seconds)


def open_near_index() -> NearIndex:
    """An empty index of what cases tell, for as many as a busy district takes in within half a year (half a gigabyte when full)."""
    from models.near.index import NearIndex as Index

    return Index(capacity=200_000)


def open_courier(settings: Settings) -> Courier:
    """The courier that the settings name."""
    match settings.courier:
        case "folder":
            from nistaran.couriers.folder import FolderCourier

            return FolderCourier(settings.home / "notices")
        case "mail":
            from nistaran.couriers.mail import MailCourier

            return MailCourier(
                host=settings.mail_host,
                port=settings.mail_port,
                sender=settings.mail_sender,
                user=settings.mail_user,
                password=settings.mail_password.get_secret_value(),
                starttls=settings.mail_starttls,
            )
        case "webhook":
            from nistaran.couriers.webhook import WebhookCourier

            return WebhookCourier(url=settings.webhook_url, secret=settings.webhook_secret.get_secret_value())


def s3_place(address: str) -> tuple[str, str]:
    """Bucket and prefix of s3://bucket/prefix."""
    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    return bucket, prefix.strip("/")
