"""What an installation chooses. Read from NISTARAN_… in the environment, then from nistaran.toml in the home folder.

Not here: facts of the State or the district (routing/packs).
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from nistaran.domain.errors import BadSetting
from nistaran.domain.promotion import Approval

DEFAULT_HOME = "nistaran-data"
PREFIX = "NISTARAN_"
#: Names of ours in the environment that are no settings: where flows find the project.
_NOT_SETTINGS = frozenset({"NISTARAN_ROOT"})
#: What a courier cannot do without, in words: setting → Hindi, English.
_NEEDED = {
    "mail_host": ("मेल सर्वर का नाम", "the mail server's name"),
    "mail_sender": ("प्रेषक का ई-मेल पता", "the sender's e-mail address"),
    "webhook_url": ("प्राप्तकर्ता प्रणाली का पता", "the receiving system's address"),
}


class Settings(BaseSettings):
    """Every setting has a default that runs on one office PC; .env.example lists them all."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    home: Path = Field(default=Path(DEFAULT_HOME), description="folder for database, key, objects, notices and spool")
    pack: str = Field(default="up", description="which State's tables: up or rajasthan, or a folder of your own")
    district: str = Field(default="siddharthnagar", description="which district of the pack, or a folder of your own")
    database: SecretStr = Field(default=SecretStr(""), description="SQLAlchemy URL; empty: SQLite in the home folder")
    retain_database: SecretStr = Field(
        default=SecretStr(""), description="SQLAlchemy URL of the role that may purge; empty: the ordinary one"
    )
    backups: str = Field(default="", description="folder for backups, best on another disk; empty: home/backups")
    objects: str = Field(default="", description="s3://bucket/prefix; empty: a folder in the home folder")
    inbox_quiet_seconds: float = Field(
        default=2.0,
        ge=0,
        description="a file of the inbox that changed less than so long ago is left for the next time",
    )
    inbox: str = Field(default="", description="folder or s3://bucket/prefix where files arrive; empty: home/inbox")
    answers: str = Field(
        default="",
        description="folder or s3://bucket/prefix with a folder for each login, where offices' files of answers arrive; empty: home/answers",
    )
    reports: str = Field(
        default="",
        description="folder or s3://bucket/prefix with a folder for each login, where files of reports arrive; empty: home/reports",
    )
    s3_endpoint: str = Field(default="", description="address of an S3 other than Amazon's")
    model: str = Field(
        default="",
        description="folder of a department model; empty: the house's own live one, at first the shipped one",
    )
    promote: Approval = Field(
        default=Approval.ASK,
        description="how a retrained model that the gate let pass goes live: auto, ask (one person) or two (two persons)",
    )
    retrain_after: int = Field(
        default=200, ge=1, description="so many new trusted corrections make a retraining worthwhile"
    )
    courier: Literal["folder", "mail", "webhook"] = Field(default="folder", description="how notices travel")
    mail_host: str = Field(default="", description="needed by the mail courier: the mail server's name")
    mail_port: int = 587
    mail_sender: str = Field(default="", description="needed by the mail courier: the address that letters come from")
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_starttls: bool = True
    webhook_url: str = Field(default="", description="needed by the webhook courier: where notices are posted")
    webhook_secret: SecretStr = SecretStr("")
    batch: int = Field(default=1000, ge=1, le=10_000, description="complaints a transaction")
    fault: str = Field(default="", description="tests only: a named point at which the process ends")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then nistaran.toml in the home folder."""
        home = Path(os.environ.get("NISTARAN_HOME", DEFAULT_HOME))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, home / "nistaran.toml")

    @field_validator("database", "retain_database")
    @classmethod
    def _a_database_that_we_know(cls, value: SecretStr) -> SecretStr:
        """Said here, where no message carries the URL: it may hold a password."""
        url = value.get_secret_value()
        if not url:
            return value
        kind, _, rest = url.partition("://")
        backend = kind.partition("+")[0]
        if backend not in {"sqlite", "postgresql"} or not rest:
            raise ValueError("sqlite:////… या postgresql://… लिखें / write sqlite:////path/house.db or postgresql://…")
        if backend == "sqlite" and rest in {"/", "/:memory:", ":memory:"}:
            raise ValueError("sqlite को फ़ाइल चाहिए / sqlite needs a file: sqlite:////path/house.db")
        if backend == "postgresql":
            try:
                _ = urlsplit(url).port
            except ValueError:
                raise ValueError("पते या पोर्ट में त्रुटि / the address or port is wrong") from None
        return value

    @model_validator(mode="after")
    def _what_the_courier_needs(self) -> Self:
        """Seen here and not at the first notice: by then each one would go to the dead letters."""
        needed = {"folder": (), "mail": ("mail_host", "mail_sender"), "webhook": ("webhook_url",)}[self.courier]
        for name in needed:
            if not getattr(self, name).strip():
                raise ValueError(_missing(name, self.courier))
        if self.courier == "webhook" and not _is_http(self.webhook_url):
            raise ValueError(
                f"{PREFIX}WEBHOOK_URL: पता http:// या https:// से आरम्भ हो / write an address that begins with http:// or https://"
            )
        return self

    @property
    def database_url(self) -> str:
        """The database's URL, with SQLite in the home folder as the default."""
        return self.database.get_secret_value() or f"sqlite:///{self.home.resolve() / 'nistaran.db'}"

    @property
    def backups_place(self) -> Path:
        """Where backups are kept. The key is never among them."""
        return Path(self.backups) if self.backups else self.home / "backups"

    @property
    def key_file(self) -> Path:
        """Where the house's key lies. Without it names and phones cannot be read: back it up apart from the database."""
        return self.home / "house.key"

    @property
    def inbox_place(self) -> str:
        """Where files arrive."""
        return self.inbox or str(self.home / "inbox")

    @property
    def answers_place(self) -> str:
        """Where offices' files of answers arrive, a folder for each login."""
        return self.answers or str(self.home / "answers")

    @property
    def reports_place(self) -> str:
        """Where offices' files of reports arrive, a folder for each login."""
        return self.reports or str(self.home / "reports")


