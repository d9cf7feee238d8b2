"""What an installation chooses. Read from NISTARAN_… in the environment, then from nistaran.toml in the home folder.

Not here: facts of the State or the district (routing/packs).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

DEFAULT_HOME = "nistaran-data"


class Settings(BaseSettings):
    """Every setting has a default that runs on one office PC; .env.example lists them all."""

    model_config = SettingsConfigDict(env_prefix="NISTARAN_", extra="forbid", frozen=True)

    home: Path = Field(default=Path(DEFAULT_HOME), description="folder for database, key, objects, notices and spool")
    pack: str = Field(default="up", description="which State's tables: up or rajasthan, or a folder of your own")
    district: str = Field(default="siddharthnagar", description="which district of the pack, or a folder of your own")
    database: SecretStr = Field(default=SecretStr(""), description="SQLAlchemy URL; empty: SQLite in the home folder")
    objects: str = Field(default="", description="s3://bucket/prefix; empty: a folder in the home folder")
    inbox: str = Field(default="", description="folder or s3://bucket/prefix where files arrive; empty: home/inbox")
    s3_endpoint: str = Field(default="", description="address of an S3 other than Amazon's")
    model: str = Field(default="", description="folder of a department model; empty: the shipped one")
    courier: Literal["folder", "mail", "webhook"] = Field(default="folder", description="how notices travel")
    mail_host: str = ""
    mail_port: int = 587
    mail_sender: str = ""
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_starttls: bool = True
    webhook_url: str = ""
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

    @property
    def database_url(self) -> str:
        """The database's URL, with SQLite in the home folder as the default."""
        return self.database.get_secret_value() or f"sqlite:///{self.home.resolve() / 'nistaran.db'}"

    @property
    def key_file(self) -> Path:
        """Where the house's key lies. Without it names and phones cannot be read: back it up apart from the database."""
        return self.home / "house.key"

    @property
    def inbox_place(self) -> str:
        """Where files arrive."""
        return self.inbox or str(self.home / "inbox")
