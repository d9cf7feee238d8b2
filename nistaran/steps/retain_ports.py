"""What steps need of the tables of heartbeats and of what was purged, as protocols, beside those of ports.py.

Not here: any implementation (storage/), when something is silent (silence.py) or may be purged (nistaran/domain/retention.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from nistaran.domain import records
from nistaran.domain.heartbeat import Heartbeat
from nistaran.domain.retention import Erased, MaskedWords


class Heartbeats(Protocol):
    """The last end of every flow."""

    def known(self, names: Sequence[str], *, at: datetime) -> None:
        """From this moment on the house expects to hear of these; one that it knows already is left as it is."""

    def beat(self, name: str, counts: Mapping[str, int], *, at: datetime) -> None:
        """A run came to its end. One that ended earlier than what is kept changes only how many runs there were."""

    def all(self) -> list[Heartbeat]:
        """Every heartbeat, by name."""


class Erasures(Protocol):
    """Takes words away after their time, and keeps that it did. Numbers, codes, days and the ledger stay."""

    def closed(self, *, after_id: int, limit: int, before: datetime, masked_before: datetime) -> list[int]:
        """Cases that are disposed of and not purged (or reported on anew since), with an id above `after_id`, registered before that moment;
        a masked one only when registered before `masked_before`. By id."""

    def of_each(self, case_ids: Sequence[int]) -> dict[int, frozenset[Erased]]:
        """What was done with each of these cases; one that is whole is left out."""

    def mask(self, words: Sequence[MaskedWords], *, on_day: date) -> None:
        """Put these in the place of text and complainant; of the context of the row only where it came from stays."""

    def purge(self, case_ids: Sequence[int], *, on_day: date) -> dict[int, Counter[str]]:
        """Take away all that a person wrote of these cases. Returns how much of each kind went, by case. Their attachments are given up."""

    def came_from(self, case_ids: Sequence[int]) -> set[str]:
        """The hashes of the raw files that these cases came from."""

    def old_files(self, *, before: datetime, after: str, limit: int) -> list[records.KeptFile]:
        """Files read to the end that were received before that moment, with a hash above `after`, by hash; none that is gone."""

    def give_up_file(self, file: records.KeptFile, *, on_day: date) -> None:
        """Its object may go; its name, in which people put names of persons, becomes its hash."""

    def purge_refused(self, *, before: datetime) -> int:
        """Take away refused rows older than that moment, corrected or not. Returns how many."""

    def purge_logins(self, *, before: datetime) -> int:
        """Take away records of logging in older than that moment. Returns how many."""

    def given_up(self, *, done: bool) -> list[str]:
        """Keys of objects that were given up, by key: those that are gone, or those that have still to go."""

    def gone(self, keys: Collection[str]) -> None:
        """These objects that were given up are no longer there."""

    def attached(self) -> set[str]:
        """The hashes of all attachments that some report still names."""


class RetainTables(Protocol):
    """What a unit of work holds of these; ports.UnitOfWork is one."""

    @property
    def heartbeats(self) -> Heartbeats: ...

    @property
    def erasures(self) -> Erasures: ...