def load(*, needs_home: bool = True, **given: Any) -> Settings:
    """The settings, checked: what doors use in place of Settings(). `given` goes before the environment and nistaran.toml.

    Raises:
        BadSetting: for a value that cannot be used, a NISTARAN_… name that is no setting, an unreadable nistaran.toml, and,
            where the work `needs_home`, a home folder in which nothing can be written. No value is ever repeated.
    """
    _refuse_unknown_names()
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise BadSetting("; ".join(_told(one) for one in error.errors(include_input=False))) from None
    except (ValueError, OSError) as error:
        raise BadSetting(f"nistaran.toml: पढ़ी नहीं जा सकी / cannot be read: {type(error).__name__}") from None
    if needs_home:
        _refuse_unwritable(settings.home)
    return settings


def _refuse_unknown_names() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known | _NOT_SETTINGS:
            near = difflib.get_close_matches(name[len(PREFIX) :].lower(), Settings.model_fields, n=1)
            likely = PREFIX + near[0].upper() if near else ""
            meant = f"; क्या {likely} लिखना था? / did you mean {likely}?" if likely else ""
            raise BadSetting(f"{name}: ऐसी कोई सेटिंग नहीं है / there is no such setting{meant}")


def _missing(name: str, courier: str) -> str:
    what_hi, what = _NEEDED[name]
    return (
        f"{PREFIX}{name.upper()}: {PREFIX}COURIER={courier} के लिए आवश्यक है और खाली है: {what_hi} लिखें, या {PREFIX}COURIER=folder चुनें / "
        f"{PREFIX}COURIER={courier} needs it and it is empty: write {what}, or choose {PREFIX}COURIER=folder"
    )


def _is_http(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


def _told(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"nistaran.toml: {name}: ऐसी कोई सेटिंग नहीं है / there is no such setting"
    said = error["msg"].removeprefix("Value error, ")
    if not name:  # of several settings together: the sentence names them itself
        return str(said)
    return f"{PREFIX}{name.upper()}: यह मान नहीं लिया जा सकता / this value cannot be used: {said}"


def _refuse_unwritable(home: Path) -> None:
    """The folder, or the nearest one above it that is there, must be a folder in which this user may write."""
    try:
        nearest = home.absolute()
        while not nearest.exists():
            nearest = nearest.parent
        usable = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        raise BadSetting(f"{PREFIX}HOME={home}: इस फ़ोल्डर में लिखा नहीं जा सकता / this folder cannot be written to")
