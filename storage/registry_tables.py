"""The tables of officers, records of logging in and rosters, beside those of tables.py and in the same metadata.

Here: columns, constraints. Not here: queries (repositories/), how the tables come into being (migrations/).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from nistaran.domain.rosters import FieldPost
from storage.columns import one_of, some_of
from storage.tables import Base


class OfficerRow(Base):
    """Who holds a post of an office since a day. An entry is ended or filled up, never removed."""

    __tablename__ = "officers"
    office: Mapped[str] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(primary_key=True)  #: the designation without case and points
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    name: Mapped[str]
    designation: Mapped[str]
    mobile: Mapped[str]
    email: Mapped[str]
    login: Mapped[str]
    __table_args__: Any = (
        some_of("ix_officers_login", "login", where="login <> ''"),
        {"sqlite_with_rowid": False},
    )


class LoginRow(Base):
    """That a login was used, and when."""

    __tablename__ = "logins"
    login: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    __table_args__: Any = ({"sqlite_with_rowid": False},)


class RosterRow(Base):
    """A field officer of a village since a day, and on which weekdays he sits there. Ended or filled up, never removed."""

    __tablename__ = "rosters"
    place_key: Mapped[str] = mapped_column(primary_key=True)  #: the village's code, else its name and office
    post: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
    village: Mapped[str]
    place: Mapped[str]
    office: Mapped[str]
    name: Mapped[str]
    mobile: Mapped[str]
    weekdays: Mapped[str]  #: the numbers of the weekdays, Monday 0, in order: "03"
    sits_at: Mapped[str]
    __table_args__: Any = (one_of("post", FieldPost), {"sqlite_with_rowid": False})
