"""What the drift watch of a house keeps: the live model's reference picture, alarms, and who cleared them, each a journal entry.

Not here: comparing (nistaran/domain/drift.py), reading decisions (nistaran/steps/drift.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.journal import Journal, JournalMoved, Objects, Sign
from nistaran.domain.drift import Alarm, Picture
from nistaran.domain.drift import Sign as Drifted
from nistaran.domain.errors import UntrustedModel, WorldAway
from nistaran.domain.fallback import Watch

_TRIES = 20


class DriftJournal:
    """Entries of all versions in one journal; what is asked of one version looks at its own."""

    def __init__(self, objects: Objects, sign: Sign) -> None:
        """Nothing is read yet."""
        self._journal = Journal(objects, "models/drift/", sign)

    def newest(self) -> int:
        """The number of the newest entry, 0 when there is none: whether anything changed, for one look."""
        last = self._journal.last()
        return last.number if last else 0

    def of(self, version: str) -> Watch:
        """How the watch over a version stands."""
        watch = Watch(version=version)
        for entry in self._journal.entries():
            if entry.body.get("version") == version:
                watch = _after(watch, entry.body)
        return watch

    def reference(self, version: str, picture: Picture, *, seq: int, at: datetime) -> None:
        """Keep the picture that later windows are compared with; only events after `seq` are looked at from now on."""
        self._note(
            {"kind": "reference", "version": version, "picture": picture.to_json(), "seq": seq, "at": at.isoformat()}
        )

    def alarm(self, version: str, alarms: Sequence[Alarm], *, at: datetime) -> None:
        """Keep alarms; what falls back to people stays so until it is cleared."""
        told = [
            {"sign": one.sign.value, "department": one.department, "was": round(one.was, 4), "now": round(one.now, 4)}
            for one in alarms
        ]
        self._note({"kind": "alarm", "version": version, "alarms": told, "at": at.isoformat()})

    def clear(self, version: str, *, by: str, seq: int, at: datetime) -> None:
        """A person has looked: the alarms are over, and the next window is the new reference."""
        self._note({"kind": "clear", "version": version, "by": by, "seq": seq, "at": at.isoformat()})

    def _note(self, body: Mapping[str, Any]) -> None:
        for _ in range(_TRIES):
            try:
                self._journal.append(body, after=self.newest())
            except JournalMoved:
                continue
            return
        raise WorldAway("many write the drift journal at once")


def _after(watch: Watch, body: Mapping[str, Any]) -> Watch:
    try:
        match body["kind"]:
            case "reference":
                return watch.with_reference(Picture.from_json(body["picture"]), seq=int(body["seq"]))
            case "alarm":
                return watch.with_alarms([_alarm(one) for one in body["alarms"]])
            case "clear":
                return watch.cleared(by=str(body["by"]), seq=int(body["seq"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UntrustedModel("an entry of the drift journal is not of the expected form; restore it") from error
    raise UntrustedModel(
        "an entry of the drift journal is of a kind that this version does not know; update the program"
    )


def _alarm(value: Mapping[str, Any]) -> Alarm:
    return Alarm(
        sign=Drifted(value["sign"]),
        department=str(value["department"]),
        was=float(value["was"]),
        now=float(value["now"]),
    )
