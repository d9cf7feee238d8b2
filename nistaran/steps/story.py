"""The story of one case, from its first row to its present desk: what `nistaran show` tells. Masked unless asked otherwise.

Here: gathering, and the ledgered look at the open complainant. Not here: printing (cli).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nistaran.domain.cleaning import clean
from nistaran.domain.complaint import Case, Complainant, LinkKind
from nistaran.domain.correction import NONE
from nistaran.domain.drafts import Draft
from nistaran.domain.errors import NistaranError, UnknownCase, WorldAway
from nistaran.domain.events import Event, EventKind
from nistaran.domain.events import Link as LedgerLink
from nistaran.domain.privacy import mask_name, mask_phone, mask_text, without_person
from nistaran.domain.records import DecisionRecord, DeskEntry, KeptFile, Notice
from nistaran.steps.context import sealed_extras
from nistaran.steps.house import House
from nistaran.steps.ports import UnitOfWork
from nistaran.steps.who_may import must_be_shown
from nistaran.steps.world import NamesOthers


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything the house knows of a case, in the order in which it happened."""

    case: Case
    complainant: Complainant
    file: KeptFile | None
    row: int
    related: Sequence[tuple[str, LinkKind]]
    decisions: Sequence[DecisionRecord]
    desks: Sequence[DeskEntry]
    notices: Sequence[tuple[Notice, str, str]]
    events: Sequence[LedgerLink]
    letters: Sequence[Draft] = ()  #: about the case, without what stands on them
    orders: Sequence[str] = ()


def story_of(house: House, number: str) -> Story:
    """Gather a case's story with the complainant masked.

    Raises:
        UnknownCase: when there is no such number.
    """
    with house.read() as work:
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        facts = work.cases.facts_of(case.id)
        sealed = work.complainants.of(case.id)
        return Story(
            case=case,
            complainant=_masked(house.vault.open(sealed, to=case.key)) if sealed else Complainant(),
            file=work.files.get(str(facts.get("file", ""))),
            row=int(str(facts.get("row", 0))),
            related=_related(work, case),
            decisions=work.decisions.of(case.id),
            desks=work.desks.of(case.id),
            notices=work.outbox.of(case.id),
            events=work.ledger.of(case.number),
            letters=work.drafts.of_cases([case.id]).get(case.id, ()),
            orders=[order for order, _ in work.orders.of_case(case.id)],
        )


def also_concerns(house: House, story: Story) -> tuple[str, ...]:
    """Other departments that the case's text concerns beside its own, as the live model sees it now; nothing of it is kept.

    Empty where no department was ever named, for what is no grievance, and where no model answers: a story is told all the same.
    """
    main = story.case.department or (story.decisions[-1].department if story.decisions else "")
    if main in {"", NONE} or not story.case.text:
        return ()
    try:
        model = house.classifier()
    except WorldAway:
        return ()
    return model.also([clean(story.case.text)], [main])[0] if isinstance(model, NamesOthers) else ()


class WhoAndWhy(NistaranError):
    """आवेदक का विवरण बिना कारण नहीं खुलता: देखने वाले का नाम और पद, तथा देखने का कारण लिखें, हर एक 300 अक्षरों तक /
    A complainant is not shown without a cause: say who looks (name and post) and why, each in at most 300 letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The open complainant, the personal columns of the file beside it (header → value), and what the ledger now says of it."""

    number: str
    complainant: Complainant
    beside: Mapping[str, str]
    by: str
    why: str


def show_complainant(house: House, number: str, *, by: str, why: str) -> Shown:
    """The complainant's open name, phone and address, for whoever must call; who looked and why stands in the ledger for ever.

    Nothing is returned before that is written. What is written never holds what was seen (privacy.without_person).

    Raises:
        WhoAndWhy: when one of them is blank or too long. Nothing is opened then.
        UnknownCase: when there is no such number.
        WrongLogin, NotYourOffice: once the registry holds a login, when who looks is none, or may not act for the case's office.
        ObjectDamaged: when the seal was altered, or is another case's.
    """
    who, cause = _sentence(by), _sentence(why)
    with house.work() as work:
        case = work.cases.by_number(number)
        if case is None:
            raise UnknownCase(number)
        must_be_shown(house, work, who, case.office)
        sealed = work.complainants.of(case.id)
        complainant = house.vault.open(sealed, to=case.key) if sealed else Complainant()
        beside = sealed_extras(house.vault, case.key, work.cases.facts_of(case.id))
        body = {"by": without_person(who, complainant), "why": without_person(cause, complainant)}
        work.ledger.append([Event(case=case.number, kind=EventKind.COMPLAINANT_SHOWN, at=house.clock.now(), body=body)])
        work.commit()
    return Shown(number=case.number, complainant=complainant, beside=beside, by=body["by"], why=body["why"])


_MOST = 300


def _sentence(said: str) -> str:
    """What a person typed, in one line. Raises WhoAndWhy."""
    line = " ".join(clean(said).split())
    if not any(letter.isalpha() for letter in line) or len(line) > _MOST:
        raise WhoAndWhy
    return line


def _related(work: UnitOfWork, case: Case) -> list[tuple[str, LinkKind]]:
    """Numbers of the cases and older complaints that this one belongs with, from both ends of the links."""
    links = work.links.of(case.id)
    later = {
        other.id: other.number
        for other in work.cases.by_ids([link.case_id for link in links if link.case_id != case.id])
    }
    return [(link.other if link.case_id == case.id else later[link.case_id], link.kind) for link in links]


def _masked(complainant: Complainant) -> Complainant:
    return Complainant(
        name=mask_name(complainant.name), phone=mask_phone(complainant.phone), address=mask_text(complainant.address)
    )
