"""Failures that a person can do something about. The class docstring is the message; each says what to do next.

Not here: refusals of rows in citizens' files (refusals.py), which are values and never stop the rest.
"""

from __future__ import annotations


class NistaranError(Exception):
    """Something went wrong that a person can mend."""

    def __init__(self, detail: str = "") -> None:
        message = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{message} ({detail})" if detail else message)


class BadTable(NistaranError):
    """A table of the pack or the district is wrong (तालिका में त्रुटि): correct the named row and run `nistaran doctor`."""


class NotReady(NistaranError):
    """The house has no database, key or folders yet: run `nistaran init`."""


class ObjectExists(NistaranError):
    """An object of this name is already kept and objects are never overwritten: keep the new one under its own name."""


class ObjectDamaged(NistaranError):
    """A kept object does not equal its hash: restore it from the backup and run `nistaran verify`."""


class ObjectMissing(NistaranError):
    """A kept object is not in the store: restore it from the backup and run `nistaran verify`."""


class LedgerBroken(NistaranError):
    """The event ledger was altered: stop work, keep the database file as evidence and restore the last good backup."""


class StaleClaim(NistaranError):
    """Another worker took this piece of work over while this one was paused: nothing to do, it goes on there."""


class UnknownCase(NistaranError):
    """There is no case of this number: check the number with `nistaran export cases`."""


class UntrustedModel(NistaranError):
    """The model's files do not equal the hashes in their manifest: reinstall them or run `make train`; none was loaded."""


class WorldAway(NistaranError):
    """The database, object store or mail server does not answer: the step may be tried again later, nothing was lost."""


class StorageFull(NistaranError):
    """The disk or the database is full: make room and start the step again; what was acknowledged is kept."""


class RowRefused(NistaranError):
    """The database refused a row that breaks one of its rules: nothing of this batch was kept; report the rule's name."""
