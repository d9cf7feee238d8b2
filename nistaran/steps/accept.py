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
from nistaran.domain.errors import BadTable
from nistaran.domain.identity import complaint_key, plain, reference_number
from nistaran.domain.references import find_references
from nistaran.domain.refusals import Refusal, RefusalCode, refuse
from nistaran.readers.record import Record
from nistaran.steps.world import Vault
from routing.pack import Pack
from routing.tables import ChannelRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What accepting needs to know: the pack, whose district this is, the vault for the person key, the day, the file.

    `kept_on` is the day on which the file came, for rows without a date; `channel` what whoever fed the file said of it,
    for rows that name none.
    """

    pack: Pack
    district: str
    vault: Vault
    today: date
    file: str
    kept_on: date
    channel: str = ""

    def accept(self, record: Record) -> NewComplaint | Refusal:
        """Judge one row. Never raises for what stands in it."""
        values = _clean_values(record.values)
        channel = self.pack.channel_of(values["channel"] or self.channel)
        if channel is None:
            return self._refuse(record, RefusalCode.UNKNOWN_CHANNEL, "channel")
        text = _text(values)
        if not text:
            return self._refuse(record, RefusalCode.NO_TEXT, "text")
        received_on = record.received_on or self.kept_on
        if received_on > self.today:
            return self._refuse(record, RefusalCode.FUTURE_DATE, "received_on")
        try:
            due = due_on(self.pack.limits, channel=channel.code, received_on=received_on)
        except BadTable:  # the pack has limits for today, so it is the row that is from before their time
            return self._refuse(record, RefusalCode.TOO_OLD_DATE, "received_on")
        return self._complaint(record, values, channel, text, received_on, due)

    def _complaint(
        self, record: Record, values: Mapping[str, str], channel: ChannelRow, text: str, received_on: date, due: date
    ) -> NewComplaint:
        complainant = Complainant(name=values["name"], phone=values["phone"], address=values["address"])
        person = self.vault.person(complainant)
        reference = reference_number(values["reference"])
        where = _whereabouts(values)
        return NewComplaint(
            key=complaint_key(
                district=self.district,
                channel=channel.code,
                reference=reference,
                text=text,
                person=person,
                place="/".join((where.district, where.tehsil, where.block, where.thana, where.town, where.village)),
                received_on=received_on.isoformat(),
            ),
            row=record.row,
            sheet=record.sheet,
            channel=channel.code,
            lane=channel.lane,
            priority=self.pack.lanes[channel.lane].priority,
            reference=reference,
            received_on=received_on,
            due_on=due,
            text=text,
            addressed_to=values["addressed_to"],
            category=values["category"],
            whereabouts=where,
            complainant=complainant,
            person=person,
            mentioned=tuple(found.number for found in find_references(text) if plain(found.number) != reference),
            damaged=looks_damaged(text) >= DAMAGED_SHARE,
            originals=_clean_all(record.originals),
            extras=_clean_all(record.extras),
        )

    def _refuse(self, record: Record, code: RefusalCode, field: str) -> Refusal:
        return refuse(code, file=self.file, row=record.row, field=field)


def _clean_values(values: Mapping[str, str]) -> dict[str, str]:
    """Every field through the guard of promise P25: only `text` is long, but any cell may hold a NUL or half a letter."""
    return {field: cell if cell.isascii() and cell.isprintable() else clean(cell) for field, cell in values.items()}


def _clean_all(cells: Mapping[str, str]) -> dict[str, str]:
    return {clean(label): clean(cell) for label, cell in cells.items()} if cells else {}


def _text(values: Mapping[str, str]) -> str:
    """Subject and body as one text; a subject that the body repeats is not said twice."""
    body, subject = values["text"].strip(), values["subject"].strip()
    if subject and subject not in body:
        return f"{subject}\n{body}".strip()
    return body


def _whereabouts(values: Mapping[str, str]) -> Whereabouts:
    return Whereabouts(
        district=values["district"],
        tehsil=values["tehsil"],
        block=values["block"],
        thana=values["thana"],
        town=values["town"],
        village=values["village"],
    )
