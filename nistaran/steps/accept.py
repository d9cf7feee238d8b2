"""One row of a file → a complaint that may be numbered, or a refusal that names what must be mended.

Here: the pure judgement on a row. Not here: reading files (readers/), writing cases (ingest.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nistaran.domain.cleaning import DAMAGED_SHARE, clean, looks_damaged
from nistaran.domain.complaint import Complainant, NewComplaint, Whereabouts
from nistaran.domain.deadlines import due_on
from nistaran.domain.identity import complaint_key, plain
from nistaran.domain.references import find_references
from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.record import Record
from nistaran.steps.world import Vault
from routing.pack import Pack
from routing.tables import ChannelRow

#: The earliest day that a complaint may bear: IGRS itself began in 2016, older dates are slips of typing.
EARLIEST = date(2010, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What accepting needs to know: the pack, whose district this is, the vault for the person key, the day, the file.

    `channel` is what whoever fed the file said of it; it holds for rows that name none.
    """

    pack: Pack
    district: str
    vault: Vault
    today: date
    file: str
    channel: str = ""

    def accept(self, record: Record) -> NewComplaint | Refusal:
        """Judge one row. Never raises for what stands in it."""
        values = record.values
        channel = self.pack.channel_of(values.get("channel", "") or self.channel)
        if channel is None:
            return self._refuse(record, RefusalCode.UNKNOWN_CHANNEL, "channel")
        text = _text(values)
        if not text:
            return self._refuse(record, RefusalCode.NO_TEXT, "text")
        received_on = record.received_on or self.today
        if received_on > self.today:
            return self._refuse(record, RefusalCode.FUTURE_DATE, "received_on")
        if received_on < EARLIEST:
            return self._refuse(record, RefusalCode.TOO_OLD_DATE, "received_on")
        return self._complaint(record, channel, text, received_on)

    def _complaint(self, record: Record, channel: ChannelRow, text: str, received_on: date) -> NewComplaint:
        values = record.values
        complainant = Complainant(
            name=values.get("name", ""), phone=values.get("phone", ""), address=values.get("address", "")
        )
        person = self.vault.person(complainant)
        reference = plain(values.get("reference", ""))
        return NewComplaint(
            key=complaint_key(
                district=self.district,
                channel=channel.code,
                reference=reference,
                text=text,
                person=person,
                received_on=received_on.isoformat() if record.received_on else "",
            ),
            row=record.row,
            channel=channel.code,
            lane=channel.lane,
            priority=self.pack.lanes[channel.lane].priority,
            reference=reference,
            received_on=received_on,
            due_on=due_on(self.pack.limits, channel=channel.code, received_on=received_on),
            text=text,
            addressed_to=values.get("addressed_to", ""),
            category=values.get("category", ""),
            whereabouts=_whereabouts(values),
            complainant=complainant,
            person=person,
            mentioned=tuple(found.number for found in find_references(text) if plain(found.number) != reference),
            damaged=looks_damaged(text) >= DAMAGED_SHARE,
            originals=record.originals,
            extras=record.extras,
        )

    def _refuse(self, record: Record, code: RefusalCode, field: str) -> Refusal:
        return refuse(code, file=self.file, row=record.row, field=field)


def _text(values: Mapping[str, str]) -> str:
    """Subject and body as one cleaned text; a subject that the body repeats is not said twice."""
    body, subject = clean(values.get("text", "")).strip(), clean(values.get("subject", "")).strip()
    if subject and subject not in body:
        return f"{subject}\n{body}".strip()
    return body


def _whereabouts(values: Mapping[str, str]) -> Whereabouts:
    return Whereabouts(
        district=values.get("district", ""),
        tehsil=values.get("tehsil", ""),
        block=values.get("block", ""),
        thana=values.get("thana", ""),
        town=values.get("town", ""),
        village=values.get("village", ""),
    )
